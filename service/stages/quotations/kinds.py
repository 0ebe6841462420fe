"""What a pair of marks holds: a clause of speech, a few words of it, or no speech at all."""

from __future__ import annotations

import re

from service.domain.quotation import QuotationFlag, QuotationKind
from service.stages.quotations.joining import has_cue, starts_with_cue
from service.stages.quotations.marks import Pair

_WORD = re.compile(r"[\w’'$%-]+")
_ENDS = re.compile(r"[.?!,…—–-]\s*[)\]]?$")
_TITLE_BEFORE = re.compile(
    r"\b(?:book|novel|film|movie|documentary|song|album|series|show|program|programme|play|poem|essay|article|column|report"
    r"|episode|podcast|titled|entitled|headlined|magazine|memoir|sitcom|drama|comedy|hit|single|anthem|headline|op-ed)"
    r"(?:\s(?:called|named|titled|entitled|headlined))?,?:?\s*$",
    re.I,
)
_WORD_BEFORE = re.compile(
    r"\b(?:the\s(?:word|words|term|terms|phrase|phrases|label|name|acronym|adjective|verb|noun|letter|hashtag)|so-called"
    r"|known\sas|dubbed|nicknamed|translates\s(?:to|as)|means?|meaning|a\.k\.a\.|aka|word\sfor)\s*$",
    re.I,
)
_NAME_BEFORE = re.compile(r"(?:^|[\s(])(?:[A-Z][\w’'-]+|[A-Z]\.)\s$")
_NAME_AFTER = re.compile(r"\s[A-Z][\w’'-]+")
_SMALL = frozenset("a an and as at but by for from in into nor of on or over the to up with vs v".split())


_OPENING = re.compile("[(\\[….\\s'‘“\"]*")
_CLAUSE = re.compile(
    r"(?:i|we|it|he|she|they|you|there|if|no\sone|nobody|everyone|everybody)(?:['’](?:s|re|m|ll|ve|d))?\s\S+",
    re.I,
)


def kind_of(text: str, paragraph: tuple[int, int], pair: Pair) -> QuotationKind:
    """direct: a whole clause or sentence; mixed: a few words inside the writer's own clause."""
    content = text[pair.start : min(pair.end, pair.start + 400)]
    stripped = content.strip()
    if pair.runs_on or pair.unclosed or pair.unopened:
        return "direct"
    words = _WORD.findall(stripped)
    before = text[max(paragraph[0], pair.left - 3) : pair.left].rstrip()
    starts_clause = not before or before[-1] in '.?!:,;—–-…)]"”'
    opened = _OPENING.match(stripped)
    first = stripped[opened.end() : opened.end() + 1] if opened else ""
    capital = first.isupper() or first.isdigit() or first == "$"
    complete = _ENDS.search(stripped) is not None or pair.end - pair.start >= 400
    if capital and complete and (len(words) >= 3 or starts_clause or stripped[-1] in ".?!"):
        return "direct"
    if capital and starts_clause and len(words) >= 3:
        return "direct"
    if complete and starts_clause and len(words) >= 3:
        return "direct"
    if capital and starts_clause and starts_with_cue(text[pair.right : min(paragraph[1], pair.right + 40)]):
        return "direct"
    if len(words) >= 8 and (capital or complete):
        return "direct"
    if len(words) >= 4 and _CLAUSE.match(stripped):
        return "direct"
    return "mixed"


def not_speech(text: str, paragraph: tuple[int, int], pair: Pair) -> QuotationFlag | None:
    """title, nickname or word where the marks hold no speech; None where they may."""
    if pair.end - pair.start > 120 or pair.runs_on or pair.unclosed or pair.unopened:
        return None
    content = text[pair.start : pair.end].strip()
    words = _WORD.findall(content)
    if not words:
        return "word"
    before = text[max(paragraph[0], pair.left - 60) : pair.left]
    after = text[pair.right : min(paragraph[1], pair.right + 40)]
    if (
        len(words) <= 3
        and words[0][:1].isupper()
        and content[-1:] not in ".,?!"
        and _NAME_BEFORE.search(before)
        and _NAME_AFTER.match(after)
    ):
        return "nickname"
    if len(words) <= 4 and _WORD_BEFORE.search(before):
        return "word"
    titled = words[0][:1].isupper() and all(w[:1].isupper() or w[:1].isdigit() or w.lower() in _SMALL for w in words)
    if not titled or len(words) > 12 or sum(w[:1].isupper() for w in words) < 1:
        return None
    if _TITLE_BEFORE.search(before):
        return "title"
    return "title" if _is_title(content, words, before, after) else None


def _is_title(content: str, words: list[str], before: str, after: str) -> bool:
    """Capitals throughout, and no cue beside it: the name of a programme, a slogan, a book."""
    lead = before.rstrip()
    if lead[-1:] in (":", ".", "!", "?", "") or has_cue(lead[-40:]):
        return _POSSESSIVE_SHOW.search(lead[-20:]) is not None
    if len(words) < 2 and content[-1:] in ".?!":
        return False
    if starts_with_cue(after[:30]) and content[-1:] in ",?!":
        return False
    return len(words) >= 2 or (content[-1:] == "," and lead[-1:] != ",")


_POSSESSIVE_SHOW = re.compile(r"(?:['’]s|\b[Oo]n|\b[Ii]n|\bof|\bthe)\s*$")
