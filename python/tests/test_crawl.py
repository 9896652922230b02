"""A real WARC of pages in five encodings through the example, from end to end."""

import io
import os
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from conftest import ROOT, passages

import tabayyun

pytest.importorskip("pyspark")
warcio = pytest.importorskip("warcio")
from cluster import ENVIRONMENT, Cluster
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

pytestmark = pytest.mark.spark

ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "utf-16", "windows-1252")
COPIES = 12


def page(number: int, encoding: str) -> bytes:
    lang = "en" if encoding == "windows-1252" else "ar"
    own = [p for p in passages(lang) if p.encode(encoding, "ignore").decode(encoding) == p]
    body = "".join(f"<p>{own[(number * 7 + at) % len(own)]}</p>" for at in range(6))
    head = f"<meta charset='{encoding}'><title>Page {number}</title>"
    return f"<!doctype html><html><head>{head}</head><body><nav>menu</nav><article>{body}</article></body></html>".encode(encoding)


@pytest.fixture
def warc(tmp_path):
    path = tmp_path / "crawl.warc.gz"
    pages = {}
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)

        def add(url, content, kind):
            http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            headers = {"WARC-Date": f"2026-03-0{1 + len(pages) % 3}T08:00:00Z"}
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(content), http_headers=http, warc_headers_dict=headers))

        for number in range(COPIES):
            for encoding in ENCODINGS:
                url = f"https://{encoding}.example/{number}"
                pages[url] = page(number, encoding)
                add(url, pages[url], "text/html")
        pages["https://broken.example/pdf"] = b"%PDF-1.7\n\xe2\xe3 no page at all"
        add("https://broken.example/pdf", pages["https://broken.example/pdf"], "text/html; charset=utf-8")
        add("https://other.example/picture", b"\x89PNG", "image/png")
    return path, pages


def test_the_example(warc, tmp_path):
    path, pages = warc
    cluster = Cluster(tmp_path, workers=2)
    try:
        example = ROOT / "python/examples/score_crawl.py"
        command = [sys.executable, example, path, "--output", tmp_path / "out", "--master", cluster.master, "--partitions", "4"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=os.environ | ENVIRONMENT)
        assert done.returncode == 0, done.stderr[-3000:]
    finally:
        cluster.stop()
    articles = {row["url"]: row for row in pq.read_table(tmp_path / "out/articles").to_pylist()}
    assert set(articles) == set(pages), "every page, and nothing that is none"
    broken = articles.pop("https://broken.example/pdf")
    assert broken["tb_status"] == "not_text" and "PDF" in broken["note"]
    for url, row in articles.items():
        alone = tabayyun.score_html(pages[url])
        assert (row["tb_status"], row["propaganda_score"]) == ("ok", alone.propaganda.score), url
        assert (row["credibility_score"], row["tb_words"]) == (alone.credibility.score, alone.words), url
    folders = {str(file.parent.relative_to(tmp_path / "out/articles")) for file in (tmp_path / "out/articles").rglob("*.parquet")}
    assert {f"tb_lang={lang}/date=2026-03-0{day}" for lang in ("ar", "en") for day in (1, 2, 3)} <= folders
    outlets = {row["host"]: row for row in pq.read_table(tmp_path / "out/outlets").to_pylist()}
    for encoding in ENCODINGS:
        row = outlets[f"{encoding}.example"]
        assert row["texts"] == COPIES and 0 <= row["credibility_low"] < row["credibility"] < row["credibility_high"] <= 1
    assert outlets["broken.example"]["texts"] == 0 and outlets["broken.example"]["credibility_low"] is None
