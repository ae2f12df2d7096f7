"""The keys of new questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from functools import cached_property

from exporter.identity.keys import derive_key, is_key, normalize
from exporter.identity.matching import CurrentQuestion


class KeyAllocator:
    """Derives the keys of new questions from their text, so that a lost lock gives the same keys again."""

    def __init__(self, used_keys: Container[str], questions: Sequence[CurrentQuestion]) -> None:
        """Take the keys in use, which may grow, and all questions of all sources."""
        self._used_keys = used_keys
        self._questions = questions
        self._suffixes: dict[tuple[str, ...], int] = {}

    @cached_property
    def _counts(self) -> Counter[tuple[str, str]]:
        """The number of questions with each normalized text, by source and text."""
        return Counter((question.source, normalize(question.question)) for question in self._questions)

    def allocate(self, question: CurrentQuestion, namespace: str) -> str:
        """Return a key that is not in use: the question's id if it is a key, else a derived one.

        If its source has the same question text several times, the answer is part of the derivation.
        """
        if question.id and is_key(question.id) and question.id not in self._used_keys:
            return question.id
        text = normalize(question.question)
        parts = [namespace, text]
        if question.id:
            parts = [namespace, "id", question.id]
        elif self._counts[question.source, text] > 1:
            parts.append(normalize(question.answer))
        key, suffix = derive_key(*parts), self._suffixes.get(tuple(parts), 1)
        while key in self._used_keys:
            suffix += 1
            key = derive_key(*parts, str(suffix))
        # keys stay in use, so the next search starts here: n equal questions take n attempts, not n²
        self._suffixes[tuple(parts)] = max(1, suffix - 1)
        return key
