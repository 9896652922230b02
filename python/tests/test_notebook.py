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
    picture = tmp_path / "notebook.png"
    shoot = [chromium, *flags, "--window-size=1000,1400", "--virtual-time-budget=4000", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(shoot, check=True, capture_output=True, timeout=120)
    blank = tmp_path / "blank.png"
    page.write_text("<!doctype html><h1>Notebook</h1>", "utf-8")
    subprocess.run([*shoot[:-2], f"--screenshot={blank}", page.as_uri()], check=True, capture_output=True, timeout=120)
    assert picture.stat().st_size > 5 * blank.stat().st_size, "two reports are drawn"
