"""What is measured of a statement beside its article: the numbers that the score is made of.

Each is named, and each has a direction: +1 the more the truer, -1 the more the falser, 0 neither by itself. The trained
score keeps to these directions, so that (other things equal) more support never lowers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.language.words import number_rarity
from service.stages.verification.alignment import Alignment, Hit
from service.stages.verification.source import Source
from service.stages.verification.tokens import CONTENT, FUNCTION_KIND, NAME, NUMBER, Token

#: How far apart (in tokens) two words of the article are neighbours.
WINDOW = 8
#: Places of a common word that are tried.
PLACES_TRIED = 60

DIRECTIONS: Mapping[str, int] = {
    "words": 0, "content_words": 0, "name_share": 0, "number_share": 0,
    "new": -1, "new_near": -1, "strange": -1, "strange_names": -1, "strange_numbers": -1, "strange_common": -1,
    "strange_rate": -1,
    "cover1": 1, "cover2": 1, "cover3": 1, "cover_gap": -1,
    "bigrams": 1, "trigrams": 1, "fragment": 1, "density": 1, "content_bigrams": 1, "edges": 1,
    "context_min": 1, "context_min2": 1, "context_mean": 1, "context_name": 1, "context_number": 1, "context_common": 1,
    "sentence_min": 1, "sentence_min2": 1, "sentence_mean": 1, "sentence_name": 1, "sentence_number": 1,
    "pairs_sentence": 1, "pairs_window": 1, "pairs_mixed": -1, "pair_min": 1,
    "inverted": -1, "opposites": -1, "negation": -1, "holes": -1, "outside_best": -1, "names_outside": -1,
    "numbers_outside": -1, "pronouns": 0, "dangling": -1, "number_far": -1, "number_rare": -1, "repeated": -1,
    "unknown": -1, "position": 0,
}  # fmt: skip

#: Pronouns that stand for somebody or something: masculine, feminine, several, a thing.
PRONOUNS: Mapping[str, str] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "t", "them": "t", "their": "t", "theirs": "t", "it": "i", "its": "i",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Support:
    """How well one content word is carried: by its neighbours' company in the article (``context``), and by the best
    sentence that has it (``sentence``); 0..1."""

    word: int
    context: float
    sentence: float


def supports(a: Alignment) -> list[Support]:
    """The support of every content word of the statement."""
    content = a.content
    rank = {w: n for n, w in enumerate(content)}
    beside = {
        w: {o: a.weights[o] / (1 + abs(rank[o] - n)) for o in content[max(0, n - 4) : n + 5] if o != w}
        for w, n in rank.items()
    }
    wanted = {w: sum(near.values()) for w, near in beside.items()}
    best: dict[int, float] = dict.fromkeys(content, 0.0)
    # Plain lists, for this loop is the dearest of all.
    places = [h.place for h in a.hits]
    words = [h.word for h in a.hits]
    likes = [h.like for h in a.hits]
    within = [a.source.sentence_of[p] for p in places]
    count = len(places)
    for n in range(count):
        place, word, sentence = places[n], words[n], within[n]
        if likes[n] <= best[word]:
            continue
        neighbours = beside[word]
        carried_here = a.in_sentence.get(sentence, {})
        company = {o: 0.7 * carried_here[o] for o in neighbours if o in carried_here}
        low = n
        while low and place - places[low - 1] <= 2 * WINDOW:
            low -= 1
        high = n + 1
        while high < count and places[high] - place <= 2 * WINDOW:
            high += 1
        for m in range(low, high):
            other = words[m]
            if other in neighbours:
                value = likes[m] if abs(places[m] - place) <= WINDOW else 0.8 * likes[m]
                if within[m] != sentence:
                    value *= 0.6
                if value > company.get(other, 0.0):
                    company[other] = value
        got = sum(neighbours[o] * x for o, x in company.items())
        value = likes[n] * (got / wanted[word] if wanted[word] else 1.0)
        if value > best[word]:
            best[word] = value
    shares = {s: sum(a.weights[w] * x for w, x in found.items()) / a.total for s, found in a.in_sentence.items()}
    carried = dict.fromkeys(content, 0.0)
    for s, found in a.in_sentence.items():
        for w, x in found.items():
            if shares[s] * x > carried[w]:
                carried[w] = shares[s] * x
    return [Support(w, best[w], carried[w]) for w in content]


def measure(a: Alignment, carried: Sequence[Support], before: Sequence[Token] = ()) -> dict[str, float]:
    """The features of an aligned statement. ``carried``: its words' ``supports``; ``before``: the tokens of the statements
    that stand before it in the summary (a pronoun may mean somebody named there). Every key of ``DIRECTIONS`` is there; a
    feature with nothing to measure (no name, no number) has its best value."""
    out = dict.fromkeys(DIRECTIONS, 0.0)
    _novelty(a, out)
    _evidence(a, out)
    _sequences(a, out)
    _company(a, carried, out)
    _pairs(a, out)
    _contrasts(a, out)
    _manner(a, before, out)
    return out


def _novelty(a: Alignment, out: dict[str, float]) -> None:
    """Content that stands nowhere in the article."""
    content = a.content
    n = len(content) or 1
    out["words"] = float(len(a.tokens))
    out["content_words"] = float(len(content))
    out["name_share"] = sum(a.tokens[i].kind == NAME for i in content) / n
    out["number_share"] = sum(a.tokens[i].kind == NUMBER for i in content) / n
    out["new"] = sum(a.weights[i] for i in content if a.like[i] < 1.0) / a.total
    out["new_near"] = sum(a.weights[i] * (1 - a.like[i]) for i in content) / a.total
    strange = [i for i in content if a.like[i] == 0.0]
    out["strange"] = float(len(strange))
    out["strange_rate"] = len(strange) / n
    # Of two numbers that the article lacks, the likelier is near one that it has, and common ("the 2015 final").
    for i in strange:
        if a.tokens[i].kind == NUMBER:
            out["number_far"] += _far(a, a.tokens[i].lemma)
            out["number_rare"] += number_rarity(a.tokens[i].lemma)
    for kind, name in ((NAME, "strange_names"), (NUMBER, "strange_numbers"), (CONTENT, "strange_common")):
        out[name] = float(sum(a.tokens[i].kind == kind for i in strange))


def _far(a: Alignment, lemma: str) -> float:
    """How far a number is from the article's nearest one, 0..1: the difference over the larger, for years in decades."""
    try:
        value = float(lemma[1:].split(":")[0])
    except ValueError:
        return 1.0
    if 1900 <= value <= 2100:
        return min((abs(value - o.low) / 10 for o in a.source.figures() if 1900 <= o.low <= 2100), default=1.0)
    return min((abs(value - o.low) / max(abs(value), abs(o.low), 1.0) for o in a.source.figures()), default=1.0)


