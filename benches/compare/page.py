"""Fills docs/PERFORMANCE.md and draws its two plots from the facts of run.py: python page.py FACTS.json"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/PERFORMANCE.md"
NAMES = {"ar": "Arabic", "en": "English"}
SCORES, EVIDENCE = "explain, scores, contributions", "explain, every evidence kept"
WC_TARGET = {"ar": 1.5, "en": 1.0}


def fill(mark, lines):
    text = PAGE.read_text(encoding="utf-8")
    start, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = text.split(start, 1)
    PAGE.write_text(f"{before}{start}\n" + "\n".join(lines) + f"\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def targets(facts):
    rows = ["| job | yardstick | measured | ratio | target |", "|---|---|---|---|---|"]
    add = lambda *cells: rows.append("| " + " | ".join(cells) + " |")
    for lang, f in facts["langs"].items():
        speed = f["stages"][SCORES][0]
        add(f"{NAMES[lang]} text → both scores, all contributions, one core", f"`wc -w`, UTF-8 locale: {f['wc']:.0f} MB/s", f"{speed:.0f} MB/s", f"{speed / f['wc']:.2f}", f"{WC_TARGET[lang]:.1f}")
    for lang, f in facts["langs"].items():
        kept, speed = f["stages"][EVIDENCE][0], f["stages"][SCORES][0]
        add(f"{NAMES[lang]}, every evidence kept", f"the same without: {speed:.0f} MB/s", f"{kept:.0f} MB/s", f"{kept / speed:.2f}", "0.8")
    python = facts["cold"]["python"]
    for lang in NAMES:
        cpu, wall = facts["cold"][lang]
        add(f"cold process, one {NAMES[lang]} article, `score --format json`", f"`python3 -c pass`: {python[1] * 1e3:.0f} ms", f"{wall * 1e3:.1f} ms, {cpu * 1e3:.1f} ms of CPU", f"{python[1] / wall:.1f}× as fast", "faster; 10 ms of CPU")
    for lang, f in facts["langs"].items():
        table, wall, _ = f["batch"]
        bound = f["stages"]["csv crate reads the file"][1] + f["stages"][SCORES][1] / 2
        add(f"`batch`, {NAMES[lang]}, CSV → CSV, 2 cores", f"csv crate reads the file + engine / 2: {bound:.2f} s", f"{wall:.2f} s ({table / wall / 1e6:.0f} MB/s)", f"{bound / wall:.2f}", "0.85")
    (small, _, least), (large, _, most) = facts["scaling"][2], facts["scaling"][-1]
    add(f"peak memory of `batch` on {large / 1e9:.1f} GB", f"on {small / 1e6:.0f} MB: {least:.0f} MB", f"{most:.0f} MB", f"{most / least:.2f}", "80 MB, no more than on 50 MB")
    first, last = facts["lexicon"][0], facts["lexicon"][-1]
    for at, lang in enumerate(NAMES):
        add(f"{NAMES[lang]} with {last[0]} times the terms", f"{first[2][at]:.0f} MB/s", f"{last[2][at]:.0f} MB/s", f"{first[2][at] / last[2][at]:.2f}× the time", "1.3×")
    for lang, peers in list(facts["peers"].items())[:1]:
        fit = peers["training"]
        add("`train`, 6,388 rows × 72 columns, 10 grouped folds, intervals", f"scikit-learn reads and fits the same folds: {fit['read'] + fit['fit']:.2f} s (imports not counted)", f"{facts['train'][1]:.2f} s, {facts['train'][0]:.2f} s of CPU", f"{facts['train'][1] / (fit['read'] + fit['fit']):.1f}× the time", "no slower")
    return rows


def peers(facts):
    rows = ["| program | language | MB/s, one core | tabayyun is faster by |", "|---|---|---|---|"]
    for lang, told in facts["peers"].items():
        own = facts["langs"][lang]["stages"][SCORES][0]
        rows.append(f"| **tabayyun**, both scores and all contributions | {NAMES[lang]} | {own:.0f} | |")
        for name, speed in sorted(told["MB/s"].items(), key=lambda p: -p[1]):
            rows.append(f"| {name} | {NAMES[lang]} | {speed:.3f} | {own / speed:.0f}× |")
    return rows


def stages(facts):
    rows = ["| stage, everything before it included | Arabic, MB/s | English, MB/s |", "|---|---|---|"]
    by = [facts["langs"][lang]["stages"] for lang in NAMES]
    rows += [f"| {name} | {by[0][name][0]:.0f} | {by[1][name][0]:.0f} |" for name in by[0]]
    return rows


def plots(facts):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "tabayyun", "font.size": 9})
    import matplotlib.pyplot as plt

    figure, left = plt.subplots(figsize=(5.2, 3.2))
    size, speed, memory = zip(*facts["scaling"])
    left.semilogx([s / 1e6 for s in size], speed, "o-", color="#0b6e99", label="MB/s (left)")
    left.set(xlabel="input, MB", ylabel="MB/s, two cores", ylim=(0, max(speed) * 1.2))
    right = left.twinx()
    right.semilogx([s / 1e6 for s in size], memory, "s--", color="#b45309", label="peak memory, MB (right)")
    right.set(ylabel="peak memory, MB", ylim=(0, max(memory) * 1.5))
    figure.legend(loc="lower right", bbox_to_anchor=(0.87, 0.17), frameon=False)
    figure.tight_layout()
    figure.savefig(ROOT / "docs/performance-size.svg", metadata={"Date": None})
    figure, axis = plt.subplots(figsize=(5.2, 3.2))
    times = [point[0] for point in facts["lexicon"]]
    for at, (lang, style) in enumerate(zip(NAMES, ("o-", "s--"))):
        axis.plot(times, [point[2][at] for point in facts["lexicon"]], style, label=NAMES[lang])
    axis.set(xlabel="times the terms of the shipped packs", ylabel="MB/s, one core", ylim=(0, None))
    axis.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(ROOT / "docs/performance-lexicon.svg", metadata={"Date": None})


if __name__ == "__main__":
    facts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    fill("machine", [f"Measured on: {facts['machine']}."])
    fill("targets", targets(facts))
    fill("stages", stages(facts))
    fill("peers", peers(facts))
    plots(facts)
