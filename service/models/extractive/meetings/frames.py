"""Mentions of meetings in a sentence: verbs and nouns of meeting with those who meet.

A sentence is read as a row of items: phrases that stand for somebody (from ``people``), words and marks. A trigger is a
verb or noun of meeting; its frame says where those who meet stand: "X met Y", "talks between X and Y", "X's meeting with
Y"."""

from __future__ import annotations

from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.nouns import NounFrames
from service.models.extractive.meetings.verbs import VerbFrames


class Frames(VerbFrames, NounFrames):
    """Finds the event mentions of one sentence."""

    def find(self) -> list[EventMention]:
        """All event mentions, in order."""
        found = [*self._phrases(), *self._verbs(), *self._nouns(), *self._taken_up()]
        found.sort(key=lambda e: e.start)
        return found
