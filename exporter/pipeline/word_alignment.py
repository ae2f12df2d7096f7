"""Find the words of a source's lines in what was read from them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

from exporter.model.line_words import split_words

MAX_LABEL_WORDS = 4  # unmeasured
"""Maximum number of words of a label or number before a text, as in “Interview question no 3”."""

MAX_LABEL_CHARS = 80  # unmeasured
"""Maximum length of such a label in characters."""

MAX_POSITIONS = 20  # unmeasured
"""Maximum number of places that are compared for a line, which bounds the time."""

MAX_SKIPPED_WORDS = 60  # unmeasured
"""Maximum number of words of the text that a line skips, for instance those of a label that was dropped."""

MAX_LETTERS = 20_000  # unmeasured
"""Texts with more letters are not searched letter by letter, which bounds the time."""

_LABEL_END = re.compile(r"[\w\W]*[\d:：.)\]/|>–—=-]\s*[*_\"'“\[]*\s*\Z")

Role = TypeVar("Role", bound=Hashable)


class Match(NamedTuple, Generic[Role]):
    """The roles of the words of a line, in order; `unused` are the words that were not found."""

    roles: tuple[Role, ...]
    unused: tuple[str, ...]


class WordStream(Generic[Role]):
    """Words with their roles, in the order of the text; lines are searched where the last one ended."""

    def __init__(self, parts: Sequence[tuple[Role, str]]) -> None:
        """Index the words of texts with their roles."""
        self._words: list[str] = []
        self._roles: list[Role] = []
        for role, text in parts:
            words = split_words(text)
            self._words += words
            self._roles += [role] * len(words)
        self._index: defaultdict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self._words):
            self._index[word].append(position)
        self._next = 0
        self._letters = "".join(self._words)

    def is_next(self, words: Sequence[str]) -> bool:
        """Return whether these words follow those of the line before."""
        return self._words[self._next : self._next + len(words)] == list(words)

    def has_letters(self, words: Sequence[str]) -> bool:
        """Return whether the text has the letters of these words, in whatever words: “H2O”, “H 2 O”."""
        letters = "".join(words)
        is_long = len(letters) > MAX_LABEL_WORDS
        return is_long and len(self._letters) <= MAX_LETTERS and letters in self._letters

    def match(self, words: Sequence[str], label_lengths: Sequence[int]) -> Match[Role] | None:
        """Return the roles of a line's words; `None` if it has no run of words of the text.

        `label_lengths` are the numbers of words at the start of the line that may be a label.
        """
        for length in label_lengths:
            if (position := self._find(words[length:])) is not None:
                end = position + len(words) - length
                self._next = end if position >= self._next else self._next
                return Match(tuple(self._roles[position:end]), ())
        return self._match_in_part(words)

    def _find(self, words: Sequence[str]) -> int | None:
        """Return the position of a run of words: the next one, else the first."""
        positions = self._index.get(words[0], ()) if words else ()
        first = bisect_left(positions, self._next)
        nearest = (*positions[first : first + MAX_POSITIONS], *positions[: min(first, MAX_POSITIONS)])
        position: int
        for position in nearest:
            if self._words[position : position + len(words)] == list(words):
                return position
        return None

    def _match_in_part(self, words: Sequence[str]) -> Match[Role] | None:
        """Return the roles of the words of which each pair is near the place where the last line ended."""
        found: list[int] = []
        unused: list[str] = []
        position = self._next
        for index, word in enumerate(words):
            place = self._find_near(word, words[index + 1 : index + 2], position)
            if place is None:
                unused.append(word)
            else:
                found.append(place)
                position = place + 1
        goes_on = found[:1] == [self._next]
        if not goes_on and len(found) <= len(unused) // 2:
            return None
        self._next = position
        return Match(tuple(self._roles[place] for place in found), tuple(unused))

    def _find_near(self, word: str, following: Sequence[str], start: int) -> int | None:
        """Return the next position of a word, directly or, with the word that follows, a little further."""
        if self._words[start : start + 1] == [word]:
            return start
        positions = self._index.get(word, ())
        first = bisect_left(positions, start)
        for place in positions[first : first + MAX_POSITIONS]:
            if place > start + MAX_SKIPPED_WORDS:
                return None
            if following and self._words[place + 1 : place + 2] == list(following):
                return place
        return None


def find_label_lengths(line: str) -> list[int]:
    """Return the numbers of words at the start of a line that may be a label: 0, and those of its labels."""
    lengths = [0]
    for count, match in enumerate(re.finditer(r"[^\W_]+", line), 1):
        if count > MAX_LABEL_WORDS or match.end() > MAX_LABEL_CHARS:
            break
        after = re.match(r"[^\w]*", line[match.end() : match.end() + 20])
        if _LABEL_END.match(match[0] + (after[0] if after else "")):
            lengths.append(len(split_words(line[: match.end()])))
    return list(dict.fromkeys(lengths))