def _evidence(a: Alignment, out: dict[str, float]) -> None:
    """How much of the statement the best sentences carry."""
    best = [s for s, _ in a.ranked]
    out["cover1"] = a.ranked[0][1] if a.ranked else 0.0
    out["cover2"] = max((a.coverage([best[0], s]) for s in best[1:]), default=out["cover1"])
    out["cover3"] = a.coverage(best)
    out["cover_gap"] = out["cover3"] - out["cover1"]
    carried = set().union(*(a.in_sentence[s].keys() for s in best[:2])) if best else set()
    away = [i for i in a.content if i not in carried]
    out["outside_best"] = sum(a.weights[i] for i in away) / a.total
    out["names_outside"] = float(sum(a.tokens[i].kind == NAME for i in away))
    out["numbers_outside"] = float(sum(a.tokens[i].kind == NUMBER for i in away))
    out["position"] = best[0] / max(1, len(a.source.bounds) - 1) if best else 1.0


def _sequences(a: Alignment, out: dict[str, float]) -> None:
    """Runs of words that the article has in the same order."""
    lemmas = [t.lemma for t in a.tokens]
    source = a.source
    pairs = list(pairwise(lemmas))
    known = [pair in source.bigrams for pair in pairs]
    out["bigrams"] = sum(known) / len(pairs) if pairs else 1.0
    triples = sum(
        any(p + 1 < len(source.lemmas) and source.lemmas[p + 1] == lemmas[i + 2] for p in source.bigrams[pairs[i]])
        for i in range(len(lemmas) - 2)
        if known[i] and known[i + 1]
    )
    out["trigrams"] = triples / (len(lemmas) - 2) if len(lemmas) > 2 else out["bigrams"]
    runs = _fragments(lemmas, a)
    n = len(lemmas) or 1
    out["fragment"] = max(runs, default=0) / n
    out["density"] = (sum(r * r for r in runs) / n) ** 0.5
    out["edges"] = min(
        (
            (i == 0 or known[i - 1]) + (i == len(lemmas) - 1 or known[i])
            for i in a.content
        ),
        default=2,
    )  # fmt: skip
    words = [lemmas[i] for i in a.content]
    following = source.following()
    out["content_bigrams"] = (
        sum(y in following.get(x, ()) for x, y in pairwise(words)) / (len(words) - 1) if len(words) > 1 else 1.0
    )


