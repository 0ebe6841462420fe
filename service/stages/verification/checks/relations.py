"""Checks on how things stand to each other: whether it happened, may happen, before or after, more or less."""

from __future__ import annotations

from service.domain.verdict import Check
from service.language.reporting import speech_verbs
from service.language.words import lexicon, opposites
from service.stages.verification.checks.view import View
from service.stages.verification.tokens import CONTENT, FUNCTION_KIND, Token

_NEGATIONS = frozenset("not no never nobody nothing neither nor without hardly none cannot".split())
#: Verbs that turn what follows into its contrary.
_DENIALS = frozenset("deny refuse fail reject rule decline avoid prevent refute dismiss".split())
MODALS = {
    "may": "open", "might": "open", "could": "open", "can": "open", "would": "open", "should": "open",
    "will": "coming", "shall": "coming", "must": "must",
}  # fmt: skip
_HEDGES = frozenset(
    """may might could would will shall plan hope intend expect schedule allege allegedly reportedly suspect likely possible
    possibly probably propose consider want aim seek threaten offer promise agree urge if whether unless potential apparently
    should due set about alleged suspected proposed""".split()
)
_EXTREMES = {
    w: (group, pole)
    for group, poles in {
        "rank": ("first", "last"), "size": ("largest biggest", "smallest"), "height": ("highest top", "lowest"),
        "worth": ("best", "worst"), "many": ("most", "least fewest"), "age": ("oldest", "youngest"),
        "length": ("longest", "shortest"), "more": ("more", "fewer less"), "over": ("over above", "under below"),
        "high": ("higher", "lower"), "time": ("earlier", "later"), "strength": ("strongest", "weakest"),
    }.items() for pole, words in enumerate(poles) for w in words.split()
}  # fmt: skip
_COMPARATORS = {
    "more": 1, "over": 1, "above": 1, "least": 1, "exceed": 1, "beyond": 1, "minimum": 1,
    "fewer": -1, "less": -1, "under": -1, "below": -1, "nearly": -1, "almost": -1, "most": -1, "maximum": -1,
}  # fmt: skip
_ORDER = frozenset("before after since until during".split())
_ORDER_CLASH = {
    "before": {"after", "since", "during"}, "after": {"before", "until", "during"}, "since": {"until", "before"},
    "until": {"since", "after"}, "during": {"before", "after"},
}  # fmt: skip
_QUANTITIES = {
    "all": 3, "every": 3, "each": 3, "both": 3, "most": 2, "many": 2, "some": 1, "several": 1, "few": 1, "half": 1,
    "none": 0, "no": 0, "neither": 0, "any": 1,
}  # fmt: skip


def _before(tokens: list[Token], i: int, width: int) -> list[Token]:
    return tokens[max(0, i - width) : i]


def polarity(view: View) -> list[Check]:
    """A verb denied in one and told in the other."""
    source = view.a.source
    found: list[Check] = []
    if not view.evidence or view.a.coverage(view.evidence) < 0.5:
        return found
    for i in view.a.content:
        token = view.tokens[i]
        if token.kind != CONTENT or "v" not in lexicon().pos.get(token.lemma, "") or token.word in speech_verbs():
            continue
        places = [p for p in view.places.get(i, []) if source.lemmas[p] == token.lemma]
        if not places:
            continue
        mine = _denied(view.tokens, i)
        theirs = [_denied(source.tokens, p, source.bounds[source.sentence_of[p]][0]) for p in places]
        if mine and not any(theirs):
            found.append(view.check("polarity", "contradicted", "PredE", f"the article does not deny “{token.word}”", i))
        elif not mine and all(theirs) and not any(t.lemma in _NEGATIONS | _DENIALS for t in view.tokens):
            found.append(view.check("polarity", "contradicted", "PredE", f"the article denies “{token.word}”", i))
    return found or _lone_negations(view)


