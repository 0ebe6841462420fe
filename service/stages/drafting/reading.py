"""From a model's answer to draft values, part by part: what is whole and cites what was shown is taken, the rest is named.

Nothing is believed here, and nothing judged: whether a statement is true is the verifier's business. A part is *broken*
when it can't be checked at all: no text, no known id, or words in quotation marks that are not in the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from service.domain.draft import (
    Document,
    DraftClaim,
    DraftDisagreement,
    DraftDuration,
    DraftMeeting,
    DraftParticipant,
    DraftPlace,
    DraftPosition,
    DraftStatement,
    DraftText,
)
from service.domain.meeting import MeetingKind, MeetingMode, MeetingSetting, MeetingStatus, Part
from service.domain.text import Sentence
from service.language.numbers import find_numbers
from service.stages.drafting.rendering import citable
from service.stages.drafting.salvage import read_object

_KEYS = frozenset({"headline", "summary", "meetings"})
_ID = re.compile(r"(?<![A-Za-z0-9])([sq])(\d{1,7})(?![A-Za-z0-9])", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,2000})[\"“”„«»]")
_WORD = re.compile(r"\w+")
_RUN = 5
#: Days and months; "May" and "March" only where they can be no verb.
_NO_VERB = "|".join(f"(?<={word} )" for word in "in from since until by last next early late".split())
_DAY = re.compile(
    r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|April|June|July|August|September|October|November"
    rf"|December|(?:{_NO_VERB})(?:May|March))\b"
)
_NOT_LETTERS = re.compile(r"[\W_]+")

#: An answer longer than any honest one is cut: it is a loop or an attack.
MOST_STATEMENTS, MOST_MEETINGS, MOST_ITEMS, MOST_CHARS = 30, 20, 30, 600

#: A duration that was only to be ("a two-hour meeting is scheduled"), told from the words around it.
_SCHEDULED = re.compile(r"\b(scheduled|slated|planned?|expected|due|set|will|would|was to|were to|to last)\b", re.IGNORECASE)

T = TypeVar("T")


@dataclass
class Answer:
    """What could be read of an answer. ``broken``: the parts that were there but can't be used, with why; ``whole``: the
    JSON was complete; ``shaped``: there was an object with at least one of the parts at all; ``uncited``: statements that
    are broken only for citing nothing, for which the verifier may still find evidence."""

    headline: DraftStatement | None = None
    summary: list[DraftStatement] = field(default_factory=list)
    meetings: list[DraftMeeting] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    whole: bool = False
    shaped: bool = False
    uncited: list[DraftStatement] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Nothing in it that a brief could use."""
        return self.headline is None and not self.summary and not self.meetings

    def add(self, other: Answer) -> None:
        """Take in the parts of a further answer that are not here yet."""
        self.headline = self.headline or other.headline
        self.summary += [s for s in other.summary if s not in self.summary]
        self.meetings += [m for m in other.meetings if m not in self.meetings]
        self.uncited += [s for s in other.uncited if s not in self.uncited]

    def take_uncited(self) -> bool:
        """Where no statement cites anything: take those that don't, unproven as they are. Whether there were any."""
        if self.summary or not self.uncited:
            return False
        self.summary = self.uncited[:MOST_STATEMENTS]
        return True


def read_answer(
    text: str, document: Document, sentences: Sequence[Sentence], told: str = "", figures: bool = True
) -> Answer:
    """Reads an answer to the prompt ``brief``; ``sentences`` are those that the model was shown, ``told`` the instructions
    that it was given: words of theirs are no news. ``figures``: a statement's figures must stand in the sentences that it
    cites (not asked of another language than the article's, which writes them otherwise)."""
    value, whole = read_object(text, _KEYS)
    if value is None:
        return Answer(broken=["the answer is no JSON object with headline, summary and meetings"])
    return _Reading(document, sentences, told, figures).answer(value, whole)


def read_statements(
    items: Mapping[str, Mapping[str, Any]], document: Document, sentences: Sequence[Sentence], figures: bool = True
) -> dict[str, DraftStatement]:
    """Statements by id (an answer to the prompt ``repair``), those that can be used; ``sentences`` are those shown."""
    reading = _Reading(document, sentences, "", figures)
    read = {id_: reading._try(id_, reading._statement, item) for id_, item in items.items()}
    return {id_: statement for id_, statement in read.items() if statement is not None}


