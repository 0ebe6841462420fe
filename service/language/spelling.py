"""Whether two spellings of several outlets may be one name: transliteration, accents and particles aside; Jr and Sr never.

Within one article, where one writer spells, ``names`` is stricter; short forms ("Bill") and genders come from there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from service.language.names import gender_of, parse_name, same_person

_HONORIFICS = frozenset(
    """mr mrs ms miss mx dr prof sir dame lord lady rev fr sister brother hon president prime minister foreign secretary
    chancellor king queen prince princess pope archbishop bishop cardinal metropolitan patriarch imam sheikh sheik rabbi gen
    general col colonel maj major lt lieutenant capt captain cmdr commander sgt admiral adm sen senator rep gov governor
    mayor ambassador chairman chairwoman ceo judge justice herr frau señor señora monsieur madame the""".split()
)
_PARTICLES = frozenset("de da del della di du dos van von der den ter la le el al bin ibn ben abu ul ud y e".split())
_SUFFIXES = {"jr": "jr", "junior": "jr", "jnr": "jr", "sr": "sr", "senior": "sr", "snr": "sr", "ii": "ii", "iii": "iii"}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SHAPE = re.compile(r"(?:(?:al|el|ul|ad|an|as|ash|at|ar)-)?[^\W\d_a-zß-ÿ][\w’'.-]*")
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|an|as|ash|at|ar)-", re.I)
#: Family names that stand first, as news writes them ("Xi Jinping", then "Xi").
_FIRST = frozenset(
    """xi kim moon park lee li wang zhang liu chen yang zhao wu zhou hu deng mao jiang wen zhu yoon roh tsai ma he qin lai
    nguyen tran pham vo han choi kang cho jang""".split()
)
_TITLES = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "gen": "general",
    "amb": "ambassador",
    "pm": "premier",
}
#: Letters and groups that transliterations and spellings without diacritics exchange, longest first.
_FOLD = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("kh", "h"), ("zh", "z"), ("sh", "s"), ("ph", "f"), ("th", "t"),
    ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ue", "u"), ("oe", "o"), ("ae", "a"), ("iy", "i"), ("yy", "i"),
    ("ey", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ij", "i"), ("yi", "i"), ("ii", "i"), ("ck", "k"), ("ks", "x"),
    ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
#: Letters that no decomposition takes apart.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})
#: Below this Jaro–Winkler likeness of the folded spellings two names are two (Lavrov/Lavrenko .89).
_LIKE = 0.91
#: The same where only vowels differ (Karim/Kerim .88; Jealous/Ailes .83, folded).
_BONES = 0.85
_MOHAMMED = re.compile(r"^m[ou]ham[ae]d$")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name taken apart, folded: ``given`` may be empty; ``suffix`` is "" or "jr", "sr", "ii" …; ``joined`` is the
    surname with the particles before it ("bensasi" of "Khaled Ben Sassi"). A particle that opens the name with a capital is
    taken for a given name, too: "Ben" of "Ben Carson"."""

    given: tuple[str, ...]
    surname: str
    suffix: str
    joined: str


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A spelling with accents, doubled letters and the usual transliteration pairs levelled."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN)) if c.isalnum())
    for group, letter in _FOLD:
        plain = plain.replace(group, letter)
    plain = re.sub(r"(.)\1+", r"\1", plain)
    return "mohamad" if _MOHAMMED.match(plain) else plain


def written_out(word: str) -> str:
    """A title in full: "Sen." is "senator"; any other word as it is."""
    return _TITLES.get(word.casefold().rstrip("."), word)


@lru_cache(maxsize=65_536)
def name_parts(name: str) -> NameParts:
    """A name taken apart: "Mr. Donald Trump Jr" → (("donald",), "trump", "jr"), each word folded. Arabic articles before a
    hyphen fall away ("al-Fitouri"); other hyphens join ("Müller-Haas" is one surname)."""
    words = _TOKEN.findall(name)
    suffix = ""
    kept: list[str] = []
    run: list[str] = []  # particles right before the word at hand
    joined = ""
    for number, word in enumerate(words):
        lowered = re.sub(r"['’]s?$", "", word.casefold())
        if lowered in _SUFFIXES and number:
            suffix = _SUFFIXES[lowered]
        elif lowered in _PARTICLES:
            run.append(lowered)
            if number == 0 and word[0].isupper() and len(words) > 1:
                kept.append(lowered)
        elif lowered not in _HONORIFICS:
            bare = _ARTICLE.sub("", lowered)
            kept.append(bare)
            joined = "".join([*run, bare])
            run = []
    if not kept:
        kept = [word.casefold() for word in words[-1:]]
        joined = kept[0] if kept else ""
    folded = [fold(word) for word in kept]
    return NameParts(tuple(folded[:-1]), folded[-1] if folded else "", suffix, fold(joined))


