"""From pairs of marks to quotations: kinds, flags, what belongs together, ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.quotation import Quotation, QuotationFlag, QuotationKind
from service.domain.text import Sentence, Span
from service.stages.quotations.blocks import Block
from service.stages.quotations.kinds import kind_of, not_speech
from service.stages.quotations.marks import Pair


def paragraphs_of(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """The body's paragraphs, as ranges from the first sentence's start to the last one's end."""
    ranges: list[tuple[int, int]] = []
    current: int | None = None
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        if end <= start:
            continue
        if ranges and current == sentence.paragraph and start >= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], end)
        elif not ranges or start >= ranges[-1][1]:
            ranges.append((start, end))
            current = sentence.paragraph
    return ranges


@dataclass(slots=True)
class _Piece:
    """A quotation being built."""

    kind: QuotationKind
    ranges: list[tuple[int, int]]
    flags: list[QuotationFlag]
    paragraph: int
    right: int
    runs_on: bool = False
    continues: bool = False


#: Between two spans of one quotation: its own cue, and little else.
_GAP_LIMIT = 160


def _joins(text: str, piece: _Piece, pair: Pair) -> bool:
    """Whether the speech interrupted after ``piece`` goes on with ``pair``, in the same paragraph."""
    gap = text[piece.right : pair.left]
    if len(gap) > _GAP_LIMIT or "\n" in gap.strip():
        return False
    sentence_ends = len(_SENTENCE_END.findall(gap))
    return _REPORTS.search(gap) is not None and sentence_ends <= 1 and not _NEW_SUBJECT.search(gap)


_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
_REPORTS = re.compile(
    r"\b(?:said|says|say|added|adds|told|tells|wrote|writes|asked|asks|continued|continues|replied|responded|explained|explains"
    r"|noted|notes|declared|stated|argued|insisted|warned|tweeted|concluded|joked|quipped|recalled|answered|admitted)\b"
)
_NEW_SUBJECT = re.compile(r"[.?!]\s+\S.*\S.*$")


def build_quotations(
    text: str, paragraphs: list[tuple[int, int]], pairs: list[list[Pair]], blocks: list[Block]
) -> tuple[Quotation, ...]:
    """Quotations in text order with ids; see ``find_quotations``."""
    pieces: list[_Piece] = []
    for number, found in enumerate(pairs):
        last: _Piece | None = None
        for pair in found:
            if pair.depth == 0:
                last = _outer(text, paragraphs[number], number, pair, pieces, last)
            else:
                pieces.append(_Piece("nested", [(pair.start, pair.end)], _mark_flags(pair), number, pair.right))
    pieces.extend(_Piece("block", [(b.start, b.end)], [], -1, b.end) for b in blocks)
    pieces.sort(key=lambda piece: (piece.ranges[0][0], -piece.ranges[0][1]))
    return _number(text, pieces)


def _outer(
    text: str, paragraph: tuple[int, int], number: int, pair: Pair, pieces: list[_Piece], last: _Piece | None
) -> _Piece:
    """A pair that is inside no other: a new quotation, or one more span of the last one."""
    flags = _mark_flags(pair)
    other = not_speech(text, paragraph, pair)
    kind: QuotationKind = "mixed" if other else kind_of(text, paragraph, pair)
    if other:
        flags.append(other)
    elif last is not None and last.kind == "direct" and kind == "direct" and _joins(text, last, pair):
        last.ranges.append((pair.start, pair.end))
        last.flags.extend(flag for flag in flags if flag not in last.flags)
        last.right, last.runs_on = pair.right, pair.runs_on
        return last
    piece = _Piece(kind, [(pair.start, pair.end)], flags, number, pair.right, runs_on=pair.runs_on)
    for former in reversed(pieces[-8:]):
        if former.kind == "direct" and former.paragraph == number - 1 and former.runs_on:
            piece.continues = pair.left <= paragraph[0] + 2
            if piece.continues:
                piece.kind = "direct"
            break
    pieces.append(piece)
    return piece


def _mark_flags(pair: Pair) -> list[QuotationFlag]:
    flags: list[QuotationFlag] = []
    if pair.unclosed:
        flags.append("unclosed")
    if pair.unopened:
        flags.append("unopened")
    if pair.mismatched:
        flags.append("mismatched")
    return flags


def _number(text: str, pieces: list[_Piece]) -> tuple[Quotation, ...]:
    """Trim the spans, drop the empty, give ids."""
    answer: list[Quotation] = []
    former: str | None = None
    for piece in pieces:
        spans = [span for span in (_trimmed(text, a, b) for a, b in piece.ranges) if span is not None]
        if not spans:
            continue
        name = f"q{len(answer) + 1}"
        answer.append(
            Quotation(
                id=name,
                kind=piece.kind,
                spans=tuple(spans),
                text=" ".join(span.text for span in spans),
                speaker=None,
                cue=None,
                flags=tuple(piece.flags),
                continues=former if piece.continues else None,
            )
        )
        if piece.kind in ("direct", "mixed"):
            former = name
    return tuple(answer)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span.of(text, start, end) if end > start else None
