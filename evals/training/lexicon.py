"""Derive the carried lexicon (service/language/lexicon.txt.xz) from WordNet 3.0's files.

    python -m evals.training.lexicon /usr/share/wordnet service/language/lexicon.txt.xz

WordNet's files are those of Debian's package ``wordnet-base``. Kept are the single lower-case words that the tagged
corpus counts, or that share a sense with such a word: at most ``SENSES`` senses a word and part of speech, in WordNet's
order (the commonest first), with their hypernyms, antonyms, derivations and irregular forms. WordNet's licence lets us
do so with its notice beside the file: service/language/lexicon.LICENSE.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path

SENSES = 6
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]|[ai]")
#: WordNet's own groups of nouns that are kept even where nobody counted them: acts, artefacts, cognition, communication,
#: events, feelings, groups, people, states. Left out: animals, plants, substances, body parts and places.
_WORTH = {"04", "06", "09", "10", "11", "12", "14", "18", "26"}
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}


class _Net:
    """WordNet's files, as far as they are needed."""

    def __init__(self, folder: Path) -> None:
        self.members: dict[tuple[str, str], list[str]] = {}
        self.pointers: dict[tuple[str, str], list[tuple[str, tuple[str, str], str]]] = {}
        self.senses: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self.irregular: list[tuple[str, str]] = []
        self.counted: set[str] = set()
        self.files: dict[tuple[str, str], str] = {}
        for pos, name in _FILES.items():
            self._data(folder / f"data.{name}", pos)
            self._index(folder / f"index.{name}", pos)
            self._exceptions(folder / f"{name}.exc")

    def _data(self, path: Path, pos: str) -> None:
        for line in path.read_text("utf-8").splitlines():
            if line.startswith(" "):
                continue
            part = line.split(" | ")[0].split()
            count = int(part[3], 16)
            words = [re.sub(r"\(.*\)$", "", w) for w in part[4 : 4 + 2 * count : 2]]
            rest = part[4 + 2 * count :]
            key = (pos, part[0])
            self.members[key] = words
            self.files[key] = part[1]
            self.pointers[key] = [
                (rest[i], ("a" if rest[i + 2] == "s" else rest[i + 2], rest[i + 1]), rest[i + 3])
                for i in range(1, 1 + 4 * int(rest[0]), 4)
            ]

    def _index(self, path: Path, pos: str) -> None:
        for line in path.read_text("utf-8").splitlines():
            if line.startswith(" "):
                continue
            part = line.split()
            senses = int(part[2])
            self.senses[(part[0], pos)] = [(pos, offset) for offset in part[-senses:]]
            if int(part[-senses - 1]):  # how many of its senses the tagged corpus has
                self.counted.add(part[0])

    def _exceptions(self, path: Path) -> None:
        for line in path.read_text("utf-8").splitlines():
            form, *lemmas = line.split()
            if lemmas and _WORD.fullmatch(form) and _WORD.fullmatch(lemmas[0]):
                self.irregular.append((form, lemmas[0]))


def _kept(net: _Net) -> set[str]:
    """The words worth carrying."""
    words = {w for w in net.counted if _WORD.fullmatch(w)}
    near = set(words)
    for (word, _pos), senses in net.senses.items():
        if word in words:
            for sense in senses[:SENSES]:
                near.update(w for w in net.members[sense] if _WORD.fullmatch(w))
                for symbol, target, places in net.pointers[sense]:
                    if symbol == "!" and int(places[2:], 16):
                        near.add(net.members[target][int(places[2:], 16) - 1].lower())
    for (word, pos), senses in net.senses.items():
        if pos == "n" and _WORD.fullmatch(word) and net.files[senses[0]] in _WORTH:
            near.add(word)
    return {w for w in near if _WORD.fullmatch(w)}


def derive(folder: Path) -> list[str]:
    """The lines of the lexicon: ``W word n12,+ v7`` (senses; + is the next new number),
    ``H 3 4`` (hypernyms of sense 0, 1, …), ``A word antonym``,
    ``D word derived``, ``I form lemma``, ``V word`` (a word without senses)."""
    net = _Net(folder)
    kept = _kept(net)
    number: dict[tuple[str, str], int] = {}
    words: dict[str, list[str]] = defaultdict(list)
    for (word, pos), senses in sorted(net.senses.items()):
        if word in kept:
            ids = []
            for sense in senses[:SENSES]:
                ids.append(str(number[sense]) if sense in number else "+")
                number.setdefault(sense, len(number))
            words[word].append(pos + ",".join(ids))
    lines = [f"W {word} {' '.join(parts)}" for word, parts in sorted(words.items())]
    # The rest, without senses: still tells a word of English from a name.
    lines += [f"V {word}" for word in sorted({w for w, pos in net.senses if pos != "n" and _WORD.fullmatch(w)} - kept)]
    antonyms: set[tuple[str, str]] = set()
    derived: set[tuple[str, str]] = set()
    waiting = list(number.items())
    for sense, _ in waiting:  # grows: what is above a sense is numbered as well
        hypers = []
        for symbol, target, places in net.pointers[sense]:
            if symbol in {"@", "@i", "&"}:
                if target not in number:
                    number[target] = len(number)
                    waiting.append((target, number[target]))
                hypers.append(str(number[target]))
            source, goal = int(places[:2], 16), int(places[2:], 16)
            if symbol in {"!", "+", "\\", "<"} and source and goal:
                a, b = net.members[sense][source - 1].lower(), net.members[target][goal - 1].lower()
                if a in words and b in words and a != b:
                    (antonyms if symbol == "!" else derived).add((min(a, b), max(a, b)))
        lines.append(f"H {' '.join(hypers)}")
    lines += [f"A {a} {b}" for a, b in sorted(antonyms)]
    lines += [f"D {a} {b}" for a, b in sorted(derived)]
    lines += [f"I {form} {lemma}" for form, lemma in sorted(set(net.irregular)) if lemma in words]
    return lines


def main(folder: str, out: str) -> None:
    """Derive and write; the same input gives the same bytes."""
    data = ("\n".join(derive(Path(folder))) + "\n").encode()
    Path(out).write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
