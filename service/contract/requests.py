"""Requests: pydantic models, so that what is submitted is checked before anything is done with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from service.domain.brief import EngineName, Length, OffsetUnit, Style
from service.errors import InputError

_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?")
_SURROGATE = re.compile("[\ud800-\udfff]")


def whole_unicode(text: str) -> str:
    """``text`` as whole characters. Half of a surrogate pair is none and can't be written as UTF-8: U+FFFD takes its
    place, one for one, so that offsets stay. ``service.intake`` says so in the answer's warnings."""
    return _SURROGATE.sub("\ufffd", text)


def _whole_where_text(value: object) -> object:
    return whole_unicode(value) if isinstance(value, str) else value


def _absent_when_blank(value: str | None) -> str | None:
    return value.strip() or None if value is not None else None


def _a_date(value: str | None) -> str | None:
    """YYYY-MM-DD or RFC 3339, as the contract has it; what isn't a day of the calendar is refused."""
    if value is None:
        return None
    if not _RFC3339.fullmatch(value):
        raise ValueError("a date must be YYYY-MM-DD or an RFC 3339 time")
    try:
        if len(value) == 10:
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value.upper())
    except ValueError:
        raise ValueError(f"{value[:40]} is no day and time of the calendar") from None
    return value


Text = Annotated[str, BeforeValidator(_whole_where_text)]
Label = Annotated[Text, Field(max_length=4000)]
OptionalLabel = Annotated[Label | None, AfterValidator(_absent_when_blank)]
OptionalDate = Annotated[Label | None, AfterValidator(_absent_when_blank), AfterValidator(_a_date)]


class Submitted(BaseModel):
    """Whatever is submitted: an object, in which null is as absent. ``IS`` says what it is where it isn't."""

    IS: ClassVar[str] = "must be a JSON object"

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, value: Any) -> Any:
        if isinstance(value, cls):
            return value
        if not isinstance(value, dict):
            raise PydanticCustomError("not_an_object", "{what}", {"what": cls.IS})
        return {key: one for key, one in value.items() if one is not None}


class ArticleIn(Submitted):
    """An article as submitted: its text or its HTML, never both."""

    IS: ClassVar[str] = "an article is an object with `text` or `html`"

    model_config = ConfigDict(extra="ignore")

    text: Annotated[Text | None, Field(description="The article as plain text.")] = None
    html: Annotated[Text | None, Field(description="The page that the article is on; its text is extracted.")] = None
    title: OptionalLabel = None
    url: OptionalLabel = None
    outlet: OptionalLabel = None
    published: Annotated[OptionalDate, Field(description="YYYY-MM-DD or RFC 3339; relative dates count from it.")] = None
    language: OptionalLabel = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> ArticleIn:
        if (self.text is None) == (self.html is None):
            raise ValueError("an article has either text or html")
        return self


def _with_known(found: Any, known: str) -> InitErrorDetails:
    """An error of pydantic's as it was; one about an unknown key says which are known."""
    if found["type"] == "extra_forbidden":
        words = "there is no such option; there are {known}"
        kind: Any = PydanticCustomError("unknown_option", words, {"known": known})
    elif found["type"] in ("value_error", "not_an_object"):
        kind = PydanticCustomError(found["type"], "{reason}", {"reason": found["msg"].removeprefix("Value error, ")})
    else:
        kind = found["type"]
    return InitErrorDetails(type=kind, loc=found["loc"], input=found["input"], ctx=found.get("ctx", {}))


