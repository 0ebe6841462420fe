"""Dossiers: the records of one meeting come together, with what their sources disagree on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import own
from evals.tasks.gold_records import brief_of
from service.domain.brief import Brief
from service.domain.dossier import Dossier, MergedMeeting
from service.domain.meeting import Disagreement, Position
from service.domain.quotation import Person
from service.domain.text import Furniture, Span
from service.stages.dossier import build_dossier
from service.stages.dossier.clustering import cluster
from service.stages.dossier.copies import copy_groups
from service.stages.dossier.identity import Identities
from service.stages.dossier.items import items_of


@cache
def seeds() -> tuple[Brief, ...]:
    rows = [json.loads(line) for line in own("seeds").read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(brief_of(f"brf_{n}", row["article"], row["gold"]["meetings"]) for n, row in enumerate(rows))


def dossier(briefs: Sequence[Brief], **decided: Any) -> Dossier:
    return build_dossier(briefs, lambda prefix: f"{prefix}_test", **decided)


def clusters(found: Dossier) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((s.brief, s.meeting) for s in one.sources) for one in found.meetings}


def meeting_of(found: Dossier, key: str) -> MergedMeeting:
    return next(one for one in found.meetings if any(source.meeting == key for source in one.sources))


def article(text: str, outlet: str | None = None, published: str | None = None) -> dict[str, Any]:
    return {"text": text, "outlet": outlet, "published": published}


def meeting(key: str, names: Sequence[str], **more: Any) -> dict[str, Any]:
    status = more.get("status", "happened")
    return {
        "key": key,
        "status": status,
        "status_claims": [{"status": status, "by": None, "quote": None}],
        "participants": [{"name": name} for name in names],
        **more,
    }


def on(day: str) -> dict[str, str]:
    return {"text": day, "edtf": day}


def at(city: str) -> dict[str, str]:
    return {"text": city, "city": city}


def test_seeds_formal_meeting_is_one_record_of_three_articles() -> None:
    """The formal meeting in Hamburg is found in three articles, a passing mention months later among them."""
    formal = meeting_of(dossier(seeds()), "g20-formal")
    assert [(s.brief, s.meeting) for s in formal.sources] == [(f"brf_{n}", "g20-formal") for n in (0, 1, 3)]
    assert formal.corroboration == 3
    assert formal.record.status == "happened"
    assert formal.record.place is not None
    assert formal.record.place.value.city == "Hamburg"


def test_a_day_without_its_year_takes_it_from_another_source() -> None:
    """ "July 7" in one article and "earlier this year" of 2017 in another make a full date, with both as evidence."""
    date = meeting_of(dossier(seeds()), "g20-formal").record.date
    assert date is not None
    assert date.value.edtf == "2017-07-07"
    assert {span.source for span in date.evidence} == {0, 3}


def test_seeds_other_meetings_stay_apart() -> None:
    """Dinner (two articles), handshake, uncertain talks and hinted encounters are meetings of their own."""
    found = dossier(seeds())
    assert len(meeting_of(found, "g20-dinner").sources) == 2
    for key, status in (("danang-handshake", "happened"), ("danang-talks", "planned"), ("g20-slipped-off", "alleged")):
        one = meeting_of(found, key)
        assert len(one.sources) == 1
        assert one.record.status == status


def test_disagreement_on_length_is_laid_side_by_side() -> None:
    """Two hours as held and thirty minutes as scheduled stand beside each other, with their source."""
    formal = meeting_of(dossier(seeds()), "g20-formal")
    lengths = next(conflict for conflict in formal.conflicts if conflict.field == "duration")
    assert [(value.value, value.sources) for value in lengths.values] == [("PT2H", (1,)), ("PT30M (scheduled)", (1,))]


def test_both_sides_claims_on_the_talks_are_kept() -> None:
    """One side ruled the talks out, the other holds to them: both are in the conflict, by name."""
    talks = meeting_of(dossier(seeds()), "danang-talks")
    said = next(conflict for conflict in talks.conflicts if conflict.field == "status")
    assert ("cancelled", "Sarah Sanders") in [(value.value, value.by) for value in said.values]
    assert ("planned", "the Kremlin") in [(value.value, value.by) for value in said.values]


def test_every_merge_is_explained_in_words() -> None:
    """A meeting from several records says why; none of the reasons is a code or a number alone."""
    for one in dossier(seeds()).meetings:
        assert bool(one.why) == (len(one.sources) > 1)
        assert all(len(reason.split()) >= 3 for reason in one.why)


def _spans(value: object) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for one in value for span in _spans(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [span for name in value.__dataclass_fields__ for span in _spans(getattr(value, name))]
    return []


def test_evidence_slices_back_into_the_brief_that_it_names() -> None:
    """Each span of a merged record names its brief and stands there, character for character."""
    found = dossier(seeds())
    spans = [span for one in found.meetings for span in _spans(one.record)]
    assert spans
    for span in spans:
        assert span.source is not None
        assert found.briefs[span.source].article.text[span.start : span.end] == span.text


@pytest.mark.parametrize("order", list(permutations(range(4)))[1::5])
def test_the_order_of_the_articles_changes_nothing(order: tuple[int, ...]) -> None:
    """The same articles in another order give the same meetings."""
    assert clusters(dossier([seeds()[n] for n in order])) == clusters(dossier(seeds()))


def test_jr_is_not_his_father() -> None:
    """Donald Trump Jr and Donald Trump never share a meeting, nor a person."""
    who = ("Donald Trump Jr", "Natalia Veselnitskaya")
    briefs = [
        brief_of("a", article("Donald Trump Jr met Natalia Veselnitskaya."), [meeting("tower", who, date=on("2016-06-09"))]),
        brief_of(
            "b",
            article("Donald Trump met Natalia Veselnitskaya."),
            [meeting("pageant", ("Donald Trump", "Natalia Veselnitskaya"), date=on("2016-06-09"))],
        ),
    ]
    found = dossier(briefs)
    assert len(found.meetings) == 2
    assert {person.name for person in found.people} == {"Donald Trump Jr", "Donald Trump", "Natalia Veselnitskaya"}


def test_spellings_of_one_name_are_one_person() -> None:
    """Sergei and Sergey, Koehler and Köhler: one meeting, one person with all spellings."""
    spellings = [("Sergei Lavrov", "Juergen Koehler"), ("Sergey Lavrov", "Jürgen Köhler"), ("Lavrov", "Jurgen Kohler")]
    briefs = [
        brief_of(f"b{n}", article(f"{a} met {b}.", published="2020-03-02"), [meeting("x", (a, b), place=at("Bonn"))])
        for n, (a, b) in enumerate(spellings)
    ]
    found = dossier(briefs)
    assert len(found.meetings) == 1
    assert {person.names for person in found.people} == {
        ("Lavrov", "Sergei Lavrov", "Sergey Lavrov"),
        ("Juergen Koehler", "Jurgen Kohler", "Jürgen Köhler"),
    }


def test_a_side_described_in_one_report_is_the_one_named_in_another() -> None:
    """ "the Russian president" is Vladimir Putin, if that is who is known to hold the office."""
    named = meeting("x", ("Emmanuel Macron", "Vladimir Putin"), date=on("2022-02-07"))
    named["participants"][1] |= {"role": "president", "affiliation": "Russia"}
    described = meeting("y", ("Emmanuel Macron", "the Russian president"), date=on("2022-02-07"))
    briefs = [
        brief_of("a", article("Emmanuel Macron met Vladimir Putin, president of Russia."), [named]),
        brief_of("b", article("Emmanuel Macron met the Russian president."), [described]),
    ]
    assert len(dossier(briefs).meetings) == 1


def test_meetings_of_the_same_people_months_apart_stay_apart() -> None:
    """Geneva in June and Helsinki in July are two meetings, whatever else agrees."""
    two = ("Joe Biden", "Vladimir Putin")
    briefs = [
        brief_of("a", article("Biden met Putin.", published="2021-06-17"), [meeting("x", two, date=on("2021-06-16"))]),
        brief_of("b", article("Biden met Putin.", published="2021-07-17"), [meeting("y", two, date=on("2021-07-16"))]),
    ]
    assert len(dossier(briefs).meetings) == 2


def test_what_is_planned_after_a_report_is_not_what_was_reported() -> None:
    """A meeting reported as held can't be one that lies after the report."""
    two = ("Ann Linde", "Mira Kovac")
    briefs = [
        brief_of("a", article("They met.", published="2021-05-03"), [meeting("held", two)]),
        brief_of(
            "b",
            article("They will.", published="2021-05-03"),
            [meeting("next", two, status="planned", date=on("2021-05-20"))],
        ),
    ]
    assert len(dossier(briefs).meetings) == 2


