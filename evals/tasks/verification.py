"""Verification: are true summaries told from false ones?

Outside sets, under ``--data``: FRANK (``frank/valid.jsonl`` or ``frank/test.jsonl``; CNN/DM and BBC apart, for BBC is nine
parts in ten unfactual), BUMP (pairs of a reference and the same with one error put in) and SummEdits news. Our own: true
statements over articles of our writing, which must pass as they are, and be caught in every way ``evals.corruptions``
makes them false.

Scores are the whole summary's. ``balanced_accuracy`` is at 0.5, ``balanced_accuracy_best`` at the threshold that would
have been best in hindsight. The carried weights were trained on the dev parts of the outside sets: figures on those are
of training data, and the honest ones are the cross-validated of ``evals/training/verification.py`` and those on the test
parts. BUMP's consistency counts the pairs whose reference scores strictly higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import CaseError, own, rows
from evals.corruptions import COUNTED, corrupt
from evals.scorers import auc, balanced, best_balanced, mean
from service.domain.text import Article

#: Which file of an outside set belongs to a split.
_FILES: Mapping[str, Mapping[Split, str]] = {
    "frank": {"dev": "valid.jsonl", "test": "test.jsonl"},
    "bump": {"dev": "task1_dev.jsonl", "test": "task1_test.jsonl"},
    "summedits": {"dev": "news_dev.jsonl", "test": "news_test.jsonl"},
}
_ERRORS = ("RelE", "EntE", "CircE", "OutE", "CorefE", "LinkE", "GramE")
#: Seed of the corruptions.
SEED = 1


class VerificationTask:
    """See the module."""

    name = "verification"
    outside: Mapping[str, str] = {
        "frank-cnndm": "frank/valid.jsonl",
        "frank-bbc": "frank/valid.jsonl",
        "bump": "bump/task1_dev.jsonl",
        "summedits": "summedits/news_dev.jsonl",
    }
    gated: Mapping[str, bool] = {
        "auc": True,
        "balanced_accuracy": True,
        "consistency": True,
        "ties": False,
        "detected": True,
        "false_alarms": False,
        "detected:quotation_word": True,
    }

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own statements of a split, and the outside sets found under ``data``."""
        found = list(_own(split))
        if data is not None:
            for name, read in (("frank", _frank), ("bump", _bump), ("summedits", _summedits)):
                path = data / name / _FILES[name][split]
                if path.is_file():
                    found.extend(read(path, split))
        return found

    async def run(self, case: Case, system: System) -> Json:
        """The scores of the case's summaries, as ``POST /v1/checks`` gives them; for our own, of every corruption too."""
        article = Article(text=case.input["text"], published=case.input.get("published"))
        checked = {key: system.check([article], text) for key, text in case.input["summaries"].items()}
        return {
            key: {
                "score": one.score,
                "verdict": one.verdict,
                "checks": sorted(
                    {c.name for s in one.statements for c in s.checks if c.verdict not in ("supported", "unchecked")}
                ),
            }
            for key, one in checked.items()
        }

    def score(self, case: Case, output: Json) -> Observation:
        """Hold verdicts and scores against the labels."""
        if case.group == "own":
            return _score_own(case, output)
        if case.group == "bump":
            true, false = output["reference"]["score"], output["edited"]["score"]
            counts = {"pairs": [[case.gold["error"], float(true > false), float(true == false)]]}
            return Observation(case.id, case.story, case.group, counts, ok=true > false)
        score = output["summary"]["score"]
        counts = {"scores": [[score, int(case.gold["factual"]), list(case.gold["errors"])]]}
        return Observation(case.id, case.story, case.group, counts, ok=(score >= 0.5) == case.gold["factual"])

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """All figures; those that a set does not have are None."""
        scored = [row for o in observations for row in o.counts.get("scores", ())]
        pairs = [row for o in observations for row in o.counts.get("pairs", ())]
        caught = [row for o in observations for row in o.counts.get("caught", ())]
        alarms = [row for o in observations for row in o.counts.get("alarms", ())]
        out: dict[str, float | None] = {
            "auc": auc([(s, y) for s, y, _ in scored]),
            "balanced_accuracy": balanced([(s, y) for s, y, _ in scored], 0.5),
            "balanced_accuracy_best": best_balanced([(s, y) for s, y, _ in scored]),
            "consistency": mean(right for _, right, _ in pairs),
            "ties": mean(tie for _, _, tie in pairs),
            "detected": mean(found for _, found in caught),
            "false_alarms": mean(alarms),
        }
        for error in _ERRORS:
            with_it = [(s, y) for s, y, errors in scored if y or error in errors]
            out[f"auc:{error}"] = auc(with_it)
        for error in BUMP_ERRORS:
            out[f"consistency:{error}"] = mean(right for kind, right, _ in pairs if kind == error)
        for kind in COUNTED:
            out[f"detected:{kind}"] = mean(found for name, found in caught if name == kind)
        return out


