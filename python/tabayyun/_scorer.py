"""The engine: one text, a page, a column, a table."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from typing import Any

from . import _core
from ._score import Score, of_core

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Scorer:
    """Lexicons and models, ready to score. Safe to share between threads, cheap to send to other processes.

    Parameters
    ----------
    model
        Model file or files; each replaces the built-in model of its head and language. Checked here: a wrong file raises
        ``ValueError`` with the reason before anything is scored.
    lexicons
        Folder of lexicons laid out like ``models/lexicons``, instead of the built-in ones.
    lang
        ``ar`` or ``en`` if it is not to be detected.
    min_words
        Shorter texts get status ``too_short``.
    threads
        Threads of ``score_batch`` and ``score_column``; 0 for one per core.
    """

    def __init__(
        self,
        model: Paths = (),
        *,
        lexicons: str | os.PathLike[str] | None = None,
        lang: str | None = None,
        min_words: int = 8,
        threads: int = 0,
    ) -> None:
        paths = [model] if isinstance(model, str | os.PathLike) else list(model)
        models = [(os.fspath(path), _core.read_model(path)) for path in paths]
        self.__setstate__((models, lexicons, lang, min_words, threads))

    def __getstate__(self) -> tuple[Any, ...]:
        return self._state

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        models, lexicons, lang, min_words, threads = self._state = state
        if lang not in (None, "auto", "ar", "en"):
            raise ValueError(f"lang is `{lang}`: expected auto, ar or en")
        self._read = {"lang": lang, "min_words": min_words}
        self._engine = _core.Engine(models, lexicons, threads)

    def with_threads(self, threads: int) -> Scorer:
        """The same with another number of threads."""
        other = Scorer.__new__(Scorer)
        other.__setstate__((*self._state[:-1], threads))
        return other

    def score(self, text: str, *, id: str = "") -> Score:
        """Scores one text, with evidence."""
        return of_core(self._engine.score(text, id, **self._read))

    def score_bytes(self, data: bytes, *, id: str = "", html: bool | None = None) -> Score:
        """Scores a file's bytes: plain text or a saved page, in any encoding. ``html`` None: told from the bytes.

        Raises ``ValueError`` if they are no text (PDF, image, NUL bytes) or longer than 32 MiB.
        """
        return of_core(self._engine.score_bytes(data, id, html, **self._read))

    def score_html(self, data: bytes, *, id: str = "") -> Score:
        """Scores the main text of a saved page, without menus, scripts and comments."""
        return self.score_bytes(data, id=id, html=True)

    def score_batch(
        self,
        batch: Any,
        text_column: str = "text",
        *,
        title_column: str | None = None,
        lang_column: str | None = None,
        features: bool = False,
        contributions: bool = False,
    ) -> Any:
        """Scores each row of a table, on all cores and without Python's lock.

        Parameters
        ----------
        batch
            ``pyarrow.RecordBatch`` or ``Table``, pandas or polars DataFrame, or whatever else speaks Arrow's C interface
            (``__arrow_c_array__``, ``__arrow_c_stream__``). Texts are read where they lie.
        text_column
            Column with the texts: string, large string, string view, or bytes in UTF-8. Null is read as no text.
        title_column
            Put before the text as its first line.
        lang_column
            Language (``ar``, ``en``) where the data knows it.
        features, contributions
            Add the features' values (``f.<feature>``) and what they add to each head's log-odds (``c.<head>.<feature>``).

        Returns
        -------
        pyarrow.RecordBatch, or pyarrow.Table for tables and frames
            The same rows and columns in the same order, and behind them ``tb_status``, ``tb_lang`` (string), ``tb_words`` (int64),
            ``propaganda_score`` (double, 0 to 1), ``propaganda_band``, ``credibility_score``, ``credibility_band``, ``tb_note``,
            as ``tabayyun batch`` writes them. A row that cannot be read has status ``error`` and its reason in ``tb_note``.
        """
        columns = (text_column, title_column, lang_column)
        return self._engine.score_batch(batch, columns, features, contributions, **self._read)

    def score_column(self, column: Any, *, features: bool = False, contributions: bool = False) -> Any:
        """Scores a column (``pyarrow.Array``, pandas or polars Series): a ``pyarrow.RecordBatch`` of its length with the added
        columns of :meth:`score_batch` alone."""
        return self._engine.score_column(column, features, contributions, **self._read)


@cache
def built_in() -> Scorer:
    """The built-in lexicons and models with default options."""
    return Scorer()


def score(text: str, *, id: str = "") -> Score:
    """Scores one text with the built-in models. See :meth:`Scorer.score`."""
    return built_in().score(text, id=id)


def score_bytes(data: bytes, *, id: str = "", html: bool | None = None) -> Score:
    """Scores a file's bytes with the built-in models. See :meth:`Scorer.score_bytes`."""
    return built_in().score_bytes(data, id=id, html=html)


def score_html(data: bytes, *, id: str = "") -> Score:
    """Scores the main text of a saved page with the built-in models. See :meth:`Scorer.score_html`."""
    return built_in().score_html(data, id=id)


def score_batch(batch: Any, text_column: str = "text", **options: Any) -> Any:
    """Scores each row of a table with the built-in models. See :meth:`Scorer.score_batch`."""
    return built_in().score_batch(batch, text_column, **options)


def score_column(column: Any, **options: Any) -> Any:
    """Scores a column with the built-in models. See :meth:`Scorer.score_column`."""
    return built_in().score_column(column, **options)


def read_pages(column: Any) -> Any:
    """Main texts of saved pages.

    ``column`` holds their bytes, in any encoding. Returns a ``pyarrow.RecordBatch`` of its length with string columns ``title``,
    ``outlet`` (as the page names its site), ``text`` (title and main text), ``encoding`` and ``note``. A page that cannot be read
    has no text, and the reason as its note.
    """
    return _core.read_pages(column)
