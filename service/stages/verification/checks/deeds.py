"""Checks on who did what: doer and done-to, another's deed, words out of their company, claims told as facts."""

from __future__ import annotations

from itertools import pairwise

from service.domain.verdict import Check, ErrorType
from service.language.calendar_units import MONTHS, WEEKDAYS
from service.language.names import role_nouns
from service.language.reporting import speech_verbs
from service.language.words import lexicon, rarity
from service.stages.verification.checks.relations import MODALS
from service.stages.verification.checks.view import View
from service.stages.verification.features import PRONOUNS
from service.stages.verification.tokens import CONTENT, NAME

_PLACING = frozenset("in at near from outside off across around inside into through".split())
_NOBODY = frozenset((*WEEKDAYS, *MONTHS, *"mr mrs ms dr sir asia europe africa america".split()))
#: The part of a statement's other words that one sentence must carry before the odd word out counts against it.
CARRIES_REST = 0.6
#: How many sentences back a pronoun's name may stand.
FAR_BACK = 3
#: Verbs of lower rarity say too little ("make", "take").
COMMON_VERB = 1.5


def who(view: View) -> list[Check]:
    """Doer and done-to changed over, or somebody else's deed."""
    source = view.a.source
    found: list[Check] = []
    if not view.evidence:
        return found
    named = [i for i in view.a.content if view.tokens[i].kind == NAME]
    for x, y in pairwise(named):
        verbs = [k for k in range(x + 1, y) if k in view.places and "v" in lexicon().pos.get(view.tokens[k].lemma, "")]
        if any(view.tokens[k].word in speech_verbs() for k in range(x + 1, y)):
            continue  # who said it is another check's; what follows has a doer of its own
        if not verbs or y - x > 8:
            continue
        for sentence in view.evidence:
            begin, end = source.bounds[sentence]
            left, right, verb = ([p for p in view.places.get(i, []) if begin <= p < end] for i in (x, y, verbs[0]))
            if not (left and right and verb):
                continue
            v = verb[0]
            turned = min(right) < v < min(left)
            straight = any(p < v for p in left) and any(q > v for q in right)
            passive = any(t.word == "by" for t in source.tokens[v + 1 : min(end, v + 5)]) != any(
                t.word == "by" for t in view.tokens[verbs[0] + 1 : verbs[0] + 5]
            )
            if (turned and not straight and not passive) or (straight and not turned and passive):
                detail = f"in the article {view.tokens[y].word.capitalize()} comes before “{view.tokens[verbs[0]].word}”"
                found.append(view.check("who did it", "contradicted", "EntE", detail, x, y))
                return found
    return found


def _rest_carrier(view: View, without: set[int]) -> tuple[int, float] | None:
    """The sentence that carries most of the statement's other words, and the share of them."""
    a = view.a
    total = sum(a.weights[i] for i in a.content if i not in without)
    if not total:
        return None
    shares = {
        s: sum(a.weights[w] * x for w, x in words.items() if w not in without) / total for s, words in a.in_sentence.items()
    }
    best = max(shares, key=lambda s: (shares[s], -s), default=None)
    return None if best is None else (best, shares[best])


def _brings(view: View, sentence: int, best: int, without: set[int]) -> float:
    """What a sentence carries of the other words beyond the best one: a share of their weight."""
    a = view.a
    total = sum(a.weights[i] for i in a.content if i not in without) or 1.0
    have = a.in_sentence.get(best, {})
    more = a.in_sentence.get(sentence, {})
    return sum(a.weights[w] * max(0.0, x - have.get(w, 0.0)) for w, x in more.items() if w not in without) / total


def _runs_of_names(view: View) -> list[list[int]]:
    runs: list[list[int]] = []
    for i in view.a.content:
        if view.tokens[i].kind == NAME:
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
    return runs


def somebody_else(view: View) -> list[Check]:
    """A name that stands elsewhere in the article, while the sentence that carries the rest names another in its place."""
    source = view.a.source
    mine = {t.lemma for t in view.tokens}
    found: list[Check] = []
    for run in _runs_of_names(view):
        carrier = _rest_carrier(view, set(run))
        if carrier is None or carrier[1] < CARRIES_REST or any(view.a.like[i] < 0.9 for i in run):
            continue
        best = carrier[0]
        where = {s for i in run for o, x in source.near(view.tokens[i].lemma) if x >= 0.6 for s in source.sentences_with[o]}
        if best in where:
            continue
        if _led_by(view, run, _PLACING) or _beside_speech(view, run):
            continue
        others = [t for t in view.theirs(best) if t.kind == NAME and t.lemma not in mine and t.word not in _NOBODY]
        others = [t for t in others if t.word not in role_nouns()]
        if any(_brings(view, s, best, set(run)) >= 0.05 for s in where):
            continue
        if not others and (run[0] > 0 or _salient(view, run) or any(0 <= best - s <= FAR_BACK for s in where)):
            continue  # the article says "she" there, and may well mean this one
        pronoun = any(t.word in PRONOUNS for t in view.theirs(best))
        if any(0 < best - s <= (2 if pronoun else 0) for s in where):
            continue
        if any(_brings(view, s, s + len(source.bounds), set(run)) >= 0.7 * carrier[1] for s in where):
            continue  # a sentence that has the name carries nearly as much
        words = " ".join(view.tokens[i].word for i in run)
        whom = f"the article names “{others[0].word}”" if others else "the article speaks of somebody else"
        detail = f"where the statement names “{words}”, {whom}"
        found.append(view.check("who did it", "contradicted", "EntE", detail, run[0], run[-1]))
    return found


