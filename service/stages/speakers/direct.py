"""The speaker of words in marks, found in the writer's own clauses round them."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.quotation import Quotation
from service.language.reporting import WEAK, auxiliaries, is_adverb, reports, speech_verbs
from service.stages.speakers.phrases import PRONOUNS, Phrase, phrase_from, starts_phrase, subject_before
from service.stages.speakers.reading import FOLDED, Reading


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker's noun phrase with the cue (a range of words), and the tag of the rule that found them."""

    phrase: Phrase
    cue: tuple[int, int] | None
    rule: str


#: Words after the quotation's mark that are looked through for "said Okello" and "Okello, a teacher, said".
_AHEAD = 40


def speaker_after(reading: Reading, index: int, ends: str) -> Found | None:
    """What follows the quotation at word ``index`` names its speaker: "said Okello", "Okello said", "according to Okello".

    ``ends``: the last character of the quotation's words. A full stop ends the writer's sentence too, unless a cue follows at once.
    """
    words, lows = reading.words, reading.lows
    total = len(words)
    at = index + 1
    while at < total and words[at] in (",", "-", "—", "–", "--", "…"):
        at += 1
    if at >= total or reading.paragraph[reading.sentence[at]] != reading.paragraph[reading.sentence[index]]:
        return None
    same = reading.sentence[at] == reading.sentence[index]
    if not same and ends not in "?!—–-…,":
        return None
    limit = min(reading.first[reading.sentence[at] + 1], at + _AHEAD)
    verbs = speech_verbs()
    if lows[at : at + 2] == ["according", "to"]:
        phrase = phrase_from(reading, at + 2, limit)
        return Found(phrase, (at, at + 2), "according") if phrase else None
    inverted = _inverted(reading, at, limit)
    if inverted is not None:
        return inverted
    if not starts_phrase(reading, at):
        return None
    phrase = phrase_from(reading, at, limit)
    if phrase is None:
        return None
    verb = _verb_in(reading, phrase.start + 1, limit, verbs)
    if verb is None:
        return None
    if not same and not (ends in "?!" and verb - phrase.end <= 3):
        return None
    closer = subject_before(reading, verb, at)
    if closer is not None and closer.start <= phrase.start + 1:
        phrase = closer if closer.end > phrase.end and closer.how == "phrase" else phrase
    return Found(phrase, (verb, verb + 1), "after")


def _inverted(reading: Reading, at: int, limit: int) -> Found | None:
    """"said Okello", "later wrote the minister"."""
    lows, words = reading.lows, reading.words
    verb = at
    while verb < limit and (is_adverb(lows[verb]) or lows[verb] in ("also", "later", "then", "once", "again", "even", "still", "has", "had", "is")):
        verb += 1
    if verb + 1 >= limit or lows[verb] not in speech_verbs() or lows[verb].endswith("ing"):
        return None
    if not starts_phrase(reading, verb + 1) or lows[verb + 1] in ("that", "you", "i", "this", "it"):
        return None
    phrase = phrase_from(reading, verb + 1, limit)
    if phrase is None:
        return None
    if phrase.how == "pronoun" and lows[phrase.start] not in ("he", "she", "they", "who", "one", "we"):
        return None
    if lows[verb] in ("told", "tells", "asked") and words[verb + 1][0].isupper() and lows[verb] != "asked":
        return None
    return Found(Phrase(phrase.start, phrase.end, phrase.head, "phrase"), (verb, verb + 1), "inverted")


def _verb_in(reading: Reading, start: int, limit: int, verbs: frozenset[str]) -> int | None:
    """The first verb of speech from ``start`` on, before another quotation begins."""
    lows, words = reading.lows, reading.words
    weak = None
    for at in range(start, limit):
        low = lows[at]
        if words[at] == FOLDED:
            break
        if low in verbs and not (at > start and lows[at - 1] in ("to", "the", "a", "an", "of", "his", "her", "their")):
            if low.endswith("ing"):
                continue
            if low in WEAK:
                weak = at if weak is None else weak
                continue
            return at
    return weak


