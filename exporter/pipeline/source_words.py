"""An index of the words of a source, which finds a text that fills lines, cells or labelled lines."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:\+\+|#(?!\w))?")
_FENCE = re.compile(r"\s*(?:>\s*)*(?:```|~~~)")
_SPACED_TAG = re.compile(r"</?(?:br|p|div|li|sup|sub|td|th)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<!--|-->|</?[A-Za-z][^<>]*>")
_LINK_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(][^)]*)?\)|\]\[[^\]]*\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")

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


def split_words(text: str) -> list[str]:
    """Return the normalized words of a text, without Markdown and HTML markup."""
    return [
        word
        for line in text.split("\n")
        if not _FENCE.match(line)
        for word in _WORD.findall(_strip_markup(line))
    ]


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
            if not _FENCE.match(line):
                self._add(_strip_markup(line))
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
        for count, match in enumerate(_WORD.finditer(text)):
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


def _strip_markup(line: str) -> str:
    """Return a line in Unicode form NFKC and case-folded, without tags and link targets."""
    line = unicodedata.normalize("NFKC", line).casefold()
    if "<" in line or "&" in line:
        line = _TAG.sub("", _SPACED_TAG.sub(" ", html.unescape(line)))
    if "[" in line:
        line = _LINK_TARGET.sub("]", _WIKI_LINK.sub(r"\1", line))
    return line.replace("’", "'")
