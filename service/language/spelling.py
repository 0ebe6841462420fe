"""Whether two spellings may be one name: transliteration, accents and particles aside; Jr and Sr never aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

_HONORIFICS = frozenset(
    """mr mrs ms miss mx dr prof sir dame lord lady rev fr hon president prime minister foreign secretary chancellor king
    queen prince princess pope archbishop bishop cardinal imam sheikh sheik rabbi gen general col colonel maj major lt
    lieutenant capt captain cmdr commander sgt admiral adm sen senator rep gov governor mayor ambassador chairman chairwoman
    ceo judge justice the""".split()
)
_PARTICLES = frozenset("de da del della di du dos van von der den ter la le el al bin ibn ben abu ul ud y e".split())
_SUFFIXES = {"jr": "jr", "junior": "jr", "jnr": "jr", "sr": "sr", "senior": "sr", "snr": "sr", "ii": "ii", "iii": "iii"}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Letters and groups that transliterations and spellings without diacritics exchange, longest first.
_FOLD = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("kh", "h"), ("zh", "z"), ("sh", "s"), ("ph", "f"), ("th", "t"),
    ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ue", "u"), ("oe", "o"), ("ae", "a"), ("iy", "i"), ("yy", "i"),
    ("ey", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ij", "i"), ("yi", "i"), ("ii", "i"), ("ck", "k"), ("ks", "x"),
    ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
#: Below this Jaro–Winkler likeness of the folded spellings two names are two (Lavrov/Lavrenko .87, Mohammed/Muhammad .88).
_LIKE = 0.88


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name taken apart, folded: ``given`` may be empty; ``suffix`` is "" or "jr", "sr", "ii" …"""

    given: tuple[str, ...]
    surname: str
    suffix: str


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A spelling with accents, doubled letters and the usual transliteration pairs levelled."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalnum())
    for group, letter in _FOLD:
        plain = plain.replace(group, letter)
    return re.sub(r"(.)\1+", r"\1", plain)


@lru_cache(maxsize=65_536)
def name_parts(name: str) -> NameParts:
    """A name taken apart: "Mr. Donald Trump Jr" → (("donald",), "trump", "jr"), each word folded."""
    words = _TOKEN.findall(name.replace("-", " "))
    suffix = ""
    kept: list[str] = []
    for number, word in enumerate(words):
        lowered = word.casefold().rstrip("'’")
        if lowered in _SUFFIXES and number:
            suffix = _SUFFIXES[lowered]
        elif lowered.endswith(("'s", "’s")):
            kept.append(lowered[:-2])
        elif lowered not in _HONORIFICS and lowered not in _PARTICLES:
            kept.append(lowered)
    if not kept:
        kept = [word.casefold() for word in words[-1:]]
    folded = [fold(word) for word in kept]
    return NameParts(tuple(folded[:-1]), folded[-1] if folded else "", suffix)


def alike(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one: equal, or close, or the same but for vowels in a longer word."""
    if one == other:
        return True
    if not one or not other or one[0] != other[0]:
        return False
    bones = [re.sub(r"(?<!^)[aeiou]", "", word) for word in (one, other)]
    close = _LIKE + (len(one) < 5) * 0.06
    return (bones[0] == bones[1] and len(bones[0]) >= 3) or JaroWinkler.similarity(one, other) >= close


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's. A bare surname fits any bearer; given names must agree as far as both are
    there (an initial fits, so does another spelling); father and Jr never fit."""
    a, b = name_parts(one), name_parts(other)
    if a.suffix != b.suffix or not alike(a.surname, b.surname):
        return False
    if not a.given or not b.given:
        return True
    first, second = a.given[0], b.given[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return alike(first, second)
