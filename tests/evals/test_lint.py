"""The linter: our cases are sound, and each kind of fault in a case is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals import lint as linting
from evals.cases import FOLDER, CaseError, case_digest, digest, load, own, rows

TEXT = "The minister met the envoy in Basel on Friday. They spoke for two hours about the price of salt, officials said."


def good() -> dict[str, Any]:
    """A sound case."""
    return {
        "id": "a",
        "split": "dev",
        "story": "a",
        "group": "own",
        "licence": "Apache-2.0",
        "origin": "written for Readout",
        "article": {"text": TEXT},
        "gold": {"sentences": [{"start": 0, "end": 46, "text": TEXT[:46]}]},
    }


def folder(path: Path, *cases: dict[str, Any]) -> Path:
    (path / "mine.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    return path


def problems(path: Path, *cases: dict[str, Any]) -> list[str]:
    return [found.problem for found in linting.lint(folder(path, *cases), prompts=path / "prompts").problems]


def other(**changes: Any) -> dict[str, Any]:
    return {**good(), **changes}


def test_our_own_cases_are_sound() -> None:
    """Schema, spans, duplicates, leaks between dev and test and with the prompts: nothing to complain of."""
    found = linting.lint()
    assert found.problems == []
    assert {"seeds.jsonl", "briefs.jsonl", "furniture.jsonl", "sentences.jsonl"} <= found.files.keys()


def test_a_sound_case_passes(tmp_path: Path) -> None:
    """The fixture of this module has no fault but those that the tests put in."""
    assert problems(tmp_path, good()) == []


def test_a_wrong_span_is_found_with_where_its_words_stand(tmp_path: Path) -> None:
    """Off by one is told with the right place; words that stand nowhere are told to be so."""
    found = problems(tmp_path, other(gold={"sentences": [{"start": 1, "end": 47, "text": TEXT[:46]}]}))
    assert "the words stand at 0..46" in found[0]
    found = problems(tmp_path, other(gold={"sentences": [{"start": 0, "end": 4, "text": "Thee"}]}))
    assert "stand nowhere" in found[0]
    found = problems(tmp_path, other(gold={"sentences": [{"start": 900, "end": 904, "text": "The "}]}))
    assert "out of the text" in found[0]


def _meeting(**changes: Any) -> dict[str, Any]:
    base = {
        "key": "basel",
        "status": "happened",
        "status_claims": [{"status": "happened", "by": None, "quote": "met the envoy"}],
        "participants": [{"name": "the minister", "role": None, "affiliation": None, "part": "principal"}],
        "date": {"text": "Friday", "edtf": None},
        "place": None,
        "durations": [],
        "kind": "bilateral",
        "mode": "in_person",
        "setting": "formal",
        "occasion": None,
        "topics": [],
        "outcomes": [],
        "disagreements": [],
        "evidence": [TEXT[:46]],
    }
    return {**base, **changes}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda case: case.pop("licence"), "'licence' is a required property"),
        (lambda case: case.update(split="train"), "'train' is not one of"),
        (lambda case: case.update(gold={}), "gold"),
        (lambda case: case["gold"].update(sentense=[]), "sentense"),
        (lambda case: case["gold"].update(meetings=[_meeting(status="perhaps")]), "perhaps"),
        (lambda case: case["gold"].update(meetings=[_meeting(date={"text": "Friday", "edtf": "Friday"})]), "edtf|valid"),
        (lambda case: case["gold"].update(meetings=[_meeting(evidence=["They never met."])]), "doesn't stand in"),
        (lambda case: case["gold"].update(meetings=[_meeting(), _meeting()]), "a key comes twice"),
        (lambda case: case["gold"].update(not_meetings=["met a fate"]), "doesn't stand in"),
        (
            lambda case: case["gold"].update(
                key_facts=[
                    {
                        "id": "k1",
                        "text": "salt",
                        "vital": True,
                        "needs": [["pepper"]],
                        "evidence": case["gold"]["sentences"],
                    }
                ]
            ),
            "own evidence lacks",
        ),
        (
            lambda case: case["gold"].update(sentences=case["gold"]["sentences"] * 2),
            "overlap",
        ),
    ],
)
def test_each_fault_of_a_case_is_found(tmp_path: Path, change: Callable[[dict[str, Any]], None], words: str) -> None:
    """Schema and content."""
    import re

    case = json.loads(json.dumps(good()))
    change(case)
    found = problems(tmp_path, case)
    assert found
    assert re.search(words, " ".join(found))


def test_duplicates_are_found(tmp_path: Path) -> None:
    """The same id, and the same article under another id."""
    found = problems(tmp_path, good(), other(id="b", story="b", article={"text": TEXT.replace(" ", "  ", 0)}))
    assert any("the same article" in words for words in found)
    found = problems(tmp_path, good(), other(article={"text": TEXT[:46]}))
    assert any("id is taken" in words for words in found)


def test_leaks_between_dev_and_test_are_found(tmp_path: Path) -> None:
    """A story in both, and an article that is nearly one of the other split's."""
    elsewhere = "Quite another thing happened at the harbour of Oban, where a crane fell over and nobody was hurt at all."
    here = {"sentences": [{"start": 0, "end": 5, "text": "Quite"}]}
    found = problems(tmp_path, good(), other(id="b", split="test", article={"text": elsewhere}, gold=here))
    assert any("in dev and test" in words for words in found)
    near = TEXT.replace("Basel", "Bern")
    gold = {"sentences": [{"start": 0, "end": 3, "text": "The"}]}
    found = problems(tmp_path, good(), other(id="b", story="b", split="test", article={"text": near}, gold=gold))
    assert any("nearly the same article" in words for words in found)
    found = problems(tmp_path, good(), other(id="b", story="b", split="test", article={"text": elsewhere}, gold=here))
    assert found == []


