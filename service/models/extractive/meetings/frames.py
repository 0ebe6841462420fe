"""Mentions of meetings in a sentence: verbs and nouns of meeting with those who meet.

A sentence is read as a row of items: phrases that stand for somebody (from ``people``), words and marks. A trigger is a verb or
noun of meeting; its frame says where those who meet stand: "X met Y", "talks between X and Y", "X's meeting with Y".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.text import Sentence
from service.language.dates import DateMention
from service.language.places import PlaceMention
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.resolution import Mention
from service.models.extractive.meetings.tokens import Token

_AUX = frozenset(
    [
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "do",
        "does",
        "did",
        "not",
        "n't",
        "'ll",
        "won't",
        "wouldn't",
        "didn't",
        "hasn't",
        "haven't",
        "hadn't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "doesn't",
        "don't",
        "couldn't",
        "can't",
        "cannot",
        "to",
        "also",
        "then",
        "later",
        "finally",
        "briefly",
        "privately",
        "secretly",
        "again",
        "never",
        "ever",
        "already",
        "just",
        "still",
        "recently",
        "reportedly",
        "allegedly",
        "twice",
        "once",
        "first",
        "last",
        "previously",
        "earlier",
        "quietly",
        "due",
        "set",
        "scheduled",
        "expected",
        "going",
        "planning",
        "hoping",
        "likely",
        "ready",
        "about",
        "supposed",
        "slated",
        "poised",
        "able",
        "unable",
        "agreed",
        "agreeing",
        "both",
        "all",
        "each",
        "together",
        "separately",
        "personally",
        "currently",
        "now",
        "only",
        "even",
        "actually",
        "indeed",
        "so",
        "soon",
        "formally",
        "informally",
        "publicly",
        "repeatedly",
        "unexpectedly",
        "apparently",
        "probably",
        "possibly",
        "tentatively",
        "originally",
        "initially",
        "yet",
        "plan",
        "plans",
        "planned",
        "hope",
        "hopes",
        "hoped",
        "want",
        "wants",
        "wanted",
        "intend",
        "intends",
        "intended",
        "wish",
        "wishes",
        "wished",
        "seem",
        "seems",
        "seemed",
        "appear",
        "appears",
        "appeared",
        "refuse",
        "refuses",
        "refused",
        "decline",
        "declines",
        "declined",
        "fail",
        "fails",
        "failed",
        "manage",
        "manages",
        "managed",
        "need",
        "needs",
        "continue",
        "continues",
        "begin",
        "begins",
        "began",
        "agree",
        "agrees",
        "decide",
        "decides",
        "decided",
        "try",
        "tries",
        "tried",
        "trying",
        "seek",
        "seeks",
        "sought",
        "offer",
        "offers",
        "offered",
        "promise",
        "promises",
        "promised",
        "threaten",
        "expects",
        "prepare",
        "prepares",
        "preparing",
        "prepared",
        "willing",
        "reluctant",
        "eager",
        "keen",
        "unlikely",
    ]
)
#: Verbs of meeting that are as often nouns.
_NOUNLIKE = frozenset(
    [
        "phone",
        "talk",
        "talks",
        "lunch",
        "breakfast",
        "host",
        "hosts",
        "meeting",
        "chat",
        "chats",
        "welcome",
        "embrace",
        "telephone",
        "gathering",
        "huddle",
        "closet",
    ]
)
_FINITE = frozenset(
    [
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "did",
        "does",
        "do",
    ]
)
_STOPS = frozenset(";:.!?—–")
_SUBORDINATE = frozenset(
    ["that", "whether", "if", "because", "when", "while", "as", "since", "although", "though", "where", "until"]
)
_BOTH_SIDES = re.compile(r"\b(?:with|between|among|and|of)\b", re.IGNORECASE)
_LIGHT = re.compile(
    r"^(?:hold|holds|held|holding|have|has|had|having|attend\w*|host\w*|conduct\w*|conven\w*|open\w*|begin|begins|began|start\w*|end|ends|ended|conclud\w*|"
    r"resum\w*|finish\w*|continu\w*|schedul\w*|arrang\w*|cancel\w*|postpon\w*|scrap\w*|plan|plans|planned|request\w*|seek|seeks|sought|want|wants|enter\w*|"
    r"exchang\w*|shar\w*|make|made|get|got|secur\w*|enjoy\w*|join\w*|leav\w*|left|skip\w*|snub\w*|abandon\w*|delay\w*|demand\w*|propos\w*|offer\w*|accept\w*|"
    r"reject\w*|refus\w*|declin\w*|den(?:y|ies|ied|ying)|confirm\w*|describ\w*|discuss\w*|do|did|wrap\w*|brok\w*|mediat\w*|facilitat\w*|organi[sz]\w*|told|hail\w*|"
    r"prais\w*|call\w*|rul\w*|engag\w*|need\w*|was|were|is|are|be|been|took|take|takes|taking|set|agree\w*|went|go|goes|emerg\w*|arriv\w*|ask\w*|suggest\w*|"
    r"announc\w*|invit\w*|use|used|expect\w*|anticipat\w*|hop\w*|led|lead|leads|chair\w*|ditch\w*|axe\w*|pull\w*|withdr\w*|back\w*|walk\w*|storm\w*|crash\w*|spoke|sat|met|flew|travel\w*|return\w*|came|prepar\w*)$",
    re.IGNORECASE,
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
    """A place where the article speaks of a meeting. ``sides``: those who meet, as grouped by the frame; ``left`` and ``right``:
    the words of the clause round the trigger, for ``factuality`` and ``fields``."""

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
            items.append(Item("<m>", mention.text, mention.start, mention.end, mention))
            i = mention.last
        else:
            items.append(Item(tokens[i].low, tokens[i].text, tokens[i].start, tokens[i].end))
            i += 1
    return items


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
            or first.low
            in (
                "the",
                "a",
                "an",
                "of",
                "for",
                "from",
                "representing",
                "his",
                "her",
                "their",
                "who",
                "whose",
                "former",
                "then",
                "now",
                "himself",
                "herself",
                "one",
                "both",
            )
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
            followed = tokens[end + 1].low if end + 1 < len(tokens) else ""
            skipped[i] = end + 1 if followed not in ("and", "or") or True else end
    return skipped


_IT = re.compile(
    r"\b[Ii]t\b(?=(?: (?:had|has|have|was|is|will|would|could|may|might|should|did|never|not|been|be|now|still|won['’]t|didn['’]t)){0,4} (?:go(?:ne)? ahead|took place|take place|taken place|happen(?:ed)?|be held|been held|"
    r"lasted|ran for|off for good|off\b(?! the)|cancell?ed|called off|postponed|put off|proceed|planned|scheduled|rescheduled|rearranged|originally|to have (?:taken|lasted)))"
)
_HOLDING = re.compile(
    r"^(?:hold|holds|held|holding|have|has|had|having|host\w*|conduct\w*|schedul\w*|plan\w*|shar\w*|enjoy\w*)$",
    re.IGNORECASE,
)
#: Verbs whose subject has the meeting; verbs by which one of its sides decides on it.
_HAVING = re.compile(
    r"^(?:hold|holds|held|holding|have|has|had|having|attend\w*|host\w*|conduct\w*|conven\w*|open\w*|begin|begins|began|start\w*|end|ends|ended|conclud\w*|resum\w*|finish\w*|continu\w*|"
    r"enter\w*|exchang\w*|shar\w*|enjoy\w*|wrap\w*|engag\w*|led|lead|leads|emerg\w*|walk\w*|storm\w*|sat|met|spoke|was|were|took|take|takes|taking|went|got|get|leav\w*|left|arriv\w*)$",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"^(?:cancel\w*|postpon\w*|scrap\w*|plan\w*|request\w*|seek|seeks|sought|want\w*|secur\w*|skip\w*|snub\w*|abandon\w*|delay\w*|demand\w*|propos\w*|offer\w*|accept\w*|reject\w*|refus\w*|"
    r"declin\w*|den(?:y|ies|ied|ying)|describ\w*|discuss\w*|rul\w*|need\w*|ditch\w*|axe\w*|pull\w*|withdr\w*|back\w*|agree\w*|schedul\w*|arrang\w*|hail\w*|prais\w*|call\w*|use|used|flew|travel\w*|return\w*|came|prepar\w*|made|make|ask\w*)$",
    re.IGNORECASE,
)
_SPEAKERS = frozenset(
    [
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "aide",
        "source",
        "adviser",
        "advisor",
        "diplomat",
        "secretary-general",
    ]
)


class Frames:
    """Finds the event mentions of one sentence."""

    def __init__(
        self, cast: Cast, number: int, sentence: Sentence, tokens: Sequence[Token], mentions: Sequence[Mention]
    ) -> None:
        self.cast, self.number, self.sentence = cast, number, sentence
        self.text = cast.text
        self.items = items_of(self.text, tokens, mentions)
        self.used: set[int] = set()

    def find(self) -> list[EventMention]:
        """All event mentions, in order."""
        found = [*self._phrases(), *self._verbs(), *self._nouns(), *self._taken_up()]
        found.sort(key=lambda e: e.start)
        return found

    # -- verbs -------------------------------------------------------------------------------------------------------------

    def _phrases(self) -> Iterator[EventMention]:
        line = self.text[self.sentence.span.start : self.sentence.span.end]
        for pattern, lemma in lex.PHRASES:
            for hit in pattern.finditer(line):
                start, end = self.sentence.span.start + hit.start(), self.sentence.span.start + hit.end()
                first = next((i for i, item in enumerate(self.items) if item.start == start), None)
                if first is None or first in self.used:
                    continue
                last = max(i for i, item in enumerate(self.items) if item.start < end)
                form = next((name for name, value in hit.groupdict().items() if value), "") or _form_of(
                    hit.group().split()[0].lower()
                )
                if lemma == "shake hands" and re.match(r"(?:shar|exchang)", hit.group(), re.IGNORECASE):
                    form = _form_of(hit.group().split()[0].lower())
                event = self._verb_event(first, last, lemma, form)
                if event is not None:
                    self.used.update(range(first, last + 1))
                    yield event

    def _taken_up(self) -> Iterator[EventMention]:
        """ "The Kremlin suggested it would go ahead", "it never happened": the meeting spoken of last."""
        line = self.text[self.sentence.span.start : self.sentence.span.end]
        for hit in _IT.finditer(line):
            start = self.sentence.span.start + hit.start()
            at = next((i for i, item in enumerate(self.items) if item.start == start), None)
            if at is not None:
                event = self._event(at, at, "it", "noun", [], [], start, False)
                event.definite = True
                yield event

    def _verbs(self) -> Iterator[EventMention]:
        for i, item in enumerate(self.items):
            if item.mention is not None or i in self.used or item.low not in lex.VERBS:
                continue
            lemma, form = lex.VERBS[item.low]
            if item.low in (
                "talks",
                "meeting",
                "chat",
                "talk",
                "lunch",
                "breakfast",
                "host",
                "welcome",
                "rendezvous",
                "parley",
                "chats",
                "huddle",
                "phone",
                "telephone",
                "hosts",
                "gathering",
            ) and self._is_noun(i):
                continue
            event = self._verb_event(i, i, lemma, form)
            if event is not None:
                self.used.add(i)
                yield event

    def _is_noun(self, i: int) -> bool:
        """Whether a word that may be noun or verb is the noun here, by what stands before it."""
        before = self.items[i - 1].low if i else ""
        word = self.items[i].low
        previous = self.items[i - 1].mention if i else None
        after = self.items[i + 1] if i + 1 < len(self.items) else None
        if word == "meeting":
            if before in (
                "is",
                "are",
                "was",
                "were",
                "be",
                "been",
                "being",
                "not",
                "of",
                "after",
                "before",
                "from",
                "by",
                "also",
                "about",
                "considered",
                "consider",
                "despite",
                "without",
                "for",
                "on",
                "recalled",
                "remembers",
                "denied",
                "deny",
                "denies",
                "secretly",
                "briefly",
                "privately",
                "upon",
                "and",
            ):
                following = after is not None and (
                    after.mention is not None
                    or after.low
                    in (
                        "with",
                        "separately",
                        "privately",
                        "secretly",
                        "face-to-face",
                        "behind",
                        "again",
                        "at",
                        "in",
                        "on",
                        "today",
                        "this",
                        "his",
                        "her",
                        "their",
                    )
                )
                return not following or (
                    before in ("of", "for", "about", "and")
                    and after is not None
                    and after.low not in ("with",)
                    and after.mention is None
                )
            if previous is not None:
                return previous.possessive or not (
                    after is not None and (after.mention is not None or after.low == "with") and not self._nominal_before(i)
                )
            return i > 0 or not (after is not None and after.mention is not None)
        if previous is not None and not previous.possessive:
            return word in ("talks", "talk") and not (
                len(previous.entities) == 1
                and word == "talks"
                and after is not None
                and after.low in ("to", "about", "with", "of", "like")
            )
        return before not in (
            "to",
            "will",
            "would",
            "can",
            "could",
            "may",
            "might",
            "must",
            "should",
            "not",
            "they",
            "we",
            "who",
            "he",
            "she",
            "and",
            "also",
            "often",
            "'ll",
            "didn't",
            "did",
        )

    def _nominal_before(self, i: int) -> bool:
        return any(item.low in ("a", "an", "the") for item in self.items[max(0, i - 3) : i])

    def _verb_event(self, first: int, last: int, lemma: str, form: str) -> EventMention | None:
        subject_at, subject = self._subject(first)
        objects, spots = self._objects(last, lemma)
        passive = self._is_passive(first, form)
        if passive:
            agents, agent_spots = self._after_word(last, ("by",))
            objects, spots = (objects or agents), (spots or agent_spots)
        subject_ids = tuple(i for m in subject for i in m.entities)
        objects = tuple(i for i in objects if i not in subject_ids) if len(set(subject_ids)) == 1 else objects
        if not objects and len(spots) == 1 and spots[0].kind == "pronoun" and subject_ids:
            objects = self.cast.other_than(subject_ids, spots[0].text.lower())
        nobody = not objects and len(set(subject_ids)) < 2
        if nobody and not self._collective(subject):
            return None
        if lemma in lex.TRANSITIVE and not objects and self._has_other_object(last):
            return None
        if lemma in ("meet",) and self._has_other_object(last) and not objects:
            return None
        if (
            form in ("past", "participle")
            and lemma == "meet"
            and re.match(
                r"\s*(?:with|by)\s+(?:\w+\s+){0,3}(?:applause|silence|cheers|boos|jeers|skepticism|scepticism|resistance|criticism|outrage|approval|derision|disbelief|mockery|relief|chants|protests|anger|surprise|enthusiasm|hostility|opposition|laughter|backlash|fury|praise|concern)",
                self.text[self.items[last].end : self.items[last].end + 60],
            )
        ):
            return None
        sides = [side for side in (subject_ids, objects) if side]
        return self._event(first, last, lemma, form, sides, [*subject, *spots], subject_at, lemma in lex.WEAK)

    def _collective(self, subject: Sequence[Mention]) -> bool:
        return any(m.kind in ("group", "two") for m in subject)

    def _is_passive(self, first: int, form: str) -> bool:
        return form in ("past", "participle") and any(
            item.low in ("was", "were", "been", "be", "being", "is", "are") for item in self.items[max(0, first - 3) : first]
        )

    def _has_other_object(self, last: int) -> bool:
        """Whether the verb has an object that is nobody ("met the deadline", "met his targets", "met resistance")."""
        j = last + 1
        if j >= len(self.items):
            return False
        item = self.items[j]
        if item.mention is not None:
            return False
        ok = (
            "with",
            "at",
            "in",
            "on",
            "for",
            "to",
            "before",
            "after",
            "during",
            "over",
            "behind",
            "and",
            "but",
            "as",
            "until",
            "while",
            "when",
            "under",
            "near",
            "outside",
            "inside",
            "amid",
            "since",
            "from",
            "by",
            "between",
            "face-to-face",
            "here",
            "there",
            "today",
            "tonight",
            "yesterday",
            "tomorrow",
            "this",
            "last",
            "next",
            "again",
            "earlier",
            "later",
            "late",
            "early",
            "twice",
            "once",
            "three",
            "several",
            "separately",
            "privately",
            "secretly",
            "briefly",
            "together",
            "alone",
            "personally",
            "up",
            "ahead",
            "around",
            "shortly",
            "just",
            "or",
            "via",
            "virtually",
            "publicly",
            "online",
            "informally",
            "formally",
            "regularly",
            "frequently",
            "recently",
            "only",
            "about",
            "that",
            "each",
            "one-on-one",
            "every",
            "all",
            "not",
            "soon",
            "first",
            "two",
            "many",
            "a",
            "multiple",
            "hours",
            "days",
            "weeks",
            "months",
            "if",
            "amid",
            "without",
            "round",
        )
        if item.low in (
            "the",
            "a",
            "an",
            "his",
            "her",
            "their",
            "its",
            "each",
            "all",
            "those",
            "these",
            "any",
            "every",
            "our",
            "my",
            "your",
        ):
            return not (item.low == "each" and j + 1 < len(self.items) and self.items[j + 1].low == "other")
        return (
            item.low[0].isalnum()
            and item.low not in ok
            and not item.text[0].isupper()
            and not item.low.endswith("ly")
            and not item.low[0].isdigit()
        )

    def _subject(self, at: int) -> tuple[int, list[Mention]]:
        """Who does it: the nearest phrase before ``at`` that is no object of a preposition; with what is joined to it."""
        j = at - 1
        plain: int | None = None
        while j >= 0:
            item = self.items[j]
            if item.low in _STOPS and item.low not in ("—", "–", ":"):
                break
            taken_up = item.mention is not None and (item.mention.entities or item.mention.kind in ("group", "two"))
            if taken_up and self._can_be_subject(j, at):
                plain = j
                break
            j -= 1
        if plain is None:
            return self._subject_after(at)
        group = self._joined(plain, backwards=True)
        return self.items[plain].start, group

    def _subject_after(self, at: int) -> tuple[int, list[Mention]]:
        """ "After meeting Putin, Trump said": the subject of the main clause, behind the comma, where there is none before."""
        for j in range(at + 1, min(len(self.items) - 1, at + 26)):
            if self.items[j].low == "," and self.items[j + 1].mention is not None:
                mention = self.items[j + 1].mention
                follows = self.items[j + 2].low if j + 2 < len(self.items) else ""
                if mention is not None and mention.entities and not mention.possessive and follows not in (",", "and"):
                    return self.items[j + 1].start, [mention]
        return self.items[at].start, []

    def _can_be_subject(self, j: int, at: int) -> bool:
        mention = self.items[j].mention
        assert mention is not None
        before = self.items[j - 1].low if j else ""
        if mention.kind == "place" and before in lex.PREPOSITIONS:
            return False
        if mention.possessive:
            between = " ".join(item.low for item in self.items[j + 1 : at])
            return bool(
                re.search(
                    r"\b(?:decision|plans?|hopes?|offer|intention|willingness|refusal|desire|wish|bid|attempt|readiness|chance|trip|visit|schedule)\b",
                    between,
                )
            ) and before not in ("of",)
        if before in lex.PREPOSITIONS and not (before in ("after", "before", "since", "until", "as") and at - j <= 3):
            return before in ("for",) and j + 1 < len(self.items) and self.items[j + 1].low == "to"
        if self.items[j - 1].low == "and" and j >= 2 and self.items[j - 2].mention is not None:
            k = j
            while k >= 2 and self.items[k - 1].low in ("and", ",") and self.items[k - 2].mention is not None:
                k -= 2
            if k >= 1 and self.items[k - 1].low in lex.PREPOSITIONS:
                return False
        return mention.kind != "pronoun" or self.items[j].low not in ("him", "them", "me", "us")

    def _joined(self, j: int, backwards: bool, closed: bool = False) -> list[Mention]:
        """The phrase at ``j`` with those joined to it by commas and "and"."""
        found = [self.items[j].mention]
        step = -1 if backwards else 1
        k = j
        while True:
            m = self._past_house(k) if not backwards else k + step
            joint: list[str] = []
            while (
                0 <= m < len(self.items)
                and self.items[m].low in (",", "and", "&", "as", "well", "along", "with", "or")
                and len(joint) < 4
            ):
                joint.append(self.items[m].low)
                m += step
            ok = joint in ([","], ["and"], [",", "and"], ["and", ","], ["&"], ["as", "well", "as"]) and 0 <= m < len(
                self.items
            )
            if ok and backwards:
                m = self._before_house(m)
                if (
                    m
                    and self.items[m - 1].low in lex.PREPOSITIONS
                    and self.items[m - 1].low not in ("with", "between", "as", "among")
                ):
                    break
            mention = self.items[m].mention if ok else None
            if mention is None or (not backwards and not closed and self._starts_clause(m)):
                break
            if joint == [","] and not self._list_goes_on(m, step):
                break
            found.append(mention)
            k = m
        kept = [m for m in found if m is not None]
        return list(reversed(kept)) if backwards else kept

    def _past_house(self, k: int) -> int:
        """Behind "Jurgen Kohler of the HafenUnion": the next item that isn't his house."""
        if k + 1 < len(self.items) and self.items[k + 1].low in ("of", "from"):
            for m in (k + 2, k + 3):
                if m < len(self.items) and self.items[m].mention is not None:
                    return m + 1
        return k + 1

    def _before_house(self, m: int) -> int:
        """The person in "Jurgen Kohler of the HafenUnion", whose last phrase is at ``m``."""
        for k in (m - 1, m - 2):
            if k >= 1 and self.items[k].low in ("of", "from") and self.items[k - 1].mention is not None:
                return k - 1
        return m

    def _list_goes_on(self, m: int, step: int) -> bool:
        """Whether a comma joined a list ("X, Y and Z"), rather than set off an apposition ("X, the minister,")."""
        mention = self.items[m].mention
        if mention is not None and mention.kind in ("role", "place"):
            return False
        ahead = (
            [item.low for item in self.items[m + 1 : m + 4]]
            if step > 0
            else [item.low for item in self.items[m + 1 : m + 6]]
        )
        return "and" in ahead or (step < 0 and m > 0 and self.items[m - 1].low == ",")

    def _starts_clause(self, m: int) -> bool:
        """Whether the phrase at ``m`` begins a clause of its own ("…, and Putin said")."""
        follows = self.items[m + 1].low if m + 1 < len(self.items) else ""
        return follows in lex.REPORTING or follows in _FINITE or (follows in lex.VERBS and follows not in _NOUNLIKE)

    def _objects(self, last: int, lemma: str) -> tuple[tuple[int, ...], list[Mention]]:
        """Whom: right behind a transitive verb, else behind "with" (or "to", for speaking) in the clause."""
        j = last + 1
        while j < len(self.items) and (
            self.items[j].low.endswith("ly") or self.items[j].low in ("again", "up", "face-to-face", "one-on-one", "twice")
        ):
            j += 1
        if (
            j < len(self.items)
            and lemma in lex.TRANSITIVE | {"call on", "bump into", "sit down"}
            and self.items[j].mention is not None
        ):
            mentions = self._joined(j, backwards=False)
            if self.items[j].mention is not None and mentions[0].possessive:
                return (), []
            return self._ids(mentions), mentions
        words = ("with", "to") if lemma in ("speak", "talk", "chat") else ("with",)
        return self._after_word(last, words)

    def _after_word(self, last: int, words: tuple[str, ...]) -> tuple[tuple[int, ...], list[Mention]]:
        for j in range(last + 1, min(len(self.items) - 1, last + 16)):
            item = self.items[j]
            if (
                item.low == "and"
                and self.items[j + 1].mention is None
                and self.items[j + 1].low not in ("with", "his", "her", "their", "then", "later")
            ):
                break
            if (
                item.low in _STOPS
                or item.low in _SUBORDINATE
                or item.low in lex.REPORTING
                or item.low in ("following", "after", "during", "before")
                or (item.low == "to" and "to" in words and self._phrase_behind(j) is None)
                or (item.low in lex.VERBS and item.low not in _NOUNLIKE and j > last + 1)
                or (item.low == "to" and "to" not in words and j > last + 1)
            ):
                break
            at = self._phrase_behind(j) if item.low in words else None
            if at is not None:
                mentions = self._joined(at, backwards=False)
                if mentions[0].possessive:
                    continue
                if item.low == "to" and mentions[0].kind in ("group", "place") and not mentions[0].entities:
                    continue
                return self._ids(mentions), mentions
            if item.low in words and self.items[j + 1].low == "each":
                return (), []
        return (), []

    def _phrase_behind(self, j: int) -> int | None:
        """The phrase right behind a preposition, with a word or two of description between ("with fertiliser tycoon X")."""
        for at in range(j + 1, min(len(self.items), j + 4)):
            if self.items[at].mention is not None:
                return at
            if (
                not self.items[at].low.isalpha()
                or self.items[at].low in lex.PREPOSITIONS
                or self.items[at].low in _AUX
                or self.items[at].low in ("the", "a", "an", "his", "her", "their", "that", "which", "and", "each")
            ):
                return None
        return None

    def _ids(self, mentions: Sequence[Mention]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(i for m in mentions for i in m.entities))

    # -- nouns -------------------------------------------------------------------------------------------------------------

    def _nouns(self) -> Iterator[EventMention]:
        for i, item in enumerate(self.items):
            if item.mention is not None or i in self.used or item.low not in lex.NOUNS:
                continue
            lemma, weak = lex.NOUNS[item.low]
            if item.low in lex.VERBS and not self._is_noun(i):
                continue
            event = self._noun_event(i, lemma, weak)
            if event is not None:
                yield event

    def _noun_event(self, i: int, lemma: str, weak: bool) -> EventMention | None:
        if i + 1 < len(self.items) and self.items[i + 1].low in lex.NOUNS and self.items[i].low not in ("talks",):
            return None  # "a dinner meeting", "a face-to-face meeting": the last noun speaks
        head = self._head_start(i)
        modifiers = self.text[self.items[head].start : self.items[i].start]
        if lex.NOT_BEFORE.search(modifiers) or re.search(
            r"\b(?:room|place|point|call for|calls for)\b", self.items[i + 1].low if i + 1 < len(self.items) else ""
        ):
            return None
        if lemma == "call" and not self._is_phone(i, modifiers):
            return None
        sides, spots = self._noun_sides(i, head)
        if len(sides) == 2 and set(sides[0]) == set(
            sides[1]
        ):  # "Following his meeting with Ryan, Trump …": his is not Ryan's
            _, owner = self._subject_after(i)
            sides[0] = tuple(x for m in owner for x in m.entities if x not in sides[1])
            sides = [side for side in sides if side]
        governor, subject_at, subject = self._governor(head, i)
        have = {x for side in sides for x in side}
        extra = tuple(x for m in subject for x in m.entities if x not in have)
        if (
            extra
            and len(sides) < 2
            and governor
            and (not weak or sides or _HOLDING.match(governor))
            and self._takes_part(governor, subject, sides)
        ):
            sides.insert(0, extra)
            spots = [*subject, *spots]
        who = {x for side in sides for x in side}
        if lemma == "visit" and (len(sides) < 2 or len(who) < 2 or not self._followed_by(i, "with")):
            return None
        if weak and len(who) < 2:
            counted = lemma in ("round", "session") and re.search(
                r"\b(?:second|third|first|another|further|next|final)\b", modifiers
            )
            if not self._definite(head) and not counted:
                return None
            sides, spots = [], []  # "the dinner": only worth something where a meeting is known to be one
        event = self._event(i, i, lemma, "noun", sides, spots, min(subject_at, self.items[head].start), weak)
        event.modifiers = modifiers
        event.definite = self._definite(head)
        event.plural = (
            self.items[i].low.endswith("s")
            and lemma not in ("talks", "negotiations", "consultations")
            and self.items[i].low not in ("pow-wows",)
        )
        event.governor = governor
        return event

    def _followed_by(self, i: int, word: str) -> bool:
        return i + 1 < len(self.items) and self.items[i + 1].low == word

    def _takes_part(self, governor: str, subject: Sequence[Mention], sides: Sequence[tuple[int, ...]]) -> bool:
        """Whether the subject of the noun's verb is one of those who meet: "held talks", "cancelled a meeting with Y"; not the
        spokesman who "ruled out a meeting", nor the mediator who "announced" it."""
        if _HAVING.match(governor):
            return True
        spoken_for = any(self.cast.entities[i].roles & _SPEAKERS for m in subject for i in m.entities)
        return (
            len(sides) == 1
            and not spoken_for
            and bool(
                _CALLING.match(governor)
                or governor in ("after", "during", "in", "at", "following", "before", "ahead", "from")
            )
        )

    def _is_phone(self, i: int, modifiers: str) -> bool:
        after = " ".join(item.low for item in self.items[i + 1 : i + 3])
        return bool(
            re.search(r"\b(?:phone|telephone|conference|video|zoom|skype|minute|hour)\b", modifiers, re.IGNORECASE)
            or re.match(r"(?:with|between)\b", after)
        )

    def _head_start(self, i: int) -> int:
        """Where the noun's phrase begins: its article and adjectives."""
        j = i
        while j > 0:
            item = self.items[j - 1]
            if (
                item.mention is not None
                or item.low in lex.PREPOSITIONS
                or item.low in _STOPS
                or (item.low in (",", "and", "(", ")", '"', "“", "”") and not self._adjectival(j - 1))
            ):
                break
            if (
                (
                    item.low in _AUX
                    and item.low
                    not in (
                        "planned",
                        "scheduled",
                        "expected",
                        "first",
                        "last",
                        "once",
                        "previously",
                        "informal",
                        "originally",
                        "all",
                        "both",
                        "set",
                        "secretly",
                    )
                )
                or item.low in lex.REPORTING
                or (
                    _LIGHT.match(item.low)
                    and item.low
                    not in (
                        "planned",
                        "scheduled",
                        "expected",
                        "proposed",
                        "delayed",
                        "postponed",
                        "cancelled",
                        "canceled",
                        "announced",
                        "led",
                        "called",
                        "requested",
                        "arranged",
                    )
                )
            ):
                break
            j -= 1
            if item.low in (
                "the",
                "a",
                "an",
                "this",
                "that",
                "these",
                "those",
                "his",
                "her",
                "their",
                "its",
                "our",
                "any",
                "no",
                "another",
                "my",
            ):
                break
        return j

    def _adjectival(self, j: int) -> bool:
        """Whether a comma or "and" stands between adjectives of one phrase ("a second and previously undisclosed meeting")."""
        return (
            j > 0
            and self.items[j].low in (",", "and")
            and (
                self.items[j - 1].low
                in (
                    "second",
                    "first",
                    "formal",
                    "informal",
                    "long",
                    "brief",
                    "private",
                    "secret",
                    "frank",
                    "open",
                    "rare",
                    "bilateral",
                    "warm",
                    "tense",
                    "lengthy",
                    "short",
                    "direct",
                    "separate",
                )
            )
        )

    def _definite(self, head: int) -> bool:
        if self.items[head].low in ("the", "this", "that", "these", "those", "his", "her", "their", "its", "our"):
            return True
        before = self.items[head - 1].mention if head else None
        return (before is not None and before.possessive) or (head > 0 and self.items[head - 1].low in ("'s", "’s"))

    def _noun_sides(self, i: int, head: int) -> tuple[list[tuple[int, ...]], list[Mention]]:
        """Those named with the noun: its possessor, a compound ("the Trump-Putin talks"), "between X and Y", "with Y"."""
        sides: list[tuple[int, ...]] = []
        spots: list[Mention] = []
        for item in self.items[head:i]:
            compound = self._compound(item.text)
            if compound:
                sides.extend(compound)
        owner = self._owner(head)
        if owner is not None and not sides:
            sides.append(owner.entities)
            spots.append(owner)
        j = i + 1
        limit = min(len(self.items) - 1, i + 14)
        while j < limit:
            item = self.items[j]
            if (
                item.low in _STOPS
                or item.low in _SUBORDINATE
                or item.low in lex.REPORTING
                or item.low in ("was", "were", "is", "are", "will", "has", "had", "would", "but", "which", "who")
            ):
                break
            mention = self.items[j + 1].mention
            if (
                item.low in ("between", "among", "with", "of", "involving", "by")
                and mention is not None
                and mention.entities
            ):
                joined = self._joined(j + 1, backwards=False, closed=item.low in ("between", "among"))
                if joined[0].possessive and len(joined) == 1:
                    j += 1
                    continue
                if item.low in ("between", "among", "involving") or (
                    item.low in ("of", "by") and len(self._ids(joined)) >= 2
                ):
                    sides.extend(m.entities for m in joined)
                    spots.extend(joined)
                elif item.low == "with":
                    sides.append(self._ids(joined))
                    spots.extend(joined)
                if item.low != "of":
                    break
            j += 1
        return sides, spots

    def _compound(self, text: str) -> list[tuple[int, ...]]:
        parts = re.split(r"[-–‑]", text)
        if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
            return []
        found: list[tuple[int, ...]] = []
        for part in parts:
            ids = self.cast.by_alias(part)
            if ids is None:
                return []
            found.append((ids,))
        return found

    def _owner(self, head: int) -> Mention | None:
        """The possessor: "Trump's [meeting]", "his [meeting]", "the two leaders' [meeting]"."""
        item = self.items[head]
        if item.low in ("their", "his", "her", "our", "my"):
            word = {"their": "they", "his": "he", "her": "she", "our": "we", "my": "i"}[item.low]
            before = [x.mention for x in self.items[:head] if x.mention is not None]
            ids = self.cast.pronoun(word, before)
            return Mention(0, 0, item.start, item.end, item.text, "pronoun", ids, True) if ids else None
        for j in (head - 1, head - 2):
            mention = self.items[j].mention if j >= 0 else None
            if mention is not None and mention.possessive and mention.entities:
                return mention
        return None

    def _governor(self, head: int, i: int) -> tuple[str, int, list[Mention]]:
        """The verb that the noun is an object of, and its subject: "Trump [held] a meeting", "after a meeting …, Trump said"."""
        j = head - 1
        steps = 0
        while j >= 0 and steps < 7:
            item = self.items[j]
            if item.mention is not None and not item.mention.possessive:
                break
            if item.low in _STOPS or item.low in ("which", "who", "but"):
                break
            if _LIGHT.match(item.low) and item.mention is None:
                at, subject = self._subject(j)
                return item.low, at, subject
            if item.low in lex.PREPOSITIONS and item.low not in ("to", "into", "for"):
                break
            j -= 1
            steps += 1
        if head and self.items[head - 1].low in (
            "after",
            "during",
            "in",
            "at",
            "following",
            "before",
            "ahead",
            "of",
            "for",
            "from",
            "on",
        ):
            at, subject = self._subject(head)
            return self.items[head - 1].low, at, subject[:1]
        return "", self.items[head].start, []

    # -- events ------------------------------------------------------------------------------------------------------------

    def _event(
        self,
        first: int,
        last: int,
        lemma: str,
        form: str,
        sides: list[tuple[int, ...]],
        spots: list[Mention],
        subject_at: int,
        weak: bool,
    ) -> EventMention:
        start, end = self.items[first].start, self.items[last].end
        return EventMention(
            sentence=self.number,
            start=start,
            end=end,
            lemma=lemma,
            form=form,
            sides=sides,
            spots=spots,
            definite=False,
            plural=False,
            weak=weak,
            left=self.text[self.sentence.span.start : start],
            right=self.text[end : self.sentence.span.end],
            modifiers="",
            subject_start=subject_at,
            words=self.text[start:end],
        )


def _form_of(word: str) -> str:
    if word.endswith("ing"):
        return "ing"
    if word in (
        "exchange",
        "share",
        "slip",
        "sneak",
        "steal",
        "step",
        "sit",
        "come",
        "have",
        "take",
        "spend",
        "get",
        "bump",
        "run",
        "cross",
        "call",
        "break",
        "join",
        "be",
        "drop",
        "catch",
        "pay",
        "put",
        "hold",
        "rub",
    ):
        return "base"
    return "present" if (word.endswith("s") and word not in ("was",)) or word in ("is", "are") else "past"
