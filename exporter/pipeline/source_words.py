"""An index of the words of a source, which finds a text that fills lines, cells or labelled lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.model.line_words import FENCE, WORD, strip_markup

_CELL_EDGE = re.compile(r"[\t|;\"]|::")
"""The separators between the cells of a table, and between the sides of a card."""

_LABEL_END = re.compile(r"[:.)\]/–—、】-]")
_QUESTION_END = re.compile(r"[?？:–—]| - ")

MAX_LABEL_WORDS = 4
"""Maximum number of words of a label before a question, as in “Interview question no 3”."""  # unmeasured


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The place of a text in a source: the index of its first word, and its first and last lines (from 1)."""

    first_word: int
    first_line: int
    last_line: int


class SourceWords:
    """The words of a source, with their lines, and the positions where a text may begin and end."""

    def __init__(self, lines: Sequence[str], edge: str = "") -> None:
        """Index the words of `lines`; `edge` is an additional separator of cells, such as a comma."""
        self.words: list[str] = []
        self.first_words: list[int] = []
        self._starts: set[int] = set()
        self._ends: set[int] = set()
        self._edge = edge
        for line in lines:
            self.first_words.append(len(self.words))
            if not FENCE.match(line):
                self._add(strip_markup(line))
        self._index: dict[str, list[int]] = defaultdict(list)
        for index in sorted(self._starts):
            self._index[self.words[index]].append(index)

    def find(self, words: Sequence[str]) -> Iterator[Occurrence]:
        """Yield the occurrences of these words as complete lines, cells, or lines after a label."""
        for index in self._index.get(words[0], ()) if words else ():
            end = index + len(words)
            if end - 1 in self._ends and self.words[index:end] == list(words):
                yield Occurrence(index, self.find_line(index), self.find_line(end - 1))

    def find_line(self, index: int) -> int:
        """Return the line (from 1) of the word with an index."""
        return bisect_right(self.first_words, index)

    def _add(self, text: str) -> None:
        before, numbered = 0, True
        for count, match in enumerate(WORD.finditer(text)):
            gap = text[before : match.start()]
            index = len(self.words)
            after_label = count <= MAX_LABEL_WORDS and (numbered or _LABEL_END.search(gap))
            if count == 0 or after_label or self._separates(gap):
                self._starts.add(index)
            numbered = numbered and any(map(str.isdigit, match[0]))
            if count and (self._separates(gap) or _QUESTION_END.search(gap)):
                self._ends.add(index - 1)
            self.words.append(match[0])
            before = match.end()
        if before:
            self._ends.add(len(self.words) - 1)

    def _separates(self, gap: str) -> bool:
        return bool(_CELL_EDGE.search(gap)) or (self._edge != "" and self._edge in gap)
