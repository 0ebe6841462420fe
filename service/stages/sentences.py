"""Sentences of an article's body, with their places.

A sentence never crosses a line that ends a paragraph, nor a piece of furniture. The rules are few and each is a regular
expression over the whole text or a look at one candidate: a full stop is a boundary unless what stands before it is an
abbreviation, an initial or a list number, or what follows can't begin a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from service.domain.text import Furniture, Sentence, Span

#: Abbreviations that stand before a name or a number: a stop after them ends nothing.
_BEFORE_NAME = frozenset(
    """mr mrs ms mx dr prof rev fr st ste sen rep reps sens gov govs gen lt col maj capt cmdr adm sgt cpl pvt brig supt
    insp det hon pres vp amb atty messrs mmes mme mlle const sec treas chas wm no nos art arts sect para pp p vol fig
    figs eq approx ca cf viz vs v e.g i.e eg ie al ft mt rt op cit dist gov't dep maj-gen
    lt-col lt-gen vice-adm m mm sra sta""".split()
)
#: Months and days: no boundary before a number.
_BEFORE_NUMBER = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
#: Abbreviations that may end a sentence: a boundary only before a word that likes to begin one.
_MAY_END = frozenset(
    """inc corp co ltd plc llc bros jr sr u.s u.k u.n e.u u.a.e u.s.a u.s.s.r d.c n.y l.a a.m p.m am pm etc ph.d m.d b.a m.a
    ave blvd rd dept univ assn est min max calif fla mass mich minn miss pa tex va wash wis ariz ark colo conn del ga ill ind
    kan ky la md me mo mont neb nev okla ore tenn vt""".split()
)
_STARTERS = frozenset(
    """the a an this that these those he she it they we you i in on at by for from with as after before while when if but and
    or so yet however meanwhile his her its their our my there here what who why how where which some many most all no not
    one two both neither either since during under over about according also then now later earlier last next despite
    although though because among between until only even still once another such other each every few several""".split()
)
_CUES = (
    "said|says|asked|asks|added|adds|told|replied|wrote|writes|tweeted|cried|shouted|joked|quipped|explained|noted|recalled|"
    "insisted|warned|argued|declared|exclaimed|answered|responded|demanded|wondered|continued|concluded|yelled|screamed|mused"
)

# A run of terminators with what closes a quotation or a bracket, then white space; or a full stop glued to a capital;
# or the full-width marks, which need no space.
_CANDIDATE = re.compile(
    r"""(?P<end>[.!?…]+)(?P<close>["'”’»›)\]]*)(?=\s)"""
    r"""|(?<=[a-z]{3})(?P<glued>[.!?])(?=[A-Z][a-z]+[ ,])"""
    r"""|(?P<wide>[。！？]+["”’」』]*)"""
)
_NEXT = re.compile(r"""\s+(?P<open>["'“‘„«‹(\[*•–—-]*\s?)(?P<word>[^\s,.;:!?"'”’)\]]+)?""")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'«,;:—–/]+$")
_REPORT_AFTER = re.compile(
    rf"\s+(?:(?:[A-Z][\w.'’-]*|the|a|an|of|his|her|one|[a-z]+er|[a-z]+or|[a-z]+man)\s+){{1,6}}(?:{_CUES})\b"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TERMINAL = re.compile(r"""[.!?:…]["'”’»)\]]*\s*$""")


def split_sentences(text: str, furniture: Sequence[Furniture]) -> tuple[Sentence, ...]:
    """The sentences of ``text`` outside ``furniture``, in order, ids "s1", "s2", …

    White space at either end belongs to no sentence; text without a letter or digit is none.
    """
    sentences: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text, furniture)):
        for left, right in _cut(text, start, end):
            sentences.append(Sentence(f"s{len(sentences) + 1}", Span.of(text, left, right), paragraph))
    return tuple(sentences)


def _paragraphs(text: str, furniture: Sequence[Furniture]) -> Iterator[tuple[int, int]]:
    """Places of paragraphs between furniture: lines, or runs of lines where the text is wrapped at a fixed width."""
    wrapped = _is_wrapped(text)
    holes = sorted((piece.span.start, piece.span.end) for piece in furniture)
    position = 0
    for hole_start, hole_end in [*holes, (len(text), len(text))]:
        if hole_start > position:
            yield from _lines(text, position, hole_start, wrapped)
        position = max(position, hole_end)


def _lines(text: str, start: int, end: int, wrapped: bool) -> Iterator[tuple[int, int]]:
    pending: tuple[int, int] | None = None
    for line in _LINE.finditer(text, start, end):
        blank = not line.group().strip()
        if pending is not None and (blank or not wrapped or text.count("\n", pending[1], line.start()) > 1):
            yield pending
            pending = None
        if not blank:
            pending = (pending[0], line.end()) if pending is not None else (line.start(), line.end())
    if pending is not None:
        yield pending


def _is_wrapped(text: str) -> bool:
    """Whether single newlines are a fixed width's and not a paragraph's end: most lines followed by another line stop
    without a terminal mark, at a width that hardly varies."""
    lines = text.split("\n")
    inner = [line for line, following in pairwise(lines) if line.strip() and following.strip()]
    if len(inner) < 4:
        return False
    lengths = [len(line) for line in inner]
    middle = median(lengths)
    if not 40 <= middle <= 110 or max(lengths) > middle + 40:
        return False
    unfinished = sum(1 for line in inner if not _TERMINAL.search(line))
    near = sum(1 for length in lengths if abs(length - middle) <= 15)
    return unfinished >= 0.6 * len(inner) and near >= 0.7 * len(inner)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for hit in _CANDIDATE.finditer(text, start, end):
        if _is_boundary(text, hit, left, end):
            yield from _trimmed(text, left, hit.end())
            left = hit.end()
    yield from _trimmed(text, left, end)


def _trimmed(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    piece = text[left:right]
    body = piece.strip()
    if any(character.isalnum() for character in body):
        begin = left + len(piece) - len(piece.lstrip())
        yield begin, begin + len(body)


def _is_boundary(text: str, hit: re.Match[str], left: int, end: int) -> bool:
    if hit.group("wide") or hit.group("glued"):
        return True
    following = _NEXT.match(text, hit.end(), end)
    if following is None:
        return False
    word = following.group("word") or ""
    if not word:
        return bool(following.group("open").strip())
    opened = bool(following.group("open").strip())
    if word[0].islower() and not opened:
        return False
    marks, closers = hit.group("end"), hit.group("close")
    if closers and marks[0] in "!?" and not opened and _REPORT_AFTER.match(text, hit.end(), min(end, hit.end() + 90)):
        return False
    if marks != "." or closers:
        return True
    return _full_stop_ends(text, hit.start(), left, word, opened)


def _full_stop_ends(text: str, stop: int, left: int, word: str, opened: bool) -> bool:
    before = _LAST_WORD.search(text, max(left, stop - 24), stop)
    if before is None:
        return True
    token = before.group().lower()
    if token in _BEFORE_NAME:
        return token == "no" and not word[0].isdigit()
    if token in _BEFORE_NUMBER:
        return not word[0].isdigit()
    starts = word.lower() in _STARTERS and word[0].isupper()
    if token in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", token):
        return starts or opened
    if len(token) == 1 and token.isalpha():
        # "George W. Bush", "J. K. Rowling"; but "plan B. The"
        return starts and before.start() > left and not text[: before.start()].rstrip()[-1:].isupper()
    # a number that begins the paragraph's first sentence counts a list
    return not (token.isdigit() and before.start() <= left + 1 and len(token) <= 2)