def test_a_case_in_a_prompt_is_found(tmp_path: Path) -> None:
    """An example that is taken from a case gives the answer away."""
    prompts = tmp_path / "prompts" / "brief"
    prompts.mkdir(parents=True)
    (prompts / "1.md").write_text(f"--- system\nFor example: {TEXT[5:100]}\n")
    assert any("given away" in words for words in problems(tmp_path, good()))


def test_files_that_are_no_cases_are_told_apart(tmp_path: Path) -> None:
    """Not JSON, not an object, not UTF-8, not there: each with line or byte."""
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": 1}\n{"id": \n')
    with pytest.raises(CaseError, match=r"x\.jsonl:2: not JSON"):
        list(rows(path))
    path.write_text("[1]\n")
    with pytest.raises(CaseError, match="not an object"):
        list(rows(path))
    path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(CaseError, match="not UTF-8"):
        list(rows(path))
    with pytest.raises(CaseError, match="no such file"):
        list(rows(tmp_path / "none.jsonl"))
    with pytest.raises(CaseError, match=r"no \*\.jsonl"):
        linting.lint(tmp_path / "none")


def test_loading_proves_spans_too(tmp_path: Path) -> None:
    """A run never starts on gold that doesn't slice back, though nobody has called the linter."""
    folder(tmp_path, other(gold={"sentences": [{"start": 1, "end": 4, "text": "The"}]}))
    with pytest.raises(CaseError, match=r"mine\.jsonl:1 \(a\) gold\.sentences: span 1\.\.4"):
        load(tmp_path / "mine.jsonl", "sentences", "sentences")


def test_a_digest_is_of_content_and_not_of_order() -> None:
    """The same cases in another order have the same digest; one changed letter of gold gives another."""
    cases = load(own("sentences"), "sentences", "sentences")
    assert digest(cases) == digest(reversed(cases))
    assert digest(cases) != digest(cases[1:])
    assert case_digest(cases[0]) != case_digest(cases[1])
    assert FOLDER.name == "cases"
