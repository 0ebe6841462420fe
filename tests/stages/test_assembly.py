"""From drafts of meetings to records: nothing invented gets in, and the status follows from the claims."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from service.domain.draft import (
    Document,
    DraftClaim,
    DraftDisagreement,
    DraftDuration,
    DraftMeeting,
    DraftParticipant,
    DraftPlace,
    DraftPosition,
    DraftText,
)
from service.domain.meeting import MeetingRecord, MeetingStatus
from service.domain.text import Article, Span
from service.domain.verdict import Verdict
from service.pipeline import read
from service.stages.assembly import assemble_meetings

TEXT = (
    "Russian President Vladimir Putin met US President Donald Trump in the German city of Hamburg on Friday, the Kremlin "
    "said. "
    "The meeting lasted two hours instead of the scheduled 30 minutes. "
    "White House Press Secretary Sean Spicer denied that a second meeting had taken place. "
    "An unnamed diplomat, citing people familiar with the matter, said the two had met again in Germany. "
    "Secretary of State Rex Tillerson said Trump pressed Putin; Foreign Minister Sergei Lavrov said Trump accepted the "
    "denial."
)


def document(text: str = TEXT, published: str | None = "2017-07-10") -> Document:
    return read(Article(text, published=published))


def unchecked(statement: str, spans: Sequence[Span]) -> Verdict:
    return "unchecked"


def draft(**fields: object) -> DraftMeeting:
    given: dict[str, object] = {
        "kind": "bilateral",
        "claims": (DraftClaim("happened", None, ("s1",)),),
        "participants": (DraftParticipant("Vladimir Putin", ("s1",)), DraftParticipant("Donald Trump", ("s1",))),
    }
    return DraftMeeting(**{**given, **fields})  # type: ignore[arg-type]


def assembled(one: DraftMeeting, text: str = TEXT, published: str | None = "2017-07-10") -> MeetingRecord | None:
    records = assemble_meetings(document(text, published), [one], unchecked)
    return records[0] if records else None


def test_a_record_points_at_the_words_of_every_field() -> None:
    """Names, date, place and lengths carry spans that slice back, and are supported where they stand in what is cited."""
    record = assembled(
        draft(
            date=DraftText("on Friday", ("s1",)),
            place=DraftPlace("Hamburg", ("s1",)),
            durations=(DraftDuration("two hours", False, ("s2",)), DraftDuration("30 minutes", True, ("s2",))),
        )
    )
    assert record is not None
    assert record.date is not None
    assert record.place is not None
    assert (record.date.value.text, record.date.value.edtf, record.date.value.anchor) == (
        "Friday",
        "2017-07-07",
        "2017-07-10",
    )
    assert record.date.value.granularity == "day"
    assert (record.place.value.city, record.place.value.country) == ("Hamburg", "Germany")
    assert [(d.value.iso8601, d.value.scheduled) for d in record.duration] == [("PT2H", False), ("PT30M", True)]
    grounded = [*record.participants, record.date, record.place, *record.duration]
    assert all(one.verdict == "supported" for one in grounded)
    spans = [span for one in grounded for span in one.evidence] + [s for c in record.status_claims for s in c.evidence]
    assert spans
    assert all(TEXT[span.start : span.end] == span.text for span in spans)


def test_what_the_article_does_not_say_is_dropped() -> None:
    """Invented people, places, lengths, claimants and outcomes leave no trace; the rest of the record stays."""
    record = assembled(
        draft(
            participants=(
                DraftParticipant("Vladimir Putin", ("s1",)),
                DraftParticipant("Donald Trump", ("s99",)),
                DraftParticipant("Angela Merkel", ("s1",)),
            ),
            claims=(DraftClaim("happened", None, ("s1",)), DraftClaim("denied", "Angela Merkel", ("s1",))),
            place=DraftPlace("Helsinki", ("s1",), city="Helsinki"),
            durations=(DraftDuration("three hours", False, ("s2",)),),
            outcomes=(DraftText("a treaty was signed", ("s1",)),),
            occasion=DraftText("the G20 summit", ("s1",)),
        )
    )
    assert record is not None
    assert [one.value.name for one in record.participants] == ["Vladimir Putin", "Donald Trump"]
    assert [(claim.status, claim.by) for claim in record.status_claims] == [("happened", None)]
    assert (record.place, record.duration, record.outcomes, record.occasion) == (None, (), (), None)


@pytest.mark.parametrize(
    "fields",
    [
        {"participants": (DraftParticipant("Angela Merkel", ("s1",)), DraftParticipant("Donald Trump", ("s1",)))},
        {"participants": ()},
        {"claims": ()},
        {"claims": (DraftClaim("happened", None, ("s99", "")),)},
        {"claims": (DraftClaim("happened", "Angela Merkel", ("s1",)),)},
        {"participants": (DraftParticipant("", ("s1",)), DraftParticipant("…", ("s1",)))},
    ],
)
def test_a_draft_without_evidence_gives_no_record(fields: dict[str, object]) -> None:
    """One real participant is no meeting; a claim needs a sentence and a claimant of the article."""
    assert assembled(draft(**fields)) is None


def test_ids_and_marks_of_a_model_may_be_wrong() -> None:
    """A field is found where it stands, whatever sentence was cited, with other quotation marks and dashes."""
    text = "Trump’s aides – the “small group” – met Vladimir Putin on Friday. Donald Trump met Vladimir Putin."
    record = assembled(draft(topics=(DraftText('the "small group"', ("s7",)),)), text)
    assert record is not None
    assert [topic.value for topic in record.topics] == ["the “small group”"]


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ([("happened", None)], "happened"),
        ([("planned", None), ("happened", "the Kremlin")], "happened"),
        ([("happened", "An unnamed diplomat")], "alleged"),
        ([("happened", "An unnamed diplomat"), ("denied", "Sean Spicer")], "denied"),
        ([("happened", "the Kremlin"), ("denied", "Sean Spicer")], "happened"),
        ([("planned", "the Kremlin"), ("cancelled", "Sean Spicer")], "planned"),
        ([("planned", "Sean Spicer"), ("cancelled", "Sean Spicer")], "cancelled"),
        ([("planned", None), ("cancelled", None)], "cancelled"),
        ([("planned", None), ("postponed", "the Kremlin")], "postponed"),
        ([("alleged", None)], "alleged"),
        ([("ongoing", None)], "ongoing"),
    ],
)
def test_the_status_follows_from_the_claims(claims: list[tuple[MeetingStatus, str | None]], status: MeetingStatus) -> None:
    """Sides count, third parties don't; one side's refusal stands beside the other's plan; every claim is kept."""
    record = assembled(draft(claims=tuple(DraftClaim(s, by, (f"s{number}",)) for number, (s, by) in enumerate(claims, 1))))
    assert record is not None
    assert record.status == status
    assert [(claim.status, claim.by) for claim in record.status_claims] == claims


