"""Reads the grammar of a sentence with UDPipe and a model of our own (english.udpipe; see evals/training/syntax.py)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from service.language.syntax.trees import Tree, Word

#: More words than this are a table or a list: no grammar helps there, and time grows.
LONGEST = 200
_NOT = re.compile(r"(?i)(?<=\w)n['’]t$")


@cache
def _model() -> Any:
    """The model, loaded on first use."""
    from ufal.udpipe import Model

    with resources.as_file(resources.files("service.language.syntax") / "english.udpipe") as path:
        model = Model.load(str(path))
    if model is None:
        raise RuntimeError("service/language/syntax/english.udpipe cannot be read: the installation is incomplete")
    return model


def parse(words: Sequence[tuple[str, int, int]]) -> Tree:
    """The tree of one sentence, given as (word, start, end); without words, or with more than ``LONGEST``, an empty one."""
    parts = [part for word in words for part in split(*word)]
    if not parts or len(parts) > LONGEST:
        return Tree(())
    return Tree(
        [
            Word(i, word, word.lower(), a, b, *read)
            for i, ((word, a, b), read) in enumerate(zip(parts, _analyse([w for w, _, _ in parts]), strict=True))
        ]
    )


def split(word: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """A word with its place as the parser takes it: "didn't" is two, "did" and "n't"."""
    hit = _NOT.search(word)
    if hit is None:
        return [(word, start, end)]
    cut = start + hit.start()
    return [(word[: hit.start()], start, cut), (word[hit.start() :], cut, end)]


def _analyse(words: Sequence[str]) -> list[tuple[str, str, int, str]]:
    """For each word its tag, kind of name, head (-1: the root) and relation."""
    from ufal.udpipe import Sentence

    sentence, model = Sentence(), _model()
    for word in words:
        sentence.addWord(word.replace(" ", "_"))
    model.tag(sentence, model.DEFAULT)
    model.parse(sentence, model.DEFAULT)
    return [(w.upostag, w.xpostag, w.head - 1, w.deprel) for w in list(sentence.words)[1:]]
