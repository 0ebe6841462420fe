"""True statements made false, one way at a time: what verification must notice.

``corrupt(statement, article, kind, seed)`` gives the same answer for the same arguments, or None where the statement
offers nothing for that kind to work on. Each corruption says where in the new statement it changed something.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from evals.corruption_words import (
    ADDED,
    AUXILIARIES,
    DAYS,
    EXTREMES,
    FOREIGN_PEOPLE,
    FOREIGN_PLACES,
    FUNCTION_CAPITALS,
    HARDER,
    INVENTED,
    MONTHS,
    ORDER,
    QUANTITIES,
    REPORTING,
    ROLES,
    UNITS,
)
from service.language.words import is_word, lemma, lexicon, likeness, opposites


@dataclass(frozen=True, slots=True)
class Corruption:
    """A false statement. ``edits``: what was put in or changed, as places in ``text``."""

    kind: str
    text: str
    edits: tuple[tuple[int, int], ...]


Maker = Callable[[str, str, random.Random], Corruption | None]
_MAKERS: dict[str, Maker] = {}


def _kind(name: str) -> Callable[[Maker], Maker]:
    def register(maker: Maker) -> Maker:
        _MAKERS[name] = maker
        return maker

    return register


def kinds() -> tuple[str, ...]:
    """The names of all kinds, in a fixed order."""
    return tuple(_MAKERS)


def corrupt(statement: str, article: str, kind: str, seed: int) -> Corruption | None:
    """``statement`` made false in one way, or None where it offers nothing to change. Raises KeyError for a kind that is
    not there."""
    made = _MAKERS[kind](statement, article, random.Random(f"{seed}:{kind}:{statement}"))
    return made if made is not None and made.text != statement else None


def _replace(statement: str, start: int, end: int, new: str, kind: str) -> Corruption:
    if start == 0 and new[:1].islower() and statement[:1].isupper():
        new = new[0].upper() + new[1:]
    return Corruption(kind, statement[:start] + new + statement[end:], ((start, start + len(new)),))


def _outside_quotes(statement: str, start: int) -> bool:
    """Whether a place is outside double quotation marks (a change inside is the kind ``quotation_word``)."""
    return len(re.findall(r"[\"“”]", statement[:start])) % 2 == 0


def _choose(statement: str, table: dict[str, str], rng: random.Random, kind: str) -> Corruption | None:
    """Replace one of the words of ``table`` by its counterpart."""
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(map(re.escape, sorted(table, key=len, reverse=True))) + r")(?!\w)", re.IGNORECASE
    )
    found = [m for m in pattern.finditer(statement) if _outside_quotes(statement, m.start())]
    if not found:
        return None
    match = rng.choice(found)
    return _replace(statement, *match.span(), table[match.group().lower()], kind)


_NAME = re.compile(r"(?<![\w.])[A-Z][\w'’-]*[a-z][\w'’-]*(?:\s+[A-Z][\w-]*[a-z][\w-]*)*")


@lru_cache(maxsize=512)
def names_in(text: str) -> tuple[str, ...]:
    """Runs of capitalised words that are names: inside a sentence, or of words English does not have."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        words = match.group().split()
        while words and (words[0] in FUNCTION_CAPITALS or words[0] in DAYS or words[0] in MONTHS):
            words = words[1:]
        first = re.search(r"(?:^|[.!?\"“”'‘\n:]\s*)$", text[: match.start()]) is not None
        if not words or (first and len(words) == 1 and is_word(words[0].lower())):
            continue
        name = re.sub(r"['’]s?$", "", " ".join(words))
        if len(name) > 2:
            found[name] = None
    return tuple(found)


