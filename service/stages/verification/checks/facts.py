"""Checks on what can be looked up: numbers and their units, dates, names, roles."""

from __future__ import annotations

import re

from service.domain.verdict import Check
from service.language.calendar_units import MONTHS, WEEKDAYS, compatible
from service.language.names import role_nouns
from service.language.numbers import Number
from service.language.places import country_code
from service.language.words import is_word, likeness
from service.stages.verification.checks.view import View
from service.stages.verification.source import dates_in
from service.stages.verification.tokens import CONTENT, NAME, NUMBER, value

#: Units that a number may not change: a number with one of them must stand with it, or with its like, in the article.
_UNITS = frozenset(
    """percent percentage cent million billion euro dollar pound yen crown kilometre kilometer mile metre meter foot hectare
    acre tonne ton kilogram kilo gram litre liter gallon degree second minute hour day week month year decade century
    people person man woman child soldier home vehicle flat game goal point match win loss lane line district
    round""".split()
)
#: Units that nothing else stands for: WordNet makes an hour and a minute one ("an hour away").
_EXACT = frozenset(
    "million billion second minute hour day week month year decade century euro dollar pound yen crown".split()
)
#: Words that name a day or a month and nothing else, days first ("may" is a verb).
_DATED = (*WEEKDAYS, *(month for month in MONTHS if month != "may"))


def numbers(view: View) -> list[Check]:
    """Numbers that the article has not, or has of something else."""
    source = view.a.source
    found: list[Check] = []
    for number in view.a.numbers:
        place = next((i for i, t in enumerate(view.tokens) if t.start == number.start), None)
        if place is None or _idle(number):
            continue
        agreeing = any(number.agrees(o) for o in source.figures())
        if not agreeing:
            other = _instead(view, place, number)
            detail = f"the article does not have “{number.text}”" + (f"; it has “{other.text}”" if other else "")
            found.append(view.check("number", "contradicted" if other else "unsupported", "CircE", detail, place))
            continue
        unit = _unit(view, place, number)
        if unit is not None:
            has_unit = any(_with_unit(view, p, unit) for p in source.postings.get(view.tokens[place].lemma, []))
            known = bool(source.near(unit)) and source.near(unit)[0][1] >= 0.6
            if not has_unit and source.postings.get(view.tokens[place].lemma):
                detail = f"the article has “{number.text}”, but not of “{unit}”"
                found.append(view.check("unit", "contradicted" if known else "unsupported", "CircE", detail, place))
                continue
        found.append(view.check("number", "supported", None, f"“{number.text}” is in the article", place))
    return found


def _idle(number: Number) -> bool:
    """A number that says little: one, a first, a pair."""
    digits = any(c.isdigit() for c in number.text)
    return not digits and (number.high <= 1 or number.kind == "ordinal" or number.text.lower() in {"both", "couple", "pair"})


def _unit(view: View, place: int, number: Number) -> str | None:
    """The unit that follows a number in the statement, if it is one that counts."""
    if number.unit == "%":
        return None
    following = [t for t in view.tokens[place + 1 : place + 3] if t.kind == CONTENT]
    return next((t.lemma for t in following[:1] if t.lemma in _UNITS), None)


def _with_unit(view: View, place: int, unit: str) -> bool:
    """Whether the article's number at ``place`` stands with the unit: within three words after it, or two before."""
    lemmas = view.a.source.lemmas
    window = lemmas[place + 1 : place + 5] + lemmas[max(0, place - 2) : place]
    if unit in _EXACT:
        return unit in window
    return any(w == unit or likeness(w, unit) >= 0.6 for w in window)


def _instead(view: View, place: int, number: Number) -> Number | None:
    """A number of the carrying sentences that the statement does not have, of the same kind."""
    mine = {t.lemma for t in view.tokens if t.kind == NUMBER}
    for sentence in view.evidence[:1]:
        for token in view.theirs(sentence):
            if token.kind == NUMBER and token.lemma not in mine:
                for other in view.a.source.figures():
                    if value(other) == token.lemma and other.kind == number.kind:
                        return other
    return None


def swapped_numbers(view: View) -> list[Check]:
    """Numbers that the article has, but elsewhere: the sentence that carries the rest has another one in that place."""
    found: list[Check] = []
    if not view.evidence:
        return found
    best = view.evidence[0]
    if view.a.coverage([best]) < 0.6:
        return found
    mine = {t.lemma for t in view.tokens if t.kind == NUMBER}
    for i, token in enumerate(view.tokens):
        if token.kind != NUMBER or view.places.get(i) or not view.a.source.postings.get(token.lemma):
            continue
        others = [t for t in view.theirs(best) if t.kind == NUMBER and t.lemma not in mine]
        alike = [t for t in others if _same_shape(t.lemma, token.lemma)]
        if alike:
            detail = f"where the statement says “{token.word}”, the article says “{alike[0].word}”"
            found.append(view.check("number", "contradicted", "CircE", detail, i))
    return found


def _same_shape(a: str, b: str) -> bool:
    """Both years, or neither."""
    year = re.compile(r"#(?:1[5-9]|20)\d\d$")
    return bool(year.match(a)) == bool(year.match(b))


