"""Training and judging models, by the program itself: one implementation, in a process of its own that can be stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

Data = Any


def train(data: Data, head: str, output: str | os.PathLike[str], **options: Any) -> dict[str, Any]:
    """Trains a model and writes it to ``output``.

    Parameters
    ----------
    data
        Labelled texts or one feature matrix: path (CSV, TSV, JSONL), list of paths, or a table (pyarrow, pandas, polars).
    head
        ``propaganda`` or ``credibility``.
    output
        Model file, for ``Scorer(model=…)``.
    options
        The options of ``tabayyun train --help`` by name: ``label_column="y"``, ``group_column="outlet"``, ``folds=5``, …

    Returns
    -------
    dict
        The model file's record of its training: rows, folds, strength, and figures by grouped cross-validation.

    Raises ``ValueError`` with the program's message if nothing could be learned.
    """
    with _files(data) as files:
        _tabayyun("train", *files, "--head", head, "--output", os.fspath(output), "--quiet", *_flags(options))
    return json.loads(Path(output).read_text("utf-8"))["training"]


def evaluate(model: str | os.PathLike[str], data: Data, **options: Any) -> dict[str, Any]:
    """Judges a model on labelled data, beside baselines that need none.

    ``data`` and ``options`` as in :func:`train`, options of ``tabayyun evaluate --help``.

    Returns
    -------
    dict
        ``n``, ``prevalence``, ``threshold``; ``figures`` by name, each with ``value`` and its 95 % ``interval``; ``baselines``.
    """
    with _files(data) as files:
        return json.loads(_tabayyun("evaluate", os.fspath(model), *files, "--format", "json", *_flags(options)))


class _files:
    """Paths of ``data``; a table is written to a file for as long as it takes."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> list[str]:
        data = self._data
        if isinstance(data, str | os.PathLike):
            return [os.fspath(data)]
        if not hasattr(data, "__arrow_c_stream__") and not hasattr(data, "__arrow_c_array__"):
            return [os.fspath(path) for path in data]
        import pyarrow

        self._folder = tempfile.TemporaryDirectory(prefix="tabayyun-")
        path = Path(self._folder.name, "data.jsonl")
        with path.open("w", encoding="utf-8") as out:
            for batch in pyarrow.table(data).to_batches(1024):
                out.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in batch.to_pylist())
        return [str(path)]

    def __exit__(self, *_: Any) -> None:
        if self._folder:
            self._folder.cleanup()


def _flags(options: dict[str, Any]) -> list[str]:
    flags: list[str] = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        for one in value if isinstance(value, list | tuple) else [value]:
            if one is True:
                flags.append(flag)
            elif one not in (None, False):
                flags.append(f"{flag}={one}")
    return flags


def _tabayyun(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "tabayyun", *arguments], capture_output=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise ValueError(done.stderr.strip() or f"tabayyun ended with {done.returncode}")
    if done.stderr:
        print(done.stderr.rstrip(), file=sys.stderr)
    return done.stdout
