"""How a command ends: an exit code and one sentence, never a traceback.

0 done; 1 findings (``check``, ``eval gate``, ``eval compare`` only); 2 usage or bad input; 3 service or model unreachable.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from service.errors import BudgetExceeded, ConfigurationError, Conflict, InputError, NotFound, ReadoutError

DONE = 0
FINDINGS = 1
BAD_INPUT = 2
UNREACHABLE = 3

_USERS_FAULT = (InputError, ConfigurationError, NotFound, Conflict, BudgetExceeded)


def exit_code(error: Exception) -> int:
    """The exit code that says what ``error`` says."""
    return BAD_INPUT if isinstance(error, _USERS_FAULT) else UNREACHABLE


def clear_progress() -> None:
    """Takes the line of progress away, before anything else is written where a person may be looking."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()


def complain(sentence: str) -> None:
    """One line on standard error, with nothing in it that a terminal would act on."""
    clear_progress()
    line = "".join(char if char.isprintable() else " " for char in sentence)
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
        complain(f"{error.detail} ({error.code})")
        raise typer.Exit(exit_code(error)) from None
    except BrokenPipeError:
        # whoever read our output has had enough (head, less): nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
    except KeyboardInterrupt:
        complain("stopped")
        raise typer.Exit(130) from None
    except (typer.Exit, typer.TyperException, typer.Abort):
        raise
    except Exception as error:
        if os.environ.get("READOUT_DEBUG"):
            raise
        complain(f"something went wrong inside Readout: {type(error).__name__}: {error}. READOUT_DEBUG=1 shows where.")
        raise typer.Exit(UNREACHABLE) from None