def _lone_negations(view: View) -> list[Check]:
    """Negations of the statement that nothing carries where the article has the words that they belong to."""
    source = view.a.source
    mine = [i for i, t in enumerate(view.tokens) if t.lemma in _NEGATIONS]
    said = {t.lemma for t in view.tokens}
    counter = _NEGATIONS | (_DENIALS - said)
    theirs = sum(t.lemma in counter for s in view.evidence for t in view.theirs(s))
    for i in mine:
        nexts = [k for k in range(i + 1, min(len(view.tokens), i + 5)) if view.places.get(k)][:1]
        sentences = {source.sentence_of[p] for k in nexts for p in view.places[k]} or set(view.evidence)
        near = {t.lemma for s in sentences for t in view.theirs(s)}
        carried = near & counter
        lacking = any(_lacks(w) for w in near - said)
        if (not carried and not lacking and not _opposite_near(view)) or len(mine) > max(1, theirs):
            detail = f"“{view.tokens[i].word}” has no counterpart in the article"
            return [view.check("polarity", "contradicted", "PredE", detail, i)]
    return []


def _lacks(word: str) -> bool:
    """Whether a word is another one with a denying prefix ("unclear")."""
    against = opposites(word)
    return any(
        word.startswith(prefix) and word[len(prefix) :] in against for prefix in ("un", "in", "im", "ir", "dis", "non")
    )


def _opposite_near(view: View) -> bool:
    """Whether the statement says with "not" what the article says with the contrary word."""
    near = view.lemmas_near()
    return any(opposites(view.tokens[i].lemma) & near for i in view.a.content)


def _denied(tokens: list[Token], i: int, begin: int = 0) -> bool:
    """Whether a negation stands within four words before a word, or right after it."""
    window = tokens[max(begin, i - 4) : i]
    after = tokens[i + 1 : i + 2]
    return any(t.lemma in _NEGATIONS for t in window) or any(t.lemma in {"not", "no", "nothing", "none"} for t in after)


def contraries(view: View) -> list[Check]:
    """A word whose opposite stands in the carrying sentence, while it itself does not."""
    found: list[Check] = []
    if not view.evidence:
        return found
    best = view.evidence[0]
    lemmas = {t.lemma for t in view.theirs(best)}
    mine = {t.lemma for t in view.tokens}
    for i in view.a.content:
        token = view.tokens[i]
        if token.kind != CONTENT or view.a.in_sentence.get(best, {}).get(i, 0.0) >= 0.6:
            continue
        against = (opposites(token.lemma) & lemmas) - mine
        if against and view.a.coverage([best]) >= 0.45 and view.a.like[i] < 1.0:
            word = next(t.word for t in view.theirs(best) if t.lemma in against)
            detail = f"the article has “{word}”, the opposite of “{token.word}”"
            found.append(view.check("contrary", "contradicted", "PredE", detail, i))
    return found


def modality(view: View) -> list[Check]:
    """What may come, is planned or alleged, told as if it had happened, or as another kind of maybe."""
    found: list[Check] = []
    if not view.evidence or view.a.coverage([view.evidence[0]]) < 0.5:
        return found
    source = view.a.source
    theirs = {MODALS[w] for s in view.evidence for t in view.theirs(s) if (w := t.word) in MODALS}
    near = view.lemmas_near()
    mine = {t.lemma for t in view.tokens} | {t.word for t in view.tokens}
    for i, token in enumerate(view.tokens):
        if token.word in MODALS and theirs and MODALS[token.word] not in theirs and token.word not in near:
            detail = f"the article does not say “{token.word}” of this"
            found.append(view.check("modality", "contradicted", "PredE", detail, i))
    emphatic = {i + 1 for i, t in enumerate(view.tokens) if t.word == "did"}
    for i in view.a.content:
        token = view.tokens[i]
        places = view.places.get(i, [])
        if token.kind != CONTENT or "v" not in lexicon().pos.get(token.lemma, "") or not places:
            continue
        if (mine & _HEDGES) if i not in emphatic else _hedge(view.tokens, i, 0):
            continue
        hedged = [_hedge(source.tokens, p, source.bounds[source.sentence_of[p]][0]) for p in places]
        if all(hedged):
            detail = f"the article says “{hedged[0]}” of “{token.word}”, not that it happened"
            found.append(view.check("modality", "contradicted", "PredE", detail, i))
            break
    return found


def _hedge(tokens: list[Token], i: int, begin: int) -> str | None:
    """The word that makes a verb a plan, a hope or an allegation, right before it."""
    for token in reversed(tokens[max(begin, i - 3) : i]):
        if token.word in _HEDGES or token.lemma in _HEDGES:
            return token.word
        if token.kind not in {FUNCTION_KIND}:
            return None
    return None


