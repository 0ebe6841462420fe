"""One meeting as nine outlets tell it, from their texts to one record: an agency, a tabloid, a broadsheet, a Russian and
a German paper, an analysis, a live blog, and a report on the dinner that followed. Own wording; the facts are public."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from pathlib import Path

from service.contract.requests import Options
from service.domain.dossier import Dossier
from service.domain.text import Article
from service.settings import Settings
from service.wiring import build

OUTLETS = Path(__file__).parent / "outlets"


@cache
def dossier(name: str = "hamburg") -> Dossier:
    readout = build(Settings(_env_file=None, engine="extractive"))
    rows = [json.loads(line) for line in (OUTLETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]

    async def made() -> Dossier:
        articles = [Article(row["text"], outlet=row["outlet"], published=row["published"]) for row in rows]
        return await readout.dossier([await readout.brief(one, Options(engine="extractive")) for one in articles])

    return asyncio.run(made())


def test_the_formal_meeting_is_one_record_of_nearly_all_outlets() -> None:
    """At least eight of the nine are sources of one record, each an independent outlet; what they disagree on is kept."""
    formal = max(dossier().meetings, key=lambda one: len(one.sources))
    names = {one.value.name for one in formal.record.participants if one.value.part == "principal"}
    assert names == {"Donald Trump", "Vladimir Putin"}
    assert len({source.outlet for source in formal.sources}) >= 8
    assert formal.corroboration == len({source.outlet for source in formal.sources})
    assert formal.record.status == "happened"
    assert formal.record.date is not None
    assert formal.record.date.value.edtf == "2017-07-07"
    assert formal.record.place is not None
    assert "Hamburg" in (formal.record.place.value.city or formal.record.place.value.text)
    assert "duration" in [conflict.field for conflict in formal.conflicts]
    assert formal.why


def test_other_meetings_in_the_same_reports_stay_out_of_it() -> None:
    """The son's meeting, the host's hour with one of the two and a meeting of others are none of the two presidents'."""
    formal = max(dossier().meetings, key=lambda one: len(one.sources))
    for one in dossier().meetings:
        names = {participant.value.name for participant in one.record.participants}
        if names & {"Natalia Veselnitskaya", "Angela Merkel", "Emmanuel Macron", "Xi Jinping"}:
            assert one.id != formal.id
            assert "Donald Trump Jr." in names or "Natalia Veselnitskaya" not in names


def test_meetings_of_the_same_two_in_three_years_are_not_drawn_together() -> None:
    """Seven articles on two presidents: a call in July, a meeting the November after, another a year on that was announced
    before: the call is no meeting in person, and no record holds two of the years' days."""
    for one in dossier("biden_xi").meetings:
        briefs = {brief.id: brief for brief in dossier("biden_xi").briefs}
        records = [r for s in one.sources for r in briefs[s.brief].meetings if r.id == s.meeting]
        assert len({record.mode for record in records} - {"unknown"}) <= 1
        days = {r.date.value.edtf[:7] for r in records if r.date and r.date.value.edtf and r.date.value.granularity == "day"}
        assert len(days) <= 1


def test_each_of_their_meetings_has_the_articles_that_speak_of_it() -> None:
    """Bali in three reports and a look back, the call in its own report and a mention, California announced and held."""
    found = dossier("biden_xi")
    place = {brief.id: number for number, brief in enumerate(found.briefs)}
    articles = [{place[source.brief] for source in one.sources} for one in found.meetings]
    assert any({0, 1, 2} <= members for members in articles)
    assert {0, 3} in articles
    assert any({4, 5, 6} <= members for members in articles)
    bali = next(one for one, members in zip(found.meetings, articles, strict=True) if {0, 1, 2} <= members)
    assert bali.corroboration == 3
