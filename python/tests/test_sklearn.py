"""The transformer among scikit-learn's own."""

import json

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import tabayyun
from tabayyun.sklearn import TabayyunFeatures



@parametrize_with_checks([TabayyunFeatures()])
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


def test_features_are_those_of_the_models(texts):
    features = TabayyunFeatures(threads=1)
    values = features.fit_transform(texts[:50])
    names = features.get_feature_names_out()
    assert values.shape == (50, len(names)) and values.dtype == np.float64
    scored = tabayyun.score_column(pd.Series(texts[:50]), features=True).to_pylist()
    read = [at for at, name in enumerate(names) if any(row[f"f.{name}"] for row in scored)]
    assert len(read) > 20
    for row, expected in zip(values, scored, strict=True):
        assert all(row[at] == expected[f"f.{names[at]}"] for at in read)


def test_missing_rows_and_wrong_input():
    values = TabayyunFeatures().transform(["The ministry said on Tuesday that talks would go on.", "", None])
    assert not np.isnan(values[0]).any() and np.isnan(values[1:]).all()
    assert (TabayyunFeatures(missing=0.0).transform([""]) == 0).all()
    for wrong in ("one text", [1, 2], np.zeros((3, 2))):
        with pytest.raises(ValueError, match="text"):
            TabayyunFeatures().fit(wrong)


def test_in_a_pipeline():
    lines = (ROOT / "training-data/authored-en.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    model = make_pipeline(TabayyunFeatures().set_output(transform="pandas"), StandardScaler(), LogisticRegression(C=0.1))
    scores = cross_val_score(model, [row["text"] for row in rows], [row["credibility"] for row in rows], scoring="roc_auc")
    assert scores.mean() > 0.8
