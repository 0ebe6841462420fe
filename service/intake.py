"""The door: bytes and submitted articles in, an ``Article`` that the staircase can work on out.

What can't be read is refused with a sentence that says why; what could only be read by guessing is labelled.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from service.contract.requests import ArticleIn, whole_unicode
from service.domain.brief import Notice
from service.domain.text import Article
from service.errors import EmptyArticle, NotText, TooLarge
from service.stages.html import extract_article

#: The default limit, in characters, of one article: a novel is about 600,000.
MAX_CHARS = 12_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or an Office document)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
#: C0 and C1 controls except tab, newline, vertical tab, form feed, return, and NEL.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
#: Text with more control characters than this is taken for binary data. Text that lost its encoding has well under 1 %, a
#: coloured terminal's log up to 5 %; compressed data read as Windows-1252 has 13 % (33 of 255 bytes).
_BINARY_SHARE = 0.10


@dataclass(frozen=True, slots=True)
class Taken:
    """An article taken in, with what has to be said about how it was read."""

    article: Article
    notices: tuple[Notice, ...]


def decode(data: bytes, html: bool = False) -> tuple[str, tuple[Notice, ...]]:
    """The text that ``data`` holds, and what had to be guessed.

    A byte order mark decides (UTF-8, UTF-16, UTF-32; it is not part of the text); then, for HTML, the page's own
    ``<meta charset>``; then UTF-8; and Windows-1252 as the last resort, labelled. Raises ``NotText`` for binary data.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise NotText(f"This is {name}, not text. Give the article as plain text or as HTML.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), ()
            except UnicodeDecodeError:
                text = data[len(bom) :].decode(encoding, "replace")
                return text, (Notice("encoding_broken", f"Parts of the file are not valid {encoding.upper()}."),)
    declared = _CHARSET.search(data[:4096]) if html else None
    if declared:
        try:
            return data.decode(declared.group(1).decode("ascii")), ()
        except (LookupError, UnicodeError):
            pass  # the page is wrong about itself: read it as any other file
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _guessed(data, error.start)


def _guessed(data: bytes, first_bad: int) -> tuple[str, tuple[Notice, ...]]:
    if b"\x00" in data:
        raise NotText("This is not text in UTF-8 or UTF-16 with a byte order mark: it holds NUL bytes.")
    text = data.decode("cp1252", "replace")
    if _looks_binary(text):
        raise NotText("This looks like binary data, not text.")
    reason = (
        f"The file is not UTF-8 (byte {first_bad} does not fit), so it was read as Windows-1252; check accents and quotes."
    )
    return text, (Notice("encoding_guessed", reason),)


def _looks_binary(text: str) -> bool:
    if not text:
        return False
    odd = sum(1 for _ in _CONTROL.finditer(text)) + text.count("\ufffd")
    return odd / len(text) > _BINARY_SHARE


def take(given: ArticleIn, max_chars: int = MAX_CHARS) -> Taken:
    """The article that ``given`` holds: its text as it is, or the text extracted from its HTML; what the caller states
    (title, outlet, date …) wins over what the page says of itself.

    Raises ``EmptyArticle``, ``NotText``, ``TooLarge`` or ``NoArticleInPage``.
    """
    submitted = given.text if given.text is not None else given.html or ""
    if len(submitted) > max_chars:
        raise TooLarge(f"The article has {len(submitted):,} characters; this service takes up to {max_chars:,}.")
    if not submitted.strip():
        raise EmptyArticle("The article is empty.")
    if _looks_binary(submitted):
        raise NotText("The article looks like binary data, not text: it is full of control characters.")
    if given.text is not None:
        article = Article(given.text, given.title, given.url, given.outlet, given.published, given.language)
    else:
        found = extract_article(submitted)
        article = replace(
            found,
            text=whole_unicode(found.text),
            title=given.title or found.title,
            url=given.url or found.url,
            outlet=given.outlet or found.outlet,
            published=given.published or found.published,
            language=given.language or found.language,
        )
    labels = [(name, getattr(article, name)) for name in ("title", "url", "outlet", "language")]
    about = tuple(notice for name, label in labels if label for notice in oddities(label, name))
    return Taken(article, (*oddities(article.text), *about))


def oddities(text: str, name: str = "text") -> tuple[Notice, ...]:
    """What a reader of the answer should know of the state of a text, called ``name``; it is never touched itself."""
    notices = []
    lost = text.count("\ufffd")
    if lost:
        detail = f"{lost} unreadable character(s) in the {name} (U+FFFD stands for them); words around them may be wrong."
        notices.append(Notice("unreadable_characters", detail))
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls:
        notices.append(
            Notice("control_characters", f"{controls} control character(s) in the {name}; they were left where they are.")
        )
    return tuple(notices)
