"""Meetings found by rules, on the seeds and on sentences of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.draft import DraftMeeting
from service.domain.meeting import MeetingRecord, MeetingStatus
from service.domain.text import Article
from service.errors import EmptyArticle
from service.models.extractive.meetings import draft_meetings
from service.pipeline import read
from service.stages.assembly import assemble_meetings

SEEDS = Path(__file__).parents[2] / "seeds"
#: A Monday.
PUBLISHED = "2022-08-15"


def records(text: str, published: str | None = PUBLISHED) -> tuple[MeetingRecord, ...]:
    document = read(Article(text, published=published))
    return assemble_meetings(document, draft_meetings(document), lambda statement, spans: "unchecked")


def seed(number: int) -> tuple[MeetingRecord, ...]:
    (path,) = SEEDS.glob(f"{number:03d}_*.txt")
    return records(path.read_text(encoding="utf-8"), None)


def who(record: MeetingRecord) -> list[str]:
    return [one.value.name for one in record.participants]


def test_two_meetings_of_the_same_people_on_one_day_are_two() -> None:
    """The dinner conversation and the formal sit-down of the first seed: same people, same day, same city."""
    dinner, formal = seed(0)
    for record in (dinner, formal):
        assert who(record) == ["Donald Trump", "Vladimir Putin"]
        assert record.status == "happened"
        assert record.date is not None
        assert record.date.value.edtf == "XXXX-07-07"
        assert record.place is not None
        assert (record.place.value.city, record.place.value.country) == ("Hamburg", "Germany")
    assert (dinner.setting, formal.setting) == ("informal", "formal")
    assert {claim.by for claim in dinner.status_claims} >= {"US officials", "Sean Spicer", "Michael Anton"}


def test_lengths_and_the_disagreement_of_the_sides_are_kept() -> None:
    """Two hours instead of the scheduled 30 minutes; one side pressed, the other says the denial was accepted."""
    (record,) = seed(1)
    assert record.status == "happened"
    assert {(d.value.iso8601, d.value.scheduled) for d in record.duration} == {("PT2H", False), ("PT30M", True)}
    assert {"Rex Tillerson", "Sergei Lavrov"} <= {position.by for position in record.positions}
    sides = {record.positions[i].by for disagreement in record.disagreements for i in disagreement.positions}
    assert sides == {"Rex Tillerson", "Sergei Lavrov"}


def test_hints_are_alleged_and_an_undisclosed_meeting_is_another() -> None:
    """Lavrov hints at more conversations; the undisclosed meeting is spoken of as a fact."""
    hinted, undisclosed = seed(2)
    assert hinted.status == "alleged"
    assert "Sergey Lavrov" in {claim.by for claim in hinted.status_claims}
    assert undisclosed.status == "happened"


def test_a_handshake_happened_and_the_talks_stay_uncertain() -> None:
    """In Danang: Friday's handshake, the talks that one side ruled out and the other expects, and the meeting before."""
    handshake, talks, aides, earlier = seed(3)
    assert (handshake.kind, handshake.status) == ("encounter", "happened")
    assert handshake.date is not None
    assert handshake.date.value.edtf == "2017-11-10"
    assert handshake.place is not None
    assert handshake.place.value.city == "Danang"
    assert talks.status == "planned"
    assert ("cancelled", "Sarah Sanders") in {(claim.status, claim.by) for claim in talks.status_claims}
    assert {claim.by for claim in talks.status_claims if claim.status == "planned"} >= {"Donald Trump", "Kremlin"}
    assert aides.status == "denied"
    assert earlier.date is not None
    assert (earlier.status, earlier.date.value.edtf) == ("happened", "2017")


