"""What the package promises: values, tables, pages, errors."""

import dataclasses
import json
import math
import multiprocessing
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT, readme_examples

import tabayyun

ARABIC = (ROOT / "samples/ar-insinuation.txt").read_text("utf-8")
ENGLISH = (ROOT / "samples/en-insinuation.txt").read_text("utf-8")


def test_a_score_is_plain_frozen_values():
    for text, lang in ((ARABIC, "ar"), (ENGLISH, "en")):
        score = tabayyun.score(text, id="one")
        assert (score.id, score.status, score.lang) == ("one", "ok", lang)
        for head in (score.propaganda, score.credibility):
            assert head.interval[0] < head.score < head.interval[1] and head.band in ("low", "medium", "high")
            assert math.isclose(head.baseline + sum(c.contribution for c in head.contributions), head.log_odds, abs_tol=1e-9)
        assert len(score.evidence) > 5
        for sign in score.evidence:
            assert score.text[sign.start : sign.end] == sign.text
        with pytest.raises(dataclasses.FrozenInstanceError):
            score.words = 3
        again = pickle.loads(pickle.dumps(score))
        assert again == score and again.page("ar") == score.page("ar")


def test_without_a_score_the_status_says_why():
    cases = {"": "not_text", "Too short.": "too_short", "Das Ministerium erklärte am Dienstag, die Gespräche gingen weiter. " * 4: "unsupported_language"}
    for text, status in cases.items():
        score = tabayyun.score(text)
        assert (score.status, score.propaganda, score.credibility) == (status, None, None)


def test_columns_of_every_kind_score_alike():
    texts = [ARABIC, None, ENGLISH, "Too short."]
    expected = tabayyun.score_column(pa.array(texts))
    assert expected.column("tb_status").to_pylist() == ["ok", "not_text", "ok", "too_short"]
    assert expected.schema.field("tb_words").type == pa.int64()
    assert not any(pa.types.is_unsigned_integer(field.type) for field in expected.schema)
    columns = {
        "large": pa.array(texts, pa.large_string()),
        "view": pa.array(texts, pa.string_view()),
        "bytes": pa.array([t and t.encode() for t in texts], pa.binary()),
        "dictionary": pa.array(texts).dictionary_encode(),
        "chunks": pa.chunked_array([texts[:1], texts[1:]]),
        "slice": pa.array(["x", *texts])[1:],
        "pandas": pd.Series(texts, dtype="string[pyarrow]"),
        "polars": pl.Series(texts),
    }
    for name, column in columns.items():
        assert tabayyun.score_column(column).equals(expected), name


def test_frames_keep_their_rows_and_columns():
    rows = {"id": [3, 1, 2], "text": [ARABIC, ENGLISH, None]}
    for frame in (pd.DataFrame(rows), pl.DataFrame(rows), pa.table(rows)):
        scored = tabayyun.score_batch(frame)
        assert isinstance(scored, pa.Table) and scored.column("id").to_pylist() == [3, 1, 2]
        assert scored.column("propaganda_score")[1].as_py() == tabayyun.score(ENGLISH).propaganda.score
    batch = pa.record_batch({"text": [ARABIC]})
    scored = tabayyun.score_batch(batch)
    assert scored.column("text").buffers()[2].address == batch.column("text").buffers()[2].address, "passed on, not copied"
    empty = tabayyun.score_batch(batch.slice(0, 0))
    assert empty.num_rows == 0 and empty.schema == scored.schema


def test_title_and_language_columns():
    batch = pa.record_batch({"head": ["Title"], "body": [ENGLISH], "lang": ["en"]})
    scored = tabayyun.score_batch(batch, "body", title_column="head", lang_column="lang").to_pylist()[0]
    assert scored["propaganda_score"] == tabayyun.score(f"Title\n{ENGLISH}").propaganda.score


def test_a_bad_row_keeps_its_place():
    huge = "كلمة " * (4 << 20)
    batch = pa.record_batch({"text": pa.array([ENGLISH.encode(), b"\xff\xfe\x00", None, huge.encode(), ENGLISH.encode()], pa.binary())})
    scored = tabayyun.score_batch(batch).to_pylist()
    assert [row["tb_status"] for row in scored] == ["ok", "error", "not_text", "error", "ok"]
    assert "UTF-8" in scored[1]["tb_note"] and "32 MiB" in scored[3]["tb_note"]
    assert scored[0]["propaganda_score"] == scored[4]["propaganda_score"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tabayyun.score_batch(pa.record_batch({"body": ["x"]})), "no column `text`; it has `body`"),
        (lambda: tabayyun.score_batch(pa.record_batch({"text": [1]})), "holds Int64, not text"),
        (lambda: tabayyun.score_batch(pa.record_batch({"text": ["x"], "tb_note": ["x"]})), "`tb_note` already"),
        (lambda: tabayyun.Scorer(ROOT / "README.md"), "README.md: is no valid JSON"),
        (lambda: tabayyun.Scorer("nowhere.json"), "nowhere.json"),
        (lambda: tabayyun.Scorer(lang="de"), "lang is `de`: expected auto, ar or en"),
        (lambda: tabayyun.score_bytes(b"%PDF-1.7\n%\xe2\xe3"), "pdftotext"),
    ],
)
def test_errors_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        call()


