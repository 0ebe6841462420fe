"""What tasks over articles share: the article of a case."""

from __future__ import annotations

from evals.base import Case, Json
from service.domain.text import Article


def article_of(case: Case) -> Article:
    """The article that a case's input holds."""
    return article_from(case.input)


def article_from(value: Json) -> Article:
    """An article from its JSON: ``text`` and, where known, ``title``, ``url``, ``outlet``, ``published``, ``language``."""
    return Article(
        text=value["text"],
        title=value.get("title"),
        url=value.get("url"),
        outlet=value.get("outlet"),
        published=value.get("published"),
        language=value.get("language"),
    )
