"""What the stages know of English words: lemmas, shared senses, antonyms and derivations.

The carried lexicon (lexicon.txt.xz) is derived from WordNet 3.0 by evals/training/lexicon.py; lexicon.LICENSE is its
notice. Everything here takes lower-case words.
"""

from __future__ import annotations

import gzip
import lzma
import math
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from operator import mul

Senses = dict[str, tuple[int, ...]]

#: Function words: they carry no content of their own.
FUNCTION = frozenset(
    """a an the this that these those some any each every either neither such what which who whom whose when where why how
    i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself it its
    itself they them their theirs themselves one ones and or but nor so yet for if then than as at by from in into of off on
    onto out over to up with without within upon about against between through during before after above below under again
    further once here there all both few more most other own same too very just also only even still while because until
    although though since unless whether is am are was were be been being do does did doing done have has had having will
    would shall should can could may might must ought not no n't 's 're 've 'd 'll 'm s t per via amid among around along
    across behind beside besides beyond despite down inside near outside past toward towards like unlike however therefore
    according thus hence meanwhile get gets got getting ca wo ai 'em""".split()
)

#: Suffix rules of WordNet's morphy, by part of speech.
_SUFFIXES = {
    "n": "s: ses:s xes:x zes:z ches:ch shes:sh men:man ies:y",
    "v": "s: ies:y es:e es: ed:e ed: ing:e ing: ied:y",
    "a": "er: est: er:e est:e ier:y iest:y",
}

_RULES = {pos: tuple(tuple(rule.split(":")) for rule in rules.split()) for pos, rules in _SUFFIXES.items()}


class Lexicon:
    """The carried lexicon, read once."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.senses: Senses = {}
        self.pos: dict[str, str] = {}
        self.known: set[str] = set()
        self.hypernyms: dict[int, tuple[int, ...]] = {}
        self.irregular: dict[str, str] = {}
        self.opposite: dict[str, set[str]] = {}
        self.derived: dict[str, set[str]] = {}
        new = above = 0
        for line in lines:
            kind, *rest = line.split()
            if kind == "W":
                ids: list[int] = []
                for part in rest[1:]:
                    for written in part[1:].split(","):
                        ids.append(new if written == "+" else int(written))
                        new += written == "+"
                self.senses[rest[0]] = tuple(ids)
                self.pos[rest[0]] = "".join(part[0] for part in rest[1:])
            elif kind == "H":
                if rest:
                    self.hypernyms[above] = tuple(map(int, rest))
                above += 1
            elif kind == "V":
                self.known.add(rest[0])
            elif kind == "I":
                self.irregular.setdefault(rest[0], rest[1])
            else:
                self._pair(self.opposite if kind == "A" else self.derived, rest[0], rest[1])
        self.known |= self.senses.keys()
        for line in _read("opposites.txt").splitlines():
            if line.startswith("#"):
                continue
            head, *others = line.split()
            for other in others:
                self._pair(self.opposite, head, other)

    @staticmethod
    def _pair(table: dict[str, set[str]], a: str, b: str) -> None:
        table.setdefault(a, set()).add(b)
        table.setdefault(b, set()).add(a)


def _read(name: str) -> str:
    """The text of a data file beside this module."""
    return resources.files("service.language").joinpath(name).read_text("utf-8")


@cache
def lexicon() -> Lexicon:
    """The lexicon, loaded on first use (about 0.1 s)."""
    packed = resources.files("service.language").joinpath("lexicon.txt.xz").read_bytes()
    return Lexicon(iter(lzma.decompress(packed).decode("utf-8").splitlines()))


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of a lower-case word, by WordNet's morphy rules; the word itself where none fits. Verbs go
    first ("said" → "say"), as they vary most."""
    lex = lexicon()
    if word in FUNCTION or len(word) < 3:
        return word
    if word in lex.irregular:
        return lex.irregular[word]
    for pos in "vna":
        if pos in lex.pos.get(word, "") and not (pos == "n" and word.endswith("s") and not word.endswith("ss")):
            return word
        for suffix, instead in _RULES[pos]:
            if word.endswith(suffix):
                form = word[: len(word) - len(suffix)] + instead
                if pos in lex.pos.get(form, ""):
                    return form
                if suffix in {"ed", "ing"} and len(form) > 3 and form[-1] == form[-2] and pos in lex.pos.get(form[:-1], ""):
                    return form[:-1]
    if word not in lex.known and word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=50_000)
def relatives(word: str) -> frozenset[str]:
    """The lemma's derivations ("invade" → "invasion", "invader") and what spelling alone shares with it."""
    lex = lexicon()
    near = set(lex.derived.get(word, ()))
    for other in tuple(near):
        near |= lex.derived.get(other, set())
    near.discard(word)
    return frozenset(near)


@lru_cache(maxsize=50_000)
def opposites(word: str) -> frozenset[str]:
    """The lemma's antonyms."""
    return frozenset(lexicon().opposite.get(word, ()))


@lru_cache(maxsize=50_000)
def senses(word: str) -> frozenset[int]:
    """Numbers of the lemma's senses."""
    return frozenset(lexicon().senses.get(word, ()))


@lru_cache(maxsize=50_000)
def broader(word: str) -> frozenset[int]:
    """Numbers of the senses right above the lemma's own."""
    hypernyms = lexicon().hypernyms
    return frozenset(h for sense in lexicon().senses.get(word, ()) for h in hypernyms.get(sense, ()))


