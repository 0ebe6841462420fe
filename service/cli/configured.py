"""The settings, with their mistakes told as sentences."""

from __future__ import annotations

from pydantic import ValidationError

from service.contract.words import said
from service.errors import ConfigurationError
from service.settings import Settings


def configured() -> Settings:
    """The settings from environment and ``.env``. Raises ``ConfigurationError`` that names the setting and not its value,
    which may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = " ".join(said({**one, "loc": (_variable(one["loc"]),)}) for one in error.errors(include_input=False))
        raise ConfigurationError(f"A setting is not valid. {wrong}") from None


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0]) if place else "READOUT_?"
    return name if name.isupper() else f"READOUT_{name.upper()}"
