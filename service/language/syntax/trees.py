"""The grammar of a sentence: each word's part of speech, the kind of name it belongs to, its head and its relation to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark at ``[start, end)`` of the text. ``tag``: Penn Treebank; ``name``: PER, ORG, GPE, NORP, LOC, FAC, DATE,
    TIME, EVT or O; ``head``: number of the word it depends on, -1 for the root; ``relation``: ClearNLP's labels."""

    number: int
    text: str
    low: str
    start: int
    end: int
    tag: str
    name: str
    head: int
    relation: str

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb; auxiliaries too."""
        return self.tag.startswith("V")

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun or name."""
        return self.tag.startswith("N")


class Tree:
    """The words of one sentence with their dependencies."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)

    @cached_property
    def _children(self) -> list[list[Word]]:
        found: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                found[word.head].append(word)
        return found

    def children(self, word: Word, *relations: str) -> list[Word]:
        """The words that depend on ``word``, in order; of these relations, where any are given."""
        found = self._children[word.number]
        return [w for w in found if w.relation in relations] if relations else found

    def head(self, word: Word) -> Word | None:
        """The word that it depends on."""
        return self.words[word.head] if word.head >= 0 else None

    def above(self, word: Word) -> Iterator[Word]:
        """Its head, the head of that, and so on up to the root."""
        seen = 0
        while (up := self.head(word)) is not None and seen < len(self.words):
            yield up
            word, seen = up, seen + 1

    def at(self, start: int, end: int) -> Word | None:
        """The head of the phrase at ``[start, end)`` of the text: the first word of it whose own head stands outside."""
        inside = [w for w in self.words if start <= w.start < end]
        numbers = {w.number for w in inside}
        return next((w for w in inside if w.head not in numbers), None)
