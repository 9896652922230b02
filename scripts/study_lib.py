"""What the parts of scripts/study.py share: runs of `tabayyun`, figures of out-of-fold rows, and the page they fill."""

import csv
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from evidence import ROOT, TABAYYUN

CORPORA = Path(sys.argv[1])
PAGE = ROOT / "docs/ACCURACY.md"
SCRATCH = Path(tempfile.mkdtemp())
csv.field_size_limit(1 << 30)
ARMPRO = [CORPORA / "ar/propaganda/armpro_dev.csv", CORPORA / "ar/propaganda/armpro_train_part.csv"]
HEADS = {
    "propaganda-ar": (ARMPRO, "1", "ar"),
    "propaganda-en": ([CORPORA / "en/bias/babe_train.csv"], "1", "en"),
    "credibility-ar": ([CORPORA / "ar/credibility/mce_train.csv"], "0", "ar"),
}
FOLDS = 10
EXTRA = ["authored", "passages"]
# From which chance of a mark a word is marked, as in scripts/build-models.
MARK_FROM = {"ar": "0.14", "en": "0.22"}


def train(name, files, *options, ratings=True, extra=True, group=None, mark_from=None):
    """Out-of-fold scores of a training run, as rows of the file that it writes; wording stays in SCRATCH / "wording.tsv"."""
    _, positive, lang = HEADS[name]
    head = name.split("-")[0]
    lexicon = ROOT / "models/lexicons" / lang
    command = [TABAYYUN, "train", *files, "--head", head, "--positive-label", positive, "--lexicons", ROOT / "models/lexicons"]
    command += ["--learn-wording", SCRATCH / "wording.tsv", "--names", lexicon / "entities.txt", "--names", lexicon / "sides.txt"]
    command += ["--mark-from", mark_from or MARK_FROM[lang]]
    if ratings:
        command += ["--ratings", lexicon / "ratings.tsv" if ratings is True else ratings]
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
        draw = lambda group: chosen.setdefault(group, random.Random(f"{seed}{group}").random() < share)
        out.append(copy_of(file, share, [row for row in rows if draw(row["group"] or row["text"])]))
    return out


def fold_of(row):
    """The fold that `tabayyun train` puts a row in."""
    group = row["group"] or hashlib.sha256(row["text"].encode() + b"\0").hexdigest()[:16]
    return int(hashlib.sha256(group.encode() + b"\0").hexdigest()[:8], 16) % FOLDS


def without_fold(files, fold):
    """Copies of labelled files without the rows of a fold, and the ids of those rows."""
    out, held_out = [], []
    for file in files:
        rows = list(csv.DictReader(open(file, encoding="utf-8")))
        held_out += [row["id"] for row in rows if fold_of(row) == fold]
        out.append(copy_of(file, "without", [row for row in rows if fold_of(row) != fold]))
    return out, held_out


def copy_of(file, name, rows):
    """A copy of a labelled file with some of its rows, its gold spans beside it."""
    target = SCRATCH / f"{file.stem}-{name}.csv"
    with open(target, "w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    spans = file.with_suffix(".spans.jsonl")
    if spans.exists():
        shutil.copy(spans, target.with_suffix(".spans.jsonl"))
    return target


def fill(mark, lines):
    page = PAGE.read_text(encoding="utf-8")
    start, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.split(start, 1)
    PAGE.write_text(f"{before}{start}\n" + "\n".join(lines) + f"\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")
