"""One person over several briefs: names are compared by spelling, never across Jr and Sr.

A bare surname, or a role, counts only where it can mean but one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.domain.brief import Brief
from service.domain.dossier import DossierPerson
from service.domain.meeting import Participant
from service.domain.quotation import Person
from service.language.places import countries_in, look_up
from service.language.spelling import fold, is_title, may_be_full_name, name_parts, same_name, surname_keys, written_out

_WORD = re.compile(r"[^\W\d_]{3,}")
#: A bare surname means the most mentioned of its bearers if the next has but a third as many mentions.
_FAR_MORE = 3
#: In front of the name of a participant who has no id of its own.
_NAMED = "name:"
#: Roles that say whose somebody is, not what.
_RELATIVE = re.compile(r"\b(?:counterpart|opposite number|colleague|rival|host|guest|predecessor|successor)\b", re.I)
_EMPTY = frozenset("the and for his her their then former new unnamed senior from with who that".split())


@dataclass(slots=True)
class _Bearer:
    """A person as known so far: spellings with how often each stands, and what roles go with them."""

    names: dict[str, int] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    affiliations: dict[str, int] = field(default_factory=dict)
    briefs: list[str] = field(default_factory=list)

    def fullest(self) -> str:
        """Of the names with a given name the one that is written most often; else the longest."""
        return max(self.names, key=lambda name: (bool(name_parts(name).given), self.names[name], len(name)))


class Identities:
    """Who is who over all briefs. Built once; look-ups by (brief index, person id) and by a name or noun phrase."""

    def __init__(self, briefs: Sequence[Brief]) -> None:
        self._bearers: list[_Bearer] = []
        self._by_key: dict[str, dict[str, list[int]]] = defaultdict(dict)
        self._known: dict[tuple[int, str], int] = {}
        entries = [(index, brief.id, person) for index, brief in enumerate(briefs) for person in brief.people]
        entries += [(index, brief.id, person) for index, brief in enumerate(briefs) for person in _unlisted(brief)]
        # full names first: a bare surname then finds its bearer, or that there are two
        entries.sort(key=lambda entry: (not name_parts(entry[2].name).given, -len(entry[2].mentions), entry[0]))
        self._people: set[int] = set()
        for index, brief_id, person in entries:
            number = self._known[(index, person.id)] = self._enter(brief_id, person)
            if not person.id.startswith(_NAMED):
                self._people.add(number)
        described = [" ".join([*bearer.roles, *bearer.affiliations]) for bearer in self._bearers]
        self._role_words = [frozenset(fold(written_out(word)) for word in _WORD.findall(one)) for one in described]
        self._countries = [countries_in(one) for one in described]
        self._by_role: dict[str, set[int]] = defaultdict(set)
        for number in range(len(self._bearers)):
            for word in _content(described[number]):
                self._by_role[word].add(number)

    def of_person(self, brief: int, person: str) -> int | None:
        """The number of a brief's person."""
        return self._known.get((brief, person))

    def of_name(self, name: str, role: str | None = None) -> int | None:
        """The number of the one person that a name (or, failing that, a role such as "Russian president") can mean."""
        fitting = self._candidates(name)
        if fitting:
            return self._meant(fitting)
        words = _content(f"{role or ''} {name}")
        if len(words) < 2:
            return None
        found = set.intersection(*(self._by_role.get(word, set()) for word in words))
        return found.pop() if len(found) == 1 else None

    def _meant(self, fitting: Sequence[int]) -> int | None:
        """Of several whom a bare surname fits the one who is named far more often than any other, if there is one."""
        ranked = sorted(fitting, key=lambda number: -sum(self._bearers[number].names.values()))
        counts = [sum(self._bearers[number].names.values()) for number in ranked]
        return ranked[0] if len(ranked) == 1 or counts[0] >= _FAR_MORE * counts[1] else None

    def of_participant(self, brief: int, one: Participant) -> int | None:
        """The number of one who met, in the brief of that index; None for one who is nobody known by name. A record that
        says "Trump" and points at the son is not believed: the name as written decides between father and Jr."""
        linked = self.of_person(brief, one.person or _NAMED + one.name)
        if linked is None:
            return None if is_title(one.name) else self.of_name(one.name, one.role)
        if is_title(one.name) or any(same_name(one.name, name) for name in self._bearers[linked].names):
            return linked
        named = self._meant(fitting) if (fitting := self._candidates(one.name)) else None
        if named is not None:
            return named
        return None if self._speaks_of(one.name, linked) else linked

    def called(self, name: str | None) -> str | None:
        """The fullest name of whoever a claim is by, where it can be but one; else as it is written."""
        number = self.of_name(name) if name else None
        return self.name_of(number) if number is not None else name

    def role_words(self, number: int) -> frozenset[str]:
        """Folded words of the roles and affiliations that are given for somebody."""
        return self._role_words[number]

    def countries(self, number: int) -> frozenset[str]:
        """ISO codes of the countries that these speak of."""
        return self._countries[number]

    def words(self, numbers: Iterable[int]) -> frozenset[str]:
        """Folded words of the names of these people."""
        return frozenset(
            fold(word) for number in numbers for name in self._bearers[number].names for word in _WORD.findall(name)
        )

    def _speaks_of(self, words: str, number: int) -> bool:
        """Whether words name somebody only to say whose people are meant: "Trump's former campaign aides"."""
        names = self._bearers[number].names
        mine = {fold(word.removesuffix("'s").removesuffix("’s")) for word in words.split()}
        return any(fold(word) in mine for name in names for word in name.split())

    def people(self) -> tuple[DossierPerson, ...]:
        """Everybody, most widely reported first."""
        order = sorted(self._people, key=lambda n: (-len(set(self._bearers[n].briefs)), n))
        made = []
        for number in order:
            bearer = self._bearers[number]
            made.append(
                DossierPerson(
                    id=f"p{number + 1}",
                    name=bearer.fullest(),
                    names=tuple(sorted(bearer.names)),
                    role=_most(bearer.roles),
                    affiliation=_most(bearer.affiliations),
                    briefs=tuple(dict.fromkeys(bearer.briefs)),
                )
            )
        return tuple(made)

    def id_of(self, number: int) -> str | None:
        """The dossier's id of a person; None for a name that no article has among its people."""
        return f"p{number + 1}" if number in self._people else None

    def name_of(self, number: int) -> str:
        """The fullest name."""
        return self._bearers[number].fullest()

    def _candidates(self, name: str) -> list[int]:
        """Everybody who has a name that may be the same, once each; found by keys, not by looking at all."""
        found: set[int] = set()
        for key in surname_keys(name):
            for known, numbers in self._by_key.get(key, {}).items():
                if same_name(name, known):
                    found.update(numbers)
        return sorted(found)

    @staticmethod
    def _fits(name: str, known: Iterable[str]) -> bool:
        """Whether a name can be another of somebody's: like one of them, and at odds with none that has a given name."""
        full = bool(name_parts(name).given)
        like = [(same_name(name, one), bool(name_parts(one).given)) for one in known]
        return any(same for same, _ in like) and all(same for same, given in like if given and full)

    def _enter(self, brief_id: str, person: Person) -> int:
        fitting = [
            number for number in self._candidates(person.name) if self._fits(person.name, self._bearers[number].names)
        ]
        full = bool(name_parts(person.name).given)
        if len(fitting) > 1 and not full:
            fitting = [number for number in fitting if _roles_agree(self._bearers[number], person)] or []
        if len(fitting) >= 1 and (full or len(fitting) == 1):
            number = max(fitting, key=lambda n: len(self._bearers[n].briefs))
        else:
            number = len(self._bearers)
            self._bearers.append(_Bearer())
        for key in surname_keys(person.name):
            numbers = self._by_key[key].setdefault(person.name, [])
            if number not in numbers:
                numbers.append(number)
        bearer = self._bearers[number]
        bearer.names[person.name] = bearer.names.get(person.name, 0) + len(person.mentions)
        bearer.briefs.append(brief_id)
        if person.role and not _RELATIVE.search(person.role):
            bearer.roles[person.role] = bearer.roles.get(person.role, 0) + 1
        if person.affiliation:
            bearer.affiliations[person.affiliation] = bearer.affiliations.get(person.affiliation, 0) + 1
        return number


def _unlisted(brief: Brief) -> Iterator[Person]:
    """Those who met, have a person's name, and are not among the brief's people: a name that was overlooked."""
    for record in brief.meetings:
        for one in record.participants:
            name = one.value.name
            if one.value.person is None and may_be_full_name(name) and not countries_in(name) and look_up(name) is None:
                yield Person(_NAMED + name, name, one.evidence, one.value.role, one.value.affiliation)


def _content(text: str) -> frozenset[str]:
    """Words that tell roles apart; a demonym and its country share their first letters, which is all that is compared."""
    return frozenset(word.lower()[:5] for word in _WORD.findall(text) if word.lower() not in _EMPTY)


def _roles_agree(bearer: _Bearer, person: Person) -> bool:
    ours = _content(" ".join([*bearer.roles, *bearer.affiliations]))
    theirs = _content(f"{person.role or ''} {person.affiliation or ''}")
    return bool(ours & theirs)


def _most(counts: Mapping[str, int]) -> str | None:
    return max(counts, key=lambda key: (counts[key], len(key))) if counts else None
