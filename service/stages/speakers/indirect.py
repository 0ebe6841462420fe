"""From reported speech in words to quotations of kind indirect."""

from __future__ import annotations

from bisect import bisect_left

from service.domain.quotation import Quotation
from service.domain.text import Span
from service.stages.speakers.phrases import PREPOSITIONS
from service.stages.speakers.reading import FOLDED, Reading
from service.stages.speakers.reported import Reported
from service.stages.speakers.resolve import Resolver

#: Content with fewer words of the writer's own than this is the quotation in marks itself.
_FEWEST_WORDS = 3


def covering(reading: Reading, found: list[Reported]) -> dict[int, Reported]:
    """For each folded quotation, by the index of its word: the shortest reported speech that it is part of."""
    answer: dict[int, Reported] = {}
    folds = sorted(reading.folded)
    for reported in found:
        if reported.source is None:
            continue
        for start, end in reported.content:
            for at in folds[bisect_left(folds, start) : bisect_left(folds, end)]:
                other = answer.get(at)
                if other is None or _length(reported) < _length(other):
                    answer[at] = reported
    return answer


def _length(reported: Reported) -> int:
    return sum(end - start for start, end in reported.content)


def indirect_quotations(reading: Reading, resolver: Resolver, found: list[Reported]) -> list[Quotation]:
    """The reported speech of an article as quotations, ids still to be given."""
    taken: dict[tuple[tuple[int, int], ...], Quotation] = {}
    for reported in found:
        quotation = _quotation(reading, reported, resolver)
        if quotation is None:
            continue
        key = tuple((span.start, span.end) for span in quotation.spans)
        other = taken.get(key)
        if other is None or (other.speaker is None and quotation.speaker is not None):
            taken[key] = quotation
    return list(taken.values())


def _quotation(reading: Reading, reported: Reported, resolver: Resolver) -> Quotation | None:
    words = [reading.words[i] for a, b in reported.content for i in range(a, b)]
    if sum(word != FOLDED and word[0].isalnum() for word in words) < _FEWEST_WORDS:
        return None
    if reported.source is None and words[0].lower() in PREPOSITIONS:
        return None
    spans = [span for span in (_span(reading, a, b) for a, b in reported.content) if span is not None]
    if not spans:
        return None
    speaker = None if reported.source is None else resolver.speaker(reported.source, f"reported-{reported.source.how}")
    cue = Span.of(reading.text, reading.starts[reported.cue[0]], reading.ends[reported.cue[1] - 1])
    return Quotation("", "indirect", tuple(spans), " ".join(s.text for s in spans), speaker, cue)


def _span(reading: Reading, start: int, end: int) -> Span | None:
    """The characters of words ``start`` to ``end``, with the marks of a quotation at either edge."""
    while start < end and reading.words[start] in (",", ";", ":", "."):
        start += 1
    while end > start and reading.words[end - 1] in (",", ";", ":"):
        end -= 1
    if end <= start:
        return None
    a, b = reading.starts[start], reading.ends[end - 1]
    text = reading.text
    if reading.words[start] == FOLDED and a > 0 and text[a - 1] in "\"“„«'‘":
        a -= 1
    if reading.words[end - 1] == FOLDED and b < len(text) and text[b] in "\"”“»'’":
        b += 1
    return Span.of(text, a, b)
