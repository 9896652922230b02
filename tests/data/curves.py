#!/usr/bin/env python3
"""Figures and curves from scikit-learn for tests/model.rs, of scores that a formula makes there as it does here.

    pip install scikit-learn && python tests/data/curves.py > tests/data/curves.json
"""

import json

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

ROWS, OUTLETS, THRESHOLD = 600, 13, 0.45
STEP = 29  # every so many points of a curve are kept

labels = np.array([int((i * i * 31 + i * 17) % 7 < 3) for i in range(ROWS)])
# Thousandths and a half: some are tied, none lies on the edge of a bin.
scores = np.array([((i * 7919 % 1009) * 7 // 10 + labels[i] * (i * 13 % 11) * 22 + 0.5) / 1000 for i in range(ROWS)])
outlets = np.array([i * i % OUTLETS for i in range(ROWS)])
said = scores >= THRESHOLD

false_alarms, found, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
precision, recall, _ = metrics.precision_recall_curve(labels, scores)
observed, predicted = calibration_curve(labels, scores, n_bins=10)
counts = np.histogram(scores, bins=np.linspace(0, 1, 11))[0]
counts = counts[counts > 0]
within, pairs = 0.0, 0
for outlet in set(outlets):
    own = outlets == outlet
    n = int(labels[own].sum() * (1 - labels[own]).sum())
    if n:
        within += n * metrics.roc_auc_score(labels[own], scores[own])
        pairs += n
print(json.dumps({
    "rows": ROWS,
    "outlets": OUTLETS,
    "threshold": THRESHOLD,
    "step": STEP,
    "figures": {
        "auc": metrics.roc_auc_score(labels, scores),
        "average_precision": metrics.average_precision_score(labels, scores),
        "accuracy": metrics.accuracy_score(labels, said),
        "macro_f1": metrics.f1_score(labels, said, average="macro"),
        "brier": metrics.brier_score_loss(labels, scores),
        "ece": float(np.abs(observed - predicted) @ counts / ROWS),
    },
    "auc_within_outlets": within / pairs,
    "confusion": metrics.confusion_matrix(labels, said).tolist(),
    "roc": [[float(x), float(y)] for x, y in zip(false_alarms, found)][::STEP],
    "precision_recall": [[float(x), float(y)] for x, y in zip(recall, precision)][::-1][1:][::STEP],
    "reliability": [[float(p), float(o), int(n)] for p, o, n in zip(predicted, observed, counts)],
}, indent=1))
