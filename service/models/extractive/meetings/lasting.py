"""How long a meeting was: the best of what its mentions say, else of what stands next to them."""

from __future__ import annotations

from collections.abc import Iterator

from service.domain.draft import DraftDuration
from service.models.extractive.meetings import attributes as att
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting


def ordered(meeting: Meeting) -> list[EventMention]:
    """Mentions that name people first: what stands there is surer than what stands by "the meeting"."""
    return sorted(meeting.events, key=lambda e: (not e.who, e.start))


def durations_of(facts: Facts, meeting: Meeting) -> Iterator[DraftDuration]:
    """The lengths said where the meeting is mentioned, and right behind ("It took six hours. Two had been set aside.")."""
    sentences = facts.document.sentences
    mine = {e.sentence for e in meeting.events}
    for event in meeting.events:
        for mention, scheduled in facts.durations_of(event.clause):
            yield DraftDuration(mention.text, scheduled, (facts.id_of(event.sentence),))
        for number in range(event.sentence + 1, min(event.sentence + 3, len(sentences))):
            span = sentences[number].span
            if number in mine or number in facts.busy or not att.LENGTH_SAID.search(span.text):
                break
            for mention, scheduled in facts.durations_of((span.start, span.end)):
                yield DraftDuration(
                    mention.text, scheduled or bool(att.SET_ASIDE.search(span.text)), (sentences[number].id,)
                )
