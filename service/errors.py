"""One tree of errors; it knows nothing of HTTP or of exit codes, the faces map it.

ReadoutError                 code, detail (a sentence that says what is wrong and what to do)
├── InputError               what was submitted can't be worked on
│   ├── EmptyArticle         no text, or text without a sentence
│   ├── NotText              binary, or bytes in no encoding that can be told
│   ├── TooLarge             over the stated limit
│   └── NoArticleInPage      HTML in which no article was found
├── ConfigurationError       settings that contradict each other or name what is not there
├── NotFound                 an id that is not (or no longer) stored
├── Conflict                 the same thing twice, with different content
├── Overdue              the work took longer than the service lets it
├── StoreUnavailable         the database can't be reached or written
├── ServiceUnreachable       no Readout server answers at the address given (the client's own error)
├── ModelError               the language model or its server
│   ├── ModelUnreachable     no connection, or it was cut
│   ├── ModelTimeout         no answer within the deadline
│   ├── ModelRateLimited     asked to wait longer than the request may take
│   ├── ModelRejected        the server refused the request (key, model name, shape)
│   │   └── ModelContextExceeded   it is longer than the model's context
│   ├── ModelRefused         the model or a content filter declined
│   └── ModelOutputInvalid   an answer that can't be used, even in part
└── BudgetExceeded           a limit of tokens or money that the user set would be passed
"""

from __future__ import annotations


class ReadoutError(Exception):
    """The root. ``code`` is stable and machine-readable; ``detail`` is for a person and holds no secret. ``parts``: where in
    the request (a JSON pointer, "#/sources/1") something is wrong, and what, where it is known."""

    code = "readout_error"
    parts: tuple[tuple[str, str], ...] = ()

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class InputError(ReadoutError):
    """What was submitted can't be worked on; the same input will fail again."""

    code = "invalid_input"


class EmptyArticle(InputError):
    """There is no text, or no sentence in it."""

    code = "empty_article"


class NotText(InputError):
    """Binary data, or bytes in an encoding that can't be told."""

    code = "not_text"


class TooLarge(InputError):
    """Over the stated limit of characters."""

    code = "too_large"


class NoArticleInPage(InputError):
    """HTML in which no article was found."""

    code = "no_article_in_page"


class ConfigurationError(ReadoutError):
    """Settings that contradict each other, or that name what is not there."""

    code = "configuration"


class NotFound(ReadoutError):
    """An id that is not stored (or no longer)."""

    code = "not_found"


class Conflict(ReadoutError):
    """The same thing twice with different content."""

    code = "conflict"


class Overdue(ReadoutError):
    """The work took longer than the service lets it, and was stopped."""

    code = "overdue"


class StoreUnavailable(ReadoutError):
    """The database can't be reached, opened or written."""

    code = "store_unavailable"


class ServiceUnreachable(ReadoutError):
    """No Readout server answers at the address given."""

    code = "service_unreachable"


class ModelError(ReadoutError):
    """The language model or its server. ``attempts`` were made before it was raised; ``usage`` is what they cost (a
    ``service.domain.brief.Usage``), where anything is known of that."""

    code = "model_error"
    attempts: int = 0
    usage: object | None = None


class ModelUnreachable(ModelError):
    """No connection could be made, or it was cut."""

    code = "model_unreachable"


class ModelTimeout(ModelError):
    """No answer within the deadline."""

    code = "model_timeout"


class ModelRateLimited(ModelError):
    """The provider asked us to wait for longer than the request may take. ``retry_after`` is in seconds, if known."""

    code = "model_rate_limited"

    def __init__(self, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class ModelRejected(ModelError):
    """The server refused the request as such: key, model name, or a shape that it does not take."""

    code = "model_rejected"


class ModelContextExceeded(ModelRejected):
    """The request is longer than the model's context; a shorter part of the article may fit."""

    code = "model_context_exceeded"


class ModelRefused(ModelError):
    """The model, or a content filter before it, declined to answer."""

    code = "model_refused"


class ModelOutputInvalid(ModelError):
    """An answer that can't be used, even in part."""

    code = "model_output_invalid"


class BudgetExceeded(ReadoutError):
    """A limit of tokens or money that the user set would be passed by the next call."""

    code = "budget_exceeded"
    attempts: int = 0
    usage: object | None = None
