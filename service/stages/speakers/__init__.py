"""Who speaks: the speaker of each quotation, the speech that has no marks, and the people of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.quotation import Person, Quotation, Speaker
from service.domain.text import Sentence, Span

__all__ = ["Attribution", "attribute"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """``quotations``: all of them, indirect ones included, renumbered in text order; ``people``: in order of mention."""

    quotations: tuple[Quotation, ...]
    people: tuple[Person, ...]


_VERB = (
    r"(?:said|says|say|added|adds|told|tells|wrote|writes|asked|asks|continued|replied|responded|explained|noted|notes"
    r"|declared|stated|argued|insisted|warned|tweeted|concluded|joked|recalled|answered|admitted|according to)"
)
_NAME = r"(?:(?:[A-Z][\w.’'-]*|de|van|von|bin|al|of)\s){0,4}[A-Z][\w’'-]*"
_WHO = rf"(?:he|she|they|He|She|They|[Tt]he\s\w+(?:\s\w+)?|[Aa]n?\s\w+(?:\s\w+)?|{_NAME})"
_AFTER = re.compile(rf"\s*(?:(?P<n1>{_WHO})\s(?:\w+ly\s|also\s|later\s)?(?P<v1>{_VERB})\b|(?P<v2>{_VERB})\s(?P<n2>{_WHO}))")
_BEFORE = re.compile(rf"(?P<n1>{_WHO})\s(?:\w+ly\s|also\s|later\s|had\s|has\s)?(?P<v1>{_VERB})\b(?!.*{_VERB}\b)", re.S)
_PERSON = re.compile(r"\b(?:[A-Z][a-z’'-]+\s){1,2}(?:[A-Z]\.\s)?[A-Z][a-z’'-]+(?:\s(?:Jr|Sr)\b\.?)?")


def attribute(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> Attribution:
    """Name the speakers of ``quotations``, find reported speech without marks, and list the article's people.

    ``text`` is the article, ``sentences`` those of its body, ``quotations`` what ``find_quotations`` found in it. Never
    raises on any text.
    """
    people = _people(text, sentences)
    answer: list[Quotation] = []
    last: Speaker | None = None
    for quotation in quotations:
        speaker, cue = _speaker(text, quotation, people)
        if speaker is None and quotation.kind in ("direct", "block"):
            speaker = last
        if speaker is not None:
            last = speaker
        answer.append(replace(quotation, speaker=speaker, cue=cue))
    return Attribution(tuple(answer), people)


def _people(text: str, sentences: Sequence[Sentence]) -> tuple[Person, ...]:
    found: dict[str, list[Span]] = {}
    for sentence in sentences:
        for spot in _PERSON.finditer(text, sentence.span.start, sentence.span.end):
            found.setdefault(spot.group(), []).append(Span.of(text, spot.start(), spot.end()))
    return tuple(Person(f"p{number}", name, tuple(spans)) for number, (name, spans) in enumerate(found.items(), 1))


def _speaker(text: str, quotation: Quotation, people: Sequence[Person]) -> tuple[Speaker | None, Span | None]:
    for span in quotation.spans:
        after = _AFTER.match(text, min(len(text), span.end + 1))
        if after is not None:
            which = ("n1", "v1") if after.group("n1") else ("n2", "v2")
            return _made(text, after.span(which[0]), people), Span.of(text, *after.span(which[1]))
    begin = max(0, text.rfind("\n", 0, quotation.spans[0].start), quotation.spans[0].start - 200)
    before = _BEFORE.search(text, begin, max(begin, quotation.spans[0].start - 1))
    if before is not None:
        return _made(text, before.span("n1"), people), Span.of(text, *before.span("v1"))
    return None, None


def _made(text: str, mention: tuple[int, int], people: Sequence[Person]) -> Speaker:
    span = Span.of(text, *mention)
    for person in people:
        if person.name.split()[-1] == span.text.split()[-1]:
            return Speaker(person.name, span, person.mentions[0], person.id, None, None, 0.8, "surname")
    return Speaker(span.text, span, None, None, None, None, 0.6, "phrase")
