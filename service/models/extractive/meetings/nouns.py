"""Nouns of meeting with those who meet: "talks between X and Y", "X held a meeting with Y", "their first sit-down"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.frame_words import (
    ADJECTIVES_TOO,
    ANNUAL,
    ARTICLES,
    AUX,
    BREAKS,
    CALLING,
    COUNTS,
    DEFINITES,
    FORESEEN,
    GOALS,
    GRANTING,
    HAVING,
    HEADS,
    HOLDING,
    INVITING,
    IT,
    LEADING_IN,
    LED_IN_BY,
    LIGHT,
    MEASURES,
    PAIRED,
    PARTICIPLES,
    PREDICATES,
    SPEAKERS,
    STOPS,
    SUBORDINATE,
)
from service.models.extractive.meetings.resolution import Mention
from service.models.extractive.meetings.row import Row


class NounFrames(Row):
    """Finds the nouns of one sentence that stand for a meeting."""

    def _taken_up(self) -> Iterator[EventMention]:
        """ "The Kremlin suggested it would go ahead", "it never happened": the meeting spoken of last."""
        line = self.text[self.sentence.span.start : self.sentence.span.end]
        for hit in IT.finditer(line):
            start = self.sentence.span.start + hit.start()
            at = next((i for i, item in enumerate(self.items) if item.start == start), None)
            if at is not None:
                event = self._event(at, at, "it", "noun", [], [], start, False)
                event.definite = True
                yield event

    def _nouns(self) -> Iterator[EventMention]:
        for i, item in enumerate(self.items):
            if item.mention is not None or i in self.used or item.low not in lex.NOUNS:
                continue
            lemma, weak = lex.NOUNS[item.low]
            if item.low in lex.VERBS and not self._is_noun(i):
                continue
            event = self._noun_event(i, lemma, weak)
            if event is not None:
                yield event

    def _noun_event(self, i: int, lemma: str, weak: bool) -> EventMention | None:
        head = self._whole(self._head_start(i))
        modifiers = self.text[self.items[head].start : self.items[i].start]
        if self._is_no_meeting(i, lemma, modifiers):
            return None
        sides, spots = self._noun_sides(i, head)
        if len(sides) == 2 and set(sides[0]) == set(
            sides[1]
        ):  # "Following his meeting with Ryan, Trump …": his is not Ryan's
            _, owner = self._subject_after(i)
            sides[0] = tuple(x for m in owner for x in m.entities if x not in sides[1])
            sides = [side for side in sides if side]
        governor, subject_at, subject = self._governor(head, i)
        given = self._given(head) if not sides else None
        if given is not None:
            governor, subject_at, subject, receiver = given
            sides, spots = [receiver.entities], [receiver]
        if governor.startswith(("attend", "join")) and self._definite(head):
            sides, spots, subject = [], [], []  # who "attended the meeting" comes beside its sides
        in_it = governor in ("in", "on", "for", "of", "from") and self._definite(head)
        if governor in LEADING_IN and not in_it and not sides and len(self._ids(subject)) < 2:
            subject = self._those_before(head) or subject
        if governor in LEADING_IN and sides:
            subject = subject[-1:]  # "after a meeting with Y, X said": one of them, unless nobody else is named
        have = {x for side in sides for x in side}
        extra = tuple(x for m in subject for x in m.entities if x not in have)
        if (
            extra
            and (sides or not in_it)
            and len(sides) < 2
            and governor
            and (not weak or sides or HOLDING.match(governor) or (governor in LEADING_IN and len(extra) >= 2))
            and self._takes_part(governor, subject, sides)
        ):
            sides.insert(0, extra)
            spots = [*subject, *spots]
        who = {x for side in sides for x in side}
        if lemma == "visit" and (len(sides) < 2 or len(who) < 2 or not self._followed_by(i, "with")):
            return None
        if lemma in ("talk", "exchange", "interaction") and len(who) < 2 and not self._ends_phrase(i, head):
            return None  # "his talk of unity", "exchange customers"
        if weak and len(who) < 2:
            counted = lemma in ("round", "session") and re.search(
                r"\b(?:second|third|first|another|further|next|final)\b", modifiers
            )
            counted = counted or (lemma == "round" and FORESEEN.match(self.text[self.items[i].end : self.sentence.span.end]))
            if not self._definite(head) and not counted:
                return None
            sides, spots = [], []  # "the dinner": only worth something where a meeting is known to be one
        event = self._event(i, i, lemma, "noun", sides, spots, min(subject_at, self.items[head].start), weak)
        event.modifiers = modifiers
        event.definite = self._definite(head)
        event.plural = (
            self.items[i].low.endswith("s")
            and lemma not in ("talks", "negotiations", "consultations", "discussion")
            and self.items[i].low not in ("pow-wows",)
        )
        event.governor = governor
        return event

    def _is_no_meeting(self, i: int, lemma: str, modifiers: str) -> bool:
        """Whether the noun only describes another ("a dinner meeting", "a coffee shop"), or means no meeting by the words
        before it ("the annual meeting", "a news conference")."""
        after = self.items[i + 1].low if i + 1 < len(self.items) else ""
        if (after in lex.NOUNS and self.items[i].low != "talks") or after in HEADS:
            return True  # "a face-to-face meeting": the last noun speaks
        if lemma in ("meeting", "session", "meal") and ANNUAL.search(modifiers):
            return True
        if self.items[i].low == "conference" and not re.search(r"\b(?:video|phone|telephone|conference)\b", modifiers, re.I):
            return True
        if lex.NOT_BEFORE.search(modifiers) or re.search(r"\b(?:room|place|point)\b", after):
            return True
        return lemma == "call" and not self._is_phone(i, modifiers)

    def _given(self, head: int) -> tuple[str, int, list[Mention], Mention] | None:
        """ "X granted Y a meeting", "X invited Y to Cairo for talks": the verb, where it begins, its subject, and Y."""
        j = head - 1
        while j >= 2 and (self.items[j].low in ("for", "to", "into") or self.items[j].low == "the" or self._is_goal(j)):
            j -= 1
        receiver = self.items[j].mention if j >= 1 else None
        direct = j == head - 1
        if receiver is None or not receiver.entities or receiver.possessive or j < 1:
            return None
        verb = self.items[j - 1].low
        if not (GRANTING if direct else INVITING).match(verb):
            return None
        at, subject = self._subject(j - 1)
        return verb, at, subject, receiver

    def _ends_phrase(self, i: int, head: int) -> bool:
        """ "The exchange was chaired by …", as against "exchange customers", "his talk of unity"."""
        after = self.items[i + 1].low if i + 1 < len(self.items) else "."
        return (
            self._definite(head)
            and self.items[head].low in ("the", "that")
            and (after in PREDICATES or after in lex.PREPOSITIONS - {"of"})
        )

    def _those_before(self, head: int) -> list[Mention]:
        """ "X questioned Y during a meeting": the two who deal with each other in the clause before."""
        before = [item.mention for item in self.items[:head] if item.mention is not None]
        people = [m for m in before if len(m.entities) == 1 and not m.possessive and m.kind in ("named", "role", "pronoun")]
        people = [m for m in people if self.cast.entities[m.entities[0]].kind == "person"]
        distinct = {m.entities[0]: m for m in reversed(people)}
        if len(distinct) != 2:
            return []
        one, two = sorted(distinct.values(), key=lambda m: m.start)
        between, behind = self._words_between(one, two.start), self._words_between(two, self.items[head].start)
        deals = 1 <= len(between) <= 5 and not any(
            (w in lex.PREPOSITIONS and w not in ("with", "to")) or w in BREAKS for w in between
        )
        return [one, two] if deals and len(behind) <= 8 and not BREAKS & set(behind) else []

    def _words_between(self, mention: Mention, end: int) -> list[str]:
        return [item.low for item in self.items if mention.end <= item.start < end]

    def _followed_by(self, i: int, word: str) -> bool:
        return i + 1 < len(self.items) and self.items[i + 1].low == word

    def _takes_part(self, governor: str, subject: Sequence[Mention], sides: Sequence[tuple[int, ...]]) -> bool:
        """Whether the subject of the noun's verb is one of those who meet: "held talks", "cancelled a meeting with Y"; not
        the spokesman who "ruled out a meeting", nor the mediator who "announced" it."""
        if GRANTING.match(governor) or INVITING.match(governor):
            return True
        if HAVING.match(governor) or (not sides and governor in LEADING_IN and len(self._ids(subject)) >= 2):
            return True
        spoken_for = any(self.cast.entities[i].roles & SPEAKERS for m in subject for i in m.entities)
        return len(sides) == 1 and not spoken_for and bool(CALLING.match(governor) or governor in LED_IN_BY)

    def _is_phone(self, i: int, modifiers: str) -> bool:
        after = " ".join(item.low for item in self.items[i + 1 : i + 3])
        return bool(
            re.search(r"\b(?:phone|telephone|conference|video|zoom|skype|minute|hour)\b", modifiers, re.I)
            or re.match(r"(?:with|between)\b", after)
            or (
                after.startswith("from ")
                and re.search(
                    r"\b(?:got|gets|received|receives|took|had) (?:an?|another) $",
                    self.text[self.sentence.span.start : self.items[i].start],
                )
            )
        )

    def _is_goal(self, j: int) -> bool:
        """Whether the phrase at ``j`` says where somebody goes: "to Cairo", "at the White House"."""
        mention = self.items[j].mention
        if mention is None or any(self.cast.entities[x].kind == "person" for x in mention.entities):
            return False
        return self.items[j - 1].low in GOALS or (self.items[j - 1].low == "the" and self.items[j - 2].low in GOALS)

    def _head_start(self, i: int) -> int:
        """Where the noun's phrase begins: its article and adjectives."""
        j = i
        while j > 0:
            item = self.items[j - 1]
            if (
                item.mention is not None
                or item.low in lex.PREPOSITIONS
                or item.low in ("following", "over")
                or item.low in STOPS
                or (item.low in (",", "and", "(", ")", '"', "“", "”") and not self._adjectival(j - 1))
            ):
                break
            if (
                (item.low in AUX and item.low not in ADJECTIVES_TOO)
                or item.low in lex.REPORTING
                or (LIGHT.match(item.low) and item.low not in PARTICIPLES)
            ):
                break
            j -= 1
            if item.low in ARTICLES:
                break
        return j

    def _whole(self, head: int) -> int:
        """The start of "two days of [talks]", "another round of [talks]"."""
        if head >= 2 and self.items[head - 1].low == "of" and MEASURES.match(self.items[head - 2].low):
            k = head - 2
            while (
                k > 0
                and self.items[k - 1].mention is None
                and (self.items[k - 1].low in COUNTS or self.items[k - 1].low.isdigit())
            ):
                k -= 1
            return k
        return head

    def _adjectival(self, j: int) -> bool:
        """Whether a comma or "and" stands between adjectives of one phrase ("a second and previously undisclosed
        meeting")."""
        return j > 0 and self.items[j].low in (",", "and") and (self.items[j - 1].low in PAIRED)

    def _definite(self, head: int) -> bool:
        if self.items[head].low in DEFINITES:
            return True
        before = self.items[head - 1].mention if head else None
        return (before is not None and before.possessive) or (head > 0 and self.items[head - 1].low in ("'s", "’s"))

    def _noun_sides(self, i: int, head: int) -> tuple[list[tuple[int, ...]], list[Mention]]:
        """Those named with the noun: its possessor, a compound ("the Trump-Putin talks"), "between X and Y", "with Y"."""
        sides: list[tuple[int, ...]] = []
        spots: list[Mention] = []
        for item in self.items[head:i]:
            compound = self._compound(item.text)
            if compound:
                sides.extend(compound)
        owner = self._owner(head)
        if owner is not None and not sides:
            sides.append(owner.entities)
            spots.append(owner)
        of: list[Mention] = []
        j = i + 1
        limit = min(len(self.items) - 1, i + 14)
        while j < limit:
            item = self.items[j]
            if item.low in STOPS or item.low in SUBORDINATE or item.low in lex.REPORTING or item.low in PREDICATES:
                break
            mention = self.items[j + 1].mention
            if (
                (
                    item.low in ("between", "among", "with", "of", "involving", "by")
                    or (item.low == "from" and "call" in self.items[i].low)
                )
                and mention is not None
                and mention.entities
            ):
                joined = self._joined(j + 1, backwards=False, closed=item.low in ("between", "among", "of"))
                if joined[0].possessive and len(joined) == 1:
                    j += 1
                    continue
                if item.low in ("between", "among", "involving") or (
                    item.low in ("of", "by") and len(self._ids(joined)) >= 2
                ):
                    sides.extend(m.entities for m in joined)
                    spots.extend(joined)
                elif item.low == "with" or item.low == "from":
                    sides.append(self._ids(joined))
                    spots.extend(joined)
                elif item.low == "of" and joined[0].kind == "named":
                    of = joined  # "the tête-à-tête of X with Y"
                if item.low != "of":
                    break
            j += 1
        if len(sides) == 1 and of and owner is None:
            sides.insert(0, self._ids(of))
        return sides or self._relative(i), spots

    def _relative(self, i: int) -> list[tuple[int, ...]]:
        """ "the talks that X and Y had planned"."""
        if i + 2 < len(self.items) and self.items[i + 1].low in ("that", "which") and self.items[i + 2].mention is not None:
            joined = self._joined(i + 2, backwards=False, closed=True)
            after = " ".join(item.low for item in self.items[i + 3 : i + 10])
            if len(self._ids(joined)) == 1 and re.search(r"\b(?:held|had|has had)\b", after):
                objects, _ = self._after_word(i + 2, ("with",))
                return [self._ids(joined), objects] if objects else []
            if len(self._ids(joined)) >= 2 and re.search(r"\b(?:planned|held|had|scheduled|were to|agreed|hoped)\b", after):
                return [m.entities for m in joined]
        return []

    def _compound(self, text: str) -> list[tuple[int, ...]]:
        parts = re.split(r"[-–‑]", text)
        if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
            return []
        found: list[tuple[int, ...]] = []
        for part in parts:
            ids = self.cast.by_alias(part)
            if ids is None:
                return []
            found.append((ids,))
        return found

    def _owner(self, head: int) -> Mention | None:
        """The possessor: "Trump's [meeting]", "his [meeting]", "the two leaders' [meeting]"."""
        item = self.items[head]
        if item.low in ("their", "his", "her", "our", "my"):
            word = {"their": "they", "his": "he", "her": "she", "our": "we", "my": "i"}[item.low]
            before = [x.mention for x in self.items[:head] if x.mention is not None]
            ids = self.cast.pronoun(word, before)
            return Mention(0, 0, item.start, item.end, item.text, "pronoun", ids, True) if ids else None
        for j in (head - 1, head - 2):
            mention = self.items[j].mention if j >= 0 else None
            if mention is not None and mention.possessive and mention.entities:
                return mention
        return None

    def _governor(self, head: int, i: int) -> tuple[str, int, list[Mention]]:
        """The verb that the noun is an object of, and its subject: "Trump [held] a meeting", "after a meeting …, Trump
        said"."""
        j = head - 1
        steps = 0
        while j >= 0 and steps < 7:
            item = self.items[j]
            if item.mention is not None and j >= 2 and self._is_goal(j):
                j -= 2 if self.items[j - 1].low in GOALS else 3  # "flew to Cairo for talks"
                continue
            if item.mention is not None and not item.mention.possessive:
                break
            if item.low in STOPS or item.low in ("which", "who", "but"):
                break
            if LIGHT.match(item.low) and item.mention is None:
                at, subject = self._subject(j)
                return item.low, at, subject
            out = j > 0 and (self.items[j - 1].low == "out" or self.items[j - 1].low.startswith("withdr"))
            if item.low in lex.PREPOSITIONS and item.low not in ("to", "into", "for") and not out:
                break
            j -= 1
            steps += 1
        if head and self.items[head - 1].low in LEADING_IN:
            at, subject = self._subject(head)
            return self.items[head - 1].low, at, subject
        return "", self.items[head].start, []
