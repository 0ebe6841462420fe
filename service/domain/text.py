"""Text and the places in it. Offsets are half-open ``[start, end)``, in Unicode code points of the article's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FurnitureKind = Literal[
    "byline", "dateline", "caption", "share", "subscribe", "related", "legal", "credit", "navigation", "instruction", "other"
]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text, with its words: ``text[start:end] == span.text``, no exceptions.

    ``source`` is the index of the text in an answer that holds several (``POST /v1/checks``), else None.
    """

    start: int
    end: int
    text: str
    source: int | None = None

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end`` (code points), sliced here so that it can't disagree."""
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character (of the same text)."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article's body (furniture has none). ``id`` is "s1", "s2", …; ``paragraph`` counts from 0."""

    id: str
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """Boilerplate: part of the page, not of the story. Labelled, never summarised, never evidence, never lost."""

    span: Span
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the article that is drafted in one go; the chunks tile the text. ``tokens`` counts its own text."""

    id: str
    span: Span
    tokens: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as submitted (or as extracted from HTML). ``published`` is YYYY-MM-DD or an RFC 3339 time."""

    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
