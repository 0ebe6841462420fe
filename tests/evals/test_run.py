"""Runs: nothing asked twice, nothing lost, and each failure on the record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals import figures, rundir
from evals import run as running
from evals.plan import PlanError, Selection, estimate, matrix, plan
from evals.registry import UnknownTask
from evals.rundir import RunError
from evals.system import Combination
from service.errors import BudgetExceeded, ConfigurationError, ModelRejected, ModelTimeout
from tests.evals.setting import EXTRACTIVE, Counting, run, small_plan


def test_tasks_of_one_run_share_their_briefs(tmp_path: Path) -> None:
    """Brief and cost look at the same articles: each is asked for once, and each case has its result."""
    maker = Counting()
    chosen = small_plan("brief", "cost")
    path, progress = run(tmp_path, maker, chosen, concurrency=4)
    assert len(maker.asked) == len(set(maker.asked)) == len(chosen.cases) / 2
    assert progress.done == len(chosen.cases)
    assert rundir.read_manifest(path)["finished"] is not None


def test_a_stopped_run_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    """Stopped after two briefs, with a last line cut in half as by a kill: the rest is asked, the finished is not."""
    chosen = small_plan()
    first = Counting(stop_after=2)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, first, chosen, concurrency=1)
    results = tmp_path / "run" / "results.jsonl"
    finished = results.read_text().count("\n")
    assert finished == 2
    with results.open("a") as file:
        file.write('{"case": "half a li')
    second = Counting()
    path, progress = run(tmp_path, second, chosen, concurrency=1)
    assert not set(first.asked) & set(second.asked)
    assert len(first.asked) + len(second.asked) == len(chosen.cases)
    assert progress.done == progress.total == len(rundir.read(path).results)
    assert all(json.loads(line) for line in results.read_text().splitlines())


def test_a_finished_run_is_not_gone_on_with(tmp_path: Path) -> None:
    """Its name is taken; without a name a new directory is made beside it."""
    chosen = small_plan()
    path, _ = run(tmp_path, Counting(), chosen)
    with pytest.raises(RunError, match="Give another --name"):
        run(tmp_path, Counting(), chosen)
    other, _ = running.open_run(tmp_path, None, EXTRACTIVE, chosen, running.Terms())
    assert other != path


def test_another_question_is_another_run(tmp_path: Path) -> None:
    """An unfinished run with other cases, other repeats or another system is left alone."""
    terms = running.Terms()
    begun, _ = running.open_run(tmp_path, None, EXTRACTIVE, small_plan(), terms)
    assert running.open_run(tmp_path, None, EXTRACTIVE, small_plan(), terms)[0] == begun
    assert running.open_run(tmp_path, None, EXTRACTIVE, small_plan(), running.Terms(repeats=2))[0] != begun
    assert running.open_run(tmp_path, None, EXTRACTIVE, small_plan(limit=2), terms)[0] != begun
    assert running.open_run(tmp_path, None, Combination("extractive", weaken=0.1), small_plan(), terms)[0] != begun
    assert running.open_run(tmp_path, None, EXTRACTIVE, small_plan(), terms, fresh=True)[0] != begun


def test_changed_code_begins_anew_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a run by one version and half by another would be a figure of neither."""
    begun, _ = running.open_run(tmp_path, None, EXTRACTIVE, small_plan(), running.Terms())
    monkeypatch.setattr("evals.provenance.code_digest", lambda: "another")
    other, told = running.open_run(tmp_path, None, EXTRACTIVE, small_plan(), running.Terms())
    assert other != begun
    assert str(begun) in told


def test_repeats_ask_again_and_give_a_spread(tmp_path: Path) -> None:
    """Two repeats are two answers for each article; the figures come with their spread."""
    maker = Counting()
    chosen = small_plan("brief")
    path, _ = run(tmp_path, maker, chosen, repeats=2)
    assert len(maker.asked) == 2 * len(chosen.cases)
    found = figures.of_run(rundir.read(path), draws=0)[0]
    assert found.spreads["vital_facts"].repeats == 2
    assert found.spreads["vital_facts"].deviation == 0


def test_a_failed_case_is_on_record_and_is_tried_again(tmp_path: Path) -> None:
    """A timeout fails the case, not the run; the run stays open, and the next start asks for that case."""
    chosen = small_plan()
    path, progress = run(tmp_path, Counting(error=ModelTimeout("no answer within 120 s")), chosen)
    assert progress.failed == progress.done == len(chosen.cases)
    found = rundir.read(path)
    assert {result.error["code"] for result in found.results if result.error} == {"model_timeout"}
    assert figures.of_run(found, 0)[0].failed > 0
    assert figures.of_run(found, 0)[0].figures["seconds_p50"].value is None
    maker = Counting()
    path, progress = run(tmp_path, maker, chosen)
    assert (progress.failed, len(maker.asked)) == (0, len(chosen.cases))
    assert rundir.read_manifest(path)["finished"] is not None


def test_a_model_that_is_not_there_ends_the_run_at_once(tmp_path: Path) -> None:
    """The first refusal tells all: nothing is recorded, and the error is the caller's to see."""
    with pytest.raises(ModelRejected, match="no such model"):
        run(tmp_path, Counting(error=ModelRejected("no such model")), small_plan(), concurrency=1)
    assert rundir.read(tmp_path / "run").results == []


