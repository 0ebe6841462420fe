"""Briefs made of gold: what a dossier would be given if every stage before it were right."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from evals.base import Json
from service.domain.brief import ArticleInfo, Brief, Engine, Usage
from service.domain.meeting import (
    Duration,
    MeetingDate,
    MeetingRecord,
    Participant,
    Place,
    StatusClaim,
)
from service.domain.quotation import Person
from service.domain.text import Span
from service.domain.verdict import Grounded, Statement
from service.language.spelling import is_title

#: A person's name, as against a noun phrase ("Trump's former campaign aides") or a body ("the Kremlin").
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*\s+|(?:de|van|von|der|al|bin|da|del|la)\s+)*(?:[ae]l-)?[A-ZÀ-Þ][\w’'-]+\.?")
_GRANULARITY = {4: "year", 7: "month", 10: "day"}


def brief_of(id: str, article: Json, meetings: Sequence[Json]) -> Brief:
    """The brief of ``article`` with exactly the gold ``meetings``; the people are those who take part in them. The id of a
    meeting is its gold key."""
    text = article["text"]
    names = dict.fromkeys(one["name"] for meeting in meetings for one in meeting["participants"] if _is_name(one["name"]))
    people = tuple(_person(f"p{number}", name, text, meetings) for number, name in enumerate(names, 1))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    info = ArticleInfo(
        id=f"art_{digest[:16]}",
        title=article.get("title"),
        url=article.get("url"),
        outlet=article.get("outlet"),
        published=article.get("published"),
        language="en",
        sha256=digest,
        chars=len(text),
        tokens=0,
        text=text,
    )
    return Brief(
        id=id,
        object="brief",
        created="1970-01-01T00:00:00Z",
        offset_unit="codepoint",
        article=info,
        headline=Statement("st0", "", (), (), "unchecked", 0.0),
        summary=(),
        meetings=tuple(_record(meeting, text, {p.name: p.id for p in people}) for meeting in meetings),
        quotations=(),
        people=people,
        furniture=(),
        coverage=(),
        engine=Engine("extractive", None, None, None),
        usage=Usage(),
        warnings=(),
    )


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and not name.isupper() and not is_title(name)


def _person(id: str, name: str, text: str, meetings: Sequence[Json]) -> Person:
    told = [one for meeting in meetings for one in meeting["participants"] if one["name"] == name]
    role = next((one["role"] for one in told if one.get("role")), None)
    affiliation = next((one["affiliation"] for one in told if one.get("affiliation")), None)
    mentions = tuple(Span.of(text, hit.start(), hit.end()) for hit in re.finditer(re.escape(name), text))
    return Person(id, name, mentions or (Span.of(text, 0, 0),), role, affiliation)


def _record(meeting: Json, text: str, people: dict[str, str]) -> MeetingRecord:
    evidence = tuple(span for quote in meeting.get("evidence", ()) for span in _found(text, quote))
    claims = tuple(
        StatusClaim(one["status"], one.get("by"), _found(text, one.get("quote") or "") or evidence)
        for one in meeting["status_claims"]
    )
    date, place = meeting.get("date"), meeting.get("place")
    return MeetingRecord(
        id=meeting["key"],
        title=", ".join(one["name"] for one in meeting["participants"]),
        kind=meeting.get("kind") or "unknown",
        mode=meeting.get("mode") or "unknown",
        setting=meeting.get("setting") or "unknown",
        status=meeting["status"],
        status_claims=claims,
        participants=tuple(
            Grounded(
                Participant(
                    one["name"],
                    one.get("role"),
                    one.get("affiliation"),
                    one.get("part") or "principal",
                    people.get(one["name"]),
                ),
                _found(text, one["name"]) or evidence,
                "supported",
            )
            for one in meeting["participants"]
        ),
        date=Grounded(_date(date), _found(text, date["text"]) or evidence, "supported") if date else None,
        duration=tuple(
            Grounded(Duration(d["text"], d.get("iso8601"), bool(d.get("scheduled"))), _found(text, d["text"]), "supported")
            for d in meeting.get("durations") or ()
        ),
        place=Grounded(_place(place), _found(text, place["text"]) or evidence, "supported") if place else None,
        occasion=_words(text, meeting.get("occasion")),
        topics=tuple(grounded for one in meeting.get("topics") or () if (grounded := _words(text, one))),
        outcomes=tuple(grounded for one in meeting.get("outcomes") or () if (grounded := _words(text, one))),
        positions=(),
        disagreements=(),
    )


def _date(date: Json) -> MeetingDate:
    edtf = date.get("edtf")
    granularity = "unknown"
    if edtf:
        granularity = (
            "week" if "/" in edtf else _GRANULARITY.get(len(edtf.rstrip("~")), "time" if "T" in edtf else "unknown")
        )
    return MeetingDate(date["text"], edtf, None, granularity)  # type: ignore[arg-type]


def _place(place: Json) -> Place:
    return Place(place["text"], place.get("venue"), place.get("city"), place.get("region"), place.get("country"))


def _words(text: str, words: str | None) -> Grounded[str] | None:
    return Grounded(words, _found(text, words), "supported") if words else None


def _found(text: str, words: str) -> tuple[Span, ...]:
    at = text.find(words) if words else -1
    return (Span.of(text, at, at + len(words)),) if at >= 0 else ()
