"""The lines that begin a question in a style that the user names, even if the text does not fit it well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.layout import Style, build_line_marker
from exporter.readers.layout.tokens import TokenizedText, TokenKind

MarkedLines = Iterator[tuple[int, Marker]]

_BULLET = re.compile(r"(?P<indent>\s{0,40})[-*+•‣◦–·]\s{1,8}(?:\[[ xX]\]\s{1,8})?(?P<rest>\S.*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s{1,8}(?P<rest>\S.*)")
_BOLD = re.compile(r"\s{0,3}(?:\*\*|__)(?P<rest>\S.*?)(?:\*\*|__)\s*")


def find_cards(text: TokenizedText, min_blank: int) -> MarkedLines:
    """Yield the first lines of cards that are separated by at least some number of blank lines."""
    for index in text.find_cards(min_blank):
        yield index, build_line_marker(text.lines[index])


def _find_records(text: TokenizedText) -> MarkedLines:
    """Yield the first lines of text below each ruler, and of the file."""
    is_first = True
    for index, token in enumerate(text.tokens):
        if token.kind is TokenKind.RULER:
            is_first = True
        elif token.kind is not TokenKind.BLANK and is_first and index not in text.fenced:
            yield index, build_line_marker(text.lines[index])
            is_first = False


def _find_underlined(text: TokenizedText) -> MarkedLines:
    for index in text.content:
        below = index + 1
        if below < len(text.tokens) and text.tokens[below].kind is TokenKind.RULER:
            yield index, build_line_marker(text.lines[index])


def _find_hanging(text: TokenizedText) -> MarkedLines:
    """Yield the lines at the margin that have an indented line below."""
    for index in text.content:
        below = text.lines[index + 1] if index + 1 < len(text.lines) else ""
        if index not in text.fenced and not text.lines[index][0].isspace() and below[:1].isspace():
            yield index, build_line_marker(text.lines[index])


def _find_asking(text: TokenizedText) -> MarkedLines:
    for index in text.asking:
        yield index, build_line_marker(text.lines[index])


def find_each_line(text: TokenizedText) -> MarkedLines:
    """Yield the lines at the margin that have a letter; drawings and code belong to the line above."""
    for index in text.content:
        line = text.lines[index]
        is_text = index not in text.fenced and text.tokens[index].kind is not TokenKind.RULER
        if is_text and not line[0].isspace() and any(map(str.isalpha, line)):
            yield index, build_line_marker(line)


def _find_bullets(text: TokenizedText) -> MarkedLines:
    """Yield the bullets that are least indented."""
    bullets = {
        index: match
        for index in text.content
        if index not in text.fenced and (match := _BULLET.fullmatch(text.lines[index]))
    }
    margin = min((len(match["indent"]) for match in bullets.values()), default=0)
    for index, match in bullets.items():
        if len(match["indent"]) <= margin + 1:
            yield index, Marker(None, match["rest"].strip(), match.start("rest") + 1, "bullet")


def _finder_of(pattern: re.Pattern[str]) -> Callable[[TokenizedText], MarkedLines]:
    def find_lines(text: TokenizedText) -> MarkedLines:
        for index in text.content:
            if index not in text.fenced and (match := pattern.fullmatch(text.lines[index])):
                yield index, Marker(None, match["rest"].strip(), match.start("rest") + 1, "line")

    return find_lines


LINE_FINDERS: dict[Style, Callable[[TokenizedText], MarkedLines]] = {
    Style.RECORDS: _find_records,
    Style.UNDERLINED: _find_underlined,
    Style.HANGING: _find_hanging,
    Style.ASKING: _find_asking,
    Style.LINES: _find_asking,
    Style.EACH_LINE: find_each_line,
    Style.BULLETS: _find_bullets,
    Style.HEADINGS: _finder_of(_HEADING),
    Style.BOLD: _finder_of(_BOLD),
}
"""For each style how its lines are found where no reading in it is proposed for the text."""
