"""What is measured of each single word of a statement: the numbers that tell a word which is out of place.

A statement is mostly false by one word (another name, another figure, another verb), so the words are judged one by one
first, each beside its neighbours, and the statement's score is built on what is found of its worst ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from service.language.words import kinship, lexicon, opposites, relatedness, vector
from service.stages.verification.alignment import Alignment, Hit
from service.stages.verification.features import PRONOUNS, Support, holes, longest_run
from service.stages.verification.tokens import CONTENT, FUNCTION_KIND, NAME, NUMBER, Token

#: Features of a word and their directions: +1 the more the likelier right, -1 the more the likelier wrong.
WORD_DIRECTIONS: Mapping[str, int] = {
    "is_name": 0, "is_number": 0, "is_pronoun": 0, "is_negation": 0, "is_verb": 0, "is_noun": 0, "is_adjective": 0,
    "rarity": 0, "like": 1, "exact": 1, "like_best": 1, "like_top": 1, "kin_best": 1, "kin_article": 1, "often": 0,
    "context": 1, "sentence": 1, "left_bigram": 1, "right_bigram": 1, "left_following": 1, "right_following": 1,
    "left_gap": -1, "right_gap": -1, "left_order": 1, "right_order": 1, "near_gap": -1, "far_gap": -1, "run": 1, "hole": -1,
    "opposite": -1, "place": 0, "first": 0, "others_context": 0, "others_run": 0, "cover": 0, "cover_all": 0, "density": 0,
    "dangling": -1, "named_before": 0, "clash": -1, "size": 0,
    "at_home": 1, "at_home_best": 1, "at_home_three": 1, "at_home_here": 1, "at_home_sides": 1, "early": 1, "again": -1,
}  # fmt: skip

WORD_NAMES = tuple(WORD_DIRECTIONS)
FAR = 40.0
#: Places of one word beyond which only those in the best sentences are compared with its neighbours'.
MANY = 60
#: What is taken where a word has no vector: about the mean of those that have.
UNKNOWN = 0.4


def word_rows(
    a: Alignment, carried: Sequence[Support], statement: Mapping[str, float], before: Sequence[Token] = ()
) -> tuple[list[int], list[list[float]]]:
    """Indices of the statement's words that are judged (content, pronouns, negation) and the features of each, in the
    order of ``WORD_NAMES``."""
    support = {s.word: s for s in carried}
    judged = [i for i, t in enumerate(a.tokens) if t.kind != FUNCTION_KIND or t.word in PRONOUNS or t.lemma == "not"]
    lemmas = [t.lemma for t in a.tokens]
    runs = _runs(lemmas, a)
    pierced = {i for i, _ in holes(a)}
    places: dict[int, list[Hit]] = {}
    for hit in a.hits:
        if hit.like >= 0.5:
            places.setdefault(hit.word, []).append(hit)
    best = {s for s, _ in a.ranked}
    for word, found in places.items():
        if len(found) > MANY:
            places[word] = [h for h in found if a.source.sentence_of[h.place] in best]
    gaps = {(x, y): _gap(places.get(x, ()), places.get(y, ()), a.source.sentence_of) for x, y in _near_pairs(a.content)}
    contexts = [s.context for s in carried]
    known = [pair in a.source.bigrams for pair in pairwise(lemmas)]
    rows: list[list[float]] = []
    for i in judged:
        row = dict.fromkeys(WORD_NAMES, 0.0)
        token = a.tokens[i]
        row["is_name"], row["is_number"] = float(token.kind == NAME), float(token.kind == NUMBER)
        row["place"], row["first"], row["size"] = i / len(lemmas), float(i == 0), float(len(a.content))
        row["left_bigram"] = float(i == 0 or known[i - 1])
        row["right_bigram"] = float(i == len(lemmas) - 1 or known[i])
        row["run"] = float(runs[i])
        row["others_run"] = (sum(runs) - runs[i]) / max(1, len(runs) - 1)
        row["cover"], row["cover_all"] = statement["cover1"], statement["cover3"]
        row["density"] = statement["density"]
        if token.kind == FUNCTION_KIND:
            _small_word(a, i, before, row)
        else:
            s = support[i]
            row["context"], row["sentence"] = s.context, s.sentence
            row["others_context"] = (sum(contexts) - s.context) / max(1, len(contexts) - 1)
            row["hole"] = float(i in pierced)
            _likeness(a, i, row)
            _neighbours(a, i, gaps, row)
            _at_home(a, i, row)
        rows.append(list(row.values()))
    return judged, rows


def _near_pairs(content: Sequence[int]) -> list[tuple[int, int]]:
    """Content words that stand one or two apart, in order."""
    return [(content[n], content[m]) for n in range(len(content)) for m in (n + 1, n + 2) if m < len(content)]


def _gap(left: Sequence[Hit], right: Sequence[Hit], sentence_of: Sequence[int]) -> tuple[float, float]:
    """How near two words come to each other in the article, in tokens (``FAR``: never in one sentence), and 1.0 where
    they come nearest in the statement's order."""
    best, order = FAR, 0.0
    for p in left:
        for q in right:
            distance = abs(p.place - q.place)
            if distance and (distance < best or (distance == best and q.place > p.place)):
                if sentence_of[p.place] != sentence_of[q.place]:
                    distance += 10
                    if distance >= best:
                        continue
                best, order = float(distance), float(q.place > p.place)
    return best, order


