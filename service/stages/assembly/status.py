"""A record's own status, from the claims on it (contract: "A record's own status").

*happened* where the article in its own voice, a participant or an official of either side says that it took place; else, of
a meeting that was to come: *cancelled* or *postponed* where a side calls it off and none holds to it, *planned* where at
least one side expects it; else *denied* where a participant or its office denies it and none confirms; else *alleged*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.meeting import MeetingStatus, Participant, StatusClaim
from service.language.places import capital_code, country_code
from service.stages.assembly.grounding import Ground

#: Offices that speak for a country without naming it.
_OFFICES = {
    "Kremlin": "RU", "White House": "US", "Pentagon": "US", "State Department": "US", "Downing Street": "GB", "Number 10":
    "GB", "Whitehall": "GB", "Élysée": "FR", "Elysee": "FR", "Quai d'Orsay": "FR", "Blue House": "KR", "Bundestag": "DE",
    "Zhongnanhai": "CN", "Vatican": "VA", "Holy See": "VA", "Foggy Bottom": "US", "Knesset": "IL", "Chancellery": "DE",
    "Hamas": "PS", "Taliban": "AF", "Xinhua": "CN", "Tass": "RU", "TASS": "RU", "KCNA": "KP", "IRNA": "IR", "SANA": "SY",
}  # fmt: skip
_NOBODY = re.compile(
    r"\b(?:former|ex-\w+|one-time|onetime|wait(?:er|ress)|bodyguards?|drivers?|neighbou?rs?|villagers?|"
    r"passers?-?by|onlookers?|staff|"
    r"gardener|butler|barman|bartender|employees?|guests?|books?|memoirs?|biography|whistleblowers?|figures|pals?|friends?|"
    r"insiders?|magazine|broadcaster|outlets?|channel|tabloid|columnist|gossip|leaks?|documents?|emails?|lawsuit|police|"
    r"sources?|people|persons?|reports?|reporters?|media|newspapers?|news agency|witness(?:es)?|analysts?|observers?|"
    r"rumou?rs?|critics|"
    r"experts?|insiders?|Reuters|AFP|Associated Press|AP|CNN|NBC|BBC|ABC|CBS|Fox News|Axios|Politico|Bloomberg|Times|Post|"
    r"Guardian|Journal|"
    r"Interfax|website|blog|tweets?|diplomats?|probe|investigation|indictment|dossier|allies|opposition|"
    r"activists?|residents?|historians?|biographer|author)\b",
    re.I,
)
_OFFICIAL = re.compile(
    r"\b(?:spokes\w+|officials?|minister|ministry|office|government|secretary|ambassador|aides?|advis[eo]rs?|embassy|"
    r"administration|president|"
    r"chancellor|chief of staff|envoys?|palace|chairman|leader|premier|king|queen|prince|senator|mayor|governor|campaign|"
    r"party|lawyer|attorney|"
    r"delegation|negotiators?|press service|statement|department|authorities|commission|council|ceo|executive|company|"
    r"team|both sides|the two|the pair|candidates?|nominees?|couple)\b",
    re.I,
)


def settle(ground: Ground, claims: Sequence[StatusClaim], participants: Sequence[Participant]) -> MeetingStatus:
    """The status of a meeting of ``participants`` of which ``claims`` are made (at least one)."""
    ours = [claim for claim in claims if claim.by is None or _speaks_for_a_side(ground, claim.by, participants)]
    said = {claim.status for claim in ours}
    if "ongoing" in said and _first(ours, "ongoing") <= _first(ours, "happened"):
        return "ongoing"
    if "happened" in said:
        return "happened"
    called_off = [claim for claim in ours if claim.status in ("cancelled", "postponed")]
    holders = [claim for claim in ours if claim.status == "planned" and claim.by is not None]
    if called_off:
        own_voice = any(claim.by is None for claim in called_off)
        off_by = {claim.by for claim in called_off}
        if not own_voice and any(claim.by not in off_by for claim in holders):
            return "planned"
        return "postponed" if any(claim.status == "postponed" for claim in called_off) else "cancelled"
    if "planned" in said:
        return "planned"
    if "denied" in said:
        return "denied"
    if {claim.status for claim in claims} == {"planned"}:
        return "planned"
    if claims and all(claim.status in ("cancelled", "postponed") for claim in claims):
        return claims[0].status
    return "alleged"


def _first(claims: Sequence[StatusClaim], status: MeetingStatus) -> int:
    return next((i for i, claim in enumerate(claims) if claim.status == status), len(claims))


def _speaks_for_a_side(ground: Ground, by: str, participants: Sequence[Participant]) -> bool:
    """Whether the claimant takes part, or is an official (or the office) of a side. Somebody whose country is known, and is
    none of the sides', is a third party; so are sources without a name and the press."""
    if any(_shares_a_name(by, one.name) for one in participants):
        return True
    person = next((p for p in ground.document.people if p.name == by), None)
    words = " ".join(
        part
        for part in (by, _described(ground, by), person.role if person else None, person.affiliation if person else None)
        if part
    )
    if _NOBODY.search(by) and not re.search(r"\bstate(?:-run)? (?:media|news|tv|television|radio|broadcaster)", by, re.I):
        return False
    theirs = _codes(words)
    sides = {
        code
        for one in participants
        for code in _codes(f"{_described(ground, one.name)} {one.role or ''} {one.affiliation or ''} {one.name}")
    }
    if theirs & sides:
        return True
    if theirs and sides and len(sides) >= 2:
        return any(one.part == "mediator" and _codes(one.name) & theirs for one in participants)
    if theirs and any(office in by for office in _OFFICES):
        return True  # an office, where not both sides are known: nothing makes it a third party
    if person is not None or re.search(r"[A-Z]\w+ [A-Z]\w+", by):
        return not _NOBODY.search(_described(ground, by))
    return bool(_OFFICIAL.search(by)) or (not theirs and by[:1].isupper())


def _shares_a_name(by: str, name: str) -> bool:
    one, other = ({w for w in re.findall(r"\w[\w’'-]+", n) if w[:1].isupper()} for n in (by, name))
    return bool(one & other)


def _described(ground: Ground, name: str) -> str:
    """The words round the first mention of ``name``: "Russian Foreign Minister", ", Russia's Foreign Minister"."""
    spot = ground.find(name)
    if spot is None:
        return ""
    before = ground.text[max(0, spot.start - 60) : spot.start]
    before = re.split(r"[.;:,\n]|\b(?:and|with|but|that|from|by|in|at|to|of|met|said|told)\b", before)[-1]
    after = re.match(r", ((?:the |a |an )?[^,.;\n]{3,70})[,.]", ground.text[spot.end : spot.end + 80])
    return before + (" " + after[1] if after else "")


def _codes(words: str) -> set[str]:
    """The countries that ``words`` name or stand for."""
    codes = {code for office, code in _OFFICES.items() if office in words}
    tokens = re.findall(r"U\.S\.|U\.K\.|[A-ZÀ-Ý][\w’'-]*(?: [A-ZÀ-Ý][\w’'-]*)?", words)
    for token in [part for t in tokens for part in (t, *t.split())]:
        bare = re.sub(r"['’]s?$", "", token)
        code = country_code(bare) or capital_code(bare)
        if code:
            codes.add(code)
    return codes
