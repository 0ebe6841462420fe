"""True statements made false, one way at a time: what verification must notice.

``corrupt(statement, article, kind, seed)`` gives the same answer for the same arguments, or None where the statement
offers nothing for that kind to work on. Each corruption says where in the new statement it changed something.

Kinds live in ``names``, ``figures``, ``wording`` and ``deeds``, each in the table at its module's end; the words that they
put in stand in ``words``.
"""

from __future__ import annotations

import random

from evals.corruptions import deeds, figures, names, wording
from evals.corruptions.making import Corruption, Maker

_MAKERS: dict[str, Maker] = {**names.MAKERS, **figures.MAKERS, **wording.MAKERS, **deeds.MAKERS}
#: Kinds by which detection is counted: every one but ``pronoun``, which leaves a statement that may well be true.
COUNTED = tuple(name for name in _MAKERS if name != "pronoun")


def kinds() -> tuple[str, ...]:
    """The names of all kinds, in a fixed order."""
    return tuple(_MAKERS)


def corrupt(statement: str, article: str, kind: str, seed: int) -> Corruption | None:
    """``statement`` made false in one way, or None where it offers nothing to change. Raises KeyError for a kind that is
    not there."""
    made = _MAKERS[kind](statement, article, random.Random(f"{seed}:{kind}:{statement}"))
    return made if made is not None and made.text != statement else None
