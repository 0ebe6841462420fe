"""The article as marked text: cut at every boundary of furniture, evidence and quotations, and otherwise untouched.

The text content of what comes out is the article's text, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from service.domain.text import Furniture, Span
from service.web.markup import Html, element, escaped

_LINE_END = re.compile(r"(?<!\n)(\n)(?!\n)")


@dataclass(slots=True)
class Marks:
    """What is to be marked in one article: reference → its spans. A reference ("b1.st2") is what a click selects.

    ``evidence``: what statements and records stand on; ``quoted``: words of quotations; ``reported``: words of indirect
    ones; ``speakers``: mentions of whoever speaks, under their quotation's reference.
    """

    evidence: dict[str, list[Span]] = field(default_factory=dict)
    quoted: dict[str, list[Span]] = field(default_factory=dict)
    reported: dict[str, list[Span]] = field(default_factory=dict)
    speakers: dict[str, list[Span]] = field(default_factory=dict)

    def add(self, reference: str, spans: Sequence[Span]) -> str:
        """Evidence under a reference, which is returned."""
        self.evidence.setdefault(reference, []).extend(spans)
        return reference


def marked_article(text: str, furniture: Sequence[Furniture], marks: Marks) -> list[Html]:
    """``text`` in pieces; each names in ``data-refs`` what it belongs to. The first piece of a reference is preceded by an
    empty anchor of that name, so that links work without scripts."""
    classes = (("e", marks.evidence), ("q", marks.quoted), ("r", marks.reported), ("w", marks.speakers))
    opens, closes = _edges(text, furniture, classes)
    pieces: list[Html] = []
    active: dict[tuple[str, str], int] = {}
    anchored: set[str] = set()
    edges = sorted({0, len(text), *opens, *closes})
    for start, end in pairwise(edges):
        for key in closes.get(start, ()):
            active[key] -= 1
            if not active[key]:
                del active[key]
        for key in opens.get(start, ()):
            active[key] = active.get(key, 0) + 1
            name = key[1]
            if key[0] != "w" and name and name not in anchored and not name.startswith(" "):
                anchored.add(name)
                pieces.append(element("i", id=name))
        pieces.append(_piece(text[start:end], active))
    return pieces


_Key = tuple[str, str]
_Edges = dict[int, list[_Key]]


def _edges(
    text: str, furniture: Sequence[Furniture], classes: Sequence[tuple[str, Mapping[str, Sequence[Span]]]]
) -> tuple[_Edges, _Edges]:
    """Where something begins and where it ends: offset → (class, reference). Furniture's reference is a space and its
    kind, which no click can select."""
    opens: _Edges = {}
    closes: _Edges = {}
    found = [(one.span, ("f", " " + one.kind)) for one in furniture]
    found += [(span, (name, ref)) for name, marks in classes for ref, spans in marks.items() for span in spans]
    for span, key in found:
        start, end = max(0, span.start), min(len(text), span.end)
        if start < end:
            opens.setdefault(start, []).append(key)
            closes.setdefault(end, []).append(key)
    return opens, closes


def _piece(words: str, active: Mapping[_Key, int]) -> Html:
    lines = _lines(words)
    if not active:
        return Html("".join(lines))
    names = sorted({name for name, _ in active})
    references = sorted({ref for _, ref in active if not ref.startswith(" ")})
    kinds = sorted({ref.strip() for _, ref in active if ref.startswith(" ")})
    title = f"furniture: {', '.join(kinds)}" if kinds else None
    tag = "mark" if {"e", "q", "r"} & set(names) else "span"
    return element(tag, lines, class_=" ".join(names), data_refs=" ".join(references) or None, title=title)


def _lines(words: str) -> list[Html]:
    """``words`` with each single line end in an element, which the styles give the air of a paragraph's end."""
    return [
        element("span", piece, class_="n") if piece == "\n" else escaped(piece) for piece in _LINE_END.split(words) if piece
    ]
