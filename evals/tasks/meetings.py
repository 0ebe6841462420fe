"""Meeting records: are the meetings found, each once, and is what is said of them right?

A record of the system and one of the gold can be the same where they share those who met (at least half of the smaller
side, or one of two). Among those, what tells this meeting from another of the same people decides: overlapping evidence,
date, place, status. Records are paired one to one so that the sum over the article is greatest. Fields are scored over the
pairs: participants by name (F1), status exactly, date (EDTF) and place wherever the gold has one or the system gives one,
durations as a set of (length, scheduled or not). Claims: a gold claim is found where the system has one of the same status
by the same claimant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import load, own
from evals.scorers import best_pairs, divided, f1
from evals.tasks.articles import article_of
from service.errors import ModelOutputInvalid, ModelRefused
from service.language.calendar_units import compatible
from service.language.spelling import same_name

STATUSES = ("happened", "ongoing", "planned", "postponed", "cancelled", "alleged", "denied")
#: A pair that shares nothing but its people is taken only from this worth on: another meeting of theirs is no counterpart.
_LEAST = 1.2


class MeetingsTask:
    """See the module."""

    name = "meetings"
    asks_model = True
    # fields are held over all gold records, not over those found: finding a hard one more must not break the gate
    gated: Mapping[str, bool] = {
        "record_f1": True,
        "status_of_all": True,
        "date_of_all": True,
        "place_of_all": True,
        "participants_of_all": True,
    }

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own articles and the seeds, with the meetings that they speak of."""
        return [*load(own("meetings"), self.name, "meetings", split), *load(own("seeds"), self.name, "meetings", split)]

    async def run(self, case: Case, system: System) -> Json:
        """The records of the article's brief; or that there was none."""
        try:
            brief = await system.brief(article_of(case))
        except ModelRefused as error:
            return {"refused": error.detail, "meetings": []}
        except ModelOutputInvalid as error:
            return {"invalid": error.detail, "meetings": []}
        return {"meetings": [_record(asdict(one)) for one in brief.meetings], "usage": asdict(brief.usage)}

    def score(self, case: Case, output: Json) -> Observation:
        """Pairs of gold and found records, and how far each field of a pair agrees."""
        golds, found = [_gold(one, case.input["text"]) for one in case.gold["meetings"]], output["meetings"]
        pairs = best_pairs([[w if (w := worth(g, s)) >= _LEAST else 0.0 for s in found] for g in golds])
        counts: dict[str, Any] = {"gold": len(golds), "found": len(found), "pairs": len(pairs)}
        counts["fields"] = [_fields(golds[i], found[j]) for i, j in pairs]
        counts["wanted"] = {
            "status": len(golds),
            "date": sum(bool(gold["date_text"]) for gold in golds),
            "place": sum(bool(gold["place"]) for gold in golds),
            "participants": sum(len(gold["names"]) for gold in golds),
        }
        counts["confusion"] = {
            gold: dict(Counter(one["confusion"][1] for one in counts["fields"] if one["confusion"][0] == gold))
            for gold in dict.fromkeys(one["confusion"][0] for one in counts["fields"])
        }
        counts["marks"] = {
            side: [[start, end, one["status"]] for one in ones for start, end in one["evidence"]]
            for side, ones in (("gold", golds), ("output", found))
        }
        notes = [f"missed: {_said(g)}" for i, g in enumerate(golds) if i not in {i for i, _ in pairs}]
        notes += [f"none such: {_said(s)}" for j, s in enumerate(found) if j not in {j for _, j in pairs}]
        for i, j in pairs:
            notes += [f"{_said(golds[i])}: {line}" for line in _differences(golds[i], found[j])]
        return Observation(case.id, case.story, case.group, counts, not notes, notes)

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """Over all records: ``record_*`` of the pairing, the fields over the pairs; ``*_of_all``: what is right over all
        that the gold has, a record that wasn't found counting as wrong."""
        fields = [one for o in observations for one in o.counts["fields"]]
        total = {key: float(sum(o.counts[key] for o in observations)) for key in ("gold", "found", "pairs")}
        precision, recall = divided(total["pairs"], total["found"]), divided(total["pairs"], total["gold"])
        metrics: dict[str, float | None] = {
            "record_precision": precision,
            "record_recall": recall,
            "record_f1": f1(precision, recall),
        }
        for name in ("participants", "claims", "duration"):
            right, given, wanted = (float(sum(one[name][k] for one in fields)) for k in range(3))
            p, r = divided(right, given), divided(right, wanted)
            metrics[f"{name}_precision"], metrics[f"{name}_recall"], metrics[f"{name}_f1"] = p, r, f1(p, r)
        for name in ("status", "date", "place", "kind", "mode", "setting", "occasion"):
            judged = [one[name] for one in fields if one[name] is not None]
            metrics[name] = divided(float(sum(judged)), float(len(judged)))
        for name in ("status", "date", "place", "participants"):
            right = float(sum(one[name][0] if name == "participants" else one[name] is True for one in fields))
            metrics[f"{name}_of_all"] = divided(right, float(sum(o.counts["wanted"][name] for o in observations)))
        for gold in STATUSES:
            of = [one["confusion"][1] for one in fields if one["confusion"][0] == gold]
            metrics[f"status:{gold}"] = divided(float(of.count(gold)), float(len(of)))
        return metrics


