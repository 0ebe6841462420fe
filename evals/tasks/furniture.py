"""Furniture: is page furniture told from the story?

Scored by characters (white space aside), so that one span over a whole subscription block and a span a line count the
same. The danger is story taken for furniture: it would be silently missing from every later stage (``story_lost``).
Spans under ``gold.either`` could be either to a careful reader and count neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import load, own
from evals.scorers import divided, f1
from evals.tasks.articles import article_of
from service.domain.text import FurnitureKind

#: Kinds that are told apart by name alone on many pages; a right kind is scored over what was found at all.
KINDS: tuple[str, ...] = get_args(FurnitureKind)


class FurnitureTask:
    """See the module."""

    name = "furniture"
    gated: Mapping[str, bool] = {"f1": True, "story_lost": False, "recall": True}

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own cases and the seeds."""
        return [*load(own("furniture"), self.name, "furniture", split), *load(own("seeds"), self.name, "furniture", split)]

    async def run(self, case: Case, system: System) -> Json:
        """The furniture of the article as read."""
        furniture = system.read(article_of(case)).furniture
        return {"furniture": [{"start": f.span.start, "end": f.span.end, "kind": f.kind} for f in furniture]}

    def score(self, case: Case, output: Json) -> Observation:
        """Characters found, missed and lost, in all and by kind."""
        text = case.input["text"]
        solid = {index for index, letter in enumerate(text) if not letter.isspace()}
        for span in case.gold.get("either", []):
            solid -= set(range(span["start"], span["end"]))
        marks = [[f["span"]["start"], f["span"]["end"], f["kind"]] for f in case.gold["furniture"]]
        found_marks = [[f["start"], f["end"], f["kind"]] for f in output["furniture"]]
        gold = {i: kind for start, end, kind in marks for i in range(start, end) if i in solid}
        found = {i: kind for start, end, kind in found_marks for i in range(start, end) if i in solid}
        both = gold.keys() & found.keys()
        confusion: dict[str, dict[str, int]] = {}
        for index in gold:
            row = confusion.setdefault(gold[index], {})
            predicted = found.get(index, "(story)")
            row[predicted] = row.get(predicted, 0) + 1
        notes = []
        if found.keys() - gold.keys():
            notes.append(f"story taken for furniture: {_words(text, found.keys() - gold.keys())}")
        if gold.keys() - found.keys():
            notes.append(f"furniture missed: {_words(text, gold.keys() - found.keys())}")
        return Observation(
            case=case.id,
            story=case.story,
            group=case.group,
            counts={
                "gold": len(gold),
                "found": len(found),
                "both": len(both),
                "kind": sum(gold[index] == found[index] for index in both),
                "story": len(solid) - len(gold),
                "kinds": {k: [sum(gold[i] == k for i in gold), sum(gold[i] == k for i in both)] for k in set(gold.values())},
                "confusion": confusion,
                "marks": {"gold": marks, "output": found_marks},
            },
            ok=gold.keys() == found.keys(),
            notes=notes,
        )

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """Precision, recall and F1 by characters; ``kind``: share of found furniture with the right kind;
        ``story_lost``: share of the story taken for furniture; ``recall:KIND``."""

        def total(key: str) -> int:
            return sum(o.counts[key] for o in observations)

        precision, recall = divided(total("both"), total("found")), divided(total("both"), total("gold"))
        metrics: dict[str, float | None] = {
            "f1": f1(precision, recall),
            "precision": precision,
            "recall": recall,
            "kind": divided(total("kind"), total("both")),
            "story_lost": divided(total("found") - total("both"), total("story")),
        }
        for kind in KINDS:
            pairs = [o.counts["kinds"][kind] for o in observations if kind in o.counts["kinds"]]
            metrics[f"recall:{kind}"] = divided(sum(found for _, found in pairs), sum(gold for gold, _ in pairs))
        return metrics


def _words(text: str, offsets: set[int]) -> str:
    """The stretches of text at these offsets, for a note."""
    ordered = sorted(offsets)
    stretches: list[list[int]] = []
    for index in ordered:
        if stretches and not text[stretches[-1][1] : index].strip():
            stretches[-1][1] = index + 1
        else:
            stretches.append([index, index + 1])
    quoted = [f"“{text[start:end][:80]}”" for start, end in stretches[:4]]
    return ", ".join(quoted) + (f" and {len(stretches) - 4} more" if len(stretches) > 4 else "")


TASK = FurnitureTask()
