#!/usr/bin/env python3
"""Reference numbers from scikit-learn and SHAP for tests/model.rs.

    pip install scikit-learn shap && python tests/data/reference.py > tests/data/reference.json

Fits the committed matrix training-data/propaganda-en.csv with LogisticRegression (lbfgs, tol 1e-10) on columns standardised
by the means and deviations of models/propaganda-en.json, with the same C, and explains its first rows with LinearExplainer.
"""

import csv
import json

import numpy as np
import shap
from sklearn.linear_model import LogisticRegression

model = json.load(open("models/propaganda-en.json"))
rows = list(csv.DictReader(open("training-data/propaganda-en.csv")))
features = model["features"]
x = np.array([[float(r["f." + f["feature"]]) for f in features] for r in rows])
y = np.array([int(r["label"]) for r in rows])
mean = np.array([f["mean"] for f in features])
sd = np.array([f["sd"] for f in features])
z = (x - mean) / sd
fit = LogisticRegression(C=model["training"]["c"], tol=1e-10, max_iter=10_000).fit(z, y)
background = shap.maskers.Independent(np.zeros((1, z.shape[1])))
shap_values = shap.LinearExplainer(fit, background).shap_values(z[:5])
print(json.dumps({
    "c": model["training"]["c"],
    "intercept": fit.intercept_[0],
    "coefficients": dict(zip([f["feature"] for f in features], fit.coef_[0])),
    "shap_first_rows": shap_values.tolist(),
}, indent=1))
