"""All that is measured of a statement beside one source, in one list with fixed names: what the score is computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.domain.verdict import Check
from service.stages.verification.alignment import Alignment
from service.stages.verification.features import DIRECTIONS, measure, supports
from service.stages.verification.tokens import Token
from service.stages.verification.wordwise import grouped, grouped_directions, word_rows

#: Checks whose findings weigh in the score; "source" and what is found in order do not.
_CHECKS = (
    "quotation", "speaker", "number", "unit", "date", "name", "role", "polarity", "contrary", "modality", "comparison",
    "order", "quantity", "who did it", "deed", "company",
)  # fmt: skip
CHECK_NAMES = tuple(f"check_{name.replace(' ', '_')}" for name in _CHECKS)

#: Every measure with its direction: +1 the more the truer, -1 the more the falser, 0 neither by itself.
MEASURES: Mapping[str, int] = {
    **DIRECTIONS,
    **grouped_directions(),
    **dict.fromkeys((*CHECK_NAMES, "check_any"), -1),
    "quoted": 1,
    "speaker_found": 1,
}
NAMES = tuple(MEASURES)


def measures(a: Alignment, checks: Sequence[Check], before: Sequence[Token] = ()) -> list[float]:
    """The measures of an aligned statement, in the order of ``NAMES``."""
    carried = supports(a)
    whole = measure(a, carried, before)
    _, rows = word_rows(a, carried, whole, before)
    counts = dict.fromkeys(_CHECKS, 0.0)
    for check in checks:
        if check.verdict != "supported" and check.name in counts:
            counts[check.name] += 1.0
    failed = sum(c.verdict in {"contradicted", "unsupported"} for c in checks)
    verified = [c.at for c in checks if c.name == "quotation" and c.verdict == "supported" and c.at]
    inside = sum(a.weights[i] for i in a.content if any(x <= a.tokens[i].start < y for x, y in verified))
    speaker = sum(c.name == "speaker" and c.verdict == "supported" for c in checks)
    return [
        *whole.values(), *grouped(rows).values(), *counts.values(), float(failed), inside / a.total, float(min(1, speaker)),
    ]  # fmt: skip
