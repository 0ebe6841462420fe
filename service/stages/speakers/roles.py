"""What the article says of each person: role ("Foreign Minister") and affiliation ("Russian"), before the name or behind
it."""

from __future__ import annotations

from service.language.names import (
    HONORIFICS,
    TITLE_TAILS,
    TITLES,
    bare,
    is_possessive,
    role_nouns,
)
from service.stages.speakers.people import Figure, Mention, People, span_of
from service.stages.speakers.phrases import DETERMINERS
from service.stages.speakers.reading import Reading

_NOT_ROLES = frozenset(
    """former then acting interim late current longtime veteran top senior national state federal republican democrat
    democratic libertarian labour tory conservative then-president""".split()
)
_OF = frozenset({"of", "for", "at", "from", "with"})


def give_roles(reading: Reading, people: People) -> None:
    """Fill in role and affiliation of every person, from the first mention that says them."""
    for figure in people.figures:
        for mention in figure.mentions:
            if figure.role is not None and figure.affiliation is not None:
                break
            for role, affiliation in (_before(reading, mention), _behind(reading, mention)):
                if role is not None and figure.role is None:
                    figure.role = role
                    figure.affiliation = affiliation or figure.affiliation
                elif (
                    role is not None
                    and figure.affiliation is None
                    and affiliation
                    and role.split()[-1].lower() == (figure.role or "").split()[-1].lower()
                ):
                    figure.affiliation = affiliation


def _text(reading: Reading, start: int, end: int) -> str | None:
    return span_of(reading, start, end).text if end > start else None


def _before(reading: Reading, mention: Mention) -> tuple[str | None, str | None]:
    """ "US Secretary of State Rex Tillerson", "National Security Council spokesman Michael Anton", "his lawyer, Ann Lee"."""
    lows, words = reading.lows, reading.words
    end = mention.start
    first = reading.first[reading.sentence[end]] if end < len(reading.sentence) else 0
    if end > first and lows[end - 1].rstrip(".") in HONORIFICS:
        end -= 1
    if end > first and words[end - 1] == ",":
        return _before_comma(reading, end - 1, first)
    start = end
    while start > first:
        low = lows[start - 1].rstrip(".")
        known = low in TITLES or low in TITLE_TAILS or role_nouns().get(low) == "p"
        linked = low == "of" and start < end and lows[start] in TITLE_TAILS
        if not (known or linked) or (
            not linked
            and words[start - 1][0].islower()
            and words[start:end]
            and words[start][0].isupper()
            and low not in role_nouns()
        ):
            break
        start -= 1
    while start < end and lows[start] in _NOT_ROLES and start + 1 < end:
        start += 1
    if start == end or (end - start == 1 and lows[start].rstrip(".") in _NOT_ROLES):
        return None, None
    if not any(lows[i].rstrip(".") in role_nouns() or lows[i].rstrip(".") in _TITLE_HEADS for i in range(start, end)):
        return None, None
    lead = start
    while lead > first and lows[lead - 1] in _NOT_ROLES:
        lead -= 1
    behind = lead
    while (
        lead > first
        and (words[lead - 1][0].isupper() or lows[lead - 1] in ("of",))
        and lows[lead - 1] not in DETERMINERS
        and end - lead < 8
    ):
        if lead - 1 == first and lows[lead - 1] in ("but", "and", "in", "when", "as", "after", "while", "on", "for"):
            break
        lead -= 1
    return _text(reading, start, end), _affiliation(reading, lead, behind)


_TITLE_HEADS = frozenset("sen rep gov gen lt col maj capt sgt adm prof cllr mp".split())


def _affiliation(reading: Reading, start: int, end: int) -> str | None:
    while start < end and (
        not reading.words[start][0].isalnum() or reading.lows[start] in _OF or reading.lows[start] in _NOT_ROLES
    ):
        start += 1
    return _text(reading, start, end)


def _before_comma(reading: Reading, comma: int, first: int) -> tuple[str | None, str | None]:
    """ "his eldest son, Donald Trump Jr": a role and a comma before the name."""
    lows, words = reading.lows, reading.words
    at = comma - 1
    if at < first or role_nouns().get(lows[at]) != "p" or not words[at][0].islower():
        return None, None
    start = at
    while (
        start > first
        and words[start - 1][0].islower()
        and lows[start - 1] not in DETERMINERS
        and at - start < 3
        and words[start - 1].isalpha()
    ):
        if lows[start - 1] in _OF or lows[start - 1] in ("and", "by", "in", "to", "said", "is", "was"):
            break
        start -= 1
    lead = start
    while lead > first and words[lead - 1][0].isupper() and lows[lead - 1] not in DETERMINERS:
        lead -= 1
    if lead == start and (start == first or lows[start - 1] not in DETERMINERS):
        return None, None
    return _text(reading, start, at + 1), _affiliation(reading, lead, start)