BUMP_ERRORS = (
    "intrinsic_entity", "extrinsic_entity", "intrinsic_predicate", "extrinsic_predicate", "intrinsic_circumstance",
    "extrinsic_circumstance", "coreference",
)  # fmt: skip


def _score_own(case: Case, output: Json) -> Observation:
    """False alarms on the statement as it is; detection of each of its corruptions."""
    passed = output["true"]["verdict"] == "supported"
    caught = [[key, float(one["verdict"] != "supported")] for key, one in output.items() if key != "true"]
    missed = [f"{kind}: {case.input['summaries'][kind]}" for kind, found in caught if not found]
    notes = [*([] if passed else [f"false alarm: {output['true']['checks']}"]), *missed]
    counts = {"alarms": [float(not passed)], "caught": caught}
    return Observation(case.id, case.story, case.group, counts, ok=passed, notes=notes)


def _own(split: Split) -> Iterator[Case]:
    """One case a statement, with its corruptions."""
    path = own("verification")
    for number, row in rows(path):
        if row.get("split") != split:
            continue
        try:
            article, statements = row["article"], row["gold"]["statements"]
            for statement in statements:
                made = {kind: corrupt(statement["text"], article["text"], kind, SEED) for kind in COUNTED}
                summaries = {"true": statement["text"], **{kind: c.text for kind, c in made.items() if c is not None}}
                yield Case(
                    id=f"{row['id']}/{statement['id']}",
                    task="verification",
                    split=split,
                    story=row["story"],
                    group="own",
                    input={"text": article["text"], "published": article.get("published"), "summaries": summaries},
                    gold={"supported": statement["supported"]},
                    licence=row["licence"],
                    origin=row["origin"],
                )
        except (KeyError, TypeError) as error:
            raise CaseError(f"{path}:{number}: the case has no {error}; see verification.schema.json.") from None


def _outside(row: dict[str, Any], keys: Sequence[str], path: Path, number: int) -> list[Any]:
    missing = [key for key in keys if key not in row]
    if missing:
        raise CaseError(f"{path}:{number}: the line has no {', '.join(missing)}. Is this the set that its name says?")
    return [row[key] for key in keys]


def _frank(path: Path, split: Split) -> Iterator[Case]:
    """FRANK: factual where every annotator's every sentence is."""
    for number, row in rows(path):
        article, summary, origin, identity, model, factuality = _outside(
            row, ("article", "summary", "dataset", "hash", "model", "factuality"), path, number
        )
        errors = [e for e in _ERRORS if row.get(e, 1.0) < 1.0]
        yield Case(
            id=f"frank-{identity}-{model}",
            task="verification",
            split=split,
            story=f"frank-{identity}",
            group=f"frank-{origin}",
            input={"text": article, "summaries": {"summary": summary}},
            gold={"factual": factuality == 1, "errors": errors},
            licence="CNN/DM and XSum articles: not redistributable",
            origin="FRANK (Pagnoni et al., 2021)",
        )


def _bump(path: Path, split: Split) -> Iterator[Case]:
    """BUMP: pairs."""
    for number, row in rows(path):
        article, true, false, story, identity = _outside(
            row, ("article", "reference_summary", "edited_summary", "article_id", "id"), path, number
        )
        error = str(row.get("corrected_error_type") or row.get("error_type", ""))
        yield Case(
            id=f"bump-{identity}",
            task="verification",
            split=split,
            story=f"bump-{story}",
            group="bump",
            input={"text": article, "summaries": {"reference": true, "edited": false}},
            gold={"error": error.lower().removesuffix(" error").replace(" ", "_")},
            licence="CNN/DM articles: not redistributable",
            origin="BUMP (Ma et al., 2023)",
        )


def _summedits(path: Path, split: Split) -> Iterator[Case]:
    """SummEdits: minimal edits with human labels."""
    for number, row in rows(path):
        article, summary, label, identity = _outside(row, ("doc", "summary", "label", "id"), path, number)
        yield Case(
            id=f"summedits-{identity}",
            task="verification",
            split=split,
            story=f"summedits-{str(identity).split('_')[0]}",
            group="summedits",
            input={"text": article, "summaries": {"summary": summary}},
            gold={"factual": bool(label), "errors": list(row.get("edit_types", ()))},
            licence="news articles: not redistributable",
            origin="SummEdits (Laban et al., 2023)",
        )


TASK = VerificationTask()
