#!/usr/bin/env python3
"""Writes docs/ACCURACY.md: what each part of the models adds, where they err and how far more data would carry them.

    pip install scikit-learn && scripts/study.py CORPORA [PART…]

Runs `tabayyun train` and `batch` on the public corpora; nothing is taken from earlier runs. Parts are the marks of the page
(`<!-- within -->` …); without any, all are written. The last part of the page, evidence precision and the errors read, is
written by people and kept as it is.
"""

import json
import random
import sys
from collections import defaultdict

import numpy as np
from sklearn.metrics import roc_auc_score

import study_articles
import study_marks
from evidence import evidence
from study_lib import ARMPRO, HEADS, ROOT, SCRATCH, arrays, auc, best_f1, fill, matrix, refit, subset, tenths, train, within


def families_table():
    lines = ["| left out | propaganda-ar | propaganda-en | credibility-ar |", "|---|---|---|---|"]
    data = {name: matrix(name) for name in HEADS}
    groups = {
        "nothing": [], "anonymous sourcing": ["anonymous.", "lead.anonymous"], "named sourcing": ["named.", "lead.w"],
        "attribution verbs": ["attribution."], "unverifiable claims": ["unverifiable."], "loaded terms": ["loaded."],
        "attributed intent": ["intent."], "other persuasion": ["persuasion."], "learned wording": ["learned."],
        "words that annotators may mark": ["learned.marked"], "form": ["form."],
        "everything but learned wording": ["anonymous.", "named.", "lead.", "attribution.", "unverifiable.", "loaded.", "intent.", "persuasion.", "form."],
    }
    for title, prefixes in groups.items():
        cells = []
        for name, (rows, columns, values) in data.items():
            kept = [i for i, c in enumerate(columns) if not any(c[2:].startswith(p) for p in prefixes)]
            cells.append(f"{auc(refit(rows, values[:, kept], 0.03)):.3f}")
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return lines


def sources_table():
    lines = ["| trained | by | AUC | macro-F1 |", "|---|---|---|---|"]
    for name, (files, _, _) in HEADS.items():
        kinds = [("as shipped", {}), ("without ratings by hand", {"ratings": False})]
        if name.startswith("propaganda"):
            kinds += [("without authored text", {"extra": False}), ("without either", {"ratings": False, "extra": False})]
            kinds += [("as shipped, but authored text", {"extra": False, "group": "source"})]
        for title, options in kinds:
            rows = train(name, files, **options)
            by = "outlet" if options.get("group") else "page" if name == "propaganda-ar" else "text"
            lines.append(f"| {name}, {title} | {by} | {auc(rows):.3f} | {best_f1(rows):.3f} |")
    return lines


def within_table():
    lines = ["| model | AUC | within one outlet | within one tenth of length | of length alone |", "|---|---|---|---|---|"]
    out = {}
    for name, (files, _, _) in HEADS.items():
        rows = out[name] = train(name, files)
        length = roc_auc_score(arrays(rows)[0], [int(r["words"]) for r in rows])
        outlet = within(rows, [r["source"] for r in rows]) if name.startswith("propaganda") else float("nan")
        lines.append(
            f"| {name} | {auc(rows):.3f} | {outlet:.3f} | {within(rows, tenths(rows)):.3f} | {max(length, 1 - length):.3f} |".replace("nan", "–")
        )
    return lines, out


def false_alarms(rows, threshold):
    lines = ["| outlet | rows without the label | called positive |", "|---|---|---|"]
    by = defaultdict(list)
    for row in rows:
        if row["label"] == "0":
            by[row["source"] or "?"].append(float(row["score"]) >= threshold)
    for outlet, calls in sorted(by.items(), key=lambda item: -len(item[1])):
        if len(calls) >= 20:
            lines.append(f"| {outlet} | {len(calls)} | {100 * np.mean(calls):.0f} % |")
    return lines


def learning_curve():
    lines = ["| share of the labelled groups | " + " | ".join(HEADS) + " |", "|---|---|---|---|"]
    for share in (0.125, 0.25, 0.5, 1.0):
        cells = []
        for name, (files, _, _) in HEADS.items():
            rows = train(name, subset(files, share))
            cells.append(f"{auc(rows):.3f} ({len(rows):,} rows)")
        lines.append(f"| {100 * share:.0f} % | {' | '.join(cells)} |")
    return lines