def longest_run(lemmas: Sequence[str], begin: int, source: Source) -> int:
    """How many words from ``begin`` on the article has word for word at one place; 0 where not even two of them."""
    longest = 0
    if begin + 1 < len(lemmas):
        for place in source.bigrams.get((lemmas[begin], lemmas[begin + 1]), ())[:PLACES_TRIED]:
            length = 2
            while (
                begin + length < len(lemmas)
                and place + length - 1 < len(source.lemmas)
                and source.lemmas[place + length - 1] == lemmas[begin + length]
            ):
                length += 1
            longest = max(longest, length)
    return longest


def _fragments(lemmas: Sequence[str], a: Alignment) -> list[int]:
    """Lengths of the longest runs, taken greedily from the left, that the article has word for word."""
    runs: list[int] = []
    source = a.source
    i = 0
    while i < len(lemmas):
        longest = longest_run(lemmas, i, source) or int(lemmas[i] in source.postings)
        if longest:
            runs.append(longest)
        i += max(1, longest)
    return runs


def _company(a: Alignment, carried: Sequence[Support], out: dict[str, float]) -> None:
    """Whether the words stand in the article among the words that they stand among here."""
    contexts = sorted(s.context for s in carried)
    sentences = sorted(s.sentence for s in carried)
    out["context_min"] = contexts[0] if contexts else 1.0
    out["context_min2"] = contexts[min(1, len(contexts) - 1)] if contexts else 1.0
    out["sentence_min"] = sentences[0] if sentences else 1.0
    out["sentence_min2"] = sentences[min(1, len(sentences) - 1)] if sentences else 1.0
    out["context_mean"] = sum(a.weights[s.word] * s.context for s in carried) / a.total if carried else 1.0
    out["sentence_mean"] = sum(a.weights[s.word] * s.sentence for s in carried) / a.total if carried else 1.0
    for kind, name in ((NAME, "name"), (NUMBER, "number"), (CONTENT, "common")):
        mine = [s for s in carried if a.tokens[s.word].kind == kind]
        out[f"context_{name}"] = min((s.context for s in mine), default=1.0)
        if kind != CONTENT:
            out[f"sentence_{name}"] = min((s.sentence for s in mine), default=1.0)


def _pairs(a: Alignment, out: dict[str, float]) -> None:
    """Neighbouring content words of the statement: do they meet in the article?"""
    places: dict[int, list[Hit]] = {}
    for hit in a.hits:
        places.setdefault(hit.word, []).append(hit)
    together = close = weight_all = 0.0
    mixed, least = 0, 1.0
    sentence_of = a.source.sentence_of
    for x, y in pairwise(a.content):
        weight = min(a.weights[x], a.weights[y])
        weight_all += weight
        left, right = places.get(x, []), places.get(y, [])
        same, near = _meeting(left, right, sentence_of)
        together += weight * same
        close += weight * near
        least = min(least, max(same, 0.5 * near))
        mixed += bool(left and right and not same)
    out["pairs_sentence"] = together / weight_all if weight_all else 1.0
    out["pairs_window"] = close / weight_all if weight_all else 1.0
    out["pairs_mixed"] = float(mixed)
    out["pair_min"] = least


