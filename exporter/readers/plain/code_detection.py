"""Detect code in plain text that is neither fenced nor indented as a whole: its indentation has a meaning."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.plain import code_patterns
from exporter.readers.plain.data_detection import is_data, is_data_line

MIN_INDENT = 2
"""Minimum indentation of the lines in a block, relative to its first. 4 changes one file of the corpus."""

MAX_OPENING_CHARS = 200  # unmeasured
"""A longer line does not open a block of code."""

MAX_BLOCK_LINES = 60
"""The word that closes a block, such as `end` or `EOF`, is within this number of lines. The limit keeps the
search linear."""


def find_code_end(lines: Sequence[str], index: int) -> int:
    """Return the index after a block of code that opens at `index`, or `index` if none does."""
    if not opens_block(lines, index):
        return index
    base = _indent_width(lines[index])
    end = next_index = _find_here_document_end(lines, index) or index + 1
    while next_index < len(lines):
        line = lines[next_index]
        if not line.strip():
            next_index += 1
            continue
        is_apart = next_index > end
        is_deeper = _indent_width(line) >= base + MIN_INDENT and not (is_apart and is_prose(line))
        text = line.strip()
        continues = (
            is_deeper
            or code_patterns.BLOCK_CLOSING.fullmatch(text)
            or opens_block(lines, next_index)
            or (not is_apart and (_is_statement(text) or code_patterns.COMMAND.match(text)))
        )
        if not continues or _indent_width(line) < base:
            break
        end = next_index = _find_here_document_end(lines, next_index) or next_index + 1
    return end


def is_code(lines: Sequence[str]) -> bool:
    """Return whether lines that are indented as a whole are code: each can be, and one certainly is."""
    filled_lines = [line for line in lines if line.strip()]
    base_indent = min((_indent_width(line) for line in filled_lines), default=0)
    is_proven = is_data(filled_lines)
    for index, line in enumerate(filled_lines):
        text = line.strip()
        is_deeper = _indent_width(line) > base_indent
        has_body = index + 1 < len(filled_lines) and _indent_width(filled_lines[index + 1]) > _indent_width(
            line
        )
        is_proven = (
            is_proven
            or code_patterns.CODE_EVIDENCE.search(text) is not None
            or (has_body and text.endswith((":", "{")))
        )
        is_possible = (
            is_deeper
            or has_body
            or code_patterns.STATEMENT.fullmatch(text)
            or code_patterns.BLOCK_CLOSING.fullmatch(text)
            or code_patterns.COMMAND.match(text)
        )
        if not is_possible or is_prose(line):
            return False
    return is_proven


def find_code_start(lines: Sequence[str], opening: str) -> int:
    """Return the index of the first of `lines` that are part of the block that opens directly below them."""
    start = len(lines)
    if start and opening.strip() in ("{", "(") and code_patterns.DECLARATION.fullmatch(lines[-1].strip()):
        start -= 1
    while start and _is_statement(lines[start - 1]):
        start -= 1
    return start


def _is_statement(line: str) -> bool:
    """Return whether a line directly above or below a block of code is part of it."""
    matches = (
        code_patterns.STATEMENT.fullmatch(line)
        or code_patterns.COMMAND.match(line)
        or code_patterns.LOWER_SQL.match(line)
        or is_data_line(line)
    )
    return matches is not None


def opens_block(lines: Sequence[str], index: int) -> bool:
    """Return whether a line opens a block: its body is indented below it, and one of the two shows code."""
    line = lines[index]
    text = line.strip()
    below = lines[index + 1] if index + 1 < len(lines) else ""
    if not text or not below.strip() or len(line) > MAX_OPENING_CHARS or _is_sentence(text):
        return False
    if "<<" in line and _find_here_document_end(lines, index):
        return True
    base = _indent_width(line)
    if _indent_width(below) < base + MIN_INDENT:
        return False
    if is_data(_take_block(lines, index)):
        return True
    if code_patterns.ITEM.match(line):
        return False  # text below an item is part of it
    body = below.strip()
    if code_patterns.BLOCK_OPENING.fullmatch(text) and not code_patterns.ITEM.match(below):
        # sentences end in a colon, too
        return text[-1] != ":" or bool(
            code_patterns.STATEMENT.fullmatch(body)
            or code_patterns.KEYWORD_STATEMENT.match(body)
            or code_patterns.BLOCK_OPENING.fullmatch(body)
        )
    if is_prose(below):
        return False
    return bool(
        (
            code_patterns.CALL_OR_ASSIGNMENT.fullmatch(text)
            and code_patterns.CALL_OR_ASSIGNMENT.fullmatch(body)
        )
        or (
            code_patterns.COMMAND.match(text)
            and text[0] not in "#%>-"
            and code_patterns.SQL_SIGN.search(text + body)
        )
        or (
            text[:1].islower()
            and code_patterns.MAKE_TARGET.fullmatch(text)
            and code_patterns.SHELL_COMMAND.match(body)
        )
        or (code_patterns.WORD_BLOCK.match(text) and _closes_with_word(lines, index, base))
    )


def _take_block(lines: Sequence[str], index: int) -> list[str]:
    """Return a line and those below it that are indented deeper, without a blank line."""
    base = _indent_width(lines[index])
    block = [lines[index]]
    for line in lines[index + 1 : index + MAX_BLOCK_LINES]:
        if not line.strip() or _indent_width(line) <= base:
            break
        block.append(line)
    return block


def _closes_with_word(lines: Sequence[str], index: int, base: int) -> bool:
    """Return whether the first line below a block that is not indented is a word that closes it."""
    for line in lines[index + 1 : index + MAX_BLOCK_LINES]:
        if line.strip() and _indent_width(line) <= base:
            return code_patterns.WORD_CLOSING.fullmatch(line.strip()) is not None
    return False


def _find_here_document_end(lines: Sequence[str], index: int) -> int | None:
    """Return the index after the here document of a shell that opens at `index` and has indented lines."""
    line = lines[index]
    if (
        "<<" not in line
        or len(line) > MAX_OPENING_CHARS
        or not (match := code_patterns.HERE_DOCUMENT.fullmatch(line))
    ):
        return None
    is_indented = False
    for end in range(index + 1, min(len(lines), index + MAX_BLOCK_LINES)):
        is_indented = is_indented or lines[end].startswith(" ")
        if lines[end].strip() == match["word"]:
            return end + 1 if is_indented else None
    return None


def is_prose(line: str) -> bool:
    """Return whether a line is a sentence or an item of a list."""
    return _is_sentence(line.strip()) or code_patterns.ITEM.match(line) is not None


def _is_sentence(text: str) -> bool:
    """Return whether a text has words, as a sentence does, and ends like one; a long line is not code."""
    if len(text) > MAX_OPENING_CHARS:
        return True
    if text[-1:] not in (".", "?", "!", ","):
        return False
    is_quotation = text[0] in "\"'“" and text[-1] != ","
    starts_sentence = (text[0].isupper() or is_quotation) and len(text.split()) > 2
    return starts_sentence or code_patterns.THREE_WORDS.search(text) is not None


def _indent_width(line: str) -> int:
    return len(line) - len(line.lstrip())
