#!/usr/bin/env python3
"""Writes the figures of models/CARD.md and README.md from measurements.

    pip install scikit-learn && scripts/figures.py CORPORA

Every number comes from a run made here: grouped out-of-fold figures from the committed models' manifests, held-out figures
from `tabayyun evaluate`, and TF-IDF baselines from scikit-learn on the same rows and folds.
"""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, f1_score, roc_auc_score
from sklearn.pipeline import make_pipeline, make_union

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(sys.argv[1])
TABAYYUN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "tabayyun"
FOLDS = 10
ARMPRO = ["ar/propaganda/armpro_dev.csv", "ar/propaganda/armpro_train_part.csv"]
csv.field_size_limit(1 << 30)


def rows(*files):
    return [r for f in files for r in csv.DictReader(open(CORPORA / f, encoding="utf-8"))]


def labels(data, positive):
    return np.array([int(r["label"] == positive) for r in data])


def fold(group):
    digest = hashlib.sha256(group.encode() + b"\0").hexdigest()
    return int(digest[:8], 16) % FOLDS


def groups(data, column="group"):
    return [r[column] or hashlib.sha256(r["text"].encode() + b"\0").hexdigest()[:16] for r in data]


def tfidf():
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    return make_pipeline(make_union(words, characters), LogisticRegression(C=4.0, max_iter=2000))


def baseline_cv(data, positive, column="group"):
    texts, y = [r["text"] for r in data], labels(data, positive)
    folds = np.array([fold(g) for g in groups(data, column)])
    scores = np.zeros(len(y))
    for k in range(FOLDS):
        train, test = np.where(folds != k)[0], np.where(folds == k)[0]
        model = tfidf().fit([texts[i] for i in train], y[train])
        scores[test] = model.predict_proba([texts[i] for i in test])[:, 1]
    return figures(y, scores)


def baseline_held_out(train, test, positive):
    model = tfidf().fit([r["text"] for r in train], labels(train, positive))
    return figures(labels(test, positive), model.predict_proba([r["text"] for r in test])[:, 1])


def figures(y, scores):
    best = max(f1_score(y, scores >= t, average="macro") for t in np.arange(0.05, 0.96, 0.01))
    return {"auc": roc_auc_score(y, scores), "macro_f1": best, "brier": brier_score_loss(y, scores)}