class ReadOptions(Submitted):
    """What can be asked of an answer that no model takes part in."""

    model_config = ConfigDict(extra="forbid")

    offset_unit: OffsetUnit = "codepoint"

    @model_validator(mode="wrap")
    @classmethod
    def _unknown_ones_are_named(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(value)
        except ValidationError as error:
            known = ", ".join(cls.model_fields)
            raise ValidationError.from_exception_data(
                error.title, [_with_known(found, known) for found in error.errors(include_url=False)]
            ) from None


class CheckOptions(ReadOptions):
    """What can be asked of a check."""

    judge: Annotated[bool, Field(description="Ask a language model, too, where the rules can't tell.")] = False


class Options(ReadOptions):
    """What can be asked of a brief. Unknown options are refused: a misspelt one would silently do nothing."""

    length: Length = "medium"
    style: Style = "sentences"
    output_language: OptionalLabel = None
    engine: EngineName | None = None
    model: OptionalLabel = None
    on_unsupported: Literal["flag", "drop"] = "flag"
    fallback: Literal["none", "extractive"] = "none"
    judge: bool = False
    store: bool = True
    fresh: bool = False


class BriefRequest(Submitted):
    """``POST /v1/briefs``."""

    article: ArticleIn
    options: Options = Options()


class QuotationsRequest(Submitted):
    """``POST /v1/quotations``."""

    article: ArticleIn
    options: ReadOptions = ReadOptions()


class CheckRequest(Submitted):
    """``POST /v1/checks``: a summary that anyone wrote, and what it is to be held against."""

    sources: Annotated[list[ArticleIn], Field(min_length=1, max_length=50)]
    summary: Text
    options: CheckOptions = CheckOptions()


class DossierRequest(Submitted):
    """``POST /v1/dossiers``: articles, or ids of stored briefs, or both (articles first)."""

    articles: Annotated[list[ArticleIn], Field(max_length=200)] = []
    briefs: Annotated[list[Label], Field(max_length=200)] = []
    options: Options = Options()

    @model_validator(mode="after")
    def _something(self) -> DossierRequest:
        if not self.articles and not self.briefs:
            raise ValueError("a dossier needs articles or brief ids")
        return self


class MergeRequest(Submitted):
    """``POST /v1/dossiers/{id}:merge``: ids of merged meetings of the dossier that are one."""

    meetings: Annotated[list[Label], Field(min_length=2, max_length=100)]


class SourceIn(Submitted):
    """A record, named by its brief and its id there."""

    IS: ClassVar[str] = "a source is an object with `brief` and `meeting`"

    brief: Label
    meeting: Label


class SplitRequest(Submitted):
    """``POST /v1/dossiers/{id}:split``: which sources of a merged meeting are another."""

    meeting: Label
    sources: Annotated[list[SourceIn], Field(min_length=1, max_length=200)]


def _as_article(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class CheckLine(Submitted):
    """A line of ``readout check --jsonl``: ``article`` is the text, ``articles`` are several."""

    model_config = ConfigDict(extra="ignore")

    article: Annotated[ArticleIn, BeforeValidator(_as_article)] | None = None
    articles: list[Annotated[ArticleIn, BeforeValidator(_as_article)]] | None = None
    summary: Text

    def sources(self) -> list[ArticleIn]:
        """The sources in order. Raises ``InputError`` where there is none."""
        given = [*([self.article] if self.article is not None else []), *(self.articles or [])]
        if not given:
            raise InputError('A line to check needs "article" or "articles".')
        return given


#: The keys of a line with an article, beside its "id".
_LINE_KEYS = ("text", "html", "title", "published", "outlet")


def article_of_line(values: Mapping[str, Any]) -> ArticleIn:
    """The article on a line of JSONL: of its keys only ours count, whatever anybody else's hold. "url" and "language" are
    taken where they are text."""
    extra = {key: values[key] for key in ("url", "language") if isinstance(values.get(key), str)}
    return ArticleIn.model_validate({**extra, **{key: values.get(key) for key in _LINE_KEYS}})


def text_of_line(values: Mapping[str, Any]) -> ArticleIn:
    """The article on a line of ``readout quotations --jsonl``, of which nothing but its text (or HTML) matters."""
    key = "html" if values.get("text") is None and values.get("html") is not None else "text"
    return ArticleIn.model_validate({key: values.get(key)})
