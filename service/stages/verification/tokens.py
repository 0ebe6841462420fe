"""Words of a text as verification compares them: lemma, kind and place."""

from __future__ import annotations

import re
from typing import NamedTuple

from service.language.numbers import Number, find_numbers
from service.language.words import FUNCTION, lemma

#: Kinds of token: function word, content word, number, name (a content word that is written as a name).
FUNCTION_KIND, CONTENT, NUMBER, NAME = "f", "c", "n", "p"

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?:[^\W\d_]+))?")
_NEGATED = re.compile(r"n['’]t$")


class Token(NamedTuple):
    """A word at ``[start, end)``. ``lemma`` of a number is "#" and its value, so that "two" and "2" are one."""

    start: int
    end: int
    word: str
    lemma: str
    kind: str
    capital: bool


def tokenise(text: str) -> tuple[list[Token], tuple[Number, ...]]:
    """The tokens of ``text`` and its numbers, in order; names are told later, when the whole text is known."""
    numbers = find_numbers(text)
    tokens: list[Token] = []
    coming = iter(numbers)
    number = next(coming, None)
    for match in _WORD.finditer(text):
        start, end = match.span()
        while number is not None and number.end <= start:
            number = next(coming, None)
        if number is not None and number.start < end and start < number.end:
            if tokens and tokens[-1].start == number.start:
                continue
            tokens.append(Token(number.start, number.end, number.text.lower(), value(number), NUMBER, False))
            continue
        written = match.group()
        word = written.lower()
        for mark in ("'", "’"):
            if mark in word:
                head, tail = word.split(mark, 1)
                if _NEGATED.search(word):
                    tokens.append(Token(start, end, word, "not", FUNCTION_KIND, False))
                    word = ""
                elif tail in {"s", "re", "ve", "d", "ll", "m"}:
                    word, end = head, start + len(head)
                else:
                    word = word.replace(mark, "'")
                break
        if not word:
            continue
        word = word.replace(".", "") if "." in word else word
        if word in FUNCTION or (len(word) == 1 and word in "stdm"):
            base = "not" if word in {"not", "n't", "never", "cannot", "no"} else word
            tokens.append(Token(start, end, word, base, FUNCTION_KIND, written[0].isupper()))
        else:
            tokens.append(Token(start, end, word, lemma(word), CONTENT, written[0].isupper()))
    return tokens, numbers


def value(number: Number) -> str:
    """The canonical word for a number's value."""
    if number.kind in {"score", "time"}:
        return f"#{number.low:g}:{number.high:g}:{number.kind[0]}"
    return f"#{number.low:.12g}"
