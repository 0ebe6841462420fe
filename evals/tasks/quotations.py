"""Quotations and their speakers: is every word in marks found, joined as it was spoken, and given to the right person?

Three measures of the field side by side: Gender Gap Tracker's (a quotation is found if 0.3 or 0.8 of its characters are;
speakers over the quotations found), Citron's (exact and overlap precision, recall and F1 of source, cue and content; content and
source count where the cues overlap), and our own stricter ones: ``direct_exact`` (one quotation, or a chain of those that
``continues`` links, holds exactly the gold's words) and ``indirect_f1`` (characters of reported speech over the document).

A speaker is right if the mention overlaps the gold source or ends with the same word. Marks and punctuation at the edges never
count: all comparisons are of letters and digits. Gold of kind direct is cut to what stands in marks first, for PolNeAR's
sometimes takes in the cue or the speaker; the cut looks at the gold's own marks, never at the output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import load, own, rows
from evals.scorers import Ratio, divided, f1
from evals.tasks.articles import article_of
from service.domain.quotation import NOT_SPEECH, Quotation

Range = tuple[int, int]
_MARK = re.compile(r"[\"“”„«»]")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_PARTS = ("source", "cue", "content")


class QuotationsTask:
    """See the module."""

    name = "quotations"
    outside: Mapping[str, str] = {"polnear": "polnear/dev.jsonl"}
    gated: Mapping[str, bool] = {
        "direct_f1_80": True,
        "direct_exact": True,
        "direct_speaker": True,
        "direct_no_speaker": False,
        "indirect_f1": True,
        "indirect_speaker": True,
        "speaker_name": True,
        "flags": True,
        "people_f1": True,
    }

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own cases, the seeds, and PolNeAR's part of that name (``dev.jsonl``, ``test.jsonl``) under ``data``."""
        found = [*load(own("quotations"), self.name, "quotations", split), *load(own("seeds"), self.name, "quotations", split)]
        if data is not None:
            for folder in (data, data / "polnear"):
                path = folder / f"{split}.jsonl"
                if path.is_file() and (folder.name == "polnear" or (folder / "train.jsonl").is_file()):
                    found.extend(polnear(path, split))
                    break
        return found

    async def run(self, case: Case, system: System) -> Json:
        """Quotations and people as ``POST /v1/quotations`` gives them."""
        document = system.read(article_of(case))
        return {
            "quotations": [as_json(q) for q in document.quotations],
            "people": [{"name": p.name, "mentions": [[m.start, m.end] for m in p.mentions]} for p in document.people],
        }

    def score(self, case: Case, output: Json) -> Observation:
        """Hold the quotations of one article against its gold."""
        return score(case, output)

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """See the module; every figure is a ratio of sums over the observations."""
        return metrics(observations)


def as_json(quotation: Quotation) -> dict[str, Any]:
    """One quotation with plain offsets."""
    speaker = quotation.speaker
    return {
        "id": quotation.id,
        "kind": quotation.kind,
        "spans": [[s.start, s.end] for s in quotation.spans],
        "speaker": None
        if speaker is None
        else {"name": speaker.name, "mention": [speaker.mention.start, speaker.mention.end], "confidence": speaker.confidence},
        "cue": None if quotation.cue is None else [quotation.cue.start, quotation.cue.end],
        "flags": list(quotation.flags),
        "continues": quotation.continues,
    }


def polnear(path: Path, split: Split) -> list[Case]:
    """PolNeAR's articles as cases. Raises ``CaseError`` where the file can't be read."""
    cases = []
    for _, row in rows(path):
        golds = [
            {"kind": a["kind"], "spans": a["content"], "source": a["source"], "cue": a["cue"], "name": None, "flags": []}
            for a in row["attributions"]
        ]
        cases.append(
            Case(
                id=f"{row['id']}/quotations",
                task="quotations",
                split=split,
                story=row["id"],
                group="polnear",
                input={"text": row["text"], "published": row.get("published")},
                gold={"attributions": golds},
                licence="not for redistribution",
                origin="PolNeAR 1.0",
            )
        )
    return cases


