"""Cutting an article into chunks that fit a budget of tokens.

The chunks tile the text: joined, they are the article, to the character; white space stays with the chunk before it. A cut
falls between paragraphs where one is near, else between sentences, and never inside a quotation unless the quotation alone
is over the budget; only a sentence that alone is over the budget is cut at white space, and a word that is, between
graphemes. No cut ever parts a surrogate pair.

Speed comes from counting every sentence once. That is exact because of how OpenAI's encodings find words: no word of
theirs reaches from a printing character into the white space after it, save line ends, which cling to the punctuation
before them. So counts add up over pieces that meet where a run of blanks begins, or after the last line end of a run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

import regex  # type: ignore[import-untyped]

from service.domain.draft import Document
from service.domain.text import Chunk, Span
from service.errors import ConfigurationError

#: The smallest budget that makes sense: any one grapheme of ordinary text fits it.
MIN_BUDGET = 16

#: How far back from the last sentence that fits a paragraph's end is still preferred, as a share of the budget.
_PARAGRAPH_REACH = 0.25

#: White space to Python, but not to Unicode's White_Space property, which the encodings go by.
_NOT_WHITE = "\x1c\x1d\x1e\x1f"
#: What sentences often begin with beyond Latin letters: a grapheme begins there for sure.
_OPENERS = "“‘—–…"
_WORD = re.compile(r"(?<=\s)(?=\S)")
_GRAPHEME = regex.compile(r"\X")


def split_chunks(document: Document, budget: int, count: Callable[[str], int]) -> tuple[Chunk, ...]:
    """The chunks of a read article, in order, ids "c1", "c2", …

    ``budget``: most tokens a chunk's own text may have, as ``count`` counts them. A counter that says it is ``additive``
    (``service.models.tokens.TokenCounter``) is asked once a sentence; any other is asked again for every chunk. Raises
    ``ConfigurationError`` for a budget under 16 tokens. Empty text has no chunks.
    """
    if budget < MIN_BUDGET:
        raise ConfigurationError(f"a chunk budget of {budget} tokens is too small; give at least {MIN_BUDGET}")
    text = document.article.text
    if not text:
        return ()
    packer = _Packer(text, budget, count, _cuts(document))
    chunks: list[Chunk] = []
    for start, end, tokens in packer.pack():
        chunks.append(Chunk(f"c{len(chunks) + 1}", Span(start, end, text[start:end]), tokens))
    return tuple(chunks)


def _cuts(document: Document) -> tuple[list[int], list[int]]:
    """Where the text may be cut: (outside quotations, everywhere a sentence or furniture begins), both sorted."""
    text = document.article.text
    starts = {s.span.start for s in document.sentences}
    starts.update(f.span.start for f in document.furniture)
    every = sorted(p for p in starts if 0 < p < len(text) and (text[p] < "\u0300" or _grapheme_begins(text, p)))
    held: list[tuple[int, int]] = sorted((q.spans[0].start, q.spans[-1].end) for q in document.quotations if q.spans)
    free: list[int] = []
    index = 0
    reach = -1
    for p in every:
        while index < len(held) and held[index][0] < p:
            reach = max(reach, held[index][1])
            index += 1
        if p >= reach:
            free.append(p)
    return free, every


def _grapheme_begins(text: str, p: int) -> bool:
    if text[p] in _OPENERS:
        return True
    low = max(0, p - 32)
    if "\udc00" <= text[p] <= "\udfff" and "\ud800" <= text[p - 1] <= "\udbff":
        return False
    return any(m.start() == p - low for m in _GRAPHEME.finditer(text[low : p + 1]))


@dataclass
class _Packer:
    """Packs the pieces between cuts, greedily. ``bounds`` are the cuts with both ends of the text; where a piece alone is
    over the budget it is replaced by finer pieces and packing goes on."""

    text: str
    budget: int
    count: Callable[[str], int]
    cuts: tuple[list[int], list[int]]

    def __post_init__(self) -> None:
        free, every = self.cuts
        self.every = every
        self.bounds = [0, *free, len(self.text)]
        self.additive = bool(getattr(self.count, "additive", False))
        self.chars_per_token = 4.0
        self.white: dict[str, int] = {}

    def pack(self) -> list[tuple[int, int, int]]:
        """(start, end, tokens) of every chunk."""
        out: list[tuple[int, int, int]] = []
        at = 0
        while at < len(self.bounds) - 1:
            until, tokens = self._fill(at)
            if until == at:
                if self._refine(at):
                    continue
                until, tokens = at + 1, self.count(self.text[self.bounds[at] : self.bounds[at + 1]])
            out.append((self.bounds[at], self.bounds[until], tokens))
            self.chars_per_token = max(1.0, (self.bounds[until] - self.bounds[at]) / max(tokens, 1))
            at = until
        return out

    def _fill(self, at: int) -> tuple[int, int]:
        """The last bound that fits from bound ``at``, and the tokens so far; (at, 0) when not even one piece fits."""
        bounds, last = self.bounds, len(self.bounds) - 1
        here, cursor, total, ceiling = at, bounds[at], 0, last
        best, best_total = at, 0
        while here < ceiling:
            want = cursor + (self.budget - total) * self.chars_per_token * 0.85
            to = min(max(bisect_right(bounds, want, here + 1, ceiling + 1) - 1, here + 1), ceiling)
            seam, safe = self._seam(bounds[to])
            seam = max(seam, cursor)
            if self.additive and safe:
                tokens = total + self.count(self.text[cursor:seam])
                whole = tokens + self._blank(self.text[seam : bounds[to]])
            else:
                seam = cursor
                tokens, whole = total, self._exactly(at, to)
            if whole <= self.budget:
                best, best_total = to, whole
                if seam == cursor:  # not additive here: start the sum anew from what was counted exactly
                    return self._extend_exactly(at, best, best_total)
                here, cursor, total = to, seam, tokens
            elif to == here + 1:
                break
            else:
                ceiling = here + max(1, (to - here) // 2)
        if best in (at, last):
            return best, best_total
        return self._paragraph(at, best, best_total)

    def _extend_exactly(self, at: int, best: int, total: int) -> tuple[int, int]:
        """As ``_fill``, with a recount of the whole chunk at each step."""
        last = len(self.bounds) - 1
        low, high = best, last
        step = 1
        while low < high:
            to = min(low + step, high)
            tokens = self._exactly(at, to)
            if tokens <= self.budget:
                low, total, step = to, tokens, step * 2
            elif to == low + 1:
                break
            else:
                high, step = to - 1, 1
        return low, total

    def _paragraph(self, at: int, best: int, total: int) -> tuple[int, int]:
        """Step back to the last paragraph's end, if one is near enough."""
        floor = self.bounds[best] - self.budget * _PARAGRAPH_REACH * self.chars_per_token
        to = best
        while to > at and self.bounds[to] >= floor:
            if "\n" in self._blanks_before(self.bounds[to]):
                return (to, total) if to == best else (to, self._exactly(at, to, best, total))
            to -= 1
        return best, total

    def _exactly(self, at: int, to: int, known: int | None = None, known_total: int = 0) -> int:
        """Tokens of the chunk between two bounds; from a known longer one by taking off the rest, where counts add up."""
        if known is not None and self.additive:
            first, safe = self._seam(self.bounds[to])
            second, safe_too = self._seam(self.bounds[known])
            if safe and safe_too and first > self.bounds[at]:
                body = self.count(self.text[first:second])
                tail = self._blank(self.text[second : self.bounds[known]])
                return known_total - tail - body + self._blank(self.text[first : self.bounds[to]])
        return self.count(self.text[self.bounds[at] : self.bounds[to]])

    def _blanks_before(self, p: int) -> str:
        text = self.text
        start = p
        while start > 0 and text[start - 1].isspace() and text[start - 1] not in _NOT_WHITE:
            start -= 1
        return text[start:p]

    def _seam(self, p: int) -> tuple[int, bool]:
        """Where counts may be added up near a cut at ``p``, and whether they may at all."""
        text = self.text
        if p == len(text):
            return p, True
        blanks = self._blanks_before(p)
        if not blanks or text[p].isspace():
            return p, False
        line_end = max(blanks.rfind("\n"), blanks.rfind("\r"))
        if line_end < 0:
            return p - len(blanks), True
        seam = p - len(blanks) + line_end + 1
        return seam, text[seam : seam + 1] != "/"

    def _blank(self, blanks: str) -> int:
        if not blanks:
            return 0
        if blanks not in self.white:
            self.white[blanks] = self.count(blanks)
        return self.white[blanks]

    def _refine(self, at: int) -> bool:
        """Replace the piece after bound ``at`` by finer ones; False when it can't be cut any further."""
        start, end = self.bounds[at], self.bounds[at + 1]
        inner = [p for p in self.every if start < p < end]
        if not inner:
            inner = [start + m.start() for m in _WORD.finditer(self.text[start:end])]
        if not inner:
            lengths = [len(m.group()) for m in _GRAPHEME.finditer(self.text[start:end])]
            inner = [start + p for p in accumulate(lengths)][:-1]
        if not inner and end - start > 1:
            inner = [p for p in range(start + 1, end) if not "\udc00" <= self.text[p] <= "\udfff"]
        self.bounds[at + 1 : at + 1] = inner
        return bool(inner)
