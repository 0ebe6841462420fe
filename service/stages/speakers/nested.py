"""Who speaks inside a quotation: "My mother used to say, 'Count the boats,'" is read as the outer speaker's own clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.domain.quotation import Person, Quotation, Speaker
from service.domain.text import Sentence, Span
from service.stages.speakers.confidence import confidence
from service.stages.speakers.direct import Found, attribution_rule
from service.stages.speakers.people import span_of
from service.stages.speakers.reading import Reading, read_words

_FIRST = frozenset({"i", "we"})


def name_nested(text: str, quotations: list[Quotation], persons: Sequence[Person]) -> list[Quotation]:
    """``quotations`` with the speakers of the nested ones filled in, where the words round them say who it is."""
    answer = list(quotations)
    outers = [q for q in quotations if q.kind in ("direct", "mixed", "block")]
    at = 0
    for index, quotation in enumerate(quotations):
        if quotation.kind != "nested":
            continue
        while at < len(outers) and outers[at].spans[-1].end <= quotation.spans[0].start:
            at += 1
        outer = next((q for q in outers[at : at + 3] if any(s.covers(quotation.spans[0]) for s in q.spans)), None)
        if outer is None:
            continue
        span = next(s for s in outer.spans if s.covers(quotation.spans[0]))
        answer[index] = _named(text, quotation, outer, span, persons)
    return answer


#: How much of the outer words before and behind is looked at.
_WINDOW = 300


def _named(text: str, quotation: Quotation, outer: Quotation, span: Span, persons: Sequence[Person]) -> Quotation:
    first, last = quotation.spans[0].start, quotation.spans[-1].end
    around = Span.of(text, max(span.start, first - _WINDOW), min(span.end, last + _WINDOW))
    reading = read_words(text, [Sentence("", around, 0)], [replace(quotation, kind="direct", flags=())])
    found = attribution_rule(reading, quotation, 0)
    if found is None:
        return quotation
    cue = None if found.cue is None else Span.of(text, reading.starts[found.cue[0]], reading.ends[found.cue[1] - 1])
    return replace(quotation, speaker=_speaker(reading, found, outer, persons), cue=cue)


def _speaker(reading: Reading, found: Found, outer: Quotation, persons: Sequence[Person]) -> Speaker:
    phrase = found.phrase
    mention = span_of(reading, phrase.start, phrase.end)
    if reading.lows[phrase.start] in _FIRST and phrase.end - phrase.start == 1 and outer.speaker is not None:
        return replace(outer.speaker, mention=mention, method="nested", confidence=confidence("nested"))
    for person in persons:
        for span in person.mentions:
            if mention.covers(span) and span.end == mention.end:
                return Speaker(
                    person.name,
                    mention,
                    person.mentions[0],
                    person.id,
                    person.role,
                    person.affiliation,
                    confidence("nested"),
                    "nested",
                )
    return Speaker(mention.text, mention, None, None, None, None, confidence("nested"), "nested")
