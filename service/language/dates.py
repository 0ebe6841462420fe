"""Dates as news writes them, found in a text and resolved only as far as the text and its publication date allow.

Nothing is guessed: "July 7" without a year anywhere is ``XXXX-07-07``; "Friday" without a publication date is a day with no
EDTF. A weekday is counted from the publication date, backwards or forwards by the tense of its clause. The calendar unit
that the words name is kept: "last month" is a month, "two weeks ago" is a day, approximately. EDTF is ISO 8601-2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from service.domain.meeting import Granularity
from service.language import calendar_units as cal
from service.language import date_grammar as grammar


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written, ``text`` at ``[start, end)`` (code points). ``edtf`` is None where it can't be resolved;
    ``anchor``: the day (YYYY-MM-DD) that a relative expression was counted from. ``shift``: amount and unit of an
    expression that counts from another date ("three days later": (3, "day")), for ``resolve``."""

    start: int
    end: int
    text: str
    edtf: str | None
    granularity: Granularity
    anchor: str | None = None
    shift: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
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
        before = self.text[left:start]
        after = grammar.STOP.split(self.text[end : end + 120])[0]
        future, past = [m.end() for m in grammar.FUTURE.finditer(before)], [m.end() for m in grammar.PAST.finditer(before)]
        if future or past:
            if future and (not past or future[-1] > past[-1] or grammar.SCHEDULED.search(before)):
                return 1
            return -1
        ahead, behind = grammar.FUTURE.search(after), grammar.PAST.search(after)
        if ahead and (not behind or ahead.start() <= behind.start()):
            return 1
        return -1 if behind else 0


@lru_cache(maxsize=8)
def find_dates(text: str, published: str | None) -> tuple[DateMention, ...]:
    """All dates in ``text``, in order, not overlapping. ``published``: YYYY-MM-DD or an RFC 3339 time; where it is None, a
    date in the text's own dateline or "First Published" line serves (``publication_day``). Expressions that count from
    another date are resolved against the last day named before them."""
    day = cal.parse_day(published) or publication_day(text)
    if day is not None and not 1000 < day.year < 9000:
        day = None  # no newspaper's: the calendar ends where a date is counted from it
    reading = _Reading(text, day, _day_first(text))
    found: list[DateMention] = []
    for hit in grammar.DATES.finditer(text):
        mention = _read(reading, hit)
        if mention is None:
            continue
        if mention.shift is not None and mention.edtf is None and not re.match(r"the eve\b", mention.text, re.I):
            earlier = next((m for m in reversed(found) if m.edtf and m.granularity == "day"), None)
            if earlier is not None:
                mention = resolve(mention, earlier)
        elif mention.text.lower().endswith("in the day"):
            earlier = next((m for m in reversed(found) if _is_past(m, day)), None)
            mention = replace(mention, shift=(0, "day"))
            mention = resolve(mention, earlier) if earlier is not None else mention
        found.append(mention)
    return tuple(found)


def _is_past(mention: DateMention, published: date | None) -> bool:
    day = cal.parse_day(mention.edtf) if mention.granularity == "day" else None
    return day is not None and (published is None or day <= published)


def resolve(mention: DateMention, against: DateMention) -> DateMention:
    """``mention`` ("three days later", "the following week", "on the eve of …") counted from ``against``; unchanged where it
    does not count from another date or where that other has no day to count from."""
    if mention.shift is None or against.edtf is None:
        return mention
    amount, unit = mention.shift
    moved = cal.shift(against.edtf.rstrip("~"), amount, unit) if amount else against.edtf
    if moved is None:
        return mention
    anchor = cal.bounds(against.edtf)
    return replace(mention, edtf=moved, anchor=anchor[0].isoformat() if anchor else None)


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


def _day_first(text: str) -> bool | None:
    """Whether numeric dates put the day first, told by one that can be read only one way, else by the style of the written
    ones ("7 July" or "July 7"); None where nothing tells."""
    for hit in re.finditer(r"\b(\d{1,2})[/.](\d{1,2})[/.]\d{2,4}\b", text):
        one, two = int(hit[1]), int(hit[2])
        if one > 12 >= two:
            return True
        if two > 12 >= one:
            return False
    if re.search(rf"\b{grammar.DAY}\s+{grammar.MONTH}\b", text):
        return True
    return False if re.search(rf"\b{grammar.MONTH}\s+{grammar.DAY}\b", text) else None


