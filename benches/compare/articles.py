"""Writes articles-ar.csv and articles-en.csv (id,text), at least 50 MB each, from the texts of public corpora.

    python3 benches/compare/articles.py CORPORA FOLDER

The texts are shuffled and joined to articles of about 5 KB, and the whole is repeated until it is long enough: no text comes
again within the megabytes that a corpus holds, which the last line tells.
"""

import csv
import random
import sys
from pathlib import Path

CORPORA, FOLDER = map(Path, sys.argv[1:3])
FILES = {
    "ar": ["ar/unlabelled/news", "ar/credibility/mce_train", "ar/credibility/mce_dev", "ar/propaganda/armpro_dev", "ar/propaganda/armpro_train_part"],
    "en": ["en/hyperpartisan/byarticle_train", "en/hyperpartisan/byarticle_dev", "en/npov/wiki_npov_train", "en/npov/wiki_npov_dev", "en/bias/babe_train", "en/checkworthy/claimbuster_train"],
}
ARTICLE, ALL = 5_000, 50_000_000
csv.field_size_limit(1 << 30)


def size(text):
    return len(text.encode())


for lang, files in FILES.items():
    texts = [row["text"].replace("\0", "") for file in files for row in csv.DictReader(open(CORPORA / f"{file}.csv", encoding="utf-8"))]
    random.Random(1).shuffle(texts)
    articles, article = [], ""
    for text in filter(str.strip, texts):
        article = f"{article}\n\n{text}" if article else text
        if size(article) >= ARTICLE:
            articles.append(article)
            article = ""
    distinct = sum(map(size, articles))
    times = -(-ALL // distinct)
    with open(FOLDER / f"articles-{lang}.csv", "w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["id", "text"])
        writer.writerows(enumerate(articles * times))
    print(f"{lang}: {len(articles)} articles, {distinct / 1e6:.1f} MB distinct, {times} times")
