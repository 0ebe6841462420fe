"""What is to be run: which tasks, on which cases, by which systems; and what it may cost."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from evals.base import ASKS_MODEL, Case, Task
from evals.cases import SPLITS, CaseError, canonical, digest, load
from evals.registry import GOLD_KEYS, tasks
from evals.system import Combination, resolved
from service.errors import InputError
from service.settings import Settings

#: Beside the article, a call carries the instructions and the schema, and each sentence its id. Measured with brief@1 on our
#: articles of 171 to 198 tokens: 1,155 to 1,162 tokens beside the article; answers of 171 to 223. Rounded up: an estimate
#: that is too high is asked about once, one that is too low is paid for.
_PROMPT_TOKENS = 1200
_ID_FACTOR = 1.25
_ANSWER_TOKENS = 700


class PlanError(InputError):
    """Wishes that don't go together."""

    code = "invalid_plan"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases. ``split`` "all" takes both; ``limit`` is a number of cases for each set; ``files``: case files of the
    user's own, in place of ours."""

    tasks: tuple[str, ...] = ()
    split: str = "dev"
    data: Path | None = None
    limit: int | None = None
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The chosen tasks with their cases, and the outside sets that were left out."""

    tasks: tuple[Task, ...]
    cases: tuple[Case, ...]
    skipped: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The digest of all cases."""
        return digest(self.cases)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will ask: an estimate. ``cost_usd`` None: the price is not known."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None


def matrix(engines: Sequence[str], models: Sequence[str], prompts: Sequence[str], weaken: float = 0.0) -> list[Combination]:
    """Every combination of the wishes. Models and prompts make it the openai engine unless an engine is named too.

    Raises ``PlanError`` where a model or a prompt is asked of the embedded engine alone.
    """
    wanted = list(dict.fromkeys(engines)) or (["openai"] if models or prompts else ["extractive"])
    for engine in wanted:
        if engine not in ("openai", "extractive"):
            raise PlanError(f"There is no engine {engine!r}: use openai or extractive.")
    if (models or prompts) and "openai" not in wanted:
        raise PlanError("--model and --prompt belong to the openai engine. Add --engine openai, or leave them out.")
    combinations = []
    all_models: list[str | None] = [*models] or [None]
    all_prompts: list[str | None] = [*prompts] or [None]
    for engine in wanted:
        if engine == "extractive":
            combinations.append(Combination("extractive", weaken=weaken))
            continue
        for model, prompt in product(all_models, all_prompts):
            combinations.append(resolved(Combination("openai", model, prompt, weaken)))
    return list(dict.fromkeys(combinations))


def plan(selection: Selection) -> Plan:
    """The tasks and cases of a selection.

    Raises ``UnknownTask``, ``CaseError`` for gold that is wrong or a data folder that isn't there, and ``PlanError``
    where nothing is left to run.
    """
    if selection.split not in (*SPLITS, "all"):
        raise PlanError(f"There is no split {selection.split!r}: use dev, test or all.")
    if selection.data is not None and not selection.data.is_dir():
        raise CaseError(f"--data {selection.data}: there is no such folder. See evals/README.md for what it should hold.")
    if selection.limit is not None and selection.limit < 1:
        raise PlanError("--limit must be 1 or more.")
    chosen = tasks(list(selection.tasks))
    cases: list[Case] = []
    skipped: list[str] = []
    for task in chosen:
        found = _own(task.name, selection) if selection.files else _ours(task, selection)
        _unique(found)
        cases += _limited(found, selection.limit)
        groups = {case.group for case in found}
        outside: dict[str, str] = {} if selection.files else getattr(task, "outside", {})
        skipped += [f"{task.name}/{group}" for group in outside if group not in groups]
    if not cases:
        where = "" if selection.data else " (sets from outside need --data DIR)"
        raise PlanError(f"There is no case of {', '.join(task.name for task in chosen)} in split {selection.split}{where}.")
    return Plan(tuple(chosen), tuple(cases), tuple(skipped))


def _ours(task: Task, selection: Selection) -> list[Case]:
    splits = [split for split in SPLITS if selection.split in (split, "all")]
    return [case for split in splits for case in task.cases(split, selection.data)]


def _own(task: str, selection: Selection) -> list[Case]:
    """The cases of the user's files that have what this task scores."""
    if task not in GOLD_KEYS:
        return []
    found = [case for path in selection.files for case in load(path, task, GOLD_KEYS[task])]
    if task == "verification":
        found = [pair for case in found for pair in _summaries(case)]
    return [case for case in found if selection.split in (case.split, "all")]


def _summaries(case: Case) -> list[Case]:
    """One case a summary of the article: its words, and whether the article carries it."""
    return [
        replace(
            case,
            id=f"{case.id}/{number}",
            input={**case.input, "summaries": {"summary": summary["text"]}},
            gold={"factual": summary["supported"], "errors": summary.get("errors", [])},
            group="mine" if case.group in ("own", "bump") else case.group,
        )
        for number, summary in enumerate(case.gold["summaries"])
    ]


def _unique(cases: Sequence[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseError(f"Two cases of task {case.task} have the id {case.id!r}. Ids must be unique: rename one.")
        seen.add(case.id)


def _limited(cases: Sequence[Case], limit: int | None) -> list[Case]:
    if limit is None:
        return list(cases)
    taken: dict[str, int] = {}
    kept = []
    for case in cases:
        taken[case.group] = taken.get(case.group, 0) + 1
        if taken[case.group] <= limit:
            kept.append(case)
    return kept


def fingerprint(combination: Combination, plan: Plan, repeats: int, code: str) -> str:
    """What makes two runs the same question: system, cases, repeats and code."""
    value: dict[str, Any] = {
        "combination": asdict(combination),
        "digest": plan.digest,
        "repeats": repeats,
        "code": code,
    }
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:16]


def estimate(combination: Combination, plan: Plan, repeats: int) -> Estimate:
    """What the model will be asked: one call an article and a repeat, however many tasks share it. Long articles that
    are cut into chunks and statements that are repaired come on top; prices are those of ``service.models.pricing``."""
    if combination.engine != "openai":
        return Estimate(0, 0, 0, 0.0)
    asking = {task.name for task in plan.tasks if getattr(task, ASKS_MODEL, False)}
    texts = {text for case in plan.cases if case.task in asking for text in _texts(case)}
    if not texts:
        return Estimate(0, 0, 0, 0.0)
    from service.models.tokens import counter

    count = counter(combination.model or "")
    read = sum(int(count(text) * _ID_FACTOR) + _PROMPT_TOKENS for text in texts) * repeats
    written = len(texts) * _ANSWER_TOKENS * repeats
    return Estimate(len(texts) * repeats, read, written, _price(combination.model, read, written))


def _texts(case: Case) -> list[str]:
    value = case.input
    if "text" in value:
        return [value["text"]]
    return [article["text"] if isinstance(article, dict) else str(article) for article in value.get("articles", [])]


def _price(model: str | None, read: int, written: int) -> float | None:
    from service.models.pricing import load_prices

    return load_prices(Settings().prices).cost(model or "", read, 0, written)
