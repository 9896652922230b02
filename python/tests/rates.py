"""Articles per second by every way in; the table of docs/SCALE.md. Not a test: python rates.py BINARY [ARTICLES]"""

import contextlib
import math
import os
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


def cpu(process: int) -> float:
    """CPU seconds that a process and its children, alive or not, have used."""
    own = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    alive = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True).stdout.split()
    total = sum(map(int, own[11:15])) / os.sysconf("SC_CLK_TCK")
    for child in alive:
        with contextlib.suppress(FileNotFoundError):  # `ps` itself, for one
            total += cpu(int(child))
    return total


def tell(name: str, count: int, work: Callable[[], object], processes: tuple[int, ...] = ()) -> None:
    """Runs `work` twice; the faster run by the clock, and the CPU seconds of `processes`, or of this one and its children."""
    best = (math.inf, math.inf)
    for _ in range(2):
        used, begun = sum(map(cpu, processes or (os.getpid(),))), time.perf_counter()
        work()
        seconds = time.perf_counter() - begun
        best = min(best, (seconds, sum(map(cpu, processes or (os.getpid(),))) - used))
    seconds, used = best
    print(f"| {name} | {count:,} | {seconds:.1f} | {count / seconds:,.0f} | {used:.1f} | {count / used:,.0f} |", flush=True)


def by_spark(folder: Path, workers: int, given: Path, count: int) -> None:
    own = folder / f"cluster-{workers}"
    own.mkdir()
    cluster = Cluster(own, workers)
    try:
        spark = cluster.session(f"rates {workers}")
        data = spark.read.parquet(str(given))
        tabayyun.spark.score(data.limit(200)).collect()  # executors and Python are up
        kept, pids = own / "scored", tuple(worker.pid for worker in cluster.workers)
        passed, scored = data.mapInArrow(lambda batches: batches, data.schema), tabayyun.spark.score(data)
        name = f"Spark, {workers} worker{'s' * (workers > 1)}"
        nothing = lambda frame: frame.write.format("noop").mode("overwrite").save()  # noqa: E731
        tell(f"{name}: read and hand over, nothing scored", count, lambda: nothing(passed), pids)
        tell(f"{name}: scored", count, lambda: nothing(scored), pids)
        tell(f"{name}: scored, Parquet out", count, lambda: scored.drop("text").write.mode("overwrite").parquet(str(kept)), pids)
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
        print("| way | articles | s | articles/s | CPU s | articles per CPU s |\n|---|---|---|---|---|---|")
        for jobs in ("1", "2"):
            run = [binary, "--quiet", "batch", str(lines), "-o", str(folder / "out.jsonl"), "--jobs", jobs]
            tell(f"program, JSONL in and out, {jobs} threads", count, lambda run=run: _run(run, folder / "out.jsonl"))
        for threads in (1, 2):
            scorer = tabayyun.Scorer(threads=threads)
            tell(f"Python `score_batch`, {threads} threads", count, lambda scorer=scorer: scorer.score_batch(table))
        few = table.slice(0, 2000).to_pandas()
        one = lambda: few["text"].map(lambda text: tabayyun.score(text).propaganda.score)  # noqa: E731
        tell("pandas `map` of `score`, with evidence", len(few), one)
        by_spark(folder, 1, half, count // 2)
        by_spark(folder, 2, given, count)


def _run(command: list[str], output: Path) -> None:
    output.unlink(missing_ok=True)
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
