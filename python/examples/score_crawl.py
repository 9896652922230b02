"""Scores a news crawl on Spark: pages in, scores by language and day out, and figures per outlet.

    python examples/score_crawl.py crawl/*.warc.gz --output scored --master spark://host:7077
    spark-submit examples/score_crawl.py pages.parquet --output scored

Input: WARC files of HTML responses, or Parquet with columns `url` (string), `date` (date or timestamp) and `html` (binary). Paths must
be the same on all machines (a shared file system; for Parquet any that Spark reads). Needs tabayyun[crawl] on all machines.

Output, below --output:
    articles/tb_lang=…/date=…/*.parquet   a row for each page: url, host, title, outlet, encoding, note, scores; status where there are none
    outlets/*.parquet                     per host and language: texts, mean of each score with its 95 % interval
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import tabayyun.spark

BATCH_BYTES = 16 << 20
"""Pages that are handed on together, bytes."""
MAX_PAGE_BYTES = 32 << 20
"""Longer pages keep their row, without their bytes."""
FEWEST = 10
"""Outlets with fewer texts get no interval: it would say more than is known."""


def pages_of_warcs(spark: SparkSession, paths: list[str]) -> DataFrame:
    """Columns url, date, html of all HTML responses; each file is read by one task."""
    files = spark.sparkContext.parallelize([(path,) for path in paths], len(paths)).toDF("path string")
    return files.mapInArrow(_read_warcs, "url string, date date, html binary")


def _read_warcs(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    schema = pa.schema({"url": pa.string(), "date": pa.date32(), "html": pa.binary()})
    rows: list[dict[str, object]] = []
    size = 0
    for path in (path for batch in batches for path in batch.column(0).to_pylist()):
        with open(path, "rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
                content = (record.http_content_type or "").lower()
                if content not in ("text/html", "application/xhtml+xml"):
                    continue
                html = record.reader.read(MAX_PAGE_BYTES + 1)
                html = html if len(html) <= MAX_PAGE_BYTES else None
                date = record.record_date.date() if record.record_date else None
                rows.append({"url": record.headers.get("WARC-Target-URI"), "date": date, "html": html})
                size += len(html or b"")
                if size > BATCH_BYTES:
                    yield pa.RecordBatch.from_pylist(rows, schema)
                    rows, size = [], 0
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema)


def per_outlet(scored: DataFrame) -> DataFrame:
    """Per host and language: number of texts, and of each score the mean with its 95 % interval (normal approximation)."""
    figures = [F.count("*").alias("pages"), F.count("propaganda_score").alias("texts")]
    for head in ("propaganda", "credibility"):
        score = F.col(f"{head}_score")
        mean, reach = F.avg(score), 1.96 * F.stddev_samp(score) / F.sqrt(F.count(score))
        enough = F.count(score) >= FEWEST
        figures += [
            mean.alias(head),
            F.when(enough, F.greatest(mean - reach, F.lit(0.0))).alias(f"{head}_low"),
            F.when(enough, F.least(mean + reach, F.lit(1.0))).alias(f"{head}_high"),
        ]
    return scored.groupBy("host", "tb_lang").agg(*figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", nargs="+", help="WARC files, or Parquet")
    parser.add_argument("--output", required=True, help="folder to write to; must not be there yet")
    parser.add_argument("--master", help="where to run, unless spark-submit says so")
    parser.add_argument("--model", action="append", default=[], help="model file instead of the built-in one (may be given again)")
    parser.add_argument("--partitions", type=int, help="tasks of the scoring; by default what the input gives")
    options = parser.parse_args()

    builder = SparkSession.builder.appName("tabayyun crawl").config("spark.sql.session.timeZone", "UTC")
    # Pages are large: few of them in a batch.
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
    spark = (builder.master(options.master) if options.master else builder).getOrCreate()
    warcs = [path for path in options.input if path.endswith((".warc", ".warc.gz", ".warc.zst"))]
    if warcs and len(warcs) < len(options.input):
        parser.error("give WARC files or Parquet, not both")
    pages = pages_of_warcs(spark, warcs) if warcs else spark.read.parquet(*options.input)
    pages = pages.select("url", F.col("date").cast("date").alias("date"), "html")
    if options.partitions:
        pages = pages.repartition(options.partitions)
    metrics = tabayyun.spark.Metrics(spark.sparkContext)
    scored = tabayyun.spark.score(tabayyun.spark.main_text(pages), model=options.model, metrics=metrics)
    articles = scored.withColumn("host", F.parse_url("url", F.lit("HOST"))).drop("text")
    articles.write.partitionBy("tb_lang", "date").parquet(f"{options.output}/articles")
    written = spark.read.parquet(f"{options.output}/articles")
    per_outlet(written).coalesce(1).write.parquet(f"{options.output}/outlets")
    print(", ".join(f"{name} {count}" for name, count in metrics.as_dict().items()))
    spark.stop()


if __name__ == "__main__":
    main()