def test_a_plan_and_its_fulfilment_are_one_meeting_without_a_conflict() -> None:
    """An announcement and the later report are one record, which happened; that is no contradiction."""
    two = ("Ann Linde", "Mira Kovac")
    plan = meeting("plan", two, status="planned", date=on("2021-05-20"), place=at("Oslo"))
    held = meeting("held", two, date=on("2021-05-20"), place=at("Oslo"))
    briefs = [
        brief_of("a", article("Ann Linde will meet Mira Kovac.", published="2021-05-18"), [plan]),
        brief_of("b", article("Ann Linde met Mira Kovac.", published="2021-05-21"), [held]),
    ]
    found = dossier(briefs)
    assert len(found.meetings) == 1
    assert found.meetings[0].record.status == "happened"
    assert found.meetings[0].conflicts == ()


def test_a_denial_against_a_report_is_a_conflict() -> None:
    """One outlet says that they met, another that they did not: one record that happened, with both sides by name."""
    two = ("Ann Linde", "Mira Kovac")
    denied = meeting("no", two, status="denied", place=at("Oslo"))
    denied["status_claims"] = [{"status": "denied", "by": "Mira Kovac", "quote": None}]
    briefs = [
        brief_of("a", article("Ann Linde met Mira Kovac.", published="2021-05-18"), [meeting("yes", two, place=at("Oslo"))]),
        brief_of("b", article("Mira Kovac denied it all.", published="2021-05-19"), [denied]),
    ]
    found = dossier(briefs)
    assert len(found.meetings) == 1
    assert [(v.value, v.by) for c in found.meetings[0].conflicts for v in c.values] == [
        ("happened", None),
        ("denied", "Mira Kovac"),
    ]


