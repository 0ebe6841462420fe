"""From drafts of meetings to records: words are found in the article, dates and places resolved by code, the status settled.

A draft is a proposal, whoever wrote it: its words may be invented, its ids unknown, its fields wrong. What can't be found
in the article is dropped; what stays carries the place where it stands and a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from service.domain.draft import Document, DraftDuration, DraftMeeting, DraftPosition, DraftText
from service.domain.meeting import (
    Disagreement,
    Duration,
    MeetingDate,
    MeetingRecord,
    Position,
    StatusClaim,
)
from service.domain.text import Span
from service.domain.verdict import Grounded, Verdict
from service.language.durations import read_duration
from service.stages.assembly.grounding import Ground
from service.stages.assembly.participants import ground_participants
from service.stages.assembly.places import ground_place
from service.stages.assembly.status import settle
from service.stages.assembly.titles import statement_of, title_of

__all__ = ["assemble_meetings"]

#: Phrases that stand for people named elsewhere.
_STANDS_FOR = re.compile(
    r"\b(?:they|them|their|he|him|his|she|her|we|us|the two|both|the pair|the duo|each other|the (?:\w+ "
    r")?(?:leaders|men|presidents"
    r"|ministers|sides))\b",
    re.I,
)

Check = Callable[[str, Sequence[Span]], Verdict]


def assemble_meetings(document: Document, drafts: Sequence[DraftMeeting], check: Check) -> tuple[MeetingRecord, ...]:
    """Records of the drafted meetings, in the order of the drafts, numbered "m1", "m2", ….

    ``check`` holds a statement against places of the article and says whether they bear it; it is asked only for what does
    not stand there word for word. A draft of which no claim, or fewer than two participants (or one group), can be found in
    the article gives no record. Never raises on any draft.
    """
    ground = Ground(document)
    records: list[MeetingRecord] = []
    for draft in drafts:
        record = _assemble(ground, draft, check, f"m{len(records) + 1}")
        if record is not None:
            records.append(record)
    return tuple(records)


def _assemble(ground: Ground, draft: DraftMeeting, check: Check, id: str) -> MeetingRecord | None:
    claims = _claims(ground, draft)
    participants = ground_participants(ground, draft.participants)
    if not claims or not participants:
        return None
    own = tuple(dict.fromkeys(span for claim in claims for span in claim.evidence))
    status = settle(ground, claims, [one.value for one in participants])
    judged = _Judge(check, own, statement_of(status, [one.value for one in participants]))
    date = _date(ground, draft.date, judged)
    place = ground_place(ground, draft.place, judged.of)
    occasion = _words(ground, draft.occasion, judged)
    positions, moved = _positions(ground, draft.positions, check)
    record = MeetingRecord(
        id=id,
        title="",
        kind=draft.kind,
        mode=draft.mode,
        setting=draft.setting,
        status=status,
        status_claims=claims,
        participants=tuple(
            Grounded(one.value, one.evidence, one.verdict if one.verdict != "unchecked" else judged.whole())
            for one in participants
        ),
        date=date,
        duration=tuple(_durations(ground, draft.durations, judged)),
        place=place,
        occasion=occasion,
        topics=tuple(w for t in draft.topics if (w := _words(ground, t, judged)) is not None),
        outcomes=tuple(w for t in draft.outcomes if (w := _words(ground, t, judged)) is not None),
        positions=positions,
        disagreements=_disagreements(draft, positions, moved),
    )
    return _titled(record)


def _titled(record: MeetingRecord) -> MeetingRecord:
    return replace(record, title=title_of(record))


class _Judge:
    """Verdicts on the fields of one record. Words that stand in a sentence which the record itself rests on, or next to
    one, are supported; words from elsewhere are put to ``check`` as a statement about the meeting."""

    def __init__(self, check: Check, own: Sequence[Span], statement: str) -> None:
        self._check, self._own, self._statement = check, own, statement
        self._whole: Verdict | None = None

    def whole(self) -> Verdict:
        """The verdict on the bare meeting, asked for once."""
        if self._whole is None:
            self._whole = self._check(self._statement + ".", self._own)
            if self._whole == "contradicted" and any(_STANDS_FOR.search(span.text) for span in self._own):
                self._whole = "unchecked"  # "The two met": whom it means is no matter of the words
        return self._whole

    def of(self, words: str, found: Span, cited: Sequence[Span]) -> Verdict:
        """The verdict on ``words``, found at ``found``; ``cited`` are the sentences said to carry them."""
        if any(span.covers(found) for span in (*self._own, *cited)):
            return "supported"
        verdict = self._check(f"{self._statement}, {words}.", [*self._own, found])
        return "unchecked" if verdict == "contradicted" else verdict


def _claims(ground: Ground, draft: DraftMeeting) -> tuple[StatusClaim, ...]:
    claims: list[StatusClaim] = []
    for claim in draft.claims:
        cites = ground.cited(claim.cites)
        if not cites:
            continue
        by = claim.by.strip() if claim.by else None
        if by and ground.find(by, claim.cites) is None:
            continue  # nobody of that name in the article: the claim is nobody's
        made = StatusClaim(claim.status, by or None, cites)
        if not any(
            made.status == one.status and made.by == one.by and set(made.evidence) <= set(one.evidence) for one in claims
        ):
            claims.append(made)
    return tuple(claims)


def _date(ground: Ground, draft: DraftText | None, judged: _Judge) -> Grounded[MeetingDate] | None:
    if draft is None:
        return None
    found = ground.find(draft.text, draft.cites)
    if found is None:
        return None
    mention = ground.date_at(found.start, found.end)
    evidence = [found]
    value = MeetingDate(found.text, None, None, "unknown")
    if mention is not None:
        written = Span.of(ground.text, mention.start, mention.end)
        evidence = [written]
        value = MeetingDate(written.text, mention.edtf, mention.anchor, mention.granularity)
        if mention.shift is not None:
            counted = ground.date_before(mention)
            evidence += [Span.of(ground.text, counted.start, counted.end)] if counted else []
    return Grounded(value, tuple(evidence), judged.of(value.text, found, ground.cited(draft.cites)))


def _words(ground: Ground, draft: DraftText | None, judged: _Judge) -> Grounded[str] | None:
    if draft is None:
        return None
    found = ground.find(draft.text, draft.cites)
    return None if found is None else Grounded(found.text, (found,), judged.of(found.text, found, ground.cited(draft.cites)))


def _durations(ground: Ground, drafts: Sequence[DraftDuration], judged: _Judge) -> list[Grounded[Duration]]:
    made: list[Grounded[Duration]] = []
    for draft in drafts:
        found = ground.find(draft.text, draft.cites)
        iso = read_duration(draft.text)
        if (
            found is None
            or iso is None
            or any(one.value.iso8601 == iso and one.value.scheduled == draft.scheduled for one in made)
        ):
            continue
        verdict = judged.of(found.text, found, ground.cited(draft.cites))
        made.append(Grounded(Duration(found.text, iso, draft.scheduled), (found,), verdict))
    return made


def _positions(ground: Ground, drafts: Sequence[DraftPosition], check: Check) -> tuple[tuple[Position, ...], dict[int, int]]:
    """The positions that the article bears, and where each drafted one went."""
    made: list[Position] = []
    moved: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        cites = ground.cited(draft.cites)
        if ground.find(draft.by, draft.cites) is None:
            continue
        quotations = tuple(id for id in draft.quotations if id in ground.quotations)
        quoted = any(" ".join(draft.text.split()) == " ".join(ground.quotations[id].text.split()) for id in quotations)
        found = ground.find(draft.text, draft.cites)
        if found is None and not quoted and (not cites or check(draft.text, cites) != "supported"):
            continue
        moved[number] = len(made)
        made.append(
            Position(
                draft.by, draft.about, found.text if found else draft.text, quotations, cites or ((found,) if found else ())
            )
        )
    return tuple(made), moved


def _disagreements(draft: DraftMeeting, positions: Sequence[Position], moved: dict[int, int]) -> tuple[Disagreement, ...]:
    made = []
    for drafted in draft.disagreements:
        indices = tuple(dict.fromkeys(moved[i] for i in drafted.positions if i in moved))
        if len({positions[i].by for i in indices}) >= 2:
            made.append(Disagreement(drafted.about, indices))
    return tuple(made)