def evaluate(model, data, positive="1"):
    command = [TABAYYUN, "evaluate", ROOT / f"models/{model}.json", CORPORA / data, "--positive-label", positive]
    done = subprocess.run([*command, "--format", "json"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def train_json(*arguments):
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "model.json"
        wording = ["--learn-wording", Path(scratch) / "learned.tsv"]
        subprocess.run([TABAYYUN, "train", *arguments, *wording, "--output", out, "--quiet"], check=True)
        return json.loads(out.read_text())


def number(value):
    return "–" if value is None else f"{value:.3f}"


def with_interval(figure):
    low, high = figure["interval"]
    return f"{figure['value']:.3f} [{low:.3f}, {high:.3f}]"


def line(what, n, ours, baseline, majority_f1, length_auc):
    return (
        f"| {what} | {n} | {ours['auc']} | {ours['macro_f1']} | {ours['brier']} | {ours['ece']} "
        f"| {number(baseline and baseline['auc'])} / {number(baseline and baseline['macro_f1'])} "
        f"| {majority_f1} | {length_auc} |"
    )


def out_of_fold_line(what, name, baseline):
    """Figures of a model's own cross-validation, with intervals from training it again from its matrix."""
    matrix = ROOT / f"training-data/{name}.csv"
    model = json.loads((ROOT / f"models/{name}.json").read_text())
    with tempfile.TemporaryDirectory() as scratch:
        command = [TABAYYUN, "train", matrix, "--head", name.split("-")[0], "--c", str(model["training"]["c"])]
        printed = subprocess.run(
            [*command, "--output", Path(scratch) / "m.json"], check=True, capture_output=True, text=True
        ).stdout
    ours, majority, length = {}, {}, {}
    for row in printed.splitlines()[2:]:
        found = re.match(r"(\w+(?: \w+)?)\s+([\d.]+)\s+(\[[^\]]*\])\s+([\d.]+)\s+(\S+)", row)
        key = found[1].replace(" ", "_")
        ours[key] = f"{found[2]} {found[3]}"
        majority[key], length[key] = found[4], found[5]
    n = int(model["training"]["metrics"]["rows"])
    return line(what, n, ours, baseline, majority["macro_f1"], length["auc"])


def held_out_line(what, report, baseline):
    ours = {name: with_interval(figure) for name, figure in report["figures"].items()}
    base = report["baselines"]
    return line(
        what, report["n"], ours, baseline,
        number(base["majority"]["macro_f1"]["value"]), number(base["length_only"]["auc"]["value"]),
    )


def plain_line(what, model, baseline):
    metrics = model["training"]["metrics"]
    ours = {name: number(value) for name, value in metrics.items()}
    return line(what, int(metrics["rows"]), ours, baseline, "–", "–")


def bands():
    out = ["| model | low below | high from | label 1 in low / medium / high band | threshold |", "|---|---|---|---|---|"]
    for name in ("propaganda-ar", "propaganda-en", "credibility-ar", "credibility-en"):
        model = json.loads((ROOT / f"models/{name}.json").read_text())
        b = model["bands"]
        observed = " / ".join(f"{100 * share:.0f} %" for share in b["observed"])
        out.append(f"| {name} | {b['low']:.2f} | {b['high']:.2f} | {observed} | {model['threshold']:.2f} |")
    return "\n".join(out)


def fill(path, mark, text):
    page = path.read_text(encoding="utf-8")
    start, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.split(start, 1)
    after = rest.split(end, 1)[1]
    path.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")


def main():
    armpro, mce = rows(*ARMPRO), rows("ar/credibility/mce_train.csv")
    mce_dev, babe, babe_dev = rows("ar/credibility/mce_dev.csv"), rows("en/bias/babe_train.csv"), rows("en/bias/babe_dev.csv")
    lexicon = ROOT / "models/lexicons/ar"
    by_outlet = train_json(
        *[CORPORA / f for f in ARMPRO], "--head", "propaganda", "--group-column", "source", "--ratings", lexicon / "ratings.tsv",
        "--names", lexicon / "entities.txt", "--names", lexicon / "sides.txt", "--mark-from", "0.14",
    )
    hyperpartisan = "en/hyperpartisan/byarticle_train.csv"
    head = [
        "| head, data, split | rows | AUC | macro-F1 | Brier | ECE | TF-IDF AUC / macro-F1 | majority macro-F1 | length-only AUC |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    table = head + [
        out_of_fold_line("propaganda-ar, ArMPro, 10-fold by page", "propaganda-ar", baseline_cv(armpro, "1")),
        plain_line("propaganda-ar without authored text, ArMPro, 10-fold by outlet", by_outlet, baseline_cv(armpro, "1", "source")),
        out_of_fold_line("propaganda-en, BABE train, 10-fold", "propaganda-en", baseline_cv(babe, "1")),
        held_out_line("propaganda-en, BABE dev, held out", evaluate("propaganda-en", "en/bias/babe_dev.csv"),
                      baseline_held_out(babe, babe_dev, "1")),
        held_out_line("propaganda-en, hyperpartisan articles, never trained on", evaluate("propaganda-en", hyperpartisan),
                      baseline_held_out(babe, rows(hyperpartisan), "1")),
        out_of_fold_line("credibility-ar, MCE train, 10-fold", "credibility-ar", baseline_cv(mce, "0")),
        held_out_line("credibility-ar, MCE dev, held out", evaluate("credibility-ar", "ar/credibility/mce_dev.csv", "0"),
                      baseline_held_out(mce, mce_dev, "0")),
        out_of_fold_line("credibility-en, 80 authored articles, 10-fold by story", "credibility-en", None),
    ]
    text = "\n".join(table)
    fill(ROOT / "models/CARD.md", "figures", text)
    fill(ROOT / "models/CARD.md", "bands", bands())
    fill(ROOT / "README.md", "figures", text)
    print(text)


if __name__ == "__main__":
    main()
