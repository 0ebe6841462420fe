"""The declared normalisation: typography and white space only, with a map back to the text as it stands.

What it equates: the shapes of quotation marks, apostrophes, hyphens and dashes; kinds and runs of white space; an
ellipsis and three dots; ligatures; characters without width. It never changes a letter, a digit or their case.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_SINGLE = dict.fromkeys(map(ord, "‘’‚‛′`´ʼ"), "'")
_DOUBLE = dict.fromkeys(map(ord, "“”„‟″«»"), '"')
_DASH = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_SPACE = dict.fromkeys(map(ord, "\t\n\r\v\f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"), " ") | dict.fromkeys(
    range(0x2000, 0x200B), " "
)
#: Characters that turn into exactly one other.
_ONE_TO_ONE = _SINGLE | _DOUBLE | _DASH | _SPACE

_LONGER = {"…": "...", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
_CHANGING = re.compile(r" {2,}|''|-{2,}|[…ﬁﬂﬀﬃﬄ]|[\u200b-\u200d\u2060\ufeff\u00ad]+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text. ``_new`` and ``_old`` are where runs of equal length begin, in the new and in the old text."""

    text: str
    _new: tuple[int, ...]
    _old: tuple[int, ...]

    def back(self, offset: int) -> int:
        """The offset in the original text of the character at ``offset`` of the normalised one (code points)."""
        i = bisect_right(self._new, offset) - 1
        return self._old[i] + (offset - self._new[i])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original text of ``[start, end)`` of the normalised one."""
        return (self.back(start), self.back(end - 1) + 1) if end > start else (self.back(start), self.back(start))


def normalise(text: str) -> Normalised:
    """``text`` under the declared normalisation; linear in its length."""
    flat = text.translate(_ONE_TO_ONE)
    parts: list[str] = []
    new, old = [0], [0]
    length = last = 0
    for match in _CHANGING.finditer(flat):
        found = match.group()
        instead = _LONGER.get(found) or {" ": " ", "'": '"', "-": "-"}.get(found[0], "")
        parts += [flat[last : match.start()], instead]
        length += match.start() - last
        # Each character of a longer replacement goes back to the one that it stands for.
        for _ in range(len(instead)):
            new.append(length)
            old.append(match.start())
            length += 1
        last = match.end()
        new.append(length)
        old.append(last)
    parts.append(flat[last:])
    return Normalised("".join(parts), tuple(new), tuple(old))


_TREEBANK = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


def untokenise(text: str) -> str:
    """The treebank's spellings as a person would write them ("-lrb-" → "("), padded so that offsets stay as they are."""
    if "RB-" not in text.upper() and "``" not in text and "SB-" not in text.upper() and "\\'" not in text:
        return text
    flat = re.sub(r"-[LR][RSC]B-", lambda m: f"  {_TREEBANK[m.group().upper()]}  ", text, flags=re.IGNORECASE)
    return flat.replace("``", ' "').replace("\\'\\'", '"   ').replace("\\'", " '")
