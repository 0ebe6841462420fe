"""Which language a text is in. English is told by its function words alone; only for others is a classifier loaded."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
#: Function words that no other large language shares in this density.
_ENGLISH = frozenset(
    "the of and to in that is was for with as his her by at from had have has were been which their but not are said they".split()
)
#: Share of words that are such function words: PolNeAR's articles have .27 to .45, other languages under .06.
_LEAST_SHARE = 0.12
_LEAST_WORDS = 20
_SAMPLE = 20_000


def identify(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text`` (judged on its first 20,000 characters); None where there are no words.

    Very short English (a headline) may pass as unknown; it is then given to the classifier as well.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    if not words:
        return None
    share = sum(word in _ENGLISH for word in words) / len(words)
    if share >= _LEAST_SHARE:
        return "en"
    if len(words) < _LEAST_WORDS and all(word.isascii() for word in words):
        return "en" if share > 0 else _classified(text)
    return _classified(text)


def _classified(text: str) -> str | None:
    # imported here: its model takes half a second to load, and English never needs it
    import py3langid

    code: str = py3langid.classify(text[:_SAMPLE])[0]
    return code
