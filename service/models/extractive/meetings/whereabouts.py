"""Where a meeting was (or is to be), and how long: the best of what its mentions say, else of what stands next to
them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.domain.draft import DraftDuration, DraftPlace
from service.language.calendar_units import bounds, parse_day
from service.language.places import PlaceMention, country_code, find_places
from service.models.extractive.meetings import attributes as att
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting

_TAKES_PLACE = ("happened", "ongoing")
_THERE = re.compile(r"(?:\s+[\w’'.-]+){0,4}?\s+there\b(?!\s+(?:is|are|was|were|had|has|will|would|could))")
#: How long before its publication an article's dateline still tells where a meeting was, in days.
_FRESH = 4
#: In how many sentences from the top an article says what it is about.
_HEAD = 8


def ordered(meeting: Meeting) -> list[EventMention]:
    """Mentions that name people first: what stands there is surer than what stands by "the meeting"."""
    return sorted(meeting.events, key=lambda e: (not e.who, e.start))


def _takes_place(meeting: Meeting) -> bool:
    return any(s in _TAKES_PLACE for e in meeting.events for s, _ in e.claims)


def _others_sentences(meeting: Meeting, all_of: Sequence[Meeting]) -> set[int]:
    return {e.sentence for m in all_of if m is not meeting and len(m.who) >= 2 for e in m.events}


def place_of(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftPlace | None:
    """The place that the mentions give, a city before a country, with its venue; else one in the same sentence or the next;
    else that of another meeting of the same people on that day; else the dateline's, for what the article mainly reports."""
    if any(e.mode in ("phone", "video") for e in meeting.events):
        return None
    candidates = [(event, event.places) for event in ordered(meeting) if event.places]
    if not candidates:
        candidates = list(_places_in_sentence(facts, meeting, all_of))[:1]
    candidates = candidates or list(_places_there(facts, meeting))[:1]
    if candidates:
        return _joined(facts, candidates)
    for other in all_of:
        if other is not meeting and _same_day(meeting, other) and other.places:
            return place_of(facts, other, ())
    biggest = max(all_of, key=lambda m: len(m.events), default=None)
    first = min(all_of, key=lambda m: m.events[0].start, default=None)
    if (
        meeting in (biggest, first)
        and _takes_place(meeting)
        and not any(e.mode for e in meeting.events)
        and _is_the_news(facts, meeting)
    ):
        city = _dateline_city(facts, None)
        if city:
            return DraftPlace(city, (), None, city)
    beside = list(_places_beside(facts, meeting, all_of))[:1]
    return _joined(facts, beside) if beside else None


def _is_the_news(facts: Facts, meeting: Meeting) -> bool:
    """Whether the article is about it: told at its head, and of these days."""
    if min(e.sentence for e in meeting.events) > _HEAD:
        return False
    published, day = parse_day(facts.document.article.published), next(iter(meeting.dates), None)
    known = bounds(day) if day else None
    return published is None or known is None or (published - known[1]).days <= _FRESH


def _joined(facts: Facts, candidates: Sequence[tuple[EventMention, Sequence[PlaceMention]]]) -> DraftPlace:
    ranked = []
    for event, mentions in candidates:
        text = facts.text[min(m.start for m in mentions) : max(m.end for m in mentions)]
        kinds = {("city" if m.kind == "capital" else m.kind): m.text for m in mentions}
        ranked.append((("city" not in kinds, "venue" not in kinds, not event.who), text, kinds, facts.id_of(event.sentence)))
    _, text, kinds, id = min(ranked, key=lambda c: c[0])
    for _, _, more, _ in ranked:
        for kind, words in more.items():
            if kind in ("venue", "region", "country"):
                kinds.setdefault(kind, words)
    if not kinds.keys() & {"city", "venue", "region"}:
        city = _dateline_city(facts, kinds.get("country"))
        if city:
            text, kinds["city"] = city, city
    return DraftPlace(text, (id,), kinds.get("venue"), kinds.get("city"), kinds.get("region"), kinds.get("country"))


Found = tuple[EventMention, tuple[PlaceMention, ...]]


def _places_in_sentence(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> Iterator[Found]:
    """Places of the sentences that mention it, outside the clause."""
    foreign = _others_sentences(meeting, all_of)
    for event in ordered(meeting):
        span = facts.document.sentences[event.sentence].span
        found = facts.place_of(event, (span.start, span.end))
        if found and event.sentence not in foreign and (event.who or event.claims):
            yield event, tuple(sorted(found, key=lambda p: p.start))


def _places_there(facts: Facts, meeting: Meeting) -> Iterator[Found]:
    """ "They met there": the place named last before it."""
    for event in meeting.events:
        if not _THERE.match(facts.text[event.end : event.clause[1]]):
            continue
        for number in range(event.sentence, max(-1, event.sentence - 4), -1):
            named = [p for p in facts.places_in(number) if p.end < event.start and p.kind != "country"]
            if named:
                yield event, tuple(sorted(facts.together(named[-1], number), key=lambda p: p.start))
                break


def _places_beside(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> Iterator[Found]:
    """Places of the sentences next to its mentions that speak of no other meeting."""
    foreign = _others_sentences(meeting, all_of)
    for event in ordered(meeting):
        for number in (event.sentence + 1, event.sentence - 1):
            if 0 <= number < len(facts.document.sentences) and number not in foreign and number not in facts.busy:
                named = [
                    p
                    for p in facts.places_in(number)
                    if p.kind in ("venue", "city", "capital") and facts.is_located(p) and not facts.is_its_own(p)
                ]
                if named and event.claims and _takes_place(meeting):
                    yield event, tuple(sorted(facts.together(named[0], number), key=lambda p: p.start))


def _same_day(meeting: Meeting, other: Meeting) -> bool:
    """Two meetings of the same people on one day are in one town."""
    days = {d for d in meeting.dates if len(d) == 10}
    return bool(days & set(other.dates)) and len(other.who & meeting.who) >= 2


def _dateline_city(facts: Facts, country: str | None) -> str | None:
    """The city of the dateline; of ``country``, where that is given."""
    for words in facts.datelines:
        plain = re.sub(r"[A-ZÀ-Ý]{3,}", lambda hit: hit.group().title(), words)
        for m in find_places(f"in {plain}"):  # led in: "PARIS" is no name here
            if m.kind in ("city", "capital") and (country is None or m.code == country_code(country)):
                return words[m.start - 3 : m.end - 3]
    return None


def durations_of(facts: Facts, meeting: Meeting) -> Iterator[DraftDuration]:
    """The lengths said where the meeting is mentioned, and right behind ("It took six hours. Two had been set aside.")."""
    sentences = facts.document.sentences
    mine = {e.sentence for e in meeting.events}
    for event in meeting.events:
        for mention, scheduled in facts.durations_of(event.clause):
            yield DraftDuration(mention.text, scheduled, (facts.id_of(event.sentence),))
        for number in range(event.sentence + 1, min(event.sentence + 3, len(sentences))):
            span = sentences[number].span
            if number in mine or number in facts.busy or not att.LENGTH_SAID.search(span.text):
                break
            for mention, scheduled in facts.durations_of((span.start, span.end)):
                yield DraftDuration(
                    mention.text, scheduled or bool(att.SET_ASIDE.search(span.text)), (sentences[number].id,)
                )
