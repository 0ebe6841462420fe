"""Train the choice of a meeting's place (service/models/extractive/meetings/siting.txt.gz), and say by cross-validation
what it is worth.

    python -m evals.training.places [MORE …] [--out FILE] [--cross-validate]

What is learned from: the meetings that the finder makes of the articles (as evals.training.meetings has them), where they
pair with a gold record, every candidate with a gold meeting being taken for one; and once more each gold record with those
mentions that stand in its evidence. Of the options for a place, those are right whose words fit the gold best; where it has
none, nowhere. The weights are those of a softmax over the options that make the right ones together most likely (L2; by
L-BFGS). Folds are by article. Needs scikit-learn (extra ``train``).
"""

from __future__ import annotations

import re
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
from evals.training.annotated import trained
from evals.training.meetings import labels
from service.domain.draft import DraftMeeting
from service.domain.text import Article
from service.models.extractive.meetings import meetings_of
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.detection import by_evidence
from service.models.extractive.meetings.drafting import draft_of
from service.models.extractive.meetings.judges import Judges
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.siting import Option, Siting, shares
from service.pipeline import read

#: Strength of the L2 penalty, and for how many meetings a feature must be seen; chosen by cross-validation.
PENALTY, SEEN = 4.0, 3


@dataclass(frozen=True, slots=True)
class Question:
    """A meeting of an article: the options for its place, and which of them are right."""

    article: str
    options: tuple[Option, ...]
    right: frozenset[int]
    place: Mapping[str, Any] | None


def questions_of(name: str, article: Article, gold: Sequence[Mapping[str, Any]]) -> Iterator[Question]:
    """The questions of an article: of the meetings that the finder makes, and of the gold records with their mentions."""
    document = read(article)
    label = labels(document, gold)
    facts, meetings = meetings_of(document, Judges(meeting=lambda one: 1.0 if label(one)[0] == 1 else by_evidence(one)))
    yield from paired(name, facts, meetings, gold)
    built = [(record, meeting) for record in gold if (meeting := _built(facts, meetings, record)) is not None]
    siting, all_of = Siting(facts), [meeting for _, meeting in built]
    for record, meeting in built:
        yield from _question(name, siting, meeting, all_of, record)


def paired(name: str, facts: Facts, meetings: Sequence[Meeting], gold: Sequence[Mapping[str, Any]]) -> Iterator[Question]:
    """The questions of those meetings of the finder that pair with a gold record."""
    siting = Siting(facts)
    drafts = [draft_of(facts, meeting, meetings, Judges(), None) for meeting in meetings]
    kept = [(meeting, draft) for meeting, draft in zip(meetings, drafts, strict=True) if draft is not None]
    spans = {s.id: (s.span.start, s.span.end) for s in facts.document.sentences}
    golds = [_compared(one, facts.text) for one in gold]
    found = [_drafted(draft, spans) for _, draft in kept]
    for i, j in best_pairs([[worth(g, f) for f in found] for g in golds]):
        yield from _question(name, siting, kept[j][0], meetings, gold[i])


def _question(
    name: str, siting: Siting, meeting: Meeting, all_of: Sequence[Meeting], record: Mapping[str, Any]
) -> Iterator[Question]:
    options = siting.options(meeting, all_of)
    yield Question(name, tuple(options), frozenset(_right(record.get("place"), options)), record.get("place"))


def _built(facts: Facts, meetings: Sequence[Meeting], record: Mapping[str, Any]) -> Meeting | None:
    """A meeting of the mentions that stand in the evidence of a gold record and name its people (or nobody)."""
    spans = _compared(record, facts.text)["evidence"]
    names = [one["name"] for one in record["participants"]]
    made = Meeting()
    for event in sorted((e for m in meetings for e in m.events), key=lambda e: e.start):
        if not any(a <= event.start < b for a, b in spans):
            continue
        who = [facts.cast.entities[i].name for i in event.who]
        if sum(any(same_participant(a, b) for b in who) for a in names) >= min(2, len(who), len(names)):
            made.add(event)
    return made if any(e.who for e in made.events) else None


