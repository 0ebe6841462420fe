"""Verification: is it in the article? Every statement, whoever wrote it, is held against its sources.

``Source.of`` prepares an article once; ``check_statement`` judges one statement, ``check_summary`` a whole text; a ``Judge``
gives a language model's opinion where the rules can't tell.
"""

from __future__ import annotations

from service.stages.verification.judge import Judge
from service.stages.verification.judgement import check_statement, check_summary, checked_summary
from service.stages.verification.source import Source

__all__ = ["Judge", "Source", "check_statement", "check_summary", "checked_summary"]
