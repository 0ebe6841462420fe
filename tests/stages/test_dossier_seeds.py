"""The dossier of the seeds, from their texts: what four articles say of five meetings of the same two people."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path

from service.contract.requests import Options
from service.domain.dossier import Dossier, MergedMeeting
from service.domain.text import Article
from service.settings import Settings
from service.wiring import build

SEEDS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))]


@cache
def dossier() -> Dossier:
    readout = build(Settings(_env_file=None, engine="extractive"))

    async def made() -> Dossier:
        return await readout.dossier([await readout.brief(Article(text), Options(engine="extractive")) for text in SEEDS])

    return asyncio.run(made())


def of_the_two(status: str, sources: int) -> list[MergedMeeting]:
    """The meetings of Trump and Putin of this status that so many articles speak of."""
    two = {"Donald Trump", "Vladimir Putin"}
    return [
        one
        for one in dossier().meetings
        if one.record.status == status
        and len(one.sources) == sources
        and {participant.value.name for participant in one.record.participants} == two
    ]


def articles(one: MergedMeeting) -> set[int]:
    place = {brief.id: number for number, brief in enumerate(dossier().briefs)}
    return {place[source.brief] for source in one.sources}


def test_the_formal_meeting_is_spoken_of_by_three() -> None:
    """Two reports on Hamburg and, months later, "the two last met during a G20 summit"; length and denial are disputed."""
    (formal,) = of_the_two("happened", 3)
    assert articles(formal) == {0, 1, 3}
    lengths = next(conflict for conflict in formal.conflicts if conflict.field == "duration")
    assert [value.value for value in lengths.values] == ["PT2H", "PT30M (scheduled)"]
    sides = [{value.by for value in conflict.values} for conflict in formal.conflicts]
    assert {"Rex Tillerson", "Sergei Lavrov"} in sides


def test_the_dinner_is_another_meeting_of_two_articles() -> None:
    """The undisclosed conversation on the same day in the same city is not the formal meeting."""
    (dinner,) = of_the_two("happened", 2)
    assert articles(dinner) == {0, 2}


def test_handshake_talks_and_hints_are_one_article_s_each() -> None:
    """The handshake happened; the talks are planned by one side, ruled out by the other; the rest is only hinted at."""
    (handshake,) = of_the_two("happened", 1)
    assert handshake.record.date is not None
    assert handshake.record.date.value.edtf == "2017-11-10"
    (talks,) = of_the_two("planned", 1)
    said = {(claim.status, claim.by) for claim in talks.record.status_claims}
    assert ("cancelled", "Sarah Sanders") in said
    assert any(status == "planned" and by and "Kremlin" in by for status, by in said)
    assert "status" in [conflict.field for conflict in talks.conflicts]
    (hinted,) = of_the_two("alleged", 1)
    assert articles(hinted) == {2}
