"""Key facts: is a fact of the gold in a summary?

A fact says what it ``needs``: groups of words, of which one from each group must stand in one and the same statement
("nuggets" as in TREC's question answering, matched by words instead of by a judge). ``vital`` facts are those without
which a reader would be misinformed about the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from evals.base import Json


def covered(fact: Json, statements: Iterable[str]) -> bool:
    """Whether one of the statements says the fact."""
    return any(says(fact["needs"], statement) for statement in statements)


def says(needs: Sequence[Sequence[str]], statement: str) -> bool:
    """Whether each group has a word or phrase that begins a word of the statement ("climb" is in "climbers")."""
    plain = " ".join(statement.casefold().replace("’", "'").split())
    return all(any(_begins(words).search(plain) for words in group) for group in needs)


@lru_cache(maxsize=4096)
def _begins(words: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w.])" + re.escape(words.casefold().replace("’", "'")))
