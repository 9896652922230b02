"""Articles per second by every way in; the table of docs/SCALE.md. Not a test: python rates.py BINARY [ARTICLES]"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import articles
import pyarrow.parquet as pq
from cluster import Cluster

import tabayyun
import tabayyun.spark


def timed(work: Callable[[], object]) -> float:
    """Seconds, the faster of two runs."""
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def tell(name: str, count: int, size: float, seconds: float) -> None:
    print(f"| {name} | {count:,} | {seconds:.1f} | {count / seconds:,.0f} | {size / 1e6 / seconds:.1f} |", flush=True)


def by_spark(folder: Path, workers: int, given: Path, count: int, size: float) -> None:
    own = folder / f"cluster-{workers}"
    own.mkdir()
    cluster = Cluster(own, workers)
    try:
        spark = cluster.session(f"rates {workers}")
        data = spark.read.parquet(str(given))
        tabayyun.spark.score(data.limit(200)).collect()  # executors and Python are up
        passed = timed(lambda: data.mapInArrow(lambda batches: batches, data.schema).write.format("noop").mode("overwrite").save())
        scored = timed(lambda: tabayyun.spark.score(data).write.format("noop").mode("overwrite").save())
        tell(f"Spark, {workers} worker{'s' * (workers > 1)}: read and hand over, nothing scored", count, size, passed)
        tell(f"Spark, {workers} worker{'s' * (workers > 1)}: scored", count, size, scored)
        kept = own / "scored"
        begun = time.perf_counter()
        tabayyun.spark.score(data).drop("text").write.parquet(str(kept))
        tell(f"Spark, {workers} worker{'s' * (workers > 1)}: scored and written as Parquet", count, size, time.perf_counter() - begun)
        written = sum(file.stat().st_size for file in kept.glob("*.parquet"))
        print(f"  {written / count:.0f} bytes an article of scores", flush=True)
        spark.stop()
    finally:
        cluster.stop()


def main() -> None:
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = articles.write(folder / "all", count)
        half = articles.write(folder / "half", count // 2)
        table = pq.read_table(given)
        size = sum(len(text.encode()) for text in table.column("text").to_pylist())
        stored = sum(file.stat().st_size for file in given.glob("*.parquet"))
        print(f"{count} articles, {size / count:.0f} bytes of text each, {stored / count:.0f} in Parquet")
        lines = folder / "all.jsonl"
        table.to_pandas().to_json(lines, orient="records", lines=True, force_ascii=False)
        print("| way | articles | s | articles/s | MB/s |\n|---|---|---|---|---|")
        for jobs in ("1", "2"):
            run = [binary, "--quiet", "batch", str(lines), "-o", str(folder / "out.jsonl"), "--jobs", jobs]
            tell(f"program, JSONL in and out, {jobs} threads", count, size, timed(lambda run=run: _run(run, folder / "out.jsonl")))
        for threads in (1, 2):
            scorer = tabayyun.Scorer(threads=threads)
            tell(f"Python `score_batch`, {threads} threads", count, size, timed(lambda scorer=scorer: scorer.score_batch(table)))
        few = table.slice(0, 2000).to_pandas()
        few_size = size * len(few) / count
        one = lambda: few["text"].map(lambda text: tabayyun.score(text).propaganda.score)  # noqa: E731
        tell("pandas `map` of `score`, with evidence", len(few), few_size, timed(one))
        by_spark(folder, 1, half, count // 2, size / 2)
        by_spark(folder, 2, given, count, size)


def _run(command: list[str], output: Path) -> None:
    output.unlink(missing_ok=True)
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
