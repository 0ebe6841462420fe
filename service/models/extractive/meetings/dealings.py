"""Who deals with whom in a sentence, by its grammar: a verb or noun with the people on its sides.

"X, who flew to Cairo, dined with Y" is a dealing of X and Y at "dined". Nothing is said here of whether it is a meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.language.syntax.trees import Tree, Word
from service.language.words import is_kind_of, lemma
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.resolution import Mention

_SUBJECT = ("nsubj", "nsubjpass", "csubj")
_OBJECT = ("dobj", "dative", "iobj", "oprd")
#: Relations by which a verb without a subject of its own takes that of the verb above it.
_SHARING = ("xcomp", "conj", "advcl", "pcomp", "ccomp", "dep")
_WHO = frozenset("who whom which that".split())
#: Kinds of mention that can stand for somebody who meets.
_PEOPLE = frozenset("named role group two pronoun place".split())
#: How many words a list of people is followed over.
_FAR = 12
#: Prepositions of company, which are looked for further down as well; and how far down.
_COMPANY = frozenset("with between alongside".split())
_DEEP = 3
#: "were the only other officials in the room": they came along.
_ALSO_THERE = frozenset("other others also".split())
#: Prepositions behind which a country or its capital is a side, not a place.
_WITH_COUNTRIES = frozenset("with between alongside by from among of against involving".split())
#: What a noun must be a kind of to be a dealing of its own ("lunch" is one, "money" is none).
_OCCASIONS = (
    "meeting",
    "conversation",
    "meal",
    "discussion",
    "visit",
    "conference",
    "party",
    "beverage",
    "negotiation",
    "call",
)


def _is_occasion(noun: Word) -> bool:
    return noun.low in lex.NOUNS or (noun.name == "O" and is_kind_of(lemma(noun.low), *_OCCASIONS))


@dataclass(slots=True)
class Dealing:
    """A predicate with those on its sides. ``slots``: the place of each mention ("subject", "object", "with", …)."""

    sentence: int
    word: Word
    slots: dict[str, list[Mention]] = field(default_factory=dict)
    governor: Word | None = None

    def add(self, slot: str, mentions: Sequence[Mention]) -> None:
        """Take mentions into a slot; each stands in one slot only."""
        have = {id(m) for found in self.slots.values() for m in found}
        fresh = [m for m in mentions if id(m) not in have]
        if fresh:
            self.slots.setdefault(slot, []).extend(fresh)

    @property
    def who(self) -> frozenset[int]:
        """Everyone in its slots."""
        return frozenset(i for found in self.slots.values() for m in found for i in m.entities)

    def sides(self) -> list[list[Mention]]:
        """The mentions of each side: the subject's against all others; where one slot has all of them, each is a side."""
        slots = list(self.slots.items())
        if not slots:
            return []
        if len(slots) == 1:
            return [[m] for m in slots[0][1]]
        first = next((found for name, found in slots if name in ("subject", "owner", "above")), slots[0][1])
        return [first, [m for _, found in slots if found is not first for m in found]]


