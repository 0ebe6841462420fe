"""The people of an article: every name in it that is a person's, and which names are one person.

A capitalised run is taken apart into what stands before the name (role, body, honorific) and the name itself. It is a
person's if something says so: an honorific or a title before it, a known given name, a role beside it. Surnames, titles
and surnames, and given names alone are then laid to the persons found. Precision comes first: a weekday, a ministry or a
city must never become a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from service.domain.quotation import Person
from service.domain.text import Span
from service.language.names import (
    BODY_WORDS,
    HONORIFICS,
    NOT_NAMES,
    PARTICLES,
    PLACES,
    SUFFIXES,
    TITLE_TAILS,
    TITLES,
    Gender,
    Name,
    bare,
    fold,
    gender_of,
    is_possessive,
    parse_name,
    role_nouns,
    same_person,
)
from service.stages.speakers.reading import FOLDED, Reading


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``start`` to ``end`` of the reading are a name; ``lead`` is the index where the role or honorific before it
    begins."""

    start: int
    end: int
    lead: int
    name: Name
    strong: bool
    possessive: bool


@dataclass(slots=True)
class Figure:
    """A person while the article is read."""

    name: Name
    full: str
    where: Span
    gender: Gender | None
    mentions: list[Mention] = field(default_factory=list)
    role: str | None = None
    affiliation: str | None = None
    #: mentions elsewhere: inside quotations, and by role
    others: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class People:
    """The persons found, and which person a word (by its index in the reading) belongs to."""

    figures: list[Figure]
    by_word: dict[int, int]

    def persons(self, reading: Reading) -> tuple[Person, ...]:
        """As values, in order of first mention, with ids "p1", "p2", …"""
        return tuple(
            Person(
                f"p{number}",
                figure.full,
                _spans(reading, figure),
                figure.role,
                figure.affiliation,
            )
            for number, figure in enumerate(self.figures, 1)
        )


def _spans(reading: Reading, figure: Figure) -> tuple[Span, ...]:
    spans = {(s.start, s.end): s for s in (*(span_of(reading, m.start, m.end) for m in figure.mentions), *figure.others)}
    return tuple(spans[key] for key in sorted(spans))


def span_of(reading: Reading, start: int, end: int) -> Span:
    """The span of words ``start`` to ``end``, without a possessive ending."""
    a, b = reading.starts[start], reading.ends[end - 1]
    word = reading.words[end - 1]
    if end - start >= 1 and is_possessive(word):
        b -= len(word) - len(bare(word))
    return Span.of(reading.text, a, max(b, a + 1))


def find_people(reading: Reading, inside: Reading) -> People:
    """All persons of the body. ``reading``: what the writer says; ``inside``: the words in quotation marks, read apart."""
    figures: list[Figure] = []
    keyed: dict[str, list[int]] = {}
    outer, inner = _name_mentions(reading), _name_mentions(inside)
    # full names and those with a title make persons; surnames and the rest are then laid to them
    for strong in (True, False):
        for source, mentions in ((reading, outer), (inside, inner)):
            for mention in mentions:
                if mention.strong == strong:
                    _settle(mention, figures, keyed, source, source is inside)
    figures.sort(
        key=lambda figure: min([m.start for m in figure.others] + [reading.starts[m.start] for m in figure.mentions])
    )
    for figure in figures:
        figure.mentions.sort(key=lambda m: m.start)
    by_word = {i: n for n, figure in enumerate(figures) for m in figure.mentions for i in range(m.start, m.end)}
    return People(figures, by_word)


