"""Footnotes: their text is put in parentheses at each reference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.readers.markdown.formulas import CANONICAL

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

FOOTNOTES = "footnotes"
"""The key in the parser's environment of the footnotes' texts by name."""

MAX_REPEATED_CHARS = 300
"""A longer footnote is shown only at its first reference; unmeasured."""

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")
_INLINE = re.compile(r"\^\[((?:\\.|[^\[\]\\\n]|\[[^\[\]\n]*\])+)\](?![*+?{$])")
_WORDS = re.compile(r"[^\W\d_]{2,}\s+\S*[^\W\d_]{2,}")


def add_footnotes(parser: MarkdownIt) -> None:
    """Add footnotes to a parser."""
    parser.inline.ruler.before("link", "footnote", _read_footnote)


def _read_footnote(state: StateInline, silent: bool) -> bool:
    """Read `[^1]`, if it has a text, and `^[words]`, but not the class `[^…]` of a regular expression."""
    if state.src[state.pos] not in "[^" or state.env.get(CANONICAL):
        return False
    texts: dict[str, str] = state.env.get(FOOTNOTES) or {}
    if match := _REFERENCE.match(state.src, state.pos):
        name = match[1]
        if name not in texts:
            return False
        text = texts[name]
        if not silent and len(text) > MAX_REPEATED_CHARS:
            texts[name] = ""
    else:
        match = _INLINE.match(state.src, state.pos)
        if match is None or not _WORDS.search(match[1]):
            return False
        text = match[1].strip()
    if not silent and text:
        before = state.src[state.pos - 1] if state.pos else " "
        state.push("text", "", 0).content = "(" if before.isspace() else " ("
        # without other footnotes, since those that refer to each other would never end
        tokens = state.md.inline.parse(text, state.md, {**state.env, FOOTNOTES: {}}, [])
        if state.pending:
            state.pushPending()
        state.tokens.extend(tokens)
        state.tokens_meta.extend([None] * len(tokens))
        state.push("text", "", 0).content = ")"
    state.pos = match.end()
    return True