def test_a_fault_in_a_task_is_a_failed_case_with_its_place(tmp_path: Path) -> None:
    """A crash of one case names the error and the line; the others go on."""
    path, progress = run(tmp_path, Counting(error=ZeroDivisionError("oops")), small_plan())
    assert progress.failed == progress.total
    told = next(iter(running.errors(rundir.read(path).results)))
    assert told.startswith("crash: ZeroDivisionError: oops (setting.py:")


def test_the_budget_stops_a_run_and_keeps_what_is_finished(tmp_path: Path) -> None:
    """With nothing left to spend no case is begun; a higher budget goes on."""
    with pytest.raises(BudgetExceeded, match="higher --budget"):
        run(tmp_path, Counting(), small_plan(), budget_usd=0.0)
    _, progress = run(tmp_path, Counting(), small_plan(), budget_usd=1.0)
    assert progress.done == progress.total


def test_two_processes_do_not_write_to_one_run(tmp_path: Path) -> None:
    """The second is told to wait."""
    path, _ = running.open_run(tmp_path, "run", EXTRACTIVE, small_plan(), running.Terms())
    with rundir.appending(path), pytest.raises(RunError, match="another process"), rundir.appending(path):
        pass


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda run: (run / "manifest.json").unlink(), "no manifest"),
        (lambda run: (run / "manifest.json").write_text('{"form'), "can't be read"),
        (lambda run: (run / "manifest.json").write_text("{}"), "another version"),
        (lambda run: (run / "cases.jsonl").write_text(""), "not what the manifest says"),
        (lambda run: (run / "cases.jsonl").unlink(), "missing or damaged"),
        (lambda run: (run / "results.jsonl").write_text("not json\n" + (run / "results.jsonl").read_text()), "line 1"),
        (lambda run: (run / "results.jsonl").unlink(), "no results"),
    ],
)
def test_a_damaged_run_says_what_to_do(tmp_path: Path, damage: object, words: str) -> None:
    """Each way of being damaged is told apart."""
    path, _ = run(tmp_path, Counting(), small_plan(limit=1))
    damage(path)  # type: ignore[operator]
    with pytest.raises(RunError, match=words):
        rundir.read(path)


def test_the_matrix_is_every_combination_once() -> None:
    """Two models and two prompts make four runs; an engine named beside them makes five."""
    assert len(matrix([], ["a", "b"], ["brief@1", "judge@1"])) == 4
    assert len(matrix(["extractive", "openai"], ["a", "b", "a"], ["brief@1", "judge@1"])) == 5
    assert matrix([], [], []) == [EXTRACTIVE]
    assert matrix(["openai"], [], [])[0].model is not None


def test_wishes_that_do_not_go_together_are_refused() -> None:
    """Each with a sentence on what to do."""
    with pytest.raises(PlanError, match="Add --engine openai"):
        matrix(["extractive"], ["a"], [])
    with pytest.raises(PlanError, match="no engine 'gpt'"):
        matrix(["gpt"], [], [])
    with pytest.raises(UnknownTask, match="The tasks are: furniture"):
        plan(Selection(("furnitures",)))
    with pytest.raises(PlanError, match="dev, test or all"):
        plan(Selection((), "train"))
    with pytest.raises(PlanError, match="1 or more"):
        plan(Selection(("cost",), limit=0))


def test_the_estimate_counts_articles_once() -> None:
    """Brief and cost share their calls; the embedded engine asks nobody; a price that isn't known is no price."""
    chosen = small_plan("brief", "cost")
    wanted = Combination("openai", "gpt-5-mini")
    alone, both = estimate(wanted, small_plan("brief"), 1), estimate(wanted, chosen, 1)
    assert alone == both
    assert both.calls == len(chosen.cases) / 2
    assert both.cost_usd is not None
    assert estimate(wanted, chosen, 3).calls == 3 * both.calls
    assert estimate(EXTRACTIVE, chosen, 1).calls == 0
    assert estimate(Combination("openai", "nobody-knows"), chosen, 1).cost_usd is None


def test_a_run_keeps_articles_with_any_character(tmp_path: Path) -> None:
    """Line separators, next-line, NUL and lone surrogates in an article don't damage the run."""
    chosen = small_plan("cost", limit=1)
    text = "A first\u2028line. A second\u0085one.\x00 A \udc80 third."
    odd = replace(chosen, cases=tuple(replace(case, input={"text": text}) for case in chosen.cases))
    path, _ = running.open_run(tmp_path, None, EXTRACTIVE, odd, running.Terms())
    with rundir.appending(path) as appender:
        for case in odd.cases:
            appender.add(rundir.Result(case.id, case.task, 0, 0.1, output={"said": text}))
    found = rundir.read(path)
    assert {case.input["text"] for case in found.cases.values()} == {text}
    assert {result.output["said"] for result in found.results if result.output} == {text}


def test_a_missing_key_ends_the_run_at_once(tmp_path: Path) -> None:
    """It is one mistake, not as many failures as there are cases."""
    with pytest.raises(ConfigurationError, match="set OPENAI_API_KEY"):
        run(tmp_path, Counting(error=ConfigurationError("no key: set OPENAI_API_KEY")), small_plan(), concurrency=1)
