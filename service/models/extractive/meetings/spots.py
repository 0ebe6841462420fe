"""The phrases of an article that may say where something is: behind a preposition, gone to or left, or named by the
gazetteer; and the dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.language.places import find_places
from service.language.syntax.trees import Tree, Word
from service.models.extractive.meetings.attributes import Facts

#: Prepositions and adverbs behind which a place may stand.
_LEADS = frozenset(
    """in at inside aboard outside near to into behind beside onto on within from around off across under above via toward
    towards opposite through between beneath below along amid alongside out of""".split()
)
#: What joins a place to the wider one that it is in or of.
_INNER = frozenset("of in at on near outside above overlooking off inside within beside behind beneath opposite".split())
_REACHED = re.compile(
    r"(?:visit|enter|leav|left|reach|tour|attend|pass|cross|quit|occup|approach|fill|fled|flee|check|climb|board)\w*"
)
_LEFT_OF_HEAD = ("det", "amod", "compound", "poss", "nummod", "nmod", "case", "punct", "advmod", "number", "quantmod")
#: Kinds of names that are no place.
_TIMES = ("DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL")


@dataclass(frozen=True, slots=True)
class Spot:
    """A phrase that may be a place, at ``[start, end)``. ``number``: its sentence; ``head``: its noun; ``lead``: the
    preposition before it, "<object>", "<named>" or "<dateline>"; ``link``: the word that it hangs on, over the
    preposition."""

    number: int
    start: int
    end: int
    text: str
    head: Word | None
    lead: str
    link: Word | None


class Spots:
    """The spots of an article, sentence by sentence."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._found: dict[int, tuple[Spot, ...]] = {}

    def of(self, number: int) -> tuple[Spot, ...]:
        """The spots of sentence ``number``, in order."""
        if number not in self._found:
            self._found[number] = tuple(sorted(self._find(number), key=lambda s: (s.start, -s.end)))
        return self._found[number]

    def datelines(self) -> Iterator[Spot]:
        """The towns of the datelines."""
        for words in self.facts.datelines:
            plain = re.sub(r"[A-ZÀ-Ý]{3,}", lambda hit: hit.group().title(), words)
            known = [m for m in find_places(f"in {plain}") if m.kind in ("city", "capital")]  # "PARIS" alone is no name
            text = words[known[0].start - 3 : known[0].end - 3] if known else _town(words)
            if text:
                at = max(0, self.facts.text.find(words)) + words.find(text)
                yield Spot(0, at, at + len(text), text, None, "<dateline>", None)

    def _find(self, number: int) -> Iterator[Spot]:
        tree = self.facts.cast.trees[number]
        taken: set[int] = set()
        for lead in tree.words:
            for head in self._nouns_behind(tree, lead):
                spot = self._spot(number, tree, head, lead)
                if spot is not None and spot.start not in taken:
                    taken.add(spot.start)
                    yield spot
        heads = {w.number for w in tree.words if any(w.start == start for start in taken)}
        for head in tree.words:
            if head.is_noun and head.relation in ("dobj", "nsubjpass") and head.number not in heads:
                up = tree.head(head)
                if up is not None and _REACHED.fullmatch(up.low):
                    spot = self._spot(number, tree, head, None)
                    if spot is not None and spot.start not in taken:
                        taken.add(spot.start)
                        yield spot
        yield from self._named(number, tree, taken)

    def _nouns_behind(self, tree: Tree, lead: Word) -> Iterator[Word]:
        """The nouns that a preposition of place stands before."""
        if lead.low not in _LEADS or lead.relation == "prt":
            return
        if lead.low == "of":
            before = tree.words[lead.number - 1].low if lead.number else ""
            if before not in ("out", "outside", "inside", "front"):
                return
        for head in tree.children(lead, "pobj"):
            yield head
            yield from tree.children(head, "conj")

    def _spot(self, number: int, tree: Tree, head: Word, lead: Word | None) -> Spot | None:
        if head.name in _TIMES or not head.is_noun:
            return None
        start, end = phrase(tree, head)
        link = tree.head(lead) if lead is not None else tree.head(head)
        while link is not None and link.relation == "prep" and link.tag in ("IN", "TO", "RB", "RP"):
            link = tree.head(link)  # "back in", "out of"
        text = self.facts.text
        name = lead.low if lead is not None else "<object>"
        return Spot(number, start, end, text[start:end], head, name, link)

    def _named(self, number: int, tree: Tree, taken: set[int]) -> Iterator[Spot]:
        """What the gazetteer knows and no preposition led to."""
        covered = [(s, e) for s, e in (phrase(tree, w) for w in tree.words if w.relation == "pobj" and w.is_noun)]
        for mention in self.facts.places_in(number):
            if any(a <= mention.start < b for a, b in covered if a in taken) or mention.start in taken:
                continue
            head = tree.at(mention.start, mention.end)
            link = tree.head(head) if head is not None else None
            yield Spot(number, mention.start, mention.end, mention.text, head, "<named>", link)


