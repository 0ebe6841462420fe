"""Who met: names found in the article, tied to its people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.draft import DraftParticipant
from service.domain.meeting import Participant
from service.domain.quotation import Person
from service.domain.text import Span
from service.domain.verdict import Grounded
from service.stages.assembly.grounding import Ground

#: Words that make a noun phrase a group, which can meet by itself: "the two leaders", "EU foreign ministers".
_GROUP = re.compile(
    r"(?:leaders|ministers|officials|presidents|delegations?|sides|envoys|diplomats|negotiators|teams|chiefs|members|"
    r"representatives|"
    r"governments|countries|nations|parties|lawmakers|senators|commanders|generals|heads|advisers|advisors|aides|"
    r"executives|chancellors|"
    r"monarchs|rivals|neighbou?rs|counterparts|couple|pair|men|women|people|families|survivors|victims|workers|activists)$",
    re.I,
)


def ground_participants(ground: Ground, drafts: Sequence[DraftParticipant]) -> tuple[Grounded[Participant], ...]:
    """The drafted participants whose names stand in the article, each once, with the places in the cited sentences where
    they are named. Empty where too few are left to have met. A verdict "unchecked" means: named in the article, but not in
    the sentences cited."""
    made: list[Grounded[Participant]] = []
    for draft in drafts:
        one = _ground(ground, draft)
        if one is not None and not any(_same(one.value, other.value) for other in made):
            made.append(one)
    met = [one for one in made if one.value.part in ("principal", "attendee")]
    if (
        len(met) >= 2
        or (len(made) == 1 and _GROUP.search(made[0].value.name))
        or (met and len(made) >= 2 and met[0].value.part == "principal")
    ):
        return tuple(made)
    return ()


def _ground(ground: Ground, draft: DraftParticipant) -> Grounded[Participant] | None:
    name = " ".join(draft.name.split())
    found = ground.find(name, draft.cites)
    if found is None:
        return None
    cited = ground.cited(draft.cites)
    person = _person(ground, name, found)
    role = _said(ground, draft.role, draft.cites)
    affiliation = _said(ground, draft.affiliation, draft.cites)
    if person is not None:
        role, affiliation = role or person.role, affiliation or person.affiliation
    names = dict.fromkeys([found.text, *([person.name] if person else []), _surname(found.text)])
    spots = [spot for word in names if word for spot in ground.all_of(word, cited)]
    here = [spot for spot in spots if not any(o is not spot and o.covers(spot) and o.text != spot.text for o in spots)]
    evidence = tuple(dict.fromkeys(sorted(here, key=lambda s: s.start)))[:4]
    verdict = "supported" if evidence else "unchecked"
    return Grounded(
        Participant(found.text, role, affiliation, draft.part, person.id if person else None),
        evidence or (found, *cited[:1]),
        verdict,  # type: ignore[arg-type]
    )


def _said(ground: Ground, words: str | None, cites: Sequence[str]) -> str | None:
    """A role or affiliation, if the article has the words at all."""
    found = ground.find(words, cites) if words else None
    return found.text if found else None


def _person(ground: Ground, name: str, found: Span) -> Person | None:
    people = ground.document.people
    for person in people:
        if person.name == name or any(mention.text == name for mention in person.mentions):
            return person
    for person in people:
        if any(mention.overlaps(found) for mention in person.mentions):
            return person
    return None


def _surname(name: str) -> str:
    words = [word for word in name.split() if word[:1].isupper() and word.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    return words[-1] if len(words) > 1 else ""


def _same(one: Participant, other: Participant) -> bool:
    return one.name == other.name or (one.person is not None and one.person == other.person)
