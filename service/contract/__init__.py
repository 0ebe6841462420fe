"""Requests, answers and problems: what the API, the command line and the client share.

Requests are pydantic models, answers are the frozen values of ``service.domain`` (and the few in ``answers``), written to
JSON by ``encode`` and read again by ``decode_brief``. JSON shape: lists are always there, an unknown single value is null.
"""

from service.contract.answers import CheckAnswer, Health, MeetingsAnswer, QuotationsAnswer
from service.contract.encoding import Offsets, decode_brief, decode_dossier, encode
from service.contract.problems import Problem, ProblemItem, error_of, problem_of, problem_of_validation
from service.contract.requests import (
    ArticleIn,
    BriefRequest,
    CheckLine,
    CheckOptions,
    CheckRequest,
    DossierRequest,
    MergeRequest,
    Options,
    QuotationsRequest,
    ReadOptions,
    SplitRequest,
    article_of_line,
    text_of_line,
)
from service.contract.words import said

__all__ = [
    "ArticleIn",
    "BriefRequest",
    "CheckAnswer",
    "CheckLine",
    "CheckOptions",
    "CheckRequest",
    "DossierRequest",
    "Health",
    "MeetingsAnswer",
    "MergeRequest",
    "Offsets",
    "Options",
    "Problem",
    "ProblemItem",
    "QuotationsAnswer",
    "QuotationsRequest",
    "ReadOptions",
    "SplitRequest",
    "article_of_line",
    "decode_brief",
    "decode_dossier",
    "encode",
    "error_of",
    "problem_of",
    "problem_of_validation",
    "said",
    "text_of_line",
]
