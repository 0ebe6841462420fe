"""Counting tokens, without a network: the ranks travel in the package (``data/``, with their licence and hashes).

tiktoken fetches its ranks on first use, which hangs on a closed network; here its ``Encoding`` is built from our own files.
Counts are exact for OpenAI's models and an estimate for everybody else's.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from service.errors import ConfigurationError

if TYPE_CHECKING:
    import tiktoken

#: SHA-256 of the uncompressed rank files: the values that tiktoken itself checks (tiktoken_ext/openai_public.py).
RANKS_SHA256 = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}

#: How each encoding cuts text into words before merging, and its special tokens (both from tiktoken, MIT).
_PATTERNS = {
    "o200k_base": "|".join(
        [
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
            r"\p{N}{1,3}",
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        ]
    ),
    "cl100k_base": (
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
        r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
    ),
}
_SPECIAL = {
    "o200k_base": {"<|endoftext|>": 199999, "<|endofprompt|>": 200018},
    "cl100k_base": {"<|endoftext|>": 100257, "<|fim_prefix|>": 100258, "<|fim_middle|>": 100259, "<|fim_suffix|>": 100260,
                    "<|endofprompt|>": 100276},
}  # fmt: skip

#: Names of OpenAI's models that still use cl100k_base; every other name of theirs that we know uses o200k_base.
_CL100K = re.compile(r"^(ft:)?(gpt-4(?!o|\.\d|-?5)|gpt-3\.5|gpt-35|text-embedding-)")
_O200K = re.compile(r"^(ft:)?(gpt-4o|gpt-4\.\d|gpt-4-?5|gpt-[5-9]|chatgpt-|gpt-oss|o\d)")

#: tiktoken's regex engine overflows its stack (and panics) on very long runs of white space; so does no article, but a
#: hostile one. Runs are counted in pieces of this length.
_WHITE_RUN = 4096
_LONG_WHITE = re.compile(rf"\s{{{_WHITE_RUN}}}")


def encoding_name(model: str | None) -> tuple[str, bool]:
    """Which encoding counts for a model, and whether it is that model's own (False: an estimate). A provider's prefix
    such as "openai/" is ignored; an unknown name, or None, is counted with o200k_base."""
    name = (model or "").rsplit("/", 1)[-1].lower()
    if _CL100K.match(name):
        return "cl100k_base", True
    return "o200k_base", bool(_O200K.match(name))


@lru_cache(maxsize=4)
def encoding(name: str) -> tiktoken.Encoding:
    """tiktoken's ``Encoding`` built from the packaged ranks (0.4 s the first time). Raises ``ConfigurationError`` for a
    name that is not carried and for a file that is not what it should be."""
    import tiktoken

    if name not in RANKS_SHA256:
        raise ConfigurationError(f"no token ranks for {name!r}; carried are {', '.join(sorted(RANKS_SHA256))}")
    raw = gzip.decompress((files("service.models") / "data" / f"{name}.tiktoken.gz").read_bytes())
    if hashlib.sha256(raw).hexdigest() != RANKS_SHA256[name]:
        raise ConfigurationError(f"the packaged token ranks {name} are damaged; install readout again")
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in raw.splitlines())}
    return tiktoken.Encoding(name, pat_str=_PATTERNS[name], mergeable_ranks=ranks, special_tokens=_SPECIAL[name])


class TokenCounter:
    """Counts the tokens of a text. Text that looks like a special token is plain text.

    ``additive``: counts add up over pieces that meet between a printing character and white space, which lets the chunker
    count every sentence once (``service.stages.chunks``); true of both encodings, by their word patterns.
    """

    additive = True

    def __init__(self, name: str, exact: bool) -> None:
        self.name = name
        self.exact = exact
        self._encode = encoding(name).encode_ordinary

    def __call__(self, text: str) -> int:
        """Number of tokens of ``text``; a lone surrogate counts as U+FFFD does."""
        if len(text) > _WHITE_RUN and _LONG_WHITE.search(text):
            return self._count_with_long_white(text)
        return len(self._encode(text))

    def _count_with_long_white(self, text: str) -> int:
        total = at = 0
        for run in _LONG_WHITE.finditer(text):
            total += len(self._encode(text[at : run.start()])) + len(self._encode(run.group()))
            at = run.end()
        return total + len(self._encode(text[at:]))


@lru_cache(maxsize=32)
def counter(model: str | None = None) -> TokenCounter:
    """The counter for a model's name (see ``encoding_name``)."""
    name, exact = encoding_name(model)
    return TokenCounter(name, exact)


def prompt_tokens(contents: Sequence[str], extra: str, count: Callable[[str], int]) -> int:
    """Tokens of a chat request: each message's content and 4 for its frame, 3 that open the answer, and ``extra`` (the
    schema as JSON). The frame is OpenAI's published rule; of other servers this is an estimate."""
    return sum(count(content) + 4 for content in contents) + 3 + (count(extra) if extra else 0)
