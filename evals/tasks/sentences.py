"""Sentences: are cuts made where sentences end, and nowhere else?

The splitter is given the gold furniture, so that a mistake of the furniture stage is not counted here again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import load, own
from evals.scorers import divided, f1
from service.domain.text import Furniture, Span
from service.stages.sentences import split_sentences


class SentencesTask:
    """See the module."""

    name = "sentences"
    gated: Mapping[str, bool] = {"f1": True, "wrong_cuts": False}

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own cases and the seeds."""
        return [*load(own("sentences"), self.name, "sentences", split), *load(own("seeds"), self.name, "sentences", split)]

    async def run(self, case: Case, system: System) -> Json:
        """The sentences of the text, the gold furniture being known."""
        text = case.input["text"]
        furniture = [
            Furniture(Span.of(text, f["span"]["start"], f["span"]["end"]), f["kind"]) for f in case.gold.get("furniture", [])
        ]
        return {"sentences": [[s.span.start, s.span.end] for s in split_sentences(text, furniture)]}

    def score(self, case: Case, output: Json) -> Observation:
        """Sentences with both ends right; cuts that are wrong (an end where no sentence ends) or missing."""
        gold = {(span["start"], span["end"]) for span in case.gold["sentences"]}
        found = {(start, end) for start, end in output["sentences"]}
        gold_ends, found_ends = {end for _, end in gold}, {end for _, end in found}
        text = case.input["text"]
        wrong = sorted(found_ends - gold_ends)
        missing = sorted(gold_ends - found_ends)
        notes = [f"wrong cut: “{text[max(0, end - 30) : end]}|{text[end : end + 30]}”" for end in wrong[:5]]
        notes += [f"missing cut: “{text[max(0, end - 30) : end]}|{text[end : end + 30]}”" for end in missing[:5]]
        return Observation(
            case=case.id,
            story=case.story,
            group=case.group,
            counts={
                "gold": len(gold),
                "found": len(found),
                "both": len(gold & found),
                "wrong": len(wrong),
                "missing": len(missing),
                "marks": {
                    "gold": [[start, end, ""] for start, end in sorted(gold)],
                    "output": [[start, end, ""] for start, end in sorted(found)],
                },
            },
            ok=gold == found,
            notes=notes,
        )

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """F1 of sentences with both ends exact; ``wrong_cuts`` and ``missed_cuts``: shares of the cuts made and of the
        gold cuts; ``perfect``: share of texts without a mistake."""

        def total(key: str) -> int:
            return sum(o.counts[key] for o in observations)

        precision, recall = divided(total("both"), total("found")), divided(total("both"), total("gold"))
        return {
            "f1": f1(precision, recall),
            "precision": precision,
            "recall": recall,
            "wrong_cuts": divided(total("wrong"), total("found")),
            "missed_cuts": divided(total("missing"), total("gold")),
            "perfect": divided(sum(bool(o.ok) for o in observations), len(observations)),
        }


TASK = SentencesTask()
