"""A real small model over the seeds: what it invents, and how much of that comes out as supported.

    make smallmodel && python -m benchmarks.small_model [--answer 400]

SmolLM2-135M on llama.cpp's server, through the whole staircase. Statements are printed with their verdicts, to be read;
counted are supported ones with a number, a name or words in quotation marks that the article does not have.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import subprocess
import sys
import time
from pathlib import Path

from service.domain.text import Article
from service.errors import ReadoutError
from service.models.base import Wanted
from service.models.calling import ServedModel, Server
from service.models.ledger import Ledger
from service.models.openai import OpenAIWire
from service.models.tokens import counter
from service.pipeline import Tools, make_brief
from service.stages.drafting import Bounds, ModelDrafter
from tests.reliability.test_small_model import invented, wait_for

ROOT = Path(__file__).parents[1]


async def measure(base_url: str, answer: int) -> None:
    """All seeds, one after the other."""
    served = ServedModel(Server(OpenAIWire(base_url, None), Ledger(None)), "smollm2")
    drafter = ModelDrafter(served, counter(), Bounds(context=8192, deadline=300, answer=answer, splits=0))
    statements = supported = false = 0
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        tools = Tools(drafter, None, counter(), 4000, lambda prefix: f"{prefix}_1")
        started = time.monotonic()
        try:
            brief = await make_brief(Article(seed.read_text(encoding="utf-8")), Wanted(length="short"), "flag", tools)
        except ReadoutError as error:
            sys.stdout.write(f"{seed.name}: no brief after {time.monotonic() - started:.0f} s: {error.detail}\n")
            continue
        sys.stdout.write(
            f"{seed.name}: {brief.usage.calls} calls, {brief.usage.seconds:.0f} s, {brief.coverage[0].detail}\n"
        )
        for statement in (brief.headline, *brief.summary):
            sys.stdout.write(f"  {statement.verdict:<13}{statement.score:.2f}  {statement.text[:160]}\n")
        for meeting in brief.meetings:
            who = ", ".join(f"{p.value.name} ({p.verdict})" for p in meeting.participants)
            sys.stdout.write(f"  meeting: {meeting.status}, {who}\n")
        statements += 1 + len(brief.summary)
        supported += sum(s.verdict == "supported" for s in (brief.headline, *brief.summary))
        false += len(invented(brief))
        sys.stdout.flush()
    sys.stdout.write(f"{statements} statements, {supported} supported, {false} of these with something invented\n")


def main() -> None:
    """Start the server and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answer", type=int, default=400, help="most tokens of an answer")
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = ROOT / "tests" / "reliability" / "small_model_server.py"
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, str(script), str(port)], stdout=quiet, stderr=quiet)
    try:
        base_url = f"http://127.0.0.1:{port}/v1"
        wait_for(base_url)
        asyncio.run(measure(base_url, given.answer))
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