@lru_cache(maxsize=200_000)
def likeness(a: str, b: str) -> float:
    """How far lemma ``a`` may stand for lemma ``b``, in 0..1: 1 the same, .9 a derivation, .8 a shared sense, .6 one
    the broader term of the other, .35 two kinds of one thing, 0 strangers; an antonym is 0 too."""
    if a == b:
        return 1.0
    if b in opposites(a):
        return 0.0
    if b in relatives(a):
        return 0.9
    mine, other = senses(a), senses(b)
    if not mine or not other:
        return 0.9 if _spelt_alike(a, b) else 0.0
    if mine & other:
        return 0.8
    above_a, above_b = broader(a), broader(b)
    if mine & above_b or other & above_a:
        return 0.6
    if any(senses(r) & other for r in relatives(a)):
        return 0.6
    if above_a & above_b:
        return 0.35
    return 0.0


def _spelt_alike(a: str, b: str) -> bool:
    """Two words that the lexicon does not know and that share a long beginning ("Ukraine", "Ukrainian")."""
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= 5 and shared >= 0.6 * max(len(a), len(b))


def is_word(word: str) -> bool:
    """Whether the lexicon knows the lower-case word, or a form of it, as English."""
    return word in FUNCTION or word in lexicon().known or lemma(word) in lexicon().known


@cache
def articles_with() -> tuple[int, dict[str, int]]:
    """How many articles were counted, and how many of them have each lemma (evals/training/rarity.py)."""
    packed = resources.files("service.language").joinpath("rarity.txt.gz").read_bytes()
    total, *lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return int(total), {word: int(count) for word, count in (line.split() for line in lines)}


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """How telling a lemma is: its inverse document frequency in news, 0.01 ("the") to 6.3 (hardly ever seen); 4.5 for a
    number, whose own value tells little of how common it is."""
    if word.startswith("#"):
        return 4.5
    total, counts = articles_with()
    return math.log((total + 1) / (counts.get(word, 1.5) + 0.5))


@lru_cache(maxsize=20_000)
def _above(word: str) -> dict[int, int]:
    """Every sense above the lemma's three commonest ones, with the steps up to it."""
    hypernyms = lexicon().hypernyms
    steps: dict[int, int] = {}
    level = set(lexicon().senses.get(word, ())[:3])
    distance = 0
    while level and distance < 8:
        for sense in level:
            steps.setdefault(sense, distance)
        level = {up for sense in level for up in hypernyms.get(sense, ()) if up not in steps}
        distance += 1
    return steps


@lru_cache(maxsize=20_000)
def is_kind_of(word: str, *terms: str) -> bool:
    """Whether one of the lemma's three commonest senses stands for a kind of what a term means in its first two ("lunch"
    is a kind of "meal")."""
    above = _above(word)
    return any(sense in above for term in terms for sense in lexicon().senses.get(term, ())[:2])


@lru_cache(maxsize=50_000)
def kinds(word: str) -> frozenset[int]:
    """Numbers of every sense above the lemma's three commonest ones, and these: what sort of thing or deed it may be."""
    return frozenset(_above(word))


@lru_cache(maxsize=50_000)
def _depth(sense: int) -> int:
    """How many steps there are above a sense (up to 20; some verbs stand above each other in a ring)."""
    hypernyms = lexicon().hypernyms
    level, seen, depth = {sense}, {sense}, 0
    while depth < 20:
        if any(s not in hypernyms for s in level):
            return depth
        level = {up for s in level for up in hypernyms[s]} - seen
        if not level:
            return depth
        seen |= level
        depth += 1
    return depth


@lru_cache(maxsize=200_000)
def kinship(a: str, b: str) -> float:
    """How near two lemmas are in the tree of terms, in 0..1 (Wu and Palmer's measure: twice the depth of the nearest
    common term, over both depths)."""
    if a == b:
        return 1.0
    mine, other = _above(a), _above(b)
    if len(other) < len(mine):
        mine, other = other, mine
    best = 0.0
    for sense, up in mine.items():
        if sense in other:
            depth = _depth(sense) + 1
            best = max(best, 2 * depth / (2 * depth + up + other[sense]) if depth > 1 else 0.0)
    return best


def number_rarity(word: str) -> float:
    """How rare a number ("#15", as verification writes it) is in news, 0.01 to 6.3."""
    total, counts = articles_with()
    return math.log((total + 1) / (counts.get(word, 1.0) + 0.5))


@cache
def _vectors() -> tuple[dict[str, int], bytes]:
    """The table of relatedness: the place of each word, and the vectors, one component of all words after the other."""
    packed = lzma.decompress(resources.files("service.language").joinpath("related.bin.xz").read_bytes())
    line, _, table = packed.partition(b"\n")
    return {word: i for i, word in enumerate(line.decode("utf-8").split(" "))}, table


@lru_cache(maxsize=20_000)
def vector(word: str) -> tuple[int, ...] | None:
    """A lemma's vector in the carried table (length 127), or None where it has none."""
    places, table = _vectors()
    place = places.get(word)
    if place is None:
        return None
    return tuple(b - 256 if b > 127 else b for b in table[place :: len(places)])


@lru_cache(maxsize=400_000)
def relatedness(a: str, b: str) -> float | None:
    """How much two lemmas are at home in the same texts, -1..1 (the cosine of their vectors); None where either is not
    in the table. Opposites are related as well as synonyms: this tells the subject, not the meaning."""
    mine, other = vector(a), vector(b)
    if mine is None or other is None:
        return None
    return float(sum(map(mul, mine, other))) / 16129
