"""The case linter: proves the gold before anything is measured with it.

Each line fits its JSON Schema (``NAME.schema.json`` beside ``NAME.jsonl``, else ``article.schema.json``); each span slices
back to its words and each copied string stands in its article; no id and no article comes twice; nothing of dev is in
test, and nothing of a prompt's examples in either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from evals import facts
from evals.cases import FOLDER, CaseError, canonical, prove_spans, rows
from service.errors import ConfigurationError

_ROOT = Path(__file__).resolve().parent.parent
_WORD = re.compile(r"\w+")
#: Two articles are the same story where so many of the shorter one's runs of eight words stand in the other.
_SHINGLE = 8
_SAME = 0.2
#: A prompt gives a case away where it shares so many words in a row with it.
_RUN = 12
#: Keys of meeting records whose strings are copied from the article.
_COPIED = frozenset({"quote", "text", "evidence", "not_meetings", "topics", "outcomes", "occasion"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a case: where (file, line, case) and what, with what to do."""

    where: str
    problem: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All problems of a folder of cases; and for each file how many cases, and their digest."""

    problems: list[Problem]
    files: dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    value: dict[str, Any]
    shingles: frozenset[int] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        return str(self.value["article"]["text"])


def lint(folder: Path = FOLDER, prompts: Path | None = None) -> Findings:
    """Prove all ``*.jsonl`` of a folder. ``prompts``: the folder of prompts to hold the cases against (default: ours).

    Raises ``CaseError`` where the folder isn't there or holds no cases, ``ConfigurationError`` without jsonschema.
    """
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not files:
        raise CaseError(f"{folder}: there is no *.jsonl here. Name a folder of cases.")
    problems: list[Problem] = []
    sound: list[_Row] = []
    counted: dict[str, tuple[int, str]] = {}
    for path in files:
        try:
            lines = list(rows(path))
        except CaseError as error:
            problems.append(Problem(path.name, error.detail))
            continue
        counted[path.name] = (len(lines), _digest(value for _, value in lines))
        validate = _validator(path)
        for number, value in lines:
            where = f"{path.name}:{number} ({value.get('id', '?')})"
            wrong = [*validate(value)]
            if not wrong and isinstance(value.get("article"), dict):
                row = _Row(where, value, _shingles(value["article"]["text"]))
                wrong = [*_content(row)]
                sound.append(row)
            problems += [Problem(where, words) for words in wrong]
    problems += _twice(sound)
    problems += _leaks(sound)
    problems += _prompt_leaks(sound, prompts if prompts is not None else _prompts())
    return Findings(problems, counted)


def _digest(values: Iterable[dict[str, Any]]) -> str:
    import hashlib

    joined = "\n".join(sorted(canonical(value) for value in values))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _validator(path: Path) -> Any:
    """A function from a row to its schema errors in words."""
    try:
        from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
    except ImportError:
        raise ConfigurationError("The linter needs jsonschema: pip install 'readout[eval]'.") from None
    beside = path.with_suffix(".schema.json")
    schema = beside if beside.exists() else FOLDER / "article.schema.json"
    validator = _loaded(Draft202012Validator, schema)

    def validate(value: dict[str, Any]) -> Iterator[str]:
        for error in sorted(validator.iter_errors(value), key=lambda e: list(map(str, e.absolute_path))):
            place = ".".join(map(str, error.absolute_path)) or "the line"
            yield f"{place}: {error.message[:200]} ({schema.name})"

    return validate


@lru_cache(maxsize=16)
def _loaded(kind: Any, schema: Path) -> Any:
    return kind(json.loads(schema.read_text(encoding="utf-8")))


def _content(row: _Row) -> Iterator[str]:
    """What a schema can't say: spans, copied strings, references and facts."""
    gold, text = row.value["gold"], row.text
    try:
        prove_spans(gold, text, "gold")
    except CaseError as error:
        yield error.detail
        return
    for key in ("meetings", "not_meetings"):
        for words in _copied(gold.get(key, []), key):
            if words not in text:
                yield f"gold.{key}: {words[:80]!r} doesn't stand in the article. Copy it letter by letter."
    quotations = gold.get("quotations", [])
    ids = [q["id"] for q in quotations if "id" in q]
    if len(set(ids)) < len(ids):
        yield "gold.quotations: an id comes twice."
    for quotation in quotations:
        if quotation["continues"] is not None and quotation["continues"] not in ids:
            yield f"gold.quotations: continues {quotation['continues']!r}, which is no quotation here."
    ordered = sorted((s["start"], s["end"]) for s in gold.get("sentences", []))
    if any(second[0] < first[1] for first, second in pairwise(ordered)):
        yield "gold.sentences: two sentences overlap."
    keys = [meeting["key"] for meeting in gold.get("meetings", [])]
    if len(set(keys)) < len(keys):
        yield "gold.meetings: a key comes twice. One meeting is one record."
    for fact in gold.get("key_facts", []):
        if not facts.says(fact["needs"], " ".join(span["text"] for span in fact["evidence"])):
            yield f"gold.key_facts: {fact['id']}'s own evidence lacks the words it needs."
    origin = _ROOT / row.value["origin"]
    if row.value["origin"].startswith("seeds/") and origin.is_file() and origin.read_bytes() != text.encode():
        yield f"article.text is not {row.value['origin']}, byte for byte."


