"""How alike an old and a new question are, when neither question nor answer is the same."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.identity.keys import normalize

MAX_CANDIDATES = 8
"""How many old questions a new one is compared with: those that share its rarest words."""

MIN_DISCRIMINATING_CHARS = 20
"""How many characters answers need in common with each other before they tell anything."""

MAX_QUESTIONS_OF_A_WORD = 64
"""A word in more old questions than this finds no candidates, which keeps the search linear."""


@dataclass(frozen=True, slots=True)
class NormalizedQuestion:
    """A question and its answer, folded, for comparing."""

    question: str
    answer: tuple[str, ...]
    lines: frozenset[str]

    @classmethod
    def of(cls, question: str, answer: str, commonplaces: frozenset[str] = frozenset()) -> NormalizedQuestion:
        """Fold a question and its answer; `commonplaces` are lines that several answers have."""
        lines = answer.split("\n")
        own = frozenset(normalize(line) for line in lines if line and line not in commonplaces)
        return cls(normalize(question), tuple(normalize(answer).split()), own)


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two are, each from 0 to 1: the questions, the answers, the answers' shared lines."""

    question: float
    answer: float
    shared: float

    @property
    def score(self) -> float:
        """Question and answer together, from 0 to 1; by it the best pairs are taken first."""
        return 0.4 * self.question + 0.6 * max(self.answer, self.shared)

    @property
    def same(self) -> bool:
        """Whether the two are one question, edited.

        A line that stands in no other answer is strong evidence. Questions are made of the
        same few phrases ("Tell me about a time you …"), so that a likeness of questions alone
        counts only when it is nearly complete, and then not against quite another answer.
        Measured on the answers of 36 different questions, no two share a line, and no two
        answers are more than 0.35 alike.
        """
        answers = max(self.answer, self.shared)
        return (
            self.shared >= 0.2
            or answers >= 0.5
            or (answers >= 0.4 and self.question >= 0.5)
            or (answers >= 0.3 and self.question >= 0.8)
            or (answers >= 0.2 and self.question >= 0.93)
        )


def measure_similarity(old: NormalizedQuestion, new: NormalizedQuestion) -> Similarity:
    """Compare two questions word by word, and their answers' lines."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.fuzz import ratio

    shared = sum(map(len, old.lines & new.lines))
    both = sum(map(len, old.lines)) + sum(map(len, new.lines))
    question = ratio(old.question, new.question) / 100
    if min(sum(map(len, old.answer)), sum(map(len, new.answer))) < MIN_DISCRIMINATING_CHARS:
        # "True" is the answer of many questions: here the question must tell.
        return Similarity(question, 0.2 if question >= 0.93 else 0.0, 0.0)
    return Similarity(
        question,
        Indel.normalized_similarity(old.answer, new.answer),
        2 * shared / both if shared >= MIN_DISCRIMINATING_CHARS else 0.0,
    )


def is_near_duplicate(old: str, new: str) -> bool:
    """Say whether two folded questions are one with a letter or two mended, or with words added to it."""
    from rapidfuzz.fuzz import ratio

    one, other = set(old.split()), set(new.split())
    added = min(len(one), len(other)) > 1 and (one <= other or other <= one)
    return added or ratio(old, new) >= 85


def candidate_pairs(
    old: Sequence[NormalizedQuestion], new: Sequence[NormalizedQuestion]
) -> Iterator[tuple[Similarity, int, int]]:
    """Yield the likeness of each new question to its candidates, with both indices."""
    index: dict[str, list[int]] = defaultdict(list)
    vocabularies = [_vocabulary(words) for words in old]
    for place, vocabulary in enumerate(vocabularies):
        for word in vocabulary:
            index[word].append(place)
    for new_place, words in enumerate(new):
        weights: Counter[int] = Counter()
        for word in _vocabulary(words):
            places = index.get(word, ())
            if len(places) <= MAX_QUESTIONS_OF_A_WORD:
                weight = math.log(1 + len(old) / len(places)) if places else 0.0
                for place in places:
                    weights[place] += weight  # type: ignore[assignment]
        for place, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MAX_CANDIDATES]:
            yield measure_similarity(old[place], words), place, new_place


def _vocabulary(words: NormalizedQuestion) -> list[str]:
    return sorted({*words.question.split(), *words.answer, *words.lines})
