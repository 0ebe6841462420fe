"""Imports go down only, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest


def test_import_floors_hold() -> None:
    """The contracts of pyproject.toml hold: layers, independent stages, service without evals."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import service.cli", ("openai", "fastapi", "trafilatura", "numpy", "tiktoken", "evals", "sqlalchemy")),
        (
            "from service.wiring import build; from service.domain.text import Article; "
            "from service.contract.requests import Options; import asyncio; "
            "asyncio.run(build().brief(Article('The two ministers met in Geneva on Friday. They spoke of the grain deal.'), "
            "Options(engine='extractive', store=False)))",
            ("openai", "fastapi", "trafilatura", "evals"),
        ),
    ],
    ids=["command line", "a brief by the embedded engine"],
)
def test_heavy_packages_are_not_loaded(code: str, forbidden: tuple[str, ...]) -> None:
    """The command line starts light, and openai is not imported (its import alone takes seconds) when it is not used."""
    check = f"import sys; {code}; print([name for name in {forbidden!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert answer.stdout.strip().splitlines()[-1] == "[]"
