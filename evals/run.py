"""Run cases through a system: several at once, every finished one on disk, none asked twice."""

from __future__ import annotations

import asyncio
import json
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from evals import provenance, rundir
from evals.base import Case, Observation, Task
from evals.cases import digest
from evals.plan import Plan, fingerprint
from evals.rundir import Result, RunError
from evals.system import Combination, Maker, WiredSystem, booked
from service.errors import BudgetExceeded, ConfigurationError, ModelRejected, ModelUnreachable, ReadoutError

#: After a failure of this kind before anything has worked, the rest would fail the same way.
_HOPELESS = (ModelUnreachable, ModelRejected, ConfigurationError)


@dataclass(frozen=True, slots=True)
class Terms:
    """How to run: how often, how many cases at once, and for how much money at most (US dollars)."""

    repeats: int = 1
    concurrency: int = 8
    budget_usd: float | None = None


@dataclass
class Progress:
    """How far a run is; ``cost_usd`` None: a price is not known."""

    done: int = 0
    total: int = 0
    failed: int = 0
    calls: int = 0
    replayed: int = 0
    cost_usd: float | None = 0.0

    def add(self, result: Result) -> None:
        """Count a finished case."""
        self.done += 1
        self.failed += result.error is not None
        self.calls += result.usage.get("calls", 0)
        self.replayed += result.usage.get("replayed", 0)
        cost = result.usage.get("cost_usd", 0.0)
        self.cost_usd = None if cost is None or self.cost_usd is None else self.cost_usd + cost


Watcher = Callable[[Progress], None]


def open_run(
    out: Path, name: str | None, combination: Combination, plan: Plan, terms: Terms, fresh: bool = False
) -> tuple[Path, str]:
    """The directory of the run: the unfinished one that asked the very same (to go on with), else a new one. And a
    sentence for the user where an unfinished run asked the same of other code; else "".

    Raises ``RunError`` where ``name`` is taken by a run that asked something else or is finished.
    """
    code = provenance.code_digest()
    mark = fingerprint(combination, plan, terms.repeats, code)
    told = ""
    candidates = [out / name] if name else sorted(out.glob("*/"), reverse=True) if out.is_dir() else []
    for path in candidates if not fresh else []:
        manifest = _manifest_or_none(path)
        if manifest is None or manifest["finished"] is not None:
            continue
        if manifest["fingerprint"] == mark:
            return path, ""
        if manifest["fingerprint"] == fingerprint(combination, plan, terms.repeats, manifest["code"]):
            told = f"{path} is unfinished, but the code has changed since: begun anew (answers in the ledger stay)."
    path = out / (name or _new_name(out, combination))
    rundir.create(
        path,
        {
            "fingerprint": mark,
            "combination": asdict(combination),
            "tasks": [task.name for task in plan.tasks],
            "repeats": terms.repeats,
            "digest": digest(plan.cases),
            "sets": rundir.digests(plan.cases),
            "skipped": list(plan.skipped),
            "finished": None,
            **provenance.manifest_part(),
        },
        plan.cases,
    )
    return path, told


def _manifest_or_none(path: Path) -> dict[str, Any] | None:
    try:
        return rundir.read_manifest(path)
    except RunError:
        return None


def _new_name(out: Path, combination: Combination) -> str:
    stamp = provenance.now().replace("-", "").replace(":", "").rstrip("Z")
    label = "-".join(filter(None, (combination.engine, combination.model, combination.prompt)))
    label = "".join(letter if letter.isalnum() or letter in "-._@" else "-" for letter in label)
    base = f"{stamp}-{label}" + (f"-weakened{combination.weaken:g}" if combination.weaken else "")
    name, number = base, 2
    while (out / name).exists():
        name, number = f"{base}-{number}", number + 1
    return name


async def execute(path: Path, combination: Combination, maker: Maker, plan: Plan, terms: Terms, watch: Watcher) -> Progress:
    """Run what is left of a run; each finished case is on disk before the next counts.

    Raises ``BudgetExceeded`` once the money is spent (what is finished stays), ``ModelUnreachable``, ``ModelRejected`` or
    ``ConfigurationError`` where the model can't be asked at all, and ``RunError`` where another process writes to the run.
    """
    with rundir.appending(path) as appender:
        before = [result for result in rundir.read(path).results if result.error is None]
        finished = {result.key for result in before}
        tasks = {task.name: task for task in plan.tasks}
        items = [(case, repeat) for repeat in range(terms.repeats) for case in plan.cases]
        progress = Progress(total=len(items))
        for result in before:
            progress.add(result)
        watch(progress)
        systems = [WiredSystem(combination, maker, repeat) for repeat in range(terms.repeats)]
        waiting = iter([item for item in items if (item[0].id, item[1]) not in finished])

        stopped: list[ReadoutError] = []

        async def work() -> None:
            for case, repeat in waiting:
                if terms.budget_usd is not None and (progress.cost_usd or 0.0) >= terms.budget_usd:
                    stopped.append(_spent(progress, terms.budget_usd))
                if stopped:
                    return
                result, error = await run_case(tasks[case.task], case, systems[repeat], repeat)
                if isinstance(error, _HOPELESS) and not progress.calls + progress.replayed:
                    stopped.append(error)
                    return
                appender.add(result)
                progress.add(result)
                watch(progress)

        async with asyncio.TaskGroup() as group:
            for _ in range(max(1, min(terms.concurrency, len(items)))):
                group.create_task(work())
    if stopped:
        raise stopped[0]
    ended = None if progress.failed else provenance.now()
    rundir.write_manifest(path, {**rundir.read_manifest(path), "finished": ended, "failed": progress.failed})
    return progress


def _spent(progress: Progress, budget: float) -> BudgetExceeded:
    return BudgetExceeded(
        f"The run has cost ${progress.cost_usd or 0.0:.4f} and the budget is ${budget:.4f}. What is finished is kept: "
        "run the same command with a higher --budget to go on."
    )


async def run_case(
    task: Task, case: Case, system: WiredSystem, repeat: int
) -> tuple[Result, ReadoutError | Exception | None]:
    """One case through the system and its scorer. A failure is a result too, with the error that it was."""
    started = time.perf_counter()
    output: dict[str, Any] | None = None
    observation: Observation | None = None
    failure: Exception | None = None
    with booked() as account:
        try:
            output = json.loads(json.dumps(await task.run(case, system), allow_nan=False))
            seconds = time.perf_counter() - started
            observation = task.score(case, output or {})
            # as it will be read back: counts that are no JSON are a fault of the task, and of this case alone
            observation = replace(observation, counts=json.loads(json.dumps(observation.counts, allow_nan=False)))
        except ReadoutError as error:
            failure, seconds = error, time.perf_counter() - started
            told = {"code": error.code, "detail": error.detail}
        except Exception as error:
            failure, seconds = error, time.perf_counter() - started
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            told = {"code": "crash", "detail": f"{type(error).__name__}: {error} ({where})"}
    usage = asdict(account.usage)
    key = (case.id, case.task, repeat)
    if failure is not None:
        return Result(*key, seconds=round(seconds, 4), usage=usage, error=told), failure
    return Result(*key, seconds=round(seconds, 4), usage=usage, output=output, observation=observation), None


def errors(results: Sequence[Result]) -> dict[str, int]:
    """How many cases failed, by error code and detail."""
    counted: dict[str, int] = {}
    for result in results:
        if result.error is not None:
            words = f"{result.error['code']}: {result.error['detail']}"
            counted[words] = counted.get(words, 0) + 1
    return counted
