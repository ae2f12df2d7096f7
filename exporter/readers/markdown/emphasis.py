"""Emphasis that CommonMark leaves as signs: bold beside CJK punctuation, and `==highlights==`."""

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
    """Let a parser read emphasis that CommonMark leaves as signs."""
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("emphasis", "highlight", _highlight)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take asterisks as emphasis also where only a CJK character or its punctuation is beside them.

    `**注意：**这是` does not close in CommonMark, since a letter follows the punctuation; CJK has no spaces
    between words. The rule is that of the proposed amendment for CJK.
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
    return not (_is_sign(inside) and not _is_cjk(inside)) or (
        outside.isspace() or _is_sign(outside) or _is_cjk(outside)
    )


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_cjk(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _highlight(state: StateInline, silent: bool) -> bool:
    """Take `==words==` as bold; comparisons in code, and our own sheets, have no highlights."""
    if state.src[state.pos] != "=" or state.env.get(CANONICAL):
        return False
    found = _HIGHLIGHT.match(state.src, state.pos)
    before = state.src[state.pos - 1] if state.pos else ""
    after = state.src[found.end() : found.end() + 1] if found else ""
    if found is None or before == "=" or _is_word(before) or _is_word(after) or _CODE_SIGNS.search(found[1]):
        return False
    if not silent:
        state.push("strong_open", "strong", 1).markup = "=="
        end = state.posMax
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("strong_close", "strong", -1).markup = "=="
    state.pos = found.end()
    return True


def _is_word(char: str) -> bool:
    return char == "_" or (char.isalnum() and not _is_cjk(char))
