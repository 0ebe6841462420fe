"""From what the user names (files, standard input) to articles as submitted."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from service.contract.requests import ArticleIn
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
        first = error.errors()[0]
        raise InputError(f"{'.'.join(map(str, first['loc']))}: {first['msg'].removeprefix('Value error, ')}.") from error


def read_bytes(name: str) -> bytes:
    """All bytes of the file ``name`` ("-" is standard input). Raises ``InputError`` in the words of the system."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{name} can't be read: {(error.strerror or str(error)).lower()}.") from error
    if len(data) > _MOST_BYTES:
        raise TooLarge(f"{name} is over {_MOST_BYTES:,} bytes: that is no article. For many articles use --jsonl.")
    return data


def open_lines(name: str) -> BinaryIO:
    """The file ``name`` ("-" is standard input) for reading line by line, as bytes. Raises ``InputError``."""
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"{name} can't be read: {(error.strerror or str(error)).lower()}.") from error
