"""Whole articles by pooled passages, and false alarms by topic."""

import csv
import hashlib
import re
from collections import defaultdict

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from study_lib import CORPORA, FOLDS, HEADS, train

# Words of a topic, as the beginnings of words; a text is of the topic that most of its words name, if two or more do.
TOPICS = {
    "propaganda-ar": {
        "politics": "رئيس حكوم وزير برلمان انتخاب حزب نائب دبلوماس سياس رئاس",
        "conflict": "جيش عسكر حرب قصف غار صاروخ قتل هجوم مسلح فصائل جبه شهيد احتلال",
        "economy": "اقتصاد سعر نفط دولار بنك استثمار تجار سوق شرك ميزاني",
        "health": "صح فيروس كورونا لقاح مستشف طب مرض وباء إصاب",
        "law": "محكم قاض نياب قضا متهم سجن اعتقال جريم شرط تحقيق",
        "culture and sport": "فيلم فنان موسيق كتاب روائ مسلسل مبارا لاعب فريق منتخب بطول مهرجان",
        "society and faith": "تعليم مدرس جامع طلاب أسر مرأ نساء دين إسلام مسلم كنيس مسجد",
    },
    "propaganda-en": {
        "politics": "election campaign republican democrat senat congress president vot candidate governor party",
        "conflict": "war militar troops attack missile soldier terror bomb army",
        "economy": "econom tax market job wage billion compan business trade budget",
        "health": "health virus covid coronavirus vaccin hospital doctor pandemic abortion",
        "law": "court judge law police crime prison arrest prosecutor gun shooting trial",
        "culture and sport": "film movie music game team player sport football season actor show celebrity",
        "society and faith": "school student universit gender women black race racis immigra border church christian muslim religio climate",
    },
}


def topic(name, text):
    words = re.findall(r"\w+", text.lower())
    strip = lambda word: re.sub(r"^(وال|بال|فال|كال|لل|ال|و)(?=\w{3})", "", word)
    counts = {}
    for title, beginnings in TOPICS[name].items():
        starts = tuple(beginnings.split())
        counts[title] = sum(word.startswith(starts) or strip(word).startswith(starts) for word in words)
    best = max(counts, key=counts.get)
    return best if counts[best] >= 2 else "none of these"


def false_alarms_by_topic(name, rows, threshold):
    """Rows without the label that the model calls positive, by topic."""
    texts = {}
    for file in HEADS[name][0]:
        for row in csv.DictReader(open(file, encoding="utf-8")):
            texts[hashlib.sha256(row["text"].encode() + b"\0").hexdigest()[:16]] = row["text"]
    by = defaultdict(list)
    for row in rows:
        if row["label"] == "0":
            by[topic(name, texts[row["id"]]) if row["id"] in texts else "none of these"].append(float(row["score"]) >= threshold)
    lines = ["| topic | rows without the label | called positive |", "|---|---|---|"]
    for title, calls in sorted(by.items(), key=lambda item: -len(item[1])):
        lines.append(f"| {title} | {len(calls)} | {100 * np.mean(calls):.0f} % |")
    return lines


def hyperpartisan():
    """Figures on hyperpartisan articles, 10-fold by article: out-of-fold scores of the article or of its passages, pooled."""
    file = CORPORA / "en/hyperpartisan/byarticle_train.csv"
    whole = by_article(train("propaganda-en", [file], extra=False))
    passages = by_article(train("propaganda-en", [file], "--by-passage", extra=False))
    articles = sorted(whole.keys() & passages.keys())
    labels = np.array([whole[a][0]["label"] == "1" for a in articles])
    one = np.array([[log_odds(whole[a])[0]] for a in articles])
    many = np.array([pooled(passages[a]) for a in articles])
    length = np.array([[np.log(int(whole[a][0]["words"]))] for a in articles])
    settings = {
        "length alone": length,
        "the article as one text": one,
        "its passages, mean": many[:, :1],
        "its passages, mean, highest, lowest, mean of the highest three, share above one half": many,
        "both": np.hstack([one, many]),
    }
    lines = ["| what is read | AUC | accuracy | macro-F1 |", "|---|---|---|---|"]
    for title, values in settings.items():
        scores = out_of_fold(values, labels, articles)
        accuracy, f1 = accuracy_score(labels, scores >= 0.5), f1_score(labels, scores >= 0.5, average="macro")
        lines.append(f"| {title} | {roc_auc_score(labels, scores):.3f} | {accuracy:.3f} | {f1:.3f} |")
    return lines


def by_article(rows):
    by = defaultdict(list)
    for row in rows:
        by[row["group"]].append(row)
    return by


def log_odds(rows):
    scores = np.clip([float(row["score"]) for row in rows], 0.01, 0.99)
    return np.log(scores / (1 - scores))


def pooled(rows):
    values = np.sort(log_odds(rows))[::-1]
    mean = np.average(log_odds(rows), weights=[int(row["words"]) for row in rows])
    return [mean, values[0], values[-1], values[:3].mean(), np.mean(values > 0)]


def out_of_fold(values, labels, articles):
    """Scores of a regression on other folds; an article's fold is that of `tabayyun train`, whose hash of it is its name."""
    folds = np.array([int(article[:8], 16) % FOLDS for article in articles])
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        held_out = folds == fold
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(values[~held_out], labels[~held_out])
        scores[held_out] = model.predict_proba(values[held_out])[:, 1]
    return scores
