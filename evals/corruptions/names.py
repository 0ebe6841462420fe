"""Who and where: names, speakers, doers, places, offices, pronouns."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from itertools import pairwise

from evals.corruptions.making import Corruption, Maker, outside_quotes, replaced
from evals.corruptions.words import DAYS, FOREIGN_PEOPLE, FOREIGN_PLACES, FUNCTION_CAPITALS, MONTHS, REPORTING, ROLES
from service.language.words import is_word, lemma, lexicon, likeness

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


def names_of(statement: str, article: str) -> list[tuple[int, int]]:
    """Places of names in a statement (longest first): names of the article that stand there."""
    places: list[tuple[int, int]] = []
    for name in sorted({*names_in(article), *names_in(statement)}, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", statement):
            a, b = match.span()
            if outside_quotes(statement, a) and not any(a < y and x < b for x, y in places):
                places.append((a, b))
    return sorted(places)


def _alike(a: str, b: str) -> bool:
    """Whether two names share a word: one may be short for the other."""
    mine, other = ({w[:5].lower() for w in n.split()} for n in (a, b))
    return bool(mine & other)


def _name_foreign(statement: str, article: str, rng: random.Random) -> Corruption | None:
    places = names_of(statement, article)
    if not places:
        return None
    a, b = rng.choice(places)
    new = rng.choice(FOREIGN_PEOPLE)
    return replaced(statement, a, b, new if " " in statement[a:b] else new.split()[1], "name_foreign")


def _name_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    places = names_of(statement, article)
    rng.shuffle(places)
    for a, b in places:
        old = statement[a:b]
        others = [n for n in names_in(article) if not _alike(n, old) and n not in statement and len(n.split()) <= 3]
        if others:
            return replaced(statement, a, b, rng.choice(others), "name_swapped")
    return None


def _speaker_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    cue = "|".join(REPORTING)
    for a, b in names_of(statement, article):
        after, before = statement[b : b + 12], statement[max(0, a - 12) : a]
        if re.match(rf"\s(?:also\s)?(?:{cue})\b", after) or re.search(rf"\b(?:{cue}|to|by)\s$", before):
            old = statement[a:b]
            others = [n for n in names_in(article) if not _alike(n, old) and len(n.split()) <= 3 and n not in statement]
            if others and re.match(rf"\s(?:also\s)?(?:{cue})\b", after):
                return replaced(statement, a, b, rng.choice(others), "speaker_swapped")
    return None


def _agent_object(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """Two names of one statement change places, round a verb that has a direction."""
    places = names_of(statement, article)
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


def _place_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = list(re.finditer(r"\b(?:in|at|from|near|to)\s+([A-Z]\w+(?:\s[A-Z]\w+)*)", statement))
    found = [m for m in found if m[1] not in (*DAYS, *MONTHS) and outside_quotes(statement, m.start(1))]
    if not found:
        return None
    match = rng.choice(found)
    return replaced(statement, *match.span(1), rng.choice(FOREIGN_PLACES), "place_changed")


def _role_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    roles = "|".join(sorted(ROLES, key=len, reverse=True))
    found = list(re.finditer(rf"\b(?:{roles})\b", statement, re.IGNORECASE))
    found = [m for m in found if outside_quotes(statement, m.start())]
    if not found:
        return None
    match = rng.choice(found)
    low = article.lower()
    others = [r for r in ROLES if r not in low and likeness(r, match.group().lower()) < 0.5]
    return replaced(statement, *match.span(), rng.choice(others), "role_swapped") if others else None


def _pronoun(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A name gives way to a pronoun: whom it means is lost (for training; alone such a statement need not be false)."""
    places = names_of(statement, article)
    if not places:
        return None
    a, b = places[0]
    if a > 4:
        return None
    return replaced(statement, 0, b, rng.choice(("He", "She", "They", "It")), "pronoun")


MAKERS: dict[str, Maker] = {
    "name_foreign": _name_foreign,
    "name_swapped": _name_swapped,
    "speaker_swapped": _speaker_swapped,
    "agent_object": _agent_object,
    "place_changed": _place_changed,
    "role_swapped": _role_swapped,
    "pronoun": _pronoun,
}
