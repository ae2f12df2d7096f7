"""The parser's rule for definition lists, in which each meaning is after a colon."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from exporter.readers.markdown.formulas import CANONICAL

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

MAX_TERMS = 3
"""Maximum number of lines of the terms above a meaning; below more lines, a colon is text (unmeasured)."""

_MARKER = ": "
_TILDE_LINE = re.compile(r"^[ ]{0,3}~\s", re.MULTILINE)
_TILDES = "tilde lines"


def add_definition_lists(parser: MarkdownIt) -> None:
    """Make a parser read definition lists at the top level of a file that is not in our own form.

    The plugin's rule reads a tilde as a mark, too, and only one line above it as a term. Here a line such
    as `~ 5 minutes` is text, and several lines may be terms.
    """
    from mdit_py_plugins.deflist import deflist_plugin

    deflist_plugin(parser)
    rules = dict(zip(parser.block.ruler.get_active_rules(), parser.block.ruler.getRules(""), strict=True))
    rule = rules["deflist"]

    def read_definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, silent)
        if state.level or state.env.get(CANONICAL):
            return False
        term = _find_last_term(state, start, end)
        first_token = len(state.tokens)
        if term is None or not rule(state, term, min(end, _find_tilde_line(state, term)), silent):
            return False
        state.tokens[first_token].map = [start, state.line]
        _insert_terms(state, first_token + 1, range(start, term))
        return True

    parser.block.ruler.at("deflist", read_definitions, {"alt": ["paragraph", "reference", "blockquote"]})


def _find_last_term(state: StateBlock, start: int, end: int) -> int | None:
    """Return the last line above the first meaning, which may be below a blank line."""
    below = start + 1
    while below < min(end, start + MAX_TERMS) and not _is_meaning(state, below) and not state.isEmpty(below):
        below += 1
    if below + 1 < end and state.isEmpty(below):
        return below - 1 if _is_meaning(state, below + 1) else None
    return below - 1 if below < end and _is_meaning(state, below) else None


def _is_meaning(state: StateBlock, line: int) -> bool:
    return state.src.startswith(_MARKER, state.bMarks[line] + state.tShift[line])


def _find_tilde_line(state: StateBlock, line: int) -> int:
    """Return the first line below one that begins with a tilde, or one below all lines."""
    if _TILDES not in state.env:
        starts = [match.start() for match in _TILDE_LINE.finditer(state.src)]
        state.env[_TILDES] = [bisect_left(state.bMarks, start) for start in starts]
    lines = state.env[_TILDES]
    index = bisect_left(lines, line)
    return int(lines[index]) if index < len(lines) else state.lineMax


def _insert_terms(state: StateBlock, index: int, lines: range) -> None:
    """Insert the tokens of the terms above the last one."""
    from markdown_it.token import Token

    tokens = []
    for line in lines:
        content = state.getLines(line, line + 1, state.blkIndent, False).strip()
        place = [line, line + 1]
        tokens += [
            Token("dt_open", "dt", 1, map=place, block=True),
            Token("inline", "", 0, map=place, content=content, children=[], block=True),
            Token("dt_close", "dt", -1, block=True),
        ]
    state.tokens[index:index] = tokens
