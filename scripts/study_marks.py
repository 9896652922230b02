"""How much of what annotators marked is marked, and how much of what is marked they marked, from which chance on."""

import json
import shutil

import numpy as np

from evidence import evidence
from study_lib import ARMPRO, FOLDS, HEADS, ROOT, SCRATCH, train, without_fold

CHANCES = {"propaganda-ar": (0.08, 0.10, 0.12, 0.14, 0.20, 0.30), "propaganda-en": (0.10, 0.15, 0.22, 0.30, 0.40)}
# Below every chance of the table: all marks are found once, and counted by their chance.
LEAST = "0.05"
# The technique that most marks are for; BABE's annotators marked biased words and nothing else.
LOADED = {"Loaded_Language", "biased_word"}


def out_of_fold_evidence(name, spans):
    """Evidence in each annotated text, its learned marks from tables that did not see its fold."""
    files, _, lang = HEADS[name]
    lexicons = SCRATCH / "lexicons"
    shutil.copytree(ROOT / "models/lexicons", lexicons, dirs_exist_ok=True)
    found = {}
    for fold in range(FOLDS):
        learnt, held_out = without_fold(files, fold)
        train(name, learnt, mark_from=LEAST)
        shutil.copy(SCRATCH / "wording.tsv", lexicons / lang / "learned-propaganda.tsv")
        texts = [spans[row] for row in held_out if row in spans]
        for text, marks in zip(texts, evidence([t["text"] for t in texts], "--lexicons", lexicons, "--lang", lang)):
            found[text["id"]] = marks
    return found


def curve():
    head = "| corpus | marked from chance | marks | gold loaded spans touched | any gold span touched | marks on a gold span |"
    lines = [head, "|---|---|---|---|---|---|"]
    for name, chances in CHANCES.items():
        corpus = ARMPRO[0] if name == "propaganda-ar" else HEADS[name][0][0]
        rows = [json.loads(line) for line in open(corpus.with_suffix(".spans.jsonl"), encoding="utf-8")]
        spans = {row["id"]: row for row in rows}
        found = out_of_fold_evidence(name, spans)
        title = "ArMPro dev" if name == "propaganda-ar" else "BABE train"
        for packs in (False, True):
            for chance in chances + ((2.0,) if packs else ()):
                figures = judge(spans, found, chance, packs)
                learned = "packs alone" if chance > 1 else f"{chance:.2f}{', and packs' if packs else ''}"
                lines.append(f"| {title} | {learned} | {figures} |")
    return lines


def judge(spans, found, chance, packs):
    touches = lambda mark, span: mark["char_start"] < span["end"] and span["start"] < mark["char_end"]
    loaded, any_span, right = [], [], []
    for id, text in spans.items():
        learned = [e for e in found[id] if e["indicator"] == "learned.marked" and e["weight"] >= chance]
        marks = learned + [e for e in found[id] if packs and e["technique"]]
        right += [any(touches(mark, span) for span in text["spans"]) for mark in marks]
        for span in text["spans"]:
            hit = any(touches(mark, span) for mark in marks)
            any_span.append(hit)
            if span["technique"] in LOADED:
                loaded.append(hit)
    return f"{len(right):,} | {np.mean(loaded):.2f} | {np.mean(any_span):.2f} | {np.mean(right):.2f}"
