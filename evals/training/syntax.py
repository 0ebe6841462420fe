"""Train the grammar (service/language/syntax/english.udpipe): a small UDPipe model that learns from a larger parser.

    python -m evals.training.syntax TEACHER TEXTS [--sentences 6000] [--out FILE]

TEACHER is the folder of a spaCy pipeline for English with tagger, parser and entity recogniser (the carried model learnt
from en_core_web_md 3.8, MIT; spaCy need not be installed for anything else). TEXTS holds a JSON object a line (``text``):
news articles, which need not be free to ship, for no sentence of theirs is kept. Every sentence is cut into our own words,
read by the teacher, and learnt from as it reads it: tag, kind of name, head, relation. Takes about ten minutes for 6,000
sentences. Needs spacy and ufal.udpipe.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from service.domain.text import Article
from service.language.syntax.parser import split
from service.models.extractive.meetings.tokens import tokens_of
from service.pipeline import read

OUT = Path("service/language/syntax/english.udpipe")
#: Words of a sentence that is learnt from: no headlines of one word, no tables.
SHORTEST, LONGEST = 2, 90
#: The teacher's kinds of names, and ours; all others are "O".
KINDS = {"PERSON": "PER", "EVENT": "EVT", **{k: k for k in ("GPE", "ORG", "NORP", "LOC", "FAC", "DATE", "TIME")}}
TAGGER = (
    "models=1;templates_1=tagger;guesser_suffix_rules_1=12;guesser_enrich_dictionary_1=4;guesser_prefixes_max_1=0;"
    "use_lemma_1=0;use_xpostag_1=1;use_feats_1=0;provide_lemma_1=0;provide_xpostag_1=1;provide_feats_1=0;"
    "prune_features_1=1;iterations_1=6"
)
PARSER = (
    "iterations=4;embedding_upostag=16;embedding_feats=0;embedding_xpostag=8;embedding_form=32;embedding_deprel=16;"
    "embedding_form_mincount=3;learning_rate=0.02;learning_rate_final=0.001;l2=0.3;hidden_layer=64;batch_size=10;"
    "transition_system=projective;transition_oracle=dynamic;use_gold_tags=0;structured_interval=0"
)
_NO_SPACE_BEFORE = (
    *".,;:!?)'’”%",
    "'s",
    "’s",
    "n't",
    "n’t",
    "'ll",
    "'re",
    "'ve",
    "'d",
    "'m",
    "’ll",
    "’re",
    "’ve",
    "’d",
    "’m",
)


def sentences(lines: Iterable[str]) -> Iterator[list[str]]:
    """The words of every sentence of the articles, as the parser will be given them."""
    for line in lines:
        text = json.loads(line)["text"]
        for sentence in read(Article(text)).sentences:
            span = sentence.span
            words = [part for t in tokens_of(text, span.start, span.end) for part, _, _ in split(t.text, t.start, t.end)]
            if SHORTEST <= len(words) <= LONGEST:
                yield words


def labelled(teacher: Any, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The sentences as the teacher reads them, in CoNLL-U; those with crossing dependencies are left out."""
    from spacy.tokens import Doc

    made = (
        Doc(
            teacher.vocab,
            words=list(row),
            spaces=[
                after not in _NO_SPACE_BEFORE and word not in "(“$‘"
                for word, after in zip(row, [*row[1:], "x"], strict=True)
            ],
            sent_starts=[i == 0 for i in range(len(row))],
        )
        for row in rows
    )
    for doc in teacher.pipe(made, batch_size=64):
        heads = [0 if word.head.i == word.i else word.head.i + 1 for word in doc]
        if heads.count(0) == 1 and _projective(heads):
            yield "".join(
                f"{word.i + 1}\t{word.text.replace(' ', '_')}\t_\t{word.tag_ or '_'}\t{KINDS.get(word.ent_type_, 'O')}\t_\t"
                f"{head}\t{word.dep_ if head else 'root'}\t_\t_\n"
                for word, head in zip(doc, heads, strict=True)
            )


def _projective(heads: Sequence[int]) -> bool:
    for i, head in enumerate(heads, 1):
        low, high = min(i, head), max(i, head)
        if any(not low <= heads[k - 1] <= high for k in range(low + 1, high)):
            return False
    return True


def train(blocks: Iterable[str]) -> bytes:
    """The model that learns from these sentences. Raises ``RuntimeError`` where UDPipe can't."""
    import ufal.udpipe as udpipe

    examples = udpipe.Sentences()
    for block in blocks:
        reader = udpipe.InputFormat.newConlluInputFormat()
        reader.setText(f"{block}\n")
        sentence, error = udpipe.Sentence(), udpipe.ProcessingError()
        if reader.nextSentence(sentence, error):
            examples.push_back(sentence)
    error = udpipe.ProcessingError()
    model = udpipe.Trainer.train(
        "morphodita_parsito", examples, udpipe.Sentences(), udpipe.Trainer.NONE, TAGGER, PARSER, error
    )
    if error.occurred():
        raise RuntimeError(error.message)
    return bytes(model)


def main(arguments: Sequence[str]) -> int:
    """See the module."""
    import spacy

    parser = argparse.ArgumentParser(prog="evals.training.syntax", description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--sentences", type=int, default=6000)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args(arguments)
    rows = list(sentences(given.texts.read_text("utf-8").splitlines()))
    random.Random(3).shuffle(rows)
    given.out.write_bytes(train(labelled(spacy.load(given.teacher), rows[: given.sentences])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
