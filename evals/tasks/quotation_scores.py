"""Counts for the quotations task: one article's quotations held against its gold. See ``evals.tasks.quotations``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from evals.base import Case, Json
from service.domain.quotation import NOT_SPEECH

Range = tuple[int, int]
PARTS = ("source", "cue", "content")
_MARK = re.compile(r"[\"“”„«»]")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


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
    bare: list[Range] = []  # stretches without a mark: the cue, the speaker, a "But", where others have marks
    for start, end in joined:
        marks = [m.start() for m in _MARK.finditer(text, start, end)]
        if not marks:
            bare.append((start, end))
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
    return solid(text, kept or bare)


def _last_word(words: str) -> str:
    found = _WORD.findall(words.lower())
    return re.sub(r"['’]s?$", "", found[-1]) if found else ""


def right_speaker(text: str, speaker: Json, sources: Sequence[Sequence[int]]) -> bool:
    """Whether the mention overlaps the gold source or ends with the same word."""
    start, end = speaker["mention"]
    if any(start < b and a < end for a, b in sources):
        return True
    return _last_word(text[start:end]) in {_last_word(text[a:b]) for a, b in sources}


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


def direct_counts(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, Any]:
    """Direct quotations: found at 0.3 and 0.8, exact, and by whom."""
    marked = [(q, solid(text, q["spans"])) for q in found if q["kind"] in ("direct", "mixed", "block")]
    every = set().union(*(words for _, words in marked)) if marked else set()
    anything = set().union(*(solid(text, g["spans"]) for g in golds)) if golds else set()
    chains = _chains(text, [q for q in found if q["kind"] in ("direct", "mixed", "block")])
    answer: dict[str, Any] = {
        "n": 0,
        "found80": 0,
        "found30": 0,
        "exact": 0,
        "sourced": 0,
        "right": 0,
        "none": 0,
        "given": [],
    }
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


def indirect_counts(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, Any]:
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


def citron_counts(text: str, golds: Sequence[Json], found: Sequence[Json], part: str) -> list[float]:
    """Citron's counts of one part: exact (right predicted, predicted, right gold, gold) and overlap (shared, predicted,
    gold)."""
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


def kinds_counts(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, list[int]]:
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


def own_counts(text: str, golds: Sequence[Json], found: Sequence[Json]) -> dict[str, int]:
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
        counts["name"] += (
            match is not None and match["speaker"] is not None and _same_name(match["speaker"]["name"], gold["name"])
        )
    return counts


def people_counts(case: Case, output: Json) -> dict[str, int]:
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