def dates(view: View) -> list[Check]:
    """Days, months and resolved dates that do not fit the article's."""
    source = view.a.source
    published = source.document.article.published
    words = source.words()
    found: list[Check] = []
    text = view.a.text
    mine = dates_in(text, published or source.published)
    theirs = source.dates()
    for mention in mine:
        covered = [i for i, t in enumerate(view.tokens) if mention.start <= t.start < mention.end]
        names = [view.tokens[i].word for i in covered if view.tokens[i].word in _DATED]
        strange = [w for w in names if w not in words and w[:3] not in words]
        if not covered or not strange:
            continue
        fits = mention.edtf and any(
            o.edtf and len(o.edtf) >= len(mention.edtf) and compatible(mention.edtf, o.edtf) for o in theirs
        )
        if fits:
            found.append(view.check("date", "supported", None, f"“{mention.text}” is a date of the article", *covered))
        else:
            other = next((w for w in _DATED if w in words and (w in WEEKDAYS) == (strange[0] in WEEKDAYS)), None)
            detail = f"the article does not name “{strange[0].capitalize()}”"
            detail += f"; it has “{other.capitalize()}”" if other else ""
            found.append(view.check("date", "contradicted" if other else "unsupported", "CircE", detail, *covered))
    return found


def names(view: View) -> list[Check]:
    """Names that the article has nowhere, under no alias that is known."""
    found: list[Check] = []
    cased = any(t.capital for t in view.tokens)
    for i, token in enumerate(view.tokens):
        if token.kind != NAME or token.word in _DATED:
            continue
        if view.a.like[i] > 0 or token.word in view.a.source.postings:
            found.append(view.check("name", "supported", None, f"“{_written(view, i)}” is in the article", i))
            continue
        if _known_otherwise(view, token.word) or (not cased and len(token.word) < 4):
            continue
        if is_word(token.word) and i == 0:
            continue
        found.append(view.check("name", "unsupported", "EntE", f"the article does not name “{_written(view, i)}”", i))
    return found


def _written(view: View, i: int) -> str:
    token = view.tokens[i]
    return view.a.text[token.start : token.end]


def _known_otherwise(view: View, word: str) -> bool:
    """Initials, parts and longer forms: "EU" of "European Union", "Dutch-born", "Trump's"."""
    source = view.a.source
    if len(word) <= 4 and word.isalpha():
        initials = source.initials()
        if word in initials:
            return True
    # Longer and shorter forms; spelt together or apart, or with another ending ("healthcare", "health care").
    return source.remembered(
        f"name {word}",
        lambda: (
            any(len(o) >= 4 and (o.startswith(word) or word.startswith(o)) for o in source.names)
            or word in source.flat_text()
        ),
    )


def misplaced(view: View) -> list[Check]:
    """A person's name where a place should be ("in Clinton"), when the article knows the person and no such place."""
    source = view.a.source
    people = source.people()
    found: list[Check] = []
    for i, token in enumerate(view.tokens):
        if token.kind != NAME or token.word not in people or i == 0 or view.tokens[i - 1].word not in {"in", "near"}:
            continue
        places = source.postings.get(token.lemma, [])
        if places and not any(source.tokens[p - 1].word in _PLACING for p in places if p):
            detail = f"in the article “{_written(view, i)}” is a person, not a place"
            found.append(view.check("name", "contradicted", "EntE", detail, i))
    return found


_PLACING = frozenset("in at near from to of outside".split())


def roles(view: View) -> list[Check]:
    """Offices and callings that the article does not know."""
    nouns = role_nouns()
    found: list[Check] = []
    for i, token in enumerate(view.tokens):
        if token.kind not in {CONTENT, NAME} or token.word not in nouns or nouns[token.word] != "p":
            continue
        if view.a.like[i] >= 0.6 or token.word in _LOOSE or token.lemma in _LOOSE:
            continue
        word, source = token.lemma, view.a.source
        if source.remembered(f"role {word}", lambda w=word, s=source: any(_role_like(w, o) for o in s.postings)):  # type: ignore[misc]
            continue
        found.append(view.check("role", "unsupported", "EntE", f"the article speaks of no “{_written(view, i)}”", i))
    return found


_LOOSE = frozenset(
    """man woman boy girl leader official people resident local worker player star person friend child mother father parent
    student pupil teenager youngster victim suspect family member author head chief boss politician lawmaker driver user
    reader viewer caller speaker guest visitor source general justice host model principal major fan opponent rival winner
    counterpart successor predecessor survivor witness employee colleague expert scientist researcher critic""".split()
)


def _role_like(word: str, other: str) -> bool:
    return other.startswith(word[:6]) if len(word) >= 6 else other == word


def full_names(view: View) -> list[Check]:
    """Two names of the article put together that it never puts together ("Donald Putin")."""
    source = view.a.source
    found: list[Check] = []
    for i in range(len(view.tokens) - 1):
        one, two = view.tokens[i], view.tokens[i + 1]
        if one.kind != NAME or two.kind != NAME or not (one.capital and two.capital) or two.start - one.end != 1:
            continue
        if country_code(_written(view, i)) or one.word in _DATED or two.word in _DATED:
            continue
        left, right = source.postings.get(one.lemma), source.postings.get(two.lemma)
        if left and right and not any(0 < q - p <= 3 for p in left for q in right):
            both = f"{_written(view, i)} {_written(view, i + 1)}"
            found.append(view.check("name", "contradicted", "EntE", f"the article has nobody called “{both}”", i, i + 1))
    return found
