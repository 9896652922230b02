"""The package and the program give the same scores, to the last bit."""

import json
import subprocess

import pyarrow as pa
import pytest

import tabayyun


@pytest.fixture(scope="module")
def by_program(binary, texts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("equal")
    given, scored = folder / "texts.jsonl", folder / "scored.jsonl"
    given.write_text("".join(json.dumps({"n": n, "text": text}) + "\n" for n, text in enumerate(texts)), "utf-8")
    subprocess.run([binary, "--quiet", "batch", given, "-o", scored, "--features", "--contributions"], check=True)
    return [json.loads(line) for line in scored.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("threads", [1, 0])
def test_batch(texts, by_program, threads):
    batch = pa.record_batch({"n": pa.array(range(len(texts)), pa.int64()), "text": texts})
    scored = tabayyun.Scorer(threads=threads).score_batch(batch, features=True, contributions=True)
    assert scored.num_columns > 100 and {row["tb_lang"] for row in by_program} == {"ar", "en"}
    assert sum(row["tb_status"] == "ok" for row in by_program) > 1900
    for ours, theirs in zip(scored.to_pylist(), by_program, strict=True):
        assert ours == theirs, ours["n"]


def test_single_texts(binary, texts, tmp_path):
    for at, text in enumerate(texts[:100]):
        (tmp_path / f"{at:03}.txt").write_text(text, "utf-8")
    files = sorted(tmp_path.glob("*.txt"))
    printed = subprocess.run([binary, "score", *files, "--format", "json"], check=True, capture_output=True, encoding="utf-8").stdout
    for file, line in zip(files, printed.splitlines(), strict=True):
        assert tabayyun.score(file.read_text("utf-8"), id=str(file)).json == line
