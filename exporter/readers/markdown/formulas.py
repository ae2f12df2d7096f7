"""Formulas in Markdown: `$…$`, `$$…$$`, `\\(…\\)`, `\\[…\\]`, code between dollar signs, and fences.

Every character between the signs is kept. What Markdown itself would make of these signs is kept, too,
where the text between them is hardly TeX: a price stays a price, an escaped bracket a bracket.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CANONICAL = "own"
"""The key in the parser's environment that says that the text is a sheet in our own form."""

_DISPLAY = ("$$", "\\[")
_CLOSING = {"$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_CODE = re.compile(r"(\$\$?)(`+)(?!`)")
_TAGGED = re.compile(r"(\$\$?)<code>")
_DOLLARS = re.compile(r"\$(?=[^\s$])((?:\\.|[^\\$`\n]|\n(?!\n))+)\$")
_PRICE = re.compile(r"\d[\d.,]*[A-Za-z]{0,2}(?:\s+[A-Za-z]{2}|\s*[-–—/]\s*$)")
"""How a text begins that is an amount of money and what follows it, as in “$5 to 10$”."""
_TEX = re.compile(r"\\[A-Za-z]|\\\\|[\^=<>+]|_\{|\w_\w")
"""What tells a formula between `\\[` and `\\]` from words in brackets that were escaped."""
_OPTION = re.compile(r"\s*-{1,2}\w")
_BLOCK_START = re.compile(
    r"\s{0,3}(?:$|[-=]+\s*$|[-+*>](?:\s|$)|#{1,6}(?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3})"
)
"""A line that Markdown would take for something else than a line of a paragraph."""


def add_formulas(parser: MarkdownIt) -> None:
    """Let a parser read formulas; their tokens are `math` in a line, and `math_block`."""
    parser.inline.ruler.before("escape", "math", _inline)
    parser.block.ruler.before(
        "fence", "math_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def is_display(token: Token) -> bool:
    """Return whether a formula has a line of its own."""
    return token.markup in _DISPLAY


def fenced_formula(token: Token) -> str | None:
    """Return the formula in a fence, if it is one of backticks that names `math`."""
    if token.type != "fence" or token.markup[:1] != "`" or token.info.strip() != "math":
        return None
    return token.content.removesuffix("\n")


def _inline(state: StateInline, silent: bool) -> bool:
    """Take a formula as it is typed."""
    source, start = state.src, state.pos
    if source[start] not in "$\\":
        return False
    found = _between_code(state) or _between_signs(state) or _between_dollars(state)
    if found is None:
        return False
    markup, tex, end = found
    if not silent:
        token = state.push("math", "math", 0)
        token.markup, token.content = markup, tex
    state.pos = end
    return True


def _between_code(state: StateInline) -> tuple[str, str, int] | None:
    """Return sign, formula and end of ``$`…`$``; in our own sheets also of `$<code>…</code>$`."""
    source = state.src
    if opening := _CODE.match(source, state.pos):
        sign, ticks = opening.groups()
        closing = re.compile(f"(?<!`){ticks}{re.escape(sign)}")
        end = None if _is_absent(state, sign + ticks) else closing.search(source, opening.end())
        if end is None:
            _set_absent(state, sign + ticks)
            return None
        tex = source[opening.end() : end.start()]
        if tex.strip() and tex[0] == tex[-1] == " ":
            tex = tex[1:-1]
        return sign, tex, end.end()
    if state.env.get(CANONICAL) and (opening := _TAGGED.match(source, state.pos)):
        from markdown_it.common.utils import unescapeAll

        close = source.find(f"</code>{opening[1]}", opening.end())
        if close >= 0:
            tex = unescapeAll(source[opening.end() : close])
            return opening[1], tex, close + len("</code>") + len(opening[1])
    return None


def _between_signs(state: StateInline) -> tuple[str, str, int] | None:
    """Return sign, formula and end of `$$…$$`, `\\(…\\)` and `\\[…\\]`."""
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
        # Brackets are escaped in plain words, too, and in our own sheets in no formula.
        within = (start > 0 and source[start - 1].isalnum()) or source[end + 2 : end + 3] in ("(", "[", ":")
        if state.env.get(CANONICAL) or state.linkLevel or within or not _is_tex(tex):
            return None
    return opening, tex, end + 2


def _between_dollars(state: StateInline) -> tuple[str, str, int] | None:
    """Return sign, formula and end of `$…$`, by the rule of Pandoc, and so that prices stay prices."""
    source, start = state.src, state.pos
    found = _DOLLARS.match(source, start)
    if (
        found is None
        or _is_letter(source[start - 1 : start] if start else "")
        or source[start - 1 : start] == "$"
    ):
        return None
    tex, after = found[1], source[found.end() : found.end() + 1]
    if tex[-1].isspace() or _is_letter(after) or after in ("$", "`", "{", "(", "[", "<"):
        return None
    if not any(char.isalnum() for char in tex) or "](" in tex or _PRICE.match(tex):
        return None
    return "$", tex, found.end()


def _is_letter(char: str) -> bool:
    """Return whether a character is a letter or digit of a script that parts words by spaces."""
    return char == "_" or ("" < char < "\u2e80" and char.isalnum())


def _is_tex(text: str) -> bool:
    return _TEX.search(text) is not None and _OPTION.match(text) is None


def _is_absent(state: StateInline, closing: str) -> bool:
    """Return whether a paragraph is known to have no such sign further on."""
    return bool(state.env.get(closing) == (state.src, True))


def _set_absent(state: StateInline, closing: str) -> None:
    state.env[closing] = (state.src, True)


def _block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Take a formula that begins and ends with a line, whatever its lines look like to Markdown."""
    if state.is_code_block(first):
        return False
    line = _line(state, first)
    opening = line[:2]
    if opening not in _DISPLAY:
        return False
    closing = _CLOSING[opening]
    if line.count(closing, 2) and not (line.endswith(closing) and line.find(closing, 2) == len(line) - 2):
        return False
    lines = [line[2:]]
    at = first
    while not lines[-1].endswith(closing):
        at += 1
        if at >= last or (state.sCount[at] < state.blkIndent and not state.isEmpty(at)):
            return False
        lines.append(_line(state, at))
        if closing in lines[-1][:-2] or (lines[-1] and opening == "\\[" and "\\[" in lines[-1][:2]):
            return False
    lines[-1] = lines[-1].removesuffix(closing)
    tex = "\n".join(lines)
    alone = not lines[0] and not lines[-1] and len(lines) > 1
    if not tex.strip() or "`" in tex or not _is_block(lines, opening, alone, bool(state.env.get(CANONICAL))):
        return False
    if silent:
        # Within a paragraph, dollar signs are left to it where that reads the same.
        return opening == "\\[" or any(map(_BLOCK_START.match, lines[1:-1]))
    token = state.push("math_block", "math", 0)
    # Of `$$` the line breaks are kept, so that what was read before stays the same.
    token.markup, token.content = opening, tex.strip("\n") if opening == "\\[" else tex
    token.map = [first, at + 1]
    token.block = True
    state.line = at + 1
    return True


def _is_block(lines: list[str], opening: str, alone: bool, own: bool) -> bool:
    """Return whether lines are a formula; `alone` says that its signs are on lines of their own."""
    if not alone and (own or "" in lines[1:-1]):
        return False
    if "" in lines[1:-1] and any(line.startswith("#") for line in lines):
        return False  # a heading follows: the signs do not belong together
    return alone or opening == "$$" or _is_tex("\n".join(lines))


def _line(state: StateBlock, line: int) -> str:
    """Return a line without the space around it."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
