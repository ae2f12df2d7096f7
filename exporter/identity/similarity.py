"""The similarity of an old and a new question of which neither question nor answer is the same."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.identity.keys import normalize

MAX_CANDIDATES = 8
"""Maximum number of old questions that a new one is compared with, those that share its rarest words;
unmeasured."""

MIN_DISCRIMINATING_CHARS = 20
"""Minimum length of answers, and of the text in their shared lines, to be evidence of a match; shorter
answers, such as “True”, belong to many questions; unmeasured."""

MAX_QUESTIONS_OF_A_WORD = 64
"""Words of more old questions are not used to find candidates, so that the search stays linear;
unmeasured."""

QUESTION_WEIGHT, ANSWER_WEIGHT = 0.4, 0.6
"""Weights of the question's and the answer's similarity in `Similarity.score`, which decides the order in
which pairs are matched; questions of one deck share phrases, so answers weigh more; unmeasured."""

MIN_SHARED = 0.2
"""Minimum `shared` of a match: no two answers of 36 different questions share a line."""

MIN_SIMILARITIES = (
    # (answer, question): an answer at least so similar, with a question at least so similar, is a match.
    # The answers of 36 different questions are at most 0.35 similar; the rest is unmeasured.
    (0.5, 0.0),
    (0.4, 0.5),
    (0.3, 0.8),
    (0.2, 0.93),
)
"""The less similar the answers are, the more similar the questions must be. Questions of one deck share
phrases (“Tell me about a time you …”), so that the question alone never decides."""

MIN_QUESTION_SIMILARITY = 0.93
"""Minimum similarity of the questions of a match whose answers are too short to be compared; unmeasured."""

SHORT_ANSWER_SIMILARITY = 0.2
"""The similarity given to short answers with nearly the same question: with a question similarity of 0.93
it is just a match, and comes after pairs with longer answers; unmeasured."""

MIN_NEAR_DUPLICATE_RATIO = 85
"""Minimum ratio, 0 to 100, of two question texts that differ by a typo; unmeasured."""


@dataclass(frozen=True, slots=True)
class NormalizedQuestion:
    """A question and its answer, normalized for comparison.

    `answer` are the words of the answer, `lines` its lines that no other answer has.
    """

    question: str
    answer: tuple[str, ...]
    lines: frozenset[str]

    @classmethod
    def of(cls, question: str, answer: str, common_lines: frozenset[str] = frozenset()) -> NormalizedQuestion:
        """Normalize a question and its answer; `common_lines` are those that several answers have."""
        own_lines = frozenset(
            normalize(line) for line in answer.split("\n") if line and line not in common_lines
        )
        return cls(normalize(question), tuple(normalize(answer).split()), own_lines)


@dataclass(frozen=True, slots=True)
class Similarity:
    """The similarity of two questions, of their answers, and the share of shared answer lines, 0 to 1."""

    question: float
    answer: float
    shared: float

    @property
    def score(self) -> float:
        """The weighted similarity of question and answer, 0 to 1; pairs match in descending order of it."""
        return QUESTION_WEIGHT * self.question + ANSWER_WEIGHT * max(self.answer, self.shared)

    @property
    def is_match(self) -> bool:
        """Whether the two are the same question, edited."""
        answer = max(self.answer, self.shared)
        return self.shared >= MIN_SHARED or any(
            answer >= min_answer and self.question >= min_question
            for min_answer, min_question in MIN_SIMILARITIES
        )


def measure_similarity(old: NormalizedQuestion, new: NormalizedQuestion) -> Similarity:
    """Compare the texts of two questions, and the words and lines of their answers (Indel similarity)."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.fuzz import ratio

    shared_chars = sum(map(len, old.lines & new.lines))
    total_chars = sum(map(len, old.lines)) + sum(map(len, new.lines))
    question = ratio(old.question, new.question) / 100
    if min(sum(map(len, old.answer)), sum(map(len, new.answer))) < MIN_DISCRIMINATING_CHARS:
        is_similar = question >= MIN_QUESTION_SIMILARITY
        return Similarity(question, SHORT_ANSWER_SIMILARITY if is_similar else 0.0, 0.0)
    return Similarity(
        question,
        Indel.normalized_similarity(old.answer, new.answer),
        2 * shared_chars / total_chars if shared_chars >= MIN_DISCRIMINATING_CHARS else 0.0,
    )


def is_near_duplicate(old: str, new: str) -> bool:
    """Return whether two normalized questions differ by a typo, or one adds words to the other."""
    from rapidfuzz.fuzz import ratio

    old_words, new_words = set(old.split()), set(new.split())
    # one word is not enough: a question of one word would be contained in many others; unmeasured
    adds_words = min(len(old_words), len(new_words)) > 1 and (
        old_words <= new_words or new_words <= old_words
    )
    return adds_words or ratio(old, new) >= MIN_NEAR_DUPLICATE_RATIO


def candidate_pairs(
    old: Sequence[NormalizedQuestion], new: Sequence[NormalizedQuestion]
) -> Iterator[tuple[Similarity, int, int]]:
    """Yield the similarity of each new question to its candidates, with both indices, old first.

    Candidates are the old questions with the largest sum of the inverse document frequencies
    log(1 + n / df) of the words and lines that they share with the new one.
    """
    old_indices: dict[str, list[int]] = defaultdict(list)
    for old_index, question in enumerate(old):
        for word in _vocabulary(question):
            old_indices[word].append(old_index)
    for new_index, question in enumerate(new):
        weights: Counter[int] = Counter()
        for word in _vocabulary(question):
            indices = old_indices.get(word, ())
            if len(indices) <= MAX_QUESTIONS_OF_A_WORD:
                weight = math.log(1 + len(old) / len(indices)) if indices else 0.0
                for old_index in indices:
                    weights[old_index] += weight  # type: ignore[assignment]  # Counter counts ints
        ranking = sorted(weights.items(), key=lambda entry: (-entry[1], entry[0]))
        for old_index, _ in ranking[:MAX_CANDIDATES]:
            yield measure_similarity(old[old_index], question), old_index, new_index


def _vocabulary(question: NormalizedQuestion) -> list[str]:
    return sorted({*question.question.split(), *question.answer, *question.lines})
