"""What stands beside the article: statements, quotations, meeting records, each a click away from its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.domain.dossier import MergedMeeting
from service.domain.meeting import MeetingRecord
from service.domain.quotation import NOT_SPEECH, Quotation
from service.domain.text import Span
from service.domain.verdict import Check, Statement, Verdict
from service.web.markup import Html, element, escaped

_SIGN = {"supported": "✓", "contradicted": "✗", "unsupported": "?", "unchecked": "·"}
#: Speakers get a colour each, in the order in which they speak; the page's styles know so many.
COLOURS = 8


class Evidence:
    """Collects what a card stands on, and names it. ``prefix`` keeps the cards of one page apart."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.spans: dict[str, tuple[Span, ...]] = {}

    def under(self, name: str, spans: Sequence[Span]) -> str | None:
        """The reference of ``spans``; None where there are none."""
        if not spans:
            return None
        reference = f"{self.prefix}.{name}"
        self.spans[reference] = (*self.spans.get(reference, ()), *spans)
        return reference


def badge(verdict: Verdict) -> Html:
    """A verdict as a small sign with its word for screen readers and on hover."""
    return element("span", _SIGN[verdict], class_=f"badge {verdict}", title=verdict, role="img", aria_label=verdict)


def pick(content: Html | str | list[Html], references: Sequence[str | None], class_: str = "") -> Html:
    """``content`` as something to click that shows ``references`` in the article; plain where there is none."""
    there = [one for one in references if one]
    if not there:
        return element("span", content, class_=class_ or None)
    return element("a", content, class_=f"pick {class_}".strip(), href=f"#{there[0]}", data_refs=" ".join(there))


def statement_item(statement: Statement, evidence: Evidence, tag: str = "li") -> Html:
    """A statement under its verdict, with the reasons against it."""
    reference = evidence.under(statement.id, statement.evidence)
    against = [one for one in statement.checks if one.verdict in ("contradicted", "unsupported")]
    reasons = [
        element(
            "li",
            element("b", one.name),
            f" {one.detail}",
            element("code", one.error) if one.error else None,
            class_=one.verdict,
        )
        for one in against
    ]
    return element(
        tag,
        badge(statement.verdict),
        pick(_underlined(statement.text, against), [reference], "statement"),
        element("ul", reasons, class_="reasons") if reasons else None,
        class_=f"st {statement.verdict}",
    )


def _underlined(text: str, against: Sequence[Check]) -> list[Html]:
    """The statement with the places that its checks object to marked."""
    wrong = [False] * len(text)
    for check in against:
        if check.at is not None:
            start, end = check.at
            wrong[start:end] = [True] * len(wrong[start:end])
    pieces, start = [], 0
    for position in range(1, len(text) + 1):
        if position == len(text) or wrong[position] != wrong[start]:
            words = text[start:position]
            pieces.append(element("u", words) if wrong[start] else escaped(words))
            start = position
    return pieces


def quotation_item(quotation: Quotation, evidence: Evidence, colour: int | None) -> Html:
    """Words with who speaks them."""
    reference = f"{evidence.prefix}.{quotation.id}"
    words = quotation.text if quotation.kind == "indirect" else " … ".join(f"“{one.text}”" for one in quotation.spans)
    flags = [flag for flag in quotation.flags if flag not in NOT_SPEECH]
    nature = [flag for flag in quotation.flags if flag in NOT_SPEECH]
    notes = [quotation.kind, *flags, *([f"continues {quotation.continues}"] if quotation.continues else [])]
    who: Html
    if quotation.speaker is not None:
        known = ", ".join(part for part in (quotation.speaker.role, quotation.speaker.affiliation) if part)
        who = element("cite", quotation.speaker.name, element("small", f" {known}") if known else None)
    else:
        said = f"in marks, but nobody’s speech ({', '.join(nature)})" if nature else "speaker not found"
        who = element("cite", said, class_="nobody")
    colour_class = f" s{colour}" if colour is not None else ""
    return element(
        "li",
        pick(words, [reference], "words"),
        element("div", who, element("small", " · ".join(notes), class_="notes"), class_="by"),
        class_=f"quote {quotation.kind}{colour_class}",
    )


