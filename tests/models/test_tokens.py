"""Counting tokens: the right ranks, the right counts, and no network."""

from __future__ import annotations

import gzip
import hashlib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import ConfigurationError
from service.models.tokens import RANKS_SHA256, counter, encoding, encoding_name, prompt_tokens


@pytest.mark.parametrize("name", sorted(RANKS_SHA256))
def test_the_packaged_ranks_are_the_published_ones(name: str) -> None:
    """Each file, unpacked, has the SHA-256 that tiktoken itself checks; the licence lies beside it."""
    data = files("service.models") / "data"
    raw = gzip.decompress((data / f"{name}.tiktoken.gz").read_bytes())
    assert hashlib.sha256(raw).hexdigest() == RANKS_SHA256[name]
    assert "MIT License" in (data / "LICENSE-tiktoken.txt").read_text()


@pytest.mark.parametrize(
    ("name", "text", "tokens"),
    [
        # ids as tiktoken's own tests and OpenAI's tokeniser page give them
        ("cl100k_base", "hello world", [15339, 1917]),
        ("cl100k_base", "rer", [38149]),
        ("o200k_base", "hello world", [24912, 2375]),
    ],
)
def test_known_texts_have_their_known_tokens(name: str, text: str, tokens: list[int]) -> None:
    """Known token ids come out, so patterns and ranks belong together."""
    assert encoding(name).encode_ordinary(text) == tokens


@pytest.mark.parametrize("name", sorted(RANKS_SHA256))
def test_tokens_decode_to_the_text(name: str) -> None:
    """Mixed scripts, emoji and line ends survive there and back."""
    text = "Dr. Ünal met 习近平 in Αθήνα — “2,5 %” 🇺🇳👩‍👩‍👧\r\n\r\n  end"
    assert encoding(name).decode(encoding(name).encode_ordinary(text)) == text


@pytest.mark.parametrize(
    ("model", "name", "exact"),
    [
        ("gpt-5-mini", "o200k_base", True),
        ("gpt-4o-2024-08-06", "o200k_base", True),
        ("gpt-4.1", "o200k_base", True),
        ("o4-mini", "o200k_base", True),
        ("gpt-4-turbo", "cl100k_base", True),
        ("gpt-3.5-turbo", "cl100k_base", True),
        ("openai/gpt-4o", "o200k_base", True),
        ("mistral-small", "o200k_base", False),
        (None, "o200k_base", False),
    ],
)
def test_every_model_has_an_encoding(model: str | None, name: str, exact: bool) -> None:
    """OpenAI's models have their own; any other name is counted all the same, and said to be an estimate."""
    assert encoding_name(model) == (name, exact)


def test_an_encoding_that_is_not_carried_is_refused() -> None:
    """An unknown encoding is an error that names what is carried, and no download."""
    with pytest.raises(ConfigurationError, match="o200k_base"):
        encoding("p50k_base")


@pytest.mark.parametrize("text", [" " * 300_000, "a" * 200_000, "^" * 200_000, "\n" * 100_000, "x" + " \t" * 50_000 + "y"])
def test_hostile_text_is_counted(text: str) -> None:
    """Endless runs, on which tiktoken's regular expressions overflow, are counted in pieces."""
    assert 0 < counter()(text) <= len(text)


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_counted(text: str) -> None:
    """Special tokens, control characters and odd Unicode are plain text."""
    assert counter()(text) >= (1 if text else 0)
    assert counter()(text + "<|endoftext|>") >= 4


def test_a_lone_surrogate_is_counted() -> None:
    """Text that no encoder would take is still counted."""
    assert counter()("broken \ud83d text") > 2


def test_a_request_is_counted_with_its_frames() -> None:
    """Messages pay for content, frame and schema."""
    count = counter()
    assert prompt_tokens(["hello world", "hi"], "", count) == 2 + 4 + 1 + 4 + 3
    assert prompt_tokens(["a"], '{"type":"object"}', count) > prompt_tokens(["a"], "", count)
