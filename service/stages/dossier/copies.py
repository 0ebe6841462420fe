"""Which articles are copies of one text: the same agency report, lightly edited. Copies corroborate nothing.

Every text is reduced to the smallest hashes of its five-word shingles (a bottom-k sketch); texts that share some of these
are compared by all shingles. So the work grows with the number of texts, and with pairs only where they are alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_SKETCH = 48
#: Share of the smaller text's shingles that the other has too. Independent reports of one event share under .1 (quotations);
#: edited agency copies .4 and more.
_COPY = 0.35
#: A hash that so many texts have is boilerplate.
_COMMON = 60


def copy_groups(texts: Sequence[str]) -> list[int]:
    """For every text the number of its group; texts with the same number are copies of one another."""
    shingles = [_shingles(text) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    groups = list(range(len(texts)))
    for number, mine in enumerate(shingles):
        shared: dict[int, int] = defaultdict(int)
        for value in sorted(mine)[:_SKETCH]:
            for other in holders[value][:_COMMON]:
                shared[other] += 1
            holders[value].append(number)
        for other in sorted(shared):
            if _root(groups, other) == _root(groups, number):
                continue
            smaller = min(len(mine), len(shingles[other]))
            if smaller and len(mine & shingles[other]) >= _COPY * smaller:
                groups[_root(groups, number)] = _root(groups, other)
    return [_root(groups, number) for number in range(len(texts))]


def _root(groups: list[int], number: int) -> int:
    while groups[number] != number:
        groups[number] = groups[groups[number]]
        number = groups[number]
    return number


def _shingles(text: str) -> set[int]:
    words = _WORD.findall(text.lower())
    if len(words) < _SHINGLE:
        words = [*words, *[""] * (_SHINGLE - len(words))]
    return {
        int.from_bytes(blake2b(" ".join(words[i : i + _SHINGLE]).encode("utf-8", "replace"), digest_size=8).digest(), "big")
        for i in range(len(words) - _SHINGLE + 1)
    }
