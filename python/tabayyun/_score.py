"""A scored text as plain Python values, and as a picture in a notebook."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from typing import Any

from . import _core


@dataclass(frozen=True)
class Contribution:
    """What one feature adds to a head's log-odds, against the average training text."""

    feature: str
    family: str
    value: float
    """The feature's value, in ``unit``."""
    unit: str
    contribution: float
    """Log-odds. Over all features and with the baseline they sum to the head's log-odds."""


@dataclass(frozen=True)
class Head:
    """One question's answer."""

    score: float
    """Calibrated probability, 0 to 1: many persuasion indicators, or well sourced. Not of truth."""
    interval: tuple[float, float]
    """95 % interval of the score."""
    band: str
    """``low``, ``medium`` or ``high``: about the thirds of this model's training texts."""
    log_odds: float
    baseline: float
    """Log-odds of the average training text."""
    contributions: tuple[Contribution, ...]
    """One for each feature, in matrix column order."""


@dataclass(frozen=True)
class Evidence:
    """One occurrence of an indicator."""

    indicator: str
    family: str
    text: str
    start: int
    """Where it begins in ``Score.text``, in characters (Python's string index)."""
    end: int
    """Where it ends, exclusive."""
    voice: str
    """``author``, or ``quoted`` for words inside quotation marks."""
    negated: bool
    why: str | None
    """Why it matters, in a sentence; None for signs that no lexicon group explains."""
    propaganda: float
    """What it adds to the log-odds of the propaganda head."""
    credibility: float
    """What it adds to the log-odds of the credibility head."""


@dataclass(frozen=True)
class Passage:
    """A paragraph, or a run of sentences."""

    start: int
    """In characters of ``Score.text``."""
    end: int
    words: int
    lang: str
    propaganda: float | None
    """Score, 0 to 1; None if the text has none."""


@dataclass(frozen=True)
class Score:
    """A text's two scores with everything behind them. In a notebook it shows itself as the report page."""

    id: str
    status: str
    """``ok``, or why there is no score: ``too_short``, ``unsupported_language``, ``not_text``."""
    lang: str | None
    """``ar``, ``en`` or None."""
    words: int
    propaganda: Head | None
    """None unless the status is ``ok``."""
    credibility: Head | None
    """None unless the status is ``ok``."""
    evidence: tuple[Evidence, ...]
    """In the order of the text."""
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...]
    """What a reader of the scores should know."""
    title: str | None
    outlet: str | None
    """Title and site name that a page declares."""
    text: str = field(repr=False)
    """What was read, and what spans point into: of a page, its title and main text."""
    json: str = field(repr=False, compare=False)
    """All of it as JSON, schema 1: what ``tabayyun score --format json`` prints."""
    _page: Any = field(repr=False, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The JSON as a dictionary."""
        return json.loads(self.json)

    def page(self, ui: str = "en") -> str:
        """The report as an HTML page of its own, in English (``en``) or Arabic (``ar``). It loads nothing."""
        return self._page(ui)

    def _repr_html_(self) -> str:
        # Sandboxed: the page's style and script reach nothing of the notebook, the scored text still less.
        page = html.escape(self.page(), quote=True)
        return (
            '<iframe sandbox="allow-scripts" referrerpolicy="no-referrer" title="tabayyun report" '
            'style="width:100%;height:640px;border:1px solid #8884;border-radius:6px" '
            f'srcdoc="{page}"></iframe>'
        )

    def __reduce__(self) -> tuple[Any, ...]:
        pages = {ui: self.page(ui) for ui in ("en", "ar")}
        return of_json, (self.json, self.text, pages.__getitem__)


def of_core(scored: _core.Scored) -> Score:
    """The values of what the engine made."""
    return of_json(scored.json(), scored.text(), scored.page)


def of_json(source: str, text: str, page: Any) -> Score:
    """The values of a JSON report. Floats are read back to the last bit."""
    report = json.loads(source)
    heads = {name: _head(head) for name, head in report["heads"].items()}
    evidence = (
        Evidence(
            indicator=e["indicator"],
            family=e["family"],
            text=e["text"],
            start=e["char_start"],
            end=e["char_end"],
            voice=e["voice"],
            negated=e["negated"],
            why=e["why"],
            **e["contribution"],
        )
        for e in report["evidence"]
    )
    passages = (Passage(p["char_start"], p["char_end"], p["words"], p["lang"], p["propaganda"]) for p in report["passages"])
    return Score(
        id=report["id"],
        status=report["status"],
        lang=report["lang"],
        words=report["words"],
        propaganda=heads.get("propaganda"),
        credibility=heads.get("credibility"),
        evidence=tuple(evidence),
        passages=tuple(passages),
        warnings=tuple(report["warnings"]),
        title=report["title"],
        outlet=report["outlet"],
        text=text,
        json=source,
        _page=page,
    )


def _head(head: dict[str, Any]) -> Head:
    contributions = tuple(Contribution(**c) for c in head["contributions"])
    return Head(head["score"], tuple(head["interval"]), head["band"], head["log_odds"], head["baseline"], contributions)