def _settle(mention: Mention, figures: list[Figure], keyed: dict[str, list[int]], reading: Reading, inside: bool) -> None:
    """Lay a mention to the person it fits best, or make a new one if it is strong."""
    key = fold(mention.name.surname)
    span = span_of(reading, mention.start, mention.end)
    fitting = [n for n in keyed.get(key, ()) if same_person(figures[n].name, mention.name)]
    if not fitting and mention.name.given is None:  # "Sir Peter", "Hannah": the given name of one person
        named = [n for n in keyed.get(f"given {key}", ()) if _agree(figures[n], mention)]
        fitting = named if len(named) == 1 else []
    if fitting:
        figure = figures[_best(fitting, figures, mention)]
        better = mention.name.given is not None and (figure.name.given is None or len(span.text) > len(figure.full))
        if better:
            figure.name, figure.full, figure.where = mention.name, span.text, span
        figure.gender = figure.gender or mention.name.gender
    elif mention.strong:
        figure = Figure(mention.name, span.text, span, mention.name.gender)
        figures.append(figure)
        keyed.setdefault(key, []).append(len(figures) - 1)
        if mention.name.given is not None:
            keyed.setdefault(f"given {fold(mention.name.given)}", []).append(len(figures) - 1)
    else:
        return
    if inside:
        figure.others.append(span)
    else:
        figure.mentions.append(mention)


def _agree(figure: Figure, mention: Mention) -> bool:
    """Whether the genders that two mentions tell do not contradict each other."""
    return figure.gender is None or mention.name.gender is None or figure.gender == mention.name.gender


def _best(fitting: list[int], figures: list[Figure], mention: Mention) -> int:
    """Of several persons with the surname: same suffix first, then the one named last before the mention."""

    def rank(number: int) -> tuple[int, int, int]:
        figure = figures[number]
        same = (figure.name.suffix or "") == (mention.name.suffix or "")
        gendered = mention.name.gender is not None and figure.gender == mention.name.gender
        before = [m.start for m in figure.mentions if m.start < mention.start]
        return (int(same), int(gendered), len(before))

    return max(fitting, key=rank)


def _name_mentions(reading: Reading) -> list[Mention]:
    """Every capitalised run of the reading that can hold a name, taken apart."""
    words, lows = reading.words, reading.lows
    found: list[Mention] = []
    titled = _title_case(reading)
    at, total = 0, len(words)
    capital = [i for i, word in enumerate(words) if word[0].isupper()]
    for index in capital:
        if index < at or (lows[index] in NOT_NAMES and not (index + 1 < total and words[index + 1][0].isupper())):
            continue
        end = _run_end(reading, index, total)
        found.extend(_take_apart(reading, index, end, reading.sentence[index] in titled))
        at = end
    return found


def _title_case(reading: Reading) -> set[int]:
    """Numbers of the sentences in which (nearly) every word is capitalised: headlines."""
    answer: set[int] = set()
    for number in range(len(reading.first) - 1):
        start, stop = reading.first[number], reading.first[number + 1]
        if stop - start < 4 or not (reading.words[start][0].isupper() and reading.words[start + 1][0].isupper()):
            continue
        words = [
            w
            for w in reading.words[reading.first[number] : min(reading.first[number + 1], reading.first[number] + 60)]
            if w[0].isalpha()
        ]
        if len(words) >= 4 and sum(w[0].isupper() for w in words if len(w) > 3) > 0.8 * max(
            1, sum(len(w) > 3 for w in words)
        ):
            answer.add(number)
    return answer


def _run_end(reading: Reading, start: int, total: int) -> int:
    """One past the last word of the capitalised run that begins at ``start`` (particles inside it included)."""
    words, lows, sentence = reading.words, reading.lows, reading.sentence
    end = start + 1
    number = sentence[start]
    stop = min(total, start + 14)
    while end < stop and sentence[end] == number:
        if is_possessive(words[end - 1]):
            break
        word = words[end]
        if word[0].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper()):
            end += 1
        elif end + 1 < stop and (
            (lows[end] in PARTICLES and words[end + 1][0].isupper() and sentence[end + 1] == number)
            or (word == "," and lows[end + 1].rstrip(".") in SUFFIXES)
        ):
            end += 2
        else:
            break
    return end


