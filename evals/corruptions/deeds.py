"""What was done: verbs, an added circumstance, a statement that nobody wrote."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from evals.corruptions.making import Corruption, Maker, outside_quotes, replaced
from evals.corruptions.names import names_in
from evals.corruptions.words import ADDED, FOREIGN_PEOPLE, FOREIGN_PLACES, INVENTED
from service.language.words import lemma, lexicon, likeness


def _verb_swapped(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A verb becomes another verb of the article, in the same form."""
    found = [(a, b) for a, b in _verbs(statement) if outside_quotes(statement, a)]
    theirs = sorted({article[a:b] for a, b in _verbs(article)})
    rng.shuffle(found)
    for a, b in found:
        old = statement[a:b]
        others = [w for w in theirs if w[-2:] == old[-2:] and likeness(lemma(w), lemma(old)) == 0 and w not in statement]
        if others:
            return replaced(statement, a, b, rng.choice(others), "verb_swapped")
    return None


_VERBS = (
    "abandoned painted swallowed translated borrowed measured inherited repaired smuggled plagiarised auctioned memorised "
    "abandoning painting swallowing translating borrowing measuring inheriting repairing smuggling "
    "abandon paint swallow translate borrow measure inherit repair smuggle"
).split()


def _verb_foreign(statement: str, article: str, rng: random.Random) -> Corruption | None:
    found = [(a, b) for a, b in _verbs(statement) if outside_quotes(statement, a)]
    if not found:
        return None
    a, b = rng.choice(found)
    old = statement[a:b]
    form = "ing" if old.endswith("ing") else "ed" if old != lemma(old) and not old.endswith("s") else ""
    others = [w for w in _VERBS if w not in article and (w.endswith(form) if form else w == lemma(w))]
    return replaced(statement, a, b, rng.choice(others), "verb_foreign")


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


def _circumstance_added(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """Something invented is hung on the end."""
    body = statement.rstrip()
    end = body[-1] if body[-1:] in ".!?" else ""
    if body.endswith(('"', "”")) or len(body.split()) < 4:
        return None
    new = rng.choice(ADDED).format(place=rng.choice(FOREIGN_PLACES), person=rng.choice(FOREIGN_PEOPLE))
    stem = body[: len(body) - len(end)]
    return Corruption("circumstance_added", stem + new + (end or "."), ((len(stem) + 1, len(stem) + len(new)),))


def _invented(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """The statement gives way to one about the same people that nobody wrote."""
    names: Sequence[str] = [n for n in names_in(article) if n in statement] or names_in(article)[:3]
    if not names:
        return None
    text = rng.choice(INVENTED).format(name=rng.choice(list(names)))
    return Corruption("invented", text, ((0, len(text)),))


MAKERS: dict[str, Maker] = {
    "verb_swapped": _verb_swapped,
    "verb_foreign": _verb_foreign,
    "circumstance_added": _circumstance_added,
    "invented": _invented,
}
