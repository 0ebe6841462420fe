"""Meetings of several chunks, made one where they are one: the same people, and nothing that speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from service.domain.draft import DraftMeeting, DraftParticipant, DraftText

T = TypeVar("T")


def merge_meetings(meetings: Sequence[DraftMeeting]) -> tuple[DraftMeeting, ...]:
    """Meetings in the order of their first telling. Two are one when they share two participants (by surname or last
    word), or all of the smaller set, and their dates and modes do not differ."""
    merged: list[DraftMeeting] = []
    for meeting in meetings:
        for index, other in enumerate(merged):
            if _same(other, meeting):
                merged[index] = _join(other, meeting)
                break
        else:
            merged.append(meeting)
    return tuple(merged)


def _keys(meeting: DraftMeeting) -> set[str]:
    return {p.name.split()[-1].casefold().strip(".,'’") for p in meeting.participants if p.name.split()}


def _same(a: DraftMeeting, b: DraftMeeting) -> bool:
    shared = _keys(a) & _keys(b)
    if len(shared) < 2:
        return False
    if a.date and b.date and a.date.text.casefold() != b.date.text.casefold():
        return False
    return a.mode == b.mode or "unknown" in (a.mode, b.mode)


def _join(a: DraftMeeting, b: DraftMeeting) -> DraftMeeting:
    shift = len(a.positions)
    names = {p.name.split()[-1].casefold() for p in a.participants}
    newcomers: tuple[DraftParticipant, ...] = tuple(p for p in b.participants if p.name.split()[-1].casefold() not in names)
    return replace(
        a,
        kind=a.kind if a.kind != "unknown" else b.kind,
        mode=a.mode if a.mode != "unknown" else b.mode,
        setting=a.setting if a.setting != "unknown" else b.setting,
        claims=_both(a.claims, b.claims),
        participants=a.participants + newcomers,
        date=a.date or b.date,
        place=a.place or b.place,
        durations=_both(a.durations, b.durations),
        occasion=a.occasion or b.occasion,
        topics=_texts(a.topics, b.topics),
        outcomes=_texts(a.outcomes, b.outcomes),
        positions=a.positions + b.positions,
        disagreements=a.disagreements
        + tuple(replace(d, positions=tuple(p + shift for p in d.positions)) for d in b.disagreements),
    )


def _both(a: tuple[T, ...], b: tuple[T, ...]) -> tuple[T, ...]:
    return a + tuple(x for x in b if x not in a)


def _texts(a: tuple[DraftText, ...], b: tuple[DraftText, ...]) -> tuple[DraftText, ...]:
    known = {t.text.casefold() for t in a}
    return a + tuple(t for t in b if t.text.casefold() not in known)