def test_pages_in_five_encodings():
    body = "قال المتحدث باسم الوزارة أحمد سالم في بيان مساء الأحد إن الوفد سيصل إلى العاصمة يوم الثلاثاء. " * 8
    page = "<!doctype html><html><head><meta charset='{}'><title>وصول الوفد</title></head><body><nav>قائمة</nav><article><p>{}</p></article>"
    pages = [page.format(name, body).encode(name) for name in ("utf-8", "windows-1256", "iso-8859-6", "utf-16")]
    english = "The ministry said on Tuesday, in a statement, that caf\u00e9 talks would go on. " * 8
    pages.append(page.replace("وصول الوفد", "Talks").replace("قائمة", "Menu").format("windows-1252", english).encode("windows-1252"))
    read = tabayyun.read_pages(pa.array(pages, pa.binary()))
    assert read.column("text").to_pylist() == [f"وصول الوفد\n{body.strip()}"] * 4 + [f"Talks\n{english.strip()}"]
    scores = [tabayyun.score_html(page) for page in pages]
    assert len({score.credibility.score for score in scores[:4]}) == 1 and scores[4].lang == "en"
    assert scores[0].title == "وصول الوفد"


def test_a_notebook_shows_the_page_behind_a_wall():
    shown = tabayyun.score("<script>alert(1)</script> </iframe> " + ENGLISH)._repr_html_()
    assert shown.count("<") == 2 and 'sandbox="allow-scripts"' in shown and "allow-same-origin" not in shown


def test_scorers_travel_and_threads_share():
    scorer = pickle.loads(pickle.dumps(tabayyun.Scorer(ROOT / "models/propaganda-en.json", min_words=3)))
    assert scorer.score(ENGLISH).propaganda == tabayyun.score(ENGLISH).propaganda
    column = pa.array([ARABIC, ENGLISH] * 200)
    expected = tabayyun.score_column(column)
    with ThreadPoolExecutor(8) as pool:
        assert all(got.equals(expected) for got in pool.map(lambda _: tabayyun.score_column(column), range(16)))


def _in_child(queue, column):
    queue.put(tabayyun.score_column(column).num_rows)


def test_a_forked_process_has_threads_of_its_own():
    column = pa.array([ENGLISH] * 300)
    tabayyun.score_column(column)
    fork = multiprocessing.get_context("fork")
    queue = fork.Queue()
    child = fork.Process(target=_in_child, args=(queue, column))
    child.start()
    assert queue.get(timeout=60) == 300
    child.join()


def test_train_and_evaluate(tmp_path):
    data = ROOT / "training-data/authored-en.jsonl"
    output = tmp_path / "own.json"
    training = tabayyun.train(data, "credibility", output, label_column="credibility", title_column="title", folds=5)
    assert training["rows"] == 80
    judged = tabayyun.evaluate(output, data, label_column="credibility", title_column="title")
    assert judged["n"] == 80 and judged["figures"]["auc"]["value"] > 0.9 and judged["baselines"]
    frame = pd.read_json(data, lines=True)
    twin = tmp_path / "twin.json"
    tabayyun.train(frame, "credibility", twin, label_column="credibility", title_column="title", folds=5)
    coefficients = lambda path: [f["coefficient"] for f in json.loads(path.read_text())["features"]]  # noqa: E731
    assert coefficients(twin) == coefficients(output)
    assert tabayyun.Scorer(output).score(ENGLISH).credibility.score != tabayyun.score(ENGLISH).credibility.score
    with pytest.raises(ValueError, match="no column"):
        tabayyun.train(data, "credibility", output, label_column="nothing")


def test_the_wheel_brings_the_command(binary):
    asked = ["score", str(ROOT / "samples/en-wire.txt"), "--format", "json"]
    ours = subprocess.run([sys.executable, "-m", "tabayyun", *asked], capture_output=True, check=True).stdout
    assert ours == subprocess.run([binary, *asked], capture_output=True, check=True).stdout


def test_the_readmes_examples_run(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    examples = [example for example in readme_examples() if "pyspark" not in example]
    assert examples
    for example in examples:
        names: dict = {}
        exec(compile(example, "README.md", "exec"), names)
        assert names["score"].status == "ok" and len(names["scored"]) > 900
