"""Which of the article's dates is a meeting's: every date near its mentions, ranked by weights learnt from annotated
articles (evals/training/timing.py); "none" is one of the choices.

The rules' own choice (``by_rules``) is a feature among others: how the date hangs in the grammar of its
sentence, how far it stands from the mentions, whose it is otherwise, and whether it lies before or after publication.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from service.domain.draft import DraftText
from service.language.calendar_units import bounds
from service.language.dates import DateMention
from service.language.syntax.trees import Tree, Word
from service.language.words import lemma
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import BREAK, Facts
from service.models.extractive.meetings.dating import is_anothers, modifies, of_the_report
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.weights import weigh, weights_of

#: Dates that stand further from every mention, in sentences, are no candidates; nor more than so many of the nearest.
_REACH, _MOST = 40, 60
_PHASES = {"happened": "past", "ongoing": "now", "planned": "coming", "postponed": "moved", "cancelled": "off"}
_OPENING = re.compile(r"(?:(?:On|In|Late|Early|By|At|Earlier|Later|Last|This)\s+){0,2}$")


@dataclass(slots=True)
class Option:
    """A date that may be the meeting's, in sentence ``number``; of None: that the article gives none."""

    mention: DateMention | None
    number: int = -1
    features: list[str] = field(default_factory=list)
    rank: float = 0.0


def by_weights(options: Options) -> Option:
    """The option that ranks highest by the learnt weights."""
    weights = weights_of("timing")
    found = list(options.find())
    for option in found:
        option.rank = weigh(weights, option.features)
    return max(found, key=lambda one: one.rank)


def date_of(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting], choose: Chooser) -> DraftText | None:
    """The meeting's date, as written, with its sentence; None where the article gives none. ``choose``: training looks on
    through it."""
    chosen = choose(Options(facts, meeting, all_of))
    return DraftText(chosen.mention.text, (facts.id_of(chosen.number),)) if chosen.mention is not None else None


def by_rules(facts: Facts, meeting: Meeting) -> DateMention | None:
    """The most exact date that the clause of a mention gives, mentions that name people first; of a postponed meeting the
    new one."""
    best: tuple[tuple[bool, ...], DateMention] | None = None
    later = any(s == "postponed" for e in meeting.events for s, _ in e.claims)
    for event in sorted(meeting.events, key=lambda e: (not e.who, e.start)):
        mention = event.date
        if mention is None or (facts.is_to_come(mention) and {s for s, _ in event.claims} == {"happened"}):
            continue
        rank = (mention.edtf is None, mention.granularity != "day", mention.shift is not None, "~" in (mention.edtf or ""))
        if later and any(s == "postponed" for s, _ in event.claims):
            rank = (False, False, False, False)
        if best is None or rank < best[0]:
            best = (rank, mention)
    return best[1] if best is not None else None


