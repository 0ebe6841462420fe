"""Train what tells who belongs to a meeting (service/models/extractive/meetings/membership.txt.gz).

    python -m evals.training.membership [MORE …] [--out FILE]

MORE as in evals.training.meetings. Every meeting that the finder drafts is held against the gold record that shares most
with it, in evidence and people; a candidate is true where the record has him or her. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from evals.tasks.meetings import same_participant
from evals.training.annotated import spans_of, trained
from evals.training.meetings import Example, fit
from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.models.extractive.meetings.judges import Judges
from service.models.extractive.meetings.membership import Candidate, by_weights
from service.models.extractive.meetings.merging import Meeting
from service.pipeline import read


def examples_of(name: str, article: Article, gold: Sequence[Mapping[str, Any]]) -> list[Example]:
    """The candidates of the meetings of one article that are in the gold, with their labels."""
    document = read(article)
    spans = [[*spans_of(article.text, meeting)] for meeting in gold]
    made: list[Example] = []

    def look(meeting: Meeting, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        places = {n: document.sentences[n].span for n in {e.sentence for e in meeting.events}}
        best, best_score = None, 1.0
        for number, record in enumerate(gold):
            wanted = [p["name"] for p in record["participants"]]
            shared = sum(any(same_participant(w, one.name) for w in wanted) for one in candidates if one.own)
            overlap = sum(any(a < s.end and s.start < b for a, b in spans[number]) for s in places.values())
            score = shared / max(2, len(wanted)) + 0.5 * min(overlap, 2) if shared and overlap else 0.0
            if score > best_score - 0.5 * (best is None):
                best, best_score = number, score
        if best is not None:
            open_names = [p["name"] for p in gold[best]["participants"]]
            for one in candidates:  # those whom the mentions name come first
                taken = next((w for w in open_names if same_participant(w, one.name)), None)
                if taken is not None:
                    open_names.remove(taken)
                made.append(Example(name, frozenset(one.features), int(taken is not None), best))
        return by_weights(meeting, candidates)

    draft_meetings(document, Judges(people=look))
    return made


def main(arguments: Sequence[str]) -> int:
    """See the module."""
    return trained(arguments, "membership", examples_of, fit)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