WIRE = seeds()[3].article.text[:2400]


def test_copies_of_one_report_corroborate_nothing() -> None:
    """An agency report in three papers, lightly cut and edited, counts once; a report of another's own counts again."""
    other = seeds()[0].article.text
    texts = [WIRE, "By our correspondent\n" + WIRE.replace("briefly ", "")[:1900], WIRE[180:], other]
    record = [meeting("x", ("Donald Trump", "Vladimir Putin"), date=on("2017-11-10"))]
    briefs = [brief_of(f"b{n}", article(text, outlet=f"Paper {n}"), record) for n, text in enumerate(texts)]
    found = dossier(briefs)
    assert len(found.meetings) == 1
    assert len(found.meetings[0].sources) == 4
    assert found.meetings[0].corroboration == 2
    assert any("repeat" in reason for reason in found.meetings[0].why)


def test_two_articles_of_one_outlet_are_not_independent() -> None:
    """Corroboration counts outlets, not articles."""
    record = [meeting("x", ("Ann Linde", "Mira Kovac"), date=on("2021-05-18"))]
    outlets = ["Herald", "herald ", "Tribune"]
    briefs = [brief_of(f"b{n}", article(f"Report {n} of its own.", outlet=o), record) for n, o in enumerate(outlets)]
    assert dossier(briefs).meetings[0].corroboration == 2


def test_copy_groups_tell_copies_from_reports_on_the_same_event() -> None:
    """Near-duplicates share a group, however placed; different texts on one subject don't."""
    texts = [seeds()[0].article.text, WIRE, seeds()[1].article.text, WIRE.upper()[100:], seeds()[2].article.text]
    groups = copy_groups(texts)
    assert groups[1] == groups[3]
    assert len(set(groups)) == 4
    assert copy_groups([]) == []
    assert len(set(copy_groups(["", "", "one word"]))) >= 2


def test_merge_by_hand_and_split_by_hand_outrank_the_rules() -> None:
    """What a person has put together stays together, what was taken apart stays apart; without either all is as before."""
    before = clusters(dossier(seeds()))
    joined = dossier(seeds(), together=[[(3, "danang-handshake"), (3, "danang-talks")]])
    assert len(meeting_of(joined, "danang-talks").sources) == 2
    assert "put together by hand" in meeting_of(joined, "danang-talks").why
    parted = dossier(seeds(), apart=[[(0, "g20-formal"), (1, "g20-formal")]])
    homes = [one for one in parted.meetings if any(s.meeting == "g20-formal" for s in one.sources)]
    assert not any({"brf_0", "brf_1"} <= {s.brief for s in one.sources} for one in homes)
    assert clusters(dossier(seeds())) == before


