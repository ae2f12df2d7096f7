r"""Formulas in fields of Anki: MathJax in `\(` and `\)`, LaTeX in `[$]` and `[/$]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from exporter.model.questions import Block, CodeBlock, Line, ListBlock, Math, Paragraph, Span, Text

_PLACEHOLDER = "\ufdd0"
"""A noncharacter, which no text contains, in the place of a formula."""

_OPENING = re.compile(r"\\[(\[]|\[\$\$?\]|\[latex\]|<anki-mathjax(?=[\s>])[^<>]{0,200}>", re.IGNORECASE)
_CLOSINGS = {
    "\\(": "\\)",
    "\\[": "\\]",
    "[$]": "[/$]",
    "[$$]": "[/$$]",
    "[latex]": "[/latex]",
}
_NO_FORMULA = re.compile(
    r"<(?P<name>pre|code|script|style)(?=[\s>])|<!--"
    r"|(?P<tag><[a-z][^<>\"']{1,400}+(?:\"[^\"]{0,2000}+\"|'[^']{0,2000}+'|[^<>\"']{1,400}+){1,50}+>)",
    re.IGNORECASE,
)  # unmeasured
"""What contains no formula: code, comments, and tags with quoted attributes.

The lengths limit one tag, so that the search takes linear time.
"""
_LINE_TAG = re.compile(r"<(?:br|/?div|/?p)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_FORMAT_TAG = re.compile(
    r"</?(?:span|b|i|u|em|strong|font|wbr|nobr|anki-mathjax)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE
)
_DISPLAY_MATH = re.compile(r"\$\$(?P<dollars>[^$]+)\$\$|\\\[(?P<brackets>.+)\\\]", re.DOTALL)
_INLINE_MATH = re.compile(r"\$(?P<dollar>[^$]+)\$|\\\((?P<bracket>.+)\\\)", re.DOTALL)
_ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>equation|align|gather|multline|eqnarray|displaymath|math)(?P<star>\*?)\}"
    r"(?P<tex>.+)\\end\{(?P=name)(?P=star)\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text, from index `start` to `end`.

    `math` is `None` if its LaTeX is more than a formula.
    """

    start: int
    end: int
    math: Math | None
    is_latex: bool


def find_formulas(text: str, html: bool = False) -> Iterator[Formula]:
    """Yield the formulas of a field; in `html`, those in code and comments are text."""
    absent: set[str] = set()
    lowered = text.lower()
    position = 0
    excluded = _NO_FORMULA.search(text) if html else None
    while match := _OPENING.search(text, position):
        if excluded and excluded.start() < match.start():
            if excluded["tag"]:
                position = max(position, excluded.end())
                excluded = _NO_FORMULA.search(text, position)
                continue
            closing = f"</{excluded['name'].lower()}" if excluded["name"] else "-->"
            end = _find_cached(lowered, closing, excluded.end(), absent)
            position = end if end >= 0 else excluded.end()
            excluded = _NO_FORMULA.search(text, position)
            continue
        opening = match[0].lower()
        closing = _CLOSINGS.get(opening, "</anki-mathjax>")
        end = _find_cached(lowered, closing, match.end(), absent)
        if end < 0:
            position = match.end()
            continue
        content = text[match.end() : end]
        tex = _html_to_tex(content) if html else content.replace("\n", " ")
        if not tex.strip():
            position = match.end()
            continue
        position = end + len(closing)
        if excluded and excluded.start() < position:
            excluded = _NO_FORMULA.search(text, position)
        yield Formula(match.start(), position, _build_math(opening, tex), opening.startswith("["))


def _find_cached(text: str, part: str, start: int, absent: set[str]) -> int:
    """Return the index of a part of a text, or -1; `absent` caches parts that are not found."""
    if part in absent:
        return -1
    index = text.find(part, start)
    if index < 0:
        absent.add(part)
    return index


def _html_to_tex(html: str) -> str:
    text = _FORMAT_TAG.sub("", _LINE_TAG.sub(" ", html))
    return unescape(text).replace("\u00a0", " ").replace("\n", " ")


def _build_math(opening: str, tex: str) -> Math | None:
    match opening:
        case "\\(" | "[$]":
            return Math(tex)
        case "\\[" | "[$$]":
            return Math(tex, display=True)
        case "[latex]":
            return _parse_latex(tex.strip())
    return Math(tex, display=re.search(r"\bblock\s*=\s*[\"']?true", opening) is not None)


def _parse_latex(latex: str) -> Math | None:
    """Return the formula that LaTeX consists of; `None` if it has text or several formulas."""
    if match := _DISPLAY_MATH.fullmatch(latex):
        return Math(match["dollars"] or match["brackets"], display=True)
    if match := _INLINE_MATH.fullmatch(latex):
        return Math(match["dollar"] or match["bracket"])
    if match := _ENVIRONMENT.fullmatch(latex):
        if match["name"] in ("displaymath", "math"):
            return Math(match["tex"].strip(), display=match["name"] == "displaymath")
        return Math(latex, display=True)
    return None


def mark_formulas(html: str) -> str:
    """Return HTML with its formulas as elements of the class `math`, which our reader recognizes."""
    if "\\" not in html and "[" not in html and "<anki" not in html.lower():
        return html
    parts: list[str] = []
    end = 0
    for formula in find_formulas(html, html=True):
        if formula.math is not None:
            display_class = "display" if formula.math.display else "inline"
            parts += (
                html[end : formula.start],
                f'<span class="math {display_class}">{escape(formula.math.tex)}</span>',
            )
            end = formula.end
    return "".join([*parts, html[end:]])


def hide_formulas(text: str) -> tuple[str, list[tuple[str, Math]]]:
    """Return plain text with a placeholder for each formula, and the formulas.

    Each formula is given as it is typed and as `Math`.
    """
    if _PLACEHOLDER in text:
        return text, []
    hidden: list[tuple[str, Math]] = []
    parts: list[str] = []
    end = 0
    for formula in find_formulas(text):
        if formula.math is not None:
            parts += (text[end : formula.start], _PLACEHOLDER)
            hidden.append((text[formula.start : formula.end], formula.math))
            end = formula.end
    return "".join([*parts, text[end:]]), hidden


def show_formulas(blocks: Iterable[Block], hidden: Iterator[tuple[str, Math]]) -> tuple[Block, ...]:
    """Return blocks with their placeholders replaced by formulas, in order; in code, as typed."""
    shown: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph(lines):
                shown.append(Paragraph(tuple(_show_in_line(line, hidden) for line in lines)))
            case ListBlock(items, ordered, start):
                shown.append(ListBlock(tuple(show_formulas(item, hidden) for item in items), ordered, start))
            case CodeBlock(code, language):
                parts = code.split(_PLACEHOLDER)
                typed = [part + next(hidden)[0] for part in parts[:-1]]
                shown.append(CodeBlock("".join([*typed, parts[-1]]), language))
            case _:
                shown.append(block)
    return tuple(shown)


def _show_in_line(line: Line, hidden: Iterator[tuple[str, Math]]) -> Line:
    spans: list[Span] = []
    for span in line:
        if not isinstance(span, Text) or _PLACEHOLDER not in span.text:
            spans.append(span)
            continue
        first, *others = span.text.split(_PLACEHOLDER)
        spans.append(Text(first))
        for text in others:
            spans += (next(hidden)[1], Text(text))
    return tuple(span for span in spans if span != Text(""))