def meeting_card(record: MeetingRecord, evidence: Evidence, name: str, more: Sequence[Html] = ()) -> Html:
    """A meeting record: each field is a click away from its evidence."""
    rows = _rows(record, evidence, name)
    claims = [
        element(
            "li",
            pick(
                [status_badge(claim.status), Html(" "), escaped(claim.by or "the article itself")],
                [evidence.under(f"{name}.claim{number}", claim.evidence)],
            ),
        )
        for number, claim in enumerate(record.status_claims)
    ]
    disputed = {index for one in record.disagreements for index in one.positions}
    positions = [
        element(
            "li",
            element("b", position.by),
            element("small", f" on {position.about}") if position.about else None,
            element("br"),
            pick(position.text, [evidence.under(f"{name}.position{number}", position.evidence)]),
            class_="disputed" if number in disputed else None,
        )
        for number, position in enumerate(record.positions)
    ]
    everything = [reference for reference in evidence.spans if reference.startswith(f"{evidence.prefix}.{name}.")]
    nature = [word.replace("_", " ") for word in (record.setting, record.kind, record.mode) if word != "unknown"]
    return element(
        "section",
        element("h4", pick(record.title, everything), " ", status_badge(record.status)),
        element("p", " · ".join(nature), class_="nature") if nature else None,
        element("dl", rows) if rows else None,
        element("div", element("h5", "Who says so"), element("ul", claims)) if len(claims) > 1 else None,
        element("div", element("h5", "What each side says"), element("ul", positions)) if positions else None,
        list(more),
        class_="card",
        id=f"{evidence.prefix}.{name}.card",
    )


def status_badge(status: str) -> Html:
    """The status of a meeting as a word in its colour."""
    return element("span", status, class_=f"status {status}")


def _rows(record: MeetingRecord, evidence: Evidence, name: str) -> list[Html]:
    rows: list[Html] = []

    def row(label: str, parts: Sequence[tuple[str, Sequence[Span], Verdict]], key: str) -> None:
        if not parts:
            return
        shown = [
            element(
                "span",
                pick(words, [evidence.under(f"{name}.{key}{number}", spans)]),
                badge(verdict) if verdict != "supported" else None,
                class_="value",
            )
            for number, (words, spans, verdict) in enumerate(parts)
        ]
        rows.append(element("dt", label))
        rows.append(element("dd", shown))

    date, place, occasion = record.date, record.place, record.occasion
    row("When", [(_when(date.value.text, date.value.edtf), date.evidence, date.verdict)] if date else [], "date")
    row("Where", [(place.value.text, place.evidence, place.verdict)] if place else [], "place")
    row("Who", [(_who(one.value.name, one.value.part), one.evidence, one.verdict) for one in record.participants], "who")
    row(
        "How long",
        [
            (one.value.text + (" (as scheduled)" if one.value.scheduled else ""), one.evidence, one.verdict)
            for one in record.duration
        ],
        "duration",
    )
    row("Occasion", [(occasion.value, occasion.evidence, occasion.verdict)] if occasion else [], "occasion")
    row("About", [(one.value, one.evidence, one.verdict) for one in record.topics], "topic")
    row("Came of it", [(one.value, one.evidence, one.verdict) for one in record.outcomes], "outcome")
    return rows


def _when(text: str, edtf: str | None) -> str:
    return f"{edtf} (“{text}”)" if edtf and edtf != text else text


def _who(name: str, part: str) -> str:
    return name if part == "principal" else f"{name} ({part})"


def merged_card(merged: MergedMeeting, evidence: Evidence, places: Mapping[str, str]) -> Html:
    """One real meeting out of several articles, with what they disagree on side by side. ``places``: brief id → the id of
    its section on the page."""
    conflicts = [
        element(
            "tr",
            element("th", conflict.field.replace("_", " "), scope="row"),
            [
                element("td", value.value, element("small", " " + _sources(value.by, value.sources, merged)))
                for value in conflict.values
            ],
        )
        for conflict in merged.conflicts
    ]
    links = [
        element("a", source.outlet or f"article {places[source.brief].removeprefix('b')}", href=f"#{places[source.brief]}")
        for source in merged.sources
        if source.brief in places
    ]
    told = f"{len(links)} article(s), {merged.corroboration} independent: "
    more = [element("p", told, _between(links), class_="nature told")]
    if conflicts:
        more.append(element("div", element("h5", "They disagree on"), element("table", conflicts)))
    if merged.why:
        reasons = [element("li", one) for one in merged.why]
        more.append(element("details", element("summary", "Why one meeting"), element("ul", reasons)))
    return meeting_card(merged.record, evidence, merged.id, more)


def _between(links: Sequence[Html]) -> Html:
    return Html(", ".join(links))


def _sources(by: str | None, indices: Sequence[int], merged: MergedMeeting) -> str:
    named = [merged.sources[index].outlet or f"source {index + 1}" for index in indices if index < len(merged.sources)]
    return ", ".join([*([by] if by else []), *dict.fromkeys(named)])
