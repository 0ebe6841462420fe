"""From a noun phrase to a speaker: whose name it is, whom a pronoun or a role stands for."""

from __future__ import annotations

from service.domain.quotation import Person, Speaker
from service.language.names import bare, is_possessive
from service.stages.speakers.people import People, span_of
from service.stages.speakers.phrases import Phrase
from service.stages.speakers.reading import Reading

_GENDER = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}


class Resolver:
    """Answers who a phrase is, in one article."""

    def __init__(self, reading: Reading, people: People, persons: tuple[Person, ...]) -> None:
        self.reading = reading
        self.people = people
        self.persons = persons

    def speaker(self, phrase: Phrase, rule: str) -> Speaker:
        """The speaker that ``phrase`` names, as far as the article tells."""
        reading = self.reading
        written = span_of(reading, phrase.start, phrase.end)
        mention = written if phrase.relative is None else span_of(reading, phrase.relative, phrase.relative + 1)
        number = self.person_in(phrase)
        if number is None and phrase.end - phrase.start == 1:
            number = self.pronoun(phrase.start)
        if number is None:
            return Speaker(written.text, mention, None, None, None, None, 0.7, rule)
        person, figure = self.persons[number], self.people.figures[number]
        resolved = span_of(reading, figure.where.start, figure.where.end)
        return Speaker(person.name, mention, resolved, person.id, person.role, person.affiliation, 0.9, rule)

    def person_in(self, phrase: Phrase) -> int | None:
        """The person whose name is the phrase's own (not "Trump's campaign", "the Trump administration", "Trump and Putin")."""
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
            if not behind or not (is_possessive(words[last]) or behind[0].isalpha()) or self.reading.lows[last + 1] in ("of", "from", "at", "with", "in"):
                return number
            index = last + 1
        return None

    def pronoun(self, index: int) -> int | None:
        """The person a pronoun at word ``index`` stands for: the likeliest of those named shortly before."""
        gender = _GENDER.get(bare(self.reading.lows[index]))
        if gender is None:
            return None
        best: tuple[float, int] | None = None
        here = self.reading.sentence[index]
        for at in range(index - 1, max(-1, index - 160), -1):
            number = self.people.by_word.get(at)
            if number is None:
                continue
            figure = self.people.figures[number]
            if figure.gender is not None and figure.gender != gender:
                continue
            score = -(here - self.reading.sentence[at]) - 0.004 * (index - at)
            if at == self.reading.first[self.reading.sentence[at]]:
                score += 0.8
            if is_possessive(self.reading.words[at]):
                score -= 0.6
            if best is None or score > best[0]:
                best = (score, number)
        return best[1] if best else None
