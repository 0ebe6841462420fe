"""The learnt choices of the finder of meetings, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from service.models.extractive.meetings import detection, membership, standing, timing


@dataclass(frozen=True, slots=True)
class Judges:
    """How likely a candidate is a meeting, who belongs to one, which date is its own, how it stands. Training looks on
    through them."""

    meeting: detection.Judge = detection.by_evidence
    people: membership.Choice = membership.by_weights
    date: timing.Chooser = timing.by_weights
    standing: standing.Assess = standing.by_signs
