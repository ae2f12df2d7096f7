"""Recall and precision of the derived cues against hand-written ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from exporter import load
from exporter.cues import extract_cues
from exporter.cues.word_classes import ENGLISH, Lexicon
from exporter.model.questions import Question

ROOT = Path(__file__).parents[2]
SEED = ROOT / "input" / "interview-questions.txt"
CRIBS = Path(__file__).with_name("cribs.txt")

_LEXICON = Lexicon(ENGLISH)


class Measure(NamedTuple):
    """Shares from 0 to 1, each the mean over the answers; `words` are those of the cues of an answer."""

    recall: float
    precision: float
    words: float

    @property
    def f1(self) -> float:
        return 2 * self.recall * self.precision / (self.recall + self.precision)


def seed() -> tuple[Question, ...]:
    return load(SEED).questions.questions


def cribs() -> dict[int, str]:
    """Return the cribs by the numbers of their questions."""
    lines = CRIBS.read_text("utf-8").splitlines()
    pairs = (line.split(": ", 1) for line in lines if not line.startswith("#"))
    return {int(number): crib for number, crib in pairs}


def measure(questions: Iterable[Question]) -> Measure:
    """Compare the cues of questions with the cribs.

    Recall is the share of a crib's content stems that the cues hold, precision the share of the cues'
    content words that the crib holds.
    """
    known = cribs()
    recalls, precisions, words = [], [], []
    for question in questions:
        if question.number not in known:
            continue
        crib = set(_stems(known[question.number]))
        cues = " ".join(extract_cues(question))
        stems = _stems(cues)
        recalls.append(len(crib & set(stems)) / len(crib))
        precisions.append(sum(stem in crib for stem in stems) / len(stems))
        words.append(len(cues.split()))
    count = len(recalls)
    return Measure(sum(recalls) / count, sum(precisions) / count, sum(words) / count)


def _stems(text: str) -> list[str]:
    words = (_LEXICON[word] for word in re.sub("/", " ", text).split())
    return [word.stem for word in words if word.core and not word.is_stopword]