def _read(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    kind = next(name for name, value in hit.groupdict().items() if value is not None and name not in ("dw", "dn"))
    reader = {
        "iso": _read_iso,
        "numeric": _read_numeric,
        "span": _read_span,
        "full": _read_full,
        "feast": _read_feast,
        "ordinal": _read_ordinal,
        "ago": _read_ago,
        "after": _read_after,
        "hence": _read_hence,
        "weekday": _read_weekday,
        "near": _read_near,
        "unit": _read_unit,
        "season": _read_season,
        "month": _read_month,
        "year": _read_year,
    }[kind]
    return reader(reading, hit)


def _made(
    hit: re.Match[str],
    edtf: str | None,
    granularity: Granularity,
    anchor: date | None = None,
    shift: tuple[int, str] | None = None,
) -> DateMention:
    """A mention of the words of ``hit`` without the preposition that led to them."""
    text = hit.group()
    lead = re.match(r"(?:(?:in|since|during|of|by|from|until|at|over|before|after|back in|on)\s+)+(?=\S)", text, re.I)
    cut = lead.end() if lead and granularity in ("year", "season", "week", "month") else 0
    text = text[cut:].rstrip(".") if text.endswith(".") and not re.search(r"\b(?:a|p)\.m\.$", text) else text[cut:]
    start = hit.start() + cut
    return DateMention(start, start + len(text), text, edtf, granularity, anchor.isoformat() if anchor else None, shift)


def _read_iso(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    return _made(hit, hit.group(), "day") if cal.parse_day(hit.group()) else None


def _read_numeric(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    one, two, third = (int(part) for part in re.split(r"[/.]", hit.group()))
    year = third if third > 99 else 2000 + third
    options = [(m, d) for m, d in ((two, one), (one, two)) if cal.valid_day(year, m, d)]
    if not options:
        return None
    if len(options) == 2 and one != two:
        day_first = True if "." in hit.group() else reading.day_first
        if day_first is None:
            return _made(hit, None, "day")
        options = options[:1] if day_first else options[1:]
    return _made(hit, f"{year:04d}-{options[0][0]:02d}-{options[0][1]:02d}", "day")


def _year_for(reading: _Reading, month: int, day: int | None, hit: re.Match[str]) -> int | None:
    """The year that a month or a day without one belongs to: the nearest that fits the tense; None without a publication."""
    published = reading.published
    if published is None:
        return None
    way = reading.direction(hit.start(), hit.end())
    years = (published.year, published.year - 1, published.year + 1)
    choices = [y for y in years if day is None or cal.valid_day(y, month, day)]
    if day is None:
        gap = {y: (y - published.year) * 12 + month - published.month for y in choices}
        fits = [y for y in choices if (gap[y] <= 0 if way < 0 else gap[y] >= 0 if way > 0 else True)]
        return min(fits or choices, key=lambda y: abs(gap[y]))
    days = {y: (date(y, month, day) - published).days for y in choices}
    # A report may be dated a day or two before its own publication stamp's time zone: two days of slack.
    fits = [y for y in choices if (days[y] <= 2 if way < 0 else days[y] >= -2 if way > 0 else True)]
    nearest, fitting = (min(some, key=lambda y: abs(days[y])) for some in (choices, fits or choices))
    # "said the Dec. 28 meeting was scheduled", on Dec. 10: the tense is another verb's; of last year it would say so
    return nearest if abs(days[nearest]) < 70 and abs(days[fitting]) > 270 else fitting


def _read_full(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group()
    month_word = re.search(grammar.MONTH, text)
    number = cal.month_number(month_word[0]) if month_word else None
    rest = text[: month_word.start()] + " " + text[month_word.end() :] if month_word else text
    year = re.search(rf"\b{grammar.YEAR}\b", rest)
    day_word = re.search(r"\d{1,2}", rest[: year.start()] if year else rest)
    if number is None or day_word is None:
        return None
    day = int(day_word[0])
    known = int(year[0]) if year else None
    if not cal.valid_day(known, number, day):
        return None
    if known is None:
        known = _year_for(reading, number, day, hit)
    anchor = reading.published if year is None and known is not None else None
    return _made(hit, f"{known:04d}-{number:02d}-{day:02d}" if known else f"XXXX-{number:02d}-{day:02d}", "day", anchor)


_FEASTS = {
    "eve new": (12, 31), "day new": (1, 1), "eve christmas": (12, 24), "day christmas": (12, 25), "boxing": (12, 26),
    "may": (5, 1), "valentine": (2, 14), "patrick": (3, 17), "bastille": (7, 14), "halloween": (10, 31), "saints": (11, 1),
}  # fmt: skip


def _read_feast(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    """ "Christmas Day": a day of the month, the nearest that fits the tense."""
    text = hit.group().lower()
    month, day = next(when for name, when in _FEASTS.items() if all(part in text for part in name.split()))
    year = _year_for(reading, month, day, hit)
    return _made(
        hit, f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}", "day", reading.published
    )


def _read_ordinal(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    """ "Tuesday the 21st", "on the 16th": that day of the month, the nearest that fits the tense."""
    day, published = int(hit["dn"]), reading.published
    if published is None or not 1 <= day <= 31:
        return _made(hit, None, "day")
    way = reading.direction(hit.start(), hit.end())
    choices = []
    for step in (0, -1, 1):
        first = cal.add_months(published.replace(day=1), step)
        if cal.valid_day(first.year, first.month, day):
            choices.append(first.replace(day=day))
    fits = [d for d in choices if (d <= published if way < 0 else d >= published if way > 0 else True)]
    best = min(fits or choices, key=lambda d: abs((d - published).days))
    return _made(hit, best.isoformat(), "day", published)


def _read_span(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group()
    month_word = re.search(grammar.MONTH, text)
    number = cal.month_number(month_word[0]) if month_word else None
    year = re.search(rf"\b{grammar.YEAR}\b", text)
    days = [int(d) for d in re.findall(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", text[: year.start()] if year else text)]
    if number is None or len(days) != 2 or not all(cal.valid_day(None, number, d) for d in days):
        return None
    known = int(year[0]) if year else _year_for(reading, number, days[0], hit)
    head = f"{known:04d}" if known else "XXXX"
    return _made(hit, f"{head}-{number:02d}-{days[0]:02d}/{head}-{number:02d}-{days[1]:02d}", "day")


def _amount(text: str) -> tuple[int, str] | None:
    hit = re.search(rf"({grammar.NUMBER})\s+({grammar.UNIT})", text)
    if hit is None:
        return None
    word = "two" if hit[1].startswith("a couple") or hit[1] == "couple" else hit[1]
    amount = int(word) if word.isdigit() else cal.NUMBERS[word]
    unit = hit[2].rstrip("s")
    return (amount * 2, "week") if unit == "fortnight" else (amount, unit)


def _counted(day: date, amount: int, unit: str) -> tuple[str, Granularity]:
    """The unit that lies ``amount`` units from ``day``: days are exact, weeks and months about, years whole."""
    if unit == "day":
        return (day + timedelta(days=amount)).isoformat(), "day"
    if unit == "week":
        return f"{day + timedelta(weeks=amount)}~", "day"
    if unit == "month":
        return f"{cal.add_months(day, amount):%Y-%m}~", "month"
    return f"{day.year + amount:04d}", "year"


def _read_ago(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    counted = None if re.match(r"(?:a )?(?:few|several)", hit.group().lower()) else _amount(hit.group().lower())
    if counted is None:
        return _made(hit, None, "unknown", reading.published)
    if reading.published is None:
        return _made(hit, None, "day" if counted[1] in ("day", "week") else "unknown")
    try:
        edtf, granularity = _counted(reading.published, -counted[0], counted[1])
    except (ValueError, OverflowError):
        return None
    return _made(hit, edtf, granularity, reading.published)


def _read_hence(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    counted = _amount(hit.group().lower())
    way = reading.direction(hit.start(), hit.end())
    if counted is None or way <= 0:  # "in two days of talks": a length, not a date
        return None
    if reading.published is None:
        return _made(hit, None, "unknown")
    try:
        edtf, granularity = _counted(reading.published, counted[0], counted[1])
    except (ValueError, OverflowError):
        return None
    return _made(hit, edtf, granularity, reading.published)


def _read_after(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group().lower()
    back = bool(re.search(r"earlier|before|previous|preceding|prior|eve", text))
    if re.search(r"\bsame\b|\bthat\b", text):
        return _made(hit, None, "day", shift=(0, "day"))
    counted = _amount(text)
    if counted is None:
        unit = next((u for u in ("week", "month", "year") if u in text and "weekend" not in text), "day")
        counted = (1, unit)
    amount = -counted[0] if back else counted[0]
    granularity: Granularity = "year" if counted[1] == "year" else "month" if counted[1] == "month" else "day"
    return _made(hit, None, granularity, shift=(amount, counted[1]))


def _read_weekday(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    word = re.search(grammar.WEEKDAY, hit.group())
    number = cal.weekday_number(word[0]) if word else None
    if number is None:
        return None
    if reading.published is None:
        return _made(hit, None, "day")
    day = reading.published
    back = (day.weekday() - number) % 7
    ahead = (number - day.weekday()) % 7
    text = hit.group().lower()
    if "last" in text or "past" in text:
        moved = day - timedelta(days=back or 7)
    elif text.endswith(" week"):
        moved = day + timedelta(days=(ahead or 7) + 7)
    elif "next" in text:
        moved = day + timedelta(days=ahead or 7)
    elif "coming" in text or "this" in text:
        moved = day + timedelta(days=ahead)
    else:
        way = reading.direction(hit.start(), hit.end())
        moved = day + timedelta(days=ahead) if way > 0 else day - timedelta(days=back)
    return _made(hit, moved.isoformat(), "day", day)


def _read_near(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group().lower()
    if reading.published is None:
        return _made(hit, None, "day")
    if "before yesterday" in text:
        step = -2
    elif "after tomorrow" in text:
        step = 2
    else:
        step = -1 if "yesterday" in text or "last night" in text or "overnight" in text else 1 if "tomorrow" in text else 0
    return _made(hit, (reading.published + timedelta(days=step)).isoformat(), "day", reading.published)


def _read_unit(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group().lower()
    step = -1 if "last" in text or "past" in text else 1 if "next" in text or "coming" in text else 0
    season = next((s for s in cal.SEASONS if text.endswith(s)), None)
    day = reading.published
    if season:
        year = None if day is None else _season_year(day, cal.SEASONS[season], step)
        return _made(hit, f"{year:04d}-{cal.SEASONS[season]}" if year else None, "season", day)
    if "weekend" in text:
        return _made(
            hit, None if day is None else _weekend(day, step, reading.direction(hit.start(), hit.end())), "week", day
        )
    if "week" in text or "fortnight" in text:
        return _made(hit, None if day is None else cal.week_of(day + timedelta(weeks=step)), "week", day)
    if "month" in text:
        return _made(hit, None if day is None else f"{cal.add_months(day, step):%Y-%m}", "month", day)
    return _made(hit, None if day is None else f"{day.year + step:04d}", "year", day)


def _weekend(day: date, step: int, way: int) -> str:
    saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
    if step:
        saturday += timedelta(weeks=step)
    elif way < 0 and saturday > day:
        saturday -= timedelta(weeks=1)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def _season_year(day: date, season: int, step: int) -> int:
    """The year of "last summer" (step -1), "this spring" (0), "next winter" (1). A winter has the year it begins in."""
    first_month = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    if step < 0:
        return day.year if day.month > first_month + 2 else day.year - 1
    if step > 0:
        return day.year if day.month < first_month else day.year + 1
    return day.year


def _read_season(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group().lower()
    season = next((s for s in cal.SEASONS if re.search(rf"\b{s}\b", text)), None)
    if season is None:
        return None
    written = re.search(grammar.YEAR, text)
    if written:
        return _made(hit, f"{int(written[0]):04d}-{cal.SEASONS[season]}", "season")
    if reading.published is None:
        return _made(hit, f"XXXX-{cal.SEASONS[season]}", "season")
    step = -1 if "last" in text else 1 if "next" in text else reading.direction(hit.start(), hit.end())
    return _made(
        hit,
        f"{_season_year(reading.published, cal.SEASONS[season], step):04d}-{cal.SEASONS[season]}",
        "season",
        reading.published,
    )


def _read_month(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group()
    word = re.search(grammar.MONTH, text)
    number = cal.month_number(word[0]) if word else None
    if word is None or number is None:
        return None
    written = re.search(grammar.YEAR, text)
    if written:
        return _made(hit, f"{int(written[0]):04d}-{number:02d}", "month")
    bare = word.start() == 0
    if bare and not _led_by_preposition(reading.text, hit.start()) and not text.endswith("year"):
        return None  # "May", "March", "April" (a name); "June" as an adjective: "the June summit" is kept by its article
    if reading.published is None:
        return _made(hit, f"XXXX-{number:02d}", "month")
    lower = text.lower()
    if lower.endswith("last year") or lower.endswith("next year") or lower.endswith("this year"):
        year = reading.published.year + (-1 if "last year" in lower else 1 if "next year" in lower else 0)
    elif lower.startswith("last "):
        year = reading.published.year - (0 if number < reading.published.month else 1)
    elif lower.startswith("next "):
        year = reading.published.year + (0 if number > reading.published.month else 1)
    else:
        year = _year_for(reading, number, None, hit) or reading.published.year
    return _made(hit, f"{year:04d}-{number:02d}", "month", reading.published)


def _led_by_preposition(text: str, start: int) -> bool:
    return bool(
        re.search(
            r"\b(?:in|since|until|by|during|of|from|for|to|before|after|the|a|between|through)\s+$",
            text[max(0, start - 12) : start],
            re.I,
        )
    )


def _read_year(reading: _Reading, hit: re.Match[str]) -> DateMention | None:
    return _made(hit, hit.group()[-4:], "year")