class Dealings:
    """Finds the dealings of one sentence."""

    def __init__(self, cast: Cast, number: int, tree: Tree, mentions: Sequence[Mention]) -> None:
        self.cast, self.number, self.tree = cast, number, tree
        self._held: dict[int, Mention] = {}
        for mention in mentions:
            if mention.kind in _PEOPLE and (mention.entities or mention.kind in ("two", "group")):
                head = tree.at(mention.start, mention.end)
                if head is not None:
                    self._held.setdefault(head.number, mention)
        self._inside = {w.number: m for m in self._held.values() for w in tree.words if m.start <= w.start < m.end}

    def find(self) -> list[Dealing]:
        """Every predicate that two or more people (or a group of several) hang on."""
        found = []
        for word in self.tree.words:
            if word.number in self._inside:
                continue
            if word.is_verb and word.relation not in ("aux", "auxpass"):
                dealing = self._of_verb(word)
            elif word.is_noun and _is_occasion(word):
                dealing = self._of_noun(word)
            else:
                continue
            if self._is_of_several(dealing) and not self._only_reports(dealing) and not self._names_no_side(dealing):
                found.append(dealing)
        return found

    def _only_reports(self, dealing: Dealing) -> bool:
        """Whether the verb says that something is so ("acknowledged that X met Y"), to nobody of the slots."""
        word = dealing.word
        if not word.is_verb or word.low not in lex.REPORTING or word.low in lex.VERBS:
            return False
        return "object" not in dealing.slots or bool(self.tree.children(word, "ccomp"))

    def _names_no_side(self, dealing: Dealing) -> bool:
        """Whether it names no host: "during his visit to Vietnam"; nor the sides: "attended the meeting along with Z"."""
        word = dealing.word
        if word.is_verb:
            here = lemma(word.low) == "be" and any(w.low in _ALSO_THERE for w in self.tree.words)
            return here or lemma(word.low) == "attend"
        if dealing.governor is not None and lemma(dealing.governor.low) == "attend":
            return any(child.low == "the" for child in self.tree.children(word, "det"))
        hosted = any(child.low in _COMPANY for child in self.tree.children(word, "prep"))
        return word.is_noun and lemma(word.low) == "visit" and not hosted

    def _is_of_several(self, dealing: Dealing) -> bool:
        several = any(m.kind in ("two", "group") for found in dealing.slots.values() for m in found)
        return len(dealing.who) >= 2 or (several and "subject" in dealing.slots)

    # -- slots -------------------------------------------------------------------------------------------------------------

    def _of_verb(self, verb: Word) -> Dealing:
        dealing = Dealing(self.number, verb)
        dealing.add("subject", self.subject(verb))
        self._take(dealing, verb)
        return dealing

    def _of_noun(self, noun: Word) -> Dealing:
        dealing = Dealing(self.number, noun)
        for child in self.tree.children(noun):
            if child.relation in ("poss", "compound", "amod", "nmod"):
                dealing.add("owner", self._people(child))
            elif child.relation == "relcl":
                dealing.add("above", self.subject(child))
        self._take(dealing, noun)
        governor = self._governor(noun)
        if governor is not None and dealing.word.number not in self._held:
            dealing.governor = governor
            whole = len(dealing.who) >= 2
            if governor.is_verb and not whole:  # "was asked about the meetings between X and Y": both sides are named
                dealing.add("above", self.subject(governor))
                for child in self.tree.children(governor, *_OBJECT):
                    if child.number != noun.number:
                        dealing.add("beside", self._people(child))
                for name, found in self._behind_prepositions(governor):
                    if name in ("with", "between", "by", "to"):
                        dealing.add(name, found)
        return dealing

    def _take(self, dealing: Dealing, word: Word) -> None:
        for child in self.tree.children(word, *_OBJECT):
            dealing.add("object", self._people(child))
        if word.relation == "relcl" and word.is_verb and not self.tree.children(word, *_OBJECT):
            above = self.tree.head(word)
            if above is not None and above.number in self._held and self.tree.children(word, "nsubj"):
                dealing.add("object", [self._held[above.number]])
        for name, found in self._behind_prepositions(word):
            dealing.add(name, found)

    def _behind_prepositions(self, word: Word, depth: int = 0) -> Iterator[tuple[str, list[Mention]]]:
        """Preposition and people, of those that hang on ``word``; those of company also where they hang on a noun further
        down ("spoke for twenty minutes last week with Y")."""
        for child in self.tree.children(word):
            if child.number in self._inside:
                continue
            if child.relation in ("prep", "agent", "dative", "prt") and not child.is_noun:
                for inner in self.tree.children(child, "pobj", "pcomp"):
                    if depth == 0 or child.low in _COMPANY:
                        people = self._people(inner)
                        yield child.low, [m for m in people if m.kind != "place" or child.low in _WITH_COUNTRIES]
                    if not inner.is_verb and inner.number not in self._inside and depth < _DEEP:
                        yield from self._behind_prepositions(inner, depth + 1)
                for further in self.tree.children(child, "prep"):
                    for inner in self.tree.children(further, "pobj"):
                        yield further.low, self._people(inner)
            elif child.is_noun and child.relation in ("npadvmod", "dobj", "attr", "advmod") and depth < _DEEP:
                yield from self._behind_prepositions(child, depth + 1)

    def subject(self, verb: Word, depth: int = 0) -> list[Mention]:
        """Who does it: its own subject, the one that a relative clause describes, or that of the verb above."""
        own = self.tree.children(verb, *_SUBJECT)
        if own:
            word = own[0]
            if word.low in _WHO and verb.relation == "relcl":
                above = self.tree.head(verb)
                return self._people(above) if above is not None else []
            return self._people(word)
        if depth > 4:
            return []
        above = self.tree.head(verb)
        if above is None:
            return []
        if verb.relation in ("acl", "relcl") and above.is_noun:
            if above.number in self._held:
                return self._people(above)
            governor = self._governor(above)
            return self.subject(governor, depth + 1) if governor is not None and governor.is_verb else []
        if verb.relation == "xcomp":
            objects = [m for o in self.tree.children(above, "dobj") for m in self._people(o)]
            if objects and above.low.startswith(("invit", "ask", "urg", "allow", "persuad", "tell", "told", "want")):
                return objects
        if verb.relation in _SHARING and above.relation == "prep":
            above = self.tree.head(above)
        if above is not None and above.is_verb and verb.relation in _SHARING:
            if verb.relation == "conj" and above.low in lex.REPORTING:
                for told in reversed(self.tree.children(above, "ccomp")):
                    if above.number < told.number < verb.number:  # "aides said X had flown in and dined with Y"
                        return self.subject(told, depth + 1)
            return self.subject(above, depth + 1)
        return []

    def _governor(self, noun: Word) -> Word | None:
        """The verb (or noun) that a noun hangs on, directly or behind a preposition."""
        up: Word | None = noun
        for _ in range(4):
            if up is None:
                return None
            above = self.tree.head(up)
            if above is None:
                return None
            if up.relation in ("dobj", "pobj", "attr", "conj", "prep", "nsubjpass", "nsubj", "npadvmod", "dative", "oprd"):
                if above.is_verb:
                    return above
                up = above
                continue
            return None
        return None

    def _people(self, word: Word) -> list[Mention]:
        """The mention at a word and those joined to it."""
        found: list[Mention] = []
        todo, seen = [word], set[int]()
        while todo and len(seen) < _FAR:
            one = todo.pop(0)
            if one.number in seen:
                continue
            seen.add(one.number)
            mention = self._held.get(one.number) or self._inside.get(one.number)
            if mention is not None and mention not in found:
                found.append(self._named(mention, one))
            elif mention is None and one.number not in self._held:
                for child in self.tree.children(one, "prep"):
                    if child.low == "of":
                        todo.extend(self.tree.children(child, "pobj"))  # "a group of senators"
                todo.extend(self.tree.children(one, "appos"))
                behind = self._set_off(one)
                if behind is not None and behind not in found:
                    found.append(behind)
            todo.extend(self.tree.children(one, "conj"))
        return found

    def _set_off(self, word: Word) -> Mention | None:
        """ "the president of the council, Y,": a name in commas right behind the phrase round ``word``."""
        words = self.tree.words
        for at in range(word.number + 1, min(len(words) - 1, word.number + 7)):
            if words[at].text == ",":
                named = self._inside.get(at + 1)
                if named is None or named.kind != "named":
                    return None
                last = max(n for n, m in self._inside.items() if m is named)
                closed = last + 1 >= len(words) or words[last + 1].text in ",.;)"
                return named if closed else None
            if words[at].is_verb or (at in self._inside and words[at].low != "of"):
                return None
        return None

    def _named(self, mention: Mention, word: Word) -> Mention:
        """ "the chairperson of the alliance, Y": the name behind the office."""
        if mention.kind not in ("role", "group"):
            return mention
        for child in self.tree.children(word, "appos"):
            named = self._held.get(child.number)
            if named is not None and named.kind == "named":
                return named
        return mention
