"""Comparisons of real runs: the embedded engine against itself and against a deliberately worse variant of itself."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals import compare as comparing
from evals import compare_page, figures, rundir
from evals import run as running
from evals.compare import ComparisonError
from evals.plan import Plan, Selection, plan
from evals.rundir import Run
from evals.system import Combination, wired

_TASKS = ("furniture", "sentences")


def made(out: Path, name: str, chosen: Plan, weaken: float = 0.0) -> Run:
    """A finished run of the embedded engine, whole or weakened."""
    combination = Combination("extractive", weaken=weaken)
    terms = running.Terms(concurrency=1)
    path, _ = running.open_run(out, name, combination, chosen, terms)
    asyncio.run(running.execute(path, combination, wired(combination), chosen, terms, lambda _: None))
    return rundir.read(path)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Three runs on the same cases, and one on fewer."""
    out = tmp_path_factory.mktemp("runs")
    chosen = plan(Selection(_TASKS, "all"))
    return {
        "whole": made(out, "whole", chosen),
        "again": made(out, "again", chosen),
        "weak": made(out, "weak", chosen, weaken=0.6),
        "fewer": made(out, "fewer", plan(Selection(_TASKS, "all", limit=7))),
    }


def test_against_itself_it_can_not_be_told(runs: dict[str, Run]) -> None:
    """Two runs of one system: the same on every item, no verdict, differences of exactly nothing."""
    found = comparing.compare(runs["whole"], runs["again"], draws=200)
    assert found.verdict == "can't tell"
    assert not any(one.changed for one in found.sets)
    assert {d.difference for one in found.sets for d in one.differences.values()} <= {0.0, None}


def test_a_deliberately_worse_variant_is_worse_with_its_interval(runs: dict[str, Run]) -> None:
    """Six in ten answers damaged: worse, the interval below zero, the cases named with both outputs; and the other way
    round it is better."""
    found = comparing.compare(runs["whole"], runs["weak"], draws=300)
    assert found.verdict == "worse"
    furniture = next(one for one in found.sets if (one.task, one.group) == ("furniture", "own"))
    f1 = furniture.differences["f1"]
    assert f1.verdict == "worse"
    assert f1.high is not None
    assert f1.high < 0
    worse = [change for change in furniture.changed if change.turned == "worse"]
    assert all(change.first.output != change.second.output for change in furniture.changed)
    assert furniture.mcnemar[0] == len(worse)
    assert comparing.compare(runs["weak"], runs["whole"], draws=300).verdict == "better"


def test_few_stories_have_no_verdict_of_their_own(runs: dict[str, Run]) -> None:
    """The four seeds are of two stories: whatever the difference, it can't be told."""
    found = comparing.compare(runs["whole"], runs["weak"], draws=100)
    assert {one.verdict for one in found.sets if one.group == "seeds"} == {"can't tell"}


def test_runs_on_different_cases_are_refused(runs: dict[str, Run]) -> None:
    """With the sets that differ and what to do; --shared compares what both have."""
    with pytest.raises(ComparisonError, match=r"different cases \(.*furniture/own.*--shared"):
        comparing.compare(runs["whole"], runs["fewer"])
    found = comparing.compare(runs["whole"], runs["fewer"], shared=True, draws=100)
    assert found.left_out > 0
    assert {one.items for one in found.sets} <= {7, 4}


def test_changed_gold_is_not_shared(runs: dict[str, Run], tmp_path: Path) -> None:
    """A case whose gold was changed between two runs is another case, though its id is the same."""

    chosen = plan(Selection(("furniture",), "all", limit=7))
    cases = (replace(chosen.cases[0], gold={**chosen.cases[0].gold, "furniture": []}), *chosen.cases[1:])
    other = made(tmp_path, "other", replace(chosen, cases=cases))
    found = comparing.compare(runs["whole"], other, shared=True, draws=100)
    own = next(one for one in found.sets if one.group == "own")
    assert own.items == 6


def test_an_unfinished_run_is_refused(runs: dict[str, Run]) -> None:
    """With the command that would finish it."""
    whole = runs["whole"]
    half = Run(whole.path, whole.manifest, whole.cases, whole.results[:5])
    with pytest.raises(ComparisonError, match="not finished"):
        comparing.compare(whole, half)
    assert comparing.compare(whole, half, shared=True, draws=100).verdict == "can't tell"


def test_nothing_in_common_is_refused(runs: dict[str, Run], tmp_path: Path) -> None:
    """Even with --shared."""
    sentences = made(tmp_path, "sentences", plan(Selection(("cost",), "all", limit=1)))
    with pytest.raises(ComparisonError, match="no finished case in common"):
        comparing.compare(runs["whole"], sentences, shared=True)


def test_a_comparison_is_plain_json(runs: dict[str, Run]) -> None:
    """For programs: a line a metric, the verdict last, and no NaN anywhere."""
    lines = comparing.as_json(comparing.compare(runs["whole"], runs["weak"], draws=100))
    assert json.loads(json.dumps(lines, allow_nan=False))[-1]["verdict"] in ("worse", "can't tell")


def test_old_outputs_are_scored_by_todays_scorers(runs: dict[str, Run]) -> None:
    """What a run noted when it was made doesn't count: its outputs are scored again; outputs of another shape are told."""
    whole = runs["whole"]
    forged = replace(whole, results=[replace(r, observation=replace(r.observation, ok=False)) for r in whole.results])  # type: ignore[type-var]
    assert figures.rescored(forged).results == whole.results
    strange = replace(whole, results=[replace(whole.results[0], output={"something": "else"})])
    with pytest.raises(rundir.RunError, match="Run it again"):
        figures.rescored(strange)


def test_a_comparison_is_a_page_with_both_outputs(runs: dict[str, Run]) -> None:
    """Self-contained: the verdict, each metric, each changed case with gold, A and B."""
    found = comparing.compare(runs["whole"], runs["weak"], draws=300)
    page = compare_page.page(found, 3)
    assert "B is worse than A." in page
    assert "weakened by 60%" in page
    assert "<script" not in page
    shown = page.count('<article class="case">')
    assert shown == sum(min(3, len(one.changed)) for one in found.sets)
    assert page.count("<figcaption>A</figcaption>") == page.count("<figcaption>B</figcaption>") == shown
