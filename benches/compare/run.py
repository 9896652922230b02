#!/usr/bin/env python3
"""Everything about speed in one run: writes docs/PERFORMANCE.md's tables and plots.

    benches/compare/run.py ARTICLES-AR.csv ARTICLES-EN.csv [--no-peers] [--no-large]

The files are tables with a column `text`, at least 50 MB that do not repeat within 4 MB (articles.py writes such). Sets the peers
up in a virtual environment under target/. Answers are checked before anything is timed: `cargo test` runs the hit counts, and the
sums of scores over the articles must be the same in every run here.
"""

import argparse
import csv
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import lexicon  # noqa: E402

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
TABAYYUN = TARGET / "release/tabayyun"
LARGE = 5_000_000_000
# What is compared is run in turn, so many times, and the fastest of each counts: other work on the machine only slows, and not
# everything at once.
ROUNDS = 3
csv.field_size_limit(1 << 30)


def build():
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    told = subprocess.run(["cargo", "bench", "--locked", "--bench", "throughput", "--no-run"], cwd=ROOT, check=True, capture_output=True, text=True)
    return re.search(r"\((.*throughput-[0-9a-f]+)\)", told.stderr).group(1)


def environment():
    """A virtual environment with the peers."""
    folder = TARGET / "compare-venv"
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin/pip", "install", "--quiet", "--require-hashes", "-r", HERE / "requirements.txt"], check=True)
    return folder / "bin/python"