def techniques():
    file = ARMPRO[0].with_suffix(".spans.jsonl")
    texts = [json.loads(line) for line in open(file, encoding="utf-8")]
    marks = evidence([t["text"] for t in texts])
    touch = lambda a, b: a[0] < b[1] and b[0] < a[1]
    gold, found = defaultdict(list), defaultdict(list)
    for number, (text, evidences) in enumerate(zip(texts, marks)):
        for span in text["spans"]:
            gold[span["technique"]].append((number, (span["start"], span["end"])))
        for e in evidences:
            if e["technique"]:
                found[e["technique"]].append((number, (e["char_start"], e["char_end"])))
    hit = lambda one, others: any(n == one[0] and touch(one[1], s) for n, s in others)
    lines = ["| technique | gold spans | evidence | gold spans touched | evidence on such a span |", "|---|---|---|---|---|"]
    for technique, spans in sorted(gold.items(), key=lambda item: -len(item[1])):
        own = found.get(technique, [])
        recall = np.mean([hit(g, own) for g in spans])
        precision = f"{np.mean([hit(o, spans) for o in own]):.2f}" if own else "–"
        lines.append(f"| {technique} | {len(spans)} | {len(own)} | {recall:.2f} | {precision} |")
    everything = [o for own in found.values() for o in own]
    all_gold = [g for spans in gold.values() for g in spans]
    loaded = gold["Loaded_Language"]
    lines.append(f"| any, by evidence of any technique | {len(all_gold)} | {len(everything)} | {np.mean([hit(g, everything) for g in all_gold]):.2f} | {np.mean([hit(o, all_gold) for o in everything]):.2f} |")
    lines.append(f"| Loaded_Language, by evidence of any technique | {len(loaded)} | {len(everything)} | {np.mean([hit(g, everything) for g in loaded]):.2f} | {np.mean([hit(o, loaded) for o in everything]):.2f} |")
    return lines


def reliability(name, rows):
    """A reliability diagram: predicted against observed share, a dot per tenth of the rows."""
    y, s = arrays(rows)
    order = np.argsort(s)
    dots = []
    for part in np.array_split(order, 10):
        x, o = s[part].mean(), y[part].mean()
        half = 1.96 * np.sqrt(o * (1 - o) / len(part))
        px, py = 40 + 240 * x, 260 - 240 * o
        dots.append(f'<line x1="{px:.1f}" y1="{py - 240 * half:.1f}" x2="{px:.1f}" y2="{py + 240 * half:.1f}" stroke="#5b7a99"/>')
        dots.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="4" fill="#1f4e79"/>')
    ticks = "".join(
        f'<text x="{40 + 240 * t:.0f}" y="276" text-anchor="middle">{t:.1f}</text><text x="34" y="{264 - 240 * t:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0.0, 0.5, 1.0)
    )
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" font-family="sans-serif" font-size="11" role="img">'
        f"<title>Reliability of {name}: observed share of label 1 against the score, a dot per tenth of the out-of-fold rows</title>"
        '<rect width="300" height="300" fill="#fff"/><rect x="40" y="20" width="240" height="240" fill="none" stroke="#999"/>'
        '<line x1="40" y1="260" x2="280" y2="20" stroke="#bbb" stroke-dasharray="4"/>'
        f'{"".join(dots)}{ticks}<text x="160" y="293" text-anchor="middle">score</text>'
        f'<text x="160" y="14" text-anchor="middle">{name}: observed share</text></svg>\n'
    )
    (ROOT / f"docs/reliability-{name}.svg").write_text(svg, encoding="utf-8")


def ratings_curve():
    """AUC and macro-F1 with a share of the words rated by hand; the same words for both shares that hold them."""
    lines = ["| share of the ratings | propaganda-ar | propaganda-en |", "|---|---|---|"]
    for share in (0.0, 0.25, 0.5, 1.0):
        cells = []
        for name in ("propaganda-ar", "propaganda-en"):
            files, _, lang = HEADS[name]
            rated = [line for line in open(ROOT / f"models/lexicons/{lang}/ratings.tsv", encoding="utf-8") if line[0] != "#"]
            kept = [line for line in rated if random.Random(line).random() < share]
            path = SCRATCH / "ratings.tsv"
            path.write_text("".join(kept), encoding="utf-8")
            rows = train(name, files, ratings=path)
            cells.append(f"{auc(rows):.3f} / {best_f1(rows):.3f} ({len(kept):,} words)")
        lines.append(f"| {100 * share:.0f} % | {' | '.join(cells)} |")
    return lines


def main():
    asked = sys.argv[2:]
    wanted = lambda *marks: not asked or any(mark in asked for mark in marks)
    if wanted("within", "outlets", "topics"):
        lines, rows = within_table()
        fill("within", lines)
        for name in HEADS:
            reliability(name, rows[name])
        for name in ("propaganda-ar", "propaganda-en"):
            threshold = json.loads((ROOT / f"models/{name}.json").read_text())["threshold"]
            fill(f"outlets-{name}", false_alarms(rows[name], threshold))
            fill(f"topics-{name}", study_articles.false_alarms_by_topic(name, rows[name], threshold))
    for mark, table in {
        "families": families_table, "sources": sources_table, "curve": learning_curve, "ratings": ratings_curve,
        "techniques": techniques, "marks": study_marks.curve, "articles": study_articles.hyperpartisan,
    }.items():
        if wanted(mark):
            fill(mark, table())


if __name__ == "__main__":
    main()
