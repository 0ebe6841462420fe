"""Answers for a person on a terminal. What an article says is shown, never obeyed: control characters don't get through."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from service.cli.ending import clear_progress
from service.contract import CheckAnswer, QuotationsAnswer
from service.domain.brief import Brief, Engine, Notice
from service.domain.dossier import Dossier, MergedMeeting
from service.domain.meeting import MeetingRecord
from service.domain.quotation import NOT_SPEECH, Quotation
from service.domain.text import Chunk, Span
from service.domain.verdict import Check, Statement, Verdict

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STYLE: Mapping[Verdict, str] = {
    "supported": "green",
    "contradicted": "bold red",
    "unsupported": "yellow",
    "unchecked": "dim",
}
_SIGN: Mapping[Verdict, str] = {"supported": "✓", "contradicted": "✗", "unsupported": "?", "unchecked": "·"}
_SPEAKER_STYLES = ("cyan", "magenta", "blue", "green", "yellow", "bright_cyan", "bright_magenta", "bright_blue")
_STATUS_STYLE = {"happened": "green", "ongoing": "green", "denied": "red", "cancelled": "red"}


def console() -> Console:
    """Standard output for people: coloured on a terminal unless NO_COLOR is set, never wrapped for a pipe."""
    clear_progress()
    piped = not sys.stdout.isatty()
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=piped, width=10_000 if piped else None)


def visible(text: str) -> str:
    """``text`` on one line, with nothing in it that a terminal would act on."""
    return _CONTROL.sub("\ufffd", " ".join(text.split()))


def show_brief(out: Console, brief: Brief, name: str) -> None:
    """A whole brief."""
    article = brief.article
    _title(out, visible(article.title or name))
    facts = [name, article.outlet, article.published, article.language, f"{article.tokens:,} tokens"]
    out.print(Text(" · ".join(visible(one) for one in facts if one), style="dim"))
    _section(out, "Headline")
    show_statement(out, brief.headline, evidence=False)
    _section(out, "Summary")
    for statement in brief.summary:
        show_statement(out, statement, evidence=False)
    show_meetings(out, brief.meetings)
    _section(out, f"Quotations ({len(brief.quotations)})")
    show_quotations(out, brief.quotations)
    _footing(out, brief)


def _footing(out: Console, brief: Brief) -> None:
    kinds: dict[str, int] = {}
    for one in brief.furniture:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    out.print()
    if kinds:
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=lambda item: -item[1]))
        out.print(Text(f"Furniture left out of the summary: {listed}.", style="dim"))
    for outcome in brief.coverage:
        if outcome.outcome in ("failed", "empty"):
            detail = visible(outcome.detail or "no reason given")
            out.print(Text(f"Not covered: {outcome.chunk} ({outcome.outcome}): {detail}", style="yellow"))
    out.print(Text(f"Written by {engine_line(brief.engine)}, {brief.usage.seconds:.1f} s.", style="dim"))
    show_notices(out, [one for one in brief.warnings if one.code != "embedded_engine"])
    out.print()


def engine_line(engine: Engine) -> str:
    """Who wrote it and where the text went, in words."""
    if engine.name == "extractive":
        line = "the embedded engine (extractive: no model; the text was sent nowhere)"
        return line + ", standing in for a model that failed" if engine.fell_back else line
    return visible(f"{engine.model} at {engine.endpoint} with prompt {engine.prompt}")


def show_notices(out: Console, notices: Iterable[Notice]) -> None:
    """The warnings of an answer."""
    for one in notices:
        out.print(Text(f"! {visible(one.detail)} ({one.code})", style="yellow"))


def show_statement(out: Console, statement: Statement, evidence: bool, numbered: bool = False) -> None:
    """A statement under its verdict, with the reasons against it and, if asked for, what it stands on;
    ``numbered``: with the number of the source."""
    style = _STYLE[statement.verdict]
    line = _marked(statement)
    if evidence or statement.verdict != "supported":
        line.append(f"  {statement.verdict} {statement.score:.2f}", style=style)
    _hanging(out, _styled(f"  {_SIGN[statement.verdict]} ", style), line)
    for check in statement.checks:
        if check.verdict in ("contradicted", "unsupported"):
            kind = f" [{check.error}]" if check.error else ""
            reason = Text(f"{check.name}{kind}: {visible(check.detail)}", style=_STYLE[check.verdict])
            _indented(out, reason, 6)
    if evidence:
        for span in statement.evidence:
            where = f"source {span.source + 1}, " if numbered and span.source is not None else ""
            words = _styled(f"“{_shortened(visible(span.text))}”", "dim")
            words.append(f"  {where}{span.start}–{span.end}", style="dim italic")
            _indented(out, words, 6)


def _marked(statement: Statement) -> Text:
    """The statement with the places that its checks object to underlined."""
    text = Text(visible(statement.text))
    if text.plain != statement.text:
        return text  # shown otherwise than it stands: offsets would mark the wrong words
    for check in statement.checks:
        if check.at is not None and _objects(check):
            text.stylize("underline " + _STYLE[check.verdict], *check.at)
    return text


def _objects(check: Check) -> bool:
    return check.verdict in ("contradicted", "unsupported")


def _shortened(text: str, most: int = 240) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def show_quotations(out: Console, quotations: Sequence[Quotation]) -> None:
    """Quotations with who speaks them, one colour a speaker."""
    colours: dict[str, str] = {}
    for one in quotations:
        line = Text()
        if one.speaker is None:
            why = ", ".join(flag for flag in one.flags if flag in NOT_SPEECH)
            line.append(_in_marks(one), style="dim" if why else "default")
            line.append(f"  {why or 'speaker unknown'}", style="dim italic")
        else:
            colour = colours.setdefault(one.speaker.name, _SPEAKER_STYLES[len(colours) % len(_SPEAKER_STYLES)])
            line.append(visible(one.text) if one.kind == "indirect" else _in_marks(one), style=colour)
            line.append(f"  — {visible(one.speaker.name)}", style="bold " + colour)
            known = ", ".join(part for part in (one.speaker.role, one.speaker.affiliation) if part)
            if known:
                line.append(f", {visible(known)}", style=colour)
        notes: list[str] = [one.kind, *(flag for flag in one.flags if flag not in NOT_SPEECH)]
        if one.continues:
            notes.append(f"continues {one.continues}")
        line.append(f"  [{', '.join(notes)}]", style="dim")
        _hanging(out, _styled(f"{one.id:>4} ", "dim"), line)


def _in_marks(one: Quotation) -> str:
    """The words in marks; what stood between two parts of a quotation shows as a gap."""
    return " … ".join(f"“{visible(span.text)}”" for span in one.spans)


def show_answer(out: Console, answer: QuotationsAnswer, name: str) -> None:
    """The quotations of one article."""
    _title(out, visible(name))
    show_quotations(out, answer.quotations)
    show_notices(out, answer.warnings)
    out.print()


def show_check(out: Console, answer: CheckAnswer) -> None:
    """Each statement with its evidence and reasons, then the verdict on the whole."""
    for statement in answer.statements:
        show_statement(out, statement, evidence=True, numbered=len(answer.sources) > 1)
    out.print()
    whole = _styled(f"{_SIGN[answer.verdict]} {answer.verdict}", _STYLE[answer.verdict])
    supported = sum(one.verdict == "supported" for one in answer.statements)
    whole.append(
        f"  {supported} of {len(answer.statements)} statements supported, score {answer.score:.2f}",
        style="default",
    )
    out.print(whole)
    show_notices(out, answer.warnings)


def show_meetings(out: Console, meetings: Sequence[MeetingRecord]) -> None:
    """Meeting records, a few lines each."""
    _section(out, f"Meetings ({len(meetings)})")
    for one in meetings:
        _meeting(out, one)


def _meeting(out: Console, one: MeetingRecord, marker: str | None = None) -> None:
    head = _styled(visible(one.title), "bold")
    head.append(f"  {one.status}", style=_STATUS_STYLE.get(one.status, "yellow"))
    nature = [word for word in (one.setting, one.kind, one.mode) if word != "unknown"]
    head.append(f"  {' '.join(nature)}".replace("_", " "), style="dim")
    _hanging(out, _styled(f"  {(marker or one.id):<3}  ", "dim"), head)
    if one.date is not None:
        _field(out, "when", f"{one.date.value.edtf or '?'} (“{one.date.value.text}”)")
    if one.place is not None:
        _field(out, "where", one.place.value.text)
    if one.participants:
        _field(out, "who", ", ".join(who.value.name for who in one.participants))
    for length in one.duration:
        _field(out, "how long", length.value.text + (" (as scheduled)" if length.value.scheduled else ""))
    if one.occasion is not None:
        _field(out, "occasion", one.occasion.value)
    if one.topics:
        _field(out, "about", "; ".join(topic.value for topic in one.topics))
    if one.outcomes:
        _field(out, "came of it", "; ".join(outcome.value for outcome in one.outcomes))
    if len(one.status_claims) > 1:
        _field(out, "claims", "; ".join(f"{claim.status} ({claim.by or 'the article'})" for claim in one.status_claims))
    for position in one.positions:
        _field(out, visible(position.by), position.text)


def _field(out: Console, name: str, value: str) -> None:
    _hanging(out, _styled(f"       {name}: ", "dim"), Text(visible(value)))


def show_dossier(out: Console, dossier: Dossier) -> None:
    """The timeline of the merged meetings, with what the sources disagree on."""
    _title(out, f"{_counted(len(dossier.meetings), 'meeting')} in {_counted(len(dossier.briefs), 'article')}")
    merged = {one.id: one for one in dossier.meetings}
    for entry in dossier.timeline:
        out.print(Text(entry.date or "no date", style="bold"))
        if entry.meeting in merged:
            _merged(out, merged[entry.meeting])
    show_notices(out, dossier.warnings)


def _merged(out: Console, one: MergedMeeting) -> None:
    _meeting(out, one.record, one.id)
    outlets = sorted({source.outlet for source in one.sources if source.outlet})
    _field(out, "sources", f"{_counted(len(one.sources), 'article')}, {one.corroboration} independent" + _listed(outlets))
    for conflict in one.conflicts:
        values = " / ".join(f"{value.value}" + (f" ({value.by})" if value.by else "") for value in conflict.values)
        line = Text(f"they disagree on {conflict.field}: {visible(values)}", style="yellow")
        _indented(out, line, 7)
    if one.why:
        _field(out, "one meeting because", "; ".join(one.why))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(names: Sequence[str]) -> str:
    return f" ({', '.join(names)})" if names else ""


def show_chunks(out: Console, chunks: Sequence[Chunk]) -> None:
    """The pieces of an article, one line each."""
    for one in chunks:
        out.print(Text(f"{one.id:>5} {one.tokens:>6} tokens  {_place(one.span)}  {_shortened(visible(one.span.text), 70)}"))


def _place(span: Span) -> str:
    return f"{span.start}–{span.end}"


def _title(out: Console, text: str) -> None:
    out.print(Text(f"━━ {text} ━━", style="bold"))


def _indented(out: Console, text: Text, by: int) -> None:
    _hanging(out, Text(" " * by), text)


def _hanging(out: Console, lead: Text, text: Text) -> None:
    """``text`` behind ``lead``, wrapped to the terminal under its own beginning; on one line where nobody looks."""
    if out.soft_wrap:
        out.print(lead + text)
        return
    for number, line in enumerate(text.wrap(out, max(20, out.width - len(lead)))):
        line.rstrip()
        out.print((lead if number == 0 else Text(" " * len(lead))) + line)


def _styled(words: str, style: str) -> Text:
    """Words in a style of their own: what is appended to them doesn't inherit it."""
    return Text().append(words, style)


def _section(out: Console, name: str) -> None:
    out.print()
    out.print(Text(name, style="bold underline"))