def worth(gold: Json, found: Json) -> float:
    """How likely the two are one meeting; 0 where the people don't agree."""
    shared = len(_shared(gold["names"], found["names"]))
    least = min(len(gold["names"]), len(found["names"]))
    if not shared or shared < 0.5 * least:
        return 0.0
    score = 2 * shared / (len(gold["names"]) + len(found["names"]))
    if any(a < d and c < b for a, b in gold["evidence"] for c, d in found["evidence"]):
        score += 0.8
    if gold["date"] and found["date"]:
        score += 0.4 if compatible(gold["date"], found["date"]) else -0.5
    if gold["place"] and found["place"]:
        score += 0.2 if _place_agrees(gold["place"], found["place"]) else -0.2
    return score + (0.3 if gold["status"] == found["status"] else 0.0)


def _record(meeting: Json) -> dict[str, Any]:
    """What is scored of a record of the system."""
    place, date = meeting["place"], meeting["date"]
    spans = [s for claim in meeting["status_claims"] for s in claim["evidence"]]
    spans += [s for one in (date, place, meeting["occasion"]) if one for s in one["evidence"]]
    return {
        "names": [one["value"]["name"] for one in meeting["participants"]],
        "status": meeting["status"],
        "claims": [[one["status"], one["by"]] for one in meeting["status_claims"]],
        "date": date["value"]["edtf"] if date else None,
        "date_text": date["value"]["text"] if date else None,
        "place": place["value"] if place else None,
        "durations": [[_minutes(one["value"]["iso8601"]), one["value"]["scheduled"]] for one in meeting["duration"]],
        "kind": meeting["kind"],
        "mode": meeting["mode"],
        "setting": meeting["setting"],
        "occasion": meeting["occasion"]["value"] if meeting["occasion"] else None,
        "evidence": sorted({(span["start"], span["end"]) for span in spans}),
    }


def _gold(meeting: Json, text: str) -> dict[str, Any]:
    """The same of a gold record."""
    date = meeting.get("date")
    evidence = [(at, at + len(quote)) for quote in meeting.get("evidence", ()) if (at := text.find(quote)) >= 0]
    return {
        "names": [one["name"] for one in meeting["participants"]],
        "status": meeting["status"],
        "claims": [[one["status"], one["by"]] for one in meeting["status_claims"]],
        "date": date["edtf"] if date else None,
        "date_text": date["text"] if date else None,
        "place": meeting.get("place"),
        "durations": _distinct([_minutes(one["iso8601"]), bool(one["scheduled"])] for one in meeting.get("durations") or ()),
        "kind": meeting.get("kind"),
        "mode": meeting.get("mode"),
        "setting": meeting.get("setting"),
        "occasion": meeting.get("occasion"),
        "evidence": evidence,
    }


