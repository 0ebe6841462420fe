"""The fault matrix as a table: what each fault leads to, and both sides' books.

    python -m benchmarks.faults

Every fault of the tests (``tests/reliability/test_faults.py``, which asserts them) against the simulated provider, whole
answers and streamed: outcome or error, attempts, and calls, prompt and answer tokens as Readout and the provider count them.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from service.domain.brief import Usage
from service.errors import BudgetExceeded, ModelError
from tests.reliability.setting import setting
from tests.reliability.test_faults import FAILS, RECOVERS


async def row(fault: str, more: dict[str, Any], rule: dict[str, Any], stream: bool) -> tuple[str, bool]:
    """A line of the table, and whether the books agree."""
    seconds = {"seconds": 0.3} if fault == "drip" else {}
    async with setting({"rules": [{"fault": fault, **rule, **seconds, **more}]}, stream=stream) as place:
        try:
            drafted = await place.draft()
            ended, attempts, usage = drafted.outcomes[0].outcome, drafted.outcomes[0].attempts, drafted.usage
        except (ModelError, BudgetExceeded) as error:
            ended, attempts = f"`{error.code}`", error.attempts  # type: ignore[assignment]
            usage = error.usage if isinstance(error.usage, Usage) else Usage()
        theirs = place.provider.totals()
    books = [
        (usage.calls, theirs["calls"]),
        (usage.input_tokens, theirs["prompt_tokens"]),
        (usage.output_tokens, theirs["completion_tokens"]),
    ]
    agree = all(ours == other for ours, other in books)
    cells = " | ".join(f"{ours} / {other}" for ours, other in books)
    when = "first call" if rule else "every call"
    detail = "".join(f", {k} {v:g}" for k, v in more.items())
    return f"| {fault}{detail} | {when} | {'streamed' if stream else 'whole'} | {ended} | {attempts} | {cells} |", agree


async def main() -> None:
    """Write the table."""
    sys.stdout.write("| fault | on | answer | outcome | attempts | calls | prompt tokens | answer tokens |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|---|\n")
    total = agreed = 0
    rows = [(fault, more, {"first": 1}) for fault, more, _, _ in RECOVERS] + [(f, more, {}) for f, more, _, _ in FAILS]
    for fault, more, rule in rows:
        for stream in (False, True):
            line, agree = await row(fault, more, rule, stream)
            total += 1
            agreed += agree
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"\nours / the provider's; equal in {agreed} of {total} rows\n")


if __name__ == "__main__":
    asyncio.run(main())
