"""The cases: gold, made by careful reading, as JSON Lines beside their JSON Schemas.

``load`` reads a file of ours; ``rows`` reads any JSON Lines file and says where it is wrong. What proves the gold
(spans that slice back, no duplicates, no leaks) is ``evals.lint``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from evals.base import Case, Json, Split
from service.errors import InputError

#: The folder of our own cases; it travels inside the wheel.
FOLDER = Path(__file__).parent

SPLITS: tuple[Split, ...] = ("dev", "test")


class CaseError(InputError):
    """A case file that can't be used: missing, not JSON, or a case in it that is wrong. The detail says where and what
    to do."""

    code = "invalid_case"


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file with their line numbers (from 1); blank lines are skipped.

    Raises ``CaseError`` where the file is missing, not UTF-8, or a line is not a JSON object.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CaseError(f"{path}: there is no such file. Check the path (or --data, for sets from outside).") from None
    except UnicodeDecodeError as error:
        raise CaseError(f"{path}: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from None
    except OSError as error:
        raise CaseError(f"{path}: can't be read: {error.strerror}.") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CaseError(
                f"{path}:{number}: not JSON ({error.msg} at column {error.colno}). Each line holds one whole object."
            ) from None
        if not isinstance(row, dict):
            raise CaseError(f"{path}:{number}: a {type(row).__name__}, not an object. Each line holds one whole object.")
        yield number, row


def own(name: str) -> Path:
    """The path of one of our own files: ``own("seeds")`` is ``evals/cases/seeds.jsonl``."""
    return FOLDER / f"{name}.jsonl"


def load(path: Path, task: str, gold: str | Sequence[str], split: Split | None = None) -> list[Case]:
    """The cases of an article file (``article.schema.json``) for one task.

    Rows whose ``gold`` has none of the keys asked for are left out, as are those of the other split. ``input`` is the
    row's ``article`` (``text``, ``title``, ``published`` …); ``gold`` is the row's whole gold. Every span in the keys
    asked for is proved: raises ``CaseError`` naming file, line and case where one doesn't slice back.
    """
    keys = (gold,) if isinstance(gold, str) else tuple(gold)
    cases = []
    for number, row in rows(path):
        where = f"{path}:{number}"
        try:
            article, golds = row["article"], row["gold"]
            text = article["text"]
            row_split = row["split"]
            identity = row["id"]
        except (KeyError, TypeError) as error:
            raise CaseError(f"{where}: the case has no {error}; see {FOLDER / 'article.schema.json'}.") from None
        if row_split not in SPLITS:
            raise CaseError(f"{where}: split {row_split!r}: use dev or test.")
        if (split and row_split != split) or not any(key in golds for key in keys):
            continue
        for key in keys:
            prove_spans(golds.get(key), text, f"{where} ({identity}) gold.{key}")
        cases.append(
            Case(
                id=f"{identity}/{task}",
                task=task,
                split=row_split,
                story=row.get("story", identity),
                group=row.get("group", path.stem),
                input=article,
                gold=golds,
                licence=row.get("licence", ""),
                origin=row.get("origin", ""),
            )
        )
    return cases


def prove_spans(value: object, text: str, where: str) -> None:
    """Walk through gold of any shape: each object with ``start``, ``end`` and ``text`` must slice back to its text.

    Raises ``CaseError`` with what stands there instead and, where the words stand elsewhere, where.
    """
    for span in spans_in(value):
        start, end, words = span["start"], span["end"], span["text"]
        fits = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        if fits and text[start:end] == words:
            continue
        there = text.find(words) if isinstance(words, str) and words else -1
        hint = f"the words stand at {there}..{there + len(words)}" if there >= 0 else "the words stand nowhere in the text"
        found = repr(text[start:end][:60]) if fits else "nothing (out of the text)"
        raise CaseError(f"{where}: span {start}..{end} says {str(words)[:60]!r} but the text there is {found}; {hint}.")


def spans_in(value: object) -> Iterator[dict[str, Any]]:
    """Every object with ``start``, ``end`` and ``text`` in a JSON value, depth first."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield cast(dict[str, Any], value)
        for inner in value.values():
            yield from spans_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans_in(inner)


def digest(cases: Iterable[Case]) -> str:
    """What these cases are, in 16 hexadecimal digits: the same cases give the same digest in any order."""
    each = sorted(case_digest(case) for case in cases)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()[:16]


def case_digest(case: Case) -> str:
    """What one case is (id, input, gold), in 16 hexadecimal digits. Licence and origin don't count."""
    value = asdict(case)
    del value["licence"], value["origin"]
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def canonical(value: Json | Any) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=list)
