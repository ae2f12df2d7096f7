"""The lines of a text with a token for each, which says what the line looks like by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import (
    MAX_TAIL_CHARS,
    ends_with_question_mark,
    looks_like_question,
)

MAX_ASKING_INDENT = 5  # unmeasured
"""Maximum indentation, in characters, of a line that asks; deeper lines are lists or code."""


class TokenKind(Enum):
    """What a line looks like by itself."""

    BLANK = auto()
    RULER = auto()
    FENCED = auto()
    QUESTION_LABEL = auto()
    NUMBER = auto()
    LETTERED_NUMBER = auto()
    ANSWER_WORD = auto()
    ANSWER_LETTER = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A line: its kind, the marker that it may be, and the text after an answer label."""

    kind: TokenKind
    marker: Marker | None = None
    rest: str = ""


_SEPARATORS = (TokenKind.BLANK, TokenKind.RULER)


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """Lines with their tokens; `fenced` are the indices (from 0) of the lines of fenced code."""

    lines: Sequence[str]
    tokens: Sequence[Token]
    fenced: frozenset[int]

    def slice(self, start: int, end: int) -> TokenizedText:
        """Return the text of `lines[start:end]`, with indices from 0."""
        fenced = frozenset(index - start for index in self.fenced if start <= index < end)
        return TokenizedText(self.lines[start:end], self.tokens[start:end], fenced)

    def is_separator(self, index: int) -> bool:
        """Return whether a line is blank, a ruler, or outside the text."""
        return not 0 <= index < len(self.tokens) or self.tokens[index].kind in _SEPARATORS

    def is_marked(self, index: int) -> bool:
        """Return whether a line has a marker and a blank line or ruler above it."""
        return self.tokens[index].marker is not None and self.is_separator(index - 1)

    def find_content(self) -> list[int]:
        """Return the indices of the lines that are neither blank nor rulers."""
        return [index for index, token in enumerate(self.tokens) if token.kind not in _SEPARATORS]

    def find_asking(self) -> list[int]:
        """Return the indices of lines outside code that end in a question mark."""
        return [
            index
            for index, line in enumerate(self.lines)
            if "?" in line[-MAX_TAIL_CHARS:] or not line.isascii()
            if index not in self.fenced
            and ends_with_question_mark(line)
            and len(line) - len(line.lstrip()) <= MAX_ASKING_INDENT
        ]

    def find_prompts(self) -> list[int]:
        """Return the indices of lines after a separator that begin like a question, without question mark."""
        return [
            index
            for index in self.find_content()
            if index not in self.fenced
            and self.is_separator(index - 1)
            and looks_like_question(line := self.lines[index])
            and not ends_with_question_mark(line)
            and len(line) - len(line.lstrip()) <= MAX_ASKING_INDENT
        ]

    def find_markers(self, kind: TokenKind) -> list[tuple[int, Marker]]:
        """Return the markers of one kind, in order."""
        return [
            (index, token.marker)
            for index, token in enumerate(self.tokens)
            if token.kind is kind and token.marker
        ]

    def find_labels(self, kind: TokenKind) -> dict[int, str]:
        """Return the text after the answer labels of one kind, by line index."""
        return {index: token.rest for index, token in enumerate(self.tokens) if token.kind is kind}
