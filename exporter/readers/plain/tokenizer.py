"""Classify each line of a plain-text file once."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.code_fences import find_fenced_lines
from exporter.readers.labels import patterns
from exporter.readers.layout.tokens import Token, TokenizedText, TokenKind
from exporter.readers.plain.answer_labels import drop_star_stories
from exporter.readers.plain.escaping import is_escaped
from exporter.readers.plain.headings import is_ruler

_BLANK, _RULER, _FENCED, _TEXT = map(
    Token, (TokenKind.BLANK, TokenKind.RULER, TokenKind.FENCED, TokenKind.TEXT)
)


def tokenize(lines: Sequence[str]) -> TokenizedText:
    """Classify each line of a text."""
    fenced = find_fenced_lines(lines)
    fenced |= {index for index, line in enumerate(lines) if line[:1] == "\\" and is_escaped(line)}
    known: dict[str, Token] = {}  # lines such as `Answer:` and blank ones are repeated
    tokens: list[Token] = []
    for index, line in enumerate(lines):
        token = known.get(line)
        if token is None or index in fenced:
            token = classify_line(line, index in fenced)
            if index not in fenced:
                known[line] = token
        tokens.append(token)
    drop_story_letters(lines, tokens)
    return TokenizedText(lines, tokens, frozenset(fenced))


def drop_story_letters(lines: Sequence[str], tokens: list[Token]) -> None:
    """Replace answer labels that are letters of STAR stories by text."""
    letters = {
        index: token.rest for index, token in enumerate(tokens) if token.kind is TokenKind.ANSWER_LETTER
    }
    for index in letters.keys() - drop_star_stories(lines, letters).keys():
        tokens[index] = _TEXT


def classify_line(line: str, is_fenced: bool = False) -> Token:
    """Return the token of a line."""
    if not line.strip():
        return _BLANK
    if is_fenced:
        return _FENCED
    if (start := line[:2]).isalpha() and start.isascii() and start.lower() not in patterns.MARKER_STARTS:
        return _TEXT
    if is_ruler(line):
        return _RULER
    if not patterns.could_be_marker(line):
        return _TEXT
    if marker := patterns.match_marker(line):
        if marker.style[0] == "q":
            return Token(TokenKind.QUESTION_LABEL, marker)
        return Token(TokenKind.LETTERED_NUMBER if marker.label else TokenKind.NUMBER, marker)
    if (rest := patterns.match_answer_label(line, letters=False)) is not None:
        return Token(TokenKind.ANSWER_WORD, None, rest)
    if (rest := patterns.match_answer_label(line, letters=True)) is not None:
        return Token(TokenKind.ANSWER_LETTER, None, rest)
    if (bare := patterns.match_bare_number(line)) and not bare.rest[0].islower():
        return Token(TokenKind.NUMBER, bare)
    return _TEXT
