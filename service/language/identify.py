"""Which language a text is in. English is told by its function words alone; only for others is a classifier loaded."""

from __future__ import annotations

import math
import re

_WORD = re.compile(r"[^\W\d_]+")
#: Function words that no other large language shares in this density.
_ENGLISH = frozenset(
    "the of and to in that is was for with as his her by at from had have has been were which their but not are said "
    "they".split()
)
#: Those of them that are no word of German, Dutch, French, Spanish, Italian, Portuguese or Danish: one is enough.
_ONLY_ENGLISH = frozenset("the and that with his from been which their said they".split())
#: Share of words that are such function words: PolNeAR's articles have .27 to .45, other languages under .06.
_LEAST_SHARE = 0.12
#: In fewer words than this a share says little: "Der Minister war in Berlin" has one in five.
_LEAST_WORDS = 20
#: The classifier's confidence under which its guess is not repeated. "hello world" gets .14 (Fulfulde), "Macron rencontre
#: Merkel" .22; whole sentences of news in ten languages, of five words and more, get .34 to .97.
_LEAST_CONFIDENCE = 0.3
_SAMPLE = 20_000


def identify(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text`` (judged on its first 20,000 characters); None where there are no words, or
    too few to tell."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    if not words:
        return None
    if len(words) < _LEAST_WORDS:
        return "en" if not _ONLY_ENGLISH.isdisjoint(words) else _classified(text)
    share = sum(word in _ENGLISH for word in words) / len(words)
    return "en" if share >= _LEAST_SHARE else _classified(text)


def _classified(text: str) -> str | None:
    # imported here: its model takes half a second to load, and English never needs it
    import py3langid  # type: ignore[import-untyped]

    sample = text[:_SAMPLE]
    ranked = py3langid.rank(sample)
    code: str = ranked[0][0]
    # scores are of the whole text; by the root of its length they become comparable between lengths (as py3langid does)
    scale = math.sqrt(len(sample.encode("utf-8", "replace")))
    odds = sum(math.exp((score - ranked[0][1]) / scale) for _, score in ranked)
    return code if 1 / odds >= _LEAST_CONFIDENCE else None
