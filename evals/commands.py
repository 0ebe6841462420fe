"""What the commands of ``readout eval`` do."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from evals import figures as figures_of
from evals import gate as gating
from evals import plan as planning
from evals import provenance, rundir, tables
from evals import run as running
from evals.cases import digest
from evals.gate import Finding, Measured
from evals.plan import Estimate, Plan, PlanError, Selection
from evals.system import Combination, WiredSystem, wired
from evals.watching import watching
from service.errors import BudgetExceeded, ModelError


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which systems."""

    engines: tuple[str, ...]
    models: tuple[str, ...]
    prompts: tuple[str, ...]
    weaken: float


@dataclass(frozen=True, slots=True)
class How:
    """How to run and where to."""

    repeats: int
    concurrency: int | None
    budget: float | None
    yes: bool
    fresh: bool
    draws: int
    out: Path
    name: str | None
    json: bool


def run(selection: Selection, wishes: Wishes, how: How) -> None:
    """``readout eval run``."""
    combinations = planning.matrix(wishes.engines, wishes.models, wishes.prompts, wishes.weaken)
    if how.name and len(combinations) > 1:
        raise PlanError(f"--name names one run, and these wishes make {len(combinations)}. Leave it out.")
    plan = planning.plan(selection)
    estimates = [planning.estimate(combination, plan, how.repeats) for combination in combinations]
    _agree(combinations, estimates, how)
    spent = 0.0
    paths = []
    for combination in combinations:
        rest = None if how.budget is None else how.budget - spent
        path, cost = _run_one(combination, plan, how, rest)
        paths.append(path)
        spent += cost
    out = console()
    for path in paths:
        done = rundir.read(path)
        found = figures_of.of_run(done, how.draws)
        if how.json:
            for line in tables.json_lines(done, found):
                out.print(line, markup=False, soft_wrap=True)
        else:
            tables.print_run(out, done, found)
    results = [result for path in paths for result in rundir.read(path).results]
    failures = list(running.errors(results))
    if failures and all(result.error is not None for result in results):
        raise ModelError(f"No case could be run ({failures[0]}). The same command tries again.")
    if failures:
        sys.stderr.write(f"Some cases failed ({failures[0]}). The same command tries those again.\n")


def _agree(combinations: Sequence[Combination], estimates: Sequence[Estimate], how: How) -> None:
    """Ask before money is spent. Raises ``BudgetExceeded`` where the estimate is over the budget, ``PlanError`` where
    nobody can be asked."""
    costly = [(c, e) for c, e in zip(combinations, estimates, strict=True) if e.calls]
    if not costly:
        return
    console = Console(stderr=True, highlight=False)
    for combination, e in costly:
        price = "price not known" if e.cost_usd is None else f"about ${e.cost_usd:.{2 if e.cost_usd >= 1 else 4}f}"
        console.print(
            f"{rundir.combination_label(asdict(combination))}: {e.calls:,} calls, about {e.input_tokens:,} tokens in and "
            f"{e.output_tokens:,} out, {price} (answers already in the ledger cost nothing)",
            markup=False,
            soft_wrap=True,
        )
    unpriced = [c.model for c, e in costly if e.cost_usd is None]
    if how.budget is not None and unpriced:
        raise PlanError(
            f"The price of {unpriced[0]} isn't known, so --budget can't be kept. Give a price table (READOUT_PRICES), or "
            "leave --budget out."
        )
    total = sum(e.cost_usd or 0.0 for _, e in costly)
    if how.budget is not None and total > how.budget:
        raise BudgetExceeded(f"About ${total:.2f} would be over the budget of ${how.budget:.2f}. Use --limit, or raise it.")
    if how.yes:
        return
    if not sys.stdin.isatty():
        raise PlanError("This run asks a model and may cost money. Say --yes to go ahead (and --budget USD to cap it).")
    if not typer.confirm("Run it?", err=True):
        raise PlanError("Not run, as you wish.")