records = st.builds(
    lambda key, names, day, city, status: meeting(
        f"k{key}", names, date=on(day) if day else None, place=at(city) if city else None, status=status
    ),
    st.integers(0, 3),
    st.lists(st.sampled_from(["Ann Linde", "Mira Kovac", "Kovac", "Jo Berg", "the envoy", "Russia", ""]), max_size=3),
    st.sampled_from([None, "2021-05-18", "2021-05", "XXXX-05-18", "2021-05-18/2021-05-20", "not a date"]),
    st.sampled_from([None, "Oslo", "Bonn", "\u202eX"]),
    st.sampled_from(["happened", "planned", "denied", "alleged", "cancelled", "postponed", "ongoing"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(records, max_size=3, unique_by=lambda one: one["key"]), max_size=5))
def test_every_record_is_in_exactly_one_meeting(given: list[list[dict[str, Any]]]) -> None:
    """Whatever the records: none is lost, none is in two meetings, no two of one article are one meeting."""
    briefs = [
        brief_of(f"b{n}", article("Ann Linde met Mira Kovac.", published="2021-05-19"), own) for n, own in enumerate(given)
    ]
    found = dossier(briefs)
    sources = [(s.brief, s.meeting) for one in found.meetings for s in one.sources]
    assert sorted(sources) == sorted((f"b{n}", one["key"]) for n, own in enumerate(given) for one in own)
    assert all(len({s.brief for s in one.sources}) == len(one.sources) for one in found.meetings)
    assert sorted(entry.meeting for entry in found.timeline) == sorted(one.id for one in found.meetings)


def test_work_grows_with_the_records_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times the articles of the same two people need about three times the comparisons."""
    counted = [0]
    from service.stages.dossier import clustering

    real = clustering.fit

    def counting(*pair: Any) -> Any:
        counted[0] += 1
        return real(*pair)

    monkeypatch.setattr(clustering, "fit", counting)
    base = brief_of(
        "b", article("Ann Linde met Mira Kovac."), [meeting("x", ("Ann Linde", "Mira Kovac"), date=on("2021-05-18"))]
    )
    needed = []
    for many in (100, 300):
        counted[0] = 0
        briefs = [replace(base, id=f"b{n}") for n in range(many)]
        cluster(items_of(briefs, Identities(briefs)))
        needed.append(counted[0])
    assert needed[1] < 3.6 * needed[0]
    assert needed[1] < 300 * 299 / 2 / 3


def test_a_shared_subscription_block_makes_no_copies() -> None:
    """Two stories that end in the same long page furniture are independent; the furniture does not count."""
    block = "Subscribe to the Herald for unlimited access to every story, crossword and archive. " * 12
    stories = [
        "Ann Linde met Mira Kovac in Oslo on Tuesday to talk about cod quotas, her office said.",
        "The Croatian minister Mira Kovac spent an hour with Ann Linde; fishermen were not impressed by what they heard.",
    ]
    briefs = []
    for number, story in enumerate(stories):
        text = f"{story}\n\n{block}"
        made = brief_of(
            f"b{number}",
            article(text, outlet=f"Paper {number}"),
            [meeting("x", ("Ann Linde", "Mira Kovac"), date=on("2021-05-18"))],
        )
        furniture = (Furniture(Span.of(text, len(story) + 2, len(text)), "subscribe"),)
        briefs.append(replace(made, furniture=furniture))
    assert dossier(briefs).meetings[0].corroboration == 2


def test_what_the_sides_dispute_is_laid_side_by_side() -> None:
    """Positions that an article sets against each other become a conflict of their own, each by who holds it."""
    seed = seeds()[1]
    record = seed.meetings[0]
    evidence = (Span.of(seed.article.text, 0, 5),)
    positions = (
        Position("Rex Tillerson", "the denial", "Putin denied such involvement", (), evidence),
        Position("Sergei Lavrov", "the denial", "Trump accepted Putin's statements", ("q7",), evidence),
    )
    disputed = replace(record, positions=positions, disagreements=(Disagreement("the denial", (0, 1)),))
    formal = meeting_of(dossier([seeds()[0], replace(seed, meetings=(disputed,)), *seeds()[2:]]), "g20-formal")
    said = next(conflict for conflict in formal.conflicts if conflict.field == "the denial")
    assert [(value.by, value.sources) for value in said.values] == [("Rex Tillerson", (1,)), ("Sergei Lavrov", (1,))]
    assert formal.record.positions[1].quotations == ("brf_1/q7",)
    assert formal.record.disagreements[0].positions == (0, 1)


def test_claims_of_one_person_in_two_spellings_are_one_claim() -> None:
    """Sergei Lavrov here and Sergey Lavrov there make one claim, with the evidence of both."""
    briefs = []
    for number, name in enumerate(("Sergei Lavrov", "Sergey Lavrov")):
        told = meeting("x", (name, "Ann Linde"), date=on("2021-05-18"))
        told["status_claims"] = [{"status": "happened", "by": name, "quote": name}]
        briefs.append(brief_of(f"b{number}", article(f"{name} said that he had met Ann Linde."), [told]))
    claims = dossier(briefs).meetings[0].record.status_claims
    assert len(claims) == 1
    assert [span.source for span in claims[0].evidence] == [0, 1]


def test_merging_renames_no_other_meeting() -> None:
    """A meeting keeps its id while others are merged or split, so that who decides on it means the same one."""
    before = {frozenset((s.brief, s.meeting) for s in one.sources): one.id for one in dossier(seeds()).meetings}
    joined = dossier(seeds(), together=[[(2, "g20-slipped-off"), (3, "danang-talks")]])
    for one in joined.meetings:
        sources = frozenset((s.brief, s.meeting) for s in one.sources)
        assert one.id == before.get(sources, one.id)
    assert len({one.id for one in joined.meetings}) == len(joined.meetings)


def test_somebodys_aides_are_not_that_person() -> None:
    """A participant "Trump's former campaign aides" is not Donald Trump, though a record may point at him."""
    told = meeting("x", ("Trump's former campaign aides", "Kremlin-connected officials"))
    made = brief_of("a", article("Donald Trump said that Trump's former campaign aides met nobody."), [told])
    trump = Person("p1", "Donald Trump", (Span.of(made.article.text, 0, 12),))
    record = made.meetings[0]
    pointed = replace(record.participants[0], value=replace(record.participants[0].value, person="p1"))
    misled = replace(record, participants=(pointed, record.participants[1]))
    names = [
        one.value for one in dossier([replace(made, people=(trump,), meetings=(misled,))]).meetings[0].record.participants
    ]
    assert [(one.name, one.person) for one in names] == [
        ("Trump's former campaign aides", None),
        ("Kremlin-connected officials", None),
    ]


def test_two_of_four_who_met_apart_are_another_meeting() -> None:
    """A summit of four and the talks of two of them on the same day are two meetings, whichever articles tell of them."""
    four = ("Angela Merkel", "Emmanuel Macron", "Vladimir Putin", "Volodymyr Zelensky")
    where = {"date": on("2019-12-09"), "place": at("Paris"), "mode": "in_person", "setting": "formal"}
    summit = meeting("summit", four, kind="multilateral", **where)
    apart = meeting("apart", four[2:], kind="bilateral", **where)
    texts = [f"{', '.join(four)} met in Paris. Report {n}." for n in range(3)]
    briefs = [brief_of(f"b{n}", article(text, published="2019-12-10"), [summit, apart]) for n, text in enumerate(texts[:2])]
    briefs.append(brief_of("b2", article(texts[2], published="2019-12-10"), [apart]))
    found = clusters(dossier(briefs))
    assert frozenset({("b0", "summit"), ("b1", "summit")}) in found
    assert frozenset({("b0", "apart"), ("b1", "apart"), ("b2", "apart")}) in found


def test_a_merge_by_hand_says_so_beside_other_reasons() -> None:
    """Records of two articles that a person put together: the reasons of the rules stand, and that it was a person."""
    joined = dossier(seeds(), together=[[(0, "g20-dinner"), (1, "g20-formal")]])
    why = meeting_of(joined, "g20-dinner").why
    assert "put together by hand" in why
    assert "the same two people met" in why
    assert not [one for one in dossier(seeds()).meetings if "put together by hand" in one.why]


def test_the_call_that_took_the_place_of_a_visit_is_not_the_visit() -> None:
    """A meeting in person was planned for Friday; on Friday the two spoke by video: two meetings."""
    two = ("Ann Linde", "Mira Kovac")
    plan = meeting("visit", two, status="planned", date=on("2021-05-21"), place=at("Oslo"), mode="in_person")
    call = meeting("call", two, date=on("2021-05-21"), mode="video")
    briefs = [
        brief_of("a", article("Ann Linde will receive Mira Kovac in Oslo.", published="2021-05-18"), [plan]),
        brief_of("b", article("Ann Linde and Mira Kovac spoke by video.", published="2021-05-22"), [call]),
    ]
    assert len(dossier(briefs).meetings) == 2
