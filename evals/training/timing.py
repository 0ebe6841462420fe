"""Train the choice of a meeting's date (service/models/extractive/meetings/timing.txt.gz), and say by cross-validation what
it is worth.

    python -m evals.training.timing [MORE …] [--out FILE] [--cross-validate]

What is learned from: the meetings that the finder drafts in the annotated articles (see ``meetings``; candidates that the
gold knows are let through) and that are a gold record's, each with every date that it may have been. Right are those that
resolve to the gold's day, or stand where the gold's words do; where there is none, the choice "none". The weights are a
conditional logit's: the right dates of a meeting share its probability. Folds are by article. Needs scikit-learn (extra
``train``), whose SciPy does the work.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.model_selection import GroupKFold

from evals.scorers import best_pairs
from evals.tasks.meetings import same_participant, worth
from evals.training.annotated import spans_of, trained
from service.domain.draft import Document, DraftMeeting
from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.models.extractive.meetings.detection import Candidate, by_evidence
from service.models.extractive.meetings.judges import Judges
from service.models.extractive.meetings.timing import Option, Options
from service.pipeline import read

#: Strength of the L2 penalty, and how often a feature must be seen; chosen by cross-validation.
TIGHTNESS, SEEN = 6.0, 4


@dataclass(frozen=True, slots=True)
class Example:
    """A meeting of an article: the features of every option, and which of them are right; ``ruled``: the rules' choice."""

    article: str
    options: tuple[frozenset[str], ...]
    right: frozenset[int]
    ruled: int


def examples_of(name: str, article: Article, gold: Sequence[Mapping[str, Any]]) -> list[Example]:
    """The drafted meetings of one article that the gold has, with their dates."""
    document = read(article)
    seen: list[list[Option]] = []
    evidence = [[*spans_of(article.text, record)] for record in gold]

    def judge(one: Candidate) -> float:
        where = document.sentences[one.dealing.sentence].span
        for number, record in enumerate(gold):
            wanted = [p["name"] for p in record["participants"]]
            shared = sum(any(same_participant(w, found) for found in one.names) for w in wanted)
            if shared >= min(2, len(wanted)) and any(a < where.end and where.start < b for a, b in evidence[number]):
                return 1.0
        return by_evidence(one)

    def look(options: Options) -> Option:
        found = list(options.find())
        seen.append(found)
        return found[_ruled(found)]

    drafts = draft_meetings(document, Judges(meeting=judge, date=look))
    return list(_paired(name, document, gold, evidence, seen, drafts))


def _paired(
    name: str,
    document: Document,
    gold: Sequence[Mapping[str, Any]],
    evidence: Sequence[Sequence[tuple[int, int]]],
    seen: Sequence[Sequence[Option]],
    drafts: Sequence[DraftMeeting],
) -> Iterator[Example]:
    """Each drafted meeting that is one of the gold, as an example."""
    text = document.article.text
    sentences = {s.id: (s.span.start, s.span.end) for s in document.sentences}
    found = [
        {
            "names": [p.name for p in draft.participants],
            "status": draft.claims[0].status,
            "date": None,
            "place": None,
            "evidence": [sentences[id] for claim in draft.claims for id in claim.cites],
        }
        for draft in drafts
    ]
    wanted = [
        {
            "names": [p["name"] for p in record["participants"]],
            "status": record["status"],
            "date": None,
            "place": None,
            "evidence": evidence[number],
        }
        for number, record in enumerate(gold)
    ]
    for i, j in best_pairs([[w if (w := worth(g, s)) >= 1.2 else 0.0 for s in found] for g in wanted]):
        right = _right(text, gold[i].get("date"), evidence[i], seen[j])
        if right:
            yield Example(name, tuple(frozenset(o.features) for o in seen[j]), frozenset(right), _ruled(seen[j]))


def _ruled(options: Sequence[Option]) -> int:
    return next((i for i, o in enumerate(options) if "rules: chosen" in o.features), len(options) - 1)


def _right(
    text: str, date: Mapping[str, Any] | None, evidence: Sequence[tuple[int, int]], options: Sequence[Option]
) -> list[int]:
    """The options that are the gold's date; none at all where the article's words for it were not found."""
    if not date or not date.get("text"):
        return [len(options) - 1]
    day = (date["edtf"] or "").rstrip("~")
    dated = [(i, o.mention) for i, o in enumerate(options) if o.mention is not None]
    right = [i for i, m in dated if day and (m.edtf or "").rstrip("~") == day]
    if right:
        return right
    inside = [(i, m) for i, m in dated if any(a <= m.start < b for a, b in evidence)]
    return [i for i, m in inside if m.text in date["text"] or date["text"] in m.text][:1]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of a conditional logit: the right options' share of each meeting's probability is made greatest."""
    counted = Counter(name for one in examples for option in one.options for name in option)
    names = sorted(name for name, times in counted.items() if times >= SEEN)
    index = {name: i for i, name in enumerate(names)}
    rows = [[index[n] for n in option if n in index] for one in examples for option in one.options]
    pointers = np.cumsum([0, *map(len, rows)])
    columns = np.array([i for row in rows for i in row], dtype=int)
    table = csr_matrix((np.ones(pointers[-1]), columns, pointers), (len(rows), len(names)))
    right = np.array([i in one.right for one in examples for i in range(len(one.options))])
    starts = np.cumsum([0, *(len(one.options) for one in examples)])[:-1]
    sizes = [len(one.options) for one in examples]

    def shares(scores: Any, mask: Any = None) -> tuple[Any, Any]:
        top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
        raw = np.exp(scores - top) * (1.0 if mask is None else mask)
        total = np.add.reduceat(raw, starts)
        return raw / np.repeat(np.maximum(total, 1e-300), sizes), total

    def loss(weights: Any) -> tuple[float, Any]:
        scores = table @ weights
        every, whole = shares(scores)
        good, part = shares(scores, right)
        value = -np.sum(np.log(np.maximum(part, 1e-300) / whole)) + 0.5 * TIGHTNESS * weights @ weights
        return value, table.T @ (every - good) + TIGHTNESS * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: float(w) for name, w in zip(names, best.x, strict=True) if abs(w) > 0.003}


def choice(weights: Mapping[str, float], example: Example) -> int:
    """The option that the weights choose."""
    scores = [sum(weights.get(name, 0.0) for name in option) for option in example.options]
    return int(np.argmax(scores))


def cross_validate(examples: Sequence[Example], folds: int = 8) -> None:
    """Print how often the rules, and weights that have not seen the article, choose right."""
    hits = 0
    for train, test in GroupKFold(folds).split(examples, groups=[one.article for one in examples]):
        weights = fit([examples[i] for i in train])
        hits += sum(choice(weights, examples[i]) in examples[i].right for i in test)
    ruled = sum(one.ruled in one.right for one in examples)
    total = len(examples)
    sys.stdout.write(f"meetings {total}; the rules choose right {ruled / total:.3f}, the weights {hits / total:.3f}\n")


def main(arguments: Sequence[str]) -> int:
    """See the module."""
    return trained(arguments, "timing", examples_of, fit, cross_validate)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
