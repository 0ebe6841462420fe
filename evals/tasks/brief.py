"""The brief as a whole: is what it says so, does it point to where it says so, and does it say what matters?

- ``supported``: statements that the service's own verification supports. How far that verification can be trusted is
  what the verification task measures; for the embedded engine, which writes the article's own sentences, it is 1 by
  construction.
- Citation recall and precision after ALCE (Gao et al., 2023): a statement counts as cited where the sentences it cites
  support it by themselves; a citation is wanted where the statement loses its support without it or where it supports
  the statement alone.
- Key facts by words (``evals.facts``), inventions by letters (``evals.invented``): neither asks our own verification.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals import facts, invented
from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import load, own
from evals.scorers import divided, f1
from evals.tasks.articles import article_of
from service.domain.brief import Brief
from service.domain.text import Article, Span
from service.domain.verdict import Statement
from service.errors import ModelOutputInvalid, ModelRefused
from service.pipeline import check

_KINDS = ("names", "numbers", "quotations")


class BriefTask:
    """See the module."""

    name = "brief"
    asks_model = True
    gated: Mapping[str, bool] = {
        "vital_facts": True,
        "supported": True,
        "citation_recall": True,
        "invented_quotations": False,
        "invented_names": False,
        "invented_numbers": False,
    }

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own short articles and the seeds, with their key facts."""
        return [*load(own("briefs"), self.name, "key_facts", split), *load(own("seeds"), self.name, "key_facts", split)]

    async def run(self, case: Case, system: System) -> Json:
        """The brief's statements with their verdicts and the worth of their citations; or that there was none."""
        try:
            brief = await system.brief(article_of(case))
        except ModelRefused as error:
            return {"refused": error.detail}
        except ModelOutputInvalid as error:
            return {"invalid": error.detail}
        return {
            "headline": _statement(brief.headline),
            "statements": [_statement(one) for one in brief.summary],
            "coverage": [outcome.outcome for outcome in brief.coverage],
            "body": sum(end - start for start, end in _body(brief)),
            "fell_back": brief.engine.fell_back,
            "usage": asdict(brief.usage),
        }

    def score(self, case: Case, output: Json) -> Observation:
        """Counts of statements, citations, facts and inventions."""
        text, golds = case.input["text"], case.gold["key_facts"]
        lost = "refused" in output or "invalid" in output
        statements = [] if lost else [output["headline"], *output["statements"]]
        said = [one["text"] for one in statements]
        told = [fact for fact in golds if facts.covered(fact, said)]
        missed = [fact for fact in golds if fact not in told]
        source = f"{case.input.get('title') or ''}\n{case.input.get('outlet') or ''}\n{text}"
        inventions = {kind: [w for one in said for w in getattr(invented, kind)(one, source)] for kind in _KINDS}
        citations = [one["citations"] for one in statements]
        counts: dict[str, Any] = {
            "statements": len(statements),
            "supported": sum(one["verdict"] == "supported" for one in statements),
            "cited": sum(one["together"] for one in citations),
            "citations": sum(len(one["wanted"]) for one in citations),
            "wanted": sum(sum(one["wanted"]) for one in citations),
            "facts": [len(golds), len(told)],
            "vital": [sum(f["vital"] for f in golds), sum(f["vital"] for f in told)],
            "letters": 0 if lost else sum(len(one["text"]) for one in output["statements"]),
            "body": 0 if lost else output["body"],
            "invented": {kind: len(found) for kind, found in inventions.items()},
            "refused": "refused" in output,
            "invalid": "invalid" in output,
            "chunks": 0 if lost else sum(one != "skipped" for one in output["coverage"]),
            "valid": 0 if lost else sum(one in ("ok", "empty") for one in output["coverage"]),
            "marks": {
                "gold": [[s["start"], s["end"], f["id"]] for f in golds for s in f["evidence"]],
                "output": [[start, end, one["verdict"]] for one in statements for start, end in one["evidence"]],
            },
        }
        notes = [f"not told: {fact['text']}" + (" (vital)" if fact["vital"] else "") for fact in missed]
        notes += [f"invented {kind}: {', '.join(found)}" for kind, found in inventions.items() if found]
        notes += [f"{key}: {output[key]}" for key in ("refused", "invalid") if key in output]
        right = not lost and not any(fact["vital"] for fact in missed) and not any(inventions.values())
        return Observation(case.id, case.story, case.group, counts, right, notes)

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """Shares of statements, facts and citations; inventions per 100 statements; ``compression`` is the summary's
        length over the body's."""

        def total(key: str) -> float:
            return float(sum(o.counts[key] for o in observations))

        statements = total("statements")
        precision, recall = divided(total("wanted"), total("citations")), divided(total("cited"), statements)
        metrics: dict[str, float | None] = {
            "vital_facts": _share(observations, "vital"),
            "key_facts": _share(observations, "facts"),
            "supported": divided(total("supported"), statements),
            "citation_recall": recall,
            "citation_precision": precision,
            "citation_f1": f1(precision, recall),
            "compression": divided(total("letters"), total("body")),
            "refused": divided(total("refused"), len(observations)),
            "schema_valid": divided(total("valid"), total("chunks") + total("invalid")),
        }
        for kind in _KINDS:
            count = sum(o.counts["invented"][kind] for o in observations)
            metrics[f"invented_{kind}"] = divided(100 * count, statements)
        return metrics


def _share(observations: Sequence[Observation], key: str) -> float | None:
    return divided(sum(o.counts[key][1] for o in observations), sum(o.counts[key][0] for o in observations))


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "verdict": statement.verdict,
        "score": statement.score,
        "evidence": [[span.start, span.end] for span in statement.evidence],
        "citations": _citations(statement.text, statement.evidence),
    }


def _citations(text: str, evidence: Sequence[Span]) -> dict[str, Any]:
    """``together``: the evidence alone supports the statement; ``wanted``: for each citation, whether it is needed or
    enough. Where the whole doesn't support the statement no citation is wanted, as in ALCE."""
    if not evidence or not text.strip():
        return {"together": False, "wanted": [False] * len(evidence)}
    if not _supports([span.text for span in evidence], text):
        return {"together": False, "wanted": [False] * len(evidence)}
    if len(evidence) == 1:
        return {"together": True, "wanted": [True]}
    wanted = []
    for index, span in enumerate(evidence):
        others = [other.text for place, other in enumerate(evidence) if place != index]
        wanted.append(_supports([span.text], text) or not _supports(others, text))
    return {"together": True, "wanted": wanted}


def _supports(passages: Sequence[str], text: str) -> bool:
    return check([Article(text="\n\n".join(passages))], text).verdict == "supported"


def _body(brief: Brief) -> list[tuple[int, int]]:
    """The stretches of the article that are no furniture."""
    places, start = [], 0
    for span in sorted((f.span for f in brief.furniture), key=lambda span: span.start):
        if span.start > start:
            places.append((start, span.start))
        start = max(start, span.end)
    return [*places, (start, len(brief.article.text))]


TASK = BriefTask()
