"""Reported speech without marks: which words report somebody, where what they report begins and ends.

Three small linear models over words and their neighbours decide: is this word a cue, does its content lie before or after it, and
does the content end at this comma. ``evals/training/reported.py`` trains them on PolNeAR's training part and writes
``reported.tsv`` (family, key, weight: what each feature is worth can be read there). Who reports is found by the same rules that
find the speakers of quotations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from service.language.names import WEEKDAYS
from service.language.reporting import auxiliaries, is_adverb, reports
from service.stages.speakers.phrases import Phrase, phrase_from, subject_before
from service.stages.speakers.reading import FOLDED, Reading
from service.stages.speakers.subjects import subject_of

#: A cue is taken where its probability reaches this (chosen for F1 of characters on a held-out fifth of PolNeAR's training part).
CUE_AT_LEAST = 0.4
#: Content ends at the first boundary whose probability reaches this.
END_AT_LEAST = 0.5
#: Words seen in cues at least this often, as a share of all their uses, are looked at.
_SHARE = 0.06
#: No content is longer than this many words, so that work on one cue is bounded.
LONGEST = 120

Weights = dict[str, dict[str, float]]

_KEPT = frozenset(
    """that to of for about on with in at by as from into over against whether if how what why who which when where while because
    and or but not it there also will would is are was were be been has have had do does did can could should may might
    him her them me us you i we he she they than like up out down off back more no any""".split()
)
_DETERMINERS = frozenset("the a an this these those his their its my our your some all many every each both another such".split())
_ENDS = frozenset({",", ";", ":", "—", "–", "-", "--", "(", "and", "but", "while", "when", "after", "during", "as", "because", "before", "though", "although"})


@cache
def weights() -> Weights:
    """The trained weights: family → key → weight."""
    table: Weights = {}
    text = files("service.stages.speakers").joinpath("reported.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            family, key, value = line.split("\t")
            table.setdefault(family, {})[key] = float(value)
    return table


@cache
def _class_of(low: str, upper: bool) -> str:
    if low in _KEPT:
        return low
    if low in _DETERMINERS:
        return "DT"
    first = low[0]
    if not first.isalnum():
        return "Q" if low == FOLDED else low[:1]
    if first.isdigit():
        return "NUM"
    if upper:
        return "CAP"
    if is_adverb(low):
        return "ADV"
    if low in auxiliaries():
        return "AUX"
    if low.endswith("ing"):
        return "ING"
    if low.endswith("ed"):
        return "ED"
    return "S" if low.endswith("s") else "w"


def word_class(reading: Reading, index: int, first: int, last: int) -> str:
    """The class of the word at ``index``; "<" and ">" outside ``first`` to ``last``."""
    if index < first:
        return "<"
    if index >= last:
        return ">"
    word = reading.words[index]
    return _class_of(reading.lows[index], word[0].isupper())


def _bucket(number: int) -> str:
    return str(number) if number < 4 else "4" if number < 7 else "7" if number < 12 else "12" if number < 20 else "20"


def cue_features(reading: Reading, index: int, first: int, last: int) -> list[tuple[str, str]]:
    """What speaks for or against the word at ``index`` being a cue, as (family, key)."""
    low = reading.lows[index]
    after = word_class(reading, index + 1, first, last)
    then = word_class(reading, index + 2, first, last)
    before = word_class(reading, index - 1, first, last)
    earlier = word_class(reading, index - 2, first, last)
    kind = word_class(reading, index, first, last)
    return [
        ("w", low),
        ("n", after),
        ("p", before),
        ("nn", after + " " + then),
        ("pp", earlier + " " + before),
        ("wn", low + " " + after),
        ("wp", low + " " + before),
        ("pn", before + " " + after),
        ("kn", kind + " " + after),
        ("kp", kind + " " + before),
        ("r", _bucket(last - index)),
        ("f", _bucket(index - first)),
        ("", "cue"),
    ]


def side_features(reading: Reading, index: int, first: int, last: int) -> list[tuple[str, str]]:
    """What speaks for the content standing before the cue."""
    low = reading.lows[index]
    after = word_class(reading, index + 1, first, last)
    before = word_class(reading, index - 1, first, last)
    window = reading.words[max(first, index - 8) : index]
    comma = len(window) - 1 - window[::-1].index(",") if "," in window else -1
    gap = len(window) - comma - 1 if comma >= 0 else 9
    rest = _bucket(last - index)
    return [
        ("sw", low),
        ("sn", after),
        ("sp", before),
        ("sg", str(gap)),
        ("sr", rest),
        ("sgr", f"{gap} {rest}"),
        ("sgn", f"{gap} {after}"),
        ("sq", f"{gap} {rest} {after}"),
        ("sf", _bucket(index - first)),
        ("", "side"),
    ]


def end_features(reading: Reading, cue: int, at: int, first: int, last: int) -> list[tuple[str, str]]:
    """What speaks for the content ending before the word at ``at``."""
    here = word_class(reading, at, first, last)
    after = word_class(reading, at + 1, first, last)
    then = word_class(reading, at + 2, first, last)
    low_after = reading.lows[at + 1] if at + 1 < last else ">"
    reporting = "R" if low_after in reports() and reports()[low_after].share > 0.3 else "-"
    return [
        ("et", here),
        ("en", here + " " + after),
        ("el", low_after),
        ("enn", after + " " + then),
        ("er", here + " " + reporting + after),
        ("ed", here + " " + _bucket(at - cue)),
        ("ex", here + " " + _bucket(last - at)),
        ("ec", reading.lows[cue]),
        ("ep", word_class(reading, at - 1, first, last) + " " + here),
        ("", "end"),
    ]


def probability(features: list[tuple[str, str]], table: Weights) -> float:
    """The logistic of the summed weights."""
    total = 0.0
    for family, key in features:
        row = table.get(family)
        if row is not None:
            total += row.get(key, 0.0)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Reported:
    """One piece of reported speech, as word indices: ``cue`` (half-open), ``content`` ranges, ``source``; ``chance`` that it is one."""

    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    source: Phrase | None
    chance: float


def candidates(reading: Reading) -> Iterator[int]:
    """Indices of the words that may be cues."""
    table = reports()
    likely = {word for word, row in table.items() if row.share >= _SHARE}
    for index, low in enumerate(reading.lows):
        if low in likely:
            yield index


def find_reported(reading: Reading) -> list[Reported]:
    """All reported speech of the reading, in order of its cues."""
    table = weights()
    answer: list[Reported] = []
    for index in candidates(reading):
        first, last = reading.bounds(index)
        first, last = max(first, index - LONGEST), min(last, index + LONGEST)
        chance = probability(cue_features(reading, index, first, last), table)
        if chance < CUE_AT_LEAST:
            continue
        made = _made(reading, index, first, last, chance, table)
        if made is not None:
            answer.append(made)
    return answer


def _made(reading: Reading, index: int, first: int, last: int, chance: float, table: Weights) -> Reported | None:
    """The content and the source of the cue at ``index``; None if there is no content."""
    lows = reading.lows
    if lows[index : index + 2] == ["according", "to"]:
        return _according(reading, index, first, last, chance)
    before = probability(side_features(reading, index, first, last), table)
    if before >= 0.5:
        left = _left(reading, index, first, last, chance)
        if left is not None:
            return left
    start = content_start(reading, index, last)
    end = content_end(reading, index, start, first, last, table)
    if end - start < 2:
        return None
    source = subject_of(reading, index, first)
    return Reported((index, index + 1), ((start, end),), source, chance)


#: Verbs that name whom they are said to before what they say.
_ADDRESSED = frozenset(
    """told tell tells telling asked asks asking reminded reminds reminding assured assures assuring informed informs informing
    warned warns warning advised convinced persuaded notified""".split()
)
_TIMES_AHEAD = WEEKDAYS | frozenset("on in at during to last earlier later this after before yesterday today again".split())


def content_start(reading: Reading, cue: int, last: int) -> int:
    """The first word of the content behind the cue: after "that", and after whom it is said to or when."""
    lows, words = reading.lows, reading.words
    start = cue + 1
    if start >= last:
        return start
    if lows[start] == "that":
        return start + 1
    addressed = lows[cue] in _ADDRESSED
    if addressed or lows[start] in _TIMES_AHEAD:
        for at in range(start, min(last, start + 12)):
            if lows[at] in ("that", "how", "whether", "why", "if", "what") and at > start:
                return at + 1 if lows[at] == "that" else at
            if words[at] in (",", ";", ":", "—", FOLDED) or lows[at] in ("who", "which", "and", "but"):
                break
    if addressed:
        if lows[start] in ("him", "her", "them", "me", "us", "you", "it"):
            return start + 1
        whom = phrase_from(reading, start, last)
        if whom is not None and whom.end < last - 2 and whom.end - whom.start <= 6:
            return whom.end
    return start


def content_end(reading: Reading, cue: int, start: int, first: int, last: int, table: Weights) -> int:
    """Where the content that begins at word ``start`` ends (one past its last word)."""
    lows = reading.lows
    stop = last
    while stop > start and lows[stop - 1] in (".", "!", "?", ":", ";"):
        stop -= 1
    for at in range(start + 2, stop):
        if lows[at] in _ENDS and probability(end_features(reading, cue, at, first, last), table) >= END_AT_LEAST:
            return at
    return stop


def _left(reading: Reading, index: int, first: int, last: int, chance: float) -> Reported | None:
    """"Prices would fall, the minister said, if …": the content stands before the cue, and may go on behind it."""
    words = reading.words
    source: Phrase | None
    if index > first and words[index - 1] == ",":
        end, behind = index - 1, index + 1
        source = phrase_from(reading, index + 1, last)
        if source is not None:
            behind = source.end
    else:
        source = subject_before(reading, index, first)
        if source is None:
            return None
        end, behind = source.start, index + 1
        if end > first and words[end - 1] == ",":
            end -= 1
    if end - first < 2:
        return None
    content = [(first, end)]
    if behind < last - 3 and words[behind] == ",":
        stop = last
        while stop > behind and words[stop - 1] in (".", "!", "?"):
            stop -= 1
        content.append((behind + 1, stop))
    return Reported((index, index + 1), tuple(content), source, chance)


def _according(reading: Reading, index: int, first: int, last: int, chance: float) -> Reported | None:
    """"…, according to X" and "According to X, …"."""
    words = reading.words
    source = phrase_from(reading, index + 2, last)
    if source is None:
        return None
    if index - first >= 3:
        end = index - 1 if words[index - 1] == "," else index
        return Reported((index, index + 2), ((first, end),), source, chance)
    at = source.end
    while at < last and words[at] != ",":
        at += 1
    stop = last
    while stop > at and words[stop - 1] in (".", "!", "?"):
        stop -= 1
    return Reported((index, index + 2), ((at + 1, stop),), source, chance) if stop - at > 2 else None
