"""How a command ends: an exit code and one sentence, never a traceback.

0 done; 1 findings (``check``, ``eval gate``, ``eval compare`` only); 2 usage or bad input; 3 service or model unreachable.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import typer

from service.errors import (
    BudgetExceeded,
    ConfigurationError,
    Conflict,
    InputError,
    ModelRateLimited,
    ModelRejected,
    ModelTimeout,
    ModelUnreachable,
    NotFound,
    ReadoutError,
    ServiceUnreachable,
)

DONE = 0
FINDINGS = 1
BAD_INPUT = 2
UNREACHABLE = 3
INTERRUPTED = 130

_USERS_FAULT = (InputError, ConfigurationError, NotFound, Conflict, BudgetExceeded)
#: What the system says where standard output can't take any more.
_NO_ROOM: Mapping[int, str] = {
    errno.ENOSPC: "no space left on the device",
    errno.EDQUOT: "the quota of disk space is used up",
    errno.EFBIG: "the file would be too large",
    errno.EIO: "input/output error",
}


def exit_code(error: Exception) -> int:
    """The exit code that says what ``error`` says."""
    return BAD_INPUT if isinstance(error, _USERS_FAULT) else UNREACHABLE


def is_unreachable(error: Exception) -> bool:
    """Whether ``error`` says that a server or a model could not be asked."""
    return isinstance(error, ServiceUnreachable | ModelUnreachable | ModelTimeout | ModelRateLimited)


def is_hopeless(error: Exception) -> bool:
    """Whether ``error`` says that nobody can be asked, so that the next line would fare no better."""
    return is_unreachable(error) or isinstance(error, ConfigurationError | ModelRejected)


def told(error: ReadoutError) -> str:
    """The error in one sentence or two, with what can be done on a command line."""
    advice = ""
    if isinstance(error, ModelUnreachable):
        advice = " Check OPENAI_BASE_URL and the network (readout doctor), or take --fallback extractive."
    end = "" if error.detail.endswith((".", "!", "?")) or not advice else "."
    return f"{error.detail}{end}{advice} ({error.code})"


def plain(said: str) -> str:
    """What the library that reads options says of a wrong value, without its jargon."""
    return said.removeprefix("Value error, ").replace("Input should be", "it must be")


def clear_progress() -> None:
    """Takes the line of progress away, before anything else is written where a person may be looking."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()


def complain(sentence: str) -> None:
    """One line on standard error, with nothing in it that a terminal would act on."""
    clear_progress()
    line = "".join(char if char.isprintable() else " " for char in sentence)
    with contextlib.suppress(OSError):
        sys.stderr.write(f"readout: {line}\n")


@contextmanager
def ending() -> Iterator[None]:
    """Runs a command's body: errors become a sentence and an exit code. READOUT_DEBUG=1 shows the traceback instead."""
    try:
        yield
        sys.stdout.flush()
    except ReadoutError as error:
        if os.environ.get("READOUT_DEBUG"):
            raise
        complain(told(error))
        raise typer.Exit(exit_code(error)) from None
    except BrokenPipeError:
        # whoever read our output has had enough (head, less): nothing is wrong
        _give_up_output()
        raise typer.Exit(DONE) from None
    except KeyboardInterrupt:
        complain("interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except (typer.Exit, typer.TyperException, typer.Abort):
        raise
    except Exception as error:
        no_room = _NO_ROOM.get(error.errno or 0) if isinstance(error, OSError) else None
        if no_room is not None:
            _give_up_output()
            complain(f"can't write the output: {no_room}")
            raise typer.Exit(BAD_INPUT) from None
        if os.environ.get("READOUT_DEBUG"):
            raise
        complain(f"something went wrong inside Readout: {type(error).__name__}: {error}. READOUT_DEBUG=1 shows where.")
        raise typer.Exit(UNREACHABLE) from None


@contextmanager
def leaving() -> Iterator[None]:
    """Runs the whole command line: what Typer itself prints (``--version``, ``--help``) can find no room, too."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        sys.exit(DONE)
    except OSError as error:
        no_room = _NO_ROOM.get(error.errno or 0)
        if no_room is None:
            raise
        _give_up_output()
        complain(f"can't write the output: {no_room}")
        sys.exit(BAD_INPUT)


def _give_up_output() -> None:
    """What is still waiting to be written goes nowhere: the interpreter would complain of it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
