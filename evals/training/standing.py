"""Train how a meeting stands (service/models/extractive/meetings/standing.txt.gz), and say by cross-validation what it is
worth.

    python -m evals.training.standing [MORE …] [--out FILE] [--cross-validate]

What is learned from: the articles of evals.training.meetings (see there). Two kinds of example: each meeting that the finder
draws up and that is one of the gold's (it shares people and a sentence); and each gold meeting with the mentions of it that
the finder saw, so that those which it doesn't put together teach as well. Folds are by article. Needs scikit-learn (extra
``train``).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evals.tasks.meetings import same_participant
from evals.training.annotated import spans_of, trained
from service.domain.meeting import MeetingStatus
from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.judges import Judges
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.standing import STATUSES, likeliest, signs_of
from service.pipeline import read

#: Inverse strength of the L2 penalty; how often a sign must be seen; how far rare statuses weigh more (0: not, 1: as much in
#: all as the frequent ones). Chosen by cross-validation.
LOOSENESS, SEEN, EVENNESS = 0.1, 3, 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """A meeting of an article with how it stands; ``drawn``: as the finder draws it up, not as the gold puts it together."""

    article: str
    signs: Mapping[str, float]
    status: str
    drawn: bool


def examples_of(name: str, article: Article, gold: Sequence[Mapping[str, Any]]) -> list[Example]:
    """The meetings of one article."""
    seen: list[tuple[Facts, Meeting, Sequence[Meeting]]] = []

    def look(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> MeetingStatus:
        seen.append((facts, meeting, all_of))
        return "happened"

    draft_meetings(read(article), Judges(standing=look))
    made = []
    for facts, meeting, all_of in seen:
        best = max(gold, key=lambda record: _shared(facts, meeting, record), default=None)
        if best is not None and _shared(facts, meeting, best):
            made.append(Example(name, signs_of(facts, meeting, all_of), best["status"], True))
    if seen:
        facts, _, all_of = seen[0]
        for record in gold:
            mentions = list(_mentions(facts, all_of, record))
            if mentions:
                meeting = Meeting()
                for event in mentions:
                    meeting.add(event)
                made.append(Example(name, signs_of(facts, meeting, all_of), record["status"], False))
    return made


def _sentences(facts: Facts, record: Mapping[str, Any]) -> set[int]:
    """The numbers of the sentences that the gold rests on."""
    spans = list(spans_of(facts.text, record))
    return {
        number
        for number, sentence in enumerate(facts.document.sentences)
        if any(a < sentence.span.end and sentence.span.start < b for a, b in spans)
    }


def _people(facts: Facts, who: frozenset[int] | set[int], record: Mapping[str, Any]) -> int:
    names = [one["name"] for one in record["participants"]]
    return sum(any(same_participant(name, facts.cast.entities[i].name) for name in names) for i in who)


def _shared(facts: Facts, meeting: Meeting, record: Mapping[str, Any]) -> float:
    """How far a drawn-up meeting is that of the gold; 0: not at all."""
    people = _people(facts, meeting.who, record)
    places = len({event.sentence for event in meeting.events} & _sentences(facts, record))
    if not places or 2 * people < min(len(meeting.who), len(record["participants"])):
        return 0.0
    return places + people


def _mentions(facts: Facts, all_of: Sequence[Meeting], record: Mapping[str, Any]) -> Iterator[Any]:
    """What the finder saw of a gold meeting: the mentions in its sentences, of its people or of nobody by name."""
    wanted = _sentences(facts, record)
    for event in sorted((e for one in all_of for e in one.events), key=lambda e: e.start):
        if event.sentence in wanted and (not event.who or _people(facts, event.who, record) >= min(2, len(event.who))):
            yield event


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of a softmax regression, by "status|sign"."""
    seen = Counter(name for one in examples for name in one.signs)
    table = DictVectorizer()
    rows = table.fit_transform([{n: x for n, x in one.signs.items() if seen[n] >= SEEN} for one in examples])
    told = Counter(one.status for one in examples)
    worth = [(len(examples) / len(told) / told[one.status]) ** EVENNESS for one in examples]
    model = LogisticRegression(C=LOOSENESS, max_iter=200, tol=1e-3)
    model.fit(rows, np.array([one.status for one in examples]), sample_weight=np.array(worth))
    weights: dict[str, float] = {}
    for status, row, start in zip(model.classes_, model.coef_, model.intercept_, strict=True):
        weights |= {f"{status}|{n}": float(w) for n, w in zip(table.get_feature_names_out(), row, strict=True)}
        weights[f"{status}|bias"] = weights.get(f"{status}|bias", 0.0) + float(start)
    return {name: weight for name, weight in weights.items() if abs(weight) > 0.002}


def cross_validate(examples: Sequence[Example], folds: int = 8) -> None:
    """Print how often the status of the meetings that the finder draws up is right, by weights that have not seen the
    article, and which is taken for which."""
    told: Counter[tuple[str, str]] = Counter()
    groups = [one.article for one in examples]
    for train, test in GroupKFold(folds).split(examples, groups=groups):
        weights = fit([examples[i] for i in train])
        for one in (examples[i] for i in test if examples[i].drawn):
            told[one.status, likeliest(one.signs, weights)] += 1
    right = sum(number for (a, b), number in told.items() if a == b)
    sys.stdout.write(f"examples {len(examples)}; drawn up {told.total()}, right {right / max(1, told.total()):.3f}\n")
    for status in STATUSES:
        sys.stdout.write(f"{status:>10} " + " ".join(f"{told[status, other]:4}" for other in STATUSES) + "\n")


def main(arguments: Sequence[str]) -> int:
    """See the module."""
    return trained(arguments, "standing", examples_of, fit, cross_validate)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
