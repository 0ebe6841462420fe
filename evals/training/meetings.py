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

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evals.tasks.meetings import TASK, same_participant
from service.domain.draft import Document
from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.models.extractive.meetings.detection import LEAST, Candidate, by_evidence
from service.models.extractive.meetings.judges import Judges
from service.pipeline import read

OUT = Path("service/models/extractive/meetings/likelihood.txt.gz")
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


def articles(more: Sequence[Path]) -> Iterator[tuple[str, Article, list[Mapping[str, Any]]]]:
    """Every annotated article: its id, the article, its gold meetings."""
    for case in TASK.cases("dev", None):
        given = case.input
        yield (
            case.id,
            Article(given["text"], title=given.get("title"), published=given.get("published")),
            case.gold["meetings"],
        )
    for folder in more:
        for path in sorted((folder / "articles").glob("*.json")):
            given = json.loads(path.read_text("utf-8"))
            gold = json.loads((folder / "gold" / path.name).read_text("utf-8"))["meetings"]
            yield (
                f"{folder.name}/{path.stem}",
                Article(given["text"], title=given.get("title"), published=given.get("published")),
                gold,
            )


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


def spans_of(text: str, meeting: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Where the evidence of a gold record stands."""
    quotes = [*(meeting.get("evidence") or ()), *(claim.get("quote") for claim in meeting["status_claims"])]
    for quote in quotes:
        at = text.find(quote) if quote else -1
        if at >= 0:
            yield at, at + len(quote)


def fit_settled(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of the judge of meetings. Of several true candidates of one sentence and
    meeting only the likeliest tells of it for sure ("flew" and "met" in "flew in and met him"): the others count as true
    only where the former round finds them likely too."""
    weights = fit(examples)
    for _ in range(ROUNDS):
        best: dict[tuple[str, int | None, int], float] = defaultdict(float)
        likely = [chance(weights, one.features) for one in examples]
        for one, value in zip(examples, likely, strict=True):
            if one.label == 1:
                key = (one.article, one.meeting, one.sentence)
                best[key] = max(best[key], value)
        weights = fit(
            [
                replace(one, label=None)
                if one.label == 1 and value < min(0.5, best[one.article, one.meeting, one.sentence])
                else one
                for one, value in zip(examples, likely, strict=True)
            ]
        )
    return weights


def chance(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The probability that these weights give."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) for name in features))))


def without_context(features: frozenset[str]) -> frozenset[str]:
    """The features that a sentence standing alone would have: so that short texts are judged soundly as well."""
    return frozenset(name for name in features if not name.startswith(CONTEXT) and not name.endswith(" behind"))


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights of a logistic regression over the examples with a label."""
    known = [one for one in examples if one.label is not None]
    known += [replace(one, features=alone) for one in known if (alone := without_context(one.features)) != one.features]
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
            if one.label is not None and chance(weights, one.features) >= LEAST:
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
    parser = argparse.ArgumentParser(prog="evals.training.meetings", description=__doc__)
    parser.add_argument("more", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cross-validate", action="store_true")
    given = parser.parse_args(arguments)
    examples = [one for name, article, gold in articles(given.more) for one in examples_of(name, article, gold)]
    if given.cross_validate:
        cross_validate(examples)
        return 0
    weights = fit_settled(examples)
    lines = "".join(f"{name}\t{weight:.3f}\n" for name, weight in sorted(weights.items()))
    given.out.write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{len(examples)} candidates, {len(weights)} weights, {given.out.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