def _distinct(lengths: Iterable[list[Any]]) -> list[list[Any]]:
    """Each length once: "over two hours" and "about two hours" are one."""
    found: list[list[Any]] = []
    for one in lengths:
        if one not in found:
            found.append(one)
    return found


def _fields(gold: Json, found: Json) -> dict[str, Any]:
    """Whether each field agrees; None where neither has it."""
    said = sum(any(a[0] == b[0] and _same_source(a[1], b[1]) for b in found["claims"]) for a in gold["claims"])
    lengths = sum(one in found["durations"] for one in gold["durations"])
    return {
        "participants": [len(_shared(gold["names"], found["names"])), len(found["names"]), len(gold["names"])],
        "claims": [said, len(found["claims"]), len(gold["claims"])],
        "duration": [lengths, len(found["durations"]), len(gold["durations"])],
        "status": gold["status"] == found["status"],
        "confusion": [gold["status"], found["status"]],
        "date": _date_agrees(gold, found),
        "place": None if not gold["place"] and not found["place"] else _place_agrees(gold["place"], found["place"]),
        "occasion": None if not gold["occasion"] else _words_agree(gold["occasion"], found["occasion"]),
        **{key: gold[key] == found[key] for key in ("kind", "mode", "setting")},
    }


def _date_agrees(gold: Json, found: Json) -> bool | None:
    if not gold["date_text"] and not found["date_text"]:
        return None
    both = bool(gold["date_text"]) == bool(found["date_text"])
    return both and (gold["date"] or "").rstrip("~") == (found["date"] or "").rstrip("~")


def _place_agrees(gold: Json | None, found: Json | None) -> bool:
    """City by city where both have one, else by any part or by the words as written."""
    if not gold or not found:
        return False
    if gold.get("city") and found.get("city"):
        return _words_agree(gold["city"], found["city"])
    parts = [[one[k] for k in ("venue", "city", "region", "country", "text") if one.get(k)] for one in (gold, found)]
    return any(_words_agree(a, b) for a in parts[0] for b in parts[1])


def _words_agree(one: str | None, other: str | None) -> bool:
    """The same words, or the one within the other, articles and case aside."""
    if not one or not other:
        return False
    a, b = (re.sub(r"^(?:the|a|an|at|in)\s+", "", " ".join(re.findall(r"[\w]+", words.lower()))) for words in (one, other))
    return bool(a) and bool(b) and (a in b or b in a)


def _same_source(one: str | None, other: str | None) -> bool:
    return one == other if one is None or other is None else same_name(one, other) or _words_agree(one, other)


def _shared(gold: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    return best_pairs([[float(same_participant(a, b)) for b in found] for a in gold])


def same_participant(gold: str, found: str) -> bool:
    """Whether two names (or phrases for somebody) are one, in the scorer's eyes."""
    return same_name(gold, found) or _words_agree(gold, found)


def _minutes(iso: str | None) -> float | None:
    hit = re.fullmatch(r"P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?)?", iso or "")
    return sum(float(part or 0) * unit for part, unit in zip(hit.groups(), (1440, 60, 1), strict=True)) if hit else None


def _said(record: Json) -> str:
    return f"{record['status']} {' + '.join(record['names'])}, {record['date']}, {(record['place'] or {}).get('text')}"


def _differences(gold: Json, found: Json) -> list[str]:
    fields = _fields(gold, found)
    plain = ("status", "kind", "mode", "setting", "occasion")
    lines = [f"{key} {gold[key]!r} is {found[key]!r}" for key in plain if fields[key] is False]
    if fields["date"] is False:
        lines.append(f"date {gold['date_text']!r} {gold['date']} is {found['date_text']!r} {found['date']}")
    if fields["place"] is False:
        lines.append(f"place {(gold['place'] or {}).get('text')!r} is {(found['place'] or {}).get('text')!r}")
    shared, given, wanted = fields["participants"]
    if not shared == given == wanted:
        lines.append(f"participants {gold['names']} are {found['names']}")
    if gold["durations"] != found["durations"]:
        lines.append(f"durations {gold['durations']} are {found['durations']}")
    return lines


TASK = MeetingsTask()