def _runs(lemmas: Sequence[str], a: Alignment) -> list[int]:
    """For each token the longest run of words that covers it and that the article has word for word."""
    runs = [1 if w in a.source.postings else 0 for w in lemmas]
    for i in range(len(lemmas) - 1):
        longest = longest_run(lemmas, i, a.source)
        for k in range(i, i + longest):
            runs[k] = max(runs[k], longest)
    return runs


def _likeness(a: Alignment, i: int, row: dict[str, float]) -> None:
    """How like the word is to words of the article, of the best sentence and of the next ones."""
    token = a.tokens[i]
    source = a.source
    word = token.lemma
    pos = lexicon().pos.get(word, "") if token.kind == CONTENT else ""
    row["is_verb"], row["is_noun"], row["is_adjective"] = (float(p in pos) for p in "vna")
    row["rarity"] = a.weights[i]
    row["like"] = a.like[i]
    row["exact"] = float(word in source.postings)
    row["often"] = math.log1p(len(source.postings.get(word, ())))
    best = [s for s, _ in a.ranked]
    if best:
        row["like_best"] = a.in_sentence[best[0]].get(i, 0.0)
        row["like_top"] = max(a.in_sentence[s].get(i, 0.0) for s in best[:3])
    if token.kind != CONTENT or row["like_top"] >= 0.8:
        row["kin_best"] = row["kin_article"] = row["like_top"]
        return
    theirs = {t.lemma for s in best[:2] for t in source.tokens[slice(*source.bounds[s])] if t.kind == CONTENT}
    mine = {a.tokens[k].lemma for k in a.content}
    row["kin_best"] = max((kinship(word, o) for o in theirs - mine), default=0.0)
    row["kin_article"] = max(row["kin_best"], row["like"])
    if row["like_top"] < 0.6:
        row["opposite"] = float(bool(opposites(word) & theirs))


def _at_home(a: Alignment, i: int, row: dict[str, float]) -> None:
    """Whether the word belongs to what is talked of: in the article, in its best sentences, and in the statement."""
    source = a.source
    word = a.tokens[i].lemma
    places = source.postings.get(word)
    if places:
        row["early"] = 1.0 - source.sentence_of[places[0]] / max(1, len(source.bounds))
    row["again"] = float(sum(a.tokens[k].lemma == word for k in a.content) - 1)
    if a.tokens[i].kind != CONTENT or vector(word) is None:
        row["at_home"] = row["at_home_best"] = row["at_home_three"] = row["at_home_here"] = row["at_home_sides"] = UNKNOWN
        return
    row["at_home"] = source.at_home(word)
    theirs = {t.lemma for s, _ in a.ranked[:2] for t in source.tokens[slice(*source.bounds[s])] if t.kind == CONTENT}
    near = sorted((r for o in theirs if o != word and (r := relatedness(word, o)) is not None), reverse=True)
    row["at_home_best"] = 1.0 if word in theirs else near[0] if near else UNKNOWN
    row["at_home_three"] = sum(near[:3]) / len(near[:3]) if near else UNKNOWN
    here = [(k, r) for k in a.content if k != i and (r := relatedness(word, a.tokens[k].lemma)) is not None]
    best = sorted((r for _, r in here), reverse=True)[:3]
    row["at_home_here"] = sum(best) / len(best) if best else UNKNOWN
    sides = [r for k, r in here if abs(a.content.index(k) - a.content.index(i)) == 1]
    row["at_home_sides"] = max(sides) if sides else UNKNOWN


