"""Chunkers on news: speed, budget, offsets, and where they cut.

    python -m benchmarks.chunks --data FILE.jsonl …                      Readout alone
    python -m benchmarks.chunks --data FILE.jsonl … --peers PEERS/bin/python

``--data``: lines with a member ``text`` (or ``article``), joined until ``--megabytes`` are reached (over again if need be)
and laid out as documents of 100 kB, once with paragraphs and once flat (every white space one blank). ``--peers``: an
interpreter of another environment with semchunk, chonkie, langchain-text-splitters, semantic-text-splitter, langextract
and, for an independent judgement of sentence ends, blingfire and syntok (a cut is at a sentence's end if either says so, or
if a paragraph ends there: each by itself misses every tenth end that a reader would see, most often ``.” “``):

    python -m venv PEERS && PEERS/bin/pip install semchunk chonkie langchain-text-splitters \\
        semantic-text-splitter langextract blingfire syntok tiktoken

Speed is the CPU time of one raw tiktoken encode of the same documents ÷ that of cutting them, offsets included, in the
same process (the encode: the best of three; cutting: the best of three for Readout, which remembers nothing, and the first
alone for peers, some of which remember texts that they have counted before). Readout has two rows: with sentences and
quotations known, as in the pipeline, and from bare text, with both to be found first.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

Spans = list[tuple[int, int]]
T = TypeVar("T")
_DOCUMENT = 100_000
_QUOTED = re.compile(r"“[^“”\n]{2,1500}”|(?:(?<=\s)|(?<=^))\"[^\"\n]{2,1500}\"(?=[\s.,;:!?)]|$)")
#: What corpora add to news: tags round embedded tweets, and rules of underscores.
_MARKUP = re.compile(r"</?tweet[^>]*>|^_+\.?$", re.MULTILINE)
PEERS = ("tokens", "semchunk", "chonkie", "langchain", "semantic-text-splitter", "langextract")


def load(files: Sequence[Path], megabytes: float) -> list[str]:
    """Articles, until there is enough text."""
    texts = []
    for file in files:
        seen = set()
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            text = _MARKUP.sub("", case.get("text") or case.get("article") or "")
            if text and text not in seen:
                seen.add(text)
                texts.append(text)
    out: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        for text in texts:
            out.append(text)
            size += len(text.encode())
            if size >= megabytes * 1e6:
                break
    return out


def lay_out(articles: Sequence[str], flat: bool) -> list[str]:
    """Documents of 100 kB."""
    documents, current, size = [], [], 0
    for article in articles:
        current.append(" ".join(article.split()) if flat else article.strip())
        size += len(article)
        if size >= _DOCUMENT:
            documents.append((" " if flat else "\n\n").join(current))
            current, size = [], 0
    return documents + ([(" " if flat else "\n\n").join(current)] if current else [])


def readout(documents: Sequence[str], budget: int, bare: bool) -> tuple[list[Spans], float]:
    """Our own chunker, with what it needs known beforehand, or from bare text."""
    from service.domain.draft import Document
    from service.domain.text import Article, Chunk
    from service.models.tokens import counter
    from service.stages.chunks import split_chunks
    from service.stages.quotations import find_quotations
    from service.stages.sentences import split_sentences

    count = counter()

    def read(text: str) -> Document:
        sentences = split_sentences(text, ())
        return Document(Article(text), (), sentences, find_quotations(text, sentences), ())

    known = [] if bare else [read(text) for text in documents]

    def cut() -> list[tuple[Chunk, ...]]:
        return [split_chunks(document, budget, count) for document in known or map(read, documents)]

    chunks, ratio = take_turns(cut, documents, 1 if bare else 3)
    return [[(c.span.start, c.span.end) for c in of] for of in chunks], ratio


def peer(name: str, budget: int) -> Callable[[str], Spans]:
    """A peer's chunker as a function from text to spans; runs in the peers' environment."""
    from service.models.tokens import encoding

    encode = encoding("o200k_base").encode_ordinary

    def count(text: str) -> int:
        return len(encode(text))

    if name == "semchunk":
        import semchunk

        cut = semchunk.chunkerify(count, budget)
        return lambda text: [tuple(o) for o in cut(text, offsets=True)[1]]
    if name == "chonkie":
        from chonkie import RecursiveChunker

        chunker = RecursiveChunker(tokenizer=encoding("o200k_base"), chunk_size=budget)
        return lambda text: [(c.start_index, c.end_index) for c in chunker.chunk(text)]
    if name == "langchain":
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(
            chunk_size=budget, chunk_overlap=0, length_function=count, add_start_index=True
        )

        def by_langchain(text: str) -> Spans:
            found = splitter.create_documents([text])
            return [(d.metadata["start_index"], d.metadata["start_index"] + len(d.page_content)) for d in found]

        return by_langchain
    if name == "semantic-text-splitter":
        from semantic_text_splitter import TextSplitter

        text_splitter = TextSplitter.from_tiktoken_model("gpt-4o", budget)
        return lambda text: [(at, at + len(chunk)) for at, chunk in text_splitter.chunk_indices(text)]
    if name == "langextract":
        from langextract.chunking import ChunkIterator
        from langextract.core.data import Document as LangDocument
        from langextract.core.tokenizer import RegexTokenizer

        tokenizer = RegexTokenizer()

        def by_langextract(text: str) -> Spans:
            document = LangDocument(text=text)
            chunks = ChunkIterator(text=text, max_char_buffer=budget * 4, tokenizer_impl=tokenizer, document=document)
            return [(c.char_interval.start_pos, c.char_interval.end_pos) for c in chunks]

        return by_langextract

    def by_tokens(text: str) -> Spans:
        ids, at, spans = encode(text), 0, []
        decode = encoding("o200k_base").decode
        for start in range(0, len(ids), budget):
            end = at + len(decode(ids[start : start + budget]))
            spans.append((at, end))
            at = end
        return spans

    return by_tokens


def by_two_splitters(text: str) -> list[int]:
    """Where blingfire or syntok ends a sentence, or a line ends (code points)."""
    import blingfire
    import syntok.segmenter as segmenter

    ends = {end for _, end in blingfire.text_to_sentences_and_offsets(text)[1]}
    ends |= {m.start() for m in re.finditer(r"[ \t\xa0]*\n", text)}
    for paragraph in segmenter.process(text):
        for sentence in paragraph:
            token = sentence[-1]
            ends.add(token.offset + len(token.value))
    return sorted(ends)


def work(task: Path) -> None:
    """In the peers' environment: one chunker over all documents, or the sentence ends; JSON on standard output."""
    given = json.loads(task.read_text(encoding="utf-8"))
    if given["name"] == "sentence ends":
        json.dump({"ends": [by_two_splitters(text) for text in given["documents"]]}, sys.stdout)
        return
    cut = peer(given["name"], given["budget"])
    cut(given["documents"][0][:5000])
    spans, ratio = take_turns(lambda: [cut(text) for text in given["documents"]], given["documents"], 1)
    json.dump({"spans": spans, "ratio": ratio}, sys.stdout)


