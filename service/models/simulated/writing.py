"""The simulated model's answers: extracts of the article that it was sent, right by construction, the same for a seed."""

from __future__ import annotations

import json
import random
import re
from typing import Any

from service.models.simulated.reading import Line, Request

_SPEAKER_LINE = re.compile(r"[A-Z][A-Z .'’-]{2,30}:")
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[\"“”„«»]")
_NAME = re.compile(
    r"\b(?:[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?)(?: (?:[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?|[A-Z]\.|bin|al|de|van|von))* ?"
)
_MET = re.compile(r"\b(met|held talks|held a meeting|sat down)\b")
_WILL_MEET = re.compile(
    r"\b(will meet|is to meet|are to meet|plans? to meet|due to meet|is scheduled to meet|to hold talks)\b"
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\bon ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:{_MONTH}) \d{{1,2}})\b")
_NOT_NAMES = frozenset(
    "The A An In On At It He She They We His Her Their This That These Those But And Or As After Before During When While If"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September"
    " October November December For From With By To Of Not No Both Earlier Later Last There Here Its Also".split()
)


def write_answer(request: Request, seed: int) -> dict[str, Any]:
    """The answer to a request, as the object that its schema asks for."""
    rng = random.Random(f"{seed}:{request.prompt}")
    if request.purpose == "brief":
        return _brief(request, rng)
    if request.purpose == "reduce":
        return _reduce(request)
    if request.purpose == "repair":
        return {"statements": [_mended(id_, text, request.lines) for id_, text in request.failed if request.lines]}
    if request.purpose == "judge":
        return {"verdicts": [_judged(*item) for item in request.items]}
    return {"answer": "Nothing was asked that this model knows."}


def as_text(value: dict[str, Any]) -> str:
    """Compact JSON, as models write it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def names_in(text: str) -> list[str]:
    """Names in a sentence: runs of capitalised words, without the sentence's first common word."""
    found = []
    for match in _NAME.finditer(text):
        words = match.group().split()
        while words and words[0] in _NOT_NAMES:
            words = words[1:]
        if words and words[-1] not in _NOT_NAMES and len(words[0]) > 1:
            found.append(" ".join(words))
    return list(dict.fromkeys(found))


def _brief(request: Request, rng: random.Random) -> dict[str, Any]:
    told = _told(request.lines)
    pool = [line for line in told if 6 <= len(line.text.split()) <= 60] or told
    if not pool:
        return {"headline": None, "summary": [], "meetings": []}
    chosen = [pool[0], *rng.sample(pool[1:8], min(len(pool[1:8]), request.amount - 1))]
    chosen.sort(key=lambda line: int(line.id[1:]))
    headline = {"text": _first_clause(chosen[0].text), "cites": [chosen[0].id]}
    summary = [{"text": line.text, "cites": [line.id]} for line in chosen]
    return {"headline": headline, "summary": summary, "meetings": _meetings(request)}


def _told(lines: tuple[Line, ...]) -> list[Line]:
    """The sentences in the article's own voice: without quotation marks, and not between two that hold an open quotation."""
    told, inside = [], False
    for line in lines:
        if not inside and not line.quotations and not _MARKS.search(line.text) and not _SPEAKER_LINE.match(line.text):
            told.append(line)
        last = max(line.text.rfind("“"), line.text.rfind("”"))
        if last >= 0:
            inside = line.text[last] == "“"
        elif line.text.count('"') % 2:
            inside = not inside
    return told


def _first_clause(text: str) -> str:
    """A sentence's head as a headline: up to the first comma that leaves at least eight words, else the whole."""
    head = text.split(", ")[0]
    return (head if len(head.split()) >= 8 and " who " not in head else text).rstrip(".")


def _meetings(request: Request) -> list[dict[str, Any]]:
    for line in request.lines:
        met, will = _MET.search(line.text), _WILL_MEET.search(line.text)
        names = names_in(line.text)
        if not (met or will) or len(names) < 2 or _MARKS.search(line.text):
            continue
        day = _DAY.search(line.text)
        verb = met or will
        assert verb is not None
        full = [n for n in names if len(n.split()) >= 2]
        before = [n for n in full if line.text.find(n) < verb.start()]
        after = [n for n in full if line.text.find(n) > verb.start()]
        if not before or not after:
            continue
        who = [before[0], after[0]]
        return [
            {
                "kind": "bilateral", "mode": "unknown", "setting": "unknown",
                "status": [{"status": "happened" if met else "planned", "by": None, "cites": [line.id]}],
                "participants": [{"name": n, "role": None, "part": "principal", "cites": [line.id]} for n in who],
                "date": {"text": day.group(), "cites": [line.id]} if day else None,
                "place": None, "duration": [], "occasion": None, "topics": [], "outcomes": [],
                "positions": _positions(request, who), "disagreements": [],
            }
        ]  # fmt: skip
    return []


def _positions(request: Request, who: list[str]) -> list[dict[str, Any]]:
    for line in request.lines:
        for name in who:
            last = name.split()[-1]
            if line.quotations and re.search(rf"\b{re.escape(last)} said\b|\bsaid {re.escape(last)}\b", line.text):
                words = _MARKS.sub("", line.text)
                return [{"by": name, "about": "the meeting", "text": words, "cites": [line.id, line.quotations[0]]}]
    return []


def _reduce(request: Request) -> dict[str, Any]:
    chosen = request.notes[: request.amount]
    summary = [{"text": text, "from": [id_]} for id_, text in chosen]
    return {"headline": {"text": chosen[0][1].rstrip("."), "from": [chosen[0][0]]} if chosen else None, "summary": summary}


def _judged(id_: str, text: str, sentences: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Supported where one sentence has most of the statement's words and all its figures."""
    words = set(_WORD.findall(text.lower()))
    figures = {w for w in words if w[0].isdigit()}
    for sentence, said in sentences:
        known = set(_WORD.findall(said.lower()))
        if figures <= known and len(words & known) >= 0.7 * len(words):
            return {"id": id_, "verdict": "supported", "cites": [sentence]}
    return {"id": id_, "verdict": "unsupported", "cites": []}


def _mended(id_: str, text: str, lines: tuple[Line, ...]) -> dict[str, Any]:
    words = set(text.lower().split())
    plain = [line for line in lines if not _MARKS.search(line.text)] or list(lines)
    best = max(plain, key=lambda line: len(words & set(line.text.lower().split())))
    return {"id": id_, "text": _MARKS.sub("", best.text), "cites": [best.id]}
