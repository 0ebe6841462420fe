"""The speaker of words in marks, found in the writer's own clauses round them."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.quotation import Quotation
from service.language.names import is_possessive
from service.language.reporting import WEAK, auxiliaries, is_adverb, reports, speech_verbs
from service.stages.speakers.phrases import PRONOUNS, Phrase, is_word, may_start, phrase_from, subject_before
from service.stages.speakers.reading import FOLDED, Reading
from service.stages.speakers.subjects import NOUN_BEFORE, clause_subject, opening_subject, subject_of


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

    ``ends``: the last character of the quotation's words. A full stop ends the writer's sentence too, unless a cue
    follows at once.
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
    if not may_start(reading, at, limit):
        return None
    phrase = phrase_from(reading, at, limit)
    if phrase is None:
        return None
    verb = _verb_in(reading, phrase.start + 1, limit, verbs)
    if (
        phrase.how == "pronoun"
        and lows[phrase.start] in ("he", "she", "they")
        and lows[phrase.end : phrase.end + 1]
        and lows[phrase.end].endswith("ed")
    ):
        verb = phrase.end  # "she corrected herself": whatever the verb
    if verb is None:
        return None
    if not same and not (ends in "?!" and verb - phrase.end <= 3):
        return None
    closer = subject_before(reading, verb, at)
    if closer is not None and closer.start <= phrase.start + 1:
        phrase = closer if closer.end > phrase.end and closer.how == "phrase" else phrase
    return Found(phrase, (verb, verb + 1), "after")


def _inverted(reading: Reading, at: int, limit: int) -> Found | None:
    """ "said Okello", "later wrote the minister"."""
    lows, words = reading.lows, reading.words
    verb = at
    while verb < limit and (
        is_adverb(lows[verb])
        or lows[verb] in ("also", "later", "then", "once", "again", "even", "still", "has", "had", "is")
    ):
        verb += 1
    if verb + 1 >= limit or lows[verb].endswith("ing"):
        return None
    if lows[verb] not in speech_verbs():
        known = (
            lows[verb].endswith("ed")
            and verb == at
            and words[verb + 1][0].isupper()
            and words[min(limit, len(words)) - 1] in ".!?"
        )
        if not known or limit - verb > 8:
            return None
    if not may_start(reading, verb + 1, limit) or lows[verb + 1] in ("that", "you", "i", "this", "it"):
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
    return _cue_before(reading, index, reading.first[reading.sentence[index]])


def speaker_announced(reading: Reading, index: int) -> Found | None:
    """The sentence before ends with a colon, in the paragraph before or in this one: it announces the quotation."""
    number = reading.sentence[index]
    if number == 0 or index != reading.first[number]:
        return None
    last = reading.first[number] - 1
    if reading.words[last] != ":" or reading.paragraph[number] - reading.paragraph[number - 1] > 1:
        return None
    return _cue_before(reading, last + 1, reading.first[number - 1])


def _cue_before(reading: Reading, index: int, begin: int) -> Found | None:
    """The cue between ``begin`` and the quotation at ``index``, and its subject."""
    lows, words = reading.lows, reading.words
    best = _best_cue(reading, index, begin)
    if isinstance(best, Found):
        return best
    colon = index - 1 >= begin and words[index - 1] == ":"
    if colon:
        named = _labelled(reading, index, begin)
        if named is not None:
            return named
    far = best is not None and colon and index - best[1] > 7 and best[0] < 0.4
    if best is None or best[0] < 0.05 or far:
        subject = opening_subject(reading, begin, index) if far else clause_subject(reading, index, begin) if colon else None
        return None if subject is None else Found(subject, None, "colon")
    verb = best[1]
    if lows[verb] in _TURNS and (verb == begin or words[verb - 1] == "," or lows[verb - 1] == "as"):
        turned = _inverted(reading, verb, index)
        if turned is not None and (turned.phrase.end >= index or words[turned.phrase.end] in (",", ":")):
            return turned
    subject = subject_of(reading, verb, begin)
    if subject is None:
        return None
    return Found(subject, (verb, verb + 1), "before" if best[0] >= 0.4 else "before-weak")


def _best_cue(reading: Reading, index: int, begin: int) -> tuple[float, int] | Found | None:
    """(score, word) of the likeliest cue before ``index``: verbs of speech before others, near ones before far ones. A
    speaker at once where "according to" or a passive names one."""
    lows, words = reading.lows, reading.words
    verbs, table = speech_verbs(), reports()
    best: tuple[float, int] | None = None
    distance = 0
    for at in range(index - 1, max(begin, index - 40) - 1, -1):
        low = lows[at]
        if words[at] == FOLDED:
            distance += 3
        elif lows[at : at + 2] == ["according", "to"]:
            phrase = phrase_from(reading, at + 2, index)
            if phrase is not None and (best is None or best[0] < 0.5):
                return Found(phrase, (at, at + 2), "according")
        elif _is_passive(reading, at, begin):
            by = _agent(reading, at, index)
            if by is not None:
                return Found(by, (at, at + 1), "before")
        elif low in verbs or (low in table and table[low].share >= 0.12):
            share = table[low].share if low in table else 0.3
            if low in verbs and low not in WEAK:
                share = max(share, 0.6)
            if distance <= 2 and low in verbs and not words[at][0].isupper():
                share += 0.4
            noun = at > begin and _is_noun(reading, at)
            score = share - 0.03 * distance - (0.4 if noun else 0.0)
            if best is None or score > best[0]:
                best = (score, at)
        distance += 1
    return best


#: Verbs that stand before their subject ahead of a quotation too: "But, said Okello, “…”".
_TURNS = frozenset("said says wrote writes added adds explained asked".split())


_ALSO_NOUNS = frozenset(
    """request requests message messages phrase phrases comment comments quote quotes question questions demand demands
    claim claims charge charges report reports note notes call calls answer answers reply promise promises attack attacks
    support email emails tweet tweets text post posts cheer cheers chant chants joke jokes rant state remark remarks echo
    plan plans vow view views""".split()
)


def _is_noun(reading: Reading, at: int) -> bool:
    """Whether a word of the cue list is a noun here: "the call", "his latest request", "Clinton's emails"."""
    before, low = reading.lows[at - 1], reading.lows[at]
    if before in NOUN_BEFORE or is_possessive(reading.words[at - 1]):
        return True
    word = reading.words[at - 1]
    return (
        low in _ALSO_NOUNS
        and word[0].islower()
        and before not in PRONOUNS
        and before not in auxiliaries()
        and before not in ("and", "to", "that")
    )


def _is_passive(reading: Reading, at: int, begin: int) -> bool:
    """ "Trump was asked, “…”": the subject hears the words."""
    if reading.lows[at] not in ("asked", "told", "informed", "warned", "reminded", "questioned"):
        return False
    back = at - 1
    while back > begin and (is_adverb(reading.lows[back]) or reading.lows[back] in ("also", "then", "later", "once")):
        back -= 1
    return reading.lows[back] in ("was", "were", "been", "being", "is", "are", "when", "if") or at == begin


def _agent(reading: Reading, at: int, limit: int) -> Phrase | None:
    """ "asked by host Bill Maher"."""
    for position in range(at + 1, min(limit, at + 6)):
        if reading.lows[position] == "by":
            return phrase_from(reading, position + 1, limit)
    return None


def _labelled(reading: Reading, index: int, begin: int) -> Found | None:
    """ "Clinton: “…”", "RED STATES - Jeffrey Jones: “…”": a name and a colon, with no verb between."""
    at = index - 2
    while at >= begin and (reading.words[at][0].isupper() or reading.words[at] in (",", "(", ")")) and index - at < 9:
        at -= 1
    start = at + 1
    if (
        start > index - 2
        or (at >= begin and reading.words[at] not in ("-", "—", "–", "--", ";", FOLDED))
        or not is_word(reading.words[start])
    ):
        return None
    phrase = phrase_from(reading, start, index - 1)
    return None if phrase is None else Found(phrase, None, "label")


def speaker_signed(reading: Reading, index: int) -> Found | None:
    """What follows the quotation, to the end of its paragraph or in the next one, is a signature: "— Michelle Marks,
    Philadelphia", "Ana Ruiz, 34, teacher"."""
    begin = index + 1
    if begin >= len(reading.words):
        return None
    after = reading.sentence[begin]
    if reading.paragraph[after] - reading.paragraph[reading.sentence[index]] > 1:
        return None
    end = reading.first[after + 1]
    if end < len(reading.words) and reading.paragraph[after + 1 : after + 2] == [reading.paragraph[after]]:
        return None
    lows, words = reading.lows, reading.words
    dashed = words[begin] in ("-", "—", "–", "--", "―", "~")
    if dashed:
        begin += 1
    if (
        end - begin > (24 if dashed else 14)
        or end - begin < 1
        or FOLDED in words[begin:end]
        or not words[begin][0].isupper()
    ):
        return None
    verbs = speech_verbs()
    if not dashed and any(low in verbs or low in auxiliaries() for low in lows[begin:end]):
        return None
    phrase = phrase_from(reading, begin, end)
    if phrase is None or (not dashed and not 2 <= phrase.end - phrase.start <= 5):
        return None
    if not dashed and not all(words[i][0].isupper() for i in range(phrase.start, phrase.end)):
        return None
    if not dashed and phrase.end < end and words[phrase.end] not in (",", ".", "("):
        return None
    return Found(phrase, None, "signature")