def extremes(view: View) -> list[Check]:
    """First and last, largest and smallest, more and fewer."""
    found: list[Check] = []
    if not view.evidence:
        return found
    near = {t.word for s in view.evidence for t in view.theirs(s)}
    mine = {t.word for t in view.tokens}
    for i, token in enumerate(view.tokens):
        if token.word not in _EXTREMES or token.word in near:
            continue
        group, pole = _EXTREMES[token.word]
        against = [w for w, (g, p) in _EXTREMES.items() if g == group and p != pole and w in near and w not in mine]
        same = [w for w, (g, p) in _EXTREMES.items() if g == group and p == pole and w in near]
        if against and not same:
            detail = f"the article says “{against[0]}”, the statement “{token.word}”"
            found.append(view.check("comparison", "contradicted", "PredE", detail, i))
    return found


def bounds(view: View) -> list[Check]:
    """ "More than 40" of what the article calls fewer than 40, or nearly."""
    source = view.a.source
    found: list[Check] = []
    for i, token in enumerate(view.tokens):
        if not token.lemma.startswith("#"):
            continue
        mine = _bound(view.tokens, i)
        theirs = [_bound(source.tokens, p) for p in source.postings.get(token.lemma, [])]
        if mine and theirs and not any(t == mine or t == 0 for t in theirs):
            detail = f"the article sets the bound of “{token.word}” on the other side"
            found.append(view.check("comparison", "contradicted", "CircE", detail, i))
        elif mine and theirs and all(t == 0 for t in theirs):
            detail = f"the article gives “{token.word}” without such a bound"
            found.append(view.check("comparison", "unsupported", "CircE", detail, i))
    return found


def _bound(tokens: list[Token], i: int) -> int:
    """1 for "more than", "at least"; -1 for "fewer than", "nearly", "at most"; 0 for neither."""
    for token in _before(tokens, i, 2):
        word = token.word
        if word in _COMPARATORS:
            return _COMPARATORS[word]
    return 0


def order(view: View) -> list[Check]:
    """Before told as after."""
    source = view.a.source
    found: list[Check] = []
    for i, token in enumerate(view.tokens):
        if token.word not in _ORDER:
            continue
        nexts = [k for k in range(i + 1, min(len(view.tokens), i + 5)) if view.tokens[k].kind != FUNCTION_KIND][:2]
        said: set[str] = set()
        for k in nexts:
            for p in view.places.get(k, []):
                begin = source.bounds[source.sentence_of[p]][0]
                said |= {t.word for t in source.tokens[max(begin, p - 4) : p] if t.word in _ORDER}
        if not said and token.word in {"before", "until"} and token.word not in view.lemmas_near() and nexts:
            if all(k in view.places for k in nexts) and view.a.coverage(view.evidence) >= 0.7:
                detail = f"nothing in the article says “{token.word}” of this"
                found.append(view.check("order", "unsupported", "CircE", detail, i))
        elif said & _ORDER_CLASH[token.word] and token.word not in said:
            detail = f"the article says “{min(said & _ORDER_CLASH[token.word])}”, the statement “{token.word}”"
            found.append(view.check("order", "contradicted", "CircE", detail, i))
    return found


def quantities(view: View) -> list[Check]:
    """All and none, most and few."""
    found: list[Check] = []
    if not view.evidence or view.a.coverage([view.evidence[0]]) < 0.45:
        return found
    near = {t.word for s in view.evidence for t in view.theirs(s)}
    for i, token in enumerate(view.tokens):
        if token.word not in _QUANTITIES or token.word in near:
            continue
        nexts = [k for k in range(i + 1, min(len(view.tokens), i + 4)) if view.tokens[k].kind != FUNCTION_KIND][:1]
        theirs: set[int] = set()
        for k in nexts:
            for p in view.places.get(k, []):
                window = view.a.source.tokens[max(0, p - 3) : p]
                theirs |= {_QUANTITIES[t.word] for t in window if t.word in _QUANTITIES}
        if theirs and _QUANTITIES[token.word] not in theirs:
            found.append(
                view.check("quantity", "contradicted", "PredE", f"the article does not say “{token.word}” of these", i)
            )
        elif (
            not theirs
            and _QUANTITIES[token.word] in {0, 3}
            and token.word not in {"no", "both", "each"}
            and nexts
            and view.places.get(nexts[0])
        ):
            found.append(
                view.check("quantity", "unsupported", "PredE", f"the article does not say “{token.word}” of these", i)
            )
    return found
