"""Work that needs the processor, beside the event loop, and stopped when nobody waits for it any more.

``asyncio.to_thread`` can't be stopped: a request whose client has gone would compute on, and the process would wait for it
before it ends. Here the waiting task's cancellation stops the thread at its next step in Python, and an ending process
waits for none of them.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import sys
import threading
import weakref
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
#: Computations of one event loop at once; more threads only cost memory.
_AT_ONCE = (os.cpu_count() or 1) + 4
#: How long a thread that is in the middle of an import is left alone before it is looked at again, in seconds.
_LATER = 0.1


class Abandoned(SystemExit):
    """Raised inside a computation that nobody waits for: no ``Exception``, so that no stage takes it for an error of its
    own, and one that ends a thread without a word."""


async def computed(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """``function(*args, **kwargs)``, run in a thread; what it raises is raised here. Cancelling the waiting task stops it.

    For functions that compute or read, and nothing else: what writes or holds a lock or a transaction belongs in
    ``asyncio.to_thread``.
    """
    async with _slots():
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_T] = loop.create_future()
        context = copy_context()

        def report(settle: Callable[[Any], None], value: Any) -> None:
            if not answer.done():
                settle(value)

        over = threading.Event()

        def run() -> None:
            settle: Callable[[Any], None] = answer.set_result
            value: Any
            try:
                value = context.run(function, *args, **kwargs)
            except Abandoned:
                return
            except BaseException as error:
                settle, value = answer.set_exception, error
            over.set()
            try:
                loop.call_soon_threadsafe(report, settle, value)
            except RuntimeError:
                return  # the loop is closed: nobody waits

        thread = threading.Thread(target=run, name=getattr(function, "__name__", "computed"), daemon=True)
        thread.start()
        try:
            return await answer
        except asyncio.CancelledError:
            _stop(thread, over, loop)
            raise


def _stop(thread: threading.Thread, over: threading.Event, loop: asyncio.AbstractEventLoop) -> None:
    """Raises ``Abandoned`` in ``thread``, though never in the middle of an import: half a module would stay behind."""
    if thread.ident is None or over.is_set() or not thread.is_alive():
        return
    if _importing(thread.ident):
        loop.call_later(_LATER, _stop, thread, over, loop)
        return
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(Abandoned))


def _importing(ident: int) -> bool:
    frame = sys._current_frames().get(ident)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


_LOOPS: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = weakref.WeakKeyDictionary()


def _slots() -> asyncio.Semaphore:
    return _LOOPS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
