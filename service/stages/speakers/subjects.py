"""The subject of a cue: of a finite verb the phrase beside it, of "saying" or "to call" that of the clause it hangs on."""

from __future__ import annotations

from dataclasses import replace

from service.language.reporting import auxiliaries, reports, speech_verbs
from service.stages.speakers.phrases import DETERMINERS, Phrase, may_start, phrase_from, subject_before
from service.stages.speakers.reading import Reading

#: Before these a verb is a noun ("the call").
NOUN_BEFORE = frozenset("the a an his her their its of my our this that".split())
_HANGS_ON = frozenset({"and", "but", "to", "or", "then", "by", "in", "before", "after", "while", "without", "for"})
_OPENERS = frozenset(
    """in on at after before during when while as with for by speaking asked but and from according since until although
    though if because despite instead later then meanwhile still yet also last earlier this here there alongside even
    moments minutes hours days weeks months years likewise however indeed moreover ultimately eventually finally""".split()
)
_FINITE = frozenset(
    """is are was were has have had do does did will would can could may might must gave made took went came put got saw
    held left kept sent ran began spoke wore brought found met won lost stood sat drew threw broke rose fell led hit
    shook spent paid""".split()
)
#: Participles that hang on a noun ("a class called"), not on a subject.
_NO_FINITE = frozenset("titled entitled called named known dubbed headlined based".split())
_SUBORDINATORS = frozenset(
    "that how what which who whom whose whether if because when as where while although though since until".split()
)


def subject_of(reading: Reading, verb: int, begin: int) -> Phrase | None:
    """The subject of the cue at ``verb``; ``begin``: the first word of its sentence. None if there is none to be found."""
    lows = reading.lows
    if lows[verb] == "saying" and verb > begin and lows[verb - 1] == "as":
        return _quoted_as(reading, verb, begin)
    if lows[verb].endswith("ing"):
        if verb > begin and lows[verb - 1] in ("is", "are", "was", "were", "be", "been"):
            return subject_before(reading, verb, begin)
        return _of_participle(reading, verb, begin)
    if verb > begin and lows[verb - 1] in _HANGS_ON:
        return _of_participle(reading, verb, begin)
    return subject_before(reading, verb, begin) or clause_subject(reading, verb, begin)


def _quoted_as(reading: Reading, verb: int, begin: int) -> Phrase | None:
    """ "The paper quoted a docker as saying", "the minister was quoted as saying"."""
    lows = reading.lows
    for at in range(verb - 2, max(begin, verb - 14) - 1, -1):
        if lows[at] in ("quoted", "quotes", "quoting", "cited", "reported"):
            if at == verb - 2:
                return subject_before(reading, at, begin)
            return phrase_from(reading, at + 1, verb - 1)
    return subject_before(reading, verb, begin)


def _of_participle(reading: Reading, verb: int, begin: int) -> Phrase | None:
    """Of "…, saying" and "… and said": the subject of the finite verb that it hangs on. Of "saying" that is a reporting
    verb before it if there is one, else the nearest finite verb; verbs of subordinate clauses ("that he was …") come
    last."""
    lows, words = reading.lows, reading.words
    table = reports()
    participle = lows[verb].endswith("ing")
    spare: Phrase | None = None
    nearest: Phrase | None = None
    for at in range(verb - 1, max(begin, verb - 45) - 1, -1):
        low = lows[at]
        if not words[at][0].islower() or low in _NO_FINITE:
            continue
        if at > begin and (lows[at - 1] in NOUN_BEFORE or lows[at - 1] == "to" or not _may_have_subject(reading, at, begin)):
            continue
        reporting = low in table and table[low].share > 0.45 and not low.endswith("ing")
        if not reporting and (nearest is not None or not (low in _FINITE or low.endswith("ed"))):
            continue
        found = subject_before(reading, at, begin)
        if found is None:
            continue
        if found.start > begin and (lows[found.start - 1] in _SUBORDINATORS or _is_object_clause(reading, found)):
            spare = spare or found
            continue
        if at < verb - 8:
            found = replace(found, relative=None)  # "who" stands too far from this verb to be written for it
        if reporting or not participle:
            return found
        nearest = found
    return nearest or opening_subject(reading, begin, verb) or spare


def _is_object_clause(reading: Reading, subject: Phrase) -> bool:
    """Whether "that" was left out before a pronoun: "emails showing he embraced …"."""
    before = reports().get(reading.lows[subject.start - 1])
    return subject.how == "pronoun" and before is not None and before.share > 0.1


def _may_have_subject(reading: Reading, at: int, begin: int) -> bool:
    """Whether a comma right before a verb closes an apposition ("Okello, a baker, looked up"), not one of several verbs
    ("he looked at me, furrowed his brow")."""
    if reading.words[at - 1] != ",":
        return True
    for comma in range(at - 2, max(begin, at - 40) - 1, -1):
        if reading.words[comma] == ",":
            low = reading.lows[comma + 1]
            return low in DETERMINERS or low in ("who", "whose", "which", "now", "then", "formerly") or low[0].isdigit()
    return False


def clause_subject(reading: Reading, before: int, begin: int) -> Phrase | None:
    """The subject of the clause's main verb, some way before word ``before``: the first phrase that a finite verb
    follows."""
    lows, words = reading.lows, reading.words
    verbs, table = speech_verbs(), reports()
    at = before - 1
    low_limit = max(begin, before - 45)
    while at >= low_limit:
        low = lows[at]
        if (
            (low in verbs or (low in table and table[low].share > 0.3))
            and not low.endswith("ing")
            and words[at][0].islower()
        ):
            noun = at > begin and (lows[at - 1] in NOUN_BEFORE or lows[at - 1] in ("to", "and"))
            if not noun:
                found = subject_before(reading, at, begin)
                if found is not None:
                    return found
        at -= 1
    return opening_subject(reading, begin, before)


def opening_subject(reading: Reading, begin: int, before: int) -> Phrase | None:
    """The first noun phrase of the sentence that can be its subject, behind "In an interview, …" and the like."""
    lows, words = reading.lows, reading.words
    at = begin
    if lows[at] in _OPENERS or (lows[at].endswith(("ing", "ed")) and words[at + 1 : at + 2] != [","]):
        for _ in range(3):
            while at < before and words[at] != ",":
                at += 1
            at += 1
            if at >= before or lows[at] not in _OPENERS:
                break
        if at >= before:
            at = begin + 1
    while at < min(before, begin + 60):
        if may_start(reading, at, before) and lows[at] not in auxiliaries() and lows[at] not in ("this", "that", "one"):
            return phrase_from(reading, at, before)
        at += 1
    return None
