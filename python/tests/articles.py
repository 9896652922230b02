"""Articles in any number, different from each other, as Parquet files."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from conftest import passages


def article(number: int, own: list[str]) -> str:
    """Four passages, other ones for each number: about 130 words."""
    size = len(own)
    picked = (number, number // size * 7 + number * 3 + 1, number * 11 + number // 97 + 2, number * 5 + number // 13 + 3)
    return "\n".join(own[at % size] for at in picked)


def write(folder: Path, count: int, files: int = 20) -> Path:
    """`count` articles, by turns in each language, over `files` files with columns `id` and `text`."""
    by_lang = [passages("ar"), passages("en")]
    folder.mkdir(parents=True)
    each = -(-count // files)
    for file in range(files):
        ids = range(file * each, min(count, (file + 1) * each))
        texts = [article(number // 2, by_lang[number % 2]) for number in ids]
        table = pa.table({"id": pa.array(ids, pa.int64()), "text": texts})
        pq.write_table(table, folder / f"part-{file:03}.parquet", row_group_size=1000)
    return folder
