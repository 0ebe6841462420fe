"""Noun phrases beside a verb: the subject before it ("the minister, a former judge, said"), or after it ("said Okello")."""

from __future__ import annotations

from dataclasses import dataclass

from service.language.names import HONORIFICS, MONTHS, PARTICLES, TITLES, WEEKDAYS, gender_of, role_nouns
from service.language.reporting import auxiliaries, is_adverb, reports, speech_verbs
from service.stages.speakers.reading import FOLDED, Reading

PRONOUNS = frozenset("he she they it we i you who one".split())
DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your some any no each every another both all many several
    most few two three four five six one""".split()
)
PREPOSITIONS = frozenset(
    """of for from in at with to by on about into over under against after before during through among between since
    until without within across toward towards behind near outside inside via amid per as like than despite upon
    including alongside around""".split()
)
_CLOSED = PREPOSITIONS | frozenset(
    """and but or nor so yet if when while where that which who whom whose because although though whether unless then
    is are was were be been being has have had do does did will would can could may might must shall should not n't
    he she they it we i you him them us me there here what how why""".split()
)
_TIMES = (
    WEEKDAYS
    | MONTHS
    | frozenset(
        """today yesterday tomorrow tonight morning afternoon evening night week weekend month year day days weeks months
        years
    hours hour minutes ago later earlier time times interview statement speech rally email e-mail tweet post call hearing
    debate conference phone telephone""".split()
    )
)
#: How far a subject may stand from its verb, in words; keeps the work on one cue bounded.
REACH = 45


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``start`` to ``end`` (half-open, indices of a Reading); ``head``: index of its main word; ``how``: the way
    it was found, a short tag that confidence is counted by."""

    start: int
    end: int
    head: int
    how: str
    #: index of "who", "which" or "that", which stand for the phrase beside the verb; else None
    relative: int | None = None


def is_word(word: str) -> bool:
    """Whether an entry is a word, not a mark or a folded quotation."""
    return word[0].isalnum()


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def starts_phrase(reading: Reading, index: int) -> bool:
    """Whether a noun phrase that can be a subject may begin here."""
    word, low = reading.words[index], reading.lows[index]
    if word == FOLDED or not is_word(word):
        return False
    if low in PRONOUNS or low in DETERMINERS:
        return True
    if low in _CLOSED or low in auxiliaries():
        return False
    if low in _OPENING_ADVERBS or (is_adverb(low) and gender_of(low) is None):
        return False
    return _is_capital(word) or low in role_nouns() or word[0].isdigit()


_NEVER_ALONE = frozenset("the a an his her their its my our your every each no any".split())
_OPENING_ADVERBS = frozenset(
    """sometimes often meanwhile likewise otherwise later earlier then today tomorrow yesterday now still yet also
    however perhaps maybe here there instead thus therefore again once soon nonetheless nevertheless moreover furthermore
    indeed alongside even only just never always afterwards elsewhere none nothing not no""".split()
)


def may_start(reading: Reading, index: int, limit: int) -> bool:
    """As ``starts_phrase``, and for "former Vermont governor Howard Dean" or "veteran union organizer Ann Lee":
    lower-case words that lead up to a name or a role."""
    if starts_phrase(reading, index):
        return True
    roles, verbs = role_nouns(), speech_verbs()
    for at in range(index, min(limit, index + 6)):
        word, low = reading.words[at], reading.lows[at]
        if not is_word(word) or low in _CLOSED or low in auxiliaries() or is_adverb(low):
            return False
        if word[0].isupper() or low in roles:
            return low not in WEEKDAYS
        if low in verbs:
            return False
    return False


