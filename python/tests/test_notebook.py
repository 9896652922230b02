"""What a notebook shows, in a real browser."""

import shutil
import subprocess

import pytest
from conftest import ROOT

import tabayyun

chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(not chromium, reason="no Chromium here")
def test_the_report_shows_and_the_notebook_stays_whole(tmp_path):
    arabic, english = (tabayyun.score((ROOT / f"samples/{name}-insinuation.txt").read_text("utf-8")) for name in ("ar", "en"))
    cells = "".join(f"<div class=cell>{score._repr_html_()}</div>" for score in (arabic, english))
    page = tmp_path / "notebook.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><title>before</title><body><h1>Notebook</h1>{cells}", "utf-8")
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}"]
    # Virtual time waits for the frames of its own process only; the picture was sometimes taken before another one had drawn them.
    flags += ["--disable-features=IsolateSandboxedIframes", "--virtual-time-budget=4000", "--window-size=1000,1400"]

    def chromium_runs(*instruction):
        command = [chromium, *flags, *instruction, page.as_uri()]
        return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode("utf-8")

    picture, blank = tmp_path / "notebook.png", tmp_path / "blank.png"
    chromium_runs(f"--screenshot={picture}")
    assert "<title>before</title>" in chromium_runs("--dump-dom"), "a report changes nothing around it"
    page.write_text("<!doctype html><h1>Notebook</h1>", "utf-8")
    chromium_runs(f"--screenshot={blank}")
    assert picture.stat().st_size > 5 * blank.stat().st_size, "two reports are drawn"