def _neighbours(a: Alignment, i: int, gaps: Mapping[tuple[int, int], tuple[float, float]], row: dict[str, float]) -> None:
    """Whether the words on both sides stand near this one in the article too, and in this order."""
    content = a.content
    n = content.index(i)
    following = a.source.following()
    lemmas = a.tokens
    row["left_gap"] = row["right_gap"] = 1.0
    row["left_order"] = row["right_order"] = row["left_following"] = row["right_following"] = 1.0
    if n:
        row["left_gap"], row["left_order"] = gaps[content[n - 1], i]
        row["left_following"] = float(lemmas[i].lemma in following.get(lemmas[content[n - 1]].lemma, ()))
    if n + 1 < len(content):
        row["right_gap"], row["right_order"] = gaps[i, content[n + 1]]
        row["right_following"] = float(lemmas[content[n + 1]].lemma in following.get(lemmas[i].lemma, ()))
    wide = [gaps[content[m], i][0] for m in (n - 2, n - 1) if m >= 0]
    wide += [gaps[i, content[m]][0] for m in (n + 1, n + 2) if m < len(content)]
    row["near_gap"], row["far_gap"] = min(wide, default=1.0), sum(wide) / len(wide) if wide else 1.0


def _small_word(a: Alignment, i: int, before: Sequence[Token], row: dict[str, float]) -> None:
    """Pronouns and negation."""
    word = a.tokens[i].word
    if a.tokens[i].lemma == "not":
        row["is_negation"] = 1.0
        best = [s for s, _ in a.ranked[:2]]
        row["like_best"] = float(any(a.source.within("not", s) for s in best))
        return
    row["is_pronoun"] = 1.0
    earlier = [*before, *a.tokens[:i]]
    named = sum(t.kind == NAME for t in earlier)
    row["named_before"] = float(named)
    row["dangling"] = float(not named and not any(t.kind == CONTENT for t in earlier))
    kind = PRONOUNS[word]
    others = {PRONOUNS[t.word] for t in earlier if t.word in PRONOUNS}
    row["clash"] = float(kind in "mf" and bool(others & {"m", "f"} - {kind}))
    if a.ranked:
        theirs = {t.word for t in a.source.tokens[slice(*a.source.bounds[a.ranked[0][0]])]}
        row["like_best"] = float(word in theirs)
    row["like"] = float(any(PRONOUNS.get(w) == kind for w in a.source.postings))


#: Features of words that the score looks at in groups, with the value that stands for a group without a word.
_GROUPED: Mapping[str, float] = {
    "like": 1.0, "like_best": 1.0, "like_top": 1.0, "kin_best": 1.0, "often": 1.5, "context": 1.0, "sentence": 1.0,
    "left_gap": 1.0, "right_gap": 1.0, "left_order": 1.0, "right_order": 1.0, "near_gap": 1.0, "far_gap": 1.0, "run": 6.0,
    "hole": 0.0, "opposite": 0.0, "left_following": 1.0, "right_following": 1.0, "left_bigram": 1.0, "right_bigram": 1.0,
    "at_home": UNKNOWN, "at_home_best": UNKNOWN, "at_home_three": UNKNOWN, "at_home_here": UNKNOWN,
    "at_home_sides": UNKNOWN, "early": 1.0, "again": 0.0,
}  # fmt: skip
_GROUPS = ("names", "numbers", "verbs", "words")
_COLUMNS = [(name, WORD_NAMES.index(name), WORD_DIRECTIONS[name] < 0, empty) for name, empty in _GROUPED.items()]
_IS = {name: WORD_NAMES.index(f"is_{name}") for name in ("name", "number", "verb", "pronoun", "negation")}


def grouped_directions() -> dict[str, int]:
    """Names and directions of what ``grouped`` gives."""
    return {
        f"{group}_{name}_{how}": WORD_DIRECTIONS[name] for group in _GROUPS for name in _GROUPED for how in ("worst", "mean")
    }


def grouped(rows: Sequence[Sequence[float]]) -> dict[str, float]:
    """The worst and the mean of each feature over the statement's names, numbers, verbs, and words that are neither."""
    out: dict[str, float] = {}
    for group in _GROUPS:
        if group == "verbs":
            mine = [r for r in rows if r[_IS["verb"]]]
        elif group == "words":
            mine = [r for r in rows if not (r[_IS["name"]] or r[_IS["number"]] or r[_IS["pronoun"]] or r[_IS["negation"]])]
        else:
            mine = [r for r in rows if r[_IS[group[:-1]]]]
        count = len(mine)
        columns = list(zip(*mine, strict=True)) if mine else []
        for name, column, high_is_bad, empty in _COLUMNS:
            if count:
                values = columns[column]
                out[f"{group}_{name}_worst"] = max(values) if high_is_bad else min(values)
                out[f"{group}_{name}_mean"] = sum(values) / count
            else:
                out[f"{group}_{name}_worst"] = out[f"{group}_{name}_mean"] = empty
    return out
