"""The documents tell of what is there: every decision is listed, every file and command that they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
DOCUMENTS = [*RECORDS, ROOT / "README.md", ROOT / "evals" / "README.md", ROOT / "prompts" / "README.md"]


def test_every_decision_has_one_number_and_one_line_in_the_index() -> None:
    """No two records share a number, a record's title begins with it, and the index links each record once."""
    numbers = [record.name[:4] for record in RECORDS]
    assert len(set(numbers)) == len(numbers)
    for record in RECORDS:
        assert record.read_text(encoding="utf-8").startswith(f"# {record.name[:4]} "), record.name
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\S+\.md)\)", index) == [record.name for record in RECORDS]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    """Files of the project, and modules that are run, exist under the names that the document gives them."""
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/])((?:service|evals|tests|benchmarks)/[\w/]*\w(?:\.\w+)?)", text))
    modules = re.findall(r"python -m ((?:evals|benchmarks)(?:\.[a-z]\w*)+)", text)
    named |= {f"{module.replace('.', '/')}.py" for module in modules}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    alone = set(re.findall(r"`(\w+\.(?:py|tsv|txt\.xz|bin\.xz|txt\.gz))`", text))
    everywhere = {path.name for folder in ("service", "evals", "benchmarks") for path in (ROOT / folder).rglob("*.*")}
    assert alone - everywhere == set()
