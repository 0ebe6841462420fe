"""How long: "two hours", "a 90-minute meeting", "an hour and a half", "nearly three days", as ISO 8601 durations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from service.language.calendar_units import NUMBERS

_WORDS = "|".join(sorted((w for w in NUMBERS if w not in ("a", "an", "couple", "dozen", "zero")), key=len, reverse=True))
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
_COUNT = rf"(?:\d{{1,3}}(?:\.\d+)?(?:½)?|{_TENS}|{_WORDS}|a couple of|a dozen)"
_UNIT = r"(?:minute|min|hour|hr|day|week|month)s?"
_HALF = (
    r"(?:half[ -](?:an|a)[ -]hour|half-hour|half hour|a half[ -]hour|an? half-day|half a day|quarter of an hour|"
    r"three[ -]quarters of an hour)"
)
_DURATIONS = re.compile(
    rf"\b(?P<mixed>(?P<h>{_COUNT}|an?) hours?,?(?: and)? (?P<m>{_COUNT}) min(?:ute)?s?)\b"
    rf"|\b(?P<andhalf>(?:an? (?P<u1>hour|day|week) and a half)|(?P<n2>{_COUNT}|one) and a half[ -](?P<u2>{_UNIT})|"
    rf"(?P<n3>{_COUNT}) (?P<u3>{_UNIT}) and a half"
    rf"|(?P<n4>\d{{1,2}}|{_WORDS})-and-a-half[ -](?P<u4>{_UNIT}))\b"
    rf"|\b(?P<half>{_HALF})\b"
    rf"|\b(?P<plain>(?P<n>{_COUNT}|an|one|a)[ -](?P<u>{_UNIT}))(?:[ -](?:long))?\b",
    re.I,
)
#: After these a span of time is an age, a distance in time or a rate, not how long something lasted.
_NOT_A_LENGTH = re.compile(
    r"^(?:[ -](?:old|ago|later|earlier|before|after|from now|away|notice|deadline|prison|jail|sentence|term|ceasefire|"
    r"truce|per|a day|a week"
    r"|of sanctions|trip|visit|tour|campaign|period|war|since|in advance|beforehand|apart|shy|behind|ahead)\b|['’]s? "
    r"(?:notice|time|drive|walk|prison))",
    re.I,
)
_NOT_LED_BY = re.compile(
    r"(?:\b(?:past|last|next|every|each|within|in the|coming|previous|recent|first|another)\s+|\bper\s+|/)$", re.I
)


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A length of time as written, ``text`` at ``[start, end)`` (code points), and as ISO 8601 ("PT1H30M")."""

    start: int
    end: int
    text: str
    iso8601: str


@lru_cache(maxsize=8)
def find_durations(text: str) -> tuple[DurationMention, ...]:
    """All lengths of time in ``text``, in order. Not those that say when ("two weeks ago", "three days later"), how old, or
    in which stretch ("the past two weeks")."""
    found = []
    for hit in _DURATIONS.finditer(text):
        if _NOT_A_LENGTH.match(text[hit.end() : hit.end() + 24]) or _NOT_LED_BY.search(
            text[max(0, hit.start() - 12) : hit.start()]
        ):
            continue
        iso = _iso(hit)
        if iso is None:
            continue
        end = hit.end("plain") if hit["plain"] else hit.end()
        found.append(DurationMention(hit.start(), end, text[hit.start() : end], iso))
    return tuple(found)


def read_duration(text: str) -> str | None:
    """The ISO 8601 duration that ``text`` names first, else None."""
    for hit in _DURATIONS.finditer(text):
        iso = _iso(hit)
        if iso is not None:
            return iso
    return None


def _number(word: str | None) -> float | None:
    if not word:
        return None
    word = word.lower()
    if word.startswith("a couple"):
        return 2
    if word == "a dozen":
        return 12
    if word.endswith("½"):
        return float(word[:-1] or 0) + 0.5
    if word[0].isdigit():
        return float(word)
    total = 0
    for part in re.split(r"[ -]", word):
        if part not in NUMBERS:
            return None
        total += NUMBERS[part]
    return float(total)


def _iso(hit: re.Match[str]) -> str | None:
    if hit["mixed"]:
        hours, minutes = _number(hit["h"]), _number(hit["m"])
        return None if hours is None or minutes is None else f"PT{hours:g}H{minutes:g}M"
    if hit["andhalf"]:
        if hit["u1"]:
            return _of(1.5, hit["u1"])
        number = _number(hit["n2"] or hit["n3"] or hit["n4"])
        return None if number is None else _of(number + 0.5, hit["u2"] or hit["u3"] or hit["u4"])
    if hit["half"]:
        word = hit["half"].lower()
        if "day" in word:
            return "PT12H"
        return "PT45M" if word.startswith("three") else "PT15M" if word.startswith("quarter") else "PT30M"
    number = _number(hit["n"])
    return None if number is None else _of(number, hit["u"])


def _of(number: float, unit: str) -> str:
    unit = unit.lower().rstrip("s")
    if unit in ("minute", "min"):
        return f"PT{number:g}M"
    if unit in ("hour", "hr"):
        whole, part = divmod(number, 1)
        return f"PT{whole:g}H" + (f"{part * 60:g}M" if part else "") if whole else f"PT{part * 60:g}M"
    if unit == "day":
        whole, part = divmod(number, 1)
        return f"P{whole:g}D" + (f"T{part * 24:g}H" if part else "")
    return f"P{number:g}W" if unit == "week" else f"P{number:g}M"
