"""``readout doctor``: what is configured, what answers, what would be used, and where the text of an article would go.

No secret is printed: of a key, only whether there is one; of an address, only scheme, host and port.
"""

from __future__ import annotations

import asyncio
import json as json_format
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import typer

from service.cli.configured import configured
from service.cli.ending import BAD_INPUT, DONE, UNREACHABLE
from service.errors import ConfigurationError, ReadoutError
from service.settings import Settings

State = Literal["ok", "note", "wrong", "unreachable"]
_SIGN: Mapping[State, str] = {"ok": "✓", "note": "·", "wrong": "✗", "unreachable": "✗"}
_OPENAI = "https://api.openai.com/v1"
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    name: str
    state: State
    detail: str


def doctor(json: bool, offline: bool, server: str | None) -> None:
    """Prints the findings. Exit 0: it would work; 2: the configuration is wrong; 3: what it needs does not answer."""
    findings = asyncio.run(_examine(offline, server))
    if json:
        found = {one.name: {"state": one.state, "detail": one.detail} for one in findings}
        sys.stdout.buffer.write(json_format.dumps(found, ensure_ascii=False).encode("utf-8") + b"\n")
    else:
        width = max(len(one.name) for one in findings)
        for one in findings:
            typer.echo(f"{_SIGN[one.state]} {one.name:<{width}}  {one.detail}")
    states = {one.state for one in findings}
    code = BAD_INPUT if "wrong" in states else UNREACHABLE if "unreachable" in states else DONE
    if code != DONE:
        raise typer.Exit(code)


async def _examine(offline: bool, server: str | None) -> list[Finding]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    findings = [Finding("version", "note", f"readout {version('readout')} on Python {python}")]
    if server is not None:
        return [*findings, *await _server(server, offline)]
    try:
        settings = configured()
    except ConfigurationError as error:
        return [*findings, Finding("settings", "wrong", error.detail)]
    findings.append(Finding("settings", "ok", _read_from()))
    return [*findings, *await _engine(settings, offline), _data(settings.data_dir), _limits(settings)]


def _read_from() -> str:
    return "from the environment" + (" and .env" if Path(".env").is_file() else "")


async def _server(server: str, offline: bool) -> list[Finding]:
    from service.client import Client

    place = _place(server)
    findings = [Finding("used", "note", f"the Readout server at {place}; text goes there, and where that server sends it")]
    if offline:
        return findings
    try:
        async with Client(server) as client:
            ready = await client.ready()
    except ReadoutError as error:
        return [*findings, Finding("server", "unreachable", error.detail.replace(server, place))]
    parts = ", ".join(f"{name}: {said}" for name, said in dict(ready.get("checks") or {}).items())
    return [*findings, Finding("server", "ok", f"readout {ready.get('version')}, {ready.get('status')} ({parts})")]


async def _engine(settings: Settings, offline: bool) -> list[Finding]:
    chosen = settings.chosen_engine()
    has_key = settings.openai_api_key is not None
    why = (
        "READOUT_ENGINE says so"
        if settings.engine
        else "a key or an address is set"
        if chosen == "openai"
        else "no key, no address"
    )
    key = Finding("key", "note", "OPENAI_API_KEY is set (not shown)" if has_key else "OPENAI_API_KEY is not set")
    findings = [key, Finding("engine", "ok", f"{chosen}: {why}")]
    if chosen == "extractive":
        return [*findings, Finding("text goes", "ok", "nowhere: the embedded engine works in this process")]
    base = settings.openai_base_url or _OPENAI
    lacks = settings.engine_lacks()
    if lacks is not None:
        return [*findings, Finding("model", "wrong", lacks)]
    findings.append(Finding("model", "note", f"{settings.model} (READOUT_MODEL or --model changes it)"))
    findings.append(Finding("text goes", "note", f"to {_place(base)}{_proxy(base)}"))
    return findings if offline else [*findings, await _answers(base, settings)]


async def _answers(base: str, settings: Settings) -> Finding:
    """Whether the model's server answers, takes the key, and knows the model. No article and no token is sent."""
    import httpx2

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    try:
        async with httpx2.AsyncClient(timeout=_SECONDS) as http:
            response = await http.get(base.rstrip("/") + "/models", headers={"Authorization": f"Bearer {key}"})
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        reason = type(error).__name__
        return Finding("server", "unreachable", f"{_place(base)} does not answer ({reason})")
    if response.status_code in (401, 403):
        return Finding("server", "wrong", f"{_place(base)} answers, and refuses the key ({response.status_code})")
    if response.status_code != 200:
        return Finding(
            "server", "note", f"{_place(base)} answers {response.status_code}; whether it has the model is unknown"
        )
    names = _model_names(response)
    if names and settings.model not in names:
        some = ", ".join(sorted(names)[:5])
        said = f"{_place(base)} answers, and does not list {settings.model}; it lists {some}{' …' if len(names) > 5 else ''}"
        # OpenAI lists what a key may use; many other servers take names that they don't list
        mend = f"READOUT_MODEL={min(names)} asks for one that it lists."
        if base == _OPENAI:
            return Finding("server", "wrong", f"{said}. {mend}")
        return Finding("server", "note", f"{said}. It may take it all the same; {mend}")
    return Finding("server", "ok", f"{_place(base)} answers" + (f" and has {settings.model}" if names else ""))


def _model_names(response: Any) -> set[str]:
    try:
        return {str(one["id"]) for one in response.json()["data"]}
    except (ValueError, KeyError, TypeError):
        return set()


def _proxy(base: str) -> str:
    """Says so where a proxy of the environment carries the text."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(base)
    proxy = getproxies().get(parts.scheme) or getproxies().get("all")
    if proxy is None or proxy_bypass(parts.hostname or ""):
        return ""
    return f", through the proxy {_place(proxy)}"


def _place(address: str) -> str:
    """Scheme, host and port of an address; user names, passwords, paths and queries can be secret."""
    parts = urlsplit(address)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    return f"{parts.scheme or 'http'}://{parts.hostname or '?'}{port}"


def _data(folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not (there.is_dir() and os.access(there, os.W_OK)):
        return Finding("data", "wrong", f"{folder} can't be written (READOUT_DATA_DIR)")
    return Finding("data", "ok", f"{folder.absolute()}{'' if folder.exists() else ' (made when it is needed)'}")


def _limits(settings: Settings) -> Finding:
    budgets = []
    if settings.budget_usd_per_request is not None:
        budgets.append(f"{settings.budget_usd_per_request} USD a request")
    if settings.budget_usd_per_day is not None:
        budgets.append(f"{settings.budget_usd_per_day} USD a day")
    if settings.budget_tokens_per_request is not None:
        budgets.append(f"{settings.budget_tokens_per_request:,} tokens a request")
    if settings.budget_tokens_per_day is not None:
        budgets.append(f"{settings.budget_tokens_per_day:,} tokens a day")
    spent = ", ".join(budgets) or "no budget"
    return Finding(
        "limits", "note", f"{settings.max_chars:,} characters an article, {settings.max_body_bytes:,} bytes a body, {spent}"
    )
