"""Two runs, held against each other on the same items.

The decision falls on one headline a set (the task's first gated metric), corrected after Holm where there are several
sets; the other metrics are shown with their intervals and a verdict of their own, uncorrected, for the reader who wants
to know why. Costs are shown, not judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals import statistics
from evals.base import Case, Observation, Task
from evals.figures import headline
from evals.registry import task as task_named
from evals.rundir import Result, Run, same_case
from evals.statistics import Difference, Verdict
from service.errors import InputError


class ComparisonError(InputError):
    """Two runs that can't be compared. The detail says why and what to do."""

    code = "not_comparable"


@dataclass(frozen=True, slots=True)
class Changed:
    """A case on which the two runs differ. ``turned``: "better" or "worse" where it went from wrong to right or back;
    else "different"."""

    case: Case
    repeat: int
    turned: str
    first: Result
    second: Result


@dataclass(frozen=True, slots=True)
class SetComparison:
    """One task on one set. ``mcnemar``: only the first right, only the second right, p."""

    task: str
    group: str
    headline: str | None
    differences: dict[str, Difference]
    mcnemar: tuple[int, int, float | None]
    items: int
    stories: int
    changed: list[Changed]

    @property
    def verdict(self) -> Verdict:
        """On the headline, corrected; "can't tell" for a task without one."""
        return self.differences[self.headline].verdict if self.headline else "can't tell"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer. ``left_out``: items that only one run has (or that failed in one)."""

    first: Run
    second: Run
    verdict: Verdict
    sets: list[SetComparison]
    left_out: int
    failed: tuple[int, int]


def compare(first: Run, second: Run, shared: bool = False, draws: int = statistics.DRAWS) -> Comparison:
    """Run ``second`` against run ``first``.

    Raises ``ComparisonError`` where they were not made on the same cases (unless ``shared``), where they have no item in
    common, or where one isn't finished and ``shared`` doesn't say that a part will do.
    """
    _check_same(first, second, shared)
    ours = {result.key: result for result in first.results}
    theirs = {result.key: result for result in second.results}
    common = {case.id for case in first.cases.values() if _in_both(case, second)}
    repeats = range(min(first.manifest["repeats"], second.manifest["repeats"]))
    wanted = [(name, number) for number in repeats for name in first.cases if name in common]
    keys = [key for key in wanted if key in ours and key in theirs and ours[key].observation and theirs[key].observation]
    if not keys:
        raise ComparisonError(f"{first.name} and {second.name} have no finished case in common. Run both on the same cases.")
    sets = []
    for task, group in dict.fromkeys((first.cases[name].task, first.cases[name].group) for name, _ in keys):
        members = [k for k in keys if first.cases[k[0]].task == task and first.cases[k[0]].group == group]
        sets.append(_compare_set(first, task_named(task), group, [(ours[k], theirs[k]) for k in members], draws))
    sets, verdict = _decided(sets)
    return Comparison(
        first,
        second,
        verdict,
        sets,
        left_out=max(len(ours), len(theirs)) - len(keys),
        failed=(_failed(first), _failed(second)),
    )


def _in_both(case: Case, other: Run) -> bool:
    return case.id in other.cases and same_case(case, other.cases[case.id])


def _failed(run: Run) -> int:
    return sum(result.error is not None for result in run.results)


def _check_same(first: Run, second: Run, shared: bool) -> None:
    if shared:
        return
    one, two = first.manifest["sets"], second.manifest["sets"]
    if first.manifest["digest"] != second.manifest["digest"]:
        differing = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
        raise ComparisonError(
            f"{first.name} and {second.name} were made on different cases ({', '.join(differing)}). Run the older one again "
            "with the same --task, --split, --limit and --data; or say --shared to compare the cases that both have."
        )
    for run in (first, second):
        expected = len(run.cases) * run.manifest["repeats"]
        if len(run.results) < expected:
            raise ComparisonError(
                f"{run.name} is not finished ({len(run.results)} of {expected} cases). Give its command again to finish it: "
                f"{run.manifest['command']}; or say --shared to compare what both have."
            )


def _compare_set(first: Run, task: Task, group: str, pairs: Sequence[tuple[Result, Result]], draws: int) -> SetComparison:
    ours = [_observed(one) for one, _ in pairs]
    theirs = [_observed(two) for _, two in pairs]
    differences = statistics.compared(ours, theirs, task.metrics, task.gated, draws)
    changed = []
    for one, two in pairs:
        before, after = _observed(one), _observed(two)
        if before.counts == after.counts:
            continue
        turned = "different"
        if before.ok is not None and after.ok is not None and before.ok != after.ok:
            turned = "better" if after.ok else "worse"
        changed.append(Changed(first.cases[one.case], one.repeat, turned, one, two))
    order = {"worse": 0, "better": 1, "different": 2}
    changed.sort(key=lambda c: order[c.turned])
    stories = len({o.story for o in ours})
    # repeats of one case are not independent of each other: McNemar takes the first of each
    firsts = [(a.ok, b.ok) for (one, _), a, b in zip(pairs, ours, theirs, strict=True) if one.repeat == 0]
    mcnemar = statistics.mcnemar([a for a, _ in firsts], [b for _, b in firsts])
    measured = {name: d.difference for name, d in differences.items()}
    return SetComparison(task.name, group, headline(task, measured), differences, mcnemar, len(pairs), stories, changed)


def _observed(result: Result) -> Observation:
    assert result.observation is not None, "only finished cases are compared"
    return result.observation


def _decided(sets: list[SetComparison]) -> tuple[list[SetComparison], Verdict]:
    """The headlines' verdicts after Holm, and the verdict over all of them."""
    keys = {f"{s.task}/{s.group}": s for s in sets if s.headline}
    headlines = {key: s.differences[s.headline] for key, s in keys.items() if s.headline}
    higher = {key: task_named(s.task).gated[s.headline] for key, s in keys.items() if s.headline}
    judged = statistics.corrected(headlines, higher)
    decided = []
    for one in sets:
        found = judged.get(f"{one.task}/{one.group}")
        if found is None or one.headline is None:
            decided.append(one)
            continue
        merged = {**one.differences, one.headline: found}
        decided.append(
            SetComparison(one.task, one.group, one.headline, merged, one.mcnemar, one.items, one.stories, one.changed)
        )
    return decided, statistics.overall([found.verdict for found in judged.values()])


def as_json(comparison: Comparison) -> list[dict[str, Any]]:
    """A line for each metric, then one with the verdict."""
    lines: list[dict[str, Any]] = []
    for one in comparison.sets:
        for name, d in one.differences.items():
            lines.append(
                {
                    "task": one.task,
                    "set": one.group,
                    "metric": name,
                    "headline": name == one.headline,
                    "first": d.first,
                    "second": d.second,
                    "difference": d.difference,
                    "low": d.low,
                    "high": d.high,
                    "p": d.p,
                    "verdict": d.verdict,
                }
            )
        only_first, only_second, p = one.mcnemar
        lines.append(
            {"task": one.task, "set": one.group, "mcnemar": {"only_first": only_first, "only_second": only_second, "p": p}}
        )
    lines.append(
        {
            "verdict": comparison.verdict,
            "first": str(comparison.first.path),
            "second": str(comparison.second.path),
            "left_out": comparison.left_out,
            "failed": list(comparison.failed),
        }
    )
    return lines
