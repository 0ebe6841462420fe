"""Reported speech without marks: which words report somebody, where what they report begins and ends.

Three small linear models over words and their neighbours decide: is this word a cue, does its content lie before or
after it, and does the content end at this comma. ``evals/training/reported.py`` trains them on PolNeAR's training part
and writes ``reported.tsv`` (family, key, weight: what each feature is worth can be read there). Who reports is found by
the same rules that find the speakers of quotations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

from service.language.names import WEEKDAYS
from service.language.reporting import WEAK, auxiliaries, is_adverb, reports, speech_verbs
from service.stages.speakers.phrases import Phrase, phrase_from, subject_before
from service.stages.speakers.reading import FOLDED, Reading
from service.stages.speakers.subjects import subject_of

#: A cue is taken where its probability reaches this (chosen for F1 of characters on a held-out fifth of PolNeAR's
#: training part).
CUE_AT_LEAST = 0.4
#: Content ends at the first boundary whose probability reaches this.
END_AT_LEAST = 0.5
#: Words seen in cues at least this often, as a share of all their uses, are looked at.
_SHARE = 0.1
#: No content is longer than this many words, so that work on one cue is bounded.
LONGEST = 120

Weights = dict[str, dict[str, float]]

_KEPT = frozenset(
    """that to of for about on with in at by as from into over against whether if how what why who which when where while
    because and or but not it there also will would is are was were be been has have had do does did can could should may
    might him her them me us you i we he she they than like up out down off back more no any""".split()
)
_DETERMINERS = frozenset(
    "the a an this these those his their its my our your some all many every each both another such".split()
)
ENDS = frozenset(
    {
        ",",
        ";",
        ":",
        "—",
        "–",
        "-",
        "--",
        "(",
        "and",
        "but",
        "while",
        "when",
        "after",
        "during",
        "as",
        "because",
        "before",
        "though",
        "although",
    }
)


@cache
def weights() -> Weights:
    """The trained weights: family → key → weight."""
    table: Weights = {}
    text = files("service.stages.speakers").joinpath("reported.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            family, key, value = line.split("\t")
            table.setdefault(family, {})[key] = float(value)
    for family in (*CUE, *SIDE, *END):
        table.setdefault(family, {})
    return table


@lru_cache(maxsize=65536)
def class_of(word: str) -> str:
    """What a word is to the models: itself if it is a frequent function word, else its shape."""
    low = word.lower()
    if low in _KEPT:
        return low
    if low in _DETERMINERS:
        return "DT"
    if not low[0].isalnum():
        return "Q" if word == FOLDED else low[:1]
    if low[0].isdigit():
        return "NUM"
    if word[0].isupper():
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


@dataclass(slots=True)
class Scene:
    """What the models look at: the words of an article and their classes."""

    reading: Reading
    classes: list[str]

    @classmethod
    def of(cls, reading: Reading) -> Scene:
        """The scene of a reading."""
        return cls(reading, list(map(class_of, reading.words)))


def _bucket(number: int) -> str:
    return str(number) if number < 4 else "4" if number < 7 else "7" if number < 12 else "12" if number < 20 else "20"


#: The families of each model's features, in the order in which the functions below give their keys.
CUE = ("w", "n", "p", "nn", "pp", "wn", "wp", "pn", "kn", "kp", "r", "f", "")
SIDE = ("sw", "sn", "sp", "sg", "sr", "sgr", "sgn", "sq", "sf", "")
END = ("et", "en", "el", "enn", "er", "ed", "ex", "ec", "ep", "")


def cue_features(scene: Scene, index: int, first: int, last: int) -> tuple[str, ...]:
    """What speaks for or against the word at ``index`` being a cue; ``first`` and ``last`` bound its sentence."""
    classes = scene.classes
    low, kind = scene.reading.lows[index], classes[index]
    after = classes[index + 1] if index + 1 < last else ">"
    then = classes[index + 2] if index + 2 < last else ">"
    before = classes[index - 1] if index > first else "<"
    earlier = classes[index - 2] if index > first + 1 else "<"
    return (
        low, after, before, f"{after} {then}", f"{earlier} {before}", f"{low} {after}", f"{low} {before}",
        f"{before} {after}", f"{kind} {after}", f"{kind} {before}", _bucket(last - index), _bucket(index - first), "cue",
    )  # fmt: skip


def side_features(scene: Scene, index: int, first: int, last: int) -> tuple[str, ...]:
    """What speaks for the content standing before the cue."""
    classes, reading = scene.classes, scene.reading
    after = classes[index + 1] if index + 1 < last else ">"
    before = classes[index - 1] if index > first else "<"
    window = reading.words[max(first, index - 8) : index]
    gap = window[::-1].index(",") if "," in window else 9
    rest = _bucket(last - index)
    return (
        reading.lows[index], after, before, str(gap), rest, f"{gap} {rest}", f"{gap} {after}", f"{gap} {rest} {after}",
        _bucket(index - first), "side",
    )  # fmt: skip


def end_features(scene: Scene, cue: int, at: int, last: int) -> tuple[str, ...]:
    """What speaks for the content ending before the word at ``at``."""
    classes, reading = scene.classes, scene.reading
    here = classes[at]
    after = classes[at + 1] if at + 1 < last else ">"
    then = classes[at + 2] if at + 2 < last else ">"
    low_after = reading.lows[at + 1] if at + 1 < last else ">"
    row = reports().get(low_after)
    reporting = "R" if row is not None and row.share > 0.3 else "-"
    return (
        here, f"{here} {after}", low_after, f"{after} {then}", f"{here} {reporting}{after}", f"{here} {_bucket(at - cue)}",
        f"{here} {_bucket(last - at)}", reading.lows[cue], f"{classes[at - 1]} {here}", "end",
    )  # fmt: skip


def probability(families: tuple[str, ...], keys: tuple[str, ...], table: Weights) -> float:
    """The logistic of the summed weights."""
    total = 0.0
    for family, key in zip(families, keys, strict=True):
        total += table[family].get(key, 0.0)
    return 1.0 / (1.0 + exp(-total)) if total > -30.0 else 0.0


@dataclass(frozen=True, slots=True)
class Reported:
    """One piece of reported speech, as word indices: ``cue`` (half-open), ``content`` ranges, ``source``; ``chance``
    that it is one."""

    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    source: Phrase | None
    chance: float


#: The adverbs that report; of others ("publicly") the verb beside them does.
_REPORTING_ADVERBS = frozenset("reportedly allegedly purportedly supposedly apparently".split())


@cache
def _likely() -> frozenset[str]:
    return frozenset(
        word
        for word, row in reports().items()
        if row.share >= _SHARE and (word in _REPORTING_ADVERBS or not is_adverb(word))
    )


def candidates(reading: Reading) -> list[int]:
    """Indices of the words that may be cues. A capital inside a sentence is part of a name ("Park View") unless the word
    is a plain verb of speech, as in a headline ("Minister Says")."""
    likely, words, bounds = _likely(), reading.words, reading.first
    verbs = speech_verbs() - WEAK
    return [
        index
        for index, low in enumerate(reading.lows)
        if low in likely and (words[index][0].islower() or low in verbs or bounds[reading.sentence[index]] == index)
    ]


def _closes_headline(reading: Reading, index: int, first: int, last: int) -> bool:
    """ "Rivals May Have Met, Russian Foreign Minister Says": the models learnt from running text and know few headlines."""
    if reading.words[index] not in ("Says", "Say", "Said") or last - index > 2:
        return False
    return "," in reading.words[max(first, index - 8) : index]


def find_reported(reading: Reading) -> list[Reported]:
    """All reported speech of the reading, in order of its cues."""
    table = weights()
    scene = Scene.of(reading)
    answer: list[Reported] = []
    for index in candidates(reading):
        first, last = reading.bounds(index)
        first, last = max(first, index - LONGEST), min(last, index + LONGEST)
        chance = probability(CUE, cue_features(scene, index, first, last), table)
        if chance < CUE_AT_LEAST and not _closes_headline(reading, index, first, last):
            continue
        made = _made(scene, index, first, last, chance, table)
        if made is not None:
            answer.append(made)
    return answer


def _made(scene: Scene, index: int, first: int, last: int, chance: float, table: Weights) -> Reported | None:
    """The content and the source of the cue at ``index``; None if there is no content."""
    reading = scene.reading
    lows = reading.lows
    if lows[index : index + 2] == ["according", "to"]:
        return _according(reading, index, first, last, chance)
    before = probability(SIDE, side_features(scene, index, first, last), table)
    if before >= 0.5 or _closes_headline(reading, index, first, last) or _ends_with_time(reading, index, first, last):
        left = _left(reading, index, first, last, chance)
        if left is not None:
            return left
    start = content_start(reading, index, last)
    end = content_end(scene, index, start, last, table)
    if end - start < 2:
        return None
    source = None if is_adverb(lows[index]) else subject_of(reading, index, first)
    return Reported((index, index + 1), ((start, end),), source, chance)


def _ends_with_time(reading: Reading, cue: int, first: int, last: int) -> bool:
    """ "…, the authority said on Monday.": behind the cue there is only when or where, so the content stands before it."""
    lows = reading.lows
    if not 1 < last - cue <= 6 or lows[cue + 1] not in _TIMES_AHEAD or lows[cue + 1] == "to":
        return False
    if any(low in ("that", "to", ",") for low in lows[cue + 2 : last]):
        return False
    source = subject_before(reading, cue, first)
    return source is not None and source.start - 1 > first + 2 and reading.words[source.start - 1] == ","


#: Verbs that name whom they are said to before what they say.
_ADDRESSED = frozenset(
    """told tell tells telling asked asks asking reminded reminds reminding assured assures assuring informed informs
    informing warned warns warning advised convinced persuaded notified""".split()
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


def content_end(scene: Scene, cue: int, start: int, last: int, table: Weights) -> int:
    """Where the content that begins at word ``start`` ends (one past its last word)."""
    lows = scene.reading.lows
    stop = last
    while stop > start and lows[stop - 1] in (".", "!", "?", ":", ";"):
        stop -= 1
    for at in range(start + 2, stop):
        if lows[at] in ENDS and probability(END, end_features(scene, cue, at, last), table) >= END_AT_LEAST:
            return at
    return stop


def _left(reading: Reading, index: int, first: int, last: int, chance: float) -> Reported | None:
    """ "Prices would fall, the minister said, if …": the content stands before the cue, and may go on behind it."""
    words = reading.words
    source: Phrase | None
    if index > first and words[index - 1] == ",":
        end = index - 1
        source = phrase_from(reading, index + 1, last)
        # "…, said Okello." and "…, said Okello, a baker": else it is "Okello, a baker, said …"
        if source is None or (source.end < last - 3 and words[source.end] not in (",", ".", ";", "—", "–", "--", "-")):
            return None
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
    """ "…, according to X" and "According to X, …"."""
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
