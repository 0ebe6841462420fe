"""Speech set off without marks: a paragraph announced by "…, saying:", and the lines of a transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.stages.quotations.marks import ALL_MARKS, Pair


@dataclass(frozen=True, slots=True)
class Block:
    """``start``/``end``: the words; ``label``: the "WALLACE" of a transcript line, where there is one; ``continues``: the
    block before this one goes on here."""

    start: int
    end: int
    label: tuple[int, int] | None = None
    continues: bool = False


#: The end of a paragraph that announces somebody's words.
_ANNOUNCES = re.compile(
    r"\b(?:saying|said|says|say|wrote|writes|writing|tweeted|tweets|tweeting|added|adding|stated|stating|explained|explaining"
    r"|told|telling|tells|continued|responded|replied|noted|noting|declared|posted|quipped|remarked|argued|read|reads"
    r"|went on|statement|following|as follows)\b[^.:;?!\"“”\n]{0,80}:\s*$"
)
_LABEL = re.compile(
    r"(?:(?:\[[^\]\n]{1,20}\]\s*)?((?:[A-Z][A-Z.'’-]+(?:[ ,]+(?:[A-Z][A-Z.'’-]*|\([^)\n]{1,40}\))){0,4})|Q|A)"
    r"(?:\s\([^)\n]{1,40}\))?):\s+(?=\S)"
)


def find_blocks(text: str, paragraphs: list[tuple[int, int]], pairs: list[list[Pair]]) -> list[Block]:
    """Blocks in text order. ``pairs`` are those of each paragraph: a paragraph in marks is a direct quotation already."""
    labelled = _transcript(text, paragraphs)
    if labelled:
        return labelled
    blocks: list[Block] = []
    for number in range(1, len(paragraphs)):
        start, end = paragraphs[number]
        before = paragraphs[number - 1]
        if text[before[1] - 1] != ":" or _ANNOUNCES.search(text, max(before[0], before[1] - 140), before[1]) is None:
            continue
        if text[start] in ALL_MARKS or any(pair.left <= start + 2 for pair in pairs[number]):
            continue
        if end - start >= 20:
            blocks.append(Block(start, end))
    return blocks


def _transcript(text: str, paragraphs: list[tuple[int, int]]) -> list[Block]:
    """The lines of a transcript: at least two paragraphs begin with a speaker in capitals, or with Q: and A:."""
    heads: list[tuple[int, re.Match[str]]] = []
    for number, (start, end) in enumerate(paragraphs):
        head = _LABEL.match(text, start, end)
        if head is not None:
            heads.append((number, head))
    if len(heads) < 2:
        return []
    blocks: list[Block] = []
    for number, head in heads:
        start, end = paragraphs[number]
        label = head.span(1) if head.group(1) else (start, head.end() - 1)
        blocks.append(Block(head.end(), end, label=label))
    return [block for block in blocks if block.end > block.start]
