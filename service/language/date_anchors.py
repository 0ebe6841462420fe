"""What dates are counted from: the day of publication, that of the dateline, and whether a clause looks back or forward."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from service.language import calendar_units as cal
from service.language import date_grammar as grammar

#: By how many days a report may be dated before the day on which it was published.
_STALE = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What all readings share: the text, the publication day, the order of numeric dates, ±1 for the clause's tense."""

    text: str
    published: date | None
    day_first: bool | None

    def direction(self, start: int, end: int) -> int:
        """-1, 1 or 0 (can't be told): does the clause round ``[start, end)`` look back or forward?"""
        if grammar.CALLED_OFF.match(self.text[end : end + 120]) or grammar.GIVING_UP.search(
            self.text[max(0, start - 40) : start]
        ):
            return 1
        left = max(0, start - 140)
        before = self.text[left:start]
        for stop in grammar.STOP.finditer(before):
            left = max(left, start - len(before) + stop.end())
        before = grammar.TO_BE_DONE.sub(lambda hit: hit[1], self.text[left:start])
        after = grammar.TO_BE_DONE.sub(lambda hit: hit[1], grammar.STOP.split(self.text[end : end + 120])[0])
        opening = grammar.OPENING.search(before)
        if opening:
            before = before[opening.start() :]
        future, past = [m.end() for m in grammar.FUTURE.finditer(before)], [m.end() for m in grammar.PAST.finditer(before)]
        if future or past:
            if future and (not past or future[-1] > past[-1] or grammar.SCHEDULED.search(before)):
                return 1
            return -1
        ahead, behind = grammar.FUTURE.search(after), grammar.PAST.search(after)
        if ahead and (not behind or ahead.start() <= behind.start()):
            return 1
        return -1 if behind else 0


@lru_cache(maxsize=64)
def publication_day(text: str) -> date | None:
    """The day in the article's own dateline or "First Published"/"Last Updated" line, with its year; else None. Only the
    head and the foot of the text are looked at, and a line that is nothing but a date."""
    places = [text[:700], text[-1500:]] if len(text) > 2200 else [text]
    candidates = [m[1] for part in places for m in grammar.FURNITURE_DATE.finditer(part)]
    candidates += [m[0] for m in grammar.DATELINE.finditer(text[:500])]
    lines = [line for line in text[:600].split("\n") if 6 <= len(line.strip()) <= 34]
    candidates += [line for line in lines if len(re.findall(r"[A-Za-z]", grammar.FULL_DATE.sub("", line))) <= 9]
    for candidate in candidates:
        for hit in grammar.FULL_DATE.finditer(candidate):
            if hit["iso"]:
                day = cal.parse_day(hit["iso"])
            else:
                day = _day(int(hit["y"] or hit["y2"]), hit["m"] or hit["m2"], hit["d"] or hit["d2"])
            if day:
                return day
    return None


def _day(year: int, month: str, day: str) -> date | None:
    number, of_month = cal.month_number(month), int(re.sub(r"\D", "", day))
    if number is None or not cal.valid_day(year, number, of_month):
        return None
    return date(year, number, of_month)


@lru_cache(maxsize=64)
def anchor_day(text: str, published: str | None) -> date | None:
    """The day that "today" is, in the article: its dateline's ("WASHINGTON, Aug. 21 --", printed on the 22nd), else that of
    publication; None where neither is known."""
    known = cal.parse_day(published)
    if known is None:
        return publication_day(text)
    for head in grammar.DATELINE.finditer(text[:500]):
        for hit in grammar.DAY_IN_DATELINE.finditer(head[0]):
            day = _day(int(hit["y"] or known.year), hit["m"] or hit["m2"], hit["d"] or hit["d2"])
            if day is not None and timedelta(0) <= known - day <= timedelta(_STALE):
                return day
    return known
