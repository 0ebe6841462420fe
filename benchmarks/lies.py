"""How many lies of a model come out of the staircase as supported, per kind.

    python -m benchmarks.lies                               our own articles (cases of the split dev)
    python -m benchmarks.lies --data polnear/dev.jsonl      lines {"text": …} of your own

A simulated model lies once an answer and tags each lie in its log; the brief is then searched for it. A lie *passes* when
the statement that holds it (or the invented meeting) is in the brief as supported.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from service.contract.requests import Options
from service.domain.brief import Brief
from service.domain.text import Article
from service.errors import ReadoutError
from service.models.simulated import Script, Simulated
from service.settings import Settings
from service.wiring import build

CASES = Path(__file__).parents[1] / "evals" / "cases"


def own_articles() -> list[str]:
    """The texts of our own cases, split dev only."""
    texts: dict[str, None] = {}
    for name in ("meetings", "briefs", "seeds"):
        for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if case["split"] == "dev":
                texts[case["article"]["text"]] = None
    return list(texts)


def passes(lie: dict[str, Any], brief: Brief) -> bool:
    """Whether a lie is in a brief as supported."""
    if lie["kind"] == "meeting":
        who = set(lie["participants"])
        for meeting in brief.meetings:
            if who & {p.value.name for p in meeting.participants if p.verdict == "supported"}:
                return True
    wanted = lie["text"].rstrip(".")
    return any(s.verdict == "supported" and s.text.rstrip(".") == wanted for s in (brief.headline, *brief.summary))


async def measure(
    texts: Sequence[str], seeds: Sequence[int]
) -> tuple[Counter[str], Counter[str], list[dict[str, Any]], int]:
    """(lies told, lies passed, those that passed, honest statements not supported), over every article with every seed."""
    told: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    through: list[dict[str, Any]] = []
    blamed = 0
    for seed in seeds:
        async with Simulated(Script(mode="lies", keep=True), seed=seed) as provider:
            with tempfile.TemporaryDirectory() as folder:
                url, where = provider.base_url, Path(folder)
                settings = Settings(openai_base_url=url, model="simulated", data_dir=where, engine="openai")
                readout = build(settings)
                for text in texts:
                    before = len(provider.log)
                    try:
                        brief = await readout.brief(Article(text), Options())
                    except ReadoutError:
                        continue
                    lies = [lie for entry in provider.log[before:] for lie in entry.lies]
                    for lie in lies:
                        told[lie["kind"]] += 1
                        if passes(lie, brief):
                            passed[lie["kind"]] += 1
                            through.append(lie)
                    false = {lie["text"] for lie in lies}
                    blamed += sum(s.verdict != "supported" and s.text not in false for s in brief.summary)
    return told, passed, through, blamed


def main() -> None:
    """Measure and write the table."""
    import sys

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="JSONL with a member text in each line; default: our own cases")
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="the lies that passed")
    given = parser.parse_args()
    if given.data:
        texts = [json.loads(line)["text"] for line in given.data.read_text(encoding="utf-8").splitlines()]
    else:
        texts = own_articles()
    texts = texts[: given.limit]
    told, passed, through, blamed = asyncio.run(measure(texts, range(given.seeds)))
    write = sys.stdout.write
    write(f"{len(texts)} articles × {given.seeds} seeds\n{'kind':<12}{'told':>6}{'passed':>8}\n")
    for kind in sorted(told):
        write(f"{kind:<12}{told[kind]:>6}{passed[kind]:>8}\n")
    write(f"{'all':<12}{sum(told.values()):>6}{sum(passed.values()):>8}\nhonest statements not supported: {blamed}\n")
    for lie in through if given.show else ():
        write(json.dumps(lie, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
