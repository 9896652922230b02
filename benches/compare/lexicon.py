"""A lexicon folder with many times the terms of models/lexicons, to see what terms cost.

Half of the added terms are invented words, a third are pairs and the rest triples with a gap of words from our own training
texts, which do occur in articles: the hard case for anything that looks for phrases.
"""

import json
import random
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LETTERS = {"ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "en": "abcdefghijklmnopqrstuvwxyz"}


def folder(target: Path, times: int) -> int:
    """Writes the folder; returns how many terms were added."""
    shutil.copytree(ROOT / "models/lexicons", target)
    added = 0
    for lang in LETTERS:
        words = vocabulary(lang)
        packs = "".join(p.read_text(encoding="utf-8") for p in (target / lang).glob("*.toml"))
        terms = len(re.findall(r'"[^"]+"', packs)) * 9 // 10 * (times - 1)
        draw = random.Random(f"{lang}{times}")
        made = set()
        while len(made) < terms:
            kind = draw.random()
            if kind < 0.5:
                made.add("=" + "".join(draw.choice(LETTERS[lang]) for _ in range(draw.randint(5, 10))))
            elif kind < 0.85:
                made.add(" ".join(f"={draw.choice(words)}" for _ in range(2)))
            else:
                made.add("={} ..3 ={} ={}".format(*(draw.choice(words) for _ in range(3))))
        list_of = ",\n".join(f'  "{term}"' for term in sorted(made))
        (target / lang / "zz-added.toml").write_text(
            f'lang = "{lang}"\nfamily = "form"\n'.replace('"form"', '"unverifiable_claims"')
            + '\n[[group]]\nindicator = "unverifiable.hedge"\nwhy = "made up"\nterms = [\n'
            + list_of
            + '\n]\nhits = ["x"]\nmisses = ["y"]\n',
            encoding="utf-8",
        )
        added += len(made)
    return added


def vocabulary(lang):
    """Words of our own training texts that no pack may be troubled by: five or more letters, none of which folding changes."""
    texts = [json.loads(line)["text"] for line in open(ROOT / f"training-data/authored-{lang}.jsonl", encoding="utf-8")]
    pattern = f"[{LETTERS[lang]}]{{5,}}"
    return sorted(set(re.findall(pattern, " ".join(texts).lower())))
