"""The lines of a text with a token for each, which says what the line looks like by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import (
    MAX_TAIL_CHARS,
    ends_with_question_mark,
    looks_like_question,
)

MAX_ASKING_INDENT = 5  # unmeasured
"""Maximum indentation, in characters, of a line that asks; deeper lines are lists or code."""

MIN_GAP_LINES = 2
"""Minimum number of blank lines between cards; a single one separates question and answer.

1 changes two files of the corpus, 4 none.
"""


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
_MARKED = (TokenKind.QUESTION_LABEL, TokenKind.NUMBER, TokenKind.LETTERED_NUMBER)


@dataclass(frozen=True)
class TokenizedText:
    """Lines with their tokens; `fenced` are the indices (from 0) of lines of fenced code or escaped ones."""

    lines: Sequence[str]
    tokens: Sequence[Token]
    fenced: frozenset[int]

    def slice(self, start: int, end: int) -> TokenizedText:
        """Return the text of `lines[start:end]`, with indices from 0."""
        fenced = frozenset(index - start for index in self.fenced if start <= index < end)
        return TokenizedText(self.lines[start:end], self.tokens[start:end], fenced)

    def get_typed_line(self, index: int) -> str:
        """Return a line as it is in the source."""
        return self.lines[index]

    def get_number(self, index: int) -> int:
        """Return the number (from 1) of a line in the source."""
        return index + 1

    def iter_typed_lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines that may begin a question, each with its index, as they are in the source."""
        for index in self.content:
            if index not in self.fenced:
                yield index, self.lines[index]

    def find_cards(self, min_blank: int) -> Iterator[int]:
        """Yield the first lines of cards that are separated by at least some number of blank lines."""
        blank_count = min_blank
        for index, token in enumerate(self.tokens):
            if token.kind is TokenKind.BLANK:
                blank_count += 1
                continue
            if blank_count >= min_blank and token.kind is not TokenKind.RULER and index not in self.fenced:
                yield index
            blank_count = 0

    def find_kind(self, index: int) -> TokenKind:
        """Return the kind of a line; a line outside the text is blank."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else TokenKind.BLANK

    def is_separator(self, index: int) -> bool:
        """Return whether a line is blank, a ruler, or outside the text."""
        return not 0 <= index < len(self.tokens) or self.tokens[index].kind in _SEPARATORS

    @cached_property
    def indices(self) -> Mapping[TokenKind, Sequence[int]]:
        """The indices of the lines of each kind, in order."""
        indices: dict[TokenKind, list[int]] = {kind: [] for kind in TokenKind}
        for index, token in enumerate(self.tokens):
            indices[token.kind].append(index)
        return indices

    @cached_property
    def written(self) -> Sequence[int]:
        """The indices of the lines that are neither blank nor rulers, in order."""
        return [index for index, token in enumerate(self.tokens) if token.kind not in _SEPARATORS]

    @property
    def content(self) -> Sequence[int]:
        """The indices of the lines of questions and answers, in order."""
        return self.written

    @property
    def sections(self) -> Sequence[int] | None:
        """The indices of the lines of headings, in order; `None` if headings are not marked in the format."""
        return None

    @cached_property
    def asking(self) -> Sequence[int]:
        """The indices of the lines that ask, in order."""
        return [index for index in self.written if self.is_asking(index)]

    @cached_property
    def prompts(self) -> Sequence[int]:
        """The indices of the lines that begin like a question, in order."""
        return [index for index in self.written if self.is_prompt(index)]

    @cached_property
    def below_gaps(self) -> Sequence[int]:
        """The indices of the first lines below two or more blank lines, in order; not the first of all."""
        return [
            below
            for above, below in pairwise(self.content)
            if below - above > MIN_GAP_LINES
            and self.tokens[below - 1].kind is self.tokens[below - 2].kind is TokenKind.BLANK
        ]

    @cached_property
    def marked(self) -> Sequence[int]:
        """The indices of the lines that ask and have a marker, and a blank line or ruler above, in order."""
        markers = sorted(index for kind in _MARKED for index in self.indices[kind])
        return [index for index in markers if self.is_separator(index - 1) and self.is_asking(index)]

    @cached_property
    def numbered_prompts(self) -> Sequence[int]:
        """The indices of the numbered lines that ask or begin like a question, in order."""
        return [
            index for index, marker in self.find_markers(TokenKind.NUMBER) if looks_like_question(marker.rest)
        ]

    def count_stray(self, markers: Mapping[int, Marker], starts: Sequence[int]) -> int:
        """Return the number of lines of text between a heading and the next of the questions at `starts`."""
        return 0

    def is_asking(self, index: int) -> bool:
        """Return whether a line outside code ends in a question mark."""
        line = self.lines[index]
        return (
            ("?" in line[-MAX_TAIL_CHARS:] or not line.isascii())
            and index not in self.fenced
            and ends_with_question_mark(line)
            and len(line) - len(line.lstrip()) <= MAX_ASKING_INDENT
        )

    def is_prompt(self, index: int) -> bool:
        """Return whether a line begins like a question, and has no question mark.

        A separator is above it, or a number that is alone on its line.
        """
        line = self.lines[index]
        return (
            (self.is_separator(index - 1) or self._is_number_alone(index - 1))
            and index not in self.fenced
            and looks_like_question(line)
            and not ends_with_question_mark(line)
            and len(line) - len(line.lstrip()) <= MAX_ASKING_INDENT
        )

    def _is_number_alone(self, index: int) -> bool:
        marker = self.tokens[index].marker
        return marker is not None and marker.number is not None and not marker.rest

    def find_markers(self, kind: TokenKind) -> list[tuple[int, Marker]]:
        """Return the markers of one kind, in order."""
        return [(index, marker) for index in self.indices[kind] if (marker := self.tokens[index].marker)]

    def find_labels(self, kind: TokenKind) -> dict[int, str]:
        """Return the text after the answer labels of one kind, by line index."""
        return self._label_texts[kind]

    @cached_property
    def _label_texts(self) -> Mapping[TokenKind, dict[int, str]]:
        kinds = (TokenKind.ANSWER_WORD, TokenKind.ANSWER_LETTER)
        return {kind: {index: self.tokens[index].rest for index in self.indices[kind]} for kind in kinds}
