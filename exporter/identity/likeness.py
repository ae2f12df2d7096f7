"""How alike an old and a new question are, when neither question nor answer is the same."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.identity.keys import fold

CANDIDATES = 8
"""How many old questions a new one is compared with: those that share its rarest words."""

COMMON = 64
"""A word in more old questions than this finds no candidates, which keeps the search linear."""


@dataclass(frozen=True, slots=True)
class Words:
    """A question and its answer, folded, for comparing."""

    question: str
    answer: tuple[str, ...]
    lines: frozenset[str]

    @classmethod
    def of(cls, question: str, answer: str) -> Words:
        """Fold a question and its answer."""
        lines = [fold(line) for line in answer.split("\n")]
        return cls(fold(question), tuple(" ".join(lines).split()), frozenset(filter(None, lines)))


@dataclass(frozen=True, slots=True)
class Likeness:
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

        Shared lines of the answer are strong evidence. Questions are made of the same few
        phrases ("Tell me about a time you …"), so that a likeness of questions alone counts
        only when it is nearly complete, and then not against quite another answer.
        """
        return (
            self.shared >= 0.5
            or self.answer >= 0.6
            or (max(self.answer, self.shared) >= 0.4 and self.question >= 0.5)
            or (max(self.answer, self.shared) >= 0.3 and self.question >= 0.75)
            or (self.question >= 0.93 and self.answer >= 0.25)
        )


def likeness(old: Words, new: Words) -> Likeness:
    """Compare two questions word by word, and their answers' lines."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.fuzz import ratio

    shared = sum(map(len, old.lines & new.lines))
    larger = max(sum(map(len, old.lines)), sum(map(len, new.lines)), 1)
    return Likeness(
        ratio(old.question, new.question) / 100,
        Indel.normalized_similarity(old.answer, new.answer) if old.answer and new.answer else 0.0,
        shared / larger,
    )


def alike_pairs(old: Sequence[Words], new: Sequence[Words]) -> Iterator[tuple[Likeness, int, int]]:
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
            if len(places) <= COMMON:
                weight = math.log(1 + len(old) / len(places)) if places else 0.0
                for place in places:
                    weights[place] += weight  # type: ignore[assignment]
        for place, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
            yield likeness(old[place], words), place, new_place


def _vocabulary(words: Words) -> list[str]:
    return sorted({*words.question.split(), *words.answer, *words.lines})