def phrase(tree: Tree, head: Word) -> tuple[int, int]:
    """Where the phrase of a noun begins and ends: from its first word to the last of the places that it is in or of;
    without clauses that describe it."""
    first = head.number
    while first > 0 and _is_left_part(tree, tree.words[first - 1], head, first):
        first -= 1
    while tree.words[first].relation == "punct" or tree.words[first].low in ("'s", "’s"):
        first += 1
    return tree.words[first].start, tree.words[_last(tree, head)].end


def _is_left_part(tree: Tree, word: Word, head: Word, first: int) -> bool:
    up: Word | None = word
    for _ in range(6):
        if up is None or (up.relation not in _LEFT_OF_HEAD and up.relation not in ("conj", "cc")):
            return False
        up = tree.head(up)
        if up is not None and up.number == head.number:
            return True
    return False


def _last(tree: Tree, head: Word) -> int:
    last = head.number
    while last + 2 < len(tree.words):
        following = tree.words[last + 1]
        if following.low in _INNER:
            inner = next((w for w in tree.children(following, "pobj") if w.number > last), None)
            hangs = following.low == "of" or (following.head >= head.number and following.head <= last)
            if inner is None or not hangs or not inner.is_noun:
                break
            further = _last(tree, inner)
            if any(w.name in _TIMES for w in tree.words[last + 2 : further + 1]):
                break  # "at 7 this morning"
            last = further
        elif following.low in ("'s", "’s") and tree.words[last].text[0].isupper() and not _owns(tree, last):
            last += 1  # "a club in St James's"
        elif following.low == "," and _is_wider(tree, tree.words[last + 2], head.number, last):
            last = _end_of_name(tree, last + 2)
        elif following.relation == "compound" or following.tag == "CD":
            if following.head > last or following.head < head.number:
                break
            last += 1  # "room 2.14"
        else:
            break
    return last


def _owns(tree: Tree, at: int) -> bool:
    """Whether the possessive behind a word has something behind it that is owned."""
    following = tree.words[at + 2 : at + 3]
    return bool(following) and (following[0].is_noun or following[0].tag in ("JJ", "CD", "VBN", "RB"))


def _is_wider(tree: Tree, word: Word, first: int, last: int) -> bool:
    """ "Danang, Vietnam"."""
    end = tree.words[_end_of_name(tree, word.number)]
    return word.name == "GPE" and end.relation in ("appos", "npadvmod", "nmod", "dep") and first <= end.head <= last


def _end_of_name(tree: Tree, at: int) -> int:
    while at + 1 < len(tree.words) and tree.words[at].relation == "compound" and tree.words[at].head > at:
        at += 1
    return at


def _town(words: str) -> str:
    """The town of a dateline that the gazetteer doesn't know: its first words, in capitals."""
    hit = re.match(r"[A-ZÀ-Ý][A-ZÀ-Ý.'’ -]{2,}(?=[,(—–/-]|$)", words.strip())
    return hit.group().strip() if hit else ""
