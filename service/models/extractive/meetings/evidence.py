"""What speaks for a dealing being a meeting, as features for the trained judge (``detection.by_evidence``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.language.syntax.trees import Tree, Word
from service.language.words import broader, lemma, senses
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.dealings import Dealing
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.resolution import Mention
from service.models.extractive.meetings.tokens import Token

_TAKEN_UP = re.compile(
    r"\b(?:the|that|this|their|its|his|her|whose)\s+(?:\S+\s+){0,2}?(?P<noun>meeting|talks|conversation|session|call|lunch|"
    r"dinner|breakfast|encounter|discussions?|visit|negotiations|summit|exchange|audience|chat|appointment|interview|"
    r"gathering|round)\b",
    re.I,
)
_LASTED = re.compile(
    r"\b(?:lasted|for (?:\w+ ){0,3}(?:hours?|minutes)|(?:an|one|two|three|four|\d+) (?:and a half )?(?:hours?|minutes))\b",
    re.I,
)
_ROOM = re.compile(
    r"\b(?:room|table|doors?|hotel|restaurant|office|residence|palace|suite|villa|club|home|house|bar|caf[eé]|telephone|phone|"
    r"screen|zoom|car park|booth|lounge|corridor|terrace|embassy|ministry|lobby)\b",
    re.I,
)
_MEAL = re.compile(r"\b(?:dinner|lunch|breakfast|tea|coffee|drinks?|wine|supper|brunch|meal|eggs|whisky|beers?)\b", re.I)
_ALONE = re.compile(
    r"\b(?:privately|secretly|in private|in secret|quietly|behind closed doors|face[ -]to[ -]face|in person|"
    r"one[ -]on[ -]one|together|alone|separately|informally|personally)\b",
    re.I,
)
#: In fewer sentences than this, how many of them speak of meetings says nothing.
_SHORT = 4
_SIGNS = ((_LASTED, "lasted"), (_ROOM, "room"), (_MEAL, "meal"), (_ALONE, "alone"))


def _lemma(word: Word) -> str:
    if word.low in lex.VERBS:
        return lex.VERBS[word.low][0]
    return lemma(word.low)


def _whole(tree: Tree, word: Word) -> str:
    """The lemma with its particle: "sit down"."""
    particle = next((c.low for c in tree.children(word, "prt")), "")
    return f"{_lemma(word)} {particle}".strip()


def article_features(rows: Sequence[Sequence[Token]]) -> tuple[str, ...]:
    """How much an article speaks of meetings at all, by its tokens, sentence by sentence; nothing of a short one."""
    if len(rows) < _SHORT:
        return ()
    strong = [
        any((t.low in lex.NOUNS and not lex.NOUNS[t.low][1]) or t.low in ("met", "meet", "meets") for t in row)
        for row in rows
    ]
    share = sum(strong) / max(1, len(strong))
    level = 0 if not any(strong) else 1 if share < 0.05 else 2 if share < 0.12 else 3 if share < 0.25 else 4
    return (f"article {level}", f"opens with one {any(strong[:3])}")


def features_of(
    cast: Cast,
    tree: Tree,
    dealing: Dealing,
    around: Sequence[str],
    frame: tuple[str, str, bool, int] | None,
    article: Sequence[str],
) -> Iterator[str]:
    """The features that hold. ``around``: the texts of the sentence and the two behind it; ``frame``: lemma, form, weakness
    and number of sides of the event that the rules found there; ``article``: what holds of the whole."""
    yield "bias"
    yield from article
    yield from _word(tree, dealing)
    for child in tree.children(dealing.word):
        yield from _child(tree, dealing.word, child)
    yield from _surroundings(tree, dealing.word, around)
    yield from _people(cast, dealing)
    several = f"people={min(3, _persons(cast, dealing))}"
    yield f"{_whole(tree, dealing.word)}|{several}"
    if frame is not None:
        yield f"frame={frame[0]}|{several}"
        yield f"frame weak={frame[2]}|{several}"
        yield "frame"
        yield f"frame={frame[0]}"
        yield f"frame form={frame[1]}"
        yield f"frame weak={frame[2]}"
        yield f"frame sides={min(frame[3], 3)}"
        yield f"frame={frame[0]}|{'+'.join(sorted(dealing.slots))}"
        yield f"frame={frame[0]}|{frame[1]}"


def _word(tree: Tree, dealing: Dealing) -> Iterator[str]:
    """The predicate: its lemma, senses and what it hangs on."""
    word = dealing.word
    own, kind = _whole(tree, word), "v" if word.is_verb else "n"
    yield f"word={kind}:{own}"
    yield f"kind={kind}"
    yield f"slots={kind}:{'+'.join(sorted(dealing.slots))}"
    for slot in dealing.slots:
        yield f"slot={kind}:{slot}"
        yield f"word+slot={own}|{slot}"
    for sense in sorted(senses(_lemma(word)))[:4]:
        yield f"sense={kind}{sense}"
    for sense in sorted(broader(_lemma(word)))[:6]:
        yield f"broader={kind}{sense}"
    noun = _lemma(word) in _NOUN_LEMMAS or word.low in lex.NOUNS
    yield f"listed={kind}:{'n' if noun else ''}{'v' if word.low in lex.VERBS else ''}"
    if dealing.governor is not None:
        yield f"governor={_lemma(dealing.governor)}"
        yield f"governor+listed={_lemma(dealing.governor)}|{noun}"
    for up, _ in zip(tree.above(word), range(2), strict=False):
        yield f"above={_lemma(up)}"
        if up.low in lex.NOUNS or up.low in lex.VERBS:
            yield "above listed"
    yield f"reporting={word.low in lex.REPORTING}"


_NOUN_LEMMAS = frozenset(name for name, _ in lex.NOUNS.values())


def _child(tree: Tree, word: Word, child: Word) -> Iterator[str]:
    """What hangs on the predicate."""
    relation = child.relation
    if relation in ("aux", "neg", "auxpass"):
        yield f"aux={child.low}"
    elif relation in ("advmod", "prt", "acomp", "npadvmod", "amod", "det"):
        yield f"{relation}={child.low}"
    elif relation in ("dobj", "attr"):
        yield f"{relation}={_lemma(child)}"
        if child.low in lex.NOUNS:
            yield f"{relation} listed"
        if child.name == "O":
            yield f"word+object={_whole(tree, word)}|{_lemma(child)}"
    elif relation == "prep":
        for inner in tree.children(child, "pobj"):
            yield from _behind(child, inner)
    elif relation in ("xcomp", "advcl", "ccomp", "conj") and child.is_verb:
        yield f"{relation}={_lemma(child)}"
    if child.name in ("DATE", "TIME"):
        yield f"when={child.name}"


def _behind(preposition: Word, inner: Word) -> Iterator[str]:
    yield f"prep={preposition.low}:{inner.name if inner.name != 'O' else _lemma(inner)}"
    if inner.low in lex.NOUNS:
        yield f"prep listed={preposition.low}"
    if _ROOM.fullmatch(inner.low):
        yield "prep room"
    if _MEAL.fullmatch(inner.low):
        yield "prep meal"
    if inner.name in ("DATE", "TIME"):
        yield f"prep when={inner.name}"
    if inner.name in ("GPE", "FAC", "LOC"):
        yield f"prep where={preposition.low}"


def _surroundings(tree: Tree, word: Word, around: Sequence[str]) -> Iterator[str]:
    text, *behind = around
    for pattern, name in _SIGNS:
        if pattern.search(text):
            yield f"{name} here"
        if behind and pattern.search(behind[0]):
            yield f"{name} behind"
    if any(t.low in lex.NOUNS and not lex.NOUNS[t.low][1] for t in tree.words):
        yield "strong noun here"
    for i, one in enumerate(behind[:2]):
        hit = _TAKEN_UP.search(one)
        if hit:
            yield f"taken up {i}"
            yield f"taken up {i}={hit['noun'].lower()}"
    yield f"quoted={_is_quoted(text, word, tree)}"


def _persons(cast: Cast, dealing: Dealing) -> int:
    return sum(cast.entities[i].kind == "person" for i in dealing.who)


def _people(cast: Cast, dealing: Dealing) -> Iterator[str]:
    who = dealing.who
    kinds = sorted(cast.entities[i].kind for i in who)
    yield f"kinds={'+'.join(kinds[:3])}"
    yield f"people={min(4, _persons(cast, dealing))}"
    for slot, found in dealing.slots.items():
        yield f"{slot}:{found[0].kind}"
        for one in found[:2]:
            yield f"{slot} is {'pron' if one.kind == 'pronoun' else _sort(cast, one)}"
    if sum(cast.entities[i].kind == "person" and bool(cast.entities[i].roles) for i in who) >= 2:
        yield "both hold offices"
    if any(cast.entities[i].seen <= 1 for i in who):
        yield "somebody new"


def _sort(cast: Cast, mention: Mention) -> str:
    sorts = {cast.entities[i].kind for i in mention.entities}
    return "+".join(sorted(sorts)) or "nobody"


def _is_quoted(text: str, word: Word, tree: Tree) -> bool:
    at = word.start - tree.words[0].start
    return len(re.findall(r"[“”\"]", text[:at])) % 2 == 1