def _compared(meeting: Mapping[str, Any], text: str) -> dict[str, Any]:
    evidence = [(at, at + len(quote)) for quote in meeting.get("evidence", ()) if (at := text.find(quote)) >= 0]
    names = [one["name"] for one in meeting["participants"]]
    return {"names": names, "date": None, "place": None, "status": meeting["status"], "evidence": evidence}


def _drafted(draft: DraftMeeting, spans: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    evidence = [spans[id] for claim in draft.claims for id in claim.cites]
    names = [one.name for one in draft.participants]
    return {"names": names, "date": None, "place": None, "status": draft.claims[0].status, "evidence": evidence}


def _right(place: Mapping[str, Any] | None, options: Sequence[Option]) -> set[int]:
    """The options that say the gold place: in the same words, else in more or fewer, else its venue, town, …"""
    if not place:
        return {i for i, one in enumerate(options) if one.spot is None}
    said = [_bare(one.spot.text) if one.spot is not None else None for one in options]
    for key in ("text", "venue", "city", "region", "country"):
        wanted = _bare(place.get(key) or "")
        if not wanted:
            continue
        same = {i for i, words in enumerate(said) if words == wanted}
        within = {i for i, words in enumerate(said) if words and (_within(wanted, words) or _within(words, wanted))}
        if same or within:
            return same or within
    return set()


def _bare(words: str) -> str:
    return re.sub(r"^(?:(?:the|a|an|at|in|aboard|on)\s+)+", "", " ".join(re.findall(r"\w+", words.lower())))


def _within(one: str, other: str) -> bool:
    return f" {one} " in f" {other} "


def fit(questions: Sequence[Question], penalty: float = PENALTY) -> dict[str, float]:
    """The weights under which the right options are most likely; questions without a right option are left out."""
    questions = [one for one in questions if one.right]
    counted = Counter(name for q in questions for name in {n for o in q.options for n in o.features})
    names = sorted(name for name, count in counted.items() if count >= SEEN)
    index = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for number, question in enumerate(questions):
        for i, option in enumerate(question.options):
            known = [index[name] for name in option.features if name in index]
            rows.extend([len(group)] * len(known))
            columns.extend(known)
            group.append(number)
            right.append(i in question.right)
    table = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(group), len(names)))
    groups, mask, starts = np.array(group), np.array(right), np.flatnonzero(np.diff([-1, *group]))

    def loss(weights: Any) -> tuple[float, Any]:
        totals = table @ weights
        totals = totals - np.maximum.reduceat(totals, starts)[groups]
        raised = np.exp(totals)
        every = np.add.reduceat(raised, starts)
        those = np.maximum(np.add.reduceat(raised * mask, starts), 1e-12)
        slope = table.T @ (raised / every[groups] - raised * mask / those[groups])
        value = float(np.sum(np.log(every) - np.log(those)) + penalty / 2 * weights @ weights)
        return value, slope + penalty * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: float(w) for name, w in zip(names, best.x, strict=True) if abs(w) > 0.003}


def chosen(weights: Mapping[str, float], question: Question) -> int:
    """Which option the weights take."""
    chances = shares(weights, question.options)
    return max(range(len(chances)), key=lambda i: chances[i])


def cross_validate(questions: Sequence[Question], folds: int = 5, penalty: float = PENALTY) -> None:
    """Print how often the right option is taken, each article judged by weights that have not seen it."""
    groups = [q.article for q in questions]
    hits: Counter[str] = Counter()
    for train, test in GroupKFold(folds).split(questions, groups=groups):
        weights = fit([questions[i] for i in train], penalty)
        for i in test:
            question = questions[i]
            kind = "nowhere" if 0 in question.right else "somewhere"
            hits[kind] += 1
            hits[f"{kind} right"] += chosen(weights, question) in question.right
    right = hits["nowhere right"] + hits["somewhere right"]
    sys.stdout.write(
        f"meetings {len(questions)}, right {right / len(questions):.3f}; with a place {hits['somewhere']}, right "
        f"{hits['somewhere right'] / max(1, hits['somewhere']):.3f}; without {hits['nowhere']}, right "
        f"{hits['nowhere right'] / max(1, hits['nowhere']):.3f}\n"
    )


def main(arguments: Sequence[str]) -> int:
    """See the module."""
    return trained(arguments, "siting", questions_of, fit, cross_validate)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