def speaker_nearby(reading: Reading, index: int) -> Found | None:
    """No cue stands beside the quotation: the subject of the sentence before, in its paragraph or at the end of the one
    before, if that sentence holds no quotation itself ("Lavrov swatted away the question.")."""
    number = reading.sentence[index]
    if number == 0:
        return None
    begin, end = reading.first[number - 1], reading.first[number]
    if reading.paragraph[number] - reading.paragraph[number - 1] > 1 or FOLDED in reading.words[begin:end]:
        return None
    subject = opening_subject(reading, begin, end)
    if subject is None:
        return None
    verbs = speech_verbs()
    cue = next(
        (
            i
            for i in range(subject.end, min(end, subject.end + 30))
            if reading.lows[i] in verbs and reading.lows[i] not in WEAK
        ),
        None,
    )
    same = reading.paragraph[number] == reading.paragraph[number - 1]
    rule = ("sentence" if same else "paragraph") + ("" if cue is None else "-cue")
    return Found(subject, None if cue is None else (cue, cue + 1), rule)


def last_mark(words: str) -> str:
    """The last character of a quotation's words, marks of quotations inside it left out ("‘miracles,’" → ",")."""
    return words.rstrip("'’”\"» ")[-1:] or "."


#: Rules that read a cue right before the quotation.
_BESIDE = frozenset({"before", "label", "colon"})


def attribution_rule(reading: Reading, quotation: Quotation, number: int) -> Found | None:
    """The best of what the clauses round a quotation's spans say. ``number``: the quotation's index when the reading was
    made."""
    afters: list[Found] = []
    first = reading.place.get((number, 0))
    for part, span in enumerate(quotation.spans):
        index = reading.place.get((number, part))
        if index is None:
            continue
        after = speaker_after(reading, index, last_mark(span.text))
        if after is not None:
            afters.append(after)
            if last_mark(span.text) in ",?!—–-…" or after.rule == "inverted":
                break
    before = None
    if first is not None:
        before = speaker_announced(reading, first) or speaker_before(reading, first)
    end = last_mark(quotation.spans[0].text)
    comma = end in ",?!—–-…"
    if afters and (comma or before is None or before.rule == "before-weak" or afters[0].rule == "inverted"):
        lead = first is not None and first > 0 and reading.words[first - 1] in (":", ",")
        if not (lead and end != "," and before is not None and before.rule in _BESIDE and afters[0].rule != "inverted"):
            return afters[0]
    if before is not None:
        return before
    return afters[0] if afters else None
