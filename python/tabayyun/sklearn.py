"""tabayyun's features as a transformer for scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow
from sklearn.base import BaseEstimator, TransformerMixin

from . import _core


class TabayyunFeatures(TransformerMixin, BaseEstimator):
    """Turns texts into the rates that the models read: explainable columns, each with a name and a unit.

    It learns nothing: ``fit`` only checks. Its input is a sequence of n texts (list, array, Series), its output an array of shape
    (n, number of features), float64, in the order of :meth:`get_feature_names_out`.

    Parameters
    ----------
    lang : {"auto", "ar", "en"}, default="auto"
        Language of the texts.
    min_words : int, default=1
        Shorter texts have no features.
    missing : float, default=nan
        What stands in the row of a text without features (too short, another language, no prose).
    threads : int, default=0
        Threads; 0 for one per core.
    """

    def __init__(self, lang: str = "auto", min_words: int = 1, missing: float = np.nan, threads: int = 0) -> None:
        self.lang = lang
        self.min_words = min_words
        self.missing = missing
        self.threads = threads

    def fit(self, X: Any, y: Any = None) -> TabayyunFeatures:
        """Checks that ``X`` holds texts; nothing is learned."""
        _texts(X)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Features of each text: array of shape (n, number of features)."""
        engine = _core.Engine(threads=self.threads)
        columns = engine.features(_texts(X), self.lang, self.min_words).columns
        values = np.column_stack([column.to_numpy(zero_copy_only=False) for column in columns])
        return np.where(np.isnan(values), self.missing, values)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the columns, as models and ``f.<feature>`` columns have them."""
        return np.asarray([name for name, *_ in _core.features()], dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.input_tags.string = True
        tags.requires_fit = False
        return tags


def _texts(X: Any) -> Any:
    """A column of texts, or a ``ValueError`` that says what was given instead."""
    if isinstance(X, str | bytes):
        raise ValueError("X is one text; give a sequence of texts")
    if hasattr(X, "__arrow_c_stream__") or hasattr(X, "__arrow_c_array__"):
        return X
    texts = list(X)
    wrong = next((at for at, text in enumerate(texts) if text is not None and not isinstance(text, str)), None)
    if wrong is not None:
        raise ValueError(f"X[{wrong}] is a {type(texts[wrong]).__name__}, not a text")
    return pyarrow.array(texts, pyarrow.large_string())
