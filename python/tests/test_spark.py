"""Spark on a cluster of processes: the same scores, whatever happens to a machine or a row."""

import os
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, readme_examples

import tabayyun

pytest.importorskip("pyspark")
import articles
from cluster import Cluster

import tabayyun.spark

pytestmark = pytest.mark.spark

ROWS = int(os.environ.get("TABAYYUN_SPARK_ROWS", "20000"))
ENGLISH = (ROOT / "samples/en-insinuation.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    return articles.write(tmp_path_factory.mktemp("articles") / "given", ROWS)


@pytest.fixture(scope="module")
def expected(given):
    """What one process makes of it."""
    return tabayyun.score_batch(pq.read_table(given)).drop_columns(["text"]).combine_chunks().sort_by("id")


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path, workers=2)
    yield cluster
    cluster.stop()


@pytest.fixture
def spark(cluster):
    session = cluster.session("tabayyun tests")
    yield session
    session.stop()


def read(folder):
    return pq.read_table(folder).combine_chunks().sort_by("id")


def equal(ours, theirs):
    return ours.cast(theirs.schema).equals(theirs)


def test_the_same_as_one_process(spark, given, expected, tmp_path):
    metrics = tabayyun.spark.Metrics(spark.sparkContext)
    scored = tabayyun.spark.score(spark.read.parquet(str(given)), metrics=metrics)
    assert dict(scored.dtypes)["tb_words"] == "bigint" and dict(scored.dtypes)["propaganda_score"] == "double"
    scored.drop("text").write.parquet(str(tmp_path / "scored"))
    assert equal(read(tmp_path / "scored"), expected)
    counted = expected.group_by("tb_status").aggregate([([], "count_all")]).to_pylist()
    assert all(metrics[row["tb_status"]] == row["count_all"] for row in counted)
    assert metrics["words"] == pa.compute.sum(expected.column("tb_words")).as_py()


def test_the_readmes_example_runs(spark, capsys):
    examples = [example for example in readme_examples() if "pyspark" in example]
    assert examples
    for example in examples:
        names: dict = {}
        # The JVM that is there was started in another folder.
        exec(compile(example.replace('"training-data/', f'"{ROOT}/training-data/'), "README.md", "exec"), names)
        assert names["spark"].sparkContext.master == spark.sparkContext.master, "the session that is there"
        assert names["scored"].where("tb_status = 'ok'").count() > 900
        assert "high" in capsys.readouterr().out


def test_a_worker_dies_half_way(cluster, spark, given, expected, tmp_path):
    data = spark.read.parquet(str(given)).repartition(40)
    scored = tabayyun.spark.score(data).drop("text")
    writing = threading.Thread(target=lambda: scored.write.parquet(str(tmp_path / "scored")))
    writing.start()
    killed, done = [], 0
    while writing.is_alive() and not killed:
        tracker = spark.sparkContext.statusTracker()
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        done = max([s.numCompletedTasks for s in stages if s and s.numTasks == 40], default=0)
        if done >= 16:
            killed = cluster.kill(0)
        time.sleep(0.02)
    writing.join()
    assert len(killed) >= 2, "a worker and its executor"
    result = read(tmp_path / "scored")
    assert len(set(result.column("id").to_pylist())) == result.num_rows == ROWS, "nothing lost, nothing doubled"
    assert equal(result, expected)
    print(f"killed {killed} after {done} of 40 tasks; {result.num_rows} rows, all equal")


def test_poison_rows_harm_nobody(spark):
    rows = [(0, ENGLISH.encode()), (1, b"\xff\xfe\x00\x01" * 1000), (2, None), (3, ("كلمة " * (10 << 17)).encode()), (4, b"\x00" * 5000)]
    rows += [(at, ENGLISH.encode()) for at in range(5, 200)]
    scored = tabayyun.spark.score(spark.createDataFrame(rows, "id long, text binary").repartition(4)).drop("text")
    result = {row["id"]: row.asDict() for row in scored.collect()}
    assert sorted(result) == list(range(200))
    assert [result[at]["tb_status"] for at in range(5)] == ["ok", "error", "not_text", "ok", "not_text"]
    assert "UTF-8" in result[1]["tb_note"] and result[3]["tb_words"] > 1_000_000
    score = tabayyun.score(ENGLISH).propaganda.score
    assert all(result[at]["propaganda_score"] == score for at in (0, *range(5, 200)))


def test_what_is_wrong_is_told_before_the_job(spark, tmp_path):
    data = spark.createDataFrame([(1, ENGLISH)], "id long, text string")
    wrong = tmp_path / "wrong.json"
    wrong.write_text((ROOT / "models/propaganda-en.json").read_text("utf-8")[:5000], "utf-8")
    jobs = set(spark.sparkContext.statusTracker().getJobIdsForGroup(None))
    for options, message in [
        ({"model": wrong}, "wrong.json: is no valid JSON"),
        ({"model": tmp_path / "none.json"}, "none.json"),
        ({"text_col": "body"}, "no column `body`; it has id, text"),
        ({"text_col": "id"}, "holds bigint, not text"),
    ]:
        with pytest.raises(ValueError, match=message):
            tabayyun.spark.score(data, **options)
    assert set(spark.sparkContext.statusTracker().getJobIdsForGroup(None)) == jobs
    own = tabayyun.spark.score(data, model=ROOT / "models/propaganda-en.json").collect()
    assert own[0]["propaganda_score"] == tabayyun.score(ENGLISH).propaganda.score
