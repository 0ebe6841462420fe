"""From what the user names (files, standard input) to articles as submitted."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from service.contract import ArticleIn, said
from service.domain.brief import Notice
from service.errors import InputError, TooLarge
from service.intake import decode

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HTML_ENDINGS = {".html", ".htm", ".xhtml"}
#: No article is longer, and no file of that size should be read into memory by accident.
_MOST_BYTES = 256_000_000


def read_article(name: str, **stated: str | None) -> tuple[ArticleIn, tuple[Notice, ...]]:
    """The article in the file ``name`` ("-" is standard input), and what had to be guessed to read it.

    A file that ends in .html (or, on standard input, text that begins like a page) is HTML. ``stated`` is what the caller
    knows of the article: title, url, outlet, published, language. Raises ``InputError`` or ``NotText``.
    """
    data = read_bytes(name)
    named_html = Path(name).suffix.lower() in _HTML_ENDINGS
    text, notices = decode(data, html=named_html or name == "-")
    html = named_html or (name == "-" and _PAGE.match(text[:4096]) is not None)
    try:
        return (ArticleIn(html=text, **stated) if html else ArticleIn(text=text, **stated)), notices
    except ValidationError as error:
        raise InputError(said(error.errors()[0])) from error


def read_bytes(name: str) -> bytes:
    """All bytes of the file ``name`` ("-" is standard input). Raises ``InputError`` in the words of the system."""
    try:
        if name == "-":
            data = _standard_input().read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{name} can't be read: {(error.strerror or str(error)).lower()}.") from error
    if len(data) > _MOST_BYTES:
        raise TooLarge(f"{name} is over {_MOST_BYTES:,} bytes: that is no article. For many articles use --jsonl.")
    return data


@contextmanager
def open_lines(name: str) -> Iterator[BinaryIO]:
    """The file ``name`` ("-" is standard input) for reading line by line, as bytes. Raises ``InputError``."""
    try:
        source: BinaryIO = _standard_input() if name == "-" else Path(name).open("rb")  # noqa: SIM115
    except OSError as error:
        raise InputError(f"{name} can't be read: {(error.strerror or str(error)).lower()}.") from error
    try:
        yield source
    finally:
        # a thread may still wait for the next line of a pipe, and closing would wait for it
        if source.seekable():
            source.close()


def _standard_input() -> BinaryIO:
    """Standard input with a buffer of our own: a thread that still waits for a line when the process ends must not hold the
    lock of ``sys.stdin``, or the interpreter ends with a fatal error."""
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    except (io.UnsupportedOperation, ValueError):
        return sys.stdin.buffer
