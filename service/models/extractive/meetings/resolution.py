"""Whom a phrase means: "the Russian leader", "his counterpart", "the two", "he".

What was named last counts most, offices and countries decide among several; who can't be told stays the phrase itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.language.places import capital_code, country_code
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.classes import (
    ACTORS,
    PRONOUNS,
    codes_of,
    given_names,
)
from service.models.extractive.meetings.tokens import Token

#: Offices whose holders are mostly left without a name; and those of leaders.
_UNNAMED = frozenset("""spokesman spokeswoman official aide lawmaker source son daughter friend diplomat lawyer""".split())
_LEADING = frozenset("""president premier chancellor minister king queen emir sultan chairman chief commander""".split())
#: Groups that are taken up again by "the …": whoever was named before.
_BACK_TO = frozenset(
    """leaders presidents men women sides ministers statesmen rivals premiers counterparts countries parties
    neighbours neighbors couple politicians heads diplomats chancellors allies billionaires foes chiefs envoys
    negotiators officials executives primates bosses monarchs""".split()
)


@dataclass(slots=True)
class Entity:
    """Somebody (or some country, office or group) that the article speaks of."""

    id: int
    name: str
    kind: str  # person | actor | group
    roles: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    gender: str = ""
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that stands for somebody: tokens ``[first, last)`` of its sentence."""

    first: int
    last: int
    start: int
    end: int
    text: str
    kind: str  # named | role | group | two | place | pronoun
    entities: tuple[int, ...]
    possessive: bool


