"""What each side says of a meeting, and where two of them contradict each other.

A position is somebody's quotation (or reported speech) that speaks of what happened between those who met: it names one of
them and uses a verb of dealing ("pressed", "denied", "accepted"), or it gives a length. Two positions of different speakers
disagree where they speak of the same thing (shared words) with different verbs, or give different lengths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.draft import DraftDisagreement, DraftPosition
from service.domain.quotation import NOT_SPEECH
from service.language.durations import find_durations
from service.language.words import FUNCTION
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.merging import Meeting

_DEALING = re.compile(
    r"\b(?P<v>press|den|accept|rais|agre|reject|refus|promis|offer|demand|insist|pledg|assur|acknowledg|admit|rule|"
    r"confirm|warn|threaten|apologi|concede|"
    r"push|object|discuss|settl|sign|commit|back|oppos|endors|believ|challeng|accus|explain|clarif|stress|request|propos|"
    r"undert|vow|told|walk|bring|brought|touch)\w*\b",
    re.I,
)
_TITLES = frozenset(
    _title[:4] for _title in ("president", "minister", "leader", "secretary", "russian", "american", "prime")
)
#: Verbs by which a side agrees to what the other puts forward, and by which it doesn't.
_YIELDING = frozenset(
    """accept agre settl acknowledg admit confirm sign back endors concede believ promis pledg commit""".split()
)
_HOLDING = frozenset("""den reject refus press object oppos challeng rule demand accus warn threaten push""".split())


def positions_of(
    facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]
) -> tuple[tuple[DraftPosition, ...], tuple[DraftDisagreement, ...]]:
    """The positions on a meeting in the order of the text (at most eight), and the disagreements between them."""
    if not any(s in ("happened", "ongoing", "denied") for e in meeting.events for s, _ in e.claims):
        return (), ()
    near = _stretch(meeting, all_of)
    names = _names(facts, meeting)
    known = {_stem(name.lower()) for name in names} | _TITLES
    found: list[tuple[DraftPosition, set[str], set[str], set[str]]] = []
    for quotation in facts.document.quotations:
        number = facts.number_at(quotation.spans[0].start)
        if quotation.speaker is None or number not in near or NOT_SPEECH & set(quotation.flags):
            continue
        if quotation.kind == "mixed" and len(quotation.text.split()) < 4:
            continue
        words, verbs, lengths = _content(quotation.text)
        words -= known
        on_it = (
            (names & set(re.findall(r"[\w’'-]+", quotation.text)) and verbs)
            or lengths
            or (verbs and re.search(r"\b(?:we|he|she|they|both)\b", quotation.text, re.I))
        )
        if on_it and len(found) < 8:
            about = "length" if lengths and not verbs else _about(quotation.text, words)
            position = DraftPosition(quotation.speaker.name, about, quotation.text, (facts.id_of(number),), (quotation.id,))
            found.append((position, words, verbs, lengths))
    return tuple(p for p, *_ in found), tuple(_disagreements(found))


def _stretch(meeting: Meeting, all_of: Sequence[Meeting]) -> set[int]:
    """The sentences that mention the meeting, and the three behind each that speak of no other."""
    foreign = {e.sentence for m in all_of if m is not meeting for e in m.events}
    mine = {e.sentence for e in meeting.events}
    near = set(mine)
    for number in mine:
        for behind in range(number + 1, number + 4):
            if behind in foreign:
                break
            near.add(behind)
    return near


def _names(facts: Facts, meeting: Meeting) -> set[str]:
    entities = [facts.cast.entities[i] for i in meeting.who]
    return {word for e in entities for word in e.name.split() if word[:1].isupper()}


def _stem(word: str) -> str:
    """Rough, and enough to hold "denied" against "denying": the first four letters, y as i."""
    return word.replace("y", "i")[:4]


def _content(text: str) -> tuple[set[str], set[str], set[str]]:
    """Stems of the words that carry content, the verbs of dealing, and the lengths (ISO 8601)."""
    words = {_stem(w) for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in FUNCTION}
    verbs = {hit["v"].lower() for hit in _DEALING.finditer(text)}
    return words, verbs, {d.iso8601 for d in find_durations(text)}


def _about(text: str, words: set[str]) -> str:
    """The noun phrase behind "on", "regarding", "about" …, else the longest content word: short, and the article's own."""
    hit = re.search(
        r"\b(?:on|regarding|about|over|denying|denied|of)\s+((?:the |a |such |his |her |their "
        r")?(?:[\w’'-]+\s+){0,3}?[\w’'-]+)(?=[.,;:]|$|\s+(?:and|but|in|at|to|for|with|that|as)\b)",
        text,
    )
    return hit[1] if hit else max(re.findall(r"[A-Za-z]{4,}", text) or ["the meeting"], key=len)


def _disagreements(found: Sequence[tuple[DraftPosition, set[str], set[str], set[str]]]) -> list[DraftDisagreement]:
    made: list[DraftDisagreement] = []
    for j, (later, words, verbs, lengths) in enumerate(found):
        for i, (earlier, words_before, verbs_before, lengths_before) in enumerate(found[:j]):
            if earlier.by == later.by:
                continue
            if lengths and lengths_before and not lengths & lengths_before:
                made.append(DraftDisagreement("length", (i, j)))
            elif len(words & words_before) >= 2 and _opposed(verbs, verbs_before):
                made.append(DraftDisagreement(later.about, (i, j)))
    return made[:4]


def _opposed(one: set[str], other: set[str]) -> bool:
    """Whether one speaker says yes (accepted, agreed) and the other speaks of holding out (denied, pressed)."""
    yes, no = one & _YIELDING, one & _HOLDING
    return bool((yes and not other & _YIELDING and other & _HOLDING) or (other & _YIELDING and not yes and no))
