"""Bytes per second of what one would otherwise run, over the same articles on one core, and of scikit-learn's training.

    python peers.py ARTICLES.csv LANG NUMBER TRAINING.jsonl MATRIX.csv   → a JSON object: name → MB/s, and seconds of training
"""

import csv
import io
import itertools
import json
import sys
import time
from contextlib import redirect_stderr, redirect_stdout

path, lang, number, training, matrix = sys.argv[1:6]
csv.field_size_limit(1 << 30)
texts = [row["text"] for row in itertools.islice(csv.DictReader(open(path, encoding="utf-8")), int(number))]
size = sum(len(text.encode()) for text in texts)
# The slow ones read as many texts as take about half a minute.
SECONDS = 30


def speed(score, batch=None):
    start = done = 0
    start = time.process_time()
    if batch:
        batch(texts)
        return size / (time.process_time() - start) / 1e6
    for text in texts:
        score(text)
        done += len(text.encode())
        if time.process_time() - start > SECONDS:
            break
    return done / (time.process_time() - start) / 1e6


def tf_idf():
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    rows = [json.loads(line) for line in open(training, encoding="utf-8")]
    model = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2), LogisticRegression(max_iter=1000))
    model.fit([row["text"] for row in rows], [row["propaganda"] for row in rows])
    return speed(None, model.predict_proba)


def vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return speed(SentimentIntensityAnalyzer().polarity_scores)


def textblob():
    from textblob import TextBlob

    return speed(lambda text: TextBlob(text).sentiment)


def disinfolib():
    from disinfolib import TextAnalyzer

    return speed(TextAnalyzer().analyze)


def persuasion_index():
    import persuasion_index

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return speed(persuasion_index.score)


def fit():
    """Seconds to read a feature matrix, fit 10 grouped folds and the whole, as `tabayyun train` does."""
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LogisticRegression

    start = time.process_time()
    rows = pd.read_csv(matrix)
    values = rows[[c for c in rows if c.startswith("f.")]].to_numpy()
    labels, folds = rows["label"].to_numpy(), rows["fold"].to_numpy()
    read = time.process_time()
    for fold in [*np.unique(folds), -1]:
        inside = folds != fold
        mean, sd = values[inside].mean(0), values[inside].std(0)
        LogisticRegression(C=0.03, max_iter=1000).fit((values[inside] - mean) / np.where(sd > 0, sd, 1), labels[inside])
    done = time.process_time()
    return {"read": read - start, "fit": done - read}


speeds = {"scikit-learn, character TF-IDF + logistic regression": tf_idf()}
if lang == "en":
    speeds |= {"vaderSentiment": vader(), "textblob": textblob(), "persuasion-index": persuasion_index()}
speeds["disinfolib"] = disinfolib()
print(json.dumps({"MB/s": speeds, "training": fit()}))