def speaker_before(reading: Reading, index: int) -> Found | None:
    """What precedes the quotation in its sentence names the speaker: "Okello said:", "Okello called the plan “…”"."""
    lows, words = reading.lows, reading.words
    begin = reading.first[reading.sentence[index]]
    verbs, table = speech_verbs(), reports()
    at = index - 1
    low_limit = max(begin, index - 40)
    best: tuple[float, int] | None = None
    distance = 0
    while at >= low_limit:
        low = lows[at]
        if words[at] == FOLDED:
            distance += 3
        elif lows[at : at + 2] == ["according", "to"]:
            phrase = phrase_from(reading, at + 2, index)
            if phrase is not None:
                return Found(phrase, (at, at + 2), "according")
        elif low in verbs or (low in table and table[low].share >= 0.12):
            share = table[low].share if low in table else 0.3
            if low in verbs and low not in WEAK:
                share = max(share, 0.6)
            noun = at > begin and lows[at - 1] in ("the", "a", "an", "his", "her", "their", "its", "of", "my", "our")
            score = share - 0.02 * distance - (0.4 if noun else 0.0)
            if best is None or score > best[0]:
                best = (score, at)
        distance += 1
        at -= 1
    if best is None or best[0] < 0.05:
        return None
    verb = best[1]
    subject = _subject(reading, verb, begin)
    if subject is None:
        return None
    return Found(subject, (verb, verb + 1), "before" if best[0] >= 0.4 else "before-weak")


def _subject(reading: Reading, verb: int, begin: int) -> Phrase | None:
    """The subject of a verb; of an "-ing" form or a second verb, that of the clause it hangs on."""
    lows = reading.lows
    if lows[verb].endswith("ing") or (verb > begin and lows[verb - 1] in ("and", "but", "to", "or", "then", "by", "in")):
        return clause_subject(reading, verb, begin)
    found = subject_before(reading, verb, begin)
    if found is not None:
        return found
    return clause_subject(reading, verb, begin)


def clause_subject(reading: Reading, before: int, begin: int) -> Phrase | None:
    """The subject of the clause's main verb, some way before word ``before``: the first phrase that a finite verb follows."""
    lows, words = reading.lows, reading.words
    verbs, aux, table = speech_verbs(), auxiliaries(), reports()
    at = before - 1
    low_limit = max(begin, before - 45)
    while at >= low_limit:
        low = lows[at]
        if (low in verbs or (low in table and table[low].share > 0.3)) and not low.endswith("ing") and words[at][0].islower():
            noun = at > begin and lows[at - 1] in ("the", "a", "an", "his", "her", "their", "its", "of", "to", "and")
            if not noun:
                found = subject_before(reading, at, begin)
                if found is not None:
                    return found
        at -= 1
    at = begin
    if lows[at] in ("in", "on", "at", "after", "before", "during", "when", "while", "as", "with", "for", "by", "speaking", "asked", "but", "and", "from", "according"):
        while at < before and words[at] != ",":
            at += 1
        at += 1
        if at >= before:
            at = begin + 1
    while at < before:
        if starts_phrase(reading, at) and lows[at] not in aux:
            return phrase_from(reading, at, before)
        at += 1
    return None


def attribution_rule(reading: Reading, quotation: Quotation, number: int) -> Found | None:
    """The best of what the clauses round a quotation's spans say. ``number``: the quotation's index when the reading was made."""
    afters: list[Found] = []
    first = reading.place.get((number, 0))
    for part, span in enumerate(quotation.spans):
        index = reading.place.get((number, part))
        if index is None:
            continue
        after = speaker_after(reading, index, span.text[-1:])
        if after is not None:
            afters.append(after)
            if span.text[-1:] in ",?!—–-…" or after.rule == "inverted":
                break
    before = speaker_before(reading, first) if first is not None else None
    comma = quotation.spans[0].text[-1:] in ",?!—–-…"
    if afters and (comma or before is None or before.rule == "before-weak" or afters[0].rule == "inverted"):
        lead = first is not None and first > 0 and reading.words[first - 1] == ":"
        if not (lead and before is not None and before.rule == "before" and afters[0].rule != "inverted" and not comma):
            return afters[0]
    if before is not None:
        return before
    return afters[0] if afters else None


def pronoun_like(reading: Reading, phrase: Phrase) -> bool:
    """Whether the phrase is a pronoun."""
    return phrase.end - phrase.start == 1 and reading.lows[phrase.start] in PRONOUNS
