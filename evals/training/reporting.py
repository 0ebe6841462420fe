"""Derive ``service/language/reporting.tsv`` from PolNeAR's training part: the words that carry attributions, counted.

Usage: ``python -m evals.training.reporting PATH/polnear/train.jsonl > service/language/reporting.tsv``

For each lower-case word: how often it stands in an annotated cue, how often in the cue of a direct quotation, and how
often it occurs at all outside quotation marks. Function words are left out: they are handled by rule.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter

_TOKEN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_MARKED = re.compile(r"[“\"][^“”\"\n]+[”\"]")
_FUNCTION = frozenset(
    """a an the he she it they we i you his her its their our my your him them us me this that these those who which what
    in on at of to for from by with about into over under between during after before since until against through among
    and or but nor so yet if as than then when while where why how because although though whether not no never n't
    is are was were be been being has have had having do does did will would can could may might must shall should
    also just only even still already again back out up down off very more most much many some any all both each other
    new first last next own same such here there now today yesterday monday tuesday wednesday thursday friday saturday
    sunday one two three four s t mr mrs ms dr trump clinton donald hillary sanders cruz obama rubio campaign president
    interview statement speech cnn fox news twitter facebook sen rep gov reporters
    former republican democratic""".split()
)
_MIN_CUES = 3
_MIN_SHARE = 0.03


def count(lines: list[str]) -> list[tuple[str, int, int, int]]:
    """(word, in cues, in direct cues, in all) for words that are cues often enough, most frequent cue first."""
    cues: Counter[str] = Counter()
    direct: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in lines:
        document = json.loads(line)
        text = document["text"]
        total.update(word.lower() for word in _TOKEN.findall(_MARKED.sub(" ", text)))
        seen: set[tuple[int, int]] = set()
        for attribution in document["attributions"]:
            for start, end in attribution["cue"]:
                if (start, end) in seen:
                    continue
                seen.add((start, end))
                words = {word.lower() for word in _TOKEN.findall(text[start:end])} - _FUNCTION
                cues.update(words)
                if attribution["kind"] == "direct":
                    direct.update(words)
    rows = [
        (word, number, direct[word], max(total[word], number))
        for word, number in cues.items()
        if number >= _MIN_CUES and number / max(total[word], 1) >= _MIN_SHARE
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def main() -> None:
    """Read the file named on the command line, write the table to standard output."""
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = count(list(file))
    out = sys.stdout
    out.write(
        "# word\tin cues\tin cues of direct quotations\tin all (outside marks); counted in PolNeAR 1.0, training part\n"
    )
    out.writelines("\t".join(map(str, row)) + "\n" for row in rows)


if __name__ == "__main__":
    main()