def phrase_from(reading: Reading, index: int, limit: int) -> Phrase | None:
    """The noun phrase that begins at ``index``: up to a comma, a verb, or a preposition that does not belong to it."""
    if index >= limit or not may_start(reading, index, limit):
        return None
    words, lows = reading.words, reading.lows
    if lows[index] in PRONOUNS and lows[index : index + 2] != ["one", "of"]:
        return Phrase(index, index + 1, index, "pronoun")
    at, head = index, index
    roles = role_nouns()
    stop = min(limit, index + 14)
    locked = False
    while at < stop:
        word, low = words[at], lows[at]
        if word == FOLDED or (not is_word(word) and word not in ("@", "#", "'", "’")):
            break
        if low in ("of", "for", "at", "from", "with", "to") and at > index and at + 1 < stop and head < at:
            if low == "of" or (lows[head] in roles and low in ("for", "at", "with", "from", "to")):
                locked = True
                at += 1
                continue
            break
        if at > index and (low in _CLOSED or low in auxiliaries()):
            break
        if at > index and low in WEEKDAYS:
            break
        noun = at == index + 1 and lows[index] in DETERMINERS  # behind "the" stands no verb
        if at > index and not noun and not _is_capital(word) and low in speech_verbs() and low not in roles:
            break
        if (
            at > index
            and word[0].islower()
            and _is_capital(words[at - 1])
            and not locked
            and not _goes_with_name(reading, at, stop)
        ):
            break
        if at > index and not noun and not _is_capital(word) and is_adverb(low):
            break
        if not locked:
            head = at
        at += 1
    if at == index or (at == index + 1 and lows[index] in _NEVER_ALONE and words[at : at + 1] != [":"]):
        return None
    while at > index + 1 and lows[at - 1] in PREPOSITIONS:
        at -= 1
    return Phrase(index, at, min(head, at - 1), "phrase")


def _goes_with_name(reading: Reading, at: int, stop: int) -> bool:
    """Whether a lower-case word behind a name still belongs to the phrase: "Clinton aide", "White House press office"."""
    roles = role_nouns()
    if reading.lows[at - 1] in DETERMINERS or reading.lows[at] in PARTICLES:
        return True
    return any(reading.lows[i] in roles for i in range(at, min(stop, at + 3)) if is_word(reading.words[i]))


def subject_before(reading: Reading, verb: int, begin: int) -> Phrase | None:
    """The subject of the verb at ``verb``, looked for from there back to ``begin`` (the sentence's first word)."""
    begin = max(begin, verb - REACH)
    at = verb - 1
    lows, words = reading.lows, reading.words
    aux = auxiliaries()
    how = "left"
    hops = 0
    pronoun: int | None = None
    while at >= begin and hops < 6:
        low, word = lows[at], words[at]
        if low in aux or is_adverb(low):
            at -= 1
            continue
        if word == ")":
            at = _back_to(words, "(", at, begin) - 1
            continue
        if word == ",":
            comma = _back_to(words, ",", at - 1, begin)
            if comma < begin:
                inner = _phrase_to(reading, at, begin)
                return None if inner is None else Phrase(inner.start, inner.end, inner.head, "comma")
            how = "apposition"
            hops += 1
            named = _named_apposition(reading, comma + 1, at)
            if named is not None:
                return named
            at = comma - 1
            continue
        if word in ("—", "–", "--"):
            dash = max(
                _back_to(words, "—", at - 1, begin),
                _back_to(words, "–", at - 1, begin),
                _back_to(words, "--", at - 1, begin),
            )
            if dash < begin:
                return None
            at, how = dash - 1, "apposition"
            hops += 1
            continue
        if low in ("who", "which", "that"):
            pronoun = at
            at, how = at - 1, "relative"
            if at >= begin and words[at] == ",":
                at -= 1
            hops += 1
            continue
        if low in _TIMES and at > begin:
            adverbial = _before_time(reading, at, begin)
            if adverbial is not None:
                at, hops = adverbial, hops + 1
                continue
        found = _phrase_to(reading, at + 1, begin)
        if found is None:
            return None
        outer = _antecedent(reading, found.start, begin) if how == "left" else None
        if outer is not None:
            return outer
        how = how if found.how == "phrase" or how != "left" else found.how
        return Phrase(found.start, found.end, found.head, how, pronoun)
    return None


def _before_time(reading: Reading, at: int, begin: int) -> int | None:
    """Index of the word before "on Tuesday", "last week", "in an interview" that ends at ``at``; None if that is no
    adverbial."""
    words, lows = reading.words, reading.lows
    before = at - 1
    while before > begin and (
        lows[before] in DETERMINERS
        or lows[before] in ("last", "next", "late", "early", "past")
        or words[before][0].isdigit()
        or (words[before][0].isupper() and lows[before] in _TIMES)
    ):
        before -= 1
    if lows[before] in PREPOSITIONS:
        return before - 1
    if lows[at] in WEEKDAYS or lows[at] in ("today", "yesterday", "tonight"):
        return at - 1
    if before < at - 1 and lows[before + 1] in ("this", "last", "next", "that", "late", "earlier"):
        return before
    return None