def _attributions(case: Case) -> list[dict[str, Any]]:
    """The gold in one form: kind, spans, source and cue as ranges, name, flags."""
    if "attributions" in case.gold:
        return list(case.gold["attributions"])
    answer = []
    for gold in case.gold["quotations"]:
        speaker, cue = gold.get("speaker"), gold.get("cue")
        mention = (speaker or {}).get("mention")
        answer.append(
            {
                "kind": gold["kind"],
                "spans": [[s["start"], s["end"]] for s in gold["spans"]],
                "source": [[mention["start"], mention["end"]]] if mention else [],
                "cue": [[cue["start"], cue["end"]]] if cue else [],
                "name": (speaker or {}).get("name"),
                "flags": gold.get("flags", []),
            }
        )
    return answer


def solid(text: str, ranges: Iterable[Sequence[int]]) -> set[int]:
    """The offsets of letters and digits in these ranges."""
    return {i for start, end in ranges for i in range(start, end) if text[i].isalnum()}


def cut(text: str, ranges: Sequence[Sequence[int]]) -> set[int]:
    """What of a gold content stands in double marks; all of it where it has none (own gold is without marks)."""
    joined: list[list[int]] = []
    for start, end in sorted(map(list, ranges)):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1][1] = end
        else:
            joined.append([start, end])
    kept: list[Range] = []
    for start, end in joined:
        marks = [m.start() for m in _MARK.finditer(text, start, end)]
        if not marks:
            kept.append((start, end))
            continue
        first = text[marks[0]]
        inside = first == "”" or (first == '"' and len(marks) % 2 == 1 and marks[0] > start + 2)
        at = start
        for mark in marks:
            if inside:
                kept.append((at, mark))
            inside, at = (text[mark] in "“„«" or (text[mark] == '"' and not inside)), mark + 1
        if inside:
            kept.append((at, end))
    return solid(text, kept)


def _last_word(words: str) -> str:
    found = _WORD.findall(words.lower())
    return re.sub(r"['’]s?$", "", found[-1]) if found else ""


def right_speaker(text: str, speaker: Json, sources: Sequence[Sequence[int]]) -> bool:
    """Whether the mention overlaps the gold source or ends with the same word."""
    start, end = speaker["mention"]
    if any(start < b and a < end for a, b in sources):
        return True
    return _last_word(text[start:end]) in {_last_word(text[a:b]) for a, b in sources}


def score(case: Case, output: Json) -> Observation:
    """The counts of one article; see the module."""
    text = case.input["text"]
    golds = _attributions(case)
    found = list(output["quotations"])
    counts: dict[str, Any] = {"direct": _direct(text, golds, found), "indirect": _indirect(text, golds, found)}
    counts["citron"] = {part: _citron(text, golds, found, part) for part in _PARTS}
    counts["kinds"] = _kinds(text, golds, found)
    counts["own"] = _own(text, golds, found) if "quotations" in case.gold else {}
    counts["people"] = _people(case, output)
    counts["marks"] = _marks(golds, found)
    direct = counts["direct"]
    missed = direct["n"] - direct["exact"]
    wrong = direct["sourced"] - direct["right"]
    notes = [f"{missed} of {direct['n']} direct not exact", f"{wrong} of {direct['sourced']} speakers wrong"]
    return Observation(case.id, case.story, case.group, counts, ok=missed == 0 and wrong == 0, notes=notes)


def _marks(golds: Sequence[Json], found: Sequence[Json]) -> dict[str, list[list[Any]]]:
    """Both sides' spans for the report, labelled by kind and, where gold names speakers, by the name's last word."""
    named = any(gold["name"] for gold in golds)

    def label(kind: str, name: str | None) -> str:
        return f"{kind} {(name or '?').split()[-1]}" if named else kind

    said = [(q, (q["speaker"] or {}).get("name")) for q in found]
    return {
        "gold": [[start, end, label(g["kind"], g["name"])] for g in golds for start, end in g["spans"]],
        "output": [[start, end, label(q["kind"], name)] for q, name in said for start, end in q["spans"]],
    }