def _take_apart(reading: Reading, start: int, end: int, titled: bool) -> list[Mention]:
    """The names in one capitalised run; mostly one or none."""
    lows = reading.lows
    parts: list[tuple[int, int]] = []
    at = start
    for index in range(start, end):  # words that can't be in a name cut the run
        low = bare(lows[index])
        if low in NOT_NAMES or (titled and low in _HEADLINE):
            if index > at:
                parts.append((at, index))
            at = index + 1
    if end > at:
        parts.append((at, end))
    answer: list[Mention] = []
    for a, b in parts:
        mention = _name_in(reading, a, b, titled)
        if mention is not None:
            answer.append(mention)
    return answer


_HEADLINE = frozenset(
    """says say said may will and or with for to of in on at by from wins win loses leads lead calls call hits slams
    blasts backs urges tells asks warns meets meet vs""".split()
)


#: Role nouns that are something else when they stand before a name with a capital ("Local Tax Reform").
_NO_LEADS = frozenset(
    "local independent liberal conservative source guest model patient user reader general major star".split()
)


def _lead_end(reading: Reading, start: int, end: int) -> int:
    """Where the name begins: after the last title or honorific of the run."""
    lows = reading.lows
    begin = start
    for index in range(start, end - 1):
        low = lows[index].rstrip(".")
        role = role_nouns().get(low) == "p" and not gender_of(low) and low not in _NO_LEADS
        if low in HONORIFICS or low in TITLES or role or (low in TITLE_TAILS and index > start):
            begin = index + 1
    return begin


def _name_in(reading: Reading, start: int, end: int, titled: bool) -> Mention | None:
    """A name in the words ``start`` to ``end`` (all capitalised), with what stands before it; None if it is no person's."""
    words, lows = reading.words, reading.lows
    begin = _lead_end(reading, start, end)
    if (
        end - begin >= 3
        and gender_of(bare(lows[begin])) is None
        and gender_of(bare(lows[begin + 1]))
        and _begins(reading, begin)
    ):
        begin += 1  # "Using Ted Cruz": a sentence's first word
        start = max(start, begin)
    name_words = words[begin:end]
    if not name_words or all(len(w.rstrip(".")) == 1 for w in name_words):
        return None
    plain = [bare(low) for low in lows[begin:end]]
    if any(p in BODY_WORDS for p in plain) and not (
        len(plain) == 2
        and plain[0] not in BODY_WORDS
        and gender_of(plain[0])
        and plain[1] in ("day", "sunday", "north", "west", "grant", "hall", "brothers", "park", "banks")
    ):
        return None
    if begin == end - 1 and (
        lows[begin].rstrip(".") in HONORIFICS or lows[begin].rstrip(".") in TITLES or plain[0] in role_nouns()
    ):
        return None
    honorific = words[begin - 1] if begin > start and lows[begin - 1].rstrip(".") in HONORIFICS else None
    name = parse_name(name_words, honorific)
    if name is None or len(name.surname) < 2 or not name.surname[0].isupper():
        return None
    lead = _role_before(reading, begin if begin > start else start)
    titled_before = begin > start or lead < start
    strong = _is_strong(reading, name, begin, end, titled_before, titled)
    if not strong and name.given is None and plain[0] in PLACES:
        return None
    if titled and not strong and name.given is not None:
        return None
    return Mention(begin, end, min(lead, start if begin > start else begin), name, strong, is_possessive(words[end - 1]))


def _role_before(reading: Reading, start: int) -> int:
    """Where a lower-case role right before a name begins ("spokesman", "his chief of staff"); ``start`` if there is none."""
    at = start - 1
    if at < 0 or reading.sentence[at] != reading.sentence[start]:
        return start
    low = reading.lows[at].rstrip(".")
    if not reading.words[at][0].isalpha() or (low not in role_nouns() and low not in TITLES):
        return start
    if role_nouns().get(low, "p") != "p":
        return start
    return at


