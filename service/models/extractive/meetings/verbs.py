"""Verbs of meeting with those who meet: "X met Y", "X and Y shook hands", "X hosted Y for talks"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.classes import given_names
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.phrases import PHRASE_KEYS, PHRASES
from service.models.extractive.meetings.resolution import Mention
from service.models.extractive.meetings.row import Row

_NOUN_OR_VERB = frozenset(
    """talks meeting chat talk lunch breakfast host welcome rendezvous parley chats huddle phone telephone hosts
    gathering""".split()
)
_DETERMINERS = frozenset("the a an his her their its each all those these any every our my your".split())
_BASE_FORMS = frozenset(
    """exchange share slip sneak steal step sit come have take spend get bump run cross call break join be drop
    catch pay put hold rub""".split()
)


_GRANTED = re.compile(r"(?:is|are|was|were|be|been|being|has|have|had)$")
_PERFORMS = frozenset("speak perform play win fight lose act debate deliver sing sworn give box run".split())


#: What may stand behind "met" where the one met isn't its plain object.
_AFTER_THE_VERB = frozenset(
    """with at in on for to before after during over behind and but as until while when under near outside inside amid
    since from by between face-to-face face eye nose here there today tonight yesterday tomorrow this last next
    again earlier later late early twice once three several separately privately secretly briefly together alone
    personally up ahead around shortly just or via virtually publicly online informally formally regularly
    frequently recently only about that each one-on-one every all not soon first two many a multiple hours days
    weeks months if without round""".split()
)


class VerbFrames(Row):
    """Finds the verbs of one sentence that tell of a meeting."""

    def _phrases(self) -> Iterator[EventMention]:
        line = self.text[self.sentence.span.start : self.sentence.span.end]
        low = line.lower()
        for (pattern, lemma), key in zip(PHRASES, PHRASE_KEYS, strict=True):
            if key not in low:
                continue
            for hit in pattern.finditer(line):
                start, end = self.sentence.span.start + hit.start(), self.sentence.span.start + hit.end()
                first = next((i for i, item in enumerate(self.items) if item.start == start), None)
                if first is None or first in self.used:
                    continue
                last = max(i for i, item in enumerate(self.items) if item.start < end)
                form = next((name for name, value in hit.groupdict().items() if value), "") or _form_of(
                    hit.group().split()[0].lower()
                )
                if lemma == "shake hands" and re.match(r"(?:shar|exchang)", hit.group(), re.I):
                    form = _form_of(hit.group().split()[0].lower())
                if form == "base" and hit.group().split()[0].lower() == "put" and not self._has_modal(first):
                    form = "past"
                event = self._verb_event(first, last, lemma, form)
                if (lemma == "call on" and self._is_asked(last)) or (lemma in ("meet", "see") and self._is_watched(last)):
                    event = None
                if event is not None:
                    self.used.update(range(first, last + 1))
                    yield event

    def _earlier(self, subject: list[Mention], taken: Sequence[int]) -> list[Mention]:
        """The first phrase of the sentence that stands for somebody else; ``subject`` where there is none."""
        start = min((m.start for m in subject), default=0)
        for item in self.items:
            mention = item.mention
            if mention is not None and item.start < start and mention.entities and not set(mention.entities) & set(taken):
                return [mention] if mention.kind in ("named", "role", "pronoun") and not mention.possessive else subject
        return subject

    def _has_modal(self, first: int) -> bool:
        return any(
            item.low in ("to", "will", "would", "could", "may", "might", "should")
            for item in self.items[max(0, first - 2) : first]
        )

    def _is_watched(self, last: int) -> bool:
        """ "went to see X speak": one of an audience."""
        return (
            last + 2 < len(self.items) and self.items[last + 1].mention is not None and self.items[last + 2].low in _PERFORMS
        )

    def _is_asked(self, last: int) -> bool:
        """ "called on X (months ago) to resign": no visit."""
        return any(item.low in ("to", "for", "not") for item in self.items[last + 2 : last + 5])

    def _verbs(self) -> Iterator[EventMention]:
        for i, item in enumerate(self.items):
            if item.mention is not None or i in self.used or item.low not in lex.VERBS:
                continue
            lemma, form = lex.VERBS[item.low]
            if item.low in _NOUN_OR_VERB and self._is_noun(i):
                continue
            if form == "past" and i and self.items[i - 1].low in _DETERMINERS:
                continue  # "the gathered cameras"
            if form == "base" and i and self.items[i - 1].low == "did":
                form = "past"
            event = self._verb_event(i, i, lemma, form)
            if event is not None:
                self.used.add(i)
                yield event

    def _verb_event(self, first: int, last: int, lemma: str, form: str) -> EventMention | None:
        subject_at, subject = self._subject(first)
        objects, spots = self._objects(last, lemma)
        passive = self._is_passive(first, form) or _GRANTED.match(self.items[first].low) is not None
        if passive:
            agents, agent_spots = self._after_word(last, ("by",))
            objects, spots = (objects or agents), (spots or agent_spots)
        subject_ids = tuple(i for m in subject for i in m.entities)
        if objects and set(objects) == set(
            subject_ids
        ):  # "snubbed her, refusing to meet her": the subject stands further off
            subject = self._earlier(subject, objects)
            subject_ids = tuple(i for m in subject for i in m.entities)
        objects = tuple(i for i in objects if i not in subject_ids) if len(set(subject_ids)) == 1 else objects
        if not objects and len(spots) == 1 and spots[0].kind == "pronoun" and subject_ids:
            objects = self.cast.other_than(subject_ids, spots[0].text.lower())
        if lemma == "keep company" and not all(self.cast.entities[i].kind == "person" for i in (*subject_ids, *objects)):
            return None
        if lemma in ("introduce", "visit", "welcome", "greet", "see", "embrace", "consult", "call on"):
            objects = tuple(i for i in objects if self._is_somebody(i))
        nobody = not objects and len(set(subject_ids)) < 2
        if nobody and not self._collective(subject):
            return None
        if lemma in lex.TRANSITIVE and not objects and self._has_other_object(last):
            return None
        if lemma in ("meet",) and self._has_other_object(last) and not objects:
            return None
        if (
            form in ("past", "participle")
            and lemma == "meet"
            and re.match(
                r"\s*(?:with|by)\s+(?:\w+\s+){0,3}(?:applause|silence|cheers|boos|jeers|skepticism|scepticism|resistance|"
                r"criticism|outrage|approval|derision|disbelief|mockery|relief|chants|protests|anger|surprise|enthusiasm|"
                r"hostility|opposition|laughter|backlash|fury|praise|concern)",
                self.text[self.items[last].end : self.items[last].end + 60],
            )
        ):
            return None
        if lemma == "meet" and not objects and self._is_relative(first, subject):
            return None
        sides = [side for side in (subject_ids, objects) if side]
        return self._event(first, last, lemma, form, sides, [*subject, *spots], subject_at, lemma in lex.WEAK)

    def _is_relative(self, first: int, subject: Sequence[Mention]) -> bool:
        """ "the voters they met": the one met stands before."""
        at = next((i for i in range(first - 1, -1, -1) if self.items[i].mention is not None), 0)
        if not subject or subject[0].kind != "pronoun" or at < 1 or self.items[at].mention is not subject[0]:
            return False
        before = self.items[at - 1]
        group = before.mention is not None and before.mention.kind in ("group", "role")
        return group or (
            before.mention is None
            and before.low.isalpha()
            and before.low.endswith("s")
            and before.low not in lex.VERBS
            and len(before.low) > 4
            and before.low not in ("perhaps", "besides", "unless", "years", "months", "times", "hours", "weeks")
        )

    def _is_somebody(self, i: int) -> bool:
        """Whether it is a person, or one office ("the King"); no country, group or crowd."""
        entity = self.cast.entities[i]
        known = entity.name.split()[0] in given_names() or len(entity.name.split()) == 1 or entity.seen > 1
        return (entity.kind == "person" and (known or bool(entity.roles) or bool(entity.codes))) or (
            entity.kind == "phrase" and bool(entity.roles)
        )

    def _collective(self, subject: Sequence[Mention]) -> bool:
        return any(m.kind in ("group", "two") for m in subject)

    def _is_passive(self, first: int, form: str) -> bool:
        return form in ("past", "participle") and any(
            item.low in ("was", "were", "been", "be", "being", "is", "are", "himself", "herself")
            for item in self.items[max(0, first - 3) : first]
        )

    def _has_other_object(self, last: int) -> bool:
        """Whether the verb has an object that is nobody ("met the deadline", "met his targets", "met resistance")."""
        j = last + 1
        if j >= len(self.items):
            return False
        item = self.items[j]
        if item.mention is not None:
            return False
        if item.low in _DETERMINERS:
            return not (item.low == "each" and j + 1 < len(self.items) and self.items[j + 1].low == "other")
        return (
            item.low[0].isalnum()
            and item.low not in _AFTER_THE_VERB
            and not item.text[0].isupper()
            and not item.low.endswith("ly")
            and not item.low[0].isdigit()
        )

    def _objects(self, last: int, lemma: str) -> tuple[tuple[int, ...], list[Mention]]:
        """Whom: right behind a transitive verb, else behind "with" (or "to", for speaking) in the clause."""
        j = last + 1
        while j < len(self.items) and (
            self.items[j].low.endswith("ly") or self.items[j].low in ("again", "up", "face-to-face", "one-on-one", "twice")
        ):
            j += 1
        if (
            j < len(self.items)
            and lemma in lex.TRANSITIVE | {"call on", "bump into", "sit down", "keep company", "shake hands"}
            and self.items[j].mention is not None
        ):
            mentions = self._joined(j, backwards=False)
            if self.items[j].mention is not None and mentions[0].possessive:
                return (), []
            return self._ids(mentions), mentions
        words = ("with", "to") if lemma in ("speak", "talk", "chat") else ("with",)
        return self._after_word(last, words)


def _form_of(word: str) -> str:
    if word.endswith("ing"):
        return "ing"
    if word in _BASE_FORMS:
        return "base"
    return "present" if (word.endswith("s") and word not in ("was",)) or word in ("is", "are") else "past"