class _Broken(Exception):
    """A part that can't be used; the message is the reason, fit to be told to the model."""


class _Reading:
    def __init__(self, document: Document, sentences: Sequence[Sentence], told: str, figures: bool) -> None:
        self.figures = figures
        shown = " ".join(s.span.text for s in sentences)
        self.told = _runs(told) - _runs(shown)
        self.text_of = {s.id: s.span.text for s in sentences}
        self.carriers: dict[str, tuple[str, ...]] = {}
        first, last = (sentences[0].span.start, sentences[-1].span.end) if sentences else (0, 0)
        for quotation in citable(document.quotations):
            if quotation.spans[-1].end <= first or quotation.spans[0].start >= last:
                continue
            where = tuple(s.id for s in sentences if any(s.span.overlaps(p) for p in quotation.spans))
            if where:
                self.carriers[quotation.id] = where
        self.words = _letters(shown)
        self.broken: list[str] = []
        self.uncited: list[DraftStatement] = []

    def answer(self, value: Mapping[str, Any], whole: bool) -> Answer:
        """The whole answer."""
        for key in sorted(_KEYS - value.keys()):
            if whole:
                self.broken.append(f"{key}: missing")
        headline = value.get("headline")
        out = Answer(broken=self.broken, whole=whole, shaped=True, uncited=self.uncited)
        out.headline = None if headline in (None, "", {}) else self._try("headline", self._statement, headline)
        out.summary = self._each("summary", value.get("summary"), self._statement, MOST_STATEMENTS)
        out.meetings = self._each("meetings", value.get("meetings"), self._meeting, MOST_MEETINGS)
        return out

    def _each(self, where: str, value: Any, read: Callable[[Any, str], T], most: int) -> list[T]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.broken.append(f"{where}: not a list")
            return []
        out: list[T] = []
        for number, item in enumerate(value[:most]):
            one = self._try(f"{where}[{number}]", read, item)
            if one is not None and one not in out:
                out.append(one)
        return out

    def _try(self, where: str, read: Callable[[Any, str], T], value: Any) -> T | None:
        try:
            return read(value, where)
        except _Broken as reason:
            self.broken.append(f"{where}: {reason}")
            return None

    def _ids(self, value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Known sentence ids (with those that carry the cited quotations) and known quotation ids."""
        listed = value if isinstance(value, list) else [value]
        found = [kind.lower() + number for item in listed if isinstance(item, str) for kind, number in _ID.findall(item)]
        quotations = tuple(dict.fromkeys(i for i in found if i in self.carriers))
        cited = [i for i in found if i in self.text_of]
        cited += [s for q in quotations for s in self.carriers[q]]
        return tuple(dict.fromkeys(cited))[:MOST_ITEMS], quotations[:MOST_ITEMS]

    def _cites(self, value: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        cites, quotations = self._ids(value.get("cites"))
        if not cites:
            raise _Broken("cites no id of a sentence or quotation that was shown")
        return cites, quotations

    def _words(self, value: Any, what: str = "text") -> str:
        if not isinstance(value, str) or not value.strip():
            raise _Broken(f"{what} is missing")
        if len(value) > MOST_CHARS:
            raise _Broken(f"{what} is longer than {MOST_CHARS} characters")
        text = " ".join(value.split())
        if self.told & _runs(text):
            raise _Broken(f"{what} repeats the instructions")
        for quoted in _QUOTED.findall(text):
            if _letters(quoted) not in self.words:
                raise _Broken(f"{what} has quotation marks round words that are not in the article")
        return text

    def _object(self, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise _Broken("not an object")
        return value

    def _statement(self, value: Any, where: str) -> DraftStatement:
        item = self._object(value)
        text = self._words(item.get("text"))
        try:
            cites, quotations = self._cites(item)
        except _Broken:
            if where != "headline":
                self.uncited.append(DraftStatement(text, ()))
            raise
        if self.figures:
            self._cited_figures(text, cites)
        return DraftStatement(text, cites, quotations)

    def _cited_figures(self, text: str, cites: Sequence[str]) -> None:
        """A figure or day of another sentence is the likeliest slip of a model, and the hardest to see afterwards."""
        cited = " ".join(self.text_of[i] for i in cites)
        for day in _DAY.findall(text):
            if not re.search(rf"\b{day[:3]}", cited):
                raise _Broken(f"“{day}” is not in the sentences cited")
        known = find_numbers(cited)
        for number in find_numbers(text):
            if any(c.isdigit() for c in number.text) and not any(number.agrees(other) for other in known):
                raise _Broken(f"the number “{number.text}” is not in the sentences cited")

    def _note(self, value: Any, where: str) -> DraftText:
        item = self._object(value)
        return DraftText(self._words(item.get("text")), self._cites(item)[0])

    def _optional(self, where: str, value: Any, read: Callable[[Any, str], T]) -> T | None:
        return None if value in (None, "", {}, []) else self._try(where, read, value)

    def _meeting(self, value: Any, where: str) -> DraftMeeting:
        item = self._object(value)

        def each(key: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
            return tuple(self._each(f"{where}.{key}", item.get(key), read, MOST_ITEMS))

        participants = each("participants", self._participant)
        claims = each("status", self._claim)
        if not participants and not claims:
            raise _Broken("a meeting needs participants or a status that cite the article")
        positions = each("positions", self._position)
        return DraftMeeting(
            kind=_choice(item.get("kind"), MeetingKind, "unknown"),
            mode=_choice(item.get("mode"), MeetingMode, "unknown"),
            setting=_choice(item.get("setting"), MeetingSetting, "unknown"),
            claims=claims,
            participants=participants,
            date=self._optional(f"{where}.date", item.get("date"), self._note),
            place=self._optional(f"{where}.place", item.get("place"), self._place),
            durations=each("duration", self._duration),
            occasion=self._optional(f"{where}.occasion", item.get("occasion"), self._note),
            topics=each("topics", self._note),
            outcomes=each("outcomes", self._note),
            positions=positions,
            disagreements=tuple(
                d for d in each("disagreements", self._disagreement) if all(p < len(positions) for p in d.positions)
            ),
        )

    def _claim(self, value: Any, where: str) -> DraftClaim:
        item = self._object(value)
        status = _choice(item.get("status"), MeetingStatus, None)
        if status is None:
            raise _Broken(f"status is none of {', '.join(get_args(MeetingStatus))}")
        by = item.get("by")
        return DraftClaim(status, self._words(by, "by") if by else None, self._cites(item)[0])

    def _participant(self, value: Any, where: str) -> DraftParticipant:
        item = self._object(value)
        role = item.get("role")
        return DraftParticipant(
            name=self._words(item.get("name"), "name"),
            cites=self._cites(item)[0],
            role=self._words(role, "role") if role else None,
            part=_choice(item.get("part"), Part, "principal"),
        )

    def _place(self, value: Any, where: str) -> DraftPlace:
        note = self._note(value, where)
        return DraftPlace(note.text, note.cites)

    def _duration(self, value: Any, where: str) -> DraftDuration:
        note = self._note(value, where)
        around = " ".join(self.text_of[i] for i in note.cites)
        at = around.find(note.text)
        near = around[max(0, at - 60) : at + len(note.text) + 20] if at >= 0 else around
        return DraftDuration(note.text, bool(_SCHEDULED.search(near)), note.cites)

    def _position(self, value: Any, where: str) -> DraftPosition:
        item = self._object(value)
        cites, quotations = self._cites(item)
        about = item.get("about")
        return DraftPosition(
            by=self._words(item.get("by"), "by"),
            about=self._words(about, "about") if about else "",
            text=self._words(item.get("text")),
            cites=cites,
            quotations=quotations,
        )

    def _disagreement(self, value: Any, where: str) -> DraftDisagreement:
        item = self._object(value)
        listed = item.get("positions")
        numbers = [n for n in listed if isinstance(n, int) and n >= 0] if isinstance(listed, list) else []
        if len(set(numbers)) < 2:
            raise _Broken("positions must name two positions by their number")
        return DraftDisagreement(self._words(item.get("about"), "about"), tuple(dict.fromkeys(numbers)))


def _choice(value: Any, names: Any, default: Any) -> Any:
    return value if isinstance(value, str) and value in get_args(names) else default


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of five words."""
    words = _WORD.findall(text.casefold())
    return frozenset(zip(*(words[i:] for i in range(_RUN)), strict=False))


def _letters(text: str) -> str:
    """Letters and digits alone, for finding words again whatever the marks and the white space."""
    return _NOT_LETTERS.sub("", text).casefold()
