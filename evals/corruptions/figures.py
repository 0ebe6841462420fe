"""How much and when: numbers, units, dates."""

from __future__ import annotations

import random
import re

from evals.corruptions.making import Corruption, Maker, outside_quotes, replaced
from evals.corruptions.words import DAYS, MONTHS, UNITS

_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d,.]*\d)")

_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred".split()
)


def _number_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = [m for m in _FIGURE.finditer(statement) if outside_quotes(statement, m.start())]
    words = [
        m
        for m in re.finditer(r"\b(?:" + "|".join(_NUMBER_WORDS) + r")\b", statement)
        if outside_quotes(statement, m.start())
    ]
    if not found and not words:
        return None
    match = rng.choice(found + words)
    if match in words:
        others = [w for w in _NUMBER_WORDS[:-1] if w not in article.lower() and w != match.group()]
        return replaced(statement, *match.span(), rng.choice(others), "number_changed") if others else None
    old = match.group()
    value = float(old.replace(",", ""))
    for _ in range(20):
        new_value = value + rng.choice((-1, 1)) * max(1.0, round(value * rng.uniform(0.05, 0.6)))
        if 1900 <= value <= 2100:
            new_value = value + rng.choice((-9, -7, -4, -3, 3, 4, 7, 9))
        new = f"{new_value:,.0f}" if "," in old else f"{new_value:.1f}" if "." in old else f"{new_value:.0f}"
        if new_value > 0 and not re.search(rf"(?<!\d){re.escape(new)}(?!\d)", article):
            return replaced(statement, *match.span(), new, "number_changed")
    return None


def _number_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A figure of the article that is another thing's."""
    found = [m for m in _FIGURE.finditer(statement) if outside_quotes(statement, m.start())]
    theirs = sorted({m.group() for m in _FIGURE.finditer(article)} - {m.group() for m in found})
    if not found or not theirs:
        return None
    match = rng.choice(found)
    year = re.fullmatch(r"(?:19|20)\d\d", match.group()) is not None
    others = [n for n in theirs if (re.fullmatch(r"(?:19|20)\d\d", n) is not None) == year]
    return replaced(statement, *match.span(), rng.choice(others), "number_swapped") if others else None


def _unit_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    pattern = r"(?<=\d)(\s?)(%|[a-z]+(?: cent)?)|(?<=\b)(?:" + "|".join(_NUMBER_WORDS) + r")(\s)([a-z]+)"
    found = []
    for m in re.finditer(pattern, statement):
        group = 2 if m[2] else 4
        if m[group] in UNITS and outside_quotes(statement, m.start()):
            found.append(m.span(group))
    if not found:
        return None
    a, b = rng.choice(found)
    return replaced(statement, a, b, UNITS[statement[a:b]], "unit_changed")


def _date_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = list(re.finditer(r"\b(?:" + "|".join((*DAYS, *MONTHS)) + r")\b", statement))
    found = [m for m in found if outside_quotes(statement, m.start()) and not (m.group() == "May" and m.start() == 0)]
    if not found:
        return None
    match = rng.choice(found)
    table = DAYS if match.group() in DAYS else MONTHS
    others = [d for d in table if d not in article and d[:3] + "." not in article]
    return replaced(statement, *match.span(), rng.choice(others), "date_changed") if others else None


MAKERS: dict[str, Maker] = {
    "number_changed": _number_changed,
    "number_swapped": _number_swapped,
    "unit_changed": _unit_changed,
    "date_changed": _date_changed,
}