def test_a_date_is_resolved_by_code_whatever_the_draft_says() -> None:
    """The words of a draft lead to the place in the article; its year comes from the publication date, or from nowhere."""
    text = "Donald Trump met Vladimir Putin on July 7."
    dated, undated = (assembled(draft(date=DraftText("July 7", ("s1",))), text, day) for day in ("2017-07-18", None))
    assert dated is not None
    assert dated.date is not None
    assert dated.date.value.edtf == "2017-07-07"
    assert undated is not None
    assert undated.date is not None
    assert undated.date.value.edtf == "XXXX-07-07"
    invented = assembled(draft(date=DraftText("7 July 2018", ("s1",))), text)
    assert invented is not None
    assert invented.date is None


def test_words_from_far_off_are_put_to_verification() -> None:
    """A place that stands in a sentence that has nothing to do with the meeting gets the verdict of the check."""
    asked: list[str] = []

    def check(statement: str, spans: Sequence[Span]) -> Verdict:
        asked.append(statement)
        return "unsupported"

    (record,) = assemble_meetings(document(), [draft(place=DraftPlace("Germany", ("s1",)))], check)
    assert record.place is not None
    assert record.place.verdict == "unsupported"
    assert asked == ["Vladimir Putin and Donald Trump met, in Germany."]


def test_positions_keep_to_the_article_and_disagreements_to_positions() -> None:
    """A position by nobody of the article is dropped, and the disagreement's indices move along."""
    record = assembled(
        draft(
            positions=(
                DraftPosition("Angela Merkel", "x", "Trump pressed Putin", ("s5",)),
                DraftPosition("Rex Tillerson", "the denial", "Trump pressed Putin", ("s5",), ("q99",)),
                DraftPosition("Sergei Lavrov", "the denial", "Trump accepted the denial", ("s5",)),
            ),
            disagreements=(DraftDisagreement("the denial", (1, 2)), DraftDisagreement("x", (0, 1))),
        )
    )
    assert record is not None
    assert [(one.by, one.quotations) for one in record.positions] == [("Rex Tillerson", ()), ("Sergei Lavrov", ())]
    assert [(one.about, one.positions) for one in record.disagreements] == [("the denial", (0, 1))]


def test_records_are_numbered_without_gaps() -> None:
    """Dropped drafts leave no hole in the ids."""
    bad = draft(participants=())
    records = assemble_meetings(
        document(), [bad, draft(), bad, draft(claims=(DraftClaim("denied", None, ("s3",)),))], unchecked
    )
    assert [one.id for one in records] == ["m1", "m2"]
    assert records[0].title == "Vladimir Putin and Donald Trump: meeting"
