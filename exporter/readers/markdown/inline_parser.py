"""The parser of text in paragraphs, headings and cells: at a sign it tries only the rules of that sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.parser_inline import ParserInline
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

MAX_BRACKETS = 2000  # bound: time
"""A paragraph with more opening brackets is plain text: links take quadratic time; unmeasured."""

_SIGNS = {
    "newline": "\n",
    "escape": "\\",
    "math": "$\\",
    "backticks": "`",
    "single tilde": "~",
    "strikethrough": "~",
    "highlight": "=",
    "emphasis": "*_",
    "wiki": "![",
    "footnote": "[^",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""The signs that each rule begins at, by its name."""

_LABEL_END = "]"
"""The end of a link's label is sought between the signs."""


class InlineParser(ParserInline):
    """Reads words up to the next sign at once; most other characters begin nothing.

    markdown-it-py tries all rules at 23 signs, for rules that a program may add.
    """

    def __init__(self, parser: MarkdownIt) -> None:
        """Take the rules of a parser, to which no more may be added."""
        super().__init__()
        self.ruler, self.ruler2 = parser.inline.ruler, parser.inline.ruler2
        self._rules: dict[str, list[Callable[[StateInline, bool], bool]]] = {_LABEL_END: []}
        names, rules = self.ruler.get_active_rules(), self.ruler.getRules("")
        for name, rule in zip(names, rules, strict=True):
            for sign in _SIGNS[name] if name != "text" else "":
                self._rules.setdefault(sign, []).append(rule)
        self.terminator_re = re.compile(f"[{re.escape(''.join(self._rules))}]")

    def tokenize(self, state: StateInline) -> None:
        """Read the text of a state up to its end."""
        source, end = state.src, state.posMax
        is_nested = state.level >= state.md.options["maxNesting"]
        while state.pos < end:
            sign = self.terminator_re.search(source, state.pos, end)
            start = sign.start() if sign else end
            if start > state.pos:
                state.append_pending(source[state.pos : start])
                state.pos = start
            if sign and (is_nested or not any(rule(state, False) for rule in self._rules[sign[0]])):
                state.append_pending(sign[0])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def parse_tokens(self, state: StateCore) -> None:
        """Parse the text of all paragraphs, but not thousands of brackets."""
        for token in state.tokens:
            if token.type != "inline" or token.children is None:
                continue
            text = token.content
            if text.count("[") > MAX_BRACKETS or not self.terminator_re.search(text):
                token.children += [Token("text", "", 0, content=text)] if text else []
            else:
                self.parse(text, state.md, state.env, token.children)
