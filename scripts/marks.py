#!/usr/bin/env python3
"""Whether the marks are right: draws marks for readers to judge, and counts what they said.

    scripts/marks.py draw CORPORA ar|en SEED > marks.jsonl
    scripts/marks.py agree marks.jsonl READER.tsv READER.tsv

`draw` takes 44 marks of each family where there are so many, of packs and of the engine's own signs (learned words are no signs),
from texts of which some were never trained on; no wording twice, so that rare terms weigh more than their share. A reader gets
docs/READING.md and the marks, and writes a line each: number, tab, 1 or 0, tab, a reason. `agree` prints the table of
docs/ACCURACY.md, then what either reader refused.
"""

import csv
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

from evidence import evidence

FILES = {
    "ar": ["unlabelled/news", "credibility/mce_dev", "propaganda/armpro_dev", "propaganda/armpro_train_part"],
    "en": ["hyperpartisan/byarticle_train", "bias/babe_train", "subjectivity/checkthat_train", "checkworthy/claimbuster_train"],
}
FAMILIES = [
    "anonymous_sourcing", "named_sourcing", "attribution", "unverifiable_claims", "loaded_terms", "attributed_intent", "other_persuasion",
]
EACH = 44
# Texts read of each file, so that no corpus outweighs the others; and how much of the text a reader sees around a mark.
TEXTS, AROUND = 1500, 160
csv.field_size_limit(1 << 30)


def draw(corpora, lang, seed):
    chance = random.Random(seed)
    found = defaultdict(list)
    for name in FILES[lang]:
        with open(Path(corpora) / lang / f"{name}.csv", encoding="utf-8") as rows:
            texts = [row["text"] for row in csv.DictReader(rows)]
        texts = chance.sample(texts, min(TEXTS, len(texts)))
        for text, marks in zip(texts, evidence(texts)):
            for mark in marks:
                if mark["family"] in FAMILIES:
                    found[mark["family"]].append((text, mark))
    drawn = []
    for family in FAMILIES:
        chance.shuffle(found[family])
        wordings = set()
        for text, mark in found[family]:
            wording = (mark["indicator"], mark["text"].lower())
            if len(wordings) < EACH and wording not in wordings:
                wordings.add(wording)
                drawn.append((family, text, mark))
    chance.shuffle(drawn)
    for number, (family, text, mark) in enumerate(drawn, 1):
        start, end = mark["char_start"], mark["char_end"]
        context = f"{text[max(0, start - AROUND):start]}⟦{text[start:end]}⟧{text[end:end + AROUND]}"
        shown = {"number": number, "family": family, "indicator": mark["indicator"], "claims": mark["why"], "voice": mark["voice"]}
        print(json.dumps({**shown, "negated": mark["negated"], "mark": mark["text"], "context": " ".join(context.split())}, ensure_ascii=False))


def verdicts(file):
    """What a reader said of each number: accepted or not, and why."""
    rows = (line.rstrip("\n").split("\t") for line in open(file, encoding="utf-8") if line.strip())
    return {int(row[0]): (row[1].strip() == "1", row[2] if len(row) > 2 else "") for row in rows}


def agree(marks, *files):
    drawn = [json.loads(line) for line in open(marks, encoding="utf-8")]
    first, second = (verdicts(file) for file in files)
    missing = [m["number"] for m in drawn if m["number"] not in first or m["number"] not in second]
    if missing:
        sys.exit(f"not judged by both: {missing}")
    pairs = [(m, first[m["number"]][0], second[m["number"]][0]) for m in drawn]
    print("| family | marks | accepted, mean of both |\n|---|---|---|")
    for family in [*FAMILIES, "all"]:
        of = [(a + b) / 2 for m, a, b in pairs if family in (m["family"], "all")]
        if of:
            print(f"| {family} | {len(of)} | {sum(of) / len(of):.2f} |")
    share = [sum(pair[side] for pair in pairs) / len(pairs) for side in (1, 2)]
    same = sum(a == b for _, a, b in pairs) / len(pairs)
    by_chance = share[0] * share[1] + (1 - share[0]) * (1 - share[1])
    print(f"\nagreement {same:.2f}, kappa {(same - by_chance) / (1 - by_chance):.2f}\n")
    for mark, a, b in pairs:
        if not (a and b):
            reasons = " / ".join(reason for ok, reason in (first[mark["number"]], second[mark["number"]]) if not ok)
            print(f"{'both' if a == b else 'one '} {mark['indicator']}: {mark['context']}\n     {reasons}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["draw", corpora, ("ar" | "en") as lang, seed]:
            draw(corpora, lang, int(seed))
        case ["agree", marks, one, other]:
            agree(marks, one, other)
        case _:
            sys.exit(__doc__)
