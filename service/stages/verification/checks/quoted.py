"""Checks on quotations: verbatim, and by that speaker."""

from __future__ import annotations

import re

from service.domain.quotation import Quotation, Speaker
from service.domain.verdict import Check
from service.language.normalise import untokenise
from service.language.reporting import reports, speech_verbs
from service.stages.verification.checks.view import View
from service.stages.verification.quoting import Found
from service.stages.verification.tokens import NAME

_MARKED = re.compile(r"[\"“„]([^\"“”„]{2,})[\"”]|‘([^‘’]{12,})’(?!\w)")

#: A verb reports speech without marks only where it mostly does ("said", not "opened").
MOSTLY = 0.4


def places(text: str) -> list[tuple[int, int]]:
    """Places of what stands in quotation marks in a statement, without the marks."""
    flat = untokenise(text)
    return [m.span(1) if m[1] is not None else m.span(2) for m in _MARKED.finditer(flat)]


def quotations(view: View) -> list[Check]:
    """Each quotation of the statement: in the article as it stands, altered, or not there; and whose."""
    found: list[Check] = []
    source = view.a.source
    for start, end in places(view.a.text):
        words = _inner(view.a.text[start:end])
        if not any(c.isalnum() for c in words):
            continue
        hit = source.quotations().find(words)
        at = (start, end)
        if hit is None:
            detail = f"“{words}” does not stand in the article"
            found.append(Check("quotation", "unsupported", "OutE", detail, at))
        elif hit.fidelity == "altered":
            detail = f"the article's words are “{source.text_at(hit.start, hit.end)}”: {_changes(hit)}"
            found.append(Check("quotation", "contradicted", "EntE", detail, at))
        else:
            found.append(Check("quotation", "supported", None, f"“{words}” stands in the article", at))
            found += _speaker(view, hit, at)
    return found


def _inner(words: str) -> str:
    """Without the comma or full stop that a writer puts before the closing mark."""
    return words.strip().rstrip(",.").strip() if words.strip(" ,.") else words


def _changes(hit: Found) -> str:
    told = []
    for _, mine, theirs in hit.changes:
        told.append(
            f"“{mine}” for “{theirs}”" if mine and theirs else f"“{mine}” put in" if mine else f"“{theirs}” left out"
        )
    return ", ".join(told)


def _speaker(view: View, hit: Found, at: tuple[int, int]) -> list[Check]:
    """Whether the one who is named as speaker is the one whom the article quotes."""
    quoted = _quotation_at(view, hit)
    if quoted is None or quoted.speaker is None or quoted.speaker.confidence < 0.5:
        return []
    named = _named_speaker(view, at)
    if not named:
        return []
    return _compare(view, quoted.speaker, named, at)


def _compare(view: View, speaker: Speaker, named: list[str], at: tuple[int, int]) -> list[Check]:
    """The statement's speaker beside the article's, with all names and roles that the article gives them."""
    theirs = {w.lower() for w in re.findall(r"\w+", f"{speaker.name} {speaker.mention.text} {speaker.role or ''}")}
    person = next((p for p in view.a.source.document.people if p.id == speaker.person), None)
    if person is not None:
        theirs |= {w.lower() for m in person.mentions for w in re.findall(r"\w+", m.text)}
        theirs |= {w.lower() for w in re.findall(r"\w+", f"{person.role or ''} {person.affiliation or ''}")}
    if theirs & set(named):
        return [Check("speaker", "supported", None, f"the article gives these words to {speaker.name}", at)]
    if not any(w in view.a.source.names for w in speaker.name.lower().split()) and _near_mention(view, speaker, named):
        return []
    who = " ".join(named)
    return [Check("speaker", "contradicted", "LinkE", f"the article gives these words to {speaker.name}, not {who}", at)]


def _near_mention(view: View, speaker: Speaker, named: list[str]) -> bool:
    """Whether one of the names stands in the sentence of a nameless speaker ("her counterpart"), or in the two before."""
    source = view.a.source
    here = next((i for i, s in enumerate(source.sentences) if s.span.end > speaker.mention.start), 0)
    words = {t.word for s in range(max(0, here - 2), here + 1) for t in view.theirs(s)}
    return bool(words & set(named))


def _quotation_at(view: View, hit: Found) -> Quotation | None:
    for quotation in view.a.source.document.quotations:
        if any(s.start < hit.end and hit.start < s.end for s in quotation.spans) and quotation.kind != "indirect":
            return quotation
    return None


def _named_speaker(view: View, at: tuple[int, int]) -> list[str]:
    """The names beside a reporting verb of the statement, outside the quotation."""
    verbs = speech_verbs()
    tokens = view.tokens
    for i, token in enumerate(tokens):
        if at[0] <= token.start < at[1] or not (token.word in verbs or token.lemma in verbs):
            continue
        for step in (-1, 1):
            names: list[str] = []
            k = i + step
            while 0 <= k < len(tokens) and abs(k - i) <= 6 and not at[0] <= tokens[k].start < at[1]:
                if tokens[k].kind == NAME:
                    names.append(tokens[k].word)
                elif names:
                    break
                k += step
            if names:
                return names[::step]
    return []


def reported(view: View) -> list[Check]:
    """Reported speech without marks: whose word it is in the article."""
    verbs = speech_verbs()
    tokens = view.tokens
    if places(view.a.text):
        return []
    counted = reports()
    for i, token in enumerate(tokens):
        if token.word not in verbs or token.word not in counted or counted[token.word].share < MOSTLY:
            continue
        names: list[str] = []
        k = i - 1
        while k >= 0 and i - k <= 5 and (tokens[k].kind == NAME or not names):
            if tokens[k].kind == NAME:
                names.insert(0, tokens[k].word)
            k -= 1
        told = [p for w in view.places for p in view.places[w] if w > i]
        if not names or len(told) < 2:
            return []
        starts = [view.a.source.tokens[p].start for p in told]
        best, most = None, 0.6 * len({w for w in view.places if w > i})
        for quotation in view.a.source.spoken_in(view.evidence):
            inside = sum(any(s.start <= at < s.end for s in quotation.spans) for at in starts)
            if quotation.speaker is not None and inside >= most and inside > 1:
                best, most = quotation.speaker, inside + 0.1
        if best is None or best.confidence < 0.5:
            return []
        return _compare(view, best, names, (tokens[k + 1].start, token.end))
    return []
