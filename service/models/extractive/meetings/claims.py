"""What is claimed of a meeting and by whom: what the rules read at each mention, brought into line with how it stands.

Assembly takes a record's status from its claims; so these say what the learnt judge makes of all of them, and where in the
article it is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.draft import DraftClaim
from service.domain.meeting import MeetingStatus
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.cues import CUES
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.standing import sentences_behind

#: (status, claimant, number of the sentence).
Claim = tuple[MeetingStatus, str | None, int]
#: What a claim becomes where the meeting stands otherwise; None: it is left out. Of a denied or alleged meeting, those who
#: say that it was held only allege it.
_READ_AS: dict[MeetingStatus, dict[str, MeetingStatus | None]] = {
    "happened": {"ongoing": "happened", "planned": None, "postponed": None, "cancelled": None},
    "ongoing": {
        "happened": "ongoing", "planned": None, "postponed": None, "cancelled": None, "alleged": None, "denied": None,
    },
    "planned": {"happened": "planned", "ongoing": "planned", "alleged": "planned", "denied": None, "postponed": None},
    "postponed": {
        "happened": None, "ongoing": None, "planned": None, "alleged": None, "denied": None, "cancelled": "postponed",
    },
    "cancelled": {
        "happened": None, "ongoing": None, "planned": None, "alleged": None, "denied": "cancelled", "postponed": None,
    },
    "alleged": {
        "happened": "alleged", "ongoing": "alleged", "planned": "alleged", "postponed": "alleged", "cancelled": "alleged",
        "denied": None,
    },
    "denied": {
        "happened": "alleged", "ongoing": "alleged", "planned": None, "postponed": None, "cancelled": "denied",
    },
}  # fmt: skip
#: The cues of a sentence that carries a status which no mention claims.
_TOLD_BY: dict[MeetingStatus, tuple[str, ...]] = {
    "denied": ("never", "denied"),
    "postponed": ("later",),
    "cancelled": ("off", "refused", "will not"),
    "ongoing": ("ongoing",),
    "planned": ("coming",),
    "alleged": ("hearsay", "source"),
}


def claims_of(
    facts: Facts, meeting: Meeting, all_of: Sequence[Meeting], status: MeetingStatus | None
) -> tuple[DraftClaim, ...]:
    """The claims on a meeting that stands so (None: as the rules read it), in the order of the text; none where nobody says
    anything of it."""
    read = _read(meeting)
    if not read:
        return ()
    kept = read if status is None else _in_line(facts, meeting, all_of, status, read)
    merged: dict[tuple[MeetingStatus, str | None], list[str]] = {}
    for said, by, number in sorted(kept, key=lambda one: one[2]):
        merged.setdefault((said, by), []).append(facts.id_of(number))
    return tuple(DraftClaim(said, by, tuple(dict.fromkeys(ids))) for (said, by), ids in merged.items())


def _in_line(
    facts: Facts, meeting: Meeting, all_of: Sequence[Meeting], status: MeetingStatus, read: Sequence[Claim]
) -> list[Claim]:
    """What was read, so far as it goes with how the meeting stands; and at least one claim that says so."""
    kept: list[Claim] = []
    for said, by, number in read:
        as_ = _READ_AS[status].get(said, said)
        if as_ is not None:
            kept.append((as_, by, number))
    if status == "planned":
        held = {by for said, by, _ in kept if said == "planned" and by is not None}
        kept = [one for one in kept if one[0] != "cancelled" or (one[1] is not None and held - {one[1]})]
    if not any(said == status for said, _, _ in kept):
        kept.append(_told_elsewhere(facts, meeting, all_of, status))
    return kept


def _read(meeting: Meeting) -> list[Claim]:
    """What the rules read. A plan of the past counts only where nothing came of it and nobody says more; a wish never by
    itself."""
    every = [(s, by, e) for e in meeting.events for s, by in e.claims]
    strong = [(s, by, e) for s, by, e in every if s not in ("was planned", "wish", "assumed")]
    if strong:
        strong = [one for one in strong if one[0] != "planned" or one[1] or not _only_named_in_passing(one[2])] or strong
    else:
        strong = [("cancelled", by, e) for s, by, e in every if s == "was planned"] or [
            ("happened", by, e) for s, by, e in every if s == "assumed" and e.who and not e.plural
        ]
    return [(s, by, e.sentence) for s, by, e in strong]  # type: ignore[misc]


def _only_named_in_passing(event: EventMention) -> bool:
    """ "Friday's planned meeting": an adjective is no claim when others make one."""
    return event.form == "noun" and bool(re.search(r"\b(?:planned|scheduled|upcoming|expected|proposed)\b", event.modifiers))


def _told_elsewhere(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting], status: MeetingStatus) -> Claim:
    """The claim of a sentence that speaks of the meeting without naming it ("Both offices deny it"); else of the first
    mention, in the article's own voice."""
    sentences = facts.document.sentences
    behind = [number for _, number in sentences_behind(meeting, all_of, len(sentences))]
    for cue in _TOLD_BY.get(status, ()):
        for number in sorted({event.sentence for event in meeting.events} | set(behind)):
            if CUES[cue].search(sentences[number].span.text):
                return status, _speaker(facts, number), number
    return status, None, meeting.events[0].sentence


def _speaker(facts: Facts, number: int) -> str | None:
    """Who says a sentence: the speaker of a quotation in it, or the subject of its verb of saying or denying."""
    span = facts.document.sentences[number].span
    for quotation in facts.document.quotations:
        if quotation.speaker is not None and any(s.start < span.end and span.start < s.end for s in quotation.spans):
            return quotation.speaker.name
    tree = facts.cast.trees[number]
    for verb in tree.words:
        if verb.is_verb and (verb.low in lex.REPORTING or CUES["denied"].fullmatch(verb.low)):
            for subject in tree.children(verb, "nsubj"):
                held = next((m for m in facts.mentions.get(number, ()) if m.start <= subject.start < m.end), None)
                if held is not None and held.kind != "pronoun":
                    return held.text if len(held.entities) != 1 else facts.cast.entities[held.entities[0]].name
    return None