def _antecedent(reading: Reading, start: int, begin: int) -> Phrase | None:
    """ "an official who spoke to discuss strategy said": the phrase beside the verb is inside a relative clause; what it
    hangs on."""
    lows, words = reading.lows, reading.words
    if start <= begin or not is_word(words[start - 1]) or lows[start - 1] in _BREAKS:
        return None
    for at in range(start - 1, max(begin, start - 16) - 1, -1):
        if words[at] in (",", ";", ":", "—", FOLDED) or lows[at] in _BREAKS:
            return None
        participle = lows[at].endswith(("ing", "ed")) and at > begin and role_nouns().get(lows[at - 1]) is not None
        if lows[at] in ("who", "which") or participle:
            found = _phrase_to(reading, at, begin)
            return None if found is None else Phrase(found.start, found.end, found.head, "outer")
    return None


_BREAKS = frozenset(
    "and but or that as because while when if after before though although since until so than where".split()
)


def _named_apposition(reading: Reading, start: int, end: int) -> Phrase | None:
    """ "a spokesman, Daniel Roux, said", "after the primary, Gov. John Kasich (R-OH), said": the part between the commas
    is the name, not what explains the words before."""
    words, lows = reading.words, reading.lows
    stop = end
    if words[stop - 1] == ")":
        while stop > start and words[stop] != "(":
            stop -= 1
    if not 2 <= stop - start <= 5 or not all(_is_capital(words[i]) for i in range(start, stop)):
        return None
    before = start - 2
    if before < 0 or words[before] == FOLDED or not is_word(words[before]):
        return None
    named = lows[start].rstrip(".") in TITLES or lows[start].rstrip(".") in HONORIFICS or gender_of(lows[start]) is not None
    if lows[before] in role_nouns() and not _is_capital(words[before]) and stop - start <= 4:
        return Phrase(start, stop, stop - 1, "named")
    if named and not _is_capital(words[before]):
        return Phrase(start, stop, stop - 1, "named")
    return None


def _back_to(words: list[str], mark: str, at: int, begin: int) -> int:
    """Index of the nearest ``mark`` at or before ``at``; ``begin`` - 1 if there is none."""
    while at >= begin and words[at] != mark:
        if words[at] == FOLDED:
            return begin - 1
        at -= 1
    return at


def _phrase_to(reading: Reading, end: int, begin: int) -> Phrase | None:
    """The noun phrase that ends just before ``end``; prepositional tails are followed back to the noun they hang on."""
    words, lows = reading.words, reading.lows
    at = end - 1
    if at < begin or words[at] == FOLDED or not is_word(words[at]):
        return None
    if lows[at] in PRONOUNS or lows[at] in ("who",):
        return Phrase(at, at + 1, at, "pronoun")
    if lows[at] in _CLOSED:
        return None
    head = at
    roles, table = role_nouns(), reports()
    while True:
        start = at
        while at >= begin:
            low, word = lows[at], words[at]
            if not is_word(word) or word == FOLDED or low in _CLOSED:
                break
            if at < head and not _is_capital(word) and low in table and table[low].share > 0.5 and low not in roles:
                break
            start = at
            if low in DETERMINERS and low not in ("one", "two", "three", "four", "five", "six"):
                at -= 1
                break
            at -= 1
        if start > head or end - start > 16:
            return Phrase(max(start, end - 16), end, max(head, end - 16), "phrase") if start <= head else None
        # the words before: "a spokesman for" the campaign
        if (
            at >= begin
            and lows[at] in ("of", "for", "at", "from", "with", "in")
            and at - 1 >= begin
            and lows[at + 1 : at + 2] != ["interview"]
        ):
            noun = at - 1
            if (
                is_word(words[noun])
                and words[noun] != FOLDED
                and lows[noun] not in _CLOSED
                and (
                    lows[noun] in roles or (lows[at] == "of" and not lows[noun].endswith("ed") and not is_adverb(lows[noun]))
                )
                and (lows[noun] not in speech_verbs() or lows[noun] in roles)
            ):
                head = noun
                at = noun
                continue
        both = _joined_with(reading, start, begin)
        return Phrase(start if both is None else both, end, head, "phrase" if both is None else "group")


def _joined_with(reading: Reading, start: int, begin: int) -> int | None:
    """Where "Moscow and" before a phrase begins; None if nothing is joined to it."""
    words, lows = reading.words, reading.lows
    at = start - 2
    if at < begin or lows[start - 1] != "and" or not _is_capital(words[at]) or not is_word(words[at]):
        return None
    while at >= begin and _is_capital(words[at]) and is_word(words[at]):
        at -= 1
    if at >= begin and lows[at] in PREPOSITIONS - {"of"}:
        return None
    return at + 1
