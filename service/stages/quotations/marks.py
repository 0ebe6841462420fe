"""Quotation marks, paired: which of them open, which close, which are apostrophes, inches or feet.

A paragraph is read once, left to right, with a small stack of what is open. A mark's own shape is only half the evidence:
newsrooms type straight marks, closing marks where opening ones belong, and lose one of the two. So the neighbours decide
what a mark can be, and the marks still to come decide what an unclear one is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

#: Marks by family; only marks of one family close each other (a single one may close a double one by mistake, see below).
DOUBLE = '"“”„‟〝〞＂″'
SINGLE = "'‘’‚‛`´"
ANGLE = "«»"
SINGLE_ANGLE = "‹›"
ALL_MARKS = DOUBLE + SINGLE + ANGLE + SINGLE_ANGLE

#: Every mark; those inside words are sorted out by hand, for a plain class of characters is searched much faster.
_APOSTROPHES = "'’´"
_MARK = re.compile(f"[{DOUBLE}{ANGLE}{SINGLE_ANGLE}{SINGLE}]")
#: What an opening mark stands after and a closing one before.
_OPENS_AFTER = set("([{<—–-/…\u2009\u200b\ufeff")
_CLOSES_BEFORE = set(".,;:!?)]}>—–-/…\u200b")
#: Words that begin with an apostrophe.
_ELISION = re.compile(
    r"['’‘](?:\d0?s\b|\d\ds?\b|n['’]|n\b|em\b|til\b|till\b|cause\b|tis\b|twas\b|bout\b|round\b|cept\b|cos\b|hood\b|ere\b)",
    re.I,
)
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}(?:\.\d+)?$")
_MAX_DEPTH = 4
#: More marks than this in a paragraph, and one in every few characters: ornament or garbage, no quotations.
_MANY, _DENSE = 60, 6


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands in one pair of marks. ``start``/``end``: the content, without its marks; ``left``/``right``: with them
    (equal to start/end where the mark is missing)."""

    left: int
    start: int
    end: int
    right: int
    depth: int
    unclosed: bool = False
    unopened: bool = False
    mismatched: bool = False
    #: the paragraph ends without a closing mark and the next one opens with a mark: the speech goes on there
    runs_on: bool = False


@dataclass(slots=True)
class _Open:
    family: str
    shape: str
    left: int
    start: int


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    shape: str
    family: str
    #: 1 opens, -1 closes, 0 could be either
    role: int
    strong: bool = True


_FAMILY: dict[str, str] = {
    **dict.fromkeys(DOUBLE, "double"),
    **dict.fromkeys(SINGLE, "single"),
    **dict.fromkeys(ANGLE, "angle"),
    **dict.fromkeys(SINGLE_ANGLE, "sangle"),
    "``": "double",
    "''": "double",
}
#: The shape that properly closes an opening one; others of the family are "mismatched".
_PROPER: dict[str, str] = {
    '"': '"', "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "'": "'", "‘": "’", "‚": "‘’", "‛": "’",
    "`": "'", "``": "''\"", "''": "''", "〝": "〞", "＂": "＂", "”": "”", "″": "″", "’": "’", "´": "´",
}  # fmt: skip


def _shape_role(shape: str) -> int:
    if shape in "“‟〝„«‹‘‚‛" or shape in ("``", "`"):
        return 1
    if shape in "”〞»›":
        return -1
    return 0


_Spot = tuple[str, int, int]


def _spots(text: str, start: int, end: int) -> list[_Spot]:
    """(shape, start, end) of every mark that is not inside a word; two single ones side by side are a double one."""
    spots: list[_Spot] = []
    for match in _MARK.finditer(text, start, end):
        at = match.start()
        shape = text[at]
        if shape in _APOSTROPHES and start < at < end - 1 and text[at - 1].isalnum() and text[at + 1].isalnum():
            continue
        if shape in "'`" and spots and spots[-1] == (shape, at - 1, at):
            spots[-1] = (shape * 2, at - 1, at + 1)
        else:
            spots.append((shape, at, at + 1))
    return spots


