"""Formulas in Markdown: `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]`, code between dollar signs, and fences.

Every character between the delimiters is kept. If the text between them is probably not TeX, it is read
as Markdown: a price is a price, and an escaped bracket a bracket.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CANONICAL = "canonical"
"""The key in the parser's environment that is set for a sheet in the canonical form."""

_DISPLAY_OPENINGS = ("$$", "\\[")
_CLOSING = {"$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_CODE = re.compile(r"(\$\$?)(`+)(?!`)")
_TAGGED = re.compile(r"(\$\$?)<code>")
_DOLLARS = re.compile(r"\$(?=[^\s$])((?:\\.|[^\\$`\n]|\n(?!\n))+)\$")
_PRICE = re.compile(r"\d[\d.,]*[A-Za-z]{0,2}(?:\s+[A-Za-z]{2}|\s*[-–—/]\s*$)")
"""The start of a text that is an amount of money and not TeX, as in “$5 to 10$”."""

_TEX = re.compile(r"\\[A-Za-z]|\\\\|[\^=<>+]|_\{|\w_\w")
"""Signs of TeX between `\\[` and `\\]`; without one, the brackets are escaped in a text."""

_OPTION = re.compile(r"\s*-{1,2}\w")
_BLOCK_START = re.compile(
    r"\s{0,3}(?:$|[-=]+\s*$|[-+*>](?:\s|$)|#{1,6}(?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3})"
)
"""The start of a line that Markdown would not read as a line of a paragraph."""


def add_formulas(parser: MarkdownIt) -> None:
    """Add formulas to a parser; their tokens are `math` in a line, and `math_block`."""
    parser.inline.ruler.before("escape", "math", _read_inline)
    parser.block.ruler.before(
        "fence", "math_block", _read_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def is_display(token: Token) -> bool:
    """Return whether a formula is displayed, and not in a line of text."""
    return token.markup in _DISPLAY_OPENINGS


def find_fenced_formula(token: Token) -> str | None:
    """Return the formula in a fence of backticks with the language `math`, or nothing."""
    if token.type != "fence" or token.markup[:1] != "`" or token.info.strip() != "math":
        return None
    return token.content.removesuffix("\n")


def _read_inline(state: StateInline, silent: bool) -> bool:
    """Read a formula in a line."""
    source, start = state.src, state.pos
    if source[start] not in "$\\":
        return False
    formula = _find_code_formula(state) or _find_delimited_formula(state) or _find_dollar_formula(state)
    if formula is None:
        return False
    markup, tex, end = formula
    if not silent:
        token = state.push("math", "math", 0)
        token.markup, token.content = markup, tex
    state.pos = end
    return True


def _find_code_formula(state: StateInline) -> tuple[str, str, int] | None:
    """Return delimiter, formula and end of ``$`…`$``; in the canonical form also of `$<code>…</code>$`."""
    source = state.src
    if opening := _CODE.match(source, state.pos):
        delimiter, ticks = opening.groups()
        closing = re.compile(f"(?<!`){ticks}{re.escape(delimiter)}")
        end = None if _is_absent(state, delimiter + ticks) else closing.search(source, opening.end())
        if end is None:
            _set_absent(state, delimiter + ticks)
            return None
        tex = source[opening.end() : end.start()]
        if tex.strip() and tex[0] == tex[-1] == " ":
            tex = tex[1:-1]
        return delimiter, tex, end.end()
    if state.env.get(CANONICAL) and (opening := _TAGGED.match(source, state.pos)):
        from markdown_it.common.utils import unescapeAll

        close = source.find(f"</code>{opening[1]}", opening.end())
        if close >= 0:
            tex = unescapeAll(source[opening.end() : close])
            return opening[1], tex, close + len("</code>") + len(opening[1])
    return None


def _find_delimited_formula(state: StateInline) -> tuple[str, str, int] | None:
    """Return delimiter, formula and end of `$$…$$`, `\\(…\\)` and `\\[…\\]`."""
    source, start = state.src, state.pos
    opening = source[start : start + 2]
    closing = _CLOSING.get(opening)
    if closing is None or _is_absent(state, closing):
        return None
    end = source.find(closing, start + 2)
    if end < 0:
        _set_absent(state, closing)
        return None
    tex = source[start + 2 : end]
    if not tex.strip() or "`" in tex:
        return None
    if opening == "\\[":
        # brackets may be escaped in text, and always are in the canonical form
        is_text = (start > 0 and source[start - 1].isalnum()) or source[end + 2 : end + 3] in ("(", "[", ":")
        if state.env.get(CANONICAL) or state.linkLevel or is_text or not _is_tex(tex):
            return None
    return opening, tex, end + 2


def _find_dollar_formula(state: StateInline) -> tuple[str, str, int] | None:
    """Return delimiter, formula and end of `$…$`, by the rule of Pandoc, without prices."""
    source, start = state.src, state.pos
    match = _DOLLARS.match(source, start)
    if (
        match is None
        or _is_letter(source[start - 1 : start] if start else "")
        or source[start - 1 : start] == "$"
    ):
        return None
    tex, after = match[1], source[match.end() : match.end() + 1]
    if tex[-1].isspace() or _is_letter(after) or after in ("$", "`", "{", "(", "[", "<"):
        return None
    if not any(char.isalnum() for char in tex) or "](" in tex or _PRICE.match(tex):
        return None
    return "$", tex, match.end()


def _is_letter(char: str) -> bool:
    """Return whether a character is a letter or digit of a script with spaces between words."""
    return char == "_" or ("" < char < "\u2e80" and char.isalnum())


def _is_tex(text: str) -> bool:
    return _TEX.search(text) is not None and _OPTION.match(text) is None


def _is_absent(state: StateInline, closing: str) -> bool:
    """Return whether the rest of a paragraph is known to have no such delimiter."""
    return bool(state.env.get(closing) == (state.src, True))


def _set_absent(state: StateInline, closing: str) -> None:
    state.env[closing] = (state.src, True)


def _read_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Read a formula of whole lines, whatever its lines would be in Markdown."""
    if state.is_code_block(first):
        return False
    line = _read_line(state, first)
    opening = line[:2]
    if opening not in _DISPLAY_OPENINGS:
        return False
    closing = _CLOSING[opening]
    if line.count(closing, 2) and not (line.endswith(closing) and line.find(closing, 2) == len(line) - 2):
        return False
    lines = [line[2:]]
    index = first
    while not lines[-1].endswith(closing):
        index += 1
        if index >= last or (state.sCount[index] < state.blkIndent and not state.isEmpty(index)):
            return False
        lines.append(_read_line(state, index))
        if closing in lines[-1][:-2] or (lines[-1] and opening == "\\[" and "\\[" in lines[-1][:2]):
            return False
    lines[-1] = lines[-1].removesuffix(closing)
    tex = "\n".join(lines)
    alone = not lines[0] and not lines[-1] and len(lines) > 1
    if not tex.strip() or "`" in tex or not _is_block(lines, opening, alone, bool(state.env.get(CANONICAL))):
        return False
    if silent:
        # in a paragraph, dollar signs are left to the inline rule if that reads the same
        return opening == "\\[" or any(map(_BLOCK_START.match, lines[1:-1]))
    token = state.push("math_block", "math", 0)
    # the line breaks inside `$$` are kept, so that texts that were read before do not change
    token.markup, token.content = opening, tex.strip("\n") if opening == "\\[" else tex
    token.map = [first, index + 1]
    token.block = True
    state.line = index + 1
    return True


def _is_block(lines: list[str], opening: str, alone: bool, is_canonical: bool) -> bool:
    """Return whether lines are a formula; `alone` is set if the delimiters are on separate lines."""
    if not alone and (is_canonical or "" in lines[1:-1]):
        return False
    if "" in lines[1:-1] and any(line.startswith("#") for line in lines):
        return False  # a heading is between the delimiters, so they are not a pair
    return alone or opening == "$$" or _is_tex("\n".join(lines))


def _read_line(state: StateBlock, line: int) -> str:
    """Return a line without the spaces around it."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