@pytest.mark.parametrize(
    "sentence",
    [
        "French President Emmanuel Macron met Polish Prime Minister Anna Kowalska in Paris on Friday.",
        "French President Emmanuel Macron and Polish Prime Minister Anna Kowalska met in Paris on Friday.",
        "President Emmanuel Macron held talks with Prime Minister Anna Kowalska in Paris on Friday.",
        "President Emmanuel Macron hosted Prime Minister Anna Kowalska for lunch in Paris on Friday.",
        "President Emmanuel Macron received Prime Minister Anna Kowalska in Paris on Friday.",
        "President Emmanuel Macron sat down with Prime Minister Anna Kowalska in Paris on Friday.",
        "President Emmanuel Macron shook hands with Prime Minister Anna Kowalska in Paris on Friday.",
        "Talks between President Emmanuel Macron and Prime Minister Anna Kowalska took place in Paris on Friday.",
        "President Emmanuel Macron's meeting with Prime Minister Anna Kowalska took place in Paris on Friday.",
        "President Emmanuel Macron had a tête-à-tête with Prime Minister Anna Kowalska in Paris on Friday.",
        "President Emmanuel Macron, 44, dined with Prime Minister Anna Kowalska, his host, in Paris on Friday.",
        "After meeting Prime Minister Anna Kowalska in Paris on Friday, President Emmanuel Macron flew home.",
        "President Emmanuel Macron joined Prime Minister Anna Kowalska for dinner in Paris on Friday.",
        "President Emmanuel Macron spent two hours with Prime Minister Anna Kowalska in Paris on Friday.",
        "President Emmanuel Macron and Prime Minister Anna Kowalska were closeted in Paris on Friday.",
    ],
)
def test_the_many_ways_of_saying_that_two_people_met(sentence: str) -> None:
    """One record with both, the day and the city, whatever verb or noun says so."""
    (record,) = records(sentence)
    assert set(who(record)) == {"Emmanuel Macron", "Anna Kowalska"}
    assert record.status == "happened"
    assert record.date is not None
    assert record.date.value.edtf == "2022-08-12"
    assert record.place is not None
    assert record.place.value.city == "Paris"


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Emmanuel Macron will meet Anna Kowalska in Paris on Friday.", "planned"),
        ("Emmanuel Macron is due to sit down with Anna Kowalska in Paris on Friday.", "planned"),
        ("Emmanuel Macron is to receive Anna Kowalska next week.", "planned"),
        ("Emmanuel Macron has cancelled a meeting with Anna Kowalska.", "cancelled"),
        ("A planned meeting between Emmanuel Macron and Anna Kowalska was scrapped at the last minute.", "cancelled"),
        ("Emmanuel Macron had been scheduled to sit down with Anna Kowalska on Friday.", "cancelled"),
        ("The meeting between Emmanuel Macron and Anna Kowalska would have marked their first in a decade.", "cancelled"),
        ("Emmanuel Macron's meeting with Anna Kowalska has been postponed until spring.", "postponed"),
        ("Talks between Emmanuel Macron and Anna Kowalska have been put off.", "postponed"),
        ("Emmanuel Macron denied having met Anna Kowalska.", "denied"),
        ("Emmanuel Macron never met Anna Kowalska, his spokesman said.", "denied"),
        ("Emmanuel Macron reportedly met Anna Kowalska in Geneva.", "alleged"),
        ("Sources told Reuters that Emmanuel Macron had met Anna Kowalska in secret.", "alleged"),
        ("Emmanuel Macron is rumoured to have broken bread with Anna Kowalska in Marrakech.", "alleged"),
        ("Emmanuel Macron and Anna Kowalska are meeting in Paris.", "ongoing"),
        ("Emmanuel Macron and Anna Kowalska have been in talks for six hours.", "ongoing"),
    ],
)
def test_the_status_is_read_from_tense_mood_and_verb(sentence: str, status: MeetingStatus) -> None:
    """Each shade of "it happened", "it will", "it won't" and "they say so"."""
    (record,) = records(sentence)
    assert record.status == status


@pytest.mark.parametrize(
    "sentence",
    [
        "Tolliver Foods met analysts' forecasts and its chief, Anna Kowalska, met every deadline.",
        "The annual general meeting of Tolliver Foods is on March 9.",
        "Emmanuel Macron met his wife in 1990.",
        "Anna Kowalska met Jan, her husband, at university.",
        "The proposal of Anna Kowalska was met with applause.",
        "Kingsbarrow United and Port Elsin will meet in the final on Friday.",
        "The council holds its regular session on Monday, Anna Kowalska said.",
        "Ministers should meet more often, Emmanuel Macron said.",
        "Emmanuel Macron talks about Anna Kowalska all the time.",
        "A man meets his fate sitting up, Emmanuel Macron told Anna Kowalska.",
        "Emmanuel Macron called on Anna Kowalska to resign.",
        "Emmanuel Macron told reporters that Anna Kowalska meets all requirements.",
    ],
)
def test_what_only_sounds_like_a_meeting_gives_no_record(sentence: str) -> None:
    """Targets, deadlines, fates, matches, wives, routine sessions and wishes."""
    assert records(sentence) == ()


def test_one_meeting_mentioned_often_is_one_record() -> None:
    """Pronouns, "the two leaders", "the talks" and "their meeting" go back to it, with what they add."""
    (record,) = records(
        "French President Emmanuel Macron met Polish Prime Minister Anna Kowalska in Paris on Friday. "
        "The talks at the Élysée Palace lasted two hours. The two leaders discussed trade. "
        "Their meeting, he said, had gone well. His Polish counterpart called the meeting constructive."
    )
    assert set(who(record)) == {"Emmanuel Macron", "Anna Kowalska"}
    assert [d.value.iso8601 for d in record.duration] == ["PT2H"]
    assert record.place is not None
    assert record.place.value.venue == "Élysée Palace"


def test_a_phone_call_is_no_dinner() -> None:
    """The same people by phone and in person are two meetings."""
    first, second = records(
        "Emmanuel Macron spoke by phone with Anna Kowalska on Tuesday. On Friday the two dined in Paris, an aide said."
    )
    assert (first.mode, second.mode) == ("phone", "in_person")


