"""From a noun phrase to a speaker: whose name it is, whom a pronoun or a role stands for."""

from __future__ import annotations

from bisect import bisect_left

from service.domain.quotation import Person, Speaker
from service.language.names import bare, is_possessive, role_nouns
from service.language.reporting import auxiliaries, reports
from service.stages.speakers.confidence import confidence
from service.stages.speakers.people import People, span_of
from service.stages.speakers.phrases import PREPOSITIONS, Phrase
from service.stages.speakers.reading import Reading
from service.stages.speakers.roles import has_role
from service.stages.speakers.subjects import opening_subject

_GENDER = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}
#: How many words back a pronoun may reach.
_REACH = 160
#: Roles that stand for somebody whose role is put more exactly elsewhere.
_GENERAL = {
    general: frozenset(roles.split())
    for general, roles in {
        "official": "spokesman spokeswoman spokesperson minister secretary ambassador envoy director adviser advisor",
        "lawmaker": "senator congressman congresswoman representative sen rep mp legislator",
        "politician": "senator congressman congresswoman representative minister mp mayor governor",
        "diplomat": "ambassador envoy minister",
        "aide": "spokesman spokeswoman adviser advisor manager strategist",
        "leader": "president premier chancellor minister chairman chairwoman",
    }.items()
}
_SHORT_ROLES = {
    "senator": "sen.",
    "congressman": "rep.",
    "congresswoman": "rep.",
    "representative": "rep.",
    "governor": "gov.",
    "general": "gen.",
}


