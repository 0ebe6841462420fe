"""A statement laid beside an article: which of its words stand there, where, and which sentences carry most of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from service.language.numbers import Number
from service.language.words import is_word, rarity
from service.stages.verification.source import COMMON, Source
from service.stages.verification.tokens import CONTENT, FUNCTION_KIND, NAME, NUMBER, Token, tokenise

#: Sentences of an article that are looked at as evidence.
BEST = 6
#: A lemma's places that are looked at one by one.
PLACES = 40
#: Sentences that are looked at word by word, and places of words beyond which only those of such sentences count.
KEPT, MOST_HITS = 80, 800
#: The likeness of a small number in words that the article does not have.
SMALL = 0.6


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the statement (index ``word``) that stands at the article's token ``place``, as likeness ``like``."""

    place: int
    word: int
    like: float


@dataclass(slots=True)
class Alignment:
    """A statement beside one source. ``content`` are indices of its tokens with content; ``like`` the likeness of each
    token's best stand-in in the article (0: none); ``ranked`` the best sentences with their share of the statement's
    weight; ``hits`` in order of place; ``total`` the weight of all content."""

    source: Source
    text: str
    tokens: list[Token]
    numbers: tuple[Number, ...]
    content: list[int]
    weights: list[float]
    like: list[float]
    hits: list[Hit]
    ranked: list[tuple[int, float]]
    in_sentence: dict[int, dict[int, float]]
    total: float

    def coverage(self, sentences: Sequence[int]) -> float:
        """The share of the content's weight that these sentences carry together, 0..1."""
        best: dict[int, float] = {}
        for sentence in sentences:
            for word, like in self.in_sentence.get(sentence, {}).items():
                if like > best.get(word, 0.0):
                    best[word] = like
        return sum(self.weights[w] * x for w, x in best.items()) / self.total


def read_statement(text: str, source: Source) -> tuple[list[Token], tuple[Number, ...]]:
    """The statement's tokens, names told apart: by their capitals, or, in text that has none, by the article's names and
    by English having no such word."""
    tokens, numbers = tokenise(text)
    words = [t for t in tokens if t.kind in {CONTENT, FUNCTION_KIND}]
    capitals = sum(t.capital for t in words)
    cased = 0 < capitals < 0.7 * len(words) or (capitals > 0 and len(words) < 4)
    told: list[Token] = []
    for i, token in enumerate(tokens):
        if token.kind == CONTENT:
            unknown = not is_word(token.word)
            name = (
                token.capital and (i > 0 or token.word in source.names or unknown)
                if cased
                else token.word in source.names or unknown
            )
            if name:
                token = token._replace(kind=NAME)
        told.append(token)
    return told, numbers


def small(token: Token) -> float:
    """How far a number that the article lacks may be its own counting: "two" and "both" of people whom it names."""
    return SMALL if token.kind == NUMBER and token.word in {"one", "two", "both", "couple", "pair", "duo", "once"} else 0.0


def align(text: str, source: Source, among: Sequence[int] | None = None) -> Alignment:
    """Lay ``text`` beside ``source``; ``among``: only these sentences are ranked (those that a statement cites)."""
    tokens, numbers = read_statement(text, source)
    content = [i for i, t in enumerate(tokens) if t.kind != FUNCTION_KIND]
    weights = [rarity(t.lemma) if t.kind != FUNCTION_KIND else 0.0 for t in tokens]
    near = [source.near(t.lemma) if t.kind != FUNCTION_KIND else () for t in tokens]
    like = [n[0][1] if n else small(t) for n, t in zip(near, tokens, strict=True)]
    share: dict[int, float] = defaultdict(float)
    in_sentence: dict[int, dict[int, float]] = defaultdict(dict)
    order = sorted(content, key=lambda i: sum(len(source.postings[o]) for o, _ in near[i]))
    for i in order:
        seen: dict[int, float] = {}
        for other, x in near[i]:
            places = source.sentences_with[other]
            if len(places) > COMMON and in_sentence:
                places = frozenset(s for s in in_sentence if s in places)
            for s in places:
                if x > seen.get(s, 0.0):
                    seen[s] = x
        for s, x in seen.items():
            share[s] += weights[i] * x
            in_sentence[s][i] = x
    if len(share) > KEPT:
        # A long article: only the sentences that carry most (and the cited ones) are looked at further.
        kept = set(nlargest(KEPT, share, key=lambda s: (share[s], -s))) | set(among or ())
        in_sentence = defaultdict(dict, {s: words for s, words in in_sentence.items() if s in kept})
        share = defaultdict(float, {s: w for s, w in share.items() if s in kept})
    total = sum(weights[i] for i in content) or 1.0
    allowed = share if among is None else {s: share[s] for s in among if s in share}
    ranked = sorted(((s, w / total) for s, w in allowed.items()), key=lambda pair: (-pair[1], pair[0]))[:BEST]
    hits = _hits(source, content, near, [s for s, _ in ranked])
    if len(hits) > MOST_HITS:
        hits = [h for h in hits if source.sentence_of[h.place] in in_sentence]
    return Alignment(source, text, tokens, numbers, content, weights, like, hits, ranked, in_sentence, total)


def _hits(
    source: Source, content: Sequence[int], near: Sequence[Sequence[tuple[str, float]]], best: Sequence[int]
) -> list[Hit]:
    """Every place of every content word; of common ones those in the best sentences only."""
    found: list[Hit] = []
    for i in content:
        for other, x in near[i]:
            places = source.postings[other]
            if len(places) > PLACES:
                places = [p for s in best for p in source.within(other, s)]
            found += [Hit(p, i, x) for p in places]
    found.sort(key=lambda h: h.place)
    return found
