"""HTML by construction: every string is escaped unless it was made here, so that nothing of an article can become markup."""

from __future__ import annotations

import re
from html import escape
from typing import TypeAlias

#: What may stand inside an element. Nothing (None, "") is left out.
Child: TypeAlias = "str | Html | list[Html] | tuple[Html, ...] | None"

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_VOID = frozenset({"meta", "br", "hr", "input"})


class Html(str):
    """Markup that was built by ``element``; any other string is text."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """``text`` as it will read back from the page: a carriage return as a reference, since a parser would drop it; NUL and
    lone surrogates, which no page can hold, as U+FFFD."""
    return Html(escape(_UNWRITABLE.sub("\ufffd", text), quote=True).replace("\r", "&#13;"))


def element(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """An element. In attribute names ``_`` stands for ``-`` and a trailing one is dropped (``class_``, ``data_refs``);
    True writes the bare name, None and False write nothing."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{''.join(_child(child) for child in children)}</{name}>")


def raw(name: str, content: str) -> Html:
    """A ``style`` or ``script`` element with ``content`` as it is. Raises ``ValueError`` where it would end early."""
    if f"</{name}" in content.lower():
        raise ValueError(f"the content would end the {name} element")
    return Html(f"<{name}>{content}</{name}>")


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escaped(value)}"'


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, list | tuple):
        return "".join(child)
    return child if isinstance(child, Html) else escaped(child)
