"""Meeting records as a table: CSV (RFC 4180), one row a meeting, for spreadsheets and data tools.

Every cell is one line of text. Lists are joined by "; ". A cell that a spreadsheet would take for a formula is led by an
apostrophe, as OWASP advises ("CSV injection"): what stands in an article must never run on a reader's machine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from service.domain.brief import Brief
from service.domain.meeting import Duration, MeetingRecord, StatusClaim
from service.domain.verdict import Grounded

#: The columns. New ones are added at the end, so that what reads by position goes on working.
COLUMNS = (
    "article", "outlet", "published", "meeting", "title", "status", "status_claims", "kind", "mode", "setting",
    "participants", "roles", "date", "date_as_written", "date_granularity", "venue", "city", "region", "country",
    "place_as_written", "durations", "occasion", "topics", "outcomes", "positions", "disagreements", "evidence", "verdicts",
)  # fmt: skip

#: What a spreadsheet takes for the beginning of a formula, full-width forms included (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_UNWRITABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


def csv_head() -> str:
    """The first line, with its end."""
    return _line(COLUMNS)


def csv_rows(article: str, brief: Brief) -> str:
    """The lines of one brief's meetings, each with its end; "" where there is none. ``article`` names the article in the
    first column: the caller's own id or file name."""
    return "".join(_line(_cells(article, brief, record)) for record in brief.meetings)


def _cells(article: str, brief: Brief, record: MeetingRecord) -> Sequence[str]:
    date = record.date.value if record.date else None
    place = record.place.value if record.place else None
    named = [one.value for one in record.participants]
    roles = [
        f"{one.name}: {', '.join(p for p in (one.role, one.affiliation) if p)}"
        for one in named
        if one.role or one.affiliation
    ]
    return (
        article,
        brief.article.outlet or "",
        brief.article.published or "",
        record.id,
        record.title,
        record.status,
        _listed(_claim(one) for one in record.status_claims),
        record.kind,
        record.mode,
        record.setting,
        _listed(one.name if one.part == "principal" else f"{one.name} ({one.part})" for one in named),
        _listed(roles),
        (date.edtf or "") if date else "",
        date.text if date else "",
        date.granularity if date else "",
        *((getattr(place, part) or "") if place else "" for part in ("venue", "city", "region", "country", "text")),
        _listed(_duration(one) for one in record.duration),
        record.occasion.value if record.occasion else "",
        _listed(one.value for one in record.topics),
        _listed(one.value for one in record.outcomes),
        _listed(f"{one.by}: {one.text}" for one in record.positions),
        _listed(one.about for one in record.disagreements),
        " … ".join(dict.fromkeys(span.text for claim in record.status_claims for span in claim.evidence)),
        _verdicts(record),
    )


def _claim(claim: StatusClaim) -> str:
    return f"{claim.status} ({claim.by})" if claim.by else claim.status


def _duration(one: Grounded[Duration]) -> str:
    return (one.value.iso8601 or one.value.text) + (" (scheduled)" if one.value.scheduled else "")


def _verdicts(record: MeetingRecord) -> str:
    """The fields that were not found supported, by name; "" where all were."""
    fields: list[tuple[str, Grounded[object] | None]] = [
        *((f"participant {one.value.name}", one) for one in record.participants),
        ("date", record.date),
        ("place", record.place),
        ("occasion", record.occasion),
        *(("duration", one) for one in record.duration),
        *(("topic", one) for one in record.topics),
        *(("outcome", one) for one in record.outcomes),
    ]
    return _listed(f"{name}: {one.verdict}" for name, one in fields if one is not None and one.verdict != "supported")


def _listed(values: Iterable[str]) -> str:
    return "; ".join(" ".join(value.split()) for value in values)


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow([_safe(cell) for cell in cells])
    return written.getvalue()


def _safe(cell: str) -> str:
    """A cell on one line that no spreadsheet will run."""
    flat = " ".join(cell.translate(_UNWRITABLE).split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat
