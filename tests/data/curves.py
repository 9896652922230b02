#!/usr/bin/env python3
"""Figures and curves from scikit-learn for tests/model.rs.

    pip install scikit-learn && python tests/data/curves.py > tests/data/curves.json

Scores the committed matrix training-data/propaganda-ar.csv with models/propaganda-ar.json and judges the scores.
"""

import collections
import csv
import json

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

STEP = 97  # every so many points of a curve are kept

model = json.load(open("models/propaganda-ar.json"))
rows = list(csv.DictReader(open("training-data/propaganda-ar.csv")))
features = model["features"]
z = np.array([[(float(r["f." + f["feature"]]) - f["mean"]) / f["sd"] for f in features] for r in rows])
raw = model["intercept"] + z @ np.array([f["coefficient"] for f in features])
scores = 1 / (1 + np.exp(-(model["calibration"]["slope"] * raw + model["calibration"]["offset"])))
labels = np.array([int(r["label"]) for r in rows])
said = scores >= model["threshold"]

false_alarms, found, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
precision, recall, _ = metrics.precision_recall_curve(labels, scores)
observed, predicted = calibration_curve(labels, scores, n_bins=10)
counts = np.histogram(scores, bins=np.linspace(0, 1, 11))[0]
within, pairs = 0.0, 0
by_outlet = collections.defaultdict(list)
for at, row in enumerate(rows):
    if row["source"]:
        by_outlet[row["source"]].append(at)
for at in by_outlet.values():
    n = int(labels[at].sum()) * int(len(at) - labels[at].sum())
    if n:
        within += n * metrics.roc_auc_score(labels[at], scores[at])
        pairs += n
print(json.dumps({
    "rows": len(rows),
    "step": STEP,
    "figures": {
        "auc": metrics.roc_auc_score(labels, scores),
        "average_precision": metrics.average_precision_score(labels, scores),
        "accuracy": metrics.accuracy_score(labels, said),
        "macro_f1": metrics.f1_score(labels, said, average="macro"),
        "brier": metrics.brier_score_loss(labels, scores),
        "ece": float(np.abs(observed - predicted) @ counts[counts > 0] / len(rows)),
    },
    "auc_within_outlets": within / pairs,
    "confusion": metrics.confusion_matrix(labels, said).tolist(),
    "roc": [[float(x), float(y)] for x, y in zip(false_alarms, found)][::STEP],
    "precision_recall": [[float(x), float(y)] for x, y in zip(recall, precision)][::-1][1:][::STEP],
    "reliability": [[float(p), float(o), int(n)] for p, o, n in zip(predicted, observed, counts[counts > 0])],
}, indent=1))