def measured(command, stdin=None, **options):
    """Wall seconds, CPU seconds and peak memory (MB) of a command."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{command}: exit {status}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e3


def best(times, command):
    """CPU and wall seconds of the fastest of several runs."""
    runs = [measured(command) for _ in range(times)]
    return min(r[1] for r in runs), min(r[0] for r in runs)


def stages(bench, *args):
    """MB/s and checksum by stage."""
    out = subprocess.run([bench, *args], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^(\S.*?)\s+([\d.]+) MB/s\s+([\d.]+) s(?:\s+checksum (\S+))?$", out, re.M)
    return {name: (float(speed), float(seconds), total) for name, speed, seconds, total in found}


def fastest(runs):
    """The best speed of each stage of several runs, whose checksums must agree."""
    for name in runs[0]:
        sums = {run[name][2] for run in runs}
        if len(sums) > 1:
            raise SystemExit(f"{name}: checksums {sums} of the same articles")
    return {name: max((run[name] for run in runs), key=lambda stage: stage[0]) for name in runs[0]}


def plain(articles, target):
    """The texts as plain text, for wc; its size in bytes."""
    with open(target, "w", encoding="utf-8") as f:
        for row in csv.DictReader(open(articles, encoding="utf-8", newline="")):
            f.write(row["text"] + "\n\n")
    return target.stat().st_size


def repeated(articles, size):
    """A generator process that writes the table until it is so long: header once, rows again and again."""
    program = (
        "import sys; d = open(sys.argv[1], 'rb').read(); head, rows = d.split(b'\\n', 1); out = sys.stdout.buffer; out.write(head + b'\\n')\n"
        "left = int(sys.argv[2])\n"
        "while left > 0: out.write(rows); left -= len(rows)"
    )
    return subprocess.Popen([sys.executable, "-c", program, str(articles), str(size)], stdout=subprocess.PIPE)


def first_rows(articles, size, target):
    """A table of the first rows, up to a size in bytes; its size."""
    with open(articles, encoding="utf-8", newline="") as source, open(target, "w", encoding="utf-8", newline="") as out:
        reader, writer = csv.reader(source), csv.writer(out, lineterminator="\n")
        writer.writerow(next(reader))
        for row in reader:
            writer.writerow(row)
            if out.tell() >= size:
                break
    return target.stat().st_size


def scaling(articles, scratch, large):
    """(bytes, MB/s, peak MB) of `batch` on ever longer tables."""
    points = []
    for size in (500_000, 5_000_000, 50_000_000):
        table = scratch / "part.csv"
        read = first_rows(articles, size, table)
        wall, _, memory = measured([TABAYYUN, "batch", table, "-o", scratch / "out.csv", "--quiet"])
        points.append((read, read / wall / 1e6, memory))
    for size in (500_000_000, LARGE) if large else ():
        source = repeated(articles, size)
        wall, _, memory = measured([TABAYYUN, "batch", "-", "-o", "-", "--quiet"], stdin=source.stdout)
        source.stdout.close()
        source.wait()
        points.append((size, size / wall / 1e6, memory))
    return points


def by_lexicon(bench, tables, scratch):
    """(times the terms, terms added, MB/s on each table) with ever larger lexicons."""
    added = {times: lexicon.folder(scratch / f"lexicons-{times}", times) for times in (1, 2, 4, 10)}
    runs = {times: [] for times in added}
    for _ in range(ROUNDS):
        for times, speeds in runs.items():
            told = [stages(bench, articles, f"--lexicons={scratch}/lexicons-{times}") for articles in tables]
            speeds.append([one["explain, scores, contributions"][0] for one in told])
    return [(times, added[times], [max(speeds) for speeds in zip(*runs[times])]) for times in added]


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("articles", nargs=2, type=Path)
    args.add_argument("--no-peers", action="store_true")
    args.add_argument("--no-large", action="store_true")
    args = args.parse_args()
    bench, python = build(), environment()
    scratch = Path(tempfile.mkdtemp(dir=TARGET))
    facts = {"machine": machine(), "langs": {}}
    for lang, articles in zip(("ar", "en"), args.articles):
        text = scratch / f"{lang}.txt"
        size = plain(articles, text)
        utf8 = {**os.environ, "LC_ALL": "C.UTF-8"}
        runs, words, batches = [], [], []
        for _ in range(ROUNDS):
            words.append(measured(["wc", "-w", text], env=utf8)[1])
            runs.append(stages(bench, articles))
            batches.append(measured([TABAYYUN, "batch", articles, "-o", scratch / "out.csv", "--quiet", "--jobs", "2"]))
        batch = (articles.stat().st_size, min(b[0] for b in batches), max(b[2] for b in batches))
        facts["langs"][lang] = {"bytes": size, "stages": fastest(runs), "wc": size / min(words) / 1e6, "batch": batch}
        print(f"{lang}: {facts['langs'][lang]}", flush=True)
    sample = {lang: ROOT / f"samples/{lang}-insinuation.txt" for lang in ("ar", "en")}
    facts["cold"] = {lang: best(20, [TABAYYUN, "score", "--format", "json", path]) for lang, path in sample.items()}
    facts["cold"]["python"] = best(20, [system_python(), "-c", "pass"])
    facts["scaling"] = scaling(args.articles[0], scratch, not args.no_large)
    facts["lexicon"] = by_lexicon(bench, args.articles, scratch)
    print(facts["lexicon"], flush=True)
    matrix = scratch / "matrix.csv"
    halves = [(ROOT / f"training-data/{name}-ar.csv").read_text(encoding="utf-8") for name in ("credibility", "propaganda")]
    matrix.write_text(halves[0] + halves[1].split("\n", 1)[1], encoding="utf-8")
    facts["train"] = best(5, [TABAYYUN, "train", matrix, "--head", "credibility", "--c", "0.03", "-o", scratch / "model.json", "--quiet"])
    facts["peers"] = {}
    for lang, articles in zip(("ar", "en"), () if args.no_peers else args.articles):
        training = ROOT / f"training-data/passages-{lang}.jsonl"
        one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        told = subprocess.run([python, HERE / "peers.py", articles, lang, "2000", training, matrix], check=True, capture_output=True, text=True, env=one_thread)
        facts["peers"][lang] = json.loads(told.stdout.splitlines()[-1])
        print(facts["peers"][lang], flush=True)
    (scratch / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    print("facts in", scratch / "facts.json")
    subprocess.run([python, HERE / "page.py", scratch / "facts.json"], check=True)


def system_python():
    """The interpreter itself, not a wrapper script that looks for it first."""
    return subprocess.run([sys.executable, "-c", "import sys; print(sys.executable)"], check=True, capture_output=True, text=True).stdout.strip()


def machine():
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    name = re.search(r"model name\s*: (.*)", info)
    return f"{name.group(1) if name else platform.machine()}, {os.cpu_count()} cores, {platform.system()}"


if __name__ == "__main__":
    main()
