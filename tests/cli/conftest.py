"""The command line as its users run it: arguments in, standard output, standard error and an exit code out."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.cli.app import app

SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


class _Bytes(io.BytesIO):
    """A standard stream's buffer, whose content outlives its closing."""

    def close(self) -> None:
        return


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs ``readout`` in this process, in an empty folder; ``stdin`` is what comes on standard input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("READOUT_ENGINE", "extractive")

    def command(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        out, err = _Bytes(), _Bytes()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", io.TextIOWrapper(_Bytes(stdin)))
            patched.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
            patched.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", write_through=True))
            with pytest.raises(SystemExit) as ended:
                app(args=[str(one) for one in arguments], prog_name="readout")
        code = ended.value.code
        assert isinstance(code, int | None)
        assert b"Traceback" not in err.getvalue() + out.getvalue()
        return Ran(code or 0, out.getvalue().decode(), err.getvalue().decode())

    return command