def _copied(value: object, key: str) -> Iterator[str]:
    if isinstance(value, str):
        if key in _COPIED:
            yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _copied(inner, key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _copied(inner, name)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shingles(text: str, length: int = _SHINGLE) -> frozenset[int]:
    words = _words(text)
    return frozenset(hash(tuple(words[i : i + length])) for i in range(max(1, len(words) - length + 1)))


def _twice(found: list[_Row]) -> Iterator[Problem]:
    ids: dict[str, str] = {}
    texts: dict[tuple[str, str], str] = {}
    for row in found:
        if row.value["id"] in ids:
            yield Problem(row.where, f"the id is taken by {ids[row.value['id']]}. Ids must be unique: rename one.")
        ids.setdefault(row.value["id"], row.where)
        file = row.where.split(":")[0]
        key = (file, " ".join(_words(row.text)))
        if key in texts:
            yield Problem(row.where, f"the same article as {texts[key]}. Delete one, or join their gold.")
        texts.setdefault(key, row.where)


def _leaks(found: list[_Row]) -> Iterator[Problem]:
    """Stories in both splits, by name or by their words."""
    splits: dict[str, _Row] = {}
    for row in found:
        other = splits.setdefault(row.value["story"], row)
        if other.value["split"] != row.value["split"]:
            yield Problem(row.where, f"story {row.value['story']!r} is in dev and test ({other.where}). Keep it in one.")
    for dev in (row for row in found if row.value["split"] == "dev"):
        for test in (row for row in found if row.value["split"] == "test"):
            smaller = min(len(dev.shingles), len(test.shingles))
            if len(dev.shingles & test.shingles) >= max(1, _SAME * smaller):
                yield Problem(test.where, f"nearly the same article as {dev.where}, which is in dev. Move one over.")


def _prompts() -> Path | None:
    from service.prompts import folder

    try:
        return folder()
    except ConfigurationError:
        return None


def _prompt_leaks(found: list[_Row], prompts: Path | None) -> Iterator[Problem]:
    for path in sorted(prompts.rglob("*")) if prompts else ():
        if path.suffix not in (".md", ".toml", ".json", ".jsonl", ".txt") or path.name.lower().startswith("readme"):
            continue
        runs = _shingles(path.read_text(encoding="utf-8", errors="replace"), _RUN)
        for row in found:
            if len(_words(row.text)) >= _RUN and runs & _shingles(row.text, _RUN):
                yield Problem(
                    row.where, f"stands in the prompt {path.name} of {path.parent.name}: the answer is given away."
                )
