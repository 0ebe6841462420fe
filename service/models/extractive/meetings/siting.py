"""Where a meeting was: of the spots round its mentions and the dateline, or nowhere, what the trained choice takes
(evals/training/places.py; the weights are carried in siting.txt.gz)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.domain.draft import DraftPlace
from service.language.places import find_places, look_up
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.sites import features_of, nowhere, sort_of
from service.models.extractive.meetings.spots import Spot, Spots
from service.models.extractive.meetings.weights import weigh, weights_of

#: How many sentences before and behind a mention a place is looked for, and in how many from the top.
_BEFORE, _BEHIND = 4, 3
#: By how much nowhere must be likelier than a place to be taken; chosen by cross-validation, as places are rather missed.
_RATHER = 1.5


@dataclass(frozen=True, slots=True)
class Option:
    """A spot (None: nowhere) with what speaks for it."""

    spot: Spot | None
    features: frozenset[str]


def shares(weights: Mapping[str, float], options: Sequence[Option]) -> list[float]:
    """The probability of each option by these weights."""
    totals = [weigh(weights, one.features) for one in options]
    top = max(totals)
    raised = [math.exp(one - top) for one in totals]
    return [one / sum(raised) for one in raised]


#: From this share on a town is told instead of the country that it is in.
_TOWN = 0.05
_TOWN_OF = re.compile(
    r"(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:city|town|capital|village|port|resort|island|province)\s+of\s+[A-Z]"
)


class Siting:
    """Finds the places of an article's meetings."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._spots = Spots(facts)

    def place_of(self, meeting: Meeting, all_of: Sequence[Meeting], stale: bool = False) -> DraftPlace | None:
        """The place of a meeting, or None. ``stale``: it was so long ago that the dateline tells nothing of it."""
        options = self.options(meeting, all_of)
        if stale:
            options = [one for one in options if one.spot is None or one.spot.lead != "<dateline>"]
        chances = shares(weights_of("siting"), options)
        by_text: dict[str, float] = {}
        for option, chance in zip(options, chances, strict=True):
            key = plain(option.spot.text) if option.spot is not None else ""
            by_text[key] = by_text.get(key, 0.0) + chance
        by_text[""] /= _RATHER
        best = max(by_text, key=lambda key: by_text[key])
        if not best:
            return None
        chosen = max(
            ((c, o.spot) for o, c in zip(options, chances, strict=True) if o.spot and plain(o.spot.text) == best),
            key=lambda pair: pair[0],
        )[1]
        draft = self._draft(chosen)
        if draft.country and not (draft.city or draft.venue or draft.region):
            return self._town_in(draft, options, chances) or draft
        return draft

    def _town_in(self, country: DraftPlace, options: Sequence[Option], chances: Sequence[float]) -> DraftPlace | None:
        """The likeliest town, where the country alone is likelier but the town no stranger ("in Vietnam", "in Danang")."""
        ranked = sorted(zip(chances, options, strict=True), key=lambda pair: -pair[0])
        for chance, option in ranked:
            if chance < _TOWN or option.spot is None:
                continue
            draft = self._draft(option.spot)
            if draft.city and not draft.venue and draft.country in (None, country.country):
                return draft
        return None

    def options(self, meeting: Meeting, all_of: Sequence[Meeting]) -> list[Option]:
        """The spots near the mentions of a meeting, those of the dateline, and nowhere."""
        made = [Option(None, frozenset(nowhere(self._facts, meeting)))]
        for spot in self._near(meeting):
            made.append(Option(spot, frozenset(features_of(self._facts, meeting, all_of, spot))))
        return made

    def _near(self, meeting: Meeting) -> Iterator[Spot]:
        last = len(self._facts.document.sentences)
        numbers = {
            n for e in meeting.events for n in range(max(0, e.sentence - _BEFORE), min(last, e.sentence + _BEHIND + 1))
        }
        for number in sorted(numbers):
            yield from self._spots.of(number)
        yield from self._spots.datelines()

    def _draft(self, spot: Spot) -> DraftPlace:
        id = (self._facts.id_of(spot.number),) if self._facts.document.sentences else ()
        parts: dict[str, str] = {}
        for mention in find_places(f"in {spot.text}"):
            parts.setdefault("city" if mention.kind == "capital" else mention.kind, mention.text)
        known = look_up(plain(spot.text, keep_case=True))
        if _TOWN_OF.match(spot.text) and parts.keys() - {"venue"}:
            parts.pop("venue", None)
        elif known is None and sort_of(spot) not in ("GPE", "city") and not parts.keys() & {"venue"}:
            parts["venue"] = plain(spot.text, keep_case=True)
        elif not parts:
            parts["city"] = plain(spot.text, keep_case=True)
        return DraftPlace(spot.text, id, parts.get("venue"), parts.get("city"), parts.get("region"), parts.get("country"))


def plain(words: str, keep_case: bool = False) -> str:
    """A place's words without article; in lower case unless ``keep_case``."""
    bare = re.sub(r"^(?:the|an?)\s+", "", words, flags=re.I)
    return bare if keep_case else bare.lower()
