"""How it is said: quoted words, negation, opposites, degrees, who says so."""

from __future__ import annotations

import random
import re

from evals.corruptions.making import Corruption, Maker, counterpart, outside_quotes, replaced
from evals.corruptions.words import AUXILIARIES, EXTREMES, FUNCTION_CAPITALS, HARDER, ORDER, QUANTITIES, REPORTING
from service.language.words import is_word, lemma, lexicon, opposites


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
    return replaced(statement, a, b, rng.choice(choices), "quotation_word")


def _negated(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A "not" put in, or taken away."""
    gone = re.search(r"\b(?:did not|does not|do not)\s|\bnot\s|\bnever\s", statement)
    if gone and outside_quotes(statement, gone.start()) and rng.random() < 0.7:
        text = statement[: gone.start()] + statement[gone.end() :]
        return Corruption("negated", text, ((gone.start(), min(len(text), gone.start() + 5)),))
    found = list(re.finditer(r"\b(?:" + "|".join(AUXILIARIES) + r")\b(?!\s+not)", statement))
    found = [m for m in found if outside_quotes(statement, m.start())]
    if not found:
        return None
    match = found[0]
    text = statement[: match.end()] + " not" + statement[match.end() :]
    return Corruption("negated", text, ((match.end() + 1, match.end() + 4),))


def _opposite(statement: str, article: str, rng: random.Random) -> Corruption | None:
    """A content word becomes its opposite, in the same form."""
    found = []
    low = article.lower()
    for m in re.finditer(r"\b[a-z]{3,}\b", statement):
        base = lemma(m.group())
        if not outside_quotes(statement, m.start()) or base in {"first", "last", "before", "after", "more", "most", "not"}:
            continue
        forms = [f for o in sorted(opposites(base)) if (f := _inflect(o, m.group(), base)) and f not in low]
        if forms:
            found.append((m.span(), forms))
    if not found:
        return None
    (a, b), forms = rng.choice(found)
    return replaced(statement, a, b, rng.choice(forms), "opposite")


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


def _extreme_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return counterpart(statement, EXTREMES, rng, "extreme_changed")


def _modality_hardened(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return counterpart(statement, HARDER, rng, "modality_hardened")


def _quantity_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return counterpart(statement, QUANTITIES, rng, "quantity_changed")


def _order_changed(statement: str, article: str, rng: random.Random) -> Corruption | None:
    return counterpart(statement, ORDER, rng, "order_changed")


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


MAKERS: dict[str, Maker] = {
    "quotation_word": _quotation_word,
    "negated": _negated,
    "opposite": _opposite,
    "extreme_changed": _extreme_changed,
    "modality_hardened": _modality_hardened,
    "quantity_changed": _quantity_changed,
    "order_changed": _order_changed,
    "source_dropped": _source_dropped,
}
