"""A quotation looked for in an article: found as it stands, found altered, or not found. It is never rewritten.

Three steps, each only where the one before found nothing: the normalised words in the normalised text (typography and
white space, see ``service.language.normalise``); the words alone, without marks, case and spacing; and the place with the
most of its words, laid beside it word by word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import edlib

from service.language.normalise import Normalised, normalise

Fidelity = Literal["verbatim", "typography", "altered"]

_WORD = re.compile(r"[^\W_]+")
_NAMES = {"X": "replace", "I": "delete", "D": "insert"}
#: How far beyond the cheapest place the quotation's outermost words are looked for.
EDGE = 4
_STEP = re.compile(r"(\d+)([=XID])")
#: An altered quotation must share at least this part of its words with the place, in order; below, it is another text.
#: With 0.6, no fabricated quotation of benchmarks/quotation_search.py was accepted, and 99 % of those with two words
#: edited (of eight and more) were found.
SHARED = 0.6
#: The same for quotations of fewer than ``SHORT`` words.
SHORT, SHARED_SHORT = 8, 0.75
#: Fewer words than this are found as they stand or not at all: too little to tell an altered quotation from another.
FEWEST = 4
#: Places of a word that are tried as a beginning.
PLACES = 60
#: The rarest words of a quotation say where to look.
VOTERS = 8
_FIRST = 0x100


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation's place in the article's text, as code points. ``verbatim``: as it stands under the declared
    normalisation; ``typography``: the same words, with other marks, case or spacing; ``altered``: other words, as
    ``changes`` tells: (operation, the quotation's words, the article's words)."""

    start: int
    end: int
    fidelity: Fidelity
    changes: tuple[tuple[str, str, str], ...] = ()


