"""Numbers in English news: figures, words, ranges, ordinals, money and shares, as values that can be compared.

"two" is 2, "412 million" and "412m" are 412,000,000, "3.2 percent" and "3.2 %" are one thing, "10 to 12" is a range,
"dozens" is 24 or more. Dates and clock times are numbers here as well; what they mean is for ``dates``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NumberKind = Literal["cardinal", "ordinal", "percent", "money", "vague", "score", "time"]

#: Words from zero to nineteen.
UNITS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_ORDINALS = {
    w: i
    for i, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_SINGLE = {"once": 1, "twice": 2, "thrice": 3, "both": 2, "couple": 2, "pair": 2, "duo": 2, "trio": 3, "dozen": 12}
_VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2e6,
    "billions": 2e9,
    "trillions": 2e12,
}
_FRACTIONS = {"half": 0.5, "halves": 0.5, "quarter": 0.25, "quarters": 0.25, "thirds": 1 / 3}
_CURRENCY = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "#": "GBP", "us$": "USD", "a$": "AUD"}
_MONEY_WORDS = {
    "dollar": "USD",
    "dollars": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "euro": "EUR",
    "euros": "EUR",
    "yen": "JPY",
}

_WORDS = "|".join(sorted((*UNITS, *_TENS, *_SCALES), key=len, reverse=True))
_ORDS = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"""
    (?P<time>\b\d{{1,2}}[:.]\d\d\s?(?:[ap]\.?m\b\.?)|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}\s?[ap]\.?m\b)
  | (?P<score>(?<![\d.,-])\d{{1,3}}-\d{{1,3}}(?![\d-]|\.\d|-?(?:year|month|day|hour|minute|mile|man|week|metre|foot))
      (?!\s?(?:%|per|million|billion)))
  | (?P<ordinal>\b\d+(?:st|nd|rd|th)\b)
  | (?P<figure>(?:(?P<cur>us\$|a\$|[$£€¥₹]|\#\s?(?=\d))\s?|(?<![\w.]))\d+(?:,\d{{3}})*(?:\.\d+)?
      (?:(?P<short>bn|mn|tn|[kmb])\b|[\s-]?(?P<scale>hundred|thousand|million|billion|trillion)s?\b)?)
  | (?P<words>\b(?:{_WORDS})(?:(?:\s+and\s+|[\s-]+)(?:{_WORDS}))*(?:[\s-](?P<wordord>{_ORDS})\b)?\b)
  | (?P<ordword>\b(?:{_ORDS})\b)
  | (?P<vague>\b(?:{"|".join(_VAGUE)})\b)
  | (?P<single>\b(?:{"|".join(_SINGLE)})\b)
  | (?P<fraction>\b(?:{"|".join(_FRACTIONS)})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|pc\b|percentage points?\b)", re.IGNORECASE)
_AFTER = re.compile(r"[\s-]+([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``[start, end)`` (code points). ``low`` equals ``high`` unless a range was written; ``unit`` is "%",
    an ISO currency, or the noun that follows (lower case) or None."""

    start: int
    end: int
    low: float
    high: float
    kind: NumberKind
    unit: str | None
    text: str

    def agrees(self, other: Number) -> bool:
        """Whether this number may be said where ``other`` stands: same value, ``other`` rounded to this one's digits, or one
        inside the other's range, and no clash of currency or share. A number more exact than ``other`` may not."""
        strict = {self.kind, other.kind} & {"score", "time"}
        if strict and self.kind != other.kind:
            return False
        if strict:
            return (self.low, self.high) == (other.low, other.high)
        if (self.unit == "%") != (other.unit == "%") and "fraction" not in (self.unit, other.unit):
            return False
        if "vague" in (self.kind, other.kind):
            vague, plain = (self, other) if self.kind == "vague" else (other, self)
            return vague.low <= plain.high and plain.low < vague.low * 50
        return (self.low <= other.high and other.low <= self.high) or _rounds(self.low, other.low)


def _rounds(rough: float, exact: float) -> bool:
    """Whether ``rough`` is ``exact`` rounded to its own digits: 412m for 412.3m, 5,800 for 5,812, but not 412.3m for 412m,
    5,823 for 5,812, 20 for 19, one year for another, or 1,000 for 600."""
    if rough == exact or abs(rough) < 100 or abs(rough - exact) > 0.02 * abs(rough):
        return False
    if rough == int(rough) and exact == int(exact) and max(abs(rough), abs(exact)) < 3000:
        return False
    unit = 1.0
    while rough % (unit * 10) == 0:
        unit *= 10
    return abs(rough - exact) <= unit / 2


def _value(words: str) -> float:
    """The value of number words: "two hundred and five thousand" → 205000."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in UNITS:
            current += UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = 0
    return total + current


def _read(match: re.Match[str]) -> tuple[float, NumberKind, str | None]:
    """Value, kind and currency of one token."""
    text = match.group().lower()
    kind = match.lastgroup
    if match["time"]:
        hour, minute = [*re.findall(r"\d+", text), "0"][:2]
        late = "p" in text and int(hour) < 12
        return float((int(hour) + 12 * late) * 60 + int(minute)), "time", None
    if match["ordinal"]:
        return float(text[:-2]), "ordinal", None
    if match["figure"]:
        digits = re.search(r"[\d,.]*\d", text)
        value = float(digits.group().replace(",", "")) if digits else 0.0
        scale = _SHORT.get((match["short"] or "").lower(), 1) * _SCALES.get((match["scale"] or "").lower(), 1)
        currency = _CURRENCY.get((match["cur"] or "").strip().lower())
        return value * scale, "money" if currency else "cardinal", currency
    if match["words"]:
        if match["wordord"]:
            return _value(text) + _ORDINALS[match["wordord"].lower()], "ordinal", None
        return _value(text), "cardinal", None
    if match["ordword"]:
        return float(_ORDINALS[text]), "ordinal", None
    if match["vague"]:
        return float(_VAGUE[text]), "vague", None
    if match["single"]:
        return float(_SINGLE[text]), "cardinal", None
    assert kind
    return _FRACTIONS[text], "cardinal", "fraction"


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number in ``text``, in order. "second" of time, "one" as a pronoun and the like are found as well: whoever
    compares numbers looks at what stands in both texts."""
    found: list[Number] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if found and start < found[-1].end:
            continue
        if match["score"]:
            low, high = (float(n) for n in match.group().split("-"))
            kind: NumberKind = "score" if high <= low + 30 else "cardinal"
            found.append(Number(start, end, min(low, high), max(low, high), kind, None, text[start:end]))
            continue
        value, kind, unit = _read(match)
        percent = _PERCENT.match(text, end)
        if percent:
            end, kind, unit = percent.end(), "percent", "%"
        elif unit is None and (after := _AFTER.match(text, end)):
            word = after[1].lower()
            if word in _MONEY_WORDS:
                kind, unit = "money", _MONEY_WORDS[word]
            elif kind == "cardinal" and word in {"dozen"}:
                value *= 12
                end = after.end()
            else:
                unit = word
        found.append(Number(start, end, value, value, kind, unit, text[start:end]))
    return tuple(found)