def test_mediators_and_interpreters_have_their_part() -> None:
    """Who mediates is none of the sides."""
    (record,) = records(
        "Sheikh Nasser al-Qirbi and Abdulqader al-Marwani held talks in Amman on Sunday. "
        "The talks were mediated by UN envoy Solveig Thorkel; her interpreter, Rami Haddadin, left early."
    )
    parts = {one.value.name: one.value.part for one in record.participants}
    assert parts["Nasser al-Qirbi"] == "principal"
    assert parts["Solveig Thorkel"] == "mediator"
    assert parts["Rami Haddadin"] == "interpreter"


def test_two_men_of_one_name_are_told_apart() -> None:
    """Donald Trump Jr is not Donald Trump."""
    (record,) = records(
        "Donald Trump spoke at noon. His son, Donald Trump Jr, met Natalia Veselnitskaya in New York in June."
    )
    assert who(record) == ["Donald Trump Jr", "Natalia Veselnitskaya"]


_PIECES = st.sampled_from(
    """Trump Putin and met with the two leaders will not meet meeting talks between denied on Friday in Hamburg , . “ ” ; — :
    his her Jr. U.S. President a second their Mr. of he they it was cancelled to after called shook hands""".split()
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map(" ".join)))
def test_any_text_gives_drafts_and_records_that_slice_back(text: str) -> None:
    """Never raises, whatever the text; every span of a record is the article's."""
    try:
        document = read(Article(text))
    except EmptyArticle:
        return
    drafts = draft_meetings(document)
    assert all(isinstance(one, DraftMeeting) for one in drafts)
    for record in assemble_meetings(document, drafts, lambda statement, spans: "unchecked"):
        for span in (span for one in record.participants for span in one.evidence):
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("sentence", "status", "edtf", "place"),
    [
        ("{a} flew back from Oslo, where she had met {b} on Thursday.", "happened", "2022-08-11", "Oslo"),
        ("{a}, who was in Madrid for a fair, met {b} there on Thursday.", "happened", "2022-08-11", "Madrid"),
        ("{a} and {b} agreed on Saturday to meet in Quito in October.", "planned", "2022-10", "Quito"),
        (
            "A meeting between {a} and {b} set for Wednesday in Quito has been pushed back to September.",
            "postponed",
            "2022-09",
            "Quito",
        ),
        (
            "{a} met {b} at a hotel in Oslo in June, two people familiar with the matter said.",
            "alleged",
            "2022-06",
            "a hotel in Oslo",
        ),
        ("PARIS (Reuters) - {a} met {b} on Friday to discuss trade, her office said.", "happened", "2022-08-12", "PARIS"),
        ("{a} met {b} in the Chilean capital on August 3.", "happened", "2022-08-03", "the Chilean capital"),
        ("{a} rushed to meet {b} in Oslo last month.", "happened", "2022-07", "Oslo"),
        ("{a}, who was elected on Monday, met {b} in Oslo.", "happened", None, "Oslo"),
    ],
)
def test_fields_are_of_the_meeting_itself(sentence: str, status: str, edtf: str | None, place: str) -> None:
    """The day, place and status of the meeting, not of the report, of a journey or of another event."""
    said = sentence.format(a="Peruvian President Marta Quispe", b="Chilean Foreign Minister Tomas Ibarra")
    (record,) = records(f"{said} Shares were little changed.")
    assert record.status == status
    assert (record.date.value.edtf if record.date else None) == edtf
    assert record.place is not None
    assert record.place.value.text == place


def test_a_dateline_tells_the_place_only_of_fresh_news() -> None:
    """What happened weeks ago was not where the article is written."""
    (record,) = records("LONDON - Marta Quispe met Tomas Ibarra on July 3, her office said on Friday.")
    assert record.place is None


def test_not_having_met_since_is_no_denial() -> None:
    """ "have not met since January" claims nothing of a meeting."""
    assert not records("Marta Quispe and Tomas Ibarra have not met since January.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param(
            "BERLIN — Emmanuel Macron met Anna Kowalska in secret at a hotel in Oslo last week, a newspaper reported on "
            "Sunday. "
            "Both offices flatly denied it. “No such meeting took place,” said Jan Nowak, a spokesman for Mr Macron. "
            "Ms Kowalska said she had never met Mr Macron.",
            "denied",
        ),
        (
            "BERLIN — Emmanuel Macron met Anna Kowalska at a hotel in Oslo on Sunday. They spoke for two hours and agreed "
            "to reopen the border, officials of both sides said.",
            "happened",
        ),
        pytest.param(
            "BERLIN — Emmanuel Macron was to have met Anna Kowalska in Oslo on Sunday. The meeting was called off on "
            "Saturday. "
            "His office gave no reason for the cancellation.",
            "cancelled",
            marks=pytest.mark.xfail(strict=True, reason="taken for postponed"),
        ),
    ],
)
def test_what_follows_a_mention_decides_how_a_meeting_stands(text: str, status: MeetingStatus) -> None:
    """A claim and its denial, a plan and its end, may stand in different sentences."""
    assert records(text)[0].status == status
