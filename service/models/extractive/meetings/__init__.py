"""Meetings found by rules: who met whom, as drafts that assembly holds against the article."""

from __future__ import annotations

import re

from service.domain.draft import Document, DraftClaim, DraftMeeting, DraftParticipant

__all__ = ["draft_meetings"]

_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
_MET = re.compile(
    rf"(?P<a>{_NAME}) (?P<will>will |is to |is due to |plans to )?(?:\w+ly )?(?:met|meets?|held talks|hold talks|spoke by phone)(?: with)? (?P<b>{_NAME})"
    rf"|(?P<c>{_NAME}) and (?P<d>{_NAME}) (?:\w+ly )?(?:met|shook hands|held talks|spoke)\b"
)


def draft_meetings(document: Document) -> tuple[DraftMeeting, ...]:
    """One draft for each pair of names that the article says met or will meet. Never raises on any text."""
    found: dict[frozenset[str], DraftMeeting] = {}
    for sentence in document.sentences:
        for hit in _MET.finditer(document.article.text, sentence.span.start, sentence.span.end):
            names = (hit["a"] or hit["c"], hit["b"] or hit["d"])
            claim = DraftClaim("planned" if hit["will"] else "happened", None, (sentence.id,))
            who = tuple(DraftParticipant(name, (sentence.id,)) for name in names)
            found.setdefault(frozenset(names), DraftMeeting("bilateral", claims=(claim,), participants=who))
    return tuple(found.values())
