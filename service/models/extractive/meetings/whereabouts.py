"""When a meeting was (or is to be), and how long: the best of what its mentions say, else of what stands next to
them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.domain.draft import DraftDuration, DraftText
from service.language.dates import DateMention
from service.models.extractive.meetings import attributes as att
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.dating import is_anothers, modifies, of_the_report
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting

_TAKES_PLACE = ("happened", "ongoing")
_ONE_BREATH = re.compile(r"\b(?:after|following|before|then|later|ahead of|followed by|minutes|hours?)\b", re.I)
_APART = re.compile(r"\b(?:days?|weeks?|months?|years?|last|previous|since)\b", re.I)
_HOUR = re.compile(
    r"\b(?:in the (?:early |late )?(?:morning|afternoon|evening)|at (?:noon|midday|dawn|dusk|night)|over (?:breakfast|lunch|"
    r"dinner)|afterwards?|before (?:noon|dawn)|after midnight|at \d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|o['’]clock))\b",
    re.I,
)


def ordered(meeting: Meeting) -> list[EventMention]:
    """Mentions that name people first: what stands there is surer than what stands by "the meeting"."""
    return sorted(meeting.events, key=lambda e: (not e.who, e.start))


def date_of(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftText | None:
    """The most exact date that a mention gives; of a postponed meeting the new one; else a day that is named in the same
    sentence (of the report: "said on Tuesday after talks"), in the next one, or at the head of the article."""
    best: tuple[tuple[bool, ...], DateMention, EventMention] | None = None
    later = any(s == "postponed" for e in meeting.events for s, _ in e.claims)
    for event in ordered(meeting):
        mention = event.date
        if mention is None or (facts.is_to_come(mention) and {s for s, _ in event.claims} == {"happened"}):
            continue
        rank = (mention.edtf is None, mention.granularity != "day", mention.shift is not None, "~" in (mention.edtf or ""))
        if later and any(s == "postponed" for s, _ in event.claims):
            rank = (False, False, False, False)
        if best is None or rank < best[0]:
            best = (rank, mention, event)
    if best is not None:
        return DraftText(best[1].text, (facts.id_of(best[2].sentence),))
    return (
        _date_beside(facts, meeting, all_of)
        or _date_of_the_other(facts, meeting, all_of)
        or _date_by_the_hour(facts, meeting)
        or _date_of_the_lead(facts, meeting, all_of)
    )


def _takes_place(meeting: Meeting) -> bool:
    return any(s in _TAKES_PLACE for e in meeting.events for s, _ in e.claims)


def _may_be(facts: Facts, meeting: Meeting, mention: DateMention) -> bool:
    """Whether what has happened, or is to come, can be of that day."""
    if _takes_place(meeting):
        return facts.is_not_to_come(mention)
    coming = any(s == "planned" for e in meeting.events for s, _ in e.claims)
    return not coming or facts.is_not_past(mention)


def _others_sentences(meeting: Meeting, all_of: Sequence[Meeting]) -> set[int]:
    return {e.sentence for m in all_of if m is not meeting and len(m.who) >= 2 for e in m.events}


def _date_beside(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftText | None:
    taken = {e.date.start for m in all_of if len(m.who) >= 2 for e in m.events if e.date is not None}
    foreign = _others_sentences(meeting, all_of)
    own = [e.sentence for e in meeting.events if any(s not in ("assumed", "wish") for s, _ in e.claims)]
    near = [
        n
        for e in own
        for n in (e + 1, e - 1)
        if 0 <= n < len(facts.document.sentences) and n not in foreign and n not in own
    ]
    for numbers, reported in ((own, False), (own, True), (near, False)):
        for number in numbers:
            if number in foreign and reported:
                continue
            for mention in facts.dates_in(number):
                if numbers is near and not mention.edtf:
                    continue
                wanted = (
                    mention.granularity in (("day", "week") if number <= min(own, default=0) else ("day",))
                    and mention.start not in taken
                    and not modifies(facts.text, mention)
                    and _may_be(facts, meeting, mention)
                )
                if (
                    wanted
                    and (reported or not of_the_report(facts.text, mention))
                    and (not reported or _takes_place(meeting))
                ):
                    return DraftText(mention.text, (facts.id_of(number),))
    return None


def _date_of_the_other(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftText | None:
    """The day of another meeting that is told in one breath with it: "after his talks with Ryan, he met the senators"."""
    if not _takes_place(meeting):
        return None
    mine = {event.sentence: event for event in meeting.events}
    for other in all_of:
        if other is meeting or not _takes_place(other):
            continue
        dated = next((e for e in other.events if e.date is not None and e.date.granularity == "day"), None)
        beside = next((e for e in other.events if e.sentence in mine), None)
        if beside is None or dated is None or dated.date is None:
            continue
        first, last = sorted((beside, mine[beside.sentence]), key=lambda e: e.start)
        around = facts.text[max(0, first.start - 40) : last.start]
        if _ONE_BREATH.search(around) and not _APART.search(around):
            return DraftText(dated.date.text, (facts.id_of(dated.sentence),))
    return None


def _date_by_the_hour(facts: Facts, meeting: Meeting) -> DraftText | None:
    """The day named last before it, where only the hour is told: "in the afternoon he met …"."""
    if not _takes_place(meeting):
        return None
    for event in meeting.events:
        if not event.claims or not _HOUR.search(facts.text[event.clause[0] : event.clause[1]]):
            continue
        for number in range(event.sentence - 1, max(-1, event.sentence - 9), -1):
            for mention in reversed(facts.dates_in(number)):
                exact = mention.granularity == "day" and mention.shift is None and "/" not in (mention.edtf or "/")
                if exact and not modifies(facts.text, mention) and not facts.is_to_come(mention):
                    return DraftText(mention.text, (facts.id_of(number),))
    return None


def _date_of_the_lead(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftText | None:
    """The one day that the head of the article names, for the first meeting that it reports: news is of a day."""
    leads = meeting is min((m for m in all_of if len(m.who) >= 2), key=lambda m: m.events[0].start, default=meeting)
    coming = not _takes_place(meeting) and any(s == "planned" for e in meeting.events for s, _ in e.claims)
    if not leads or not (coming or _takes_place(meeting)) or min(e.sentence for e in meeting.events) > 3:
        return None
    found = [(m, n) for n in range(min(3, len(facts.document.sentences))) for m in facts.dates_in(n)]
    found = [(m, n) for m, n in found if m.granularity == "day" and m.edtf and m.shift is None and "/" not in m.edtf]
    fits = facts.is_not_past if coming else facts.is_not_to_come
    found = [(m, n) for m, n in found if fits(m) and not is_anothers(facts.text, m)]
    return DraftText(found[0][0].text, (facts.id_of(found[0][1]),)) if len({m.edtf for m, _ in found}) == 1 else None


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
