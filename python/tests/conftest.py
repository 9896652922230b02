"""What tests share: texts, and the program they compare with."""

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def passages(lang: str) -> list[str]:
    lines = (ROOT / f"training-data/passages-{lang}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def made_up(count: int) -> list[str]:
    """`count` different texts of one to twelve passages, by turns Arabic and English, some mixed, some samples."""
    chance = random.Random(6)
    by_lang = {lang: passages(lang) for lang in ("ar", "en")}
    samples = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]
    texts = []
    for at in range(count):
        own, other = (by_lang[lang] for lang in (("ar", "en") if at % 2 else ("en", "ar")))
        parts = chance.sample(own, chance.randint(1, 12))
        if at % 10 == 0:
            parts.append(chance.choice(other))
        if at % 25 == 0:
            parts.append(chance.choice(samples))
        texts.append("\n".join(parts))
    return texts


def readme_examples() -> list[str]:
    """The Python examples of the README, as they stand there."""
    return [block.split("```")[0] for block in (ROOT / "README.md").read_text("utf-8").split("```python\n")[1:]]


@pytest.fixture(scope="session")
def texts() -> list[str]:
    return made_up(2000)


@pytest.fixture(scope="session")
def binary() -> str:
    """The program, as TABAYYUN_BINARY names it or as cargo builds it."""
    named = os.environ.get("TABAYYUN_BINARY")
    if not named:
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
        named = str(Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"), "release/tabayyun"))
    return named
