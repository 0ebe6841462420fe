"""Quotations: what stands in quotation marks, what is set off as a block, what a transcript says. Nobody is named here;
``service.stages.speakers`` says who speaks, and finds speech that has no marks at all."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.quotation import Quotation
from service.domain.text import Sentence
from service.stages.quotations.blocks import find_blocks
from service.stages.quotations.build import build_quotations, paragraphs_of
from service.stages.quotations.marks import pair_marks

__all__ = ["find_quotations"]


def find_quotations(text: str, sentences: Sequence[Sentence]) -> tuple[Quotation, ...]:
    """The quotations of an article in text order, ids "q1", "q2", …, with no speaker yet.

    ``text``: the article; ``sentences``: those of its body (what lies between them, furniture, is not looked at). Offsets
    are code points of ``text``. Never raises on any text; time is linear in its length.
    """
    paragraphs = paragraphs_of(sentences)
    pairs = pair_marks(text, paragraphs)
    blocks = find_blocks(text, paragraphs, pairs)
    return build_quotations(text, paragraphs, pairs, blocks)
