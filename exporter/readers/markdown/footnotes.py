"""Footnotes: their text is put in brackets where they are referred to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.readers.markdown.formulas import CANONICAL

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

FOOTNOTES = "footnotes"
"""The key of the footnotes' texts, by name, in the parser's environment."""

MAX_REPEATED_CHARS = 300
"""A longer footnote is shown only where it is referred to first; unmeasured."""

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")
_INLINE = re.compile(r"\^\[((?:\\.|[^\[\]\\\n]|\[[^\[\]\n]*\])+)\](?![*+?{$])")
_WORDS = re.compile(r"[^\W\d_]{2,}\s+\S*[^\W\d_]{2,}")


def add_footnotes(parser: MarkdownIt) -> None:
    """Let a parser read footnotes."""
    parser.inline.ruler.before("link", "footnote", _footnote)


def _footnote(state: StateInline, silent: bool) -> bool:
    """Take `[^1]`, if it has a text, and `^[words]`; a class of a regular expression has no words."""
    if state.src[state.pos] not in "[^" or state.env.get(CANONICAL):
        return False
    texts: dict[str, str] = state.env.get(FOOTNOTES) or {}
    if found := _REFERENCE.match(state.src, state.pos):
        name = found[1]
        if name not in texts:
            return False
        text = texts[name]
        if not silent and len(text) > MAX_REPEATED_CHARS:
            texts[name] = ""
    else:
        found = _INLINE.match(state.src, state.pos)
        if found is None or not _WORDS.search(found[1]):
            return False
        text = found[1].strip()
    if not silent and text:
        before = state.src[state.pos - 1] if state.pos else " "
        state.push("text", "", 0).content = "(" if before.isspace() else " ("
        # Footnotes that refer to each other would grow without end.
        tokens = state.md.inline.parse(text, state.md, {**state.env, FOOTNOTES: {}}, [])
        if state.pending:
            state.pushPending()
        state.tokens.extend(tokens)
        state.tokens_meta.extend([None] * len(tokens))
        state.push("text", "", 0).content = ")"
    state.pos = found.end()
    return True
