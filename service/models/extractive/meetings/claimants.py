"""Who says what is said of a meeting: the speaker of a quotation, the subject of a verb of saying, a source named behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.events import EventMention, Item
from service.models.extractive.meetings.people import Cast

#: Verbs of one side's word on a meeting, beside those of plain report.
_DECIDING = frozenset("ruled denied denies deny rejected rejects dismissed excluded".split())
_SOME_SOURCE = re.compile(
    r",\s+(?P<by>(?:[\w’'-]+\s){0,3}?(?:people|persons?|sources?|officials?|aides?|witnesses|diplomats?|"
    r"insiders?|advis[eo]rs|"
    r"staffers|residents|villagers|lawmakers|reports|media|newspapers?|broadcaster|daily|magazine|agency)"
    r"(?:\s(?!said|say|told|claim|report)[\w’'-]+){0,7})\s+(?:have |has )?(?:said|say|says|told|claim(?:ed)?|"
    r"report(?:ed)?)\b"
)


def claimant(facts: Facts, event: EventMention, items: Sequence[Item]) -> str | None:
    """Who says what is said of the meeting at ``event``; None: the article in its own voice."""
    quotation = facts.speaker_at(event.start)
    if quotation is not None and quotation.speaker is not None and quotation.kind != "indirect":
        return _fullest(facts.cast, quotation.speaker.name)
    at = next((i for i, item in enumerate(items) if item.end > event.start), len(items))
    for j in range(at - 1, -1, -1):
        reports = items[j].low in lex.REPORTING or items[j].low in _DECIDING
        if reports and items[j].mention is None and (items[j].start < event.subject_start + 1 or event.form == "noun"):
            by = _subject_before(facts.cast, items, j)
            if by is not None:
                return by
    for j, item in enumerate(items):
        if item.low == "according" and j + 2 < len(items) and items[j + 1].low == "to":
            who = next((x for x in items[j + 2 : j + 6] if x.mention is not None), None)
            if who is not None and who.mention is not None:
                return _name(facts.cast, who)
            return _plain_source(facts.text, items, j + 2)
    if quotation is not None and quotation.speaker is not None:
        return _fullest(facts.cast, quotation.speaker.name)
    return _trailing(facts, items, at) or _some_source(facts, event)


def _trailing(facts: Facts, items: Sequence[Item], at: int) -> str | None:
    """ "…, US officials say." """
    for j in range(len(items) - 1, at, -1):
        closes = items[j].low in lex.REPORTING and items[j].mention is None and j + 4 >= len(items)
        if closes and j >= 2 and items[j - 1].mention is not None and items[j - 2].low in (",", '"', "”", "’"):
            return _name(facts.cast, items[j - 1])
    for j in range(at + 1, len(items) - 1):
        if (
            items[j].low in (",",)
            and items[j + 1].mention is not None
            and j + 2 < len(items)
            and items[j + 2].low in ("said", "says", "say", "added")
        ):
            return _name(facts.cast, items[j + 1])
    return None


def _some_source(facts: Facts, event: EventMention) -> str | None:
    """ "…, two people familiar with the matter said."."""
    span = facts.document.sentences[event.sentence].span
    hit = _SOME_SOURCE.search(facts.text, event.end, span.end)
    return hit["by"] if hit is not None else None


def _subject_before(cast: Cast, items: Sequence[Item], verb: int) -> str | None:
    for k in range(verb - 1, max(-1, verb - 9), -1):
        item = items[k]
        if (
            item.mention is not None
            and item.mention.entities
            and not (k and items[k - 1].low in lex.PREPOSITIONS)
            and not item.mention.possessive
        ):
            return _name(cast, item)
        if item.low in (";", ".", "that"):
            return None
    return None


def _plain_source(text: str, items: Sequence[Item], j: int) -> str | None:
    end = j
    while end < len(items) and items[end].low not in (",", ".", ";", "who", "with", "that", "”", '"', "and") and end - j < 5:
        end += 1
    return text[items[j].start : items[end - 1].end] if end > j else None


def _name(cast: Cast, item: Item) -> str | None:
    if item.mention is None:
        return None
    if item.mention.kind in ("group", "place"):
        return item.mention.text
    if len(item.mention.entities) == 1:
        return cast.entities[item.mention.entities[0]].name
    return item.mention.text


def _fullest(cast: Cast, name: str) -> str:
    found = cast.by_alias(name) if len(name.split()) == 1 else None
    return cast.entities[found].name if found is not None and cast.entities[found].kind == "person" else name
