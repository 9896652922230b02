"""tabayyun on Spark: each executor scores Arrow batches with the engine in its own process.

Executors need this package installed, of the same version as the driver's; ``docs/SCALE.md`` says what to ship.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow
import pyarrow.compute
from pyspark.broadcast import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql.types import BinaryType, DoubleType, LongType, StringType, StructField, StructType

from . import _core
from ._scorer import Paths, Scorer, read_pages

STATUSES = ("ok", "too_short", "unsupported_language", "not_text", "error")
_TYPES = {"string": StringType, "int64": LongType, "double": DoubleType}


class Metrics:
    """Counts of a job while it runs: rows by status, and words.

    They are Spark accumulators: a task that runs again counts again. What must be exact is counted from the result.
    """

    def __init__(self, context: Any) -> None:
        self._sums = {name: context.accumulator(0) for name in (*STATUSES, "words")}

    def __getitem__(self, name: str) -> int:
        """``metrics["ok"]``; on the driver only."""
        return self._sums[name].value

    def as_dict(self) -> dict[str, int]:
        """All counts by name."""
        return {name: total.value for name, total in self._sums.items()}

    def _add(self, batch: pyarrow.RecordBatch) -> None:
        for status, count in Counter(batch.column("tb_status").to_pylist()).items():
            self._sums[status].add(count)
        self._sums["words"].add(pyarrow.compute.sum(batch.column("tb_words")).as_py() or 0)


def score(
    df: DataFrame,
    text_col: str = "text",
    *,
    title_col: str | None = None,
    lang_col: str | None = None,
    model: Paths = (),
    lexicons: str | os.PathLike[str] | None = None,
    min_words: int = 8,
    features: bool = False,
    contributions: bool = False,
    threads: int = 1,
    metrics: Metrics | None = None,
) -> DataFrame:
    """The same rows with the columns of :meth:`tabayyun.Scorer.score_batch` behind their own.

    Models are read and checked here, on the driver, and travel to the executors once: a wrong file raises ``ValueError`` before any
    task starts. ``lexicons`` is a folder that every machine has at the same path. No row is lost: one that has no score keeps its
    place with the reason in ``tb_status`` and ``tb_note``. Scores equal those of one machine to the last bit.

    Parameters
    ----------
    df
        Its ``text_col`` is a string, or binary in UTF-8.
    threads
        Threads for each task; 1 suits executors with a task per core.
    metrics
        Counts the rows while the job runs.
    """
    types = {field.name: field.dataType for field in df.schema.fields}
    for column in filter(None, (text_col, title_col, lang_col)):
        if column not in types:
            raise ValueError(f"the DataFrame has no column `{column}`; it has {', '.join(types)}")
        if not isinstance(types[column], StringType | BinaryType):
            raise ValueError(f"column `{column}` holds {types[column].simpleString()}, not text")
    added = [StructField(name, _TYPES[kind](), True) for name, kind in _core.added_columns(features, contributions)]
    if twice := next((field.name for field in added if field.name in types), None):
        raise ValueError(f"the DataFrame has a column `{twice}` already: drop or rename it first")
    scorer = Scorer(model, lexicons=lexicons, min_words=min_words, threads=threads)
    shared = df.sparkSession.sparkContext.broadcast(scorer)
    options = {"title_column": title_col, "lang_column": lang_col, "features": features, "contributions": contributions}
    return df.mapInArrow(_scoring(shared, text_col, options, metrics), StructType([*df.schema.fields, *added]))


def main_text(df: DataFrame, html_col: str = "html") -> DataFrame:
    """The same rows with the main text of the page in ``html_col`` (binary) instead of the page: columns of
    :func:`tabayyun.read_pages`, named ``title``, ``outlet``, ``text``, ``encoding`` and ``note``."""
    added = [StructField(name, StringType(), True) for name in ("title", "outlet", "text", "encoding", "note")]
    kept = [field for field in df.schema.fields if field.name != html_col]
    if twice := {field.name for field in kept} & {field.name for field in added}:
        raise ValueError(f"the DataFrame has a column `{min(twice)}` already: drop or rename it first")

    def read(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            columns = {field.name: batch.column(field.name) for field in kept}
            pages = read_pages(batch.column(html_col))
            yield pyarrow.RecordBatch.from_pydict(columns | dict(zip(pages.schema.names, pages.columns, strict=True)))

    return df.mapInArrow(read, StructType([*kept, *added]))


def _scoring(
    shared: Broadcast[Scorer], text_col: str, options: dict[str, Any], metrics: Metrics | None
) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    def run(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        scorer = shared.value
        for batch in batches:
            scored = scorer.score_batch(batch, text_col, **options)
            if metrics is not None:
                metrics._add(scored)
            yield scored

    return run