def _chains(text: str, found: Sequence[Json]) -> list[set[int]]:
    """The words of each quotation, and of each run that ``continues`` links."""
    after = {q["continues"]: q for q in found if q["continues"]}
    answer = []
    for quotation in found:
        words: set[int] = set()
        link: Json | None = quotation
        seen: set[str] = set()
        while link is not None and link["id"] not in seen:
            seen.add(link["id"])
            words = words | solid(text, link["spans"])
            answer.append(words)
            link = after.get(link["id"])
    return answer


def _direct(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, Any]:
    """Direct quotations: found at 0.3 and 0.8, exact, and by whom."""
    marked = [(q, solid(text, q["spans"])) for q in found if q["kind"] in ("direct", "mixed", "block")]
    every = set().union(*(words for _, words in marked)) if marked else set()
    anything = set().union(*(solid(text, g["spans"]) for g in golds)) if golds else set()
    chains = _chains(text, [q for q in found if q["kind"] in ("direct", "mixed", "block")])
    answer: dict[str, Any] = {"n": 0, "found80": 0, "found30": 0, "exact": 0, "sourced": 0, "right": 0, "none": 0, "given": []}
    for gold in golds:
        if gold["kind"] not in ("direct", "block"):
            continue
        words = cut(text, gold["spans"])
        if not words:
            continue
        share = len(words & every) / len(words)
        answer["n"] += 1
        answer["found80"] += share >= 0.8
        answer["found30"] += share >= 0.3
        answer["exact"] += words in chains
        best = max(marked, key=lambda pair: len(pair[1] & words), default=None)
        if best is None or not best[1] & words or not gold["source"]:
            continue
        answer["sourced"] += 1
        speaker = best[0]["speaker"]
        answer["none"] += speaker is None
        right = speaker is not None and right_speaker(text, speaker, gold["source"])
        answer["right"] += right
        if speaker is not None:
            answer["given"].append([round(speaker["confidence"], 3), int(right)])
    predicted = [words for q, words in marked if q["kind"] == "direct" and words]
    answer["predicted"] = len(predicted)
    answer["right80"] = sum(len(words & anything) >= 0.8 * len(words) for words in predicted)
    answer["right30"] = sum(len(words & anything) >= 0.3 * len(words) for words in predicted)
    return answer


def _indirect(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, Any]:
    """Reported speech: characters of indirect and mixed content over the document, and by whom where half is found."""
    wanted = [g for g in golds if g["kind"] in ("indirect", "mixed") and not NOT_SPEECH & set(g["flags"])]
    gold = {i for g in wanted for a, b in g["spans"] for i in range(a, b)}
    given = [q for q in found if q["kind"] in ("indirect", "mixed") and not NOT_SPEECH & set(q["flags"])]
    predicted = {i for q in given for a, b in q["spans"] for i in range(a, b)}
    sets = [(q, {i for a, b in q["spans"] for i in range(a, b)}) for q in given]
    half = right = sourced = 0
    confident: list[list[float]] = []
    for g in wanted:
        words = {i for a, b in g["spans"] for i in range(a, b)}
        best = max(sets, key=lambda pair: (len(pair[1] & words), -len(pair[1])), default=None)
        if best is None or 2 * len(best[1] & words) < len(words):
            continue
        half += 1
        if g["source"]:
            sourced += 1
            speaker = best[0]["speaker"]
            fits = speaker is not None and right_speaker(text, speaker, g["source"])
            right += fits
            if speaker is not None:
                confident.append([round(speaker["confidence"], 3), int(fits)])
    return {
        "both": len(gold & predicted), "gold": len(gold), "predicted": len(predicted), "n": len(wanted), "half": half,
        "sourced": sourced, "right": right, "given": confident,
    }  # fmt: skip


