"""What can be set, from the environment or a ``.env`` file; read by ``wiring`` and the command line only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

#: The model that ``--engine openai`` asks where none is named.
DEFAULT_MODEL = "gpt-5-mini"


class Settings(BaseSettings):
    """Every setting; ``READOUT_<NAME>`` unless another name is given. Secrets never print."""

    model_config = SettingsConfigDict(
        env_prefix="READOUT_", env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True
    )

    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_API_KEY", "READOUT_OPENAI_API_KEY")
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_BASE_URL", "READOUT_OPENAI_BASE_URL")
    )
    engine: Literal["openai", "extractive"] | None = Field(
        default=None, description="The engine; unset: openai where a key or a base URL is configured, else extractive."
    )
    model: str = Field(default=DEFAULT_MODEL, description="The model that the openai engine asks.")
    prompt: str | None = Field(
        default=None, description="Prompt of the brief (brief@1); unset: what prompts/live.toml pins."
    )
    data_dir: Path = Field(default=Path("var"), description="Where the store and the ledger of answers live.")
    database_url: SecretStr | None = Field(
        default=None, description="The store: sqlite:///FILE or postgresql://…; unset: readout.db in the data folder."
    )
    url: str | None = Field(default=None, description="A Readout server that the command line talks to.")

    chunk_tokens: int = Field(default=6000, ge=64, description="Most tokens of article text in one call.")
    context_tokens: int = Field(default=32_000, ge=1024, description="The model's context, prompt and answer together.")
    max_chars: int = Field(default=12_000_000, ge=1, description="Most characters of an article.")
    max_brief_chars: int = Field(
        default=2_000_000, ge=1, description="Most characters of an article that is briefed: about a minute's work."
    )
    max_body_bytes: int = Field(default=64_000_000, ge=1, description="Most bytes of a request's body.")

    call_seconds: float = Field(default=120.0, gt=0, description="Deadline of one call of the model.")
    request_seconds: float = Field(default=300.0, gt=0, description="Deadline of all calls for one article.")
    answer_seconds: float = Field(default=600.0, gt=0, description="Longest work on one request of the HTTP service.")
    attempts: int = Field(default=4, ge=1, le=10, description="Most attempts at one call.")
    concurrency: int = Field(default=8, ge=1, description="Most calls of the model at once.")
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    budget_tokens_per_request: int | None = Field(default=None, ge=1)
    budget_usd_per_request: float | None = Field(default=None, gt=0)
    budget_tokens_per_day: int | None = Field(default=None, ge=1)
    budget_usd_per_day: float | None = Field(default=None, gt=0)
    prices: Path | None = Field(default=None, description="A price table of your own, in place of the carried one.")

    def chosen_engine(self) -> Literal["openai", "extractive"]:
        """The engine that a request without a wish of its own gets."""
        if self.engine is not None:
            return self.engine
        return "openai" if self.openai_api_key is not None or self.openai_base_url is not None else "extractive"

    def engine_lacks(self) -> str | None:
        """What the chosen engine lacks to work at all, as a sentence; None where it lacks nothing."""
        if self.chosen_engine() == "openai" and self.openai_api_key is None and self.openai_base_url is None:
            return "the openai engine needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own"
        return None
