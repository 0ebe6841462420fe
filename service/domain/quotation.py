"""Quotations, who speaks them, and the people of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.domain.text import Span

QuotationKind = Literal["direct", "mixed", "block", "nested", "indirect"]
QuotationFlag = Literal["unclosed", "unopened", "mismatched", "scare", "title", "nickname", "word"]

#: Marks, but nobody's speech: kind mixed, speaker None.
NOT_SPEECH: frozenset[QuotationFlag] = frozenset({"scare", "title", "nickname", "word"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the article names, with every mention of them. ``id`` is "p1", "p2", … in order of first mention."""

    id: str
    name: str
    mentions: tuple[Span, ...]
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted. ``name``: fullest form in the article, or the noun phrase as written; ``mention``: as written
    nearest to the words; ``resolved``: where the full name stands; ``person``: id of the Person; ``confidence`` 0..1,
    the share of such attributions that are right; ``method``: the rule that found it."""

    name: str
    mention: Span
    resolved: Span | None
    person: str | None
    role: str | None
    affiliation: str | None
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words given as somebody's. ``spans``: the content without its marks, in order; ``text``: the spans joined by one
    space; ``continues``: id of the quotation that this one goes on from."""

    id: str
    kind: QuotationKind
    spans: tuple[Span, ...]
    text: str
    speaker: Speaker | None
    cue: Span | None
    flags: tuple[QuotationFlag, ...] = ()
    continues: str | None = None
