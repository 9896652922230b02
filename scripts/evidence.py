"""The evidence that the program built here finds in texts: what the scripts share that read marks."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABAYYUN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "tabayyun"


def evidence(texts, *options):
    """The evidence of each text."""
    with tempfile.TemporaryDirectory() as scratch:
        source, out, found = (Path(scratch) / name for name in ("texts.jsonl", "texts.csv", "evidence.jsonl"))
        with open(source, "w", encoding="utf-8") as f:
            for number, text in enumerate(texts):
                f.write(json.dumps({"id": str(number), "text": text}) + "\n")
        command = [TABAYYUN, "batch", source, "-o", out, "--evidence", found, "--id-column", "id", "--min-words", "1", "--quiet", *options]
        subprocess.run(command, check=True)
        by = [[] for _ in texts]
        for line in open(found, encoding="utf-8"):
            row = json.loads(line)
            by[int(row["id"])] = row["evidence"]
        return by
