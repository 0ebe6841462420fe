"""Train the judge of meetings (service/models/extractive/meetings/likelihood.txt.gz), and say by cross-validation what it is
worth.

    python -m evals.training.meetings [MORE …] [--out FILE] [--cross-validate]

What is learned from: every candidate that the finder sees in the articles of evals/cases/meetings.jsonl (split dev), and
in those of each folder MORE (articles/*.json with ``text`` and ``published``, gold/*.json of the same names with
``meetings`` in the form of the cases), which need not be free to ship. A candidate is true where two of its people are in a
gold record and its sentence is part of that record's evidence; where only the people fit, it is left out. Folds are by
article. Needs scikit-learn (extra ``train``).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evals.tasks.meetings import same_participant
from evals.training.annotated import spans_of, trained
from service.domain.draft import Document
from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.models.extractive.meetings.detection import LEAST, Candidate, by_evidence
from service.models.extractive.meetings.judges import Judges
from service.models.extractive.meetings.weights import probability
from service.pipeline import read

#: Inverse strength of the L2 penalty, and how often a feature must be seen; chosen by cross-validation.
LOOSENESS, SEEN = 0.3, 2
#: How often the labels of several candidates of one sentence are settled anew.
ROUNDS = 2
#: How the features begin that come from beyond the sentence.
CONTEXT = ("article ", "opens with", "taken up")


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of an article with its label: 1 a meeting, 0 none, None unknown; ``meeting``: which of the gold."""

    article: str
    features: frozenset[str]
    label: int | None
    meeting: int | None
    sentence: int = -1


def examples_of(name: str, article: Article, gold: Sequence[Mapping[str, Any]]) -> list[Example]:
    """The candidates of one article with their labels."""
    document = read(article)
    seen: list[Candidate] = []

    def look(one: Candidate) -> float:
        seen.append(one)
        return by_evidence(one)

    draft_meetings(document, Judges(meeting=look))
    label = labels(document, gold)
    return [Example(name, frozenset(one.features), *label(one), one.dealing.sentence) for one in seen]


def labels(document: Document, gold: Sequence[Mapping[str, Any]]) -> Callable[[Candidate], tuple[int | None, int | None]]:
    """What tells a candidate's label and which gold meeting it speaks of."""
    spans = [[*spans_of(document.article.text, meeting)] for meeting in gold]

    def label_of(one: Candidate) -> tuple[int | None, int | None]:
        where = document.sentences[one.dealing.sentence].span
        label: int | None = 0
        meeting = None
        for number, record in enumerate(gold):
            wanted = [p["name"] for p in record["participants"]]
            shared = sum(any(same_participant(w, found) for found in one.names) for w in wanted)
            here = any(a < where.end and where.start < b for a, b in spans[number])
            if shared < min(2, len(wanted)):
                if here and shared and label == 0:
                    label = None  # the right place, with one of its people mistaken
                continue
            if here:
                label, meeting = 1, number
            elif label == 0:
                label = None
        return label, meeting

    return label_of


def fit_settled(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of the judge of meetings. Of several true candidates of one sentence and meeting only the likeliest tells
    of it for sure ("flew" and "met" in "flew in and met him"): the others count as true only where the former round finds
    them likely too."""
    weights = fit(_with_copies(examples))
    for _ in range(ROUNDS):
        best: dict[tuple[str, int | None, int], float] = defaultdict(float)
        likely = [probability(weights, one.features) for one in examples]
        for one, value in zip(examples, likely, strict=True):
            if one.label == 1:
                key = (one.article, one.meeting, one.sentence)
                best[key] = max(best[key], value)
        settled = [
            replace(one, label=None)
            if one.label == 1 and value < min(0.5, best[one.article, one.meeting, one.sentence])
            else one
            for one, value in zip(examples, likely, strict=True)
        ]
        weights = fit(_with_copies(settled))
    return weights


def _with_copies(examples: Sequence[Example]) -> list[Example]:
    """The examples, and each that has a label once more with the features that its sentence would have standing alone: so
    that short texts are judged soundly as well."""
    known = [one for one in examples if one.label is not None]
    copies = (replace(one, features=_alone(one.features)) for one in known)
    return [*known, *(copy for copy, one in zip(copies, known, strict=True) if copy.features != one.features)]


def _alone(features: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in features if not name.startswith(CONTEXT) and not name.endswith(" behind"))


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of a logistic regression over the examples with a label."""
    known = [one for one in examples if one.label is not None]
    counted = Counter(name for one in known for name in one.features)
    table = DictVectorizer()
    rows = table.fit_transform([{name: 1 for name in one.features if counted[name] >= SEEN} for one in known])
    model = LogisticRegression(C=LOOSENESS, max_iter=500).fit(rows, np.array([one.label for one in known]))
    weights = dict(zip(table.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    weights["bias"] = weights.get("bias", 0.0) + float(model.intercept_[0])
    return {name: weight for name, weight in weights.items() if abs(weight) > 0.002}


def cross_validate(examples: Sequence[Example], folds: int = 5) -> None:
    """Print how well candidates and gold meetings are told, each article judged by weights that have not seen it."""
    groups = [one.article for one in examples]
    right = found = 0
    hit: set[tuple[str, int]] = set()
    for train, test in GroupKFold(folds).split(examples, groups=groups):
        weights = fit_settled([examples[i] for i in train])
        for i in test:
            one = examples[i]
            if one.label is not None and probability(weights, one.features) >= LEAST:
                found += 1
                right += one.label
                if one.meeting is not None:
                    hit.add((one.article, one.meeting))
    true = sum(one.label or 0 for one in examples)
    meetings = {(one.article, one.meeting) for one in examples if one.meeting is not None}
    sys.stdout.write(
        f"candidates {len(examples)}, true {true}; at {LEAST}: precision {right / max(1, found):.3f}, "
        f"recall {right / max(1, true):.3f}; meetings with a true candidate found {len(hit)} of {len(meetings)}\n"
    )


def main(arguments: Sequence[str]) -> int:
    """See the module."""
    return trained(arguments, "likelihood", examples_of, fit_settled, cross_validate)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
