"""Dates as news writes them, found in a text and resolved only as far as the text and its publication date allow.

Nothing is guessed: "July 7" without a year anywhere is ``XXXX-07-07``; "Friday" without a publication date is a day with no
EDTF. A weekday is counted from the publication date, backwards or forwards by the tense of its clause. The calendar unit
that the words name is kept: "last month" is a month, "two weeks ago" is a day, approximately. EDTF is ISO 8601-2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from service.domain.meeting import Granularity
from service.language import calendar_units as cal
from service.language import date_grammar as grammar
from service.language.date_anchors import Reading, anchor_day, publication_day

__all__ = ["DateMention", "anchor_day", "find_dates", "publication_day", "resolve"]


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


@lru_cache(maxsize=8)
def find_dates(text: str, published: str | None) -> tuple[DateMention, ...]:
    """All dates in ``text``, in order, not overlapping. ``published``: YYYY-MM-DD or an RFC 3339 time; where it is None, a
    date in the text's own dateline or "First Published" line serves (``publication_day``). Expressions that count from
    another date are resolved against the last day named before them."""
    day = anchor_day(text, published)
    if day is not None and not 1000 < day.year < 9000:
        day = None  # no newspaper's: the calendar ends where a date is counted from it
    reading = Reading(text, day, _day_first(text))
    found: list[DateMention] = []
    for hit in grammar.DATES.finditer(text):
        mention = _read(reading, hit)
        if mention is None:
            continue
        if mention.edtf is None and mention.shift is not None and not _POINTS_AHEAD.search(mention.text):
            mention = _counted_from(mention, reversed(found))
        elif mention.text.lower().endswith("in the day"):
            earlier = next((m for m in reversed(found) if _is_past(m, day)), None)
            mention = replace(mention, shift=(0, "day"))
            mention = resolve(mention, earlier) if earlier is not None else mention
        elif (mention.edtf or "").startswith("XXXX") or _OTHER_YEAR.search(mention.text):
            mention = _with_year(mention, found)
        found.append(mention)
    return tuple(_pointing_ahead(text, mention, number, found) for number, mention in enumerate(found))


#: "three days after the May 9 elections", "the eve of the summit": counted from what is named behind.
_POINTS_AHEAD = re.compile(r"^the eve\b|\b(?:after|before)$", re.I)
_OTHER_YEAR = re.compile(rf"\b{grammar.OTHER_YEAR}$", re.I)


def _counted_from(mention: DateMention, others: Iterable[DateMention]) -> DateMention:
    """``mention`` counted from the first of ``others`` that is a day."""
    day = next((m for m in others if m.edtf and m.granularity == "day"), None)
    return resolve(mention, day) if day is not None else mention


def _with_year(mention: DateMention, found: Sequence[DateMention]) -> DateMention:
    """ "11 May that year", and a date without a year where nothing tells the day of publication: the year named last."""
    year = next((int(m.edtf[:4]) for m in reversed(found) if m.edtf and re.match(r"\d{4}", m.edtf)), None)
    if year is None or not mention.edtf:
        return mention
    words = _OTHER_YEAR.search(mention.text)
    step = 0 if words is None else 1 if re.search("following|next", words[0]) else -1 if "previous" in words[0] else 0
    return replace(mention, edtf=re.sub(r"\b(?:XXXX|\d{4})(?=-)", f"{year + step:04d}", mention.edtf))


def _pointing_ahead(text: str, mention: DateMention, number: int, found: Sequence[DateMention]) -> DateMention:
    """What is counted from words behind it: from a day that they name, from a day in the sentence of an earlier mention of
    the same thing ("the eve of that vote"), or, where they name nothing ("the day before."), from the day named last."""
    if mention.shift is None or mention.edtf is not None or not _POINTS_AHEAD.search(mention.text):
        return mention
    days = [m for m in found if m.edtf and m.granularity == "day" and m is not mention]
    behind = text[mention.end : mention.end + 60]
    named = next((m for m in days if mention.end <= m.start < mention.end + 50), None)
    if named is not None and not re.search(r"[.;,:\n]\s", text[mention.end : named.start]):
        return resolve(mention, named)
    if mention.text.lower().startswith("the eve"):
        thing = re.escape(mention.text.split()[-1])
        near = [m for m in days if re.search(rf"(?i)\b{thing}", _sentence_round(text, m))]
        return _counted_from(mention, sorted(near or found[:number][::-1], key=lambda m: abs(m.start - mention.start)))
    return _counted_from(mention, reversed(found[:number])) if re.match(r"\s*(?:[.;,)”\"\n]|$)", behind) else mention


def _sentence_round(text: str, mention: DateMention) -> str:
    before, after = text[max(0, mention.start - 150) : mention.start], text[mention.end : mention.end + 150]
    return f"{grammar.STOP.split(before)[-1]} {grammar.STOP.split(after)[0]}"


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


def _read(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    kind = next(name for name, value in hit.groupdict().items() if value is not None and name not in ("dw", "dn"))
    reader = {
        "iso": _read_iso,
        "numeric": _read_numeric,
        "span": _read_span,
        "days": _read_days,
        "part": _read_part,
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


def _read_iso(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    return _made(hit, hit.group(), "day") if cal.parse_day(hit.group()) else None


def _read_numeric(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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


def _year_for(reading: Reading, month: int, day: int | None, hit: re.Match[str]) -> int | None:
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
        nearest = min(choices, key=lambda y: abs(gap[y]))
        # a month without its year is one of the half year round; further off it would be "last June"
        return nearest if abs(gap[nearest]) <= 3 else min(fits or choices, key=lambda y: abs(gap[y]))
    days = {y: (date(y, month, day) - published).days for y in choices}
    # A report may be dated a day or two before its own publication stamp's time zone: two days of slack.
    fits = [y for y in choices if (days[y] <= 2 if way < 0 else days[y] >= -2 if way > 0 else True)]
    nearest, fitting = (min(some, key=lambda y: abs(days[y])) for some in (choices, fits or choices))
    # "said the Dec. 28 meeting was scheduled", on Dec. 10: the tense is another verb's; of last year it would say so
    return nearest if abs(days[nearest]) < 70 and abs(days[fitting]) > 270 else fitting


def _read_full(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group()
    month_word = re.search(grammar.MONTH, text)
    number = cal.month_number(month_word[0]) if month_word else None
    rest = text[: month_word.start()] + " " + text[month_word.end() :] if month_word else text
    year = re.search(rf"\b{grammar.YEAR}\b", rest)
    day_word = re.search(r"\d{1,2}", rest[: year.start()] if year else rest)
    spelled = re.match(r"the\s+([a-z-]+)\s+of\b", rest)
    day = int(day_word[0]) if day_word else grammar.ORDINALS.get(spelled[1], 0) if spelled else 0
    if number is None or not day:
        return None
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


def _read_feast(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    """ "Christmas Day": a day of the month, the nearest that fits the tense."""
    text = hit.group().lower()
    month, day = next(when for name, when in _FEASTS.items() if all(part in text for part in name.split()))
    year = _year_for(reading, month, day, hit)
    return _made(
        hit, f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}", "day", reading.published
    )


def _read_ordinal(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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


def _read_span(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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


def _read_days(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    """ "from Tuesday to Thursday": the last day by the tense of its clause, the first within a week before it."""
    first, last = (w.lower() for w in re.findall(rf"{grammar.WEEKDAY}|yesterday|today", hit.group())[:2])
    published, number = reading.published, cal.weekday_number(first)
    if published is None or number is None:
        return _made(hit, None, "week")
    if last in ("yesterday", "today"):
        end = published - timedelta(days=last == "yesterday")
    else:
        other = cal.weekday_number(last) or 0
        ahead = reading.direction(hit.start(), hit.end()) > 0
        end = published + timedelta(days=(other - published.weekday()) % 7)
        if not ahead:
            end = published - timedelta(days=(published.weekday() - other) % 7)
    start = end - timedelta(days=(end.weekday() - number) % 7)
    return _made(hit, f"{start}/{end}", "week", published)


def _read_part(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    """ "the first week of April", "the last weekend of May": seven days, or a Saturday and Sunday, of the month."""
    text, word = hit.group().lower(), re.search(grammar.MONTH, hit.group())
    number = cal.month_number(word[0]) if word else None
    if number is None:
        return None
    written = re.search(grammar.YEAR, text)
    year = int(written[0]) if written else _year_for(reading, number, None, hit)
    if year is None:
        return _made(hit, f"XXXX-{number:02d}", "month")
    first = date(year, number, 1)
    last = cal.add_months(first, 1) - timedelta(days=1)
    which = next(i for i, name in enumerate(("first", "second", "third", "fourth", "last")) if name in text)
    if "weekend" in text:
        start = first + timedelta(days=(5 - first.weekday()) % 7 + 7 * which)
        if which == 4:
            start = last - timedelta(days=(last.weekday() - 5) % 7)
        return _made(hit, f"{start}/{start + timedelta(days=1)}", "week")
    start = last - timedelta(days=6) if which == 4 else first + timedelta(days=7 * which)
    return _made(hit, f"{start}/{start + timedelta(days=6)}", "week")


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


def _read_ago(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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


def _read_hence(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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


def _read_after(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group().lower()
    back = bool(re.search(r"earlier|before|previous|preceding|prior|eve", text))
    weekday = re.search(grammar.WEEKDAY, hit.group())
    if weekday:
        return _made(hit, None, "day", shift=(-1 if back else 1, cal.WEEKDAYS[cal.weekday_number(weekday[0]) or 0]))
    if re.search(r"\bsame\b|\bthat\b", text) and not text.startswith("the eve"):
        return _made(hit, None, "day", shift=(0, "day"))
    counted = _amount(text)
    if counted is None:
        unit = next((u for u in ("week", "month", "year") if u in text and "weekend" not in text), "day")
        counted = (1, unit)
    amount = -counted[0] if back else counted[0]
    granularity: Granularity = "year" if counted[1] == "year" else "month" if counted[1] == "month" else "day"
    return _made(hit, None, granularity, shift=(amount, counted[1]))


def _read_weekday(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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
    counted = re.match(r"two|three|four", text)
    of_week = re.search(r"(last|this|next)\s+week\b", text)
    if counted:
        moved = day - timedelta(days=(back or 7) + 7 * (cal.NUMBERS[counted[0]] - 1))
    elif of_week:
        step = {"last": -1, "this": 0, "next": 1}[of_week[1]]
        moved = day - timedelta(days=day.weekday()) + timedelta(days=7 * step + number)
    elif text.startswith("a week"):
        moved = day - timedelta(days=(back or 7) + 7) if "ago" in text else day + timedelta(days=(ahead or 7) + 7)
    elif "last" in text or "past" in text:
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


def _read_near(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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


def _read_unit(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group().lower()
    step = -1 if "last" in text or "past" in text else 1 if "next" in text or "coming" in text else 0
    season = next((s for s in cal.SEASONS if text.endswith(s)), None)
    day = reading.published
    if season:
        year = None if day is None else _season_year(day, cal.SEASONS[season], step)
        return _made(hit, f"{year:04d}-{cal.SEASONS[season]}" if year else f"XXXX-{cal.SEASONS[season]}", "season", day)
    if re.search(r"\b(?:coming|few)\s+(?:days|weeks|months)", text):
        return _made(hit, None if day is None else f"{day}/..", "unknown", day)
    if day is not None and re.search(r"\bthe past week$", text):
        return _made(hit, f"{day - timedelta(days=7)}/{day - timedelta(days=1)}", "week", day)
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


def _read_season(reading: Reading, hit: re.Match[str]) -> DateMention | None:
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


def _read_month(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    text = hit.group()
    word = re.search(grammar.MONTH, text)
    number = cal.month_number(word[0]) if word else None
    if word is None or number is None:
        return None
    written = re.search(grammar.YEAR, text)
    if written:
        return _made(hit, f"{int(written[0]):04d}-{number:02d}", "month")
    if _OTHER_YEAR.search(text):
        return _made(hit, f"XXXX-{number:02d}", "month")
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


def _read_year(reading: Reading, hit: re.Match[str]) -> DateMention | None:
    decade = re.search(r"\b(\d{3})0s$", hit.group())
    return _made(hit, f"{decade[1]}X", "unknown") if decade else _made(hit, hit.group()[-4:], "year")