def _salient(view: View, run: list[int]) -> bool:
    """Whether a name is among those that the article is about: a pronoun may mean them over many sentences."""
    postings = view.a.source.postings
    most = view.a.source.most_named()
    return any(2 * len(postings.get(view.tokens[i].lemma, ())) >= most for i in run)


def _led_by(view: View, run: list[int], words: frozenset[str]) -> bool:
    """Whether a run of names follows one of these words (an article between them)."""
    before = [t.word for t in view.tokens[max(0, run[0] - 2) : run[0]] if t.word not in {"the", "a", "an"}]
    return bool(before) and before[-1] in words


def _beside_speech(view: View, run: list[int]) -> bool:
    """Whether a run of names stands right beside a reporting verb: whose word it is, is another check's."""
    around = view.tokens[max(0, run[0] - 1) : run[0]] + view.tokens[run[-1] + 1 : run[-1] + 2]
    return any(t.word in speech_verbs() for t in around)


def another_deed(view: View) -> list[Check]:
    """A verb that the article has of something else, while the sentence that carries the rest has another."""
    source = view.a.source
    found: list[Check] = []
    for i in view.a.content:
        token = view.tokens[i]
        if token.kind != CONTENT or token.lemma not in source.postings or rarity(token.lemma) < COMMON_VERB:
            continue
        if "v" not in lexicon().pos.get(token.lemma, "") or not _is_verb(view, i):
            continue
        carrier = _rest_carrier(view, {i})
        if carrier is None or carrier[1] < CARRIES_REST + 0.1:
            continue
        best = carrier[0]
        if view.a.in_sentence.get(best, {}).get(i, 0.0) > 0.3:
            continue
        where = {s for o, x in source.near(token.lemma) if x >= 0.6 for s in source.sentences_with[o]}
        if any(_brings(view, s, best, {i}) >= 0.05 for s in where):
            continue
        detail = f"the article says “{token.word}” of something else"
        found.append(view.check("deed", "unsupported", "PredE", detail, i))
    return found


def _is_verb(view: View, i: int) -> bool:
    """Whether a word stands there as a verb: by its form, or by "to" or a modal before it."""
    token = view.tokens[i]
    if token.word != token.lemma:
        return not token.word.endswith("s") and "n" not in lexicon().pos.get(token.word, "")
    return i > 0 and (view.tokens[i - 1].word == "to" or view.tokens[i - 1].word in MODALS)


def company(view: View) -> list[Check]:
    """A word that the article has, but never in the company that it keeps here."""
    source = view.a.source
    where: dict[int, set[int]] = {}
    for hit in view.a.hits:
        if hit.like >= 0.6:
            where.setdefault(hit.word, set()).add(source.sentence_of[hit.place])
    content = view.a.content
    found: list[Check] = []
    for n, i in enumerate(content):
        token = view.tokens[i]
        if i not in where or token.kind not in {CONTENT, NAME}:
            continue
        beside = [k for k in content[max(0, n - 2) : n + 3] if k != i and k in where]
        if len(beside) < 2:
            continue
        if any(where[i] & where[k] for k in beside):
            continue
        apart = min(abs(s - o) for k in beside for s in where[i] for o in where[k])
        # "dogs … them": a noun may be meant in the next sentence, a name in the one after; a verb is where it is.
        if apart > (2 if token.kind == NAME else 0 if _is_verb(view, i) else 1):
            detail = f"the article has “{token.word}”, but not together with what stands beside it here"
            error: ErrorType = "EntE" if token.kind == NAME else "PredE"
            found.append(view.check("company", "unchecked", error, detail, i))
    return found


def claims(view: View) -> list[Check]:
    """What the article gives as somebody's word, told as fact."""
    source = view.a.source
    if not view.evidence or view.a.coverage([view.evidence[0]]) < 0.7:
        return []
    verbs = speech_verbs()
    if any(t.word in verbs or t.lemma in verbs for t in view.tokens) or {"according", "believe", "think", "hope", "fear"} & {
        t.lemma for t in view.tokens
    }:
        return []
    if any(mark in view.a.text for mark in '"“”'):
        return []
    sentence = view.a.source.sentences[view.evidence[0]]
    said = [
        q for q in source.spoken_in(view.evidence[:1])
        if q.speaker is not None and any(s.start < sentence.span.end and sentence.span.start < s.end for s in q.spans)
    ]  # fmt: skip
    places = [
        source.tokens[p] for i in view.a.content for p in view.places.get(i, []) if source.sentence_of[p] == view.evidence[0]
    ]
    for quotation in said:
        inside = sum(any(s.start <= t.start < s.end for s in quotation.spans) for t in places)
        if places and inside >= 0.8 * len(places):
            who_said = quotation.speaker.name if quotation.speaker else "somebody"
            return [view.check("source", "unchecked", "LinkE", f"the article gives this as the word of {who_said}")]
    return []