def _names_of(statement: str, article: str) -> list[tuple[int, int]]:
    """Places of names in a statement (longest first): names of the article that stand there."""
    places: list[tuple[int, int]] = []
    for name in sorted({*names_in(article), *names_in(statement)}, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", statement):
            a, b = match.span()
            if _outside_quotes(statement, a) and not any(a < y and x < b for x, y in places):
                places.append((a, b))
    return sorted(places)


def _alike(a: str, b: str) -> bool:
    """Whether two names share a word: one may be short for the other."""
    mine, other = ({w[:5].lower() for w in n.split()} for n in (a, b))
    return bool(mine & other)


@_kind("name_foreign")
def _name_foreign(statement: str, article: str, rng: random.Random) -> Corruption | None:
    places = _names_of(statement, article)
    if not places:
        return None
    a, b = rng.choice(places)
    new = rng.choice(FOREIGN_PEOPLE)
    return _replace(statement, a, b, new if " " in statement[a:b] else new.split()[1], "name_foreign")


@_kind("name_swapped")
def _name_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    places = _names_of(statement, article)
    rng.shuffle(places)
    for a, b in places:
        old = statement[a:b]
        others = [n for n in names_in(article) if not _alike(n, old) and n not in statement and len(n.split()) <= 3]
        if others:
            return _replace(statement, a, b, rng.choice(others), "name_swapped")
    return None


@_kind("speaker_swapped")
def _speaker_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    cue = "|".join(REPORTING)
    for a, b in _names_of(statement, article):
        after, before = statement[b : b + 12], statement[max(0, a - 12) : a]
        if re.match(rf"\s(?:also\s)?(?:{cue})\b", after) or re.search(rf"\b(?:{cue}|to|by)\s$", before):
            old = statement[a:b]
            others = [n for n in names_in(article) if not _alike(n, old) and len(n.split()) <= 3 and n not in statement]
            if others and re.match(rf"\s(?:also\s)?(?:{cue})\b", after):
                return _replace(statement, a, b, rng.choice(others), "speaker_swapped")
    return None


@_kind("agent_object")
def _agent_object(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """Two names of one statement change places, round a verb that has a direction."""
    places = _names_of(statement, article)
    for (a, b), (c, d) in pairwise(places):
        between = statement[b:c]
        one, two = statement[a:b], statement[c:d]
        words = re.findall(r"[a-z]+", between)
        mutual = {"and", "met", "meet", "meets", "with", "or", "between", "married", "alongside"}
        verb = any("v" in lexicon().pos.get(lemma(w), "") and len(w) > 3 for w in words)
        if verb and len(words) <= 6 and not mutual & set(words) and "," not in between and not _alike(one, two):
            text = statement[:a] + two + between + one + statement[d:]
            shift = a + len(two) + len(between)
            return Corruption("agent_object", text, ((a, a + len(two)), (shift, shift + len(one))))
    return None


@_kind("place_changed")
def _place_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = list(re.finditer(r"\b(?:in|at|from|near|to)\s+([A-Z]\w+(?:\s[A-Z]\w+)*)", statement))
    found = [m for m in found if m[1] not in (*DAYS, *MONTHS) and _outside_quotes(statement, m.start(1))]
    if not found:
        return None
    match = rng.choice(found)
    return _replace(statement, *match.span(1), rng.choice(FOREIGN_PLACES), "place_changed")


@_kind("role_swapped")
def _role_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    roles = "|".join(sorted(ROLES, key=len, reverse=True))
    found = list(re.finditer(rf"\b(?:{roles})\b", statement, re.IGNORECASE))
    found = [m for m in found if _outside_quotes(statement, m.start())]
    if not found:
        return None
    match = rng.choice(found)
    low = article.lower()
    others = [r for r in ROLES if r not in low and likeness(r, match.group().lower()) < 0.5]
    return _replace(statement, *match.span(), rng.choice(others), "role_swapped") if others else None


_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d,.]*\d)")
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred".split()
)


@_kind("number_changed")
def _number_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = [m for m in _FIGURE.finditer(statement) if _outside_quotes(statement, m.start())]
    words = [
        m
        for m in re.finditer(r"\b(?:" + "|".join(_NUMBER_WORDS) + r")\b", statement)
        if _outside_quotes(statement, m.start())
    ]
    if not found and not words:
        return None
    match = rng.choice(found + words)
    if match in words:
        others = [w for w in _NUMBER_WORDS[:-1] if w not in article.lower() and w != match.group()]
        return _replace(statement, *match.span(), rng.choice(others), "number_changed") if others else None
    old = match.group()
    value = float(old.replace(",", ""))
    for _ in range(20):
        new_value = value + rng.choice((-1, 1)) * max(1.0, round(value * rng.uniform(0.05, 0.6)))
        if 1900 <= value <= 2100:
            new_value = value + rng.choice((-9, -7, -4, -3, 3, 4, 7, 9))
        new = f"{new_value:,.0f}" if "," in old else f"{new_value:.1f}" if "." in old else f"{new_value:.0f}"
        if new_value > 0 and not re.search(rf"(?<!\d){re.escape(new)}(?!\d)", article):
            return _replace(statement, *match.span(), new, "number_changed")
    return None


@_kind("number_swapped")
def _number_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A figure of the article that is another thing's."""
    found = [m for m in _FIGURE.finditer(statement) if _outside_quotes(statement, m.start())]
    theirs = sorted({m.group() for m in _FIGURE.finditer(article)} - {m.group() for m in found})
    if not found or not theirs:
        return None
    match = rng.choice(found)
    year = re.fullmatch(r"(?:19|20)\d\d", match.group()) is not None
    others = [n for n in theirs if (re.fullmatch(r"(?:19|20)\d\d", n) is not None) == year]
    return _replace(statement, *match.span(), rng.choice(others), "number_swapped") if others else None


