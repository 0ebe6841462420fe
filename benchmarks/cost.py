"""What a brief costs: calls, tokens and client time an article, against the simulated provider.

    python -m benchmarks.cost --data FILE.jsonl [--articles 200] [--latency 0.24] [--concurrency 32]

Articles of 600 to 1,100 tokens are taken (CNN/DM's mean is 826). Tokens are o200k_base, as the provider counts them; the
fixed part is instructions and schema, the article's part is the rest of the prompt. Two rows: asking alone (read, chunk,
ask, read the answer), and the whole brief with verification. CPU is this process's, for one article.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks.lies import own_articles
from service.contract.requests import Options
from service.domain.text import Article
from service.models.base import Wanted
from service.models.calling import ServedModel, Server
from service.models.ledger import Ledger
from service.models.openai import OpenAIWire
from service.models.tokens import counter
from service.pipeline import read
from service.prompts import load
from service.settings import Settings
from service.stages.chunks import split_chunks
from service.stages.drafting import VARIABLES, Bounds, ModelDrafter
from service.stages.drafting.schema import BRIEF
from service.wiring import build

COUNT = counter()


def fixed_part() -> tuple[int, int]:
    """Tokens of (instructions, schema)."""
    system = load("brief", VARIABLES["brief"]).parts[0][1]
    return COUNT(system), COUNT(json.dumps(BRIEF, separators=(",", ":")))


async def run(texts: Sequence[str], one: Callable[[str], Awaitable[object]], concurrency: int) -> tuple[float, float]:
    """(wall seconds, CPU seconds) for all texts."""
    slots = asyncio.Semaphore(concurrency)

    async def held(text: str) -> None:
        async with slots:
            await one(text)

    await one(texts[0] + "\nWarm.")
    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(held(text) for text in texts))
    return time.perf_counter() - wall, time.process_time() - cpu


async def measure(base_url: str, texts: Sequence[str], concurrency: int) -> None:
    """Write the rows. The provider must be a fresh one in another process."""
    import httpx2

    async with httpx2.AsyncClient() as http:
        root = base_url.removesuffix("/v1")
        instructions, schema = fixed_part()
        sizes = [COUNT(text) for text in texts]
        sys.stdout.write(
            f"{len(texts)} articles, {statistics.mean(sizes):.0f} tokens each; fixed part {instructions} + {schema} (schema)"
            f" = {instructions + schema}\n\n"
            "| | calls/article | input ÷ article | article's part ÷ article | completion (most) | cached "
            "| CPU ms/article | articles/s |\n|---|---|---|---|---|---|---|---|\n"
        )
        server = Server(OpenAIWire(base_url, None), Ledger(None))
        drafter = ModelDrafter(ServedModel(server, "simulated"), COUNT, Bounds())

        async def ask(text: str) -> object:
            document = await asyncio.to_thread(read, Article(text))
            return await drafter.draft(document, split_chunks(document, 6000, COUNT), Wanted())

        with tempfile.TemporaryDirectory() as folder:
            readout = build(
                Settings(openai_base_url=base_url, model="simulated", data_dir=Path(folder), engine="openai", concurrency=64)
            )

            async def brief(text: str) -> object:
                return await readout.brief(Article(text), Options())

            for name, one in (("asking alone", ask), ("whole brief", brief)):
                await http.post(f"{root}/__reset")
                wall, cpu = await run(texts, one, concurrency)
                log = (await http.get(f"{root}/__log")).json()
                briefs = [e for e in log["requests"] if e["purpose"] == "brief"]
                each = len(texts) + 1
                asked = log["prompt_tokens"] / each
                part = (sum(e["prompt_tokens"] for e in briefs) / len(briefs)) - instructions - schema
                sys.stdout.write(
                    f"| {name} | {log['calls'] / each:.2f} | {asked / statistics.mean(sizes):.2f} | "
                    f"{part / statistics.mean(sizes):.2f} | {log['completion_tokens'] / each:.0f}"
                    f" ({max(e['completion_tokens'] for e in briefs)}) | "
                    f"{log['cached_tokens'] / each:.0f} | {1000 * cpu / len(texts):.1f} | {len(texts) / wall:.0f} |\n"
                )


async def main() -> None:
    """Start a provider and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="JSONL with a member text in each line; default: our own cases")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--latency", type=float, default=0.24)
    parser.add_argument("--concurrency", type=int, default=32)
    given = parser.parse_args()
    if given.data:
        texts = [json.loads(line)["text"] for line in given.data.read_text(encoding="utf-8").splitlines()]
        texts = [text for text in texts if 600 <= COUNT(text) <= 1100]
    else:
        texts = own_articles()
    texts = list(dict.fromkeys(texts))[: given.articles]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as script:
        json.dump({"latency": given.latency}, script)
        script.flush()
        code = (
            "import asyncio, sys; from pathlib import Path; from service.models.simulated import Simulated, load_script\n"
            "async def serve():\n    async with Simulated(load_script(Path(sys.argv[1]))) as it:\n"
            "        print(it.base_url, flush=True)\n        await it.forever()\nasyncio.run(serve())"
        )
        provider = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, script.name, stdout=asyncio.subprocess.PIPE
        )
        assert provider.stdout is not None
        try:
            base_url = (await provider.stdout.readline()).decode().strip()
            await measure(base_url, texts, given.concurrency)
        finally:
            provider.terminate()
            await provider.wait()


if __name__ == "__main__":
    asyncio.run(main())
