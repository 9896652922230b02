#!/usr/bin/env python3
"""Writes docs/ACCURACY.md: what each part of the models adds, where they err and how far more data would carry them.

    pip install scikit-learn && scripts/study.py CORPORA

Runs `tabayyun train` and `batch` on the public corpora; nothing is taken from earlier runs. The last part of the page,
evidence precision and the errors read, is written by people and kept as it is.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(sys.argv[1])
TABAYYUN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "tabayyun"
PAGE = ROOT / "docs/ACCURACY.md"
SCRATCH = Path(tempfile.mkdtemp())
csv.field_size_limit(1 << 30)
ARMPRO = [CORPORA / "ar/propaganda/armpro_dev.csv", CORPORA / "ar/propaganda/armpro_train_part.csv"]
HEADS = {
    "propaganda-ar": (ARMPRO, "1", "ar"),
    "propaganda-en": ([CORPORA / "en/bias/babe_train.csv"], "1", "en"),
    "credibility-ar": ([CORPORA / "ar/credibility/mce_train.csv"], "0", "ar"),
}
EXTRA = ["authored", "passages"]


def train(name, files, *options, ratings=True, extra=True, group=None):
    """Out-of-fold scores of a training run, as rows of the file that it writes."""
    _, positive, lang = HEADS[name]
    head = name.split("-")[0]
    lexicon = ROOT / "models/lexicons" / lang
    command = [TABAYYUN, "train", *files, "--head", head, "--positive-label", positive, "--lexicons", ROOT / "models/lexicons"]
    command += ["--learn-wording", SCRATCH / "wording.tsv", "--names", lexicon / "entities.txt", "--names", lexicon / "sides.txt"]
    if ratings:
        command += ["--ratings", lexicon / "ratings.tsv"]
    if extra and head == "propaganda":
        for kind in EXTRA:
            command += ["--extra", ROOT / f"training-data/{kind}-{lang}.jsonl"]
    if group:
        command += ["--group-column", group]
    scores = SCRATCH / "scores.csv"
    command += ["--output", SCRATCH / "model.json", "--out-of-fold", scores, "--quiet", *options]
    subprocess.run(command, check=True)
    return list(csv.DictReader(open(scores, encoding="utf-8")))


def arrays(rows):
    return np.array([int(r["label"]) for r in rows]), np.array([float(r["score"]) for r in rows])


def auc(rows):
    return roc_auc_score(*arrays(rows))


def best_f1(rows):
    y, s = arrays(rows)
    return max(f1_score(y, s >= t, average="macro") for t in np.arange(0.05, 0.96, 0.01))


def within(rows, key):
    """Mean AUC inside groups of equal key, weighted by their pairs of one positive and one negative row."""
    by = defaultdict(list)
    for row, k in zip(rows, key):
        by[k].append(row)
    weight = total = 0.0
    for part in by.values():
        y, s = arrays(part)
        pairs = y.sum() * (1 - y).sum()
        if pairs:
            total += pairs * roc_auc_score(y, s)
            weight += pairs
    return total / weight if weight else float("nan")


def tenths(rows):
    words = np.array([int(r["words"]) for r in rows])
    return np.searchsorted(np.quantile(words, np.linspace(0.1, 0.9, 9)), words)


def matrix(name):
    rows = list(csv.DictReader(open(ROOT / f"training-data/{name}.csv", encoding="utf-8")))
    columns = [c for c in rows[0] if c.startswith("f.")]
    return rows, columns, np.array([[float(r[c]) for c in columns] for r in rows])


def refit(rows, values, c):
    """Out-of-fold rows of a plain logistic regression on some columns of a committed matrix."""
    y, folds = np.array([int(r["label"]) for r in rows]), np.array([int(r["fold"]) for r in rows])
    out = np.zeros(len(y))
    for k in np.unique(folds):
        a, b = folds != k, folds == k
        mean, sd = values[a].mean(0), values[a].std(0) + 1e-9
        fit = LogisticRegression(C=c, max_iter=2000).fit((values[a] - mean) / sd, y[a])
        out[b] = fit.decision_function((values[b] - mean) / sd)
    return [{"label": r["label"], "score": s} for r, s in zip(rows, out)]


def subset(files, share, seed=1):
    """Copies of labelled files with a share of their groups."""
    chosen, out = {}, []
    for file in files:
        rows = list(csv.DictReader(open(file, encoding="utf-8")))
        target = SCRATCH / f"{file.stem}-{share}.csv"
        with open(target, "w", encoding="utf-8", newline="") as f:
            writer = csv.DictWriter(f, rows[0].keys())
            writer.writeheader()
            for row in rows:
                group = row["group"] or row["text"]
                keep = chosen.setdefault(group, random.Random(f"{seed}{group}").random() < share)
                if keep:
                    writer.writerow(row)
        spans = file.with_suffix(".spans.jsonl")
        if spans.exists():
            target.with_suffix(".spans.jsonl").write_text(spans.read_text(encoding="utf-8"), encoding="utf-8")
        out.append(target)
    return out


def evidence(texts):
    source, out, found = SCRATCH / "texts.jsonl", SCRATCH / "texts.csv", SCRATCH / "evidence.jsonl"
    with open(source, "w", encoding="utf-8") as f:
        for number, text in enumerate(texts):
            f.write(json.dumps({"id": str(number), "text": text}) + "\n")
    command = [TABAYYUN, "batch", source, "-o", out, "--evidence", found, "--id-column", "id", "--min-words", "1", "--quiet"]
    subprocess.run(command, check=True)
    by = [[] for _ in texts]
    for line in open(found, encoding="utf-8"):
        row = json.loads(line)
        by[int(row["id"])] = row["evidence"]
    return by


def families_table():
    lines = ["| left out | propaganda-ar | propaganda-en | credibility-ar |", "|---|---|---|---|"]
    data = {name: matrix(name) for name in HEADS}
    groups = {
        "nothing": [], "anonymous sourcing": ["anonymous.", "lead.anonymous"], "named sourcing": ["named.", "lead.w"],
        "attribution verbs": ["attribution."], "unverifiable claims": ["unverifiable."], "loaded terms": ["loaded."],
        "attributed intent": ["intent."], "other persuasion": ["persuasion."], "learned wording": ["learned."],
        "the one word most likely marked": ["learned.marked"], "form": ["form."],
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


def fill(mark, lines):
    page = PAGE.read_text(encoding="utf-8")
    start, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.split(start, 1)
    PAGE.write_text(f"{before}{start}\n" + "\n".join(lines) + f"\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def main():
    lines, rows = within_table()
    fill("within", lines)
    for name in HEADS:
        reliability(name, rows[name])
    for name in ("propaganda-ar", "propaganda-en"):
        model = json.loads((ROOT / f"models/{name}.json").read_text())
        fill(f"outlets-{name}", false_alarms(rows[name], model["threshold"]))
    fill("families", families_table())
    fill("sources", sources_table())
    fill("curve", learning_curve())
    fill("techniques", techniques())


if __name__ == "__main__":
    main()
