"""Work beside the event loop: it answers, it raises, and it stops when nobody waits."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest

from service.computing import computed


async def test_what_comes_of_it_comes_back() -> None:
    """Values and errors, as if it had been called here."""
    assert await computed(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await computed(divmod, 7, 0)


async def test_what_nobody_waits_for_is_stopped() -> None:
    """A computation whose task is cancelled makes no further steps."""
    steps, begun = 0, asyncio.Event()
    loop = asyncio.get_running_loop()

    def count() -> None:
        nonlocal steps
        loop.call_soon_threadsafe(begun.set)
        while True:
            steps += 1

    task = asyncio.create_task(computed(count))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for _ in range(100):
        before = steps
        await asyncio.sleep(0.05)
        if steps == before:
            return
    raise AssertionError("it goes on counting")


def test_an_ending_process_waits_for_no_computation() -> None:
    """The process ends though a computation would go on for ever."""
    code = (
        "import asyncio\nfrom service.computing import computed\n"
        "def forever():\n    while True: pass\n"
        "async def run():\n    await asyncio.wait_for(computed(forever), 0.2)\n"
        "try:\n    asyncio.run(run())\nexcept TimeoutError:\n    print('over')\n"
    )
    begun = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("over\n", "", 0)
    assert time.monotonic() - begun < 20