class Resolver:
    """Answers who a phrase is, in one article. ``spoke``: words at which persons were found to speak, to weigh pronouns
    by."""

    def __init__(self, reading: Reading, people: People, persons: tuple[Person, ...]) -> None:
        self.reading = reading
        self.people = people
        self.persons = persons
        self._words = sorted(people.by_word)
        self._memo: dict[int, int | None] = {}

    def speaker(self, phrase: Phrase, rule: str) -> Speaker:
        """The speaker that ``phrase`` names, as far as the article tells."""
        reading = self.reading
        written = span_of(reading, phrase.start, phrase.end)
        mention = written if phrase.relative is None else span_of(reading, phrase.relative, phrase.relative + 1)
        number = self.person_in(phrase)
        if number is None:
            start = self._apposed(phrase)
            if start is not None:
                number, end = self.people.by_word[start], start + 1
                while self.people.by_word.get(end) == number:
                    end += 1
                mention = span_of(reading, start, end)
        if number is None and phrase.end - phrase.start == 1:
            number = self.pronoun(phrase.start)
        if number is None:
            number = self.role_of(phrase)
        if number is None and written.text == "A" and reading.words[phrase.end : phrase.end + 1] == [":"]:
            number = self._interviewed()
        if number is None and phrase.end - phrase.start == 1 and reading.lows[phrase.start] in ("it", "they"):
            stands_for = self.thing(phrase.start)
            if stands_for is not None:
                full = span_of(reading, stands_for.start, stands_for.end)
                return Speaker(_named(full.text), mention, full, None, None, None, confidence(rule), rule)
        if number is None:
            return Speaker(_named(written.text), mention, None, None, None, None, confidence(rule), rule)
        person, figure = self.persons[number], self.people.figures[number]
        return Speaker(
            person.name, mention, figure.where, person.id, person.role, person.affiliation, confidence(rule), rule
        )

    def _interviewed(self) -> int | None:
        """Who answers in "Q: … A: …": the person the article is about, if one is named most."""
        named = sorted(((len(f.mentions) + len(f.others), n) for n, f in enumerate(self.people.figures)), reverse=True)
        if not named or (len(named) > 1 and named[1][0] == named[0][0]):
            return None
        return named[0][1]

    def person_in(self, phrase: Phrase) -> int | None:
        """The person whose name is the phrase's own (not "Trump's campaign", "the Trump administration", "Trump and
        Putin")."""
        if phrase.how == "group":
            return None
        words = self.reading.words
        index = phrase.start
        while index < phrase.end:
            number = self.people.by_word.get(index)
            if number is None:
                index += 1
                continue
            last = index
            while last + 1 < phrase.end and self.people.by_word.get(last + 1) == number:
                last += 1
            behind = words[last + 1] if last + 1 < phrase.end else ""
            if (
                not behind
                or not (is_possessive(words[last]) or behind[0].isalpha())
                or self.reading.lows[last + 1] in ("of", "from", "at", "with", "in")
            ):
                return number
            index = last + 1
        return None

    def _apposed(self, phrase: Phrase) -> int | None:
        """The word at which the name begins: "her husband, Ousmane Diallo", "one of them, Piet Vermeer"."""
        words, lows, at = self.reading.words, self.reading.lows, phrase.end
        if lows[phrase.head] == "one" and lows[at : at + 1] == ["of"]:  # "one of them, Piet Vermeer"
            at = next((i for i in range(at, min(at + 5, len(words))) if words[i] == ","), at)
        if at + 1 >= len(words) or words[at] != "," or phrase.how == "pronoun":
            return None
        head = lows[phrase.head]
        if role_nouns().get(head) != "p" and head not in ("them", "one", "man", "woman"):
            return None
        return at + 1 if at + 1 in self.people.by_word else None

    def thing(self, index: int) -> Phrase | None:
        """What "it" or "they" at word ``index`` stands for: the subject of its sentence or of the one before, if that is
        no person."""
        reading = self.reading
        number = reading.sentence[index]
        for back in range(number, max(-1, number - 3), -1):
            begin = reading.first[back]
            end = index if back == number else reading.first[back + 1]
            subject = opening_subject(reading, begin, end) if end - begin > 1 else None
            if subject is None or subject.end > index or subject.how == "pronoun":
                continue
            if self.person_in(subject) is not None:
                continue
            kind = role_nouns().get(bare(reading.lows[subject.head]))
            named = kind is None and any(
                reading.words[i][0].isupper() for i in range(max(subject.start, begin + 1), subject.end)
            )
            fits = kind == "g" or (reading.lows[index] == "it" and (kind == "d" or named))
            return subject if fits else None
        return None

    def role_of(self, phrase: Phrase) -> int | None:
        """The person that "the minister" or "the Russian foreign minister" stands for: the only one with that role, or
        the one named last before."""
        reading = self.reading
        if phrase.end - phrase.start > 6 or not (
            reading.lows[phrase.start] in ("the", "this", "that")
            or all(w[0].isupper() for w in reading.words[phrase.start : phrase.end])
        ):
            return None
        head = reading.lows[phrase.end - 1]
        if role_nouns().get(head) != "p" or any(
            reading.lows[i] in ("of", "for", "at", "from") for i in range(phrase.start, phrase.end)
        ):
            return None
        fitting = [
            n for n, f in enumerate(self.people.figures) if has_role(f, head) or has_role(f, _SHORT_ROLES.get(head, head))
        ]
        general = _GENERAL.get(head)
        if not fitting and general:
            fitting = [n for n, f in enumerate(self.people.figures) if f.role and general & set(f.role.lower().split())]
        marks = [
            reading.words[i][:4]
            for i in range(phrase.start + 1, phrase.end - 1)
            if reading.words[i][0].isupper() and reading.lows[i] not in role_nouns()
        ]
        marks = [mark for mark in marks if mark not in ("Fore", "Prim", "Vice", "Defe", "Fina", "Inte", "Pres")]
        if marks:
            fitting = [n for n in fitting if any(m in (self.people.figures[n].affiliation or "") for m in marks)]
        before = [
            (max((m.start for m in self.people.figures[n].mentions if m.start < phrase.start), default=-1), n)
            for n in fitting
        ]
        named = [pair for pair in before if pair[0] >= 0]
        if named:
            return max(named)[1]
        return fitting[0] if len(fitting) == 1 else None

    def pronoun(self, index: int) -> int | None:
        """The person a pronoun at word ``index`` stands for: the likeliest of those named shortly before."""
        if index not in self._memo:
            self._memo[index] = self._pronoun(index)
        return self._memo[index]

    def _pronoun(self, index: int) -> int | None:
        reading = self.reading
        gender = _GENDER.get(bare(reading.lows[index]))
        if gender is None:
            return None
        here = reading.sentence[index]
        best: tuple[float, int] | None = None
        counted: dict[int, int] = {}
        at = bisect_left(self._words, index) - 1
        while at >= 0 and self._words[at] > index - _REACH:
            word = self._words[at]
            at -= 1
            number = self.people.by_word[word]
            figure = self.people.figures[number]
            if self.people.by_word.get(word + 1) == number or (figure.gender is not None and figure.gender != gender):
                continue
            counted[number] = counted.get(number, 0) + 1
            start = word
            while self.people.by_word.get(start - 1) == number:
                start -= 1
            distance = here - reading.sentence[word]
            score = -1.0 * distance - 0.003 * (index - word) + self._subjecthood(start, word) + 0.15 * counted[number]
            if figure.gender is None:
                score -= 0.5
            if best is None or score > best[0]:
                best = (score, number)
        return best[1] if best else None

    def _subjecthood(self, start: int, end: int) -> float:
        """How much a mention looks like the subject of its sentence."""
        reading = self.reading
        first, last = reading.bounds(end)
        score = 0.0
        before = reading.lows[start - 1] if start > first else ""
        lead = start
        while lead > first and (
            reading.words[lead - 1][0].isupper() or reading.lows[lead - 1] in role_nouns() or reading.lows[lead - 1] == "of"
        ):
            lead -= 1
        if reading.lows[max(first, lead - 2) : lead] == ["according", "to"]:
            score += 2.0
        elif lead == first:
            score += 0.7
        elif before in PREPOSITIONS or before == "and":
            score -= 0.9
        after = reading.lows[end + 1] if end + 1 < last else "."
        if is_possessive(reading.words[end]):
            score -= 0.7
        elif after in auxiliaries() or after.endswith("ed") or (after in reports() and reports()[after].share > 0.4):
            score += 0.9
        elif after in (",", "who") and before not in PREPOSITIONS:
            score += 0.5
        return score


def _named(phrase: str) -> str:
    """A noun phrase as a name: a body's proper name loses its article ("the Kremlin")."""
    first, _, rest = phrase.partition(" ")
    return rest if first.lower() in ("the", "both") and rest[:1].isupper() else phrase