def _citron(text: str, golds: Sequence[Json], found: Sequence[Json], part: str) -> list[float]:
    """Citron's counts of one part: exact (right predicted, predicted, right gold, gold) and overlap (shared, predicted, gold)."""
    speech = [q for q in found if not NOT_SPEECH & set(q["flags"]) and q["kind"] != "nested"]
    predicted = [(_part(text, q, part), _cue(q)) for q in speech]
    wanted = [(solid(text, _gold_part(g, part)), g["cue"]) for g in golds if not NOT_SPEECH & set(g["flags"])]
    predicted = [(words, cue) for words, cue in predicted if words]
    wanted = [(words, cue) for words, cue in wanted if words]

    def near(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> bool:
        return part == "cue" or any(s < y and x < e for s, e in a for x, y in b)

    right_predicted = sum(any(w == v and near(c, d) for v, d in wanted) for w, c in predicted)
    right_gold = sum(any(w == v and near(c, d) for v, d in predicted) for w, c in wanted)
    all_predicted = set().union(*(w for w, _ in predicted)) if predicted else set()
    all_gold = set().union(*(w for w, _ in wanted)) if wanted else set()
    shared = len(all_predicted & all_gold)
    return [right_predicted, len(predicted), right_gold, len(wanted), shared, len(all_predicted), len(all_gold)]


def _gold_part(gold: Json, part: str) -> list[list[int]]:
    return list(gold["spans"] if part == "content" else gold[part])


def _cue(quotation: Json) -> list[list[int]]:
    return [quotation["cue"]] if quotation["cue"] else []


def _part(text: str, quotation: Json, part: str) -> set[int]:
    if part == "content":
        return solid(text, quotation["spans"])
    if part == "cue":
        return solid(text, _cue(quotation))
    return solid(text, [quotation["speaker"]["mention"]]) if quotation["speaker"] else set()


def _kinds(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, list[int]]:
    """Per kind of gold: how many, found at 0.8 by one quotation, with a source and so found, and by the right speaker."""
    sets = [(q, solid(text, q["spans"])) for q in found]
    answer: dict[str, list[int]] = {}
    for gold in golds:
        words = cut(text, gold["spans"]) if gold["kind"] == "direct" else solid(text, gold["spans"])
        if not words:
            continue
        row = answer.setdefault(gold["kind"], [0, 0, 0, 0])
        row[0] += 1
        # of those that hold it, the one that holds least else
        best = max(sets, key=lambda pair: (len(pair[1] & words), -len(pair[1])), default=None)
        if best is None or len(best[1] & words) < 0.8 * len(words):
            continue
        row[1] += 1
        if gold["source"]:
            row[2] += 1
            row[3] += best[0]["speaker"] is not None and right_speaker(text, best[0]["speaker"], gold["source"])
    return answer


def _own(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, int]:
    """What only gold in our own form tells: the resolved name, the kind and flags, marks that are nobody's speech."""
    by_words = {frozenset(solid(text, q["spans"])): q for q in found if q["kind"] != "indirect"}
    counts = {"n": 0, "exact": 0, "kind": 0, "flags": 0, "named": 0, "name": 0, "nobody": 0, "made_up": 0}
    for gold in golds:
        if gold["kind"] == "indirect":
            continue
        counts["n"] += 1
        match = by_words.get(frozenset(solid(text, gold["spans"])))
        if match is not None:
            counts["exact"] += 1
            counts["kind"] += match["kind"] == gold["kind"]
            counts["flags"] += set(match["flags"]) == set(gold["flags"])
        if gold["name"] is None:
            counts["nobody"] += 1
            counts["made_up"] += match is not None and match["speaker"] is not None
            continue
        counts["named"] += 1
        counts["name"] += match is not None and match["speaker"] is not None and _same_name(match["speaker"]["name"], gold["name"])
    return counts


def _people(case: Case, output: Json) -> dict[str, int]:
    """People found, by name; nothing where the gold does not list them."""
    if "people" not in case.gold:
        return {}
    wanted = {p["name"].casefold() for p in case.gold["people"]}
    given = {p["name"].casefold() for p in output.get("people", [])}
    return {"both": len(wanted & given), "gold": len(wanted), "found": len(given)}


def _same_name(one: str, other: str) -> bool:
    def plain(name: str) -> list[str]:
        return [w for w in _WORD.findall(name.lower()) if w not in ("the", "a", "an")]

    return plain(one) == plain(other)


def metrics(observations: Sequence[Observation]) -> Metrics:
    """The figures over these observations; see the module."""

    def total(group: str, key: str) -> float:
        return sum(o.counts[group].get(key, 0) for o in observations)

    answer: dict[str, float | None] = {}
    for level in ("30", "80"):
        recall = divided(total("direct", f"found{level}"), total("direct", "n"))
        precision = divided(total("direct", f"right{level}"), total("direct", "predicted"))
        answer[f"direct_f1_{level}"] = f1(precision, recall)
        answer[f"direct_recall_{level}"], answer[f"direct_precision_{level}"] = recall, precision
    answer["direct_exact"] = divided(total("direct", "exact"), total("direct", "n"))
    answer["direct_speaker"] = divided(total("direct", "right"), total("direct", "sourced"))
    answer["direct_no_speaker"] = divided(total("direct", "none"), total("direct", "sourced"))
    recall = divided(total("indirect", "both"), total("indirect", "gold"))
    precision = divided(total("indirect", "both"), total("indirect", "predicted"))
    answer["indirect_f1"], answer["indirect_recall"], answer["indirect_precision"] = f1(precision, recall), recall, precision
    answer["indirect_found"] = divided(total("indirect", "half"), total("indirect", "n"))
    answer["indirect_speaker"] = divided(total("indirect", "right"), total("indirect", "sourced"))
    answer["calibration_error"] = calibration_error([p for o in observations for p in o.counts["direct"]["given"]])
    answer["indirect_calibration_error"] = calibration_error([p for o in observations for p in o.counts["indirect"]["given"]])
    answer["speaker_name"] = divided(total("own", "name"), total("own", "named"))
    answer["exact"] = divided(total("own", "exact"), total("own", "n"))
    answer["kind"] = divided(total("own", "kind"), total("own", "exact"))
    answer["flags"] = divided(total("own", "flags"), total("own", "exact"))
    recall, precision = divided(total("people", "both"), total("people", "gold")), divided(total("people", "both"), total("people", "found"))
    answer["people_f1"], answer["people_precision"] = f1(precision, recall), precision
    answer["made_up_speaker"] = divided(total("own", "made_up"), total("own", "nobody"))
    answer.update(_citron_metrics(observations))
    answer.update(_kind_metrics(observations))
    return answer


def _citron_metrics(observations: Sequence[Observation]) -> dict[str, float | None]:
    answer: dict[str, float | None] = {}
    for part in _PARTS:
        rows_ = [o.counts["citron"][part] for o in observations]
        sums = [sum(row[i] for row in rows_) for i in range(7)]
        exact, overlap = Ratio(*sums[:4]), Ratio(sums[4], sums[5], sums[4], sums[6])
        for label, ratio in (("exact", exact), ("overlap", overlap)):
            answer[f"citron_{part}_{label}_precision"] = ratio.precision
            answer[f"citron_{part}_{label}_recall"] = ratio.recall
            answer[f"citron_{part}_{label}_f1"] = ratio.f1
    return answer


def _kind_metrics(observations: Sequence[Observation]) -> dict[str, float | None]:
    answer: dict[str, float | None] = {}
    for kind in ("direct", "mixed", "block", "nested", "indirect"):
        rows_ = [o.counts["kinds"][kind] for o in observations if kind in o.counts["kinds"]]
        sums = [sum(row[i] for row in rows_) for i in range(4)]
        answer[f"recall:{kind}"] = divided(sums[1], sums[0])
        answer[f"speaker:{kind}"] = divided(sums[3], sums[2])
    return answer


def calibration_error(pairs: Sequence[Sequence[float]]) -> float | None:
    """Expected calibration error of (confidence, right) over ten bins of equal width (Naeini et al., 2015); None of nothing."""
    if not pairs:
        return None
    bins: dict[int, list[Sequence[float]]] = {}
    for pair in pairs:
        bins.setdefault(min(9, int(pair[0] * 10)), []).append(pair)
    return float(sum(abs(sum(p[0] for p in b) - sum(p[1] for p in b)) for b in bins.values())) / len(pairs)


TASK = QuotationsTask()