def _meeting(left: Sequence[Hit], right: Sequence[Hit], sentence_of: Sequence[int]) -> tuple[float, float]:
    """How far two words meet in one sentence, and within the window: the best product of likenesses."""
    same = near = 0.0
    theirs = [(q.place, sentence_of[q.place], q.like) for q in right]
    for p in left:
        place, sentence, like = p.place, sentence_of[p.place], p.like
        for other, its, its_like in theirs:
            if its == sentence:
                value = like * its_like
                if value > same:
                    same = value
                if value > near and abs(place - other) <= WINDOW:
                    near = value
            elif abs(place - other) <= WINDOW and like * its_like > near:
                near = like * its_like
        if near == 1.0:
            break
    return same, near


def _contrasts(a: Alignment, out: dict[str, float]) -> None:
    """Signs that the article says otherwise: opposites, negation, another word in the same place, another order."""
    source = a.source
    best = [s for s, _ in a.ranked[:2]]
    lemmas = [t.lemma for t in a.tokens]
    for i in a.content:
        carried = any(a.in_sentence[s].get(i, 0.0) >= 0.6 for s in best)
        if not carried and any(source.sentences_with[o] & set(best) for o in source.opposites_of(lemmas[i])):
            out["opposites"] += 1
    mine = sum(w == "not" for w in lemmas)
    if best:
        theirs = len(source.within("not", best[0]))
        out["negation"] = float((mine > 0) != (theirs > 0))
    out["holes"] = float(len(holes(a)))
    if best:
        first: dict[int, int] = {}
        for hit in a.hits:
            if source.sentence_of[hit.place] == best[0] and hit.like > 0.5:
                first.setdefault(hit.word, hit.place)
        order = [first[w] for w in sorted(first)]
        steps = list(pairwise(order))
        out["inverted"] = sum(p > q for p, q in steps) / len(steps) if steps else 0.0


def holes(a: Alignment) -> list[tuple[int, int]]:
    """Words that stand between the same neighbours as another word of the article does: (word of the statement, place of
    the article's word). "yellow and red paint" beside "yellow and blue paint"."""
    source, lemmas = a.source, [t.lemma for t in a.tokens]
    found: list[tuple[int, int]] = []
    for i in a.content:
        if not 0 < i < len(lemmas) - 1:
            continue
        instead: int | None = None
        for place in source.postings.get(lemmas[i - 1], ())[:PLACES_TRIED]:
            if place + 2 < len(source.lemmas) and source.lemmas[place + 2] == lemmas[i + 1]:
                if source.lemmas[place + 1] == lemmas[i]:
                    instead = None
                    break
                wider = (i > 1 and place > 0 and source.lemmas[place - 1] == lemmas[i - 2]) or (
                    i + 2 < len(lemmas) and place + 3 < len(source.lemmas) and source.lemmas[place + 3] == lemmas[i + 2]
                )
                if wider and source.tokens[place + 1].kind != FUNCTION_KIND:
                    instead = place + 1
        if instead is not None:
            found.append((i, instead))
    return found


def _manner(a: Alignment, before: Sequence[Token], out: dict[str, float]) -> None:
    """Pronouns without anybody to stand for, repetition, and words that no text has."""
    lemmas = [t.lemma for t in a.tokens]
    named = any(t.kind == NAME for t in before)
    nouns = any(t.kind != FUNCTION_KIND for t in before)
    for i, token in enumerate(a.tokens):
        if token.word in PRONOUNS:
            out["pronouns"] += 1
            if not named and not (nouns and PRONOUNS[token.word] in "ti"):
                out["dangling"] += 1
        elif token.kind == NAME or (token.kind == CONTENT and i > 0):
            named = named or token.kind == NAME
            nouns = True
    pairs = list(pairwise(lemmas))
    out["repeated"] = 1 - len(set(pairs)) / len(pairs) if pairs else 0.0
    out["unknown"] = float(sum(w in {"unk", "unks"} for w in lemmas))