class Resolver:
    """The people of one article and who was spoken of last."""

    _subjects: tuple[int, ...] = ()

    def __init__(self, text: str) -> None:
        self.text = text
        self.entities: list[Entity] = []
        self._aliases: dict[str, list[int]] = {}
        self._recent: list[int] = []
        self._parts: set[str] = set()
        self.last_group: tuple[int, ...] = ()

    def is_person(self, name: str) -> bool:
        """Whether a name or part of one is a person's of this article."""
        return any(self.entities[i].kind == "person" for i in self._aliases.get(name, ()))

    def _add(self, name: str, kind: str) -> Entity:
        entity = Entity(len(self.entities), name, kind)
        self.entities.append(entity)
        words = name.split()
        entity.gender = given_names().get(words[0], "") if kind == "person" else ""
        keys = {name}
        if kind == "person" and words[-1].rstrip(".") not in ("Jr", "Sr", "II", "III"):
            keys.add(words[-1])
            if len(words) >= 3:
                keys.add(" ".join(words[1:]))
                keys.add(" ".join(words[-2:]))
                keys.add(f"{words[0]} {words[-1]}")
            if len(words) >= 2:
                keys.add(words[0])  # "Xi Jinping" is "Xi", and a tabloid's "Dmytro" is Dmytro Kovalenko
        if kind == "person":
            self._parts.update(words)
        for key in keys:
            if key == name or not (
                key.lower() in lex.ROLES
                or key.lower().rstrip(".") in lex.TITLES
                or key.lower() in lex.ROLE_MODIFIERS
                or country_code(key)
            ):
                self._aliases.setdefault(key, []).append(entity.id)
        return entity

    def by_alias(self, name: str) -> int | None:
        """The entity of a bare name in a compound ("the Trump-Putin talks"), or of a country ("US-China talks")."""
        if name in self._aliases:
            return self._latest(self._aliases[name])
        return self._actor(name) if country_code(name) or capital_code(name) or name in ACTORS else None

    def pronoun(self, word: str, before: Sequence[Mention]) -> tuple[int, ...]:
        """Whom a pronoun means behind these mentions of its sentence."""
        return self._by_pronoun(word, before, None)

    def _latest(self, ids: Sequence[int]) -> int:
        return next((i for i in self._recent if i in ids), ids[0])

    def _actor(self, name: str) -> int:
        name = re.sub(r"^the ", "", name)
        if name in self._aliases:
            return self._aliases[name][0]
        entity = self._add(name, "actor")
        entity.codes |= {ACTORS[name]} if name in ACTORS else codes_of([name])
        return entity.id

    def _by_role(self, tokens: Sequence[Token], before: Sequence[Mention]) -> tuple[int, ...]:
        """Whom "the Russian leader", "his counterpart", "the president" means: somebody of that office and country, the one
        named last; else the other one of the two that are spoken of; else nobody but the phrase."""
        codes = codes_of([t.text for t in tokens])
        heads = [t.low for t in tokens if t.low in lex.ROLES]
        head = heads[0] if heads else ""
        if tokens[0].low in ("a", "an", "its", "their") or head in _UNNAMED:
            return (self._phrase(tokens, codes, heads),)
        people = [self.entities[i] for i in self._recent if self.entities[i].kind == "person"]
        recent = set(self._recent)
        people += [e for e in self.entities if e.kind == "person" and e.id not in recent]
        others = self._others(tokens, before)
        mine = {r for m in before for i in m.entities for r in self.entities[i].roles} or {
            r for i in self._subjects for r in self.entities[i].roles
        }
        if head in ("counterpart", "opposite number", "colleague", "host", "guest", "homologue"):
            fits = [p for p in people if p.id in others and (not codes or not p.codes or p.codes & codes)]
            fits.sort(key=lambda p: (not (p.roles & mine or not mine), p.id not in self.last_group, not p.codes & codes))
        elif codes:
            fits = [p for p in people if p.codes & codes and self._holds(p, head, tokens)]
            near = {*self._recent[:4], *self.last_group}
            fits = fits or [p for p in people if not p.codes and p.id in near and self._holds(p, head, tokens) and p.roles]
            if not fits and (head in _LEADING or head == "leader"):
                taken = before[0].entities if before else ()  # not the one who deals with that leader
                fits = [p for p in people if not p.codes and not p.roles and p.id in self.last_group and p.id not in taken]
                if fits:
                    fits[0].codes |= codes  # learnt: the other one is not the Russian president
        else:
            fits = [p for p in people if self._holds(p, head, tokens)]
        return (fits[0].id,) if fits else (self._phrase(tokens, codes, heads),)

    def _others(self, tokens: Sequence[Token], before: Sequence[Mention]) -> set[int]:
        """Everybody but those named before in the sentence: whose counterpart can only be another."""
        named = {i for m in before for i in m.entities}
        if not named and self._subjects:
            named = set(self._subjects)
        return {e.id for e in self.entities if e.kind == "person"} - named

    def _holds(self, person: Entity, head: str, tokens: Sequence[Token]) -> bool:
        """Whether the article gives the person this office (or one of its kind)."""
        if head == "leader":
            return "leader" in person.roles or bool(person.roles & _LEADING) or not person.roles
        if head == "minister":
            return "minister" in person.roles and _same_ministry(person.role or "", tokens)
        return head in person.roles or (
            head == "premier" and "minister" in person.roles and "prime" in (person.role or "").lower()
        )

    def _phrase(self, tokens: Sequence[Token], codes: set[str], heads: Sequence[str]) -> int:
        """An entity that the article knows only by a noun phrase."""
        words = [t for t in tokens if t.low not in ("the", "a", "an")] or list(tokens)
        name = self.text[words[0].start : words[-1].end]
        if name in self._aliases:
            return self._aliases[name][0]
        entity = self._add(name, "phrase")
        entity.codes |= codes
        entity.roles.update(heads)
        return entity.id

    def _by_group(self, tokens: Sequence[Token], before: Sequence[Mention], sentence: Sequence[Token]) -> tuple[int, ...]:
        low = [t.low for t in tokens]
        codes = codes_of([t.text for t in tokens])
        count = (
            3
            if any(w in ("three", "trio") for w in low)
            else 2
            if any(w in ("two", "both", "pair", "duo") for w in low[:2] + low[-1:])
            else 0
        )
        if len(codes) >= 2:
            members = self._of_countries(codes)
            if members:
                return members
        if not codes and low[0] in ("the", "both", "these", "their") and (count or low[-1] in _BACK_TO):
            found = self._several(before, sentence, count)
            if found or count or low[-1] in ("sides", "pair", "duo", "two", "both", "leaders", "men"):
                return found
        if low[-1] in ("pair", "duo") or (low[-1] == "sides" and not codes):
            return self._several(before, sentence, 2)
        return (self._phrase(tokens, codes, ()),)

    def _of_countries(self, codes: set[str]) -> tuple[int, ...]:
        """ "The US and Chinese presidents": the people of these countries, else the pair spoken of last, if no other
        country is
        known of them."""
        people = [self.entities[i] for i in self._recent if self.entities[i].kind == "person"]
        found = [next((p.id for p in people if code in p.codes), None) for code in sorted(codes)]
        if all(one is not None for one in found):
            return tuple(one for one in found if one is not None)
        pair = [self.entities[i] for i in self.last_group]
        fits = len(pair) == len(codes) and all(p.kind == "person" and p.codes <= codes for p in pair)
        return tuple(p.id for p in pair) if fits else ()

    def _several(self, before: Sequence[Mention], tokens: Sequence[Token], count: int) -> tuple[int, ...]:
        """Whom "the two", "they", "the three leaders" means: those joined or named before in the sentence, if they are as
        many; else those of the last meeting; else the last ones named."""
        joined = next((m.entities for m in reversed(before) if len(m.entities) == max(count, 2)), ())
        if joined:
            return joined
        here = [
            m
            for m in before
            if m.entities
            and not self._aside(m, tokens)
            and not m.possessive
            and self.entities[m.entities[0]].kind == "person"
            and not self._reports(m, tokens)
        ]
        distinct = tuple(dict.fromkeys(m.entities[0] for m in here))
        if len(distinct) >= 2 and len(distinct) == (count or len(distinct)):
            return distinct
        if self.last_group and (not count or len(self.last_group) == count):
            return self.last_group
        people = [i for i in self._recent if self.entities[i].kind == "person"]
        return tuple(reversed(people[: count or 2])) if len(people) >= 2 else ()

    def _aside(self, mention: Mention, tokens: Sequence[Token]) -> bool:
        """Whether a preposition other than "with" or "between" leads to it: not one of those who act."""
        before = tokens[mention.first - 1].low if 0 < mention.first <= len(tokens) else ""
        return before in lex.PREPOSITIONS and before not in ("with", "between", "among", "against", "by", "to")

    def _reports(self, mention: Mention, tokens: Sequence[Token]) -> bool:
        return mention.last < len(tokens) and tokens[mention.last].low in lex.REPORTING

    def _by_pronoun(self, word: str, before: Sequence[Mention], speaker: int | None) -> tuple[int, ...]:
        kind = PRONOUNS[word]
        if kind == "s":
            return (speaker,) if speaker is not None else ()
        if kind == "w":
            return (speaker,) if speaker is not None else ()
        if kind == "p":
            return self._several(before, (), 0)
        if kind == "r":
            return before[-1].entities if before else ()
        for i in self._recent_first(before):
            entity = self.entities[i]
            if (
                entity.kind in ("person", "phrase")
                and entity.gender in ("", kind, "b", "u", "n")
                and not (entity.kind == "phrase" and not entity.roles)
            ):
                return (i,)
        return ()

    def other_than(self, taken: Sequence[int], word: str) -> tuple[int, ...]:
        """Whom "him" means where the subject can't be meant: the person named last of that gender who isn't among
        ``taken``."""
        kind = PRONOUNS.get(word, "")
        for i in (*self.last_group, *self._recent):
            entity = self.entities[i]
            if i not in taken and entity.kind == "person" and entity.gender in ("", kind):
                return (i,)
        return ()

    def _recent_first(self, before: Sequence[Mention]) -> Iterator[int]:
        """Subjects first: those named at the head of this sentence, then of the ones before."""
        for mention in before:
            if len(mention.entities) == 1 and not mention.possessive and mention.kind != "place":
                yield mention.entities[0]
        yield from self._subjects
        yield from self._recent


def _same_ministry(role: str, tokens: Sequence[Token]) -> bool:
    """Whether "the foreign minister" can be somebody of this office."""
    kinds = {
        "foreign",
        "defence",
        "defense",
        "finance",
        "interior",
        "prime",
        "energy",
        "trade",
        "health",
        "justice",
        "economy",
    }
    one, two = {w for w in role.lower().split() if w in kinds}, {t.low for t in tokens if t.low in kinds}
    return not two or one == two
