"""tabayyun scores news text: how is it sourced, how does it try to persuade, and which words show it?

The same engine as the ``tabayyun`` program, with the same scores to the last bit. Arabic and English, offline. It shows indicators in
the wording and the sourcing, never verdicts on truth.

>>> import tabayyun
>>> tabayyun.score("Too short.").status
'too_short'
"""

from ._core import NOTICE, __version__
from ._learn import evaluate, train
from ._score import Contribution, Evidence, Head, Passage, Score
from ._scorer import Scorer, read_pages, score, score_batch, score_bytes, score_column, score_html

__all__ = [
    "NOTICE",
    "Contribution",
    "Evidence",
    "Head",
    "Passage",
    "Score",
    "Scorer",
    "__version__",
    "evaluate",
    "read_pages",
    "score",
    "score_batch",
    "score_bytes",
    "score_column",
    "score_html",
    "train",
]
