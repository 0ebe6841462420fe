"""Words and marks of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"opposite number\b|(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|Prof|Rev|Fr|Hon|Adm|Capt|"
    r"Maj|Sgt|Amb|Messrs|No|Jan|"
    r"Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\."
    r"|[A-Z]\.(?=\s[A-Z])|['’](?:s|ve|ll|re|d|m)\b|[^\W_]+(?:(?:[-‑]|['’](?!(?:s|ve|ll|re|d|m)\b)|\.(?=\w))[^\W_]+)*|[^\w\s]"
)


class Token(NamedTuple):
    """A word or mark of the article, at ``[start, end)``; ``low``: in lower case."""

    text: str
    low: str
    start: int
    end: int


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``; possessive 's is one of its own."""
    return [Token(word := m.group(), word.lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def is_title_case(tokens: Sequence[Token]) -> bool:
    """Whether nearly all words begin with a capital, as in headlines, so that capitals tell nothing."""
    words = [t.text for t in tokens if t.text[0].isalpha() and (len(t.text) > 3 or t.text[0].isupper())]
    capitals = sum(w[0].isupper() for w in words)
    if tokens and tokens[-1].text == ".":
        return len(words) >= 5 and capitals == len(words)  # "Bob Dahl met Ana Lopes in Reno on Friday."
    return len(words) >= 5 and capitals >= 0.8 * len(words)