def _run_one(combination: Combination, plan: Plan, how: How, budget: float | None) -> tuple[Path, float]:
    maker = wired(combination)
    # the embedded engine only computes: more than one case at once would gain nothing and spoil the times
    concurrency = how.concurrency or (1 if combination.engine == "extractive" else 8)
    terms = running.Terms(how.repeats, concurrency, budget)
    path, told = running.open_run(how.out, how.name, combination, plan, terms, how.fresh)
    if told:
        sys.stderr.write(f"{told}\n")
    earlier = rundir.read(path).results
    if earlier:
        finished = sum(result.error is None for result in earlier)
        sys.stderr.write(f"Going on with {path}: {finished} cases are finished and not asked again.\n")
    with watching(rundir.combination_label(asdict(combination))) as watch:
        try:
            progress = asyncio.run(running.execute(path, combination, maker, plan, terms, watch))
        except KeyboardInterrupt:
            sys.stderr.write(f"Stopped. Finished cases are in {path}; the same command goes on from there.\n")
            raise
    return path, progress.cost_usd or 0.0


@dataclass(frozen=True, slots=True)
class Gating:
    """What the gate is asked."""

    tasks: tuple[str, ...]
    data: Path | None
    raise_: bool
    lower: tuple[str, ...]
    reason: str
    baseline: Path | None
    weaken: float
    json: bool


def gate(wishes: Gating) -> bool:
    """``readout eval gate``: whether it passes. Writes the baseline only where asked to."""
    path = wishes.baseline or gating.BASELINE
    changing = wishes.raise_ or wishes.lower
    if wishes.reason and not wishes.lower:
        raise gating.GateError("--reason goes with --lower.")
    if wishes.lower and not wishes.reason.strip():
        raise gating.GateError('Lowering a floor needs a reason, and keeps it: --reason "…".')
    if changing and wishes.weaken:
        raise gating.GateError("--weaken is a self-test: no floor is set by it.")
    baseline = gating.load(path) if path.exists() or not changing else gating.Baseline()
    plan = planning.plan(Selection(wishes.tasks, "all", wishes.data))
    measured = measure(plan, Combination("extractive", weaken=wishes.weaken))
    known = [name for name in baseline.floors if not wishes.tasks or name.split("/")[0] in wishes.tasks]
    relevant = gating.Baseline({name: baseline.floors[name] for name in known}, baseline.lowered)
    if changing:
        changed = baseline
        if wishes.lower:
            changed = gating.lowered(baseline, measured, wishes.lower, wishes.reason, provenance.now())
        if wishes.raise_:
            changed = gating.raised(changed, measured)
        gating.save(changed, path)
        relevant = gating.Baseline({n: e for n, e in changed.floors.items() if n in known or n in measured}, [])
    findings = gating.judge(relevant, measured, plan.skipped)
    passed = gating.passes(findings)
    _show_findings(findings, passed, wishes.json)
    return passed


def measure(plan: Plan, combination: Combination) -> dict[str, Measured]:
    """Run a plan in memory and return what the gate looks at, for every set."""
    maker = wired(combination)
    system = WiredSystem(combination, maker)
    sets: dict[str, list[Any]] = {}

    async def all_cases() -> None:
        by_name = {task.name: task for task in plan.tasks}
        with watching("gate") as watch:
            progress = running.Progress(total=len(plan.cases))
            for case in plan.cases:
                result, _ = await running.run_case(by_name[case.task], case, system, 0)
                sets.setdefault(f"{case.task}/{case.group}", []).append((case, result))
                progress.add(result)
                watch(progress)

    asyncio.run(all_cases())
    measured = {}
    tasks = {task.name: task for task in plan.tasks}
    for name, members in sets.items():
        task = tasks[name.split("/")[0]]
        if not task.gated:
            continue
        observations = [result.observation for _, result in members if result.observation is not None]
        values = task.metrics(observations)
        measured[name] = Measured(
            figures={metric: values.get(metric) for metric in task.gated},
            higher_is_better=dict(task.gated),
            digest=digest([case for case, _ in members]),
            cases=len(members),
            failed=sum(result.error is not None for _, result in members),
        )
        for words in running.errors([result for _, result in members]):
            sys.stderr.write(f"{name}: {words}\n")
    return measured


def _show_findings(findings: Sequence[Finding], passed: bool, as_json: bool) -> None:
    out = console()
    if as_json:
        for finding in findings:
            out.print(json.dumps(asdict(finding), ensure_ascii=False), markup=False, soft_wrap=True)
        out.print(json.dumps({"passed": passed}), markup=False)
        return
    tables.print_findings(out, findings)
    out.print("The gate holds." if passed else "The gate does not hold.", style="bold green" if passed else "bold red")


def console() -> Console:
    """Standard output for people; wide where it is piped."""
    piped = not sys.stdout.isatty()
    return Console(highlight=False, emoji=False, soft_wrap=False, width=140 if piped else None)
