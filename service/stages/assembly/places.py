"""Where they met: a drafted place, found in the article and taken apart into venue, city, region and country."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from service.domain.draft import DraftPlace
from service.domain.meeting import Place
from service.domain.text import Span
from service.domain.verdict import Grounded, Verdict
from service.language.places import country_code, find_places
from service.stages.assembly.grounding import Ground

Judged = Callable[[str, Span, Sequence[Span]], Verdict]


def ground_place(ground: Ground, draft: DraftPlace | None, judged: Judged) -> Grounded[Place] | None:
    """The place with the words that carry it; None where its words are not the article's. A part that the draft names but
    the article does not is left out; the country of a city is filled only if the article itself names that country."""
    if draft is None:
        return None
    cites = draft.cites
    found = ground.find(draft.text, cites)
    if found is None:
        parts = [part for part in (draft.venue, draft.city, draft.region, draft.country) if part]
        found = next((spot for part in parts if (spot := ground.find(part, cites)) is not None), None)
        if found is None:
            return None
    spots = {kind: _spot(ground, getattr(draft, kind), cites) for kind in ("venue", "city", "region", "country")}
    code: str | None = None
    for mention in find_places(found.text) or find_places(f"in {found.text}"):
        kind = "city" if mention.kind == "capital" else mention.kind
        code = code or mention.code
        if spots[kind] is None:
            spots[kind] = _spot(ground, mention.text, cites)
    if spots["country"] is None and code is not None and (spots["city"] or spots["region"]):
        spots["country"] = _country_said(ground, (spots["city"] or spots["region"] or found).text, code)
    if not any(spots.values()):
        spots["venue"] = found
    value = Place(
        found.text, *(spot.text if (spot := spots[kind]) else None for kind in ("venue", "city", "region", "country"))
    )
    evidence = tuple(dict.fromkeys([found, *(spot for spot in spots.values() if spot and not found.covers(spot))]))
    return Grounded(value, evidence, judged(f"in {found.text}", found, ground.cited(cites)))


def _country_said(ground: Ground, city: str, code: str) -> Span | None:
    """The country's name, where the article says of the city that it lies there: "the German city of Hamburg" (and Germany
    is named somewhere), "Danang, Vietnam", "Danang (Vietnam)"."""
    named = next((m for m in ground.places if m.kind == "country" and m.code == code), None)
    if named is None:
        return None
    word = re.escape(city)
    for hit in re.finditer(
        rf"(?P<d>[A-Z][\w.]+(?: [A-Z]\w+)?) (?:[a-z]+ ){{0,3}}(?:of )?{word}\b|\b{word},? \(?(?P<c>[A-Z][\w.]+(?: "
        rf"[A-Z]\w+)?)",
        ground.text,
    ):
        words = hit["d"] or hit["c"]
        if country_code(words) == code or country_code(words.split()[-1]) == code:
            return Span.of(ground.text, named.start, named.end)
    return None


def _spot(ground: Ground, words: str | None, cites: Sequence[str]) -> Span | None:
    return ground.find(words, cites) if words else None
