"""The article as a row of words, with each quotation folded into one: what the writer says, apart from what others say.

Subjects and cues are looked for in the writer's own clauses. Folding the quotations away leaves those clauses whole,
however long the words in marks between their parts are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.quotation import Quotation
from service.domain.text import Sentence

#: Stands for a folded quotation in ``words`` and ``lows``.
FOLDED = "\u201c\u201d"
_MARKS = frozenset("\"“”„‟«»‹›‘’'‚‛`´＂")
_TOKEN = re.compile(
    r"[a-z][^\W_]*(?:[’'\-&][^\W_]+)*|(?:[A-Z]\.){2,4}|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Prof|Rev|Hon|St|Jr|Sr|Atty|Det|Cpl|Pvt|Cmdr|Supt|Amb)\."
    r"|[A-Z]\.(?=\s?[A-Z])|[@#]\w+|[^\W_]+(?:[’'\-&][^\W_]+)*(?:(?<=s)[’'](?=\s[A-Za-z]))?|--+|\.\.\.|[^\w\s]"
)


@dataclass(slots=True)
class Reading:
    """Parallel lists, one entry a word (or mark, or folded quotation). ``sentence[i]``: number of the word's sentence;
    ``first[n]``: index of the first word of sentence n (one more entry at the end); ``paragraph[n]`` of sentence n.
    ``folded``: index of a word → the (quotation, span) numbers that stand there; ``place``: the reverse."""

    text: str
    words: list[str] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)
    folded: dict[int, tuple[int, int]] = field(default_factory=dict)
    place: dict[tuple[int, int], int] = field(default_factory=dict)

    def bounds(self, index: int) -> tuple[int, int]:
        """First and one-past-last word of the sentence that holds word ``index``."""
        number = self.sentence[index]
        return self.first[number], self.first[number + 1]


def read_words(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> Reading:
    """Split the body into words; quotations that are outermost (direct, mixed, block) are folded, nested ones vanish
    with them. What is in marks but is no speech (titles, nicknames, words) stays in the row as plain words."""
    reading = Reading(text)
    folds = sorted(
        (span.start, span.end, number, part)
        for number, quotation in enumerate(quotations)
        if quotation.kind in ("direct", "mixed", "block")
        and not (quotation.flags and "scare" not in quotation.flags and _plain(quotation))
        for part, span in enumerate(quotation.spans)
    )
    at, covered = 0, -1
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        fresh = start >= covered  # a boundary inside a quotation is not the writer's
        if not fresh:
            start = min(end, covered)
        position = start
        while at < len(folds) and folds[at][0] < end:
            a, b, number, part = folds[at]
            at += 1
            if b <= position and covered >= b:
                continue
            fresh = _words(reading, position, max(position, a), sentence.paragraph, fresh)
            index = len(reading.words)
            _append(reading, a, b, sentence.paragraph, fresh and not _goes_on(reading, sentence.paragraph))
            reading.folded[index] = (number, part)
            reading.place[(number, part)] = index
            fresh = False
            position = covered = b
        if position < end and start < end:
            _words(reading, position, end, sentence.paragraph, fresh)
    reading.first.append(len(reading.words))
    return reading


def _plain(quotation: Quotation) -> bool:
    return bool({"title", "nickname", "word"} & set(quotation.flags))


def _goes_on(reading: Reading, paragraph: int) -> bool:
    """A sentence that opens with a quotation is a new one, unless the words before it lead into it with a colon or comma."""
    return bool(reading.words) and reading.paragraph[-1] == paragraph and reading.words[-1] in (":", ",")


def _append(reading: Reading, start: int, end: int, paragraph: int, fresh: bool) -> None:
    """Append a folded quotation."""
    if fresh or not reading.first:
        reading.first.append(len(reading.words))
        reading.paragraph.append(paragraph)
    reading.words.append(FOLDED)
    reading.lows.append(FOLDED)
    reading.starts.append(start)
    reading.ends.append(end)
    reading.sentence.append(len(reading.first) - 1)


def _words(reading: Reading, start: int, end: int, paragraph: int, fresh: bool) -> bool:
    """Append the words of a stretch; answers whether the next word would still be the first of its sentence."""
    if start >= end:
        return fresh
    found = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(reading.text, start, end)]
    found = [token for token in found if token[0] not in _MARKS]
    if not found:
        return fresh
    if fresh or not reading.first:
        reading.first.append(len(reading.words))
        reading.paragraph.append(paragraph)
    reading.words.extend([token[0] for token in found])
    reading.lows.extend(["u.s." if token[0] == "US" else token[0].lower() for token in found])
    reading.starts.extend([token[1] for token in found])
    reading.ends.extend([token[2] for token in found])
    reading.sentence.extend([len(reading.first) - 1] * len(found))
    return False
