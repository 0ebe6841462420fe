"""A model that lies: what it invents does not come out as supported."""

from __future__ import annotations

import pytest

from benchmarks.lies import measure, own_articles

pytestmark = [pytest.mark.loopback, pytest.mark.slow]


async def test_lies_do_not_come_out_as_supported() -> None:
    """Over our own articles, each with two seeds: no false quotation, number, name or date passes, and of the other kinds
    (places, speakers, invented meetings, plans told as done) at most one in fifty of all lies."""
    told, passed, through, _ = await measure(own_articles(), (1, 2))
    assert sum(told.values()) >= 100
    assert set(told) >= {"quotation", "number", "name", "date", "place", "meeting"}
    for kind in ("quotation", "number", "name", "date"):
        assert not passed[kind], [lie for lie in through if lie["kind"] == kind]
    assert sum(passed.values()) <= 0.02 * sum(told.values()), through
