"""Pairs of a statement and the same statement made false, from articles alone: no labels are needed.

A sentence is taken out of an article and held against what is left of it: a paraphrase that the article's own writer
made, true but not always carried. One word of it is then changed, by ``evals.corruptions`` or by a word of another
article. Which of the two is the true one is known, whatever the article says of the rest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evals.corruptions import corrupt
from evals.corruptions.making import Corruption
from evals.corruptions.names import names_in
from service.language.words import lemma, lexicon, likeness

_OWN = (
    "name_swapped", "number_changed", "number_swapped", "opposite", "verb_swapped", "agent_object", "negated",
    "date_changed", "extreme_changed", "modality_hardened", "order_changed", "quantity_changed", "pronoun",
)  # fmt: skip
_FOREIGN = ("name", "verb", "noun", "verb", "noun", "sibling", "sibling", "within")


@dataclass(frozen=True, slots=True)
class Pair:
    """A true statement, its false twin, and the article (without the statement's sentence) that both are held against;
    ``number`` says which article it was."""

    article: str
    true: str
    false: str
    edits: tuple[tuple[int, int], ...]
    kind: str
    number: int


def sentence_places(text: str) -> list[tuple[int, int]]:
    """Rough sentences, good enough to take one out."""
    return [m.span() for m in re.finditer(r"[A-Z“\"'][^.!?\n]{40,260}[.!?][\"”']?(?=\s|$)", text)]


def pairs(articles: Sequence[str], each: int, seed: int) -> Iterator[Pair]:
    """About ``each`` sentences an article, one false twin each, the same for the same arguments."""
    rng = random.Random(seed)
    for n, article in enumerate(articles):
        places = sentence_places(article)
        if len(places) < 5:
            continue
        chosen = places[:1] + rng.sample(places[1:], min(each - 1, len(places) - 1))
        for a, b in chosen:
            rest = article[:a] + article[b:]
            sentence = article[a:b]
            other = articles[(n + rng.randrange(1, len(articles))) % len(articles)]
            made = _twin(sentence, rest, other, rng)
            if made:
                yield Pair(rest, sentence, made.text, made.edits, made.kind, n)


def twins(sentence: str, article: str, others: Sequence[str], count: int, seed: int) -> list[Corruption]:
    """Up to ``count`` different false twins of a statement."""
    rng = random.Random(f"{seed}:{sentence}")
    found: dict[str, Corruption] = {}
    for _ in range(3 * count):
        made = _twin(sentence, article, rng.choice(others), rng)
        if made and len(found) < count:
            found[made.text] = made
    return list(found.values())


def _twin(sentence: str, article: str, other: str, rng: random.Random) -> Corruption | None:
    """One false twin: half of them by words of other articles, half by our own kinds."""
    for _ in range(6):
        if rng.random() < 0.5:
            made = corrupt(sentence, article, rng.choice(_OWN), rng.randrange(10**6))
        else:
            made = _foreign(sentence, article, other, rng.choice(_FOREIGN), rng)
        if made:
            return made
    return None


def _foreign(sentence: str, article: str, other: str, what: str, rng: random.Random) -> Corruption | None:
    """A name, verb or noun of another article (or a sibling in the tree of terms, or a word of this article)."""
    if what == "name":
        mine = [n for n in names_in(article) if n in sentence]
        theirs = [n for n in names_in(other) if n not in article]
        if not mine or not theirs:
            return None
        old, new = rng.choice(mine), rng.choice(theirs)
        return _put(sentence, sentence.index(old), old, new, "foreign_name")
    pos = "v" if what == "verb" else "n" if what == "noun" else rng.choice("vn")
    mine_words = _words(sentence, pos)
    if not mine_words:
        return None
    at, old = rng.choice(mine_words)
    if what == "sibling":
        siblings = [w for w in _siblings(lemma(old), pos) if w not in article]
        if not siblings:
            return None
        new = rng.choice(siblings)
        return _put(sentence, at, old, _like(new, old), "sibling")
    pool = {w for _, w in _words(other if what in {"verb", "noun"} else article, pos)}
    words = [w for w in sorted(pool) if w[-2:] == old[-2:] and likeness(lemma(w), lemma(old)) < 0.3 and w not in sentence]
    if what != "within":
        words = [w for w in words if w not in article]
    return _put(sentence, at, old, rng.choice(words), f"foreign_{what}") if words else None


def _put(sentence: str, at: int, old: str, new: str, kind: str) -> Corruption:
    return Corruption(kind, sentence[:at] + new + sentence[at + len(old) :], ((at, at + len(new)),))


def _words(text: str, pos: str) -> list[tuple[int, str]]:
    """Lower-case words of a part of speech, commonest reading first."""
    return [
        (m.start(), m.group())
        for m in re.finditer(r"\b[a-z]{4,}\b", text)
        if lexicon().pos.get(lemma(m.group()), " ").startswith(pos) or (pos == "v" and m.group().endswith(("ed", "ing")))
    ]


@cache
def _below() -> dict[int, list[str]]:
    """For each sense the words right below it, by their two commonest senses."""
    lex = lexicon()
    table: dict[int, list[str]] = {}
    for word, ids in lex.senses.items():
        for up in (up for sense in ids[:2] for up in lex.hypernyms.get(sense, ())):
            table.setdefault(up, []).append(word)
    return table


def _siblings(word: str, pos: str) -> list[str]:
    """Words right beside a word in the tree of terms."""
    lex = lexicon()
    ups = [up for sense in lex.senses.get(word, ())[:2] for up in lex.hypernyms.get(sense, ())]
    return [w for up in ups for w in _below().get(up, ()) if pos in lex.pos[w] and likeness(w, word) < 0.5]


def _like(word: str, old: str) -> str:
    """``word`` with the ending of ``old``, roughly."""
    if old.endswith("ing") and lemma(old) != old:
        return word.removesuffix("e") + "ing"
    if old.endswith("ed") and lemma(old) != old:
        return word + ("d" if word.endswith("e") else "ed")
    return word + "s" if old.endswith("s") and lemma(old) != old else word