def _marks_of(text: str, start: int, end: int) -> list[_Mark]:
    """The marks of a paragraph with what each can be, from its shape and its neighbours."""
    spots = _spots(text, start, end)
    if not spots or (len(spots) > _MANY and len(spots) * _DENSE > end - start):
        return []
    found: list[_Mark] = []
    lefts: list[str] = []
    behind, left = -1, ""
    for _, at, to in spots:  # what stands left of a run of marks counts for each of them
        if at != behind:
            left = text[at - 1] if at > start else " "
        lefts.append(left)
        behind = to
    rights: list[str] = []
    ahead, right = -1, ""
    for _, at, to in reversed(spots):
        if to != ahead:
            right = text[to] if to < end else " "
        rights.append(right)
        ahead = at
    for spot, before, after in zip(spots, lefts, reversed(rights), strict=True):
        mark = _judge(text, start, spot, before, after)
        if mark is not None:
            found.append(mark)
    return found


def _judge(text: str, paragraph: int, spot: _Spot, left: str, right: str) -> _Mark | None:
    """What one mark can be; None for apostrophes, feet and inches that are plain from where they stand."""
    shape, at, to = spot
    family = _FAMILY[shape]
    open_side = left.isspace() or left in _OPENS_AFTER
    close_side = right.isspace() or right in _CLOSES_BEFORE
    by_place = 1 if open_side and not close_side else -1 if close_side and not open_side else 0
    by_shape = _shape_role(shape)
    if family == "single":
        if shape in "'’´" and (by_place != 1 or shape != "'"):
            return _Mark(at, to, shape, family, -1, strong=by_place == -1) if not open_side else None
        if _ELISION.match(text, at):
            return None
        return (
            _Mark(at, to, shape, family, 1, strong=shape != "'") if by_place == 1 or (by_shape == 1 and open_side) else None
        )
    if shape in '"″' and left.isdigit() and _FEET.search(text, max(paragraph, at - 8), at):
        return None
    if shape == "″":
        return None
    if family in ("angle", "sangle") and by_place == 0 and by_shape == 0:
        return None
    if by_shape and by_place and by_shape != by_place:
        # “closing“ and ”opening” by mistake, »German« angles: the neighbours are right
        return _Mark(at, to, shape, family, by_place, strong=False)
    return _Mark(at, to, shape, family, by_shape or by_place, strong=bool(by_shape))


