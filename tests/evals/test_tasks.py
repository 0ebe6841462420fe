"""Our own tasks' scorers: a perfect answer scores full, and each way of being wrong costs what it should."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import facts, invented
from evals.base import Case, Observation, Task
from evals.cases import load, own
from evals.plan import Selection, plan
from evals.registry import NAMES, task
from evals.system import Combination, WiredSystem, booked
from service.errors import ModelRefused
from tests.evals.setting import EXTRACTIVE, Counting

ARTICLE = (
    "Port of Oban shuts after crane falls\n\nThe port of Oban was shut on Friday after a crane fell over. Three people "
    'were hurt, two of them badly. "It was like a tree," said Moira Blair, 41.\n\nShare on Facebook'
)


def case(name: str, gold: Mapping[str, Any], text: str = ARTICLE) -> Case:
    return Case(f"c/{name}", name, "dev", "c", "own", {"text": text, "title": None}, gold, "x", "y")


def span(words: str) -> dict[str, Any]:
    start = ARTICLE.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def figures(name: str, given: Case, output: Mapping[str, Any]) -> dict[str, float | None]:
    found = task(name)
    return dict(found.metrics([found.score(given, output)]))


@pytest.mark.parametrize("name", NAMES)
def test_every_task_keeps_the_harness_s_promises(name: str) -> None:
    """The same metrics for one observation, for a resample with repetitions and for none, all undefined for none; gated
    names are metrics; observations are plain JSON; cases have unique ids, a licence and an origin."""
    found: Task = task(name)
    cases = plan(Selection((name,), "all", limit=2)).cases
    assert cases
    assert all(one.licence and one.origin for one in cases)
    system = WiredSystem(EXTRACTIVE, Counting())

    async def outputs() -> list[Observation]:
        return [found.score(one, json.loads(json.dumps(await found.run(one, system)))) for one in cases[:3]]

    observations = asyncio.run(outputs())
    whole = found.metrics(observations)
    assert found.metrics([]).keys() == whole.keys() == found.metrics([*observations, observations[0]]).keys()
    assert set(found.gated) <= whole.keys()
    assert all(value is None or value == 0 for value in found.metrics([]).values())
    for observation in observations:
        json.dumps(observation.counts, allow_nan=False)


def test_furniture_is_scored_by_characters_however_it_is_cut() -> None:
    """One span or one a word; white space never counts; what is in gold only or in the output only is told."""
    gold = {"furniture": [{"kind": "share", "span": span("Share on Facebook")}]}
    start = span("Share on Facebook")["start"]
    whole = {"furniture": [{"start": start, "end": start + 17, "kind": "share"}]}
    words = {"furniture": [{"start": start + a, "end": start + b, "kind": "share"} for a, b in ((0, 5), (6, 8), (9, 17))]}
    assert figures("furniture", case("furniture", gold), whole)["f1"] == 1.0
    assert figures("furniture", case("furniture", gold), words)["f1"] == 1.0
    none = figures("furniture", case("furniture", gold), {"furniture": []})
    assert (none["f1"], none["recall"], none["precision"], none["story_lost"]) == (0.0, 0.0, None, 0.0)
    everything = {"furniture": [{"start": 0, "end": len(ARTICLE), "kind": "share"}]}
    assert figures("furniture", case("furniture", gold), everything)["story_lost"] == 1.0
    wrong_kind = {"furniture": [{"start": start, "end": start + 17, "kind": "legal"}]}
    assert figures("furniture", case("furniture", gold), wrong_kind)["kind"] == 0.0


def test_what_could_be_either_counts_neither_way() -> None:
    """A headline that a careful reader may call furniture or story."""
    gold = {"furniture": [], "either": [span("Port of Oban shuts after crane falls")]}
    taken = {"furniture": [{"start": 0, "end": 36, "kind": "other"}]}
    assert figures("furniture", case("furniture", gold), taken)["story_lost"] == 0.0
    assert task("furniture").score(case("furniture", gold), taken).ok


def test_sentences_count_wrong_and_missed_cuts() -> None:
    """Cut after "Friday": one wrong cut, one sentence lost and two that are none; not cut at all: a missed one."""
    text = "It shut on Friday. It rained."
    gold = {"sentences": [{"start": 0, "end": 18, "text": text[:18]}, {"start": 19, "end": 29, "text": text[19:]}]}
    given = case("sentences", gold, text)
    assert figures("sentences", given, {"sentences": [[0, 18], [19, 29]]})["f1"] == 1.0
    over = figures("sentences", given, {"sentences": [[0, 10], [11, 18], [19, 29]]})
    assert over["wrong_cuts"] == pytest.approx(1 / 3)
    assert over["missed_cuts"] == 0.0
    under = figures("sentences", given, {"sentences": [[0, 29]]})
    assert (under["wrong_cuts"], under["missed_cuts"], under["f1"]) == (0.0, 0.5, 0.0)


FACTS = [
    {"id": "k1", "text": "shut", "vital": True, "needs": [["shut", "closed"], ["port"]], "evidence": [span("was shut")]},
    {"id": "k2", "text": "hurt", "vital": False, "needs": [["hurt", "injured"]], "evidence": [span("were hurt")]},
]


def statement(text: str, verdict: str = "supported", together: bool = True, wanted: tuple[bool, ...] = (True,)) -> Any:
    citations = {"together": together, "wanted": list(wanted)}
    return {"text": text, "verdict": verdict, "score": 0.9, "evidence": [[0, 10]], "citations": citations}


def brief(*statements: Any) -> dict[str, Any]:
    head, *rest = statements
    return {"headline": head, "statements": rest, "coverage": ["ok", "skipped"], "body": 100, "usage": {}}


def test_a_brief_is_scored_by_facts_inventions_and_citations() -> None:
    """Vital facts told, a number and a name that stand nowhere, a citation too many."""
    told = brief(
        statement("The port of Oban was closed."),
        statement("Seventeen 17 ships were sunk by Robert Maxwell.", "unsupported", False, (False, False)),
    )
    found = figures("brief", case("brief", {"key_facts": FACTS}), told)
    assert (found["vital_facts"], found["key_facts"], found["supported"]) == (1.0, 0.5, 0.5)
    assert found["citation_recall"] == 0.5
    assert found["citation_precision"] == pytest.approx(1 / 3)
    assert (found["invented_numbers"], found["invented_names"], found["invented_quotations"]) == (50.0, 100.0, 0.0)
    assert found["schema_valid"] == 1.0


def test_a_refused_or_broken_brief_tells_no_fact_and_is_counted() -> None:
    """It is not left out of the figures."""
    for key, metric, value in (("refused", "refused", 1.0), ("invalid", "schema_valid", 0.0)):
        found = figures("brief", case("brief", {"key_facts": FACTS}), {key: "no"})
        assert found[metric] == value
        assert found["vital_facts"] == 0.0
        assert found["supported"] is None


def test_a_model_that_refuses_is_an_outcome_and_not_a_crash() -> None:
    """The task turns the refusal into an output; other failures go through to the harness."""
    given = load(own("briefs"), "brief", "key_facts")[0]
    system = WiredSystem(Combination("openai", "m"), Counting(error=ModelRefused("I can't help with that")))
    assert asyncio.run(task("brief").run(given, system)) == {"refused": "I can't help with that"}


def test_replayed_answers_have_no_cost_and_no_time() -> None:
    """They came from the ledger: a figure of 0 would be a lie; an unknown price is no price."""
    usage = {
        **{"calls": 1, "replayed": 0, "failed_calls": 0, "input_tokens": 900, "output_tokens": 100},
        **{"cost_usd": 0.002, "seconds": 2.0},
    }
    given = case("cost", {})
    found = task("cost")
    made = found.score(given, {"usage": usage, "article_tokens": 300})
    replayed = found.score(given, {"usage": {**usage, "calls": 0, "replayed": 1, "seconds": 0.01}, "article_tokens": 300})
    unpriced = found.score(given, {"usage": {**usage, "cost_usd": None}, "article_tokens": 300})
    both = found.metrics([made, replayed])
    assert (both["seconds_p50"], both["usd_per_1000"], both["input_per_article_token"]) == (2.0, 2.0, 3.0)
    assert found.metrics([replayed])["seconds_p50"] is None
    assert found.metrics([made, unpriced])["usd_per_1000"] is None


@pytest.mark.parametrize(
    ("words", "names", "numbers", "quotations"),
    [
        ("The port of Oban was shut.", [], [], []),
        ("Three people were hurt; 3 in all, 2 badly.", [], [], []),
        ("Moira Blair's words were widely shared.", [], [], []),
        ("Officials said that 14 people were hurt.", [], ["14"], []),
        ("A crane fell on Mary Quant.", ["Mary", "Quant"], [], []),
        ("Blair said “it was like a tree”.", [], [], ["it was like a tree"]),
        ("Blair said: “It was like a tree.”", [], [], []),
        ('Blair called it "a bloody shame".', [], [], ["a bloody shame"]),
        ("London was not affected.", [], [], []),
        ("Mayor Sadiq Khan was not there.", ["Mayor", "Sadiq", "Khan"], [], []),
    ],
)
def test_inventions_are_found_by_letters(words: str, names: list[str], numbers: list[str], quotations: list[str]) -> None:
    """What stands nowhere in the article: names beyond the first word of a sentence, figures, words in marks."""
    assert invented.names(words, ARTICLE) == names
    assert invented.numbers(words, ARTICLE) == numbers
    assert invented.quotations(words, ARTICLE) == quotations


@given(st.text(max_size=200))
def test_an_article_invents_nothing_about_itself(text: str) -> None:
    """Whatever the article is: said of itself, none of it is invented."""
    assert invented.names(text, text) == []
    assert invented.numbers(text, text) == []


def test_numbers_are_the_same_however_they_are_written() -> None:
    """Thousands separators, a zero after the point, a full stop behind."""
    assert invented.numbers("It cost 1,200.50 and 3.0.", "Paid: 1200.5 and 3") == []
    assert invented.numbers("It cost 12,000.", "It cost 1,200.") == ["12,000"]


def test_a_fact_needs_all_its_groups_in_one_statement() -> None:
    """Words scattered over two statements don't make a fact; a beginning of a word does, its middle doesn't."""
    fact = {"needs": [["climb"], ["found", "rescued"]]}
    assert facts.covered(fact, ["The climbers were rescued."])
    assert not facts.covered(fact, ["The climbers waited.", "A dog was found."])
    assert not facts.covered({"needs": [["art"]]}, ["The party went on."])
    assert facts.covered({"needs": [["o’brien"]]}, ["O'Brien won."])


def test_briefs_are_shared_and_charged_once() -> None:
    """Two cases on one article: the second gets the first one's brief, and pays nothing."""
    given = load(own("briefs"), "cost", "key_facts")[0]
    maker = Counting()
    system = WiredSystem(EXTRACTIVE, maker)

    async def twice() -> list[float]:
        charged = []
        for _ in range(2):
            with booked() as account:
                await task("cost").run(given, system)
            charged.append(account.usage.seconds)
        return charged

    first, second = asyncio.run(twice())
    assert len(maker.asked) == 1
    assert first > 0
    assert second == 0


def test_weakening_damages_a_share_and_always_the_same() -> None:
    """For the harness's self-test: fewer spans, never others, and the same ones each time."""
    given = load(own("furniture"), "furniture", "furniture")[0]
    outputs = [
        asyncio.run(task("furniture").run(given, WiredSystem(Combination("extractive", weaken=share), Counting())))
        for share in (0.0, 0.5, 0.5)
    ]
    whole, weak, again = (output["furniture"] for output in outputs)
    assert weak == again
    assert 0 < len(weak) < len(whole)
    assert all(one in whole for one in weak)
