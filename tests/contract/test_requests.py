"""Requests: what is taken, what is refused, and in which words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from service.contract import ArticleIn, DossierRequest, Options, error_of, problem_of, problem_of_validation
from service.errors import EmptyArticle, InputError, ModelTimeout, ReadoutError


def test_an_article_has_text_or_html_and_not_both() -> None:
    """Neither a request without an article nor one with two is guessed at."""
    assert ArticleIn(text="x", html=None).text == "x"
    for wrong in ({}, {"text": "a", "html": "b"}, {"text": None}):
        with pytest.raises(ValidationError, match="either text or html"):
            ArticleIn.model_validate(wrong)


@pytest.mark.parametrize(
    "date", ["2017-07-18", "2017-07-18T10:00:00Z", "2017-07-18T10:00:00+05:30", "2017-07-18 10:00", " ", None]
)
def test_dates_of_publication_that_are_taken(date: str | None) -> None:
    """A day, an RFC 3339 time, or nothing."""
    assert ArticleIn(text="x", published=date).published == ((date or "").strip() or None)


@pytest.mark.parametrize("date", ["July 7", "2017-02-30", "2017-7-1", "20170718", "2017-07-18T25:00:00Z"])
def test_dates_of_publication_that_are_refused(date: str) -> None:
    """A date that would be misread is refused: relative dates of the article count from it."""
    with pytest.raises(ValidationError):
        ArticleIn(text="x", published=date)


def test_unknown_keys_of_an_article_are_ignored_and_unknown_options_are_not() -> None:
    """Rows of anyone's data can be sent as they are; a misspelt option must not silently do nothing."""
    assert ArticleIn.model_validate({"text": "x", "id": 7, "section": "world"}).text == "x"
    with pytest.raises(ValidationError, match="lenght"):
        Options.model_validate({"lenght": "short"})


def test_half_a_character_is_replaced_one_for_one() -> None:
    """A lone surrogate can't be written as UTF-8; the offsets after it stay right."""
    assert ArticleIn(text="a\ud800b").text == "a\ufffdb"


def test_a_dossier_needs_something_in_it() -> None:
    """An empty dossier is a mistake of whoever asked."""
    with pytest.raises(ValidationError, match="articles or brief ids"):
        DossierRequest()


def test_an_error_survives_its_way_through_a_problem() -> None:
    """The client raises what the service raised."""
    for error in (EmptyArticle("nothing there"), ModelTimeout("too slow")):
        problem = problem_of(error, "/v1/briefs", "req_1")
        back = error_of({"code": problem.code, "detail": problem.detail, "status": problem.status})
        assert type(back) is type(error)
        assert back.detail == error.detail
    assert type(error_of({"code": "http_418", "status": 418, "detail": "tea"})) is InputError
    assert type(error_of({"code": "?", "status": 500})) is ReadoutError


def test_a_problem_points_at_what_is_wrong_and_repeats_none_of_it() -> None:
    """A JSON pointer for each mistake; the article itself is not sent back nor logged."""
    with pytest.raises(ValidationError) as caught:
        ArticleIn.model_validate({"text": ["secret words"]})
    found = caught.value.errors(include_url=False, include_input=False, include_context=False)
    problem = problem_of_validation([{**one, "loc": ("body", "article", *one["loc"])} for one in found])
    assert problem.errors[0].pointer == "#/article/text"
    assert "secret" not in str(problem)
