"""From pairs of marks to quotations: kinds, flags, what belongs together, ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.quotation import Quotation, QuotationFlag, QuotationKind
from service.domain.text import Sentence, Span
from service.stages.quotations.blocks import Block
from service.stages.quotations.joining import LONGEST_GAP, interrupts, starts_with_cue
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
    #: it fills its paragraph: no cue stands beside it
    alone: bool = False


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
) -> _Piece | None:
    """A pair that is inside no other: a new quotation, or one more span of the last one. Answers the quotation that a later
    pair of the paragraph may still go on with."""
    flags = _mark_flags(pair)
    other = not_speech(text, paragraph, pair)
    kind: QuotationKind = "mixed" if other else kind_of(text, paragraph, pair)
    if other:
        pieces.append(_Piece("mixed", [(pair.start, pair.end)], [*flags, other], number, pair.right))
        return last
    if last is not None and "direct" in (last.kind, kind) and _goes_on(text, paragraph, last, pair):
        last.kind = "direct"
        last.ranges.append((pair.start, pair.end))
        last.flags.extend(flag for flag in flags if flag not in last.flags)
        last.right, last.runs_on = pair.right, pair.runs_on
        return last
    piece = _Piece(kind, [(pair.start, pair.end)], flags, number, pair.right, runs_on=pair.runs_on)
    piece.alone = pair.left <= paragraph[0] + 2 and pair.right >= paragraph[1] - 1
    if last is not None and last.runs_on and last.paragraph == number and not text[last.right : pair.left].strip():
        last.kind = piece.kind = "direct"
        piece.continues = True
        pieces.append(piece)
        return piece
    former = _former(pieces, number)
    if former is not None and _continues(text, paragraph, former, pair, piece.kind):
        piece.continues = True
        piece.kind = "direct"
        if former.runs_on or pair.unopened:
            piece.flags = [flag for flag in piece.flags if flag != "unopened"]
            former.flags = [flag for flag in former.flags if flag != "unclosed"]
    pieces.append(piece)
    return piece


def _goes_on(text: str, paragraph: tuple[int, int], last: _Piece, pair: Pair) -> bool:
    """Whether ``pair`` goes on with what its own cue interrupted."""
    if pair.left - last.right > LONGEST_GAP:
        return False
    start, end = last.ranges[-1]
    content = text[max(start, end - 3) : end]
    following = text[pair.start : min(pair.end, pair.start + 4)] + text[max(pair.start, pair.end - 2) : pair.end]
    return interrupts(
        content, text[last.right : pair.left], following, text[pair.right : min(paragraph[1], pair.right + 90)]
    )


def _former(pieces: list[_Piece], number: int) -> _Piece | None:
    """The last quotation of the paragraph before, if it was one of whole sentences."""
    for piece in reversed(pieces[-6:]):
        if piece.kind == "nested":
            continue
        return piece if piece.kind == "direct" and piece.paragraph == number - 1 else None
    return None


def _continues(text: str, paragraph: tuple[int, int], former: _Piece, pair: Pair, kind: QuotationKind) -> bool:
    """Whether a quotation that begins a paragraph is the speech of the paragraph before: that one was left open, or it ends
    with the quotation (or its cue), and this one has no cue of its own."""
    if pair.left > paragraph[0] + 2:
        return False
    if former.runs_on:
        return True
    if pair.unopened and "unclosed" in former.flags:
        return True
    if kind != "direct":
        return False
    between = text[former.right : pair.left].strip()
    if len(between) > LONGEST_GAP or (between and between[-1] not in ".,!?\"”’'"):
        return False
    if between and (_last_mark(text, former) not in ",?!—–-…" or not starts_with_cue(between)):
        return False
    if not between and former.alone:
        return True
    return not starts_with_cue(text[pair.right : min(paragraph[1], pair.right + 90)])


def _last_mark(text: str, piece: _Piece) -> str:
    """The last character of a quotation's words, white space and marks of quotations inside it left out."""
    start, end = piece.ranges[-1]
    return text[max(start, end - 6) : end].rstrip("'’”\" ")[-1:] or "."


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
