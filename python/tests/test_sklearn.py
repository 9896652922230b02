"""The transformer among scikit-learn's own."""

import json
import pickle

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import estimator_checks

import tabayyun
from tabayyun.sklearn import TabayyunFeatures



# scikit-learn itself runs only what a one-dimensional input of strings allows. These ask nothing of the data either. The others hand
# over a matrix of numbers (dtypes, NaN, sparse, memory maps, complex, empty, contiguous, pickling, idempotence, fit returning self),
# which the transformer refuses as no texts; what they ask that makes sense for texts is asked below, with texts.
WITHOUT_NUMBERS = (
    estimator_checks.check_estimator_tags_renamed,
    estimator_checks.check_valid_tag_types,
    estimator_checks.check_estimator_repr,
    estimator_checks.check_no_attributes_set_in_init,
    estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
    estimator_checks.check_n_features_in_after_fitting,
    estimator_checks.check_mixin_order,
    estimator_checks.check_transformer_n_iter,
    estimator_checks.check_parameters_default_constructible,
    estimator_checks.check_get_params_invariance,
    estimator_checks.check_set_params,
    estimator_checks.check_set_output_transform,
    estimator_checks.check_transformer_get_feature_names_out,
)


@estimator_checks.parametrize_with_checks([TabayyunFeatures()])
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


@pytest.mark.parametrize("check", WITHOUT_NUMBERS, ids=lambda check: check.__name__)
def test_scikit_learns_checks_that_need_no_numbers(check):
    check("TabayyunFeatures", TabayyunFeatures())


def test_fitting_changes_nothing(texts):
    features = TabayyunFeatures()
    before, given = dict(features.__dict__), texts[:20]
    assert features.fit(given) is features and features.fit(given, y=[0] * 20).__dict__ == before
    values = features.transform(given)
    for same in (clone(features), pickle.loads(pickle.dumps(features)), TabayyunFeatures().fit(given).fit(given)):
        assert np.array_equal(same.transform(np.array(given, dtype=object)), values)
    assert features.transform([]).shape == (0, values.shape[1])


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