class QuotationIndex:
    """An article made ready for looking up quotations; linear in its length, to build once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.normalised: Normalised = normalise(text)
        flat = self.normalised.text
        places = [m.span() for m in _WORD.finditer(flat)]
        words = [flat[a:b].casefold() for a, b in places]
        self._ids: dict[str, int] = {}
        self._code = "".join(chr(_FIRST + self._ids.setdefault(w, len(self._ids))) for w in words)
        self._starts = [a for a, _ in places]
        self._ends = [b for _, b in places]
        self._squeezed = "".join(words)
        self._squeezed_at: list[int] = []
        at = 0
        for word in words:
            self._squeezed_at.append(at)
            at += len(word)
        self._postings: dict[int, list[int]] = {}
        for i, letter in enumerate(self._code):
            self._postings.setdefault(ord(letter), []).append(i)

    def find(self, quotation: str) -> Found | None:
        """The place of ``quotation`` (without its marks), or None where the article has nothing like it."""
        flat = normalise(quotation).text.strip()
        if not _WORD.search(flat):
            return None
        at = self._whole(flat)
        if at is not None:
            start, end = self.normalised.span(at, at + len(flat))
            return Found(start, end, "verbatim")
        places = [m.span() for m in _WORD.finditer(flat)]
        words = [flat[a:b] for a, b in places]
        if not words:
            return None
        before, after = flat[: places[0][0]], flat[places[-1][1] :]
        coded = "".join(chr(_FIRST + self._ids.get(w.casefold(), 0x10FF00 - _FIRST)) for w in words)
        found = self._code.find(coded)
        if found >= 0:
            return self._place(found, found + len(words), "typography", before, after)
        squeezed = self._squeezed_find("".join(words).casefold())
        if squeezed is not None:
            return self._place(*squeezed, "typography", before, after)
        return self._altered(words, coded, before, after)

    def _whole(self, flat: str) -> int | None:
        """Where the normalised text has ``flat`` as whole words."""
        text = self.normalised.text
        at = text.find(flat)
        while at >= 0:
            end = at + len(flat)
            if not (at and text[at - 1].isalnum() and flat[0].isalnum()) and not (
                end < len(text) and text[end].isalnum() and flat[-1].isalnum()
            ):
                return at
            at = text.find(flat, at + 1)
        return None

    def _squeezed_find(self, letters: str) -> tuple[int, int] | None:
        """The words that together are spelt with these letters ("co-operate", "cooperate")."""
        at = self._squeezed.find(letters)
        while at >= 0:
            first = bisect_left(self._squeezed_at, at)
            last = bisect_left(self._squeezed_at, at + len(letters))
            begins = first < len(self._squeezed_at) and self._squeezed_at[first] == at
            ends = last == len(self._squeezed_at) or self._squeezed_at[last] == at + len(letters)
            if begins and (ends and last <= len(self._squeezed_at)):
                return first, last
            at = self._squeezed.find(letters, at + 1)
        return None

    def _altered(self, words: list[str], coded: str, before: str, after: str) -> Found | None:
        """The best place for words of which some are others."""
        if len(words) < FEWEST:
            return None
        # The rarest words vote for where the quotation would begin; common ones would only cost time.
        known = [(len(p), i, p) for i, letter in enumerate(coded) if (p := self._postings.get(ord(letter)))]
        known.sort(key=lambda item: item[:2])
        votes: Counter[int] = Counter()
        for _, i, places in known[:VOTERS]:
            votes.update([place - i for place in places[:PLACES]])
        best: tuple[int, int, int, list[tuple[str, int, int, int, int]]] | None = None
        tried: list[int] = []
        for shift, count in votes.most_common(4):
            if count < 2 or any(abs(shift - t) <= 3 for t in tried):
                continue
            tried.append(shift)
            low = max(0, shift - 3)
            window = self._code[low : max(0, shift) + len(words) + 3]
            laid = _lay(coded, window)
            if laid is None:
                continue
            shared, a, b, steps = laid
            if best is None or shared > best[0]:
                best = (shared, low + a, low + b, steps)
            if shared > 0.75 * len(words):
                break
        if best is None or best[0] < (SHARED if len(words) >= SHORT else SHARED_SHORT) * len(words):
            return None
        _, a, b, steps = best
        changes = []
        for tag, i, j, k, m in steps:
            theirs = self.normalised.text[self._starts[a + k] : self._ends[a + m - 1]] if m > k else ""
            changes.append((tag, " ".join(words[i:j]), theirs))
        return self._place(a, b, "altered", before, after, tuple(changes))

    def _place(
        self,
        first: int,
        last: int,
        fidelity: Fidelity,
        before: str,
        after: str,
        changes: tuple[tuple[str, str, str], ...] = (),
    ) -> Found:
        """The place of the words ``[first, last)``, with the marks at its ends that the quotation has as well."""
        text = self.normalised.text
        start, end = self._starts[first], self._ends[last - 1]
        for mark in after:
            if end < len(text) and text[end] == mark and not mark.isspace():
                end += 1
            elif not mark.isspace():
                break
        for mark in reversed(before):
            if start and text[start - 1] == mark and not mark.isspace():
                start -= 1
            elif not mark.isspace():
                break
        a, b = self.normalised.span(start, end)
        return Found(a, b, fidelity, changes)


def _lay(coded: str, window: str) -> tuple[int, int, int, list[tuple[str, int, int, int, int]]] | None:
    """Lay the coded words into a window of the article, free at both ends: (words shared, first and last word of the
    window, what differs). A word that stands at an edge for another one is kept in the place."""
    # edlib takes 256 different symbols; a window has fewer words than that unless the quotation is very long.
    letters = {letter: chr(i + 1) for i, letter in enumerate(dict.fromkeys(coded + window))}
    if len(letters) > 255:
        return None
    query = "".join(map(letters.__getitem__, coded))
    target = "".join(map(letters.__getitem__, window))
    laid = edlib.align(query, target, mode="HW", task="locations", k=int((1 - SHARED) * len(coded)) + 2)
    if laid["editDistance"] < 0:
        return None
    first, last = laid["locations"][0]
    last += 1
    # Where a word next to the edge was left out, the cheapest place may end one word early: the quotation's own first and
    # last words say where it really begins and ends; else as many words as it has at that edge belong to it.
    if target[first] != query[0]:
        near = target.rfind(query[0], max(0, first - EDGE), first)
        first = near if near >= 0 else max(0, first - (query[1:2] == target[first]))
    if target[last - 1] != query[-1]:
        near = target.find(query[-1], last, last + EDGE)
        last = near + 1 if near >= 0 else min(len(target), last + (query[-2:-1] == target[last - 1]))
    steps: list[tuple[str, int, int, int, int]] = []
    shared = i = k = 0
    for count, tag in _STEP.findall(edlib.align(query, target[first:last], mode="NW", task="path")["cigar"]):
        n = int(count)
        mine, theirs = (n if tag != "D" else 0), (n if tag != "I" else 0)
        if tag == "=":
            shared += n
        else:
            steps.append((_NAMES[tag], i, i + mine, k, k + theirs))
        i, k = i + mine, k + theirs
    return shared, first, last, steps
