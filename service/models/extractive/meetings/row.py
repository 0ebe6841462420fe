"""Who stands where in a sentence: the subject before a word, the phrases joined by commas and "and", those behind a
preposition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.text import Sentence
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.events import EventMention, items_of
from service.models.extractive.meetings.frame_words import AUX, STOPS, SUBORDINATE
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.resolution import Mention
from service.models.extractive.meetings.tokens import Token

#: Verbs of meeting that are as often nouns.
_NOUNLIKE = frozenset(
    """phone talk talks lunch breakfast host hosts meeting chat chats welcome embrace telephone gathering huddle
    closet""".split()
)
_FINITE = frozenset("has have had is are was were will would could should may might did does do".split())
_NO_DESCRIPTION = frozenset("the a an his her their that which and each".split())


_BEFORE_THE_VERB = frozenset(
    """is are was were be been being not of after before from by also about considered consider despite without for
    on recalled remembers denied deny denies secretly briefly privately upon and""".split()
)
_BEHIND_THE_VERB = frozenset(
    """with separately privately secretly face-to-face behind again at in on today this his her their""".split()
)
_MARKS_OF_VERBS = frozenset(
    """to will would can could may might must should not they we who he she and also often 'll didn't did""".split()
)


class Row:
    """The items of one sentence."""

    def __init__(
        self, cast: Cast, number: int, sentence: Sentence, tokens: Sequence[Token], mentions: Sequence[Mention]
    ) -> None:
        self.cast, self.number, self.sentence = cast, number, sentence
        self.text = cast.text
        self.items = items_of(self.text, tokens, mentions)
        self.used: set[int] = set()

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

    def _subject(self, at: int) -> tuple[int, list[Mention]]:
        """Who does it: the nearest phrase before ``at`` that is no object of a preposition; with what is joined to it."""
        j = at - 1
        plain = self._before_relative(at)
        while j >= 0 and plain is None:
            item = self.items[j]
            if item.low in STOPS and item.low not in ("—", "–", ":"):
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

    def _before_relative(self, at: int) -> int | None:
        """Whom a relative clause in commas describes: "Obama, who welcomed leaders, held …"; None where there is none."""
        if at < 4 or self.items[at - 1].low != ",":
            return None
        for j in range(at - 2, 0, -1):
            if self.items[j].low in STOPS:
                return None
            if self.items[j].low == "," and (self.items[j + 1].low == "who" or self.items[j + 1].text.lower() == "who"):
                mention = self.items[j - 1].mention
                return j - 1 if mention is not None and mention.entities and not mention.possessive else None
        return None

    def _subject_after(self, at: int) -> tuple[int, list[Mention]]:
        """ "After meeting Putin, Trump said": the subject of the main clause, behind the comma, where there is none
        before."""
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
                    r"\b(?:decision|plans?|hopes?|offer|intention|willingness|refusal|desire|wish|bid|attempt|readiness|"
                    r"chance|trip|visit|schedule)\b",
                    between,
                )
            ) and before not in ("of",)
        if before == "the" and j >= 2 and mention.kind == "place":
            before = self.items[j - 2].low
        clause = before in ("after", "before", "since", "until", "as") and (
            at - j <= 3 or (j + 1 < len(self.items) and self.items[j + 1].low in _FINITE)
        )
        if before in lex.PREPOSITIONS and not clause:
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
            ok = joint in (
                [","],
                ["and"],
                [",", "and"],
                ["and", ","],
                ["&"],
                ["as", "well", "as"],
                ["and", "with"],
            ) and 0 <= m < len(self.items)
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

    def _after_word(self, last: int, words: tuple[str, ...]) -> tuple[tuple[int, ...], list[Mention]]:
        for j in range(last + 1, min(len(self.items) - 1, last + 16)):
            item = self.items[j]
            if (
                item.low == "and"
                and self.items[j + 1].mention is None
                and self.items[j + 1].low not in ("with", "his", "her", "their", "then", "later", "a", "an")
            ):
                break
            if (
                item.low in STOPS
                or item.low in SUBORDINATE
                or item.low in lex.REPORTING
                or item.low in ("following", "after", "during", "before")
                or (
                    item.low == "to"
                    and "to" in words
                    and self._phrase_behind(j) is None
                    and self.items[j - 1].low not in ("face", "eye")
                )
                or (item.low in lex.VERBS and item.low not in _NOUNLIKE and j > last + 1)
                or (item.low == "to" and "to" not in words and j > last + 1 and self.items[j - 1].low not in ("face", "eye"))
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
                or self.items[at].low in AUX
                or self.items[at].low in _NO_DESCRIPTION
            ):
                return None
        return None

    def _ids(self, mentions: Sequence[Mention]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(i for m in mentions for i in m.entities))

    def _is_noun(self, i: int) -> bool:
        """Whether a word that may be noun or verb is the noun here, by what stands before it."""
        before = self.items[i - 1].low if i else ""
        word = self.items[i].low
        previous = self.items[i - 1].mention if i else None
        after = self.items[i + 1] if i + 1 < len(self.items) else None
        if (
            word == "meeting"
            and after is not None
            and after.low in ("the", "a", "an", "those", "these", "its", "their", "all", "every")
        ):
            return False  # "meeting those requirements"
        if word == "meeting":
            if before in _BEFORE_THE_VERB:
                following = after is not None and (after.mention is not None or after.low in _BEHIND_THE_VERB)
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
        return before not in _MARKS_OF_VERBS

    def _nominal_before(self, i: int) -> bool:
        return any(item.low in ("a", "an", "the") for item in self.items[max(0, i - 3) : i])
