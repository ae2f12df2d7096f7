"""The parser of blocks: at a line it tries only the rules that may begin with the line's first sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.parser_block import ParserBlock

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_SIGNS = {
    "math_block": "$\\",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""The signs that a rule begins at, by its name; the other rules may begin at any."""


class BlockParser(ParserBlock):
    """Tries a third of the rules at a line that begins with a word, as most do."""

    def __init__(self, parser: MarkdownIt) -> None:
        """Take the rules of a parser, to which no more may be added."""
        super().__init__()
        self.ruler = parser.block.ruler
        rules = list(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        self._word_rules = [rule for name, rule in rules if name not in _SIGNS]
        self._rules = {
            sign: [rule for name, rule in rules if sign in _SIGNS.get(name, sign)]
            for sign in "".join(_SIGNS.values())
        }

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Read the blocks of some lines, as the method that this one replaces does."""
        line = startLine
        has_blank = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                return
            if state.level >= state.md.options.maxNesting:
                state.line = endLine
                return
            sign = state.src[state.bMarks[line] + state.tShift[line]]
            any(rule(state, line, endLine, False) for rule in self._rules.get(sign, self._word_rules))
            state.tight = not has_blank
            line = state.line
            # a paragraph in a list may take the blank line below it
            has_blank = has_blank or (line <= endLine and state.isEmpty(line - 1))
            if line < endLine and state.isEmpty(line):
                has_blank = True
                state.line = line = line + 1
