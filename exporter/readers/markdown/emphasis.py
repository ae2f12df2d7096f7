"""Emphasis that CommonMark does not read: asterisks next to CJK punctuation, and `==highlights==`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from exporter.readers.markdown.formulas import CANONICAL

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_HIGHLIGHT = re.compile(r"==(?=[^\s=.,;:!?)\]}>|&])((?:[^=\n]|=(?!=))*[^\s=(\[{<|&!])==(?!=)")
_CODE_SIGNS = re.compile(r"&&|\|\||[;{}]")


def add_emphasis_marks(parser: MarkdownIt) -> None:
    """Add emphasis next to CJK punctuation, and highlights, to a parser."""
    parser.inline.ruler.at("emphasis", _read_emphasis)
    parser.inline.ruler.before("emphasis", "highlight", _read_highlight)


def _read_emphasis(state: StateInline, silent: bool) -> bool:
    """Read asterisks as emphasis also next to CJK characters and punctuation.

    `**注意：**这是` does not close in CommonMark, since a letter follows the punctuation; CJK has no spaces
    between words. The rule is that of markdown-cjk-friendly, the amendment proposed for CommonMark.
    """
    from markdown_it.rules_inline import emphasis

    start, count = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[state.pos] if state.pos < state.posMax else " "
    if state.src[start] == "*" and (_is_cjk(before) or _is_cjk(after)):
        for delimiter in state.delimiters[count:]:
            delimiter.open, delimiter.close = _is_flanking(before, after), _is_flanking(after, before)
    return True


def _is_flanking(outside: str, inside: str) -> bool:
    """Return whether emphasis can begin (or end) between two characters."""
    if inside.isspace():
        return False
    return not (_is_punctuation(inside) and not _is_cjk(inside)) or (
        outside.isspace() or _is_punctuation(outside) or _is_cjk(outside)
    )


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_cjk(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _read_highlight(state: StateInline, silent: bool) -> bool:
    """Read `==words==` as bold, but not comparisons in code, and nothing in the canonical form."""
    if state.src[state.pos] != "=" or state.env.get(CANONICAL):
        return False
    match = _HIGHLIGHT.match(state.src, state.pos)
    before = state.src[state.pos - 1] if state.pos else ""
    after = state.src[match.end() : match.end() + 1] if match else ""
    if match is None or before == "=" or _is_word(before) or _is_word(after) or _CODE_SIGNS.search(match[1]):
        return False
    if not silent:
        state.push("strong_open", "strong", 1).markup = "=="
        end = state.posMax
        state.pos, state.posMax = match.start(1), match.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("strong_close", "strong", -1).markup = "=="
    state.pos = match.end()
    return True


def _is_word(char: str) -> bool:
    return char == "_" or (char.isalnum() and not _is_cjk(char))