@dataclass(slots=True)
class _Reader:
    """The state of one paragraph's reading."""

    text: str
    start: int
    end: int
    marks: list[_Mark]
    stack: list[_Open] = field(default_factory=list)
    done: list[Pair] = field(default_factory=list)
    #: where the last mark that ended something stands: nothing reaches back over it
    behind: int = 0

    def read(self) -> list[Pair]:
        for index, mark in enumerate(self.marks):
            if mark.family == "single":
                self._single(index, mark)
            else:
                self._double(index, mark)
        return self.done

    def _top(self, family: str) -> int:
        """Index in the stack of the innermost open mark of a family, or -1."""
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].family == family:
                return index
        return -1

    def _open(self, mark: _Mark) -> None:
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append(_Open(mark.family, mark.shape, mark.start, mark.end))

    def _close(self, level: int, mark: _Mark) -> None:
        opened = self.stack[level]
        del self.stack[level:]
        proper = mark.shape in _PROPER.get(opened.shape, "")
        self.done.append(Pair(opened.left, opened.start, mark.start, mark.end, self._depth(), mismatched=not proper))
        self.behind = mark.end

    def _depth(self) -> int:
        return len(self.stack)

    def _upcoming(self, index: int, family: str) -> list[int]:
        """The roles of the next few marks of a family (enough to tell nesting from a lost mark)."""
        roles: list[int] = []
        for mark in self.marks[index + 1 : index + 9]:
            if mark.family == family:
                roles.append(mark.role)
        return roles

    def _double(self, index: int, mark: _Mark) -> None:
        level = self._top(mark.family)
        role = mark.role
        if role == 0:
            role = -1 if level >= 0 else 1
            if level == 0 and self._is_lost_break(index, mark):
                self._close(level, mark)
                self.done[-1] = replace(self.done[-1], runs_on=True)
                self.stack.append(_Open(mark.family, mark.shape, mark.end, mark.end))
                return
        if role == -1 and level >= 0:
            if self._is_inch(index, mark):
                return
            self._close(level, mark)
        elif role == -1:
            self._unopened(mark)
        elif level < 0:
            if not self._is_lone_inch(mark):
                self._open(mark)
        else:
            self._second_opening(index, mark, level)

    def _is_lost_break(self, index: int, mark: _Mark) -> bool:
        """…findings."The team…visit."Then…: a paragraph break was lost and the mark that opened the next paragraph of
        the same speech is glued to the last one's end. So it is if what comes next closes, not opens."""
        if self.text[mark.start - 1] not in ".?!'’" or not self.text[mark.end : mark.end + 1].isupper():
            return False
        return self._upcoming(index, mark.family)[:1] in ([0], [-1])

    def _is_inch(self, index: int, mark: _Mark) -> bool:
        """12" inside an open quotation, which another mark closes later."""
        if mark.shape != '"' or not self.text[mark.start - 1].isdigit() or self.text[mark.end : mark.end + 1] != " ":
            return False
        return self._upcoming(index, "double")[:1] == [-1] and self.text[mark.end + 1 : mark.end + 2].islower()

    def _is_lone_inch(self, mark: _Mark) -> bool:
        return mark.shape == '"' and mark.start > self.start and self.text[mark.start - 1].isdigit()

    def _second_opening(self, index: int, mark: _Mark, level: int) -> None:
        """An opening mark while its family is open: a quotation inside, or a closing mark that was lost."""
        coming = self._upcoming(index, mark.family)
        nested = coming[:2] == [-1, -1] or (mark.shape != self.stack[level].shape and coming[:1] == [-1])
        if not nested and coming[:1] == [-1] and len(coming) == 1:
            nested = _CUE_BEFORE.search(self.text, self.stack[level].start, mark.start) is None
        if nested:
            self._open(mark)
            return
        self.lose(level, mark.start, runs_on=level == 0 and self._after_stop(mark) and not self._cued(level, mark))
        self._open(mark)

    def _after_stop(self, mark: _Mark) -> bool:
        """Whether a sentence ends right before the mark."""
        return self.text[max(self.start, mark.start - 3) : mark.start].rstrip()[-1:] in (".", "?", "!")

    def _cued(self, level: int, mark: _Mark) -> bool:
        return _CUE_BEFORE.search(self.text, self.stack[level].start, mark.start) is not None

    def lose(self, level: int, limit: int, runs_on: bool = False) -> None:
        """Close what is open from ``level`` on without a closing mark: before the cue if there is one, else at ``limit``."""
        opened = self.stack[level]
        del self.stack[level:]
        end = limit
        if not runs_on:
            cue = _CUE_BEFORE.search(self.text, opened.start, limit)
            if cue is not None:
                end = cue.start() + 1
        while end > opened.start and self.text[end - 1].isspace():
            end -= 1
        if end > opened.start:
            self.done.append(Pair(opened.left, opened.start, end, end, self._depth(), unclosed=not runs_on, runs_on=runs_on))

    def _unopened(self, mark: _Mark) -> None:
        """A closing mark with nothing open."""
        if mark.shape == '"' and self.text[mark.start - 1].isdigit():
            return
        begin = max(self.behind, self.start)
        self.behind = mark.end
        if begin == self.start:
            single = self._top("single")
            if single >= 0:
                self._close(single, mark)
                return
        cues = list(_CUE_BEFORE.finditer(self.text, begin, mark.start))
        if begin > self.start and not cues:
            return
        if cues:
            begin = cues[-1].end()
        while begin < mark.start and self.text[begin].isspace():
            begin += 1
        if begin < mark.start and "<" not in self.text[begin : mark.start]:
            self.done.append(Pair(begin, begin, mark.start, mark.end, 0, unopened=True))

    def _single(self, index: int, mark: _Mark) -> None:
        level = self._top("single")
        if level >= 0 and level < self._top("double"):
            level = -1  # opened outside the double quotation that we are in
        if mark.role == 1:
            if level < 0:
                self._open(mark)
            elif level == 0 and self._after_stop(mark) and self._introduced(self.stack[0]):
                self.lose(0, mark.start, runs_on=True)  # a paragraph break was lost: the next one opens with a mark
                self._open(mark)
            elif self.stack[level].shape == "'":
                self.stack[level] = _Open(mark.family, mark.shape, mark.start, mark.end)  # the first was an apostrophe
            return
        if level >= 0 and not self._is_possessive(index, mark):
            self._close(level, mark)

    def _introduced(self, opened: _Open) -> bool:
        """Whether an opening mark stands where speech begins: behind a colon, a comma or a full stop."""
        return self.text[max(0, opened.left - 3) : opened.left].rstrip()[-1:] in (":", ",", ".", "?", "!")

    def _is_possessive(self, index: int, mark: _Mark) -> bool:
        """players' choice: an s before, a word after, and a better mark to close with still to come."""
        before, after = self.text[mark.start - 1], self.text[mark.end : mark.end + 2]
        if before not in "sxzinSXZIN" or len(after) < 2 or after[0] != " " or not after[1].isalnum():
            return False
        for other in self.marks[index + 1 : index + 40]:
            if other.family == "single":
                return other.role == -1
            if other.role == 1 and self._top("double") < 0:
                return False
        return False


