"""What is built from the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.contract import Options
from service.domain.text import Article
from service.errors import ModelError
from service.settings import Settings
from service.wiring import build


@pytest.mark.loopback
async def test_what_is_closed_opens_again(tmp_path: Path) -> None:
    """Closing gives up the model's connections and the ledger; it can be done twice, and what comes later works."""
    settings = Settings(
        _env_file=None, openai_base_url="http://127.0.0.1:9/v1", attempts=1, data_dir=tmp_path, engine="openai"
    )
    readout = build(settings)
    for _ in range(2):
        with pytest.raises(ModelError):
            await readout.brief(Article("The minister met the envoy in Geneva."), Options())
        await readout.close()
        await readout.close()


@pytest.mark.parametrize(
    ("address", "own_table", "known"),
    [
        (None, False, True),
        ("https://eu.api.openai.com/v1", False, True),
        ("http://127.0.0.1:9/v1", False, False),
        ("https://api.openai.com.example.org/v1", False, False),
        ("http://127.0.0.1:9/v1", True, True),
    ],
)
async def test_prices_are_those_of_the_host_that_is_asked(
    tmp_path: Path, address: str | None, own_table: bool, known: bool
) -> None:
    """A model of OpenAI's name at another host has no known price, unless the user gives one."""
    table = tmp_path / "prices.toml"
    table.write_text('date = "2026-01-01"\n[models.gpt-5-mini]\ninput = 1\noutput = 2\n', encoding="utf-8")
    settings = Settings(
        _env_file=None,
        openai_api_key="sk-x",
        openai_base_url=address,
        data_dir=tmp_path,
        prices=table if own_table else None,
    )
    from service.wiring import _server

    server = _server(settings)
    assert (server.prices.cost("gpt-5-mini", 1000, 0, 1000) is not None) == known
    server.ledger.close()