def _behind(reading: Reading, mention: Mention) -> tuple[str | None, str | None]:
    """ ", a spokesman for the ministry", ", Russia's Foreign Minister", ", president of Chad"."""
    lows, words = reading.lows, reading.words
    at = mention.end
    last = reading.first[reading.sentence[mention.start] + 1]
    if at + 1 >= last or words[at] != ",":
        return None, None
    at += 1
    if words[at].isdigit() and at + 2 < last and words[at + 1] == ",":
        at += 2
    start = at
    if lows[at] in DETERMINERS and lows[at] not in ("his", "her", "their", "its", "my", "our"):
        start = at = at + 1
    owner: tuple[int, int] | None = None
    limit = min(last, at + 9)
    while at < limit:
        low = bare(lows[at])
        if is_possessive(words[at]) and words[at][0].isupper():
            owner, start = (start, at + 1), at + 1
        elif low in (",", ".", "who", "and", "said", "is", "was", "has", "told") or not words[at][0].isalnum():
            break
        elif role_nouns().get(low) == "p" and (at + 1 >= last or not _role_goes_on(reading, at + 1)):
            if at + 1 < last and words[at + 1][0].isalpha() and lows[at + 1] not in _AFTER_ROLE:
                return None, None
            return _role_parts(reading, start, at, owner, last)
        at += 1
    return None, None


_AFTER_ROLE = frozenset("of for at from with in to and who on under since whose that until at which by".split())


def _role_goes_on(reading: Reading, at: int) -> bool:
    low = bare(reading.lows[at])
    return (
        role_nouns().get(low) == "p"
        or low in TITLES
        or (low == "of" and at + 1 < len(reading.lows) and reading.lows[at + 1] in TITLE_TAILS)
    )


def _role_parts(
    reading: Reading, start: int, head: int, owner: tuple[int, int] | None, last: int
) -> tuple[str | None, str | None]:
    lows, words = reading.lows, reading.words
    end = head + 1
    while start < head and lows[start] in _NOT_ROLES:
        start += 1
    lead = start
    while start < head and words[start][0].isupper() and bare(lows[start]) not in TITLES:
        start += 1
    affiliation = _text(reading, *owner) if owner else _text(reading, lead, start)
    if affiliation is None and end + 1 < last and lows[end] in _OF:
        to = end + 1
        if lows[to] in DETERMINERS:
            to += 1
        begin = to
        while to < min(last, begin + 7) and (
            words[to][0].isupper() or (lows[to] in ("of", "for", "and", "the") and to > begin)
        ):
            to += 1
        while to > begin and words[to - 1][0].islower():
            to -= 1
        affiliation = _text(reading, begin, to)
    return _text(reading, start, end), affiliation


def has_role(figure: Figure, head: str) -> bool:
    """Whether the article gives this person a role with that head noun."""
    return figure.role is not None and head in figure.role.lower().split()


def lay_roles(reading: Reading, people: People) -> None:
    """Mentions by role alone ("the president", "the foreign minister"), where only one person of the article has that
    role."""
    heads: dict[str, list[int]] = {}
    for number, figure in enumerate(people.figures):
        if figure.role is not None:
            heads.setdefault(figure.role.lower().split()[-1], []).append(number)
    lone = {head: numbers[0] for head, numbers in heads.items() if len(numbers) == 1 and role_nouns().get(head) == "p"}
    if not lone:
        return
    lows, words, total = reading.lows, reading.words, len(reading.words)
    for index, low in enumerate(lows):
        if low not in lone or index == 0 or index in people.by_word:
            continue
        start = index
        while (
            start > 0
            and index - start < 3
            and (lows[start - 1] in TITLES or lows[start - 1] in _NOT_ROLES)
            and lows[start - 1] != "former"
        ):
            start -= 1
        if start == 0 or lows[start - 1] != "the" or reading.sentence[start - 1] != reading.sentence[index]:
            continue
        after = words[index + 1] if index + 1 < total else "."
        if (
            after[0].isupper()
            or lows[index + 1 : index + 2] in (["of"], ["for"], ["elect"], ["and"])
            or (lows[index + 1 : index + 2][0:1] and lows[index + 1] in role_nouns())
        ):
            continue
        number = lone[low]
        people.figures[number].others.append(span_of(reading, start - 1, index + 1))
        for at in range(start - 1, index + 1):
            people.by_word[at] = number