@_kind("unit_changed")
def _unit_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    pattern = r"(?<=\d)(\s?)(%|[a-z]+(?: cent)?)|(?<=\b)(?:" + "|".join(_NUMBER_WORDS) + r")(\s)([a-z]+)"
    found = []
    for m in re.finditer(pattern, statement):
        group = 2 if m[2] else 4
        if m[group] in UNITS and _outside_quotes(statement, m.start()):
            found.append(m.span(group))
    if not found:
        return None
    a, b = rng.choice(found)
    return _replace(statement, a, b, UNITS[statement[a:b]], "unit_changed")


@_kind("date_changed")
def _date_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = list(re.finditer(r"\b(?:" + "|".join((*DAYS, *MONTHS)) + r")\b", statement))
    found = [m for m in found if _outside_quotes(statement, m.start()) and not (m.group() == "May" and m.start() == 0)]
    if not found:
        return None
    match = rng.choice(found)
    table = DAYS if match.group() in DAYS else MONTHS
    others = [d for d in table if d not in article and d[:3] + "." not in article]
    return _replace(statement, *match.span(), rng.choice(others), "date_changed") if others else None


@_kind("quotation_word")
def _quotation_word(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """One content word inside quotation marks becomes another."""
    found = []
    for quote in re.finditer(r"[\"“]([^\"“”]+)[\"”]", statement):
        for m in re.finditer(r"[A-Za-z]{4,}", quote[1]):
            a = quote.start(1) + m.start()
            if is_word(m.group().lower()) and m.group().islower():
                found.append((a, a + len(m.group())))
    if not found:
        return None
    a, b = rng.choice(found)
    old = statement[a:b]
    near = sorted(opposites(lemma(old))) or ["certain", "important", "difficult", "common", "serious"]
    choices = [w for w in near if w != old]
    return _replace(statement, a, b, rng.choice(choices), "quotation_word")


@_kind("negated")
def _negated(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A "not" put in, or taken away."""
    gone = re.search(r"\b(?:did not|does not|do not)\s|\bnot\s|\bnever\s", statement)
    if gone and _outside_quotes(statement, gone.start()) and rng.random() < 0.7:
        text = statement[: gone.start()] + statement[gone.end() :]
        return Corruption("negated", text, ((gone.start(), min(len(text), gone.start() + 5)),))
    found = list(re.finditer(r"\b(?:" + "|".join(AUXILIARIES) + r")\b(?!\s+not)", statement))
    found = [m for m in found if _outside_quotes(statement, m.start())]
    if not found:
        return None
    match = found[0]
    text = statement[: match.end()] + " not" + statement[match.end() :]
    return Corruption("negated", text, ((match.end() + 1, match.end() + 4),))


_PAST = re.compile(r"\b[a-z]{3,}\b")


@_kind("opposite")
def _opposite(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A content word becomes its opposite, in the same form."""
    found = []
    low = article.lower()
    for m in re.finditer(r"\b[a-z]{3,}\b", statement):
        base = lemma(m.group())
        if not _outside_quotes(statement, m.start()) or base in {"first", "last", "before", "after", "more", "most", "not"}:
            continue
        forms = [f for o in sorted(opposites(base)) if (f := _inflect(o, m.group(), base)) and f not in low]
        if forms:
            found.append((m.span(), forms))
    if not found:
        return None
    (a, b), forms = rng.choice(found)
    return _replace(statement, a, b, rng.choice(forms), "opposite")


def _inflect(word: str, like: str, base: str) -> str | None:
    """``word`` in the form that ``like`` has of ``base``; None where the rules do not know it."""
    if like == base:
        return word
    irregular = [form for form, lem in lexicon().irregular.items() if lem == word and not form.endswith(("ing", "s"))]
    if like.endswith("ing"):
        return (word[:-1] if word.endswith("e") else word) + "ing"
    if like.endswith("s"):
        return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
    if "v" in lexicon().pos.get(base, "") and "v" in lexicon().pos.get(word, ""):
        if irregular:
            return irregular[0]
        return word + "d" if word.endswith("e") else word[:-1] + "ied" if word.endswith("y") else word + "ed"
    return None


@_kind("extreme_changed")
def _extreme_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return _choose(statement, EXTREMES, rng, "extreme_changed")


@_kind("modality_hardened")
def _modality_hardened(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return _choose(statement, HARDER, rng, "modality_hardened")


@_kind("quantity_changed")
def _quantity_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return _choose(statement, QUANTITIES, rng, "quantity_changed")


@_kind("order_changed")
def _order_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return _choose(statement, ORDER, rng, "order_changed")


@_kind("source_dropped")
def _source_dropped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """ "A said that B" becomes "B"; not where what was said is in quotation marks."""
    cue = "|".join((*REPORTING, "believes", "believed", "alleged", "alleges", "suggested"))
    match = re.match(rf"(?:[A-Z][^,.\"“”]{{2,60}}?)\s(?:{cue})\s(?:that\s)?(?=[a-zA-Z])", statement)
    if not match or re.search(r"[\"“”]", statement):
        return None
    rest = statement[match.end() :]
    if (
        len(rest.split()) < 5
        or re.match(r"(?:he|she|it|they|to|the move|on|in)\b", rest)
        or rest.split()[0] in FUNCTION_CAPITALS
    ):
        return None
    text = rest[0].upper() + rest[1:]
    return Corruption("source_dropped", text, ((0, len(rest.split()[0])),))


@_kind("verb_swapped")
def _verb_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A verb becomes another verb of the article, in the same form."""
    found = [(a, b) for a, b in _verbs(statement) if _outside_quotes(statement, a)]
    theirs = sorted({article[a:b] for a, b in _verbs(article)})
    rng.shuffle(found)
    for a, b in found:
        old = statement[a:b]
        others = [w for w in theirs if w[-2:] == old[-2:] and likeness(lemma(w), lemma(old)) == 0 and w not in statement]
        if others:
            return _replace(statement, a, b, rng.choice(others), "verb_swapped")
    return None


_VERBS = (
    "abandoned painted swallowed translated borrowed measured inherited repaired smuggled plagiarised auctioned memorised "
    "abandoning painting swallowing translating borrowing measuring inheriting repairing smuggling "
    "abandon paint swallow translate borrow measure inherit repair smuggle"
).split()


@_kind("verb_foreign")
def _verb_foreign(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = [(a, b) for a, b in _verbs(statement) if _outside_quotes(statement, a)]
    if not found:
        return None
    a, b = rng.choice(found)
    old = statement[a:b]
    form = "ing" if old.endswith("ing") else "ed" if old != lemma(old) and not old.endswith("s") else ""
    others = [w for w in _VERBS if w not in article and (w.endswith(form) if form else w == lemma(w))]
    return _replace(statement, a, b, rng.choice(others), "verb_foreign")


def _verbs(text: str) -> list[tuple[int, int]]:
    """Places of words that are verbs first of all: past forms and -ing forms of known verbs, and what follows "to"."""
    found = []
    for m in re.finditer(r"\b[a-z]{4,}\b", text):
        word = m.group()
        base = lemma(word)
        formed = base != word and "v" in lexicon().pos.get(base, "") and not word.endswith("s")
        led = re.search(r"\b(?:to|will|would|could|may|might)\s$", text[: m.start()])
        if formed or (led and "v" in lexicon().pos.get(word, "")):
            found.append(m.span())
    return found


@_kind("circumstance_added")
def _circumstance_added(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """Something invented is hung on the end."""
    body = statement.rstrip()
    end = body[-1] if body[-1:] in ".!?" else ""
    if body.endswith(('"', "”")) or len(body.split()) < 4:
        return None
    new = rng.choice(ADDED).format(place=rng.choice(FOREIGN_PLACES), person=rng.choice(FOREIGN_PEOPLE))
    stem = body[: len(body) - len(end)]
    return Corruption("circumstance_added", stem + new + (end or "."), ((len(stem) + 1, len(stem) + len(new)),))


@_kind("invented")
def _invented(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """The statement gives way to one about the same people that nobody wrote."""
    names: Sequence[str] = [n for n in names_in(article) if n in statement] or names_in(article)[:3]
    if not names:
        return None
    text = rng.choice(INVENTED).format(name=rng.choice(list(names)))
    return Corruption("invented", text, ((0, len(text)),))


@_kind("pronoun")
def _pronoun(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A name gives way to a pronoun: whom it means is lost (for training; alone such a statement need not be false)."""
    places = _names_of(statement, article)
    if not places:
        return None
    a, b = places[0]
    if a > 4:
        return None
    return _replace(statement, 0, b, rng.choice(("He", "She", "They", "It")), "pronoun")


#: Kinds by which detection is counted: every one but ``pronoun``, which leaves a statement that may well be true.
COUNTED = tuple(name for name in _MAKERS if name != "pronoun")
