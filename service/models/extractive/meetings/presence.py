"""Who else was there: mediators, interpreters and those who came along, told by their office or by the words beside their
name."""

from __future__ import annotations

import re

from service.domain.meeting import Part
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.resolution import Entity

_MEDIATORS = frozenset("mediator go-between intermediary facilitator".split())
_INTERPRETERS = frozenset("interpreter translator".split())
_LED_BY = re.compile(
    r"\b(?P<mediator>(?:mediated|brokered|moderated|facilitated|chaired|convened|overseen) by|(?:chairmanship|mediation|"
    r"auspices|good offices) of)"
    r"\s+(?:[\w’'.-]+\s+){0,5}$|\b(?P<attendee>(?:accompanied|joined|flanked|assisted|attended|hosted|arranged|"
    r"organi[sz]ed|witnessed|refereed|interpreted|translated) by|along with|together with|alongside|in the "
    r"presence of|"
    r"brought (?:along )?)\s+(?:[\w’'.-]+\s+){0,4}$",
    re.I,
)
_DID = re.compile(
    r"^(?:, (?!who)[^,.;]{0,60},)?,?\s+(?:who\s+)?(?:had\s+|has\s+|also\s+|both\s+)*(?:(?P<interpreter>interpreted|"
    r"interpreting|"
    r"translated|translating)|(?P<mediator>mediated|mediating|moderated|moderating|chaired|chairing|in the chair|brokered|"
    r"presided|presiding|acted as (?:mediator|go-between)|acting as (?:mediator|go-between)|shuttled)"
    r"|(?P<attendee>attended|also (?:present|attending|there)|in attendance|looking on|taking notes|took (?:the "
    r")?(?:notes|minutes)|was (?:also )?(?:present|in the room|at the (?:meeting|table|talks))|were (?:also )?(?:present|"
    r"in the room)|took part|sat in|joined (?:them|the (?:talks|meeting|session|two))"
    r"|opened the proceedings|looked on|hovered|sat (?:beside|between|nearby|next to)|brought (?:them|the two|both|"
    r"the sides) together|watched from|made the introductions|introduced (?:them|the two)|kept (?:the )?(?:minutes|"
    r"peace)|refereed|poured|served|doubled as|acted as|was on hand|"
    r"stood by|completed the|made up the|was (?:also )?(?:there|at (?:his|her) side)|had been connected))\b",
    re.I,
)


def part_of(entity: Entity) -> Part:
    """The part that a person's office gives in a meeting at which he or she sits at the table."""
    if entity.roles & _MEDIATORS:
        return "mediator"
    return "interpreter" if entity.roles & _INTERPRETERS else "principal"


def part_here(facts: Facts, entity: Entity, start: int, end: int) -> Part | None:
    """The part that the words beside a name (or else the office) give; None where they say nothing."""
    for hit in (_LED_BY.search(facts.text[max(0, start - 70) : start]), _DID.search(facts.text[end : end + 90])):
        if hit is not None and hit.lastgroup is not None:
            return hit.lastgroup  # type: ignore[return-value]
    part = part_of(entity)
    return None if part == "principal" else part