class Options:
    """The dates that may be one meeting's, with their features."""

    def __init__(self, facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> None:
        self.facts, self.meeting, self.ruled = facts, meeting, by_rules(facts, meeting)
        self.numbers = sorted({e.sentence for e in meeting.events})
        self.others = [e for m in all_of if m is not meeting and len(m.who) >= 2 for e in m.events]
        statuses = Counter(s for e in meeting.events for s, _ in e.claims)
        strong = [s for s in statuses if s not in ("assumed", "wish")]
        self.status = max(strong, key=lambda s: statuses[s]) if strong else "assumed"
        self.phase = "moved" if "postponed" in statuses else _PHASES.get(self.status, self.status)

    def find(self) -> Iterator[Option]:
        """The dates within reach, nearest first, then none."""
        dates = [(n, m) for n in range(len(self.facts.document.sentences)) for m in self.facts.dates_in(n)]
        near = sorted(dates, key=lambda one: (self._steps(one[0])[0], one[1].start))
        near = [one for one in near if self._steps(one[0])[0] <= _REACH and not is_anothers(self.facts.text, one[1])][:_MOST]
        self.near = [m for _, m in near]
        self.first = min(self.meeting.events, key=lambda e: e.start)
        self.earliest = min(self.near, key=lambda m: m.start, default=None)
        self.times = Counter(m.edtf for _, m in near if m.edtf)
        self.here = [m for n, m in near if n in self.numbers]
        self.beside = [m for n, m in near if self._steps(n)[0] <= 1]
        own = [e.date for e in self.meeting.events if e.date is not None]
        self.own = {m.start for m in own}
        self.own_days = {m.edtf for m in own if m.edtf}
        for number, mention in near:
            option = Option(mention, number)
            option.features = list(self._features(number, mention))
            yield option
        yield Option(None, -1, list(self._none()))

    def _steps(self, number: int) -> tuple[int, int]:
        """How many sentences off the nearest mention is, and on which side: 1, the date stands behind it."""
        nearest = min(self.numbers, key=lambda n: (abs(n - number), n > number))
        return abs(nearest - number), (number > nearest) - (number < nearest)

    def _where(self, number: int) -> str:
        steps, side = self._steps(number)
        return f"{'-' if side < 0 else '+' if side > 0 else ''}{steps if steps < 3 else '3-5' if steps < 6 else 'far'}"

    def _order(self, mention: DateMention) -> Iterator[str]:
        """Which it is of the dates before, or behind, the nearest mention; whether a paragraph ends between."""
        event = min(self.meeting.events, key=lambda e: _gap(e, mention))
        if mention.start < event.start:
            order = sum(mention.start < m.start < event.start for m in self.near)
        else:
            order = sum(event.start < m.start < mention.start for m in self.near)
        side = "before" if mention.start < event.start else "behind"
        broken = "\n" in self.facts.text[min(mention.end, event.end) : max(mention.start, event.start)]
        yield f"order={side} {min(order, 3)}"
        yield f"order+broken={side} {min(order, 3)}|{broken}"
        yield f"order+first={side} {min(order, 3)}|{event is self.first}"
        yield f"first of all={mention is self.earliest}"
        if mention.granularity == "day":
            days = [m for m in self.near if m.granularity == "day" and mention.start < m.start < event.start]
            if side == "before":
                yield f"last day named={not days}|{broken}"

    def _none(self) -> Iterator[str]:
        yield "none"
        yield f"none|{self.phase}"
        yield f"none|ruled={self.ruled is not None}"
        yield f"none|own={bool(self.own)}"
        yield f"none|here={min(2, len(self.here))}"
        yield f"none|beside={min(2, len(self.beside))}"
        yield f"none|mentions={min(3, len(self.meeting.events))}"
        yield f"none|ordinal={self.meeting.ordinal}"

    # -- one date ----------------------------------------------------------------------------------------------------------

    def _features(self, number: int, mention: DateMention) -> Iterator[str]:
        steps, _ = self._steps(number)
        where = self._where(number)
        yield f"steps={where}"
        yield f"steps+phase={where}|{self.phase}"
        fine = mention.granularity if mention.edtf else f"{mention.granularity}?"
        yield from (f"unit={fine}", f"unit+steps={fine}|{where}", f"unit+phase={fine}|{self.phase}")
        when = self._when(mention)
        yield f"when+phase={when}|{self.phase}"
        yield f"when+phase+steps={when}|{self.phase}|{where if steps < 3 else 'far'}"
        yield from self._order(mention)
        yield from self._ruled(number, mention)
        yield from self._words(mention, where)
        yield from self._whose(number, mention, where)
        tree = self.facts.cast.trees[number]
        date = tree.at(mention.start, mention.end)
        if date is not None:
            yield from _Grammar(self, tree, date, number, where).features()

    def _when(self, mention: DateMention) -> str:
        """Before or after publication, and how far."""
        published, days = self.facts.published, bounds(mention.edtf)
        if published is None or days is None:
            return "?"
        if days[0] <= published <= days[1]:
            return "same"
        gap = (published - days[1]).days if days[1] < published else (published - days[0]).days
        far = "week" if abs(gap) <= 8 else "season" if abs(gap) <= 90 else "long"
        return f"{'before' if gap > 0 else 'after'} {far}"

    def _ruled(self, number: int, mention: DateMention) -> Iterator[str]:
        """What the rules say."""
        if mention.start in self.own:
            yield "rules: of a mention"
            yield f"rules: of a mention|{len(self.own_days)}"
        elif mention.edtf and mention.edtf in self.own_days:
            yield "rules: same day as of a mention"
        elif self.own:
            yield "rules: other than of a mention"
        if self.ruled is not None and mention.start == self.ruled.start:
            yield "rules: chosen"
            yield f"rules: chosen+where={self._where(number)}"
        elif self.ruled is not None and mention.edtf and mention.edtf == self.ruled.edtf:
            yield "rules: same day"
        elif self.ruled is not None:
            yield "rules: other"

    def _words(self, mention: DateMention, where: str) -> Iterator[str]:
        """The words of the date and round it."""
        text = self.facts.text
        before = text[max(0, mention.start - 30) : mention.start]
        low = mention.text.lower()
        shape = re.sub(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", "<weekday>", re.sub(r"\d+", "0", low))
        shape = re.sub(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?", "<month>", shape)
        yield f"shape={shape}"
        word = re.search(r"([\w’']+|[^\w\s])\s*$", before)
        led = word[1].lower() if word else "^"
        yield f"led by={led}"
        yield f"led by+steps={led}|{where}"
        after = re.match(r"\s*([\w’']+|[^\w\s])", text[mention.end : mention.end + 30])
        next_word = after[1].lower() if after else "$"
        yield f"followed by={next_word}"
        yield f"possessive={text[mention.end : mention.end + 1] in ('’', chr(39))}|{where}"
        for name, holds in (("report", of_the_report), ("modifies", modifies)):
            if holds(text, mention):
                yield f"{name}|{where}"
                yield name
        yield f"quoted={self.facts.in_marks(mention.start)}"
        yield f"shift={mention.shift is not None}|{mention.edtf is None}"

    def _whose(self, number: int, mention: DateMention, where: str) -> Iterator[str]:
        """Other meetings and other dates round it."""
        mine = [e for e in self.meeting.events if e.sentence == number]
        others = [e for e in self.others if e.sentence == number]
        if any(e.date is not None and e.date.start == mention.start for e in self.others):
            yield f"another meeting's|{where}"
        days = {e.date.edtf for e in self.others if e.date is not None}
        if mention.edtf in days:
            yield "another meeting's day"
        yield f"others here={bool(others)}|{where}"
        if others and mine:
            gap = min(_gap(e, mention) for e in mine)
            nearer = min(_gap(e, mention) for e in others) < gap
            yield f"another nearer={nearer}"
        elif not mine and self.others:
            nearest = min(abs(e.sentence - number) for e in self.others)
            yield f"another nearer={(nearest > self._steps(number)[0]) - (nearest < self._steps(number)[0])}|{where}"
        if mine:
            yield from self._beside(mine, mention)
        else:
            yield f"dated here={bool(self.here)}|{where}"
            yield f"dated beside={len(self.beside) > 0}|{where}"
        yield f"times={min(3, self.times[mention.edtf]) if mention.edtf else 0}"
        same = sum(1 for m in self.here if m.edtf == mention.edtf and m is not mention)
        yield f"again here={bool(same)}"
        yield f"lead={number < 3}|{where}"
        yield f"own lead={number < 3}|{self.numbers[0] < 3}|{where}"

    def _beside(self, mine: Sequence[EventMention], mention: DateMention) -> Iterator[str]:
        """The mention of the meeting in the same sentence that stands nearest."""
        event = min(mine, key=lambda e: _gap(e, mention))
        gap = _gap(event, mention)
        behind = mention.start >= event.end
        far = "0" if gap < 12 else "1" if gap < 40 else "2" if gap < 90 else "3"
        yield f"gap={far}"
        yield f"gap+behind={far}|{behind}"
        crossed = len(BREAK.findall(self.facts.text[min(mention.end, event.end) : max(mention.start, event.start)]))
        yield f"crossed={min(2, crossed)}|{behind}"
        yield f"in clause={event.clause[0] <= mention.start < event.clause[1]}|{behind}"
        yield f"form={event.form}|{behind}|{far}"
        yield f"named={bool(event.who)}|{event.weak}"
        yield f"alone={len([m for m in self.here if self.facts.number_at(m.start) == event.sentence])}"
        claim = next((s for s, _ in event.claims), "")
        yield f"claim here={claim}|{self._when(mention)}"
        opens = _OPENING.search(self.facts.text[self.facts.document.sentences[event.sentence].span.start : mention.start])
        yield f"opens={bool(opens and opens.start() == 0)}"

    @cached_property
    def who(self) -> frozenset[int]:
        """Everyone who meets."""
        return frozenset(self.meeting.who)


def _gap(event: EventMention, mention: DateMention) -> int:
    return mention.start - event.end if mention.start >= event.end else event.start - mention.end


Chooser = Callable[[Options], Option]


class _Grammar:
    """What a date hangs on, and how that stands to the word of meeting."""

    def __init__(self, options: Options, tree: Tree, date: Word, number: int, where: str) -> None:
        self.options, self.tree, self.date, self.number, self.where = options, tree, date, number, where

    def features(self) -> Iterator[str]:
        """Those that hold."""
        governor, path = self._governor()
        if governor is None:
            yield f"hangs on nothing|{self.where}"
            return
        kind = self._kind(governor)
        yield f"path={path}"
        yield f"path+kind={path}|{kind}"
        yield f"kind={kind}|{self.where}"
        yield f"governor={lemma(governor.low)}"
        yield f"governor+steps={lemma(governor.low)}|{'0' if self.where == '0' else 'x'}"
        yield f"tag={governor.tag}|{self.options.phase}"
        auxiliaries = "+".join(c.low for c in self.tree.children(governor, "aux", "auxpass", "neg"))
        yield f"aux={auxiliaries}|{self.options.phase}"
        yield f"subject is one of them={self._is_theirs(governor)}|{'0' if self.where == '0' else 'x'}"
        mine = [e for e in self.options.meeting.events if e.sentence == self.number]
        words = [self.tree.at(e.start, e.end) for e in mine]
        links = [self._link(governor, word) for word in words if word is not None]
        if links:
            best = min(links, key=lambda link: link[0])
            yield f"link={best[1]}"
            rough = f"{best[1].split()[0]} {min(best[0], 2)}"
            yield f"rough link+kind={rough}|{kind if kind == 'reporting' or 'meeting' in kind else 'other'}"
            yield f"rough link={rough}"
            yield f"link+kind={best[1]}|{kind}"
            yield f"link+path={best[1]}|{path}"
        others = [e for e in self.options.others if e.sentence == self.number]
        if any((word := self.tree.at(e.start, e.end)) is not None and self._link(governor, word)[0] == 0 for e in others):
            yield f"hangs on another meeting|{self.where}"

    def _governor(self) -> tuple[Word | None, str]:
        """The first word above that is no part of the date, and the relations on the way."""
        path = [self.date.relation]
        for up in self.tree.above(self.date):
            if up.relation in ("pobj", "prep", "pcomp") and not up.is_verb and (up.tag in ("IN", "TO") or up.name == "DATE"):
                path.append(up.low if up.tag in ("IN", "TO") else up.relation)
                continue
            if up.tag in ("IN", "TO"):
                path.append(up.low)
                continue
            if up.name == "DATE" and not up.is_verb and len(path) < 4:
                path.append("date")
                continue
            return up, "<".join(path[:4])
        return None, ""

    def _kind(self, word: Word) -> str:
        """What sort of word it is."""
        if word.low in lex.REPORTING:
            return "reporting"
        if word.low in lex.VERBS:
            return "verb of meeting"
        if word.low in lex.NOUNS:
            return "noun of meeting"
        return "verb" if word.is_verb else "name" if word.name != "O" else "noun" if word.is_noun else "other"

    def _is_theirs(self, governor: Word) -> bool:
        """Whether one of those who meet is the subject of what the date hangs on."""
        subjects = self.tree.children(governor, "nsubj", "nsubjpass")
        spots = self.options.facts.mentions.get(self.number, ())
        return any(m.start <= s.start < m.end and set(m.entities) & self.options.who for s in subjects for m in spots)

    def _link(self, governor: Word, word: Word) -> tuple[int, str]:
        """How far the one is from the other in the tree, and on which side."""
        if governor is word:
            return 0, "on it"
        for steps, up in enumerate(self.tree.above(word), 1):
            if up is governor:
                return steps, f"above it {min(steps, 3)} {word.relation if steps == 1 else ''}"
        for steps, up in enumerate(self.tree.above(governor), 1):
            if up is word:
                return steps, f"below it {min(steps, 3)} {governor.relation if steps == 1 else ''}"
        head = self.tree.head(word)
        if head is not None and head is self.tree.head(governor):
            return 3, f"beside it {word.relation}"
        return 6, "apart"
