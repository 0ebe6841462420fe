"""Words that report speech: which verbs may carry a quotation, and how strongly any word signals that somebody is being
reported.

Two sources: ``speech_verbs.txt``, written by hand and inflected here, and ``reporting.tsv``, counted in PolNeAR's
training part by ``evals/training/reporting.py`` (counts only; no text of the corpus).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: Verbs of the hand-written list that report only now and then: they carry a quotation only right beside it.
WEAK = frozenset(
    """go goes went gone gone going put puts putting begin begins began begun beginning start starts started starting
    open opens opened opening close closes closed closing end ends ended ending finish finishes finished finishing hit
    hits hitting fire fires fired firing shoot shoots shot shooting back backs backed backing call calls called calling
    find finds found finding show shows showed shown showing think thinks thought thinking feel feels felt feeling allow
    allows allowed allowing figure figures figured lay lays laid laying press presses pressed pressing support supports
    supported supporting order orders ordered rule rules ruled ruling message messages cable cables text texts phone
    phones detail details question questions questioned attack attacks end figure learn learns learned learnt hear hears
    heard teach taught offer offers offered offering egg frame frames phrase accept accepts accepted approve approves
    approved direct directs directed close smile smiles smiled nod nods nodded laugh laughs laughed grin grins grinned
    shrug shrugs shrugged defend defends defended discover discovers discovered read reads challenge challenges
    challenged describe describes described toast probe point sum sums express expresses expressed headline headlines
    caption voice voices voiced cheer cheers cheered encourage encourages encouraged welcome welcomes clap clapped beam
    beamed wink winked sing sings sang signal signals signaled demand demands demanded""".split()
)
#: "-ing" forms take their subject from the clause they hang on.
_AUXILIARY = frozenset(
    """is are was were be been being am has have had having do does did will would can could may might must shall should
    'll 'd 've not never n't to also just only even still already again then later once often always repeatedly
    reportedly recently previously long now first publicly privately subsequently once since both all each himself
    herself themselves itself further instead soon simply famously hasn't haven't hadn't didn't doesn't don't won't
    wouldn't can't couldn't isn't aren't wasn't weren't hasn’t haven’t hadn’t didn’t doesn’t don’t won’t wouldn’t can’t
    couldn’t isn’t aren’t wasn’t weren’t quickly eventually at_least twice at first has""".split()
)


@dataclass(frozen=True, slots=True)
class Report:
    """How often a word was seen in cues, in cues of direct quotations, and in all."""

    cues: int
    direct: int
    total: int

    @property
    def share(self) -> float:
        """The part of its occurrences that report somebody, smoothed; 0..1."""
        return (self.cues + 0.2) / (self.total + 2.0)


@cache
def reports() -> dict[str, Report]:
    """The counted words, lower case."""
    table: dict[str, Report] = {}
    text = files("service.language").joinpath("reporting.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, cues, direct, total = line.split("\t")
            table[word] = Report(int(cues), int(direct), int(total))
    return table


@cache
def speech_verbs() -> frozenset[str]:
    """All forms of the verbs that may introduce or follow a quotation, lower case, the counted ones included."""
    forms: set[str] = set()
    text = files("service.language").joinpath("speech_verbs.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        for entry in line.split():
            base, *irregular = entry.split("/")
            forms.update(_inflect(base))
            forms.update(irregular)
    forms.update(word for word, row in reports().items() if row.direct >= 2 and row.direct / row.total >= 0.2)
    return frozenset(forms) - _AUXILIARY


def auxiliaries() -> frozenset[str]:
    """Words that may stand between a subject and its verb."""
    return _AUXILIARY


_NO_ADVERBS = frozenset("family rally ally italy july assembly reply monopoly".split())


def is_adverb(word: str) -> bool:
    """Whether a lower-case word looks like an adverb between subject and verb ("angrily")."""
    return len(word) > 4 and word.endswith("ly") and word not in _NO_ADVERBS


_DOUBLING = frozenset(
    """chat nod grin snap quip blog rip slam sum rap tap beg egg tip nag jab pat refer admit permit submit commit compel
    rebut""".split()
)


def _inflect(base: str) -> set[str]:
    """Base, -s, -ed and -ing forms of a regular verb."""
    if base.endswith("e"):
        return {base, base + "s", base + "d", base[:-1] + "ing"}
    if base.endswith("y") and base[-2] not in "aeiou":
        return {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    stem = base + base[-1] if base in _DOUBLING else base
    s = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return {base, s, stem + "ed", stem + "ing"}
