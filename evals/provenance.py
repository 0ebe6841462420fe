"""Where a run comes from: the commit, the code, the versions and the command."""

from __future__ import annotations

import hashlib
import platform
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
#: What outputs and observations depend on beside the service and the tasks.
_SCORING = ("scorers.py", "facts.py", "invented.py", "corruptions", "system.py")
_DEPENDENCIES = ("openai", "tiktoken", "rapidfuzz", "edlib", "pydantic")


def commit() -> str | None:
    """The short commit of the checkout that this code runs from, with "+" where files differ from it; None outside one."""
    if not (_ROOT / ".git").exists():
        return None
    try:
        name = _git("rev-parse", "--short=10", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no", "--", "service", "evals", "prompts")
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{name}+" if changed else name


@lru_cache(maxsize=1)
def code_digest() -> str:
    """What code, lexicons and prompts are, in 16 hexadecimal digits: a run is resumed only by the code that began it."""
    sha = hashlib.sha256()
    scoring = [_ROOT / "evals" / name for name in _SCORING]
    for base in (_ROOT / "service", _ROOT / "evals" / "tasks", _ROOT / "prompts", *scoring):
        for path in [base] if base.is_file() else sorted(base.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                sha.update(str(path.relative_to(_ROOT)).encode())
                sha.update(path.read_bytes())
    return sha.hexdigest()[:16]


def versions() -> dict[str, str]:
    """Readout's, Python's and the main dependencies' versions."""
    found = {"python": platform.python_version(), "platform": platform.system().lower()}
    for name in ("readout", *_DEPENDENCIES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def command() -> str:
    """The command as typed, with the program's bare name."""
    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])


def now() -> str:
    """The time in UTC, RFC 3339, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def manifest_part() -> dict[str, Any]:
    """All of it, as a run's manifest holds it."""
    return {"commit": commit(), "code": code_digest(), "versions": versions(), "command": command(), "created": now()}


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=_ROOT, check=True, capture_output=True, text=True, timeout=10
    ).stdout.strip()
