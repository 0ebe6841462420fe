"""Verification: is it in the article? Every statement, whoever wrote it, is held against its sources.

``Source.of`` prepares an article once; ``check_statement`` judges one statement, ``check_summary`` a whole text.
"""

from __future__ import annotations

from service.stages.verification.judgement import check_statement, check_summary
from service.stages.verification.source import Source

__all__ = ["Source", "check_statement", "check_summary"]