def _is_strong(reading: Reading, name: Name, begin: int, end: int, titled_before: bool, headline: bool) -> bool:
    """Whether something beside its form says that this is a person's name."""
    plain = [bare(low) for low in reading.lows[begin:end]]
    if name.given is not None:
        if len(plain) > 5:
            return False
        tail = reading.words[end - 1].rpartition("-")
        if tail[0] and tail[2].islower():
            return False  # "a Lindsey Graham-type"
        if gender_of(name.given) and plain[-1] not in PLACES and plain[0] not in PLACES:
            return not headline or len(plain) == 2
        if titled_before:
            return plain[0] not in PLACES or (begin > 0 and reading.lows[begin - 1].rstrip(".") in HONORIFICS)
        if headline or any(p in PLACES for p in plain):
            return False
        return (
            _role_after(reading, end)
            or _spoken(reading, begin, end)
            or (len(plain) == 3 and len(plain[1].rstrip(".")) == 1)
            or len(plain[0].rstrip(".")) == 1
        )
    if name.honorific is not None:
        return True
    if not titled_before or plain[0] in PLACES or headline or begin == 0 or not reading.words[begin - 1][0].isupper():
        return False
    title = reading.lows[begin - 1].rstrip(".")
    return (role_nouns().get(title) == "p" or title in ABBREVIATED) and not plain[0].endswith(("man", "woman", "person"))


#: Titles that are written short before a name.
ABBREVIATED = frozenset("sen rep gov gen lt col maj capt sgt adm cmdr prof atty det supt cllr mp".split())


def _begins(reading: Reading, index: int) -> bool:
    return reading.first[reading.sentence[index]] == index


def _spoken(reading: Reading, begin: int, end: int) -> bool:
    """Two or three capitals that speak or are called something: "said Davit Okello", "the director, Gil Ferreira,", "Imogen
    Achterberg, the harbour master, said"."""
    words, lows, sentence = reading.words, reading.lows, reading.sentence
    number = sentence[begin]
    if not 2 <= end - begin <= 3 or not all(
        w.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha() for w in words[begin:end]
    ):
        return False
    if begin > 1 and sentence[begin - 2] == number:
        if lows[begin - 1] in _SAY and words[begin - 1][0].islower() and words[begin - 2] in (",", FOLDED):
            return True
        called = role_nouns().get(lows[begin - 2]) == "p" or lows[begin - 2] in ("them", "us")
        if called and words[begin - 1] == "," and end < len(words) and words[end] in (",", "."):
            return True
    if begin > 0 and words[begin - 1] in ("—", "–", "--") and reading.first[number] == begin - 1:
        return True  # a signature
    last = reading.first[number + 1]
    if end < last and words[end] == ":" and reading.first[number] == begin:
        return True  # "Agnes Tully: …"
    if end + 2 < last and words[end] == "," and lows[end + 1] in ("a", "an", "the", "who", "whose", "his", "her"):
        for at in range(end + 2, min(last, end + 14)):
            if words[at] == ",":
                return at + 1 < last and lows[at + 1] in _SAY
    return False


_SAY = frozenset(
    "said says added adds told tells wrote writes asked asks replied explained recalled fumed shouted noted joked".split()
)


def _role_after(reading: Reading, end: int) -> bool:
    """ ", a spokesman for …", ", 54, a teacher", " (D-Calif.)", ", who": what follows a person's name."""
    words, lows = reading.words, reading.lows
    if end + 2 >= len(words) or words[end] not in (",", "(") or reading.sentence[end] != reading.sentence[end - 1]:
        return False
    if lows[end + 1] == "who" or (words[end] == "(" and lows[end + 1][:2] in ("r-", "d-")):
        return True
    if words[end] == "," and words[end + 1].isdigit() and 15 <= int(words[end + 1][:3]) <= 105:
        return True
    roles = role_nouns()
    if lows[end + 1] not in ("a", "an", "the", "his", "her", "their", "one", "who") and lows[end + 1] not in roles:
        return False
    return any(roles.get(bare(low)) == "p" for low in lows[end + 1 : end + 7])
