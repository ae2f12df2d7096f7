"""Layouts of lines of the form `question? -> answer`, with any separator or label after the mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exporter.readers.labels.patterns import Marker, split_inline_answer
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.tokens import TokenizedText

MIN_SEPARATED = 2
"""Minimum number of lines with the same separator; unmeasured."""

MAX_LINE_CHARS = 2000  # bound: time
"""A longer line is not a pair."""

_ASKED = re.compile(
    r"(?P<question>[^?？؟]{1,400}[?？؟][\"'”’»)\]*_]{0,3})[ ]{0,4}"
    r"(?P<separator>[-=]{1,2}>|→|⇒|\||\t|[,;:]|[-–—](?=\s))\s{0,4}(?P<answer>\S.*)"
)
_ASKS = re.compile("[?？؟]")
_SPACED = re.compile(
    r"\s*(?P<question>\S.{0,200}?)\s{1,4}(?P<separator>[-=]{1,2}>|[→⇒|:–—-])\s{1,4}(?P<answer>\S.*)"
)
_KINDS = dict.fromkeys(("->", "-->", "=>", "==>", "→", "⇒"), "->") | dict.fromkeys("–—-", "-")
"""Separators that people use for the same; the others are each of its kind."""
_LABEL = "A:"
"""The kind of all labels of answers."""
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}


def find_separated(text: TokenizedText) -> Iterator[Layout]:
    """Yield a layout for each separator, and one for labels, that several lines have after a question mark.

    Between spaces it separates other lines of such a file, too, if they begin like a question or if it is
    an arrow.
    Numbered lines are left to their own layout, in which a question may be followed by its answer.
    """
    asked: dict[str, dict[int, tuple[Marker, str]]] = {}
    spaced: dict[str, dict[int, tuple[Marker, str]]] = {}
    for index, line in enumerate(text.lines):
        if len(line) > MAX_LINE_CHARS or index in text.fenced or text.tokens[index].marker:
            continue
        asks = _ASKS.search(line)
        if asks and (match := _ASKED.match(line)):
            asked.setdefault(_find_kind(match), {})[index] = _read_pair(line, match)
            continue
        inline = split_inline_answer(line) if asks else None
        if inline and ends_with_question_mark(inline[0]):
            asked.setdefault(_LABEL, {})[index] = replace(build_line_marker(line), rest=inline[0]), inline[1]
        elif (match := _SPACED.match(line)) and _is_pair(match):
            spaced.setdefault(_find_kind(match), {})[index] = _read_pair(line, match)
    for separator, pairs in asked.items():
        if len(pairs) >= MIN_SEPARATED:
            pairs |= spaced.get(separator, {})
            markers = {index: marker for index, (marker, _) in sorted(pairs.items())}
            answers = {index: answer for index, (_, answer) in pairs.items()}
            if separator == _LABEL:  # the answers of other questions may be below them
                asking = (index for index in text.asking if not text.tokens[index].marker)
                markers = {index: build_line_marker(text.lines[index]) for index in asking} | markers
            yield build_layout(Style.PAIRS, separator, markers, answers)


def _find_kind(match: re.Match[str]) -> str:
    return _KINDS.get(match["separator"], match["separator"])


def _is_pair(match: re.Match[str]) -> bool:
    """Return whether sentences do not have the separator, or a line begins like a question."""
    return _find_kind(match) in ("->", "|") or looks_like_question(match["question"])


def _read_pair(line: str, match: re.Match[str]) -> tuple[Marker, str]:
    """Return the marker of the question of a line, and its answer, without quotation marks around them."""
    question, answer = match["question"].strip(), match["answer"].strip()
    if question[0] in _QUOTES and answer[0] == question[0]:
        closing = _QUOTES[question[0]]
        question, answer = (part[1:].removesuffix(closing) for part in (question, answer.rstrip(",")))
    return replace(build_line_marker(line), rest=question), answer
