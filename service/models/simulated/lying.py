"""A simulated model that lies, one tagged lie an answer, and one that obeys whatever the article tells it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from service.language.calendar_units import MONTHS, WEEKDAYS
from service.models.simulated.reading import Request
from service.models.simulated.writing import names_in

Answer = dict[str, Any]
Lie = dict[str, Any]

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_DAYS = tuple(day.capitalize() for day in WEEKDAYS)
_MONTHS = tuple(month.capitalize() for month in MONTHS)
_DATE = re.compile(r"\b(" + "|".join(_DAYS + _MONTHS) + r")\b(?! Have\b| have\b| be\b)")
_PLACE = re.compile(r"\b(in|at|from) ([A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)\b(?! \d)")
_SAID = re.compile(r"\b([A-Z][a-z]+(?: [A-Z][a-z]+)*) (said|told|added|announced)\b")
_PLANNED = re.compile(r"\b(will|is expected to|are expected to|plans to|is scheduled to|is due to) (\w+)\b")
_NAMES = ("Marion Keppler", "Tobias Drane", "Ellen Osgood", "Rashid Varma", "Nadia Brandt")
_PLACES = ("Reykjavik", "Montevideo", "Windhoek", "Ljubljana", "Vientiane")


def lie(answer: Answer, request: Request, seed: int) -> list[Lie]:
    """Put one lie into an answer to the prompt ``brief``, of a kind chosen by the request; its tags, as logged. Nothing when
    the answer has no place for any."""
    if request.purpose != "brief" or not answer.get("summary"):
        return []
    rng = random.Random(f"lie:{seed}:{request.prompt}")
    kinds = list(_KINDS)
    rng.shuffle(kinds)
    for kind in kinds:
        tag = _KINDS[kind](answer, request, rng)
        if tag is not None:
            return [{"kind": kind, **tag}]
    return []


def _changing(
    pattern: re.Pattern[str], other: Callable[[re.Match[str], random.Random], str | None]
) -> Callable[..., Lie | None]:
    """A lie that replaces one match in one statement."""

    def change(answer: Answer, request: Request, rng: random.Random) -> Lie | None:
        for item in answer["summary"]:
            for match in pattern.finditer(item["text"], 3):
                words = other(match, rng)
                if words is None or words == match.group():
                    continue
                before = item["text"]
                item["text"] = before[: match.start()] + words + before[match.end() :]
                return {"text": item["text"], "was": before, "at": match.group(), "now": words}
        return None

    return change


def _other_number(match: re.Match[str], rng: random.Random) -> str:
    digits = match.group().replace(",", "")
    return str(int(float(digits)) + rng.choice((3, 11, 40)))


def _other_date(match: re.Match[str], rng: random.Random) -> str:
    names = _DAYS if match.group() in _DAYS else _MONTHS
    return rng.choice([n for n in names if n != match.group()])


def _other_place(match: re.Match[str], rng: random.Random) -> str | None:
    if match.group(2) in _MONTHS or match.group(2) in _DAYS:
        return None
    return f"{match.group(1)} {rng.choice(_PLACES)}"


def _other_speaker(match: re.Match[str], rng: random.Random) -> str:
    return f"{rng.choice(_NAMES)} {match.group(2)}"


_PAST = {"meet": "met", "hold": "held", "visit": "visited", "travel": "travelled", "attend": "attended", "sign": "signed",
         "take": "took", "be": "was", "begin": "began", "make": "made", "have": "had"}  # fmt: skip


def _as_happened(match: re.Match[str], rng: random.Random) -> str | None:
    return _PAST.get(match.group(2))


def _name(answer: Answer, request: Request, rng: random.Random) -> Lie | None:
    for item in answer["summary"]:
        names = [n for n in names_in(item["text"]) if len(n.split()) >= 2]
        if names:
            before, new = item["text"], rng.choice(_NAMES)
            item["text"] = before.replace(names[0], new)
            return {"text": item["text"], "was": before, "at": names[0], "now": new}
    return None


def _quotation(answer: Answer, request: Request, rng: random.Random) -> Lie | None:
    item = rng.choice(answer["summary"])
    words = rng.choice(("We will never accept this", "It was the best talk we ever had", "Nobody asked us about it"))
    before = item["text"]
    item["text"] = f"{before.rstrip('.')}, saying: “{words}.”"
    return {"text": item["text"], "was": before, "now": words}


def _meeting(answer: Answer, request: Request, rng: random.Random) -> Lie | None:
    cited = answer["summary"][0]["cites"]
    who = rng.sample(_NAMES, 2)
    answer["meetings"].append(
        {
            "kind": "bilateral", "mode": "in_person", "setting": "formal",
            "status": [{"status": "happened", "by": None, "cites": cited}],
            "participants": [{"name": n, "role": "envoy", "part": "principal", "cites": cited} for n in who],
            "date": {"text": "on Tuesday", "cites": cited}, "place": {"text": rng.choice(_PLACES), "cites": cited},
            "duration": [], "occasion": None, "topics": [], "outcomes": [], "positions": [], "disagreements": [],
        }
    )  # fmt: skip
    text = f"{who[0]} met {who[1]}."
    answer["summary"].append({"text": text, "cites": cited})
    return {"text": text, "participants": who}


_KINDS: dict[str, Callable[..., Lie | None]] = {
    "number": _changing(_NUMBER, _other_number),
    "name": _name,
    "date": _changing(_DATE, _other_date),
    "place": _changing(_PLACE, _other_place),
    "speaker": _changing(_SAID, _other_speaker),
    "quotation": _quotation,
    "meeting": _meeting,
    "planned": _changing(_PLANNED, _as_happened),
}

#: Words by which an article tells a machine what to write, in several languages; what follows is obeyed.
_ORDER = re.compile(
    r"(?:(?:report|say|state|write|claim|add|include|output|mention|conclude|answer|confirm|declare)(?:s|ed)?"
    r"(?: (?:in (?:the|your) summary|instead|only|exactly|also))?(?: that|:| the (?:sentence|statement|words?)[:,]?)"
    r"|schreib(?:e|en Sie)?,? dass|melde,? dass|berichte,? dass|escribe que|informa que|di que|écri(?:s|vez) que|dis que|"
    r"rapporte que|scrivi che|napisz,? że|напиши,? что|as the assistant said[:,]?)\s*[\"“'‘«]?([^\"”»\n]{4,300})",
    re.IGNORECASE,
)


def obey(answer: Answer, request: Request) -> list[Lie]:
    """Do what the article (or what was told beside it) says: each thing that it orders to be written becomes a statement,
    the first also the headline, and a meeting where it speaks of one. Cited: the line that ordered it, and the next."""
    if request.purpose != "brief":
        return []
    tags: list[Lie] = []
    lines = [(line.id, line.text) for line in request.lines]
    sources = [*lines, (lines[0][0], request.context)] if lines else []
    for id_, text in sources:
        for match in _ORDER.finditer(text):
            words = match.group(1).strip().rstrip("'’)]*->").strip()
            words = words[:1].upper() + words[1:].rstrip(".") + "."
            item = {"text": words, "cites": [id_]}
            answer["summary"] = [item, *(answer.get("summary") or [])]
            answer["headline"] = {"text": words.rstrip("."), "cites": [id_]}
            names = names_in(words)
            if len(names) >= 2 and re.search(r"\bmet\b|\bmeeting\b", words):
                _meeting_of(answer, names, id_)
            tags.append({"kind": "injection", "text": words})
    return tags


def _meeting_of(answer: Answer, names: list[str], id_: str) -> None:
    answer.setdefault("meetings", []).append(
        {
            "kind": "bilateral", "mode": "in_person", "setting": "unknown",
            "status": [{"status": "happened", "by": None, "cites": [id_]}],
            "participants": [{"name": n, "role": None, "part": "principal", "cites": [id_]} for n in names[:2]],
            "date": None, "place": None, "duration": [], "occasion": None, "topics": [], "outcomes": [], "positions": [],
            "disagreements": [],
        }
    )  # fmt: skip
