"""From a run's observations to its figures: per task and set, each with interval and, over repeats, its spread."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from evals import statistics
from evals.base import Metrics, Observation, Task
from evals.registry import task as task_named
from evals.rundir import Run, RunError
from evals.statistics import Figure, Spread


@dataclass(frozen=True, slots=True)
class SetFigures:
    """The figures of one task on one set (``group``)."""

    task: str
    group: str
    figures: dict[str, Figure]
    spreads: dict[str, Spread]
    failed: int
    cases: int
    finished: int

    @property
    def headline(self) -> str | None:
        """The metric that ``compare`` decides on: the task's first gated one that is defined here."""
        return headline(task_named(self.task), {name: figure.value for name, figure in self.figures.items()})

    @property
    def size(self) -> str:
        """How much the figures rest on, in words: cases, stories, and what failed or is not done yet."""
        stories = next((figure.stories for figure in self.figures.values()), 0)
        missing = self.cases - self.finished - self.failed
        words = f"{self.cases} case{'' if self.cases == 1 else 's'} of {stories} {'story' if stories == 1 else 'stories'}"
        if missing > 0:
            words = f"{self.finished} of {words}, not finished"
        return words + (f", {self.failed} failed" if self.failed else "")

    def plain(self) -> dict[str, Figure]:
        """The metrics that belong to no breakdown."""
        return {name: figure for name, figure in self.figures.items() if ":" not in name}

    def breakdowns(self) -> dict[str, dict[str, Figure]]:
        """``family:member`` metrics: family → member → figure."""
        families: dict[str, dict[str, Figure]] = {}
        for name, figure in self.figures.items():
            family, colon, member = name.partition(":")
            if colon:
                families.setdefault(family, {})[member] = figure
        return families


def headline(task: Task, *values: Metrics) -> str | None:
    """The first of a task's gated metrics that is defined in all of ``values``; None where there is none."""
    return next((name for name in task.gated if all(value.get(name) is not None for value in values)), None)


def rescored(run: Run) -> Run:
    """The run with every stored output scored by today's scorers, so that two runs are held against one measure.

    Raises ``RunError`` where an output was written by a task of another shape.
    """
    results = []
    for result in run.results:
        if result.output is None:
            results.append(result)
            continue
        case = run.cases[result.case]
        try:
            observation = task_named(case.task).score(case, result.output)
            counts = json.loads(json.dumps(observation.counts, allow_nan=False))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise RunError(
                f"{run.path}: the output of {case.id} can't be scored by this version ({type(error).__name__}: {error}). "
                "Run it again."
            ) from None
        results.append(replace(result, observation=replace(observation, counts=counts)))
    return replace(run, results=results)


def observations(run: Run, task: str, group: str, repeat: int | None = None) -> list[Observation]:
    """What was observed on a set, in the order of the cases (and repeats), failed cases left out."""
    found = {result.key: result for result in run.results if result.task == task and result.observation is not None}
    repeats = range(run.manifest["repeats"]) if repeat is None else (repeat,)
    return [
        observation
        for number in repeats
        for case in run.cases.values()
        if case.task == task and case.group == group and (case.id, number) in found
        if (observation := found[case.id, number].observation) is not None
    ]


def of_run(run: Run, draws: int = statistics.DRAWS) -> list[SetFigures]:
    """All figures of a run, in the order of its tasks. ``draws`` 0: no intervals."""
    sets = list(dict.fromkeys((case.task, case.group) for case in run.cases.values()))
    return [of_set(run, task, group, draws) for task, group in sets]


def of_set(run: Run, task: str, group: str, draws: int = statistics.DRAWS) -> SetFigures:
    """The figures of one task on one set."""
    measure = task_named(task).metrics
    found = observations(run, task, group)
    spreads = {}
    if run.manifest["repeats"] > 1:
        each = [measure(observations(run, task, group, number)) for number in range(run.manifest["repeats"])]
        for name in each[0]:
            over = statistics.spread([metrics[name] for metrics in each])
            if over is not None:
                spreads[name] = over
    members = {case.id for case in run.cases.values() if case.task == task and case.group == group}
    failed = sum(result.case in members and result.error is not None for result in run.results)
    finished = len({result.case for result in run.results if result.case in members and result.error is None})
    return SetFigures(task, group, statistics.figures(found, measure, draws), spreads, failed, len(members), finished)


def shown(value: float | None) -> str:
    """A figure for people: "–" where undefined, three decimals below 1, fewer above."""
    if value is None:
        return "–"
    if abs(value) < 10:
        return f"{value:.3f}"
    return f"{value:,.1f}" if abs(value) < 1000 else f"{value:,.0f}"


def shown_interval(figure: Figure) -> str:
    """The interval for people: "[0.712, 0.801]", "–" where there is none."""
    if figure.low is None or figure.high is None:
        return "–"
    return f"[{shown(figure.low)}, {shown(figure.high)}]"
