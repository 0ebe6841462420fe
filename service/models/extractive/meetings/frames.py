"""Mentions of meetings in a sentence: verbs and nouns of meeting with those who meet.

A sentence is read as a row of items: phrases that stand for somebody (from ``people``), words and marks. A trigger is a
verb or noun of meeting; its frame says where those who meet stand: "X met Y", "talks between X and Y", "X's meeting with
Y"."""

from __future__ import annotations

import re
from dataclasses import replace

from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.nouns import NounFrames
from service.models.extractive.meetings.verbs import VerbFrames

_SEPARATE = re.compile(r"\b(?:separate|individual)\b", re.I)
_SEPARATELY = re.compile(r"[^.;]{0,80}\b(?:separately|in turn|one after the other|individually)\b")
_SOME_TIME = re.compile(
    r"[^.;,]{0,80}\b(?:(?:last|this|in recent|in the last|over the past) (?:few )?(?:weeks?|months?|years?|summer|days))\b"
)
_TIME = (
    r"(?:on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:last|this|next|the following) \w+|"
    r"yesterday|earlier|later|today|\d+ \w+)"
)
_AND_THEN = re.compile(
    rf"[^.;]{{3,70}}?\b{_TIME}(?: \w+)?,? (?P<and>and) (?:(?P<lead>(?:{_TIME},? )?(?:then |later |also )*with) )?"
    r"(?=(?:the |his |her )?(?:[A-Z]|\w+ [A-Z]))"
)
_DAY = re.compile(rf"[^.;,]{{0,30}}?,? {_TIME}\b")


class Frames(VerbFrames, NounFrames):
    """Finds the event mentions of one sentence."""

    def find(self) -> list[EventMention]:
        """All event mentions, in order."""
        found = [*self._phrases(), *self._verbs(), *self._nouns(), *self._taken_up()]
        found = [one for event in found for one in (*self._each(event), *self._further(event))]
        found.sort(key=lambda e: e.start)
        return found

    def _each(self, event: EventMention) -> list[EventMention]:
        """ "Separate meetings with Y and Z" are two, and so is "met with Y and Z last week": no one day for all."""
        if len(event.sides) != 2 or len(event.sides[0]) != 1 or not 2 <= len(event.sides[1]) <= 3:
            return [event]
        if any(self.cast.entities[i].kind != "person" for i in event.who):
            return [event]
        separate = _SEPARATE.search(event.modifiers) or _SEPARATELY.match(event.right)
        loose = event.lemma == "meet" and event.form == "past" and _SOME_TIME.match(event.right)
        if not separate and not loose:
            return [event]
        event.modifiers = _SEPARATE.sub(" ", event.modifiers)
        parts = [replace(event, sides=[event.sides[0], (other,)], claims=[], plural=False) for other in event.sides[1]]
        return parts

    def _further(self, event: EventMention) -> list[EventMention]:
        """The second meeting of "met X on Monday and Y on Tuesday", "met with X last week, and this week with Y"."""
        if event.lemma not in ("meet", "talk", "speak", "phone") or event.form != "past" or len(event.sides) != 2:
            return []
        hit = _AND_THEN.match(event.right)
        if hit is None:
            return []
        start = event.end + hit.end()
        at = next((i for i, item in enumerate(self.items) if item.start == start), None)
        mention = self.items[at].mention if at is not None else None
        if mention is None or not mention.entities or set(mention.entities) & event.who:
            return []
        rest = self.text[mention.end : self.sentence.span.end]
        if hit["lead"] is None and not _DAY.match(rest):
            return []
        begin = event.end + hit.start("and")
        left = self.text[self.sentence.span.start : event.start]
        right = self.text[begin + 3 : self.sentence.span.end]
        return [
            replace(
                event,
                start=begin,
                end=begin + 3,
                sides=[event.sides[0], mention.entities],
                spots=[mention],
                claims=[],
                left=left,
                right=right,
            )
        ]