#: A reporting clause that ends a quotation whose closing mark was lost: ", he said", ", said Okello".
_CUE_BEFORE = re.compile(
    r"[,.?!]\s{1,3}(?:(?:he|she|they|it|(?:[A-Z][\w.'’-]{0,30}\s){1,3})\s?(?:said|says|added|told|asked|wrote|replied)"
    r"|(?:said|says|added|asked|wrote|replied)\s(?:he|she|they|(?:[A-Z][\w.'’-]{0,30}\s?){1,3}))\b[^.\"“”]{0,60}(?:\.|$|(?=[\"“]))"
)
_STARTS_WITH_MARK = re.compile(r"[\s\u200b\ufeff]*([\"“„«»‹›‘'])")


def pair_marks(text: str, paragraphs: list[tuple[int, int]]) -> list[list[Pair]]:
    """The pairs of each paragraph, in text order, outer before inner. ``paragraphs`` are half-open code point ranges, in
    order. Time is linear in the length of the text."""
    answer: list[list[Pair]] = []
    for number, (start, end) in enumerate(paragraphs):
        marks = _marks_of(text, start, end)
        reader = _Reader(text, start, end, marks)
        reader.read()
        if reader.stack:
            following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            _finish(reader, text, following)
        pairs = sorted(reader.done, key=lambda pair: (pair.start, -pair.end))
        answer.append(_depths(pairs))
    return answer


def _finish(reader: _Reader, text: str, following: tuple[int, int] | None) -> None:
    """The paragraph is over and something is open: it runs on in the next one, or its closing mark was lost."""
    outer = reader.stack[0]
    opens = _STARTS_WITH_MARK.match(text, following[0], following[1]) if following is not None else None
    runs_on = opens is not None and _FAMILY[opens.group(1)] == outer.family
    if outer.family == "single" and not runs_on:
        reader.stack.pop(0)  # more likely an apostrophe
        if not reader.stack:
            return
        outer = reader.stack[0]
    if outer.family == "single" and outer.shape == "'" and outer.left > reader.start:
        return
    reader.lose(0, reader.end, runs_on=runs_on)


def _depths(pairs: list[Pair]) -> list[Pair]:
    """Depth by containment; pairs that cross another are dropped (they come of a guess that went wrong)."""
    answer: list[Pair] = []
    open_ends: list[int] = []
    for pair in pairs:
        while open_ends and open_ends[-1] <= pair.left:
            open_ends.pop()
        if open_ends and pair.right > open_ends[-1] + 1:
            continue
        if pair.end <= pair.start:
            continue
        answer.append(pair if pair.depth == len(open_ends) else replace(pair, depth=len(open_ends)))
        open_ends.append(pair.right)
    return answer
