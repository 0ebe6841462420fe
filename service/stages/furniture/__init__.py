"""Furniture: the parts of a page that are not the story (credits, share buttons, subscription blocks, by- and datelines).

A line is furniture when it looks like one of the forms below; a line without any form of its own is furniture when it
stands among furniture at the end of the page and does not read like a paragraph of a story. A dateline or a byline that
opens a paragraph is cut off from it. Text that speaks to machines is furniture of kind ``instruction``, unless it stands
inside quotation marks: then somebody said it, and that is news.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import cast

from service.domain.text import Furniture, FurnitureKind, Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_MONTH}\s+{_DAY},?(?:\s+\d{{4}})?|{_DAY}\s+{_MONTH},?(?:\s+\d{{4}})?|\d{{4}}-\d\d-\d\d)"
_CLOCK = r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?"
_AGENCY = (
    r"(?:Reuters|REUTERS|AP|AFP|Agence France-Presse|Associated Press|The Associated Press|UPI|PTI|ANI|IANS|TASS|Tass|Xinhua"
    r"|Bloomberg|dpa|DPA|EFE|ANSA|Kyodo(?: News)?|Yonhap|Interfax|CNN|BBC|CNBC|NPR|Anadolu(?: Agency)?|AA|Agency|Agencies"
    r"|Staff|Wire|[A-Z][A-Za-z]+ News(?: Agency)?|News Agency)"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:[a-z]{2,3}\s+)?[A-Z][\w.'’-]*){0,4}"

#: Forms in which capitals are what tells a name from a word.
_CASED: frozenset[str] = frozenset({"byline", "dateline"})


def _data(name: str) -> list[str]:
    lines = resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def _load_forms() -> tuple[tuple[FurnitureKind, re.Pattern[str]], ...]:
    forms: list[tuple[FurnitureKind, re.Pattern[str]]] = []
    for line in _data("forms.tsv"):
        kind, form = line.split("\t", 1)
        for name, expression in (("<DATE>", _DATE), ("<CLOCK>", _CLOCK), ("<AGENCY>", _AGENCY), ("<NAME>", _NAME)):
            form = form.replace(name, expression)
        forms.append((cast(FurnitureKind, kind), re.compile(rf"(?:{form})\s*", 0 if kind in _CASED else re.IGNORECASE)))
    return tuple(forms)


_FORMS = _load_forms()
_INSTRUCTION = re.compile("|".join(_data("instructions.txt")), re.IGNORECASE | re.MULTILINE)

# What opens a paragraph and is cut off from it.
_OPENING = re.compile(
    rf"""(?:
      \(\s*(?:{_AGENCY})\s*\)\s*(?:[–—-]+\s*)?
    | [A-Z][A-Z'’.]+(?:[ -][A-Z][A-Z'’.]+)*(?:,\s*[A-Z][A-Za-z.' ]{{1,24}})?(?:,\s*{_DATE})?
      \s*(?:[(/]\s*{_AGENCY}(?:[ /]\w+)?\s*\)?)?\s*(?:[–—]|--|-\s)\s*
    | {_NAME}(?:,\s*{_NAME})?(?:,\s*{_DATE})?\s*\(\s*{_AGENCY}\s*\)\s*
      (?:[–—:]|--|-\s)?\s*
    | {_NAME}(?:,\s*{_NAME})?,\s*{_DATE}\s*(?:\(\s*{_AGENCY}\s*\)\s*)?(?:[–—:]|--|-\s)\s*
    | [A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+)?,\s[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+)?:\s+(?=[A-Z])
    )""",
    re.VERBOSE,
)
#: A dateline stands at the head of the story: the first lines that are not furniture.
_HEAD_LINES = 4

# Text that addresses a machine that reads the page.
_INSTRUCTION_HINT = re.compile(
    r"ignor|disregard|forget|override|bypass|not follow|\bai\b|a\.i\.|llm|language model|chatbot|gpt|system|developer|summar"
    r"|assistant|bots\b|crawler|machine reader|your (?:answer|output|response|brief)|the (?:json|output)|instruction"
    r"|prompt|respond|reply|output|end of|<\||\[/?[a-z]{4,}\]|</?\w+>|user\s*:|act as|pretend|your new|\[[sqd]\d|\"role\""
    r"|(?:^|[.!?:>)]\W{0,3})(?:please |now |then )?(?:report|write|state|say|include|mention|claim|conclude|declare) th"
    r"|oubli|olvid|dimentic|vergiss|vergess|vergeet"
    r"|negeer|glöm|pomiń|esque|игнор|ігнор|забуд|忽略|无视|無視|忽視|تجاهل|önceki|[\u200b-\u200f\u2060\ufeff\u00ad]"
)
#: Plain strings of which every hint holds at least one: looking for these first is many times faster than the expression.
_HINT_WORDS = (
    "ignor", "disregard", "forget", "override", "bypass", "not follow", "a.i.", "llm", "language model", "chatbot", "gpt",
    "system", "developer", "summar", "assistant", "bots", "crawler", "machine reader", "your answer", "your output",
    "your response", "your brief", "the json", "output", "instruction", "prompt", "respond", "reply", "end of", "<", "[",
    "user", "act as", "pretend", "your new", '"role"', "report th", "write th", "state th", "say th", "include th",
    "mention th",
    "claim th", "conclude th", "declare th", "oubli", "olvid", "dimentic", "vergiss", "vergess", "vergeet", "negeer", "glöm",
    "pomiń", "esque", "игнор", "ігнор", "забуд", "忽略", "无视", "無視", "忽視", "تجاهل", "önceki", "\u200b",
    "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad",
)  # fmt: skip
_AI = re.compile(r"ai\b(?<!\wai)")
#: How a sentence goes on that follows one which spoke to a machine.
_GOES_ON = re.compile(
    r"\W*(?:(?:and|then|now|also|please|next|instead|so|finally)\b,?\s*)*(?:report|write|say|state|output|include|mention|add|claim"
    r"|conclude|declare|answer|respond|reply|print|repeat|continue|summari[sz]e|do not|don['’]t|never|always"
    r"|you (?:must|should|are|will)|this is)\b",
    re.IGNORECASE,
)
#: Characters that do not show: whoever hides words from people with them means machines.
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]+")
# A long line is tried against the forms only where it holds a word that one of them needs.
_LONG = 110
_FORM_BEGINS = re.compile(
    r"[^a-z]*(?:photo|image|picture|video|illustration|graphic|file|caption|above|below|credit|source|courtesy|by |written"
    r"|posted|additional|reporting|writing|compiled|edit|first |last |published|updated|modified|issued|share|please"
    r"|follow|like|find|join|send|subscribe|sign|register|log in|become|support|donate|click|tap|found|spotted|seen|read|see"
    r"|watch|listen|also|more|related|recommended|most|you may|don|up next|next|previous|trending|editor|must read|top st"
    r"|in other|keep|continue|scroll|for more|learn|disclaimer|copyright|terms|privacy|cookie|we use|this |no part|the views"
    r"|opinions|contact|media|press|about the|tag|topic|keyword|filed|note|reuters|ap |afp)"
)
_FORM_HOLDS = (
    "©", "(c)", "copyright", "all rights", "photo credit", "image credit", "picture credit", "file photo", "file picture",
    "(photo", "[photo", "getty im", "shutterstock", "wikimedia", "epa-efe", "ap photo", "already a subscr", "free trial",
    "cancel any", "renews auto", "digital subscr", "newsletter", "premium stor", "your inbox", "unlimited acc", "reporter",
    "correspondent", "columnist", "editor", "contributor",
    " photo:", " picture:", " image:", " photograph:", " credit:", " photo by", " photos:", "free article", "free stor",
    "standards:", "restrictions", " app",
)  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?:\s+|$)")
_LINE = re.compile(r"[^\n\r]+")
_TERMINAL = re.compile(r"""[.!?…]["'”’»)\]]*\s*$""")
_TAIL_OPENERS: frozenset[FurnitureKind] = frozenset({"subscribe", "legal", "related", "navigation", "share"})


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    kind: FurnitureKind | None


def label_furniture(text: str) -> tuple[Furniture, ...]:
    """The furniture of ``text``, in order and without overlaps; spans carry no white space at their ends."""
    lines = _read_lines(text)
    _label_captions(lines, text)
    _label_tail(lines)
    found = [Furniture(Span.of(text, line.start, line.end), line.kind) for line in lines if line.kind is not None]
    if len(found) == len(lines) and not any(piece.kind == "instruction" for piece in found):
        # where even whole sentences look like furniture we misread the text: the longest of them is the story
        whole = [i for i, line in enumerate(lines) if len(line.text.split()) >= 9 and _TERMINAL.search(line.text)]
        longest = max(whole, key=lambda i: lines[i].end - lines[i].start, default=None)
        found = [piece for i, piece in enumerate(found) if i != longest]
    found += _openings(text, lines)
    taken = [(piece.span.start, piece.span.end) for piece in found]
    found += [piece for piece in _instructions(text, lines) if not _inside(piece.span, taken)]
    return tuple(sorted(found, key=lambda piece: piece.span.start))


def _read_lines(text: str) -> list[_Line]:
    lines = []
    for match in _LINE.finditer(text):
        body = match.group().strip()
        if not body:
            continue
        start = match.start() + match.group().index(body[0])
        lines.append(_Line(start, start + len(body), body, _form(body)))
    return lines


def _form(line: str) -> FurnitureKind | None:
    """The kind of a line that is furniture by its own form. Long lines are stories: no form is tried on them."""
    if len(line) > 420 or (len(line) > 240 and _TERMINAL.search(line) and line.count(". ") > 1):
        return None
    if len(line) > _LONG:
        lowered = line.lower()
        if not _FORM_BEGINS.match(lowered) and not any(word in lowered for word in _FORM_HOLDS):
            return None
    for kind, form in _FORMS:
        if form.fullmatch(line):
            return kind
    return None


def _reads_like_story(line: _Line) -> bool:
    if line.kind is not None or line.text[0] in "•*-·▪":
        return False
    return len(line.text.split()) >= 9 and bool(_TERMINAL.search(line.text))


def _label_captions(lines: Sequence[_Line], text: str) -> None:
    """A short line without a full stop right above a credit (no blank line between) is the picture's caption."""
    for above, below in pairwise(lines):
        if below.kind != "credit" or above.kind is not None or _TERMINAL.search(above.text):
            continue
        if len(above.text.split()) <= 25 and text.count("\n", above.end, below.start) == 1 and above is not lines[0]:
            above.kind = "caption"


def _label_tail(lines: Sequence[_Line]) -> None:
    """Behind the story's last paragraph, what follows furniture and does not read like a story is furniture of that kind."""
    last = max((i for i, line in enumerate(lines) if _reads_like_story(line)), default=-1)
    current: FurnitureKind | None = None
    for line in lines[last + 1 :]:
        if line.kind is not None:
            if line.kind in _TAIL_OPENERS:
                current = line.kind if line.kind != "legal" else "related"
        elif current is not None and last >= 0:
            line.kind = current


def _openings(text: str, lines: Sequence[_Line]) -> Iterator[Furniture]:
    """Datelines that open a paragraph, in the head of the story."""
    head = [line for line in lines if line.kind is None][:_HEAD_LINES]
    for line in head:
        match = _OPENING.match(text, line.start, line.end)
        if match is None or line.end - match.end() < 20:
            continue
        piece = match.group().rstrip()
        yield Furniture(Span.of(text, line.start, line.start + len(piece)), "dateline")


def _instructions(text: str, lines: Sequence[_Line]) -> Iterator[Furniture]:
    """Sentences that speak to machines, and those that follow and go on doing so, in the same line or the next."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals have two small letters: leave those as they are
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    hints = _hint_places(lowered)
    going_on = False
    for line in lines:
        if line.kind is not None or not (going_on or _any_between(hints, line.start, line.end)):
            continue
        cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(line.text)), len(line.text)]
        for a, b in ((a, b) for a, b in pairwise(cuts) if b > a):
            start, end = line.start + a, line.start + b
            hinted = _any_between(hints, start, end) and _INSTRUCTION_HINT.search(lowered[max(line.start, start - 4) : end])
            if hinted and _speaks_to_machines(line.text, a, b):
                going_on = True
            elif not going_on or not _GOES_ON.match(line.text, a, b) or _quoted(line.text, a):
                going_on = False
                continue
            body = line.text[a:b].rstrip()
            yield Furniture(Span.of(text, start, start + len(body)), "instruction")


def _hint_places(lowered: str) -> list[int]:
    """Where in a lowered text a hint may stand, in order."""
    places = [match.start() for match in _AI.finditer(lowered)]
    for word in _HINT_WORDS:
        place = lowered.find(word)
        while place >= 0:
            places.append(place)
            place = lowered.find(word, place + len(word))
    return sorted(places)


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    position = bisect_left(places, start)
    return position < len(places) and places[position] < end


def _speaks_to_machines(line: str, start: int, end: int) -> bool:
    """Whether a sentence of a line does, outside quotation marks; characters that don't show are looked through."""
    hit = _INSTRUCTION.search(line[start:end])
    if hit is not None:
        return not _quoted(line, start + hit.start())
    if not _UNSEEN.search(line, start, end):
        return False
    hit = _INSTRUCTION.search(_UNSEEN.sub("", line[start:end]))
    return hit is not None and not _quoted(line, start)


def _quoted(line: str, position: int) -> bool:
    """Whether a position stands inside quotation marks of its line."""
    before = line[:position]
    straight = before.count('"') % 2 == 1
    curly = before.count("“") + before.count("„") > before.count("”")
    angle = before.count("«") > before.count("»")
    single = bool(re.search(r"(?:^|\s)['‘][^'’]*$", before)) and bool(re.search(r"['’](?:\W|$)", line[position:]))
    return straight or curly or angle or single


def _inside(span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in taken)
