"""A record read for matching: who, when, where, how, and in what words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.brief import Brief
from service.domain.meeting import MeetingRecord, Participant
from service.language.calendar_units import bounds, parse_day
from service.language.dates import publication_day
from service.language.places import capital_code, countries_in, country_code, look_up
from service.language.spelling import fold, written_out
from service.language.words import lemma
from service.stages.dossier.identity import Identities

#: A reference to a record: (index of the brief, id of the meeting in it).
Ref = tuple[int, str]

_WORD = re.compile(r"[^\W\d_][\w’'-]{2,}")
#: Words that nearly every report of a meeting has.
_COMMON = frozenset(
    """meet meeting talk say tell hold speak sit conversation encounter session minister president prime leader official
    spokesman spokeswoman monday tuesday wednesday thursday friday saturday sunday today yesterday last next week day year
    two first have also their they his her the and with""".split()
)
_LITTLE = frozenset({"the", "his", "her", "their", "and", "for", "from", "with", "some", "two", "several"})
#: What kind of occasion the words speak of; a report may speak of several.
_MARKS = {
    "meal": re.compile(r"\b(?:dinner|lunch|breakfast|banquet|dined|din(?:ing|e)|supper|dessert)\b", re.I),
    "greeting": re.compile(r"\b(?:handshakes?|shook hands|pleasantries|chat(?:ted)?|bumped into|lift|stairs)\b", re.I),
    "unknown to the public": re.compile(
        r"\b(?:un(?:disclosed|reported|announced)|secret(?:ly)?|hidden|behind closed doors)\b", re.I
    ),
    "second": re.compile(r"\b(?:second|another|additional|separate|further|follow-up)\b", re.I),
    "first": re.compile(r"\b(?:first|inaugural)\b", re.I),
    "call": re.compile(r"\b(?:phone[ds]?|telephon\w+|calls?|called|by video|video ?link)\b", re.I),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A record with what matching looks at.

    ``people``: numbers of known persons; ``principals``: those of them who met, not attended or helped; ``sides``: for each
    participant who is nobody known by name, its folded words and countries; ``roles``: for each known person the words of
    the roles and the countries; ``first`` and ``last``: the days that its date can mean, None where that is unknown;
    ``position``: 0 for the first record of its article.
    """

    ref: Ref
    record: MeetingRecord
    people: frozenset[int]
    principals: frozenset[int]
    sides: tuple[tuple[frozenset[str], frozenset[str]], ...]
    roles: tuple[tuple[int, frozenset[str], frozenset[str]], ...]
    published: date | None
    first: date | None
    last: date | None
    words: frozenset[str]
    marks: frozenset[str]
    position: int


def items_of(briefs: Sequence[Brief], who: Identities) -> list[Item]:
    """Every record of every brief, read for matching."""
    return [
        _item(index, position, brief, record, who)
        for index, brief in enumerate(briefs)
        for position, record in enumerate(brief.meetings)
    ]


def _item(index: int, position: int, brief: Brief, record: MeetingRecord, who: Identities) -> Item:
    people: dict[int, Participant] = {}
    sides = []
    for one in record.participants:
        number = who.of_participant(index, one.value)
        if number is not None:
            people.setdefault(number, one.value)
        elif not _is_place(one.value, record):
            sides.append(described_as(one.value))
    principals = frozenset(number for number, one in people.items() if one.part == "principal") or frozenset(people)
    said = " ".join(dict.fromkeys(_said(record)))
    known = bounds(record.date.value.edtf) if record.date else None
    return Item(
        ref=(index, record.id),
        record=record,
        people=frozenset(people),
        principals=principals,
        sides=tuple(sides),
        roles=tuple((n, who.role_words(n), _countries(one) | who.countries(n)) for n, one in people.items()),
        published=parse_day(brief.article.published) or publication_day(brief.article.text),
        first=known[0] if known else None,
        last=known[1] if known else None,
        words=_words(said, who.words(people)),
        marks=frozenset(name for name, pattern in _MARKS.items() if pattern.search(said)),
        position=position,
    )


def _is_place(one: Participant, record: MeetingRecord) -> bool:
    """Whether a "participant" is a town: a capital may stand for its government, another city was misread."""
    place = record.place.value if record.place else None
    if capital_code(one.name) or country_code(one.name):
        return False
    return look_up(one.name) is not None or (place is not None and one.name in (place.city, place.venue))


def described_as(one: Participant) -> tuple[frozenset[str], frozenset[str]]:
    """The folded words and the countries of somebody who is not known by name."""
    return _folded(one.name), _countries(one)


def _said(record: MeetingRecord) -> Iterable[str]:
    """The words on which a record stands: its claims' sentences, what it was on and about."""
    for claim in record.status_claims:
        yield from (span.text for span in claim.evidence)
    for one in (*record.topics, *record.outcomes, *((record.occasion,) if record.occasion else ())):
        yield one.value


def _words(text: str, names: frozenset[str]) -> frozenset[str]:
    lemmas = {lemma(word.strip("'’-")) for word in _WORD.findall(text.lower().replace("’s", "").replace("'s", ""))}
    return frozenset(word for word in lemmas if word not in _COMMON and fold(word) not in names)


def _folded(name: str) -> frozenset[str]:
    words = (written_out(word) for word in _WORD.findall(name) if word.lower() not in _LITTLE)
    return frozenset(fold(word) for word in words)


def _countries(one: Participant) -> frozenset[str]:
    return countries_in(f"{one.name} {one.role or ''} {one.affiliation or ''}")