def take_turns(cut: Callable[[], T], documents: Sequence[str], turns: int) -> tuple[T, float]:
    """What ``cut`` gives, and the time of one raw encode ÷ its time."""
    raw, seconds = [encode_all(documents), encode_all(documents)], []
    for _ in range(turns):
        raw.append(encode_all(documents))
        started = time.process_time()
        out = cut()
        seconds.append(time.process_time() - started)
    return out, min(raw) / min(seconds)


def encode_all(documents: Sequence[str]) -> float:
    """CPU seconds of one raw encode."""
    from service.models.tokens import encoding

    encode = encoding("o200k_base").encode_ordinary
    started = time.process_time()
    for text in documents:
        encode(text)
    return time.process_time() - started


def ask_peer(python: str, task: dict[str, object], limit: float) -> dict[str, object] | None:
    """Run ``work`` under another interpreter; None when it fails or takes too long."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(task, file)
        file.flush()
        command = [python, "-m", "benchmarks.chunks", "--work", file.name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
        except (subprocess.SubprocessError, OSError) as error:
            sys.stderr.write(f"{task['name']}: {str(error)[:200]} {getattr(error, 'stderr', '') or ''}"[-400:] + "\n")
            return None
    answer: dict[str, object] = json.loads(done.stdout[done.stdout.index("{") :])
    return answer


def judge(documents: Sequence[str], spans: Sequence[Spans], ends: Sequence[set[int]] | None, budget: int) -> str:
    """The cells of a row: chunks, over budget, tiled, cuts at a sentence end, cuts inside a quotation."""
    from service.models.tokens import counter

    count = counter()
    chunks = over = exact = cuts = at_end = inside = 0
    for index, (text, of) in enumerate(zip(documents, spans, strict=True)):
        held = [m.span() for m in _QUOTED.finditer(text)]
        starts = [a for a, _ in held]
        chunks += len(of)
        over += sum(count(text[a:b]) > budget for a, b in of)
        at = 0
        for a, b in of:
            exact += 0 <= a < b <= len(text) and not text[at:a].strip() and a >= at
            at = b
        for (_, before), (after, _) in pairwise(of):
            cuts += 1
            stop = before
            while stop > 0 and text[stop - 1].isspace():
                stop -= 1
            if ends is not None:
                at_end += bool(ends[index] & {stop, stop + 1, before})
            i = bisect_left(starts, after) - 1
            inside += i >= 0 and held[i][0] < stop < held[i][1]
    ended = f"{100 * at_end / max(1, cuts):.1f} %" if ends is not None else "–"
    return f"{chunks} | {over} | {100 * exact / max(1, chunks):.1f} % | {ended} | {100 * inside / max(1, cuts):.2f} %"


def sentence_ends(documents: Sequence[str], python: str | None) -> list[set[int]] | None:
    """Ends of sentences by blingfire, as code points; white space at a sentence's end does not count."""
    if python is None:
        return None
    answer = ask_peer(python, {"name": "sentence ends", "documents": list(documents)}, 600)
    if answer is None:
        return None
    found: list[list[int]] = answer["ends"]  # type: ignore[assignment]
    return [set(of) for of in found]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", default=[])
    parser.add_argument("--megabytes", type=float, default=10.0)
    parser.add_argument("--budgets", type=int, nargs="+", default=[512, 2000])
    parser.add_argument("--peers", help="an interpreter with the peers installed")
    parser.add_argument("--only", nargs="+", default=list(PEERS))
    parser.add_argument("--limit", type=float, default=900.0, help="seconds a peer may take")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        return work(given.work)
    articles = load(given.data, given.megabytes)
    for flat in (True, False):
        documents = lay_out(articles, flat)
        ends = sentence_ends(documents, given.peers)
        for budget in given.budgets:
            sys.stdout.write(
                f"\n{'flat' if flat else 'paragraphs'}, {sum(map(len, documents)) / 1e6:.1f} MB, {budget} tokens\n\n"
                "| | speed ÷ encode | chunks | over budget | offsets exact | cuts at a sentence end | inside a quotation |\n"
                "|---|---|---|---|---|---|---|\n"
            )
            for name in ("readout", "readout from bare text", *(given.only if given.peers else ())):
                if name.startswith("readout"):
                    spans, ratio = readout(documents, budget, bare=name != "readout")
                else:
                    task: dict[str, object] = {"name": name, "budget": budget, "documents": documents}
                    answer = ask_peer(given.peers, task, given.limit)
                    if answer is None:
                        sys.stdout.write(f"| {name} | failed or over {given.limit:.0f} s |\n")
                        continue
                    spans = [[(a, b) for a, b in of] for of in answer["spans"]]  # type: ignore[attr-defined]
                    ratio = float(answer["ratio"])  # type: ignore[arg-type]
                sys.stdout.write(f"| {name} | {ratio:.2f} | {judge(documents, spans, ends, budget)} |\n")
                sys.stdout.flush()
    return None


if __name__ == "__main__":
    main()
