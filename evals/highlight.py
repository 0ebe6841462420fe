"""An article with marks on it, as HTML: what gold says and what the output says, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

Mark = tuple[int, int, str]


def marks_of(value: Sequence[Sequence[object]]) -> list[Mark]:
    """Marks from an observation's JSON."""
    return [(int(str(start)), int(str(end)), str(label)) for start, end, label in value]


def graded(marks: Sequence[Mark], others: Sequence[Mark], alone: str) -> list[tuple[Mark, str]]:
    """Each mark with what became of it on the other side: ``hit`` (the same there), ``near`` (something that overlaps),
    or ``alone`` (the word for nothing)."""
    same = set(others)
    graded_marks = []
    for mark in marks:
        if mark in same:
            grade = "hit"
        elif any(other[0] < mark[1] and mark[0] < other[1] for other in others):
            grade = "near"
        else:
            grade = alone
        graded_marks.append((mark, grade))
    return graded_marks


_ORDER = {"hit": 0, "near": 1, "miss": 2, "extra": 2}


def article(text: str, marks: Sequence[tuple[Mark, str]]) -> str:
    """The text with its marks; where marks overlap the worst grade shows and all labels are in the tooltip."""
    edges = sorted({0, len(text)} | {min(place, len(text)) for (start, end, _), _ in marks for place in (start, end)})
    begun: set[int] = set()
    pieces = []
    for start, end in pairwise(edges):
        inside = [(mark, grade) for mark, grade in marks if mark[0] <= start and end <= mark[1]]
        words = escape(text[start:end])
        if not inside:
            pieces.append(words)
            continue
        grade = max((grade for _, grade in inside), key=lambda g: _ORDER[g])
        tip = escape("; ".join(f"{label or 'span'}: {grade}" for (_, _, label), grade in inside), quote=True)
        tags = ""
        for index, (mark, _) in enumerate(marks):
            if mark[0] == start and index not in begun:
                begun.add(index)
                if mark[2]:
                    tags += f"<sup>{escape(mark[2])}</sup>"
        pieces.append(f'<mark class="{grade}" title="{tip}">{tags}{words}</mark>')
    return "".join(pieces)


def side_by_side(text: str, gold: Sequence[Mark], output: Sequence[Mark]) -> str:
    """Two columns: the article with gold's marks and the article with the output's."""
    left = article(text, graded(gold, output, "miss"))
    right = article(text, graded(output, gold, "extra"))
    return (
        '<div class="sides"><figure><figcaption>gold</figcaption><div class="article">'
        f'{left}</div></figure><figure><figcaption>output</figcaption><div class="article">{right}</div></figure></div>'
    )
