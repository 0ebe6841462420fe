"""Calendar arithmetic on EDTF (ISO 8601-2, level 1): the units that news words name, and moving about between them.

Written for whole units only: a day, a month, a year, a season (``2023-21`` is spring 2023), an interval ``a/b``, a unit of
an unknown year (``XXXX-07-07``), and the mark ``~`` for "approximately".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from service.language.numbers import UNITS

MONTHS = "january february march april may june july august september october november december".split()
#: Monday is 0, as in ``datetime.date.weekday``.
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
NUMBERS = UNITS | {
    "twenty": 20,
    "a": 1,
    "an": 1,
    "couple": 2,
    "dozen": 12,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}

_UNIT = re.compile(r"^(?P<y>\d{4}|XXXX)(?:-(?P<m>\d\d))?(?:-(?P<d>\d\d))?~?$")


def month_number(word: str) -> int | None:
    """1..12 for a month's name or its usual abbreviation ("Sept.", "jan"), else None."""
    key = word.lower().rstrip(".")
    if len(key) < 3:
        return None
    for number, name in enumerate(MONTHS, 1):
        if name.startswith(key) and (len(key) == 3 or key == name or key == "sept"):
            return number
    return None


def weekday_number(word: str) -> int | None:
    """0 (Monday) .. 6 for a weekday's name or abbreviation, else None."""
    key = word.lower().rstrip(".")
    for number, name in enumerate(WEEKDAYS):
        if key == name or (len(key) >= 3 and len(key) <= 5 and name.startswith(key)):
            return number
    return None


def parse_day(value: str | None) -> date | None:
    """The day of ``YYYY-MM-DD`` or of an RFC 3339 time; None for anything else."""
    if not value:
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def valid_day(year: int | None, month: int, day: int) -> bool:
    """Whether such a day exists (in a leap year, when no year is known)."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]


def add_months(day: date, months: int) -> date:
    """``day`` moved by whole months, clipped to the month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date) -> str:
    """The Monday-to-Sunday week that ``day`` lies in, as an EDTF interval."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday}/{monday + timedelta(days=6)}"


def bounds(edtf: str | None) -> tuple[date, date] | None:
    """First and last day of a unit or interval whose year is known; ``~`` widens by three days for a day, by nothing for
    larger units. None where the year is unknown or the value can't be read."""
    if not edtf:
        return None
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        a, b = bounds(first), bounds(last)
        return (a[0], b[1]) if a and b else None
    season = re.match(r"^(\d{4})-(2[1-4])$", edtf)
    if season:
        year, number = int(season[1]), int(season[2])
        start = date(year, {21: 3, 22: 6, 23: 9, 24: 12}[number], 1)
        return start, add_months(start, 3) - timedelta(days=1)
    hit = _UNIT.match(edtf)
    if not hit or hit["y"] == "XXXX":
        return None
    try:
        return _unit_bounds(int(hit["y"]), hit["m"], hit["d"], edtf.endswith("~"))
    except (ValueError, OverflowError):
        return None


def _unit_bounds(year: int, month: str | None, day: str | None, about: bool) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
    here = date(year, int(month), int(day))
    slack = timedelta(days=3 if about else 0)
    return here - slack, here + slack


def compatible(one: str | None, other: str | None) -> bool:
    """Whether two EDTF values may mean the same time: they overlap, or one of them is unknown. Of a value without a year
    the month and day must agree."""
    if not one or not other:
        return True
    if "XXXX" in one or "XXXX" in other:
        return _agree_without_year(one, other)
    a, b = bounds(one), bounds(other)
    if a is None or b is None:
        return True
    return a[0] <= b[1] and b[0] <= a[1]


def _agree_without_year(one: str, other: str) -> bool:
    a, b = _UNIT.match(one.split("/")[0]), _UNIT.match(other.split("/")[0])
    if not a or not b or not a["m"] or not b["m"]:
        return True
    return a["m"] == b["m"] and (a["d"] == b["d"] or not a["d"] or not b["d"])


def shift(edtf: str, amount: int, unit: str) -> str | None:
    """``edtf`` (a day, a month or a year, known or without its year) moved by ``amount`` units ("day", "week", "month",
    "year", or a weekday's name: the next such day). None where that can't be said: "three days after July" names no day."""
    hit = _UNIT.match(edtf.split("/")[-1 if amount > 0 else 0])
    if not hit:
        return None
    known = hit["y"] != "XXXX"
    year = int(hit["y"]) if known else 2001  # any year that is no leap year: the shift is only for show within a year
    if hit["d"]:
        moved = _shift_day(date(year, int(hit["m"]), int(hit["d"])), amount, unit)
        return moved.isoformat() if known else (f"XXXX{moved.isoformat()[4:]}" if moved.year == year else None)
    if hit["m"] and unit in ("month", "year"):
        moved = add_months(date(year, int(hit["m"]), 1), amount * (12 if unit == "year" else 1))
        return f"{moved:%Y-%m}" if known else (f"XXXX-{moved:%m}" if moved.year == year else None)
    if not hit["m"] and unit == "year" and known:
        return f"{year + amount:04d}"
    return None


def _shift_day(day: date, amount: int, unit: str) -> date:
    if unit in WEEKDAYS:  # the next such weekday, or the one before
        gap = (WEEKDAYS.index(unit) - day.weekday()) % 7 if amount > 0 else (day.weekday() - WEEKDAYS.index(unit)) % 7
        return day + timedelta(days=(gap or 7) * (1 if amount > 0 else -1))
    if unit == "day":
        return day + timedelta(days=amount)
    if unit == "week":
        return day + timedelta(weeks=amount)
    return add_months(day, amount * (12 if unit == "year" else 1))