def may_be_full_name(name: str) -> bool:
    """Whether words are a person's given name and surname by their form: two to five, the first of them known as a given
    name, each with a capital, a particle or an article before a hyphen ("Mohammed el-Fituri")."""
    words = name.split()
    if not 2 <= len(words) <= 5 or is_title(name) or gender_of(words[0]) is None:
        return False
    shaped = [word.lower() in _PARTICLES or bool(_SHAPE.fullmatch(word)) for word in words]
    return all(shaped) and not any(word.isupper() and len(word) > 2 for word in words)


def is_title(name: str) -> bool:
    """Whether a "name" is nothing but titles ("the Prime Minister"), and so a role."""
    words = _TOKEN.findall(name)
    return all(word.casefold() in _HONORIFICS for word in words)


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one: equal, or close, or the same but for vowels in a longer word."""
    if one == other:
        return True
    if not one or not other or one[0] != other[0]:
        return False
    bones = [re.sub(r"(?<!^)[aeiou]", "", word) for word in (one, other)]
    close = _LIKE + (len(one) < 5) * 0.06
    likeness = JaroWinkler.similarity(one, other)
    if bones[0] == bones[1]:
        return likeness >= (_BONES if len(bones[0]) >= 3 else close)
    return likeness >= close and Levenshtein.distance(*bones) <= 1


def surname_keys(name: str) -> frozenset[str]:
    """Keys of which two spellings of one surname share one, as a rule: the first letter with the next consonant."""
    parts = name_parts(name)
    forms = [parts.surname, parts.joined]
    if parts.given:
        forms += parts.given[:1] if parts.given[0] in _FIRST or parts.suffix else []
        forms += [parts.given[-1]] if len(parts.given) > 1 else []
    return frozenset(re.sub(r"(?<!^)[aeiou]", "", form)[:2] for form in forms if form)


@lru_cache(maxsize=131_072)
def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's. A bare surname fits any bearer; given names must agree as far as both are
    there (an initial fits, so do another spelling and a usual short form); father and Jr never fit."""
    a, b = name_parts(one), name_parts(other)
    if a.suffix != b.suffix:
        return False
    if _within(a, b) or _within(b, a):
        return True
    across = _joins(a, b) or _joins(b, a)
    if not across and not alike(a.surname, b.surname):
        return False
    if not a.given or not b.given:
        return True
    whole = across or (a.joined != a.surname and alike(a.joined, b.joined))
    if whole and (a.given[0] in _PARTICLES or b.given[0] in _PARTICLES):
        return True  # "Ben Sassi" beside "Khaled Ben Sassi": no given name, but the first half of a surname
    first, second = a.given[0], b.given[0]
    if not _middles_agree(a.given[1:], b.given[1:]):
        return False
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return alike(first, second) or _short_form(one, other)


def _joins(one: NameParts, other: NameParts) -> bool:
    """Whether one writes apart what the other writes as one word ("Ben Sassi", "Bensassi")."""
    return one.joined != one.surname and alike(one.joined, other.surname)


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names can be one person's where both are there: "W." is not "H.W.", but may be "Walker"."""
    if not one or not other:
        return True
    if len(one) == len(other):
        return all(a[0] == b[0] if 1 in (len(a), len(b)) else alike(a, b) for a, b in zip(one, other, strict=True))
    short, long = sorted((one, other), key=len)
    return any(short[0] == word or (len(short[0]) == 1 and word[0] == short[0]) for word in long)


def _within(short: NameParts, long: NameParts) -> bool:
    """Whether all words of one name open or end the other ("Peña Nieto", "Mohammed bin Salman" of "… Al Saud"), or it is a
    family name that stands first ("Xi"), or a given name before Jr ("Dale Jr.")."""
    words, others = (*short.given, short.surname), (*long.given, long.surname)
    if "".join(words) == "".join(others):
        return True
    if len(words) == 1:
        return words[0] == others[0] and len(others) > 1 and (words[0] in _FIRST or bool(short.suffix))
    return len(words) < len(others) and (words == others[-len(words) :] or words == others[: len(words)])


def _short_form(one: str, other: str) -> bool:
    """Whether given names differ as "Bill" and "William" do."""
    a, b = (parse_name([w for w in _TOKEN.findall(name) if w.casefold() not in _HONORIFICS]) for name in (one, other))
    return a is not None and b is not None and same_person(a, b)
