"""The gate fails when it must, and a floor never falls by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import gate
from evals.gate import Baseline, Finding, GateError, Measured

GOOD = Measured({"f1": 0.8, "lost": 0.1}, {"f1": True, "lost": False}, "d1", 10)
HELD = Baseline({"own/set": {"digest": "d1", "cases": 10, "floors": {"f1": 0.8, "lost": 0.1}}})


def signs(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.metric, finding.sign) for finding in findings}


def judged(found: Measured, held: Baseline = HELD) -> list[Finding]:
    return gate.judge(held, {"own/set": found})


def test_the_same_figures_pass() -> None:
    """Everything holds."""
    assert gate.passes(judged(GOOD))


@pytest.mark.parametrize(
    ("figures", "sign"),
    [
        ({"f1": 0.7998, "lost": 0.1}, ("f1", "below")),
        ({"f1": 0.8, "lost": 0.1002}, ("lost", "below")),
        ({"f1": None, "lost": 0.1}, ("f1", "missing")),
        ({"lost": 0.1}, ("f1", "missing")),
    ],
)
def test_a_worse_or_missing_figure_fails(figures: dict[str, float | None], sign: tuple[str, str]) -> None:
    """In the direction of each metric; an undefined figure does not slip through."""
    findings = judged(replace(GOOD, figures=figures))
    assert sign in signs(findings)
    assert not gate.passes(findings)


def test_a_set_that_vanished_fails_and_one_that_was_skipped_says_so() -> None:
    """No cases where there are floors is a failure, unless its data is known not to be here: then it is said."""
    assert not gate.passes(gate.judge(HELD, {}))
    other = Baseline({**HELD.floors, "own/outside": {"digest": "x", "cases": 1, "floors": {"f1": 0.9}}})
    findings = gate.judge(other, {"own/set": GOOD}, skipped=["own/outside"])
    assert ("", "skipped") in signs(findings)
    assert gate.passes(findings)


def test_a_gate_that_holds_nothing_does_not_pass() -> None:
    """No floors, or all of them skipped, is no gate."""
    assert not gate.passes(gate.judge(Baseline(), {"own/set": GOOD}))
    assert not gate.passes(gate.judge(HELD, {}, skipped=["own/set"]))


def test_other_cases_fail() -> None:
    """A figure on other cases says nothing about the floor, though it be higher."""
    findings = judged(replace(GOOD, digest="d2", figures={"f1": 0.99, "lost": 0.0}))
    assert ("", "changed") in signs(findings)
    assert not gate.passes(findings)


def test_failed_cases_fail() -> None:
    """A case that crashed is not left out of the figure in silence."""
    assert not gate.passes(judged(replace(GOOD, failed=1)))
    assert not gate.passes(gate.judge(HELD, {"own/set": GOOD, "own/new": replace(GOOD, failed=2)}))


def test_raising_moves_up_only() -> None:
    """Better figures become floors, in the direction of the metric; worse ones don't."""
    better = gate.raised(HELD, {"own/set": replace(GOOD, figures={"f1": 0.85, "lost": 0.05})})
    assert better.floors["own/set"]["floors"] == {"f1": 0.85, "lost": 0.05}
    worse = gate.raised(HELD, {"own/set": replace(GOOD, figures={"f1": 0.7, "lost": 0.2})})
    assert worse.floors == HELD.floors


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6))
def test_no_sequence_of_raises_lowers_a_floor(values: list[tuple[float, float]]) -> None:
    """Whatever figures come, in whatever order: f1's floor never falls and lost's never rises."""
    held = HELD
    for f1, lost in values:
        before = held.floors["own/set"]["floors"]
        held = gate.raised(held, {"own/set": replace(GOOD, figures={"f1": f1, "lost": lost})})
        after = held.floors["own/set"]["floors"]
        assert after["f1"] >= before["f1"]
        assert after["lost"] <= before["lost"]


@given(st.floats(0, 100), st.booleans())
def test_a_floor_holds_the_figure_that_set_it(value: float, higher: bool) -> None:
    """Rounding never makes a build fail that measured the very same figure again."""
    found = Measured({"m": value}, {"m": higher}, "d", 1)
    held = gate.raised(Baseline(), {"own/x": found})
    assert gate.passes(gate.judge(held, {"own/x": found}))


def test_new_cases_are_taken_over_only_where_all_floors_hold() -> None:
    """Raising takes a new digest when nothing got worse, and leaves the old one when something did."""
    fine = gate.raised(HELD, {"own/set": replace(GOOD, digest="d2", cases=12)})
    assert fine.floors["own/set"]["digest"] == "d2"
    worse = gate.raised(HELD, {"own/set": replace(GOOD, digest="d2", figures={"f1": 0.5, "lost": 0.0})})
    assert worse.floors == HELD.floors
    failed = gate.raised(HELD, {"own/set": replace(GOOD, digest="d2", failed=1)})
    assert failed.floors == HELD.floors


def test_lowering_needs_a_reason_and_keeps_it() -> None:
    """The file says what fell, from what to what, when and why; the next judgement holds the new floor."""
    worse = replace(GOOD, figures={"f1": 0.7, "lost": 0.1}, digest="d2")
    for reason in ("", "  "):
        with pytest.raises(GateError, match="reason"):
            gate.lowered(HELD, {"own/set": worse}, ["own/set"], reason, "now")
    with pytest.raises(GateError, match="The sets are: own/set"):
        gate.lowered(HELD, {"own/set": worse}, ["own/sets"], "why", "now")
    with pytest.raises(GateError, match="failed"):
        gate.lowered(HELD, {"own/set": replace(worse, failed=1)}, ["own/set"], "why", "now")
    lowered = gate.lowered(HELD, {"own/set": worse}, ["own/set"], "harder cases", "2026-01-01T00:00:00Z")
    assert lowered.lowered[-1]["reason"] == "harder cases"
    assert lowered.lowered[-1]["floors"] == {"f1": {"from": 0.8, "to": 0.7}}
    assert gate.passes(gate.judge(lowered, {"own/set": worse}))
    assert not gate.passes(gate.judge(lowered, {"own/set": replace(worse, figures={"f1": 0.69, "lost": 0.1})}))


def test_a_baseline_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Floors and the history of lowerings."""
    path = tmp_path / "baseline.json"
    written = gate.lowered(HELD, {"own/set": GOOD}, ["own/set"], "why", "now")
    gate.save(written, path)
    assert gate.load(path) == written


def test_a_missing_or_damaged_baseline_is_an_error(tmp_path: Path) -> None:
    """Never a gate that passes because it holds nothing."""
    with pytest.raises(GateError, match="no baseline"):
        gate.load(tmp_path / "none.json")
    for text in ("{", "[]", '{"sets": {"a": {}}, "lowered": []}', '{"sets": 3, "lowered": []}'):
        (tmp_path / "baseline.json").write_text(text)
        with pytest.raises(GateError, match="damaged"):
            gate.load(tmp_path / "baseline.json")


def test_our_baseline_holds_every_set_of_ours() -> None:
    """Each task that gates something has floors for each of its sets without outside data."""
    from evals.plan import Selection, plan

    held = gate.load()
    chosen = plan(Selection(split="all"))
    gated = {task.name for task in chosen.tasks if task.gated}
    wanted = {f"{case.task}/{case.group}" for case in chosen.cases if case.task in gated}
    assert wanted <= held.floors.keys()
    assert all(json.dumps(entry["floors"]) != "{}" for entry in held.floors.values())
