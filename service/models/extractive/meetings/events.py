"""A sentence as a row of items, and a place in it where the article speaks of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.language.dates import DateMention
from service.language.places import PlaceMention
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.resolution import Mention
from service.models.extractive.meetings.tokens import Token

_DESCRIBING = frozenset(
    """the a an of flanked accompanied escorted speaking citing for from representing his her their who whose former
    then now himself herself one both""".split()
)


@dataclass(slots=True)
class Item:
    """A phrase, a word or a mark of a sentence."""

    low: str
    text: str
    start: int
    end: int
    mention: Mention | None = None


@dataclass(slots=True)
class EventMention:
    """A place where the article speaks of a meeting. ``sides``: those who meet, as grouped by the frame; ``left`` and
    ``right``: the words of the clause round the trigger, for ``factuality`` and ``fields``."""

    sentence: int
    start: int
    end: int
    lemma: str
    form: str  # base | present | past | ing | participle | noun
    sides: list[tuple[int, ...]]
    spots: list[Mention]
    definite: bool
    plural: bool
    weak: bool
    left: str
    right: str
    modifiers: str
    subject_start: int
    governor: str = ""
    claims: list[tuple[str, str | None]] = field(default_factory=list)
    ordinal: str = ""
    words: str = ""
    retro: bool = False
    clause: tuple[int, int] = (0, 0)
    date: DateMention | None = None
    places: tuple[PlaceMention, ...] = ()
    mode: str = ""
    split: bool = False  # one of several meetings told by one word: nobody else belongs to it
    #: In which slot of its grammar each of those who meet stands (see ``dealings``).
    slots: dict[int, str] = field(default_factory=dict)

    @property
    def edtf(self) -> str | None:
        """When, as far as it is resolved."""
        return self.date.edtf if self.date is not None else None

    @property
    def city(self) -> str | None:
        """The city that is named for it."""
        return next((p.text for p in self.places if p.kind in ("city", "capital")), None)

    @property
    def who(self) -> frozenset[int]:
        """Everyone who meets."""
        return frozenset(i for side in self.sides for i in side)


def items_of(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Item]:
    """The sentence as a row of items."""
    items: list[Item] = []
    starts = {m.first: m for m in mentions if m.kind != "other"}
    i = 0
    skipped = _appositions(tokens, starts)
    while i < len(tokens):
        if i in skipped:
            i = skipped[i]
            continue
        mention = starts.get(i)
        if mention is not None:
            while mention.kind in ("group", "role") and len(items) > 1 and _counts(items):
                items.pop()  # "half a dozen [senators]", "a group of [farmers]"
            items.append(Item("<m>", mention.text, mention.start, mention.end, mention))
            i = mention.last
        else:
            items.append(Item(tokens[i].low, tokens[i].text, tokens[i].start, tokens[i].end))
            i += 1
    return items


_QUANTITIES = frozenset("group number handful dozen dozens delegation gathering crowd pair couple team score scores".split())
_AMOUNTS = frozenset("half a an the about some nearly almost roughly around dozen several".split())


def _counts(items: Sequence[Item]) -> bool:
    """Whether the last word only says how many of those who follow: "half a dozen", "a group of", "20"."""
    last, before = items[-1], items[-2]
    if last.mention is not None:
        return False
    if last.low == "of":
        return before.low in _QUANTITIES
    if last.low in _QUANTITIES or last.low.isdigit():
        return True
    return last.low in _AMOUNTS and last.low != "the"


def _appositions(tokens: Sequence[Token], starts: dict[int, Mention]) -> dict[int, int]:
    """Token ranges (start → end) that only describe the person before them: ", chairman of the union," or ", 61,"."""
    skipped: dict[int, int] = {}
    for mention in starts.values():
        i = mention.last
        if mention.kind not in ("named", "role") or i + 2 >= len(tokens) or tokens[i].text != ",":
            continue
        first = tokens[i + 1]
        inner = starts.get(i + 1)
        end = next((j for j in range(i + 1, min(len(tokens), i + 16)) if tokens[j].text in ',.;:—–()!?"“”'), 0)
        if not end or tokens[end].text not in ",":
            continue
        words = tokens[i + 1 : end]
        describes = (
            first.low.isdigit()
            or first.low in _DESCRIBING
            or first.low in lex.ROLES
            or first.low in lex.ROLE_MODIFIERS
            or (inner is not None and inner.kind in ("role", "group") and mention.kind == "named")
            or (inner is not None and inner.possessive and any(w.low in lex.ROLES for w in words))
        )
        lists = (
            inner is not None
            and inner.kind == "named"
            and inner.last == end
            and inner.first == i + 1
            and not any(w.low in lex.ROLES for w in words)
        )
        if (
            describes
            and not lists
            and not any(w.low in lex.VERBS and w.low not in ("host", "meeting", "talks", "phone", "lunch") for w in words)
            and not any(w.low in lex.REPORTING for w in words)
        ):
            skipped[i] = end + 1
    return skipped
