"""What a corruption is, and the ways in which every kind makes one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Corruption:
    """A false statement. ``edits``: what was put in or changed, as places in ``text``."""

    kind: str
    text: str
    edits: tuple[tuple[int, int], ...]


#: (statement, article, random numbers) → the corruption, or None where there is nothing to work on.
Maker = Callable[[str, str, random.Random], Corruption | None]


def replaced(statement: str, start: int, end: int, new: str, kind: str) -> Corruption:
    """The statement with ``new`` at ``[start, end)``, its capital kept where it opens the statement."""
    if start == 0 and new[:1].islower() and statement[:1].isupper():
        new = new[0].upper() + new[1:]
    return Corruption(kind, statement[:start] + new + statement[end:], ((start, start + len(new)),))


def outside_quotes(statement: str, start: int) -> bool:
    """Whether a place is outside double quotation marks (a change inside is the kind ``quotation_word``)."""
    return len(re.findall(r"[\"“”]", statement[:start])) % 2 == 0


def counterpart(statement: str, table: dict[str, str], rng: random.Random, kind: str) -> Corruption | None:
    """Replace one of the words of ``table`` by its counterpart."""
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(map(re.escape, sorted(table, key=len, reverse=True))) + r")(?!\w)", re.IGNORECASE
    )
    found = [m for m in pattern.finditer(statement) if outside_quotes(statement, m.start())]
    if not found:
        return None
    match = rng.choice(found)
    return replaced(statement, *match.span(), table[match.group().lower()], kind)
