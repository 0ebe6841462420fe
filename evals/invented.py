"""What a statement says that its article does not: names, numbers and quotations, found by comparing letters alone.

On purpose nothing of ``service.stages.verification`` is used: an engine that is graded by its own examiner is not graded.
The checks are narrow and certain rather than wide and doubtful: they find a name, a number or words in marks that stand
nowhere in the article, and nothing subtler (a right name in the wrong place is for the verification task).
"""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_MARKED = re.compile(r'"([^"]+)"|“([^”"]+)[”"]|(?<!\w)‘([^’]+)’(?!\w)')
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…]\s+|[\"“‘]\s*)$")
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
#: Capitalised without being names.
_NOT_NAMES = frozenset(
    {"i", "mr", "mrs", "ms", "dr", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)


def numbers(statement: str, article: str) -> list[str]:
    """Numbers in figures that the article has neither in figures nor (up to twenty) in words."""
    known = {_value(found.group()) for found in _NUMBER.finditer(article)}
    words = {word.casefold() for word in _WORD.findall(article)}
    known |= {str(value) for value, word in enumerate(_SMALL) if word in words}
    return [found.group() for found in _NUMBER.finditer(statement) if _value(found.group()) not in known]


def _value(figures: str) -> str:
    plain = figures.rstrip(".,").replace(",", "")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.lstrip("0") or "0"


def names(statement: str, article: str) -> list[str]:
    """Capitalised words that stand nowhere in the article, not even in small letters. The first word of a sentence has
    its capital from grammar: it counts only where another capitalised word follows it."""
    plain = _plain(statement)
    known = {_bare(word) for word in _WORD.findall(_plain(article))}
    known |= {part for word in known for part in word.split("-")}
    found = list(_WORD.finditer(plain))
    invented = []
    for index, match in enumerate(found):
        word = match.group()
        bare = _bare(word)
        if not word[0].isupper() or bare in known or bare in _NOT_NAMES or all(p in known for p in bare.split("-")):
            continue
        if _SENTENCE_START.search(plain[: match.start()]):
            following = found[index + 1] if index + 1 < len(found) else None
            if following is None or not following.group()[0].isupper() or plain[match.end() : following.start()] != " ":
                continue
        invented.append(word)
    return invented


def _bare(word: str) -> str:
    return word.casefold().removesuffix("'s")


def quotations(statement: str, article: str) -> list[str]:
    """Words in quotation marks that don't stand so in the article (white space, the shape of marks and a last comma or
    full stop aside)."""
    text = _plain(article)
    found = [next(filter(None, match.groups())) for match in _MARKED.finditer(statement)]
    return [words for words in found if _plain(words).strip(" .,") not in text]


def _plain(text: str) -> str:
    """One kind of apostrophe and mark, white space single."""
    text = unicodedata.normalize("NFC", text)
    for mark, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(mark, straight)
    return " ".join(text.split())
