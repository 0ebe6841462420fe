"""A summary split into statements: its sentences and bullets, whatever tool wrote it."""

from __future__ import annotations

import re

_BULLET = re.compile(r"^\s*(?:[-*•–—‣◦▪]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
#: A heading of only these words says nothing that could be true or false.
_TITLES = frozenset(
    """summary brief overview highlights key main points takeaways conclusion background introduction article news the of and
    tldr tl dr bullet executive short""".split()
)
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon sen rep gov gen col lt sgt capt maj cmdr adm pres st sr jr vs no nos fig inc ltd co corp
    dept est approx jan feb mar apr jun jul aug sep sept oct nov dec mt ft u.s u.k u.n e.g i.e a.m p.m d.c ph.d
    etc al""".split()
)
_END = re.compile(r"[.!?…]+(?P<close>[\"'”’)\]»]*)(?P<gap>\s+|$)")
_TOKENISED = re.compile(r"\s[.!?]\s")
_WORD = re.compile(r"\S+")
#: The longest statement, in words: five times what news writes. What is held against an article costs the square of its
#: length, so text without any full stop is cut, behind a comma where there is one in the last quarter.
_MOST_WORDS = 120


def split_statements(summary: str) -> list[tuple[int, int]]:
    """Places of the statements in ``summary``, in order: sentences, bullets, lines. Tokenised text (" . ") splits before
    lower case as well; ordinary text only where the next sentence looks like one. Bullet marks belong to no statement."""
    places: list[tuple[int, int]] = []
    offset = 0
    for line in summary.splitlines(keepends=True):
        start = offset
        offset += len(line)
        heading = _HEADING.match(line)
        if (heading or line.rstrip().endswith(":")) and set(re.findall(r"[a-z]+", line.lower())) <= _TITLES:
            continue
        mark = _BULLET.match(line) or heading
        begin = start + (mark.end() if mark else 0)
        for place in _sentences(summary, begin, start + len(line.rstrip())):
            places += _bounded(summary, *place)
    return places


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence as it is, or one that nobody could read cut into pieces of at most 120 words."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    pieces: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        last = min(first + _MOST_WORDS, len(words))
        if last < len(words):
            commas = [i for i in range(last - _MOST_WORDS // 4, last) if text[words[i][1] - 1] in ",;:"]
            last = commas[-1] + 1 if commas else last
        pieces.append((words[first][0], words[last - 1][1]))
        first = last
    return pieces


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one line."""
    line = text[start:end]
    tokenised = bool(_TOKENISED.search(line + " "))
    lowered = line == line.lower()
    found: list[tuple[int, int]] = []
    last = 0
    for match in _END.finditer(line):
        after = line[match.end() : match.end() + 3].lstrip("\"'“‘`([ ")
        if match.end() < len(line) and not _ends(line, match, after, tokenised, lowered):
            continue
        found.append((last, match.end("close")))
        last = match.end()
    if last < len(line):
        found.append((last, len(line)))
    trimmed: list[tuple[int, int]] = []
    for a, b in found:
        piece = line[a:b]
        a, b = a + len(piece) - len(piece.lstrip()), a + len(piece.rstrip())
        if any(c.isalnum() for c in line[a:b]):
            trimmed.append((start + a, start + b))
        elif trimmed and b > a:  # a mark that was left alone belongs to the sentence before it
            trimmed[-1] = (trimmed[-1][0], start + b)
    return trimmed


def _ends(line: str, match: re.Match[str], after: str, tokenised: bool, lowered: bool) -> bool:
    """Whether a sentence ends at this mark."""
    before = line[max(0, match.start() - 40) : match.start()]
    spaced = before.endswith(" ")
    if tokenised and spaced:
        return True
    word = re.search(r"[\w.]+$", before)
    last = word.group().lower() if word else ""
    if match.group().startswith("."):
        if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i"):
            return False
        if re.fullmatch(r"(?:\w\.)+\w", last) and not (after[:1].isupper() and not tokenised):
            return False
    if not after:
        return True
    if lowered:
        return not tokenised
    return not after[0].islower()
