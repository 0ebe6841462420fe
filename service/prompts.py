"""The prompts: loaded from ``prompts/``, checked, hashed and rendered.

A prompt is a file ``NAME/VERSION.md``: messages, each after a line ``--- role``, with variables ``{{name}}``. Files are
immutable once released: ``live.toml`` pins the version in use and every file's SHA-256.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from service.errors import ConfigurationError

Role = Literal["system", "user", "assistant"]

_SECTION = re.compile(r"^--- (\w+)[ \t]*$", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")
#: Text of an article that looks like the marks of our prompts: ids in brackets, and the tags round what is shown.
_MARK = re.compile(r"\[(\s*(?:st|[sqd])\s*\d+\s*)\]", re.IGNORECASE)
_TAG = re.compile(r"<(\s*/?\s*(?:article|notes|statements?|sentences?|items?)\b[^<>\n]{0,40})>?", re.IGNORECASE)
_WHITE = re.compile(r"\s+")
_ODD_BRACES = re.compile(r"\{\{(?![a-z][a-z0-9_]*\}\})")


def tame(text: str) -> str:
    """A text as it may stand in any of the prompts: on one line, with nothing that looks like our own ids or tags."""
    return _WHITE.sub(" ", _TAG.sub(r"(\1)", _MARK.sub(r"(\1)", text))).strip()


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt. ``sha256`` is of the file's bytes; ``parts`` are (role, template), in order."""

    name: str
    version: int
    sha256: str
    parts: tuple[tuple[Role, str], ...]
    variables: frozenset[str]

    @property
    def id(self) -> str:
        """The name a brief carries: "brief@1:3f2a9c"."""
        return f"{self.name}@{self.version}:{self.sha256[:6]}"

    def render(self, values: Mapping[str, str]) -> tuple[tuple[Role, str], ...]:
        """The messages with the variables filled in, values taken as they are (braces in them are not looked at).
        Raises ``ConfigurationError`` when a value is missing or not wanted."""
        self.require(values)
        return tuple((role, _VARIABLE.sub(lambda m: values[m.group(1)], template)) for role, template in self.parts)

    def require(self, names: Iterable[str]) -> None:
        """Raises ``ConfigurationError`` unless exactly these variables stand in the prompt."""
        given = frozenset(names)
        where = f"prompts/{self.name}/{self.version}.md"
        for variable in sorted(self.variables - given):
            raise ConfigurationError(f"{where} uses the variable {{{{{variable}}}}}, which nothing fills")
        for variable in sorted(given - self.variables):
            raise ConfigurationError(f"{where} lacks the variable {{{{{variable}}}}}")


def folder() -> Path:
    """Where the prompts are: ``prompts/`` beside the package in a checkout, else inside the installed package. Raises
    ``ConfigurationError`` when they are in neither."""
    here = Path(__file__).resolve().parent
    for candidate in (here.parent / "prompts", here / "bundled" / "prompts"):
        if (candidate / "live.toml").is_file():
            return candidate
    raise ConfigurationError("the prompts are missing: no prompts/live.toml beside the package or inside it")


def parse(name: str, version: int, raw: bytes) -> Prompt:
    """A prompt from its file's bytes. Raises ``ConfigurationError``, naming the file, for anything odd in it."""
    where = f"prompts/{name}/{version}.md"
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{where} is not UTF-8") from error
    pieces = _SECTION.split(text)
    if pieces[0].strip() or len(pieces) < 3:
        raise ConfigurationError(f"{where} must begin with a line '--- system' or '--- user'")
    parts: list[tuple[Role, str]] = []
    for role, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if role not in get_args(Role):
            raise ConfigurationError(f"{where} has a message of the unknown role {role!r}")
        odd = _ODD_BRACES.search(body)
        if odd:
            raise ConfigurationError(f"{where} has '{{{{' that begins no variable: {body[odd.start() : odd.start() + 30]!r}")
        parts.append((cast(Role, role), body.strip("\n")))
    variables = frozenset(v for _, body in parts for v in _VARIABLE.findall(body))
    if _VARIABLE.search(parts[0][1]) and len(parts) > 1:
        raise ConfigurationError(f"{where}: the first message must be the same for every call, so it can't have variables")
    return Prompt(name, version, hashlib.sha256(raw).hexdigest(), tuple(parts), variables)


@lru_cache(maxsize=32)
def load(name: str, variables: frozenset[str], where: Path | None = None, version: int | None = None) -> Prompt:
    """The live version of a prompt (or the ``version`` asked for), checked: its hash is the released one and its variables
    are those that the caller fills. ``where``: another folder of prompts. Raises ``ConfigurationError``."""
    root = where or folder()
    table = tomllib.loads((root / "live.toml").read_text(encoding="utf-8"))
    if version is None:
        try:
            version = int(table["live"][name])
        except (KeyError, ValueError) as error:
            raise ConfigurationError(f"prompts/live.toml names no live version of {name!r}") from error
    file = root / name / f"{version}.md"
    if not file.is_file():
        raise ConfigurationError(f"prompts/live.toml wants prompts/{name}/{version}.md, which is not there")
    prompt = parse(name, version, file.read_bytes())
    released = table.get("released", {}).get(f"{name}-{version}")
    if released is not None and released != prompt.sha256:
        raise ConfigurationError(f"prompts/{name}/{version}.md was changed after its release; make it version {version + 1}")
    prompt.require(variables)
    return prompt


def pinned(wish: str, where: Path | None = None) -> tuple[str, int]:
    """The name and version in "brief@2" (or "brief@2:3f2a9c"). Raises ``ConfigurationError`` with the prompts that there
    are where it is none of them."""
    root = where or folder()
    there = sorted(f"{path.parent.name}@{path.stem}" for path in root.glob("*/*.md") if path.stem.isdigit())
    if wish.partition(":")[0] not in there:
        raise ConfigurationError(f"There is no prompt {wish!r}. The prompts are: {', '.join(there)}.")
    name, _, version = wish.partition(":")[0].partition("@")
    return name, int(version)
