"""Formulas in fields of Anki's: MathJax between `\\(` and `\\)`, LaTeX between `[$]` and `[/$]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from exporter.model.questions import Block, CodeBlock, Line, ListBlock, Math, Paragraph, Span, Text

_HIDDEN = "\ufdd0"
"""A noncharacter, which no text holds, for a formula."""

_OPENING = re.compile(r"\\[(\[]|\[\$\$?\]|\[latex\]|<anki-mathjax(?=[\s>])[^<>]{0,200}>", re.IGNORECASE)
_CLOSINGS = {
    "\\(": "\\)",
    "\\[": "\\]",
    "[$]": "[/$]",
    "[$$]": "[/$$]",
    "[latex]": "[/latex]",
}
_VERBATIM = re.compile(
    r"<(?P<name>pre|code|script|style)(?=[\s>])|<!--"
    r"|(?P<tag><[a-z][^<>\"']{1,400}+(?:\"[^\"]{0,2000}+\"|'[^']{0,2000}+'|[^<>\"']{1,400}+){1,50}+>)",
    re.IGNORECASE,
)  # unmeasured
"""What holds no formula: code, comments, and tags with quoted attributes.

The lengths are limits of one tag, so that the search takes linear time.
"""
_LINE_TAG = re.compile(r"<(?:br|/?div|/?p)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_FORMAT_TAG = re.compile(
    r"</?(?:span|b|i|u|em|strong|font|wbr|nobr|anki-mathjax)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE
)
_DISPLAYED = re.compile(r"\$\$(?P<dollars>[^$]+)\$\$|\\\[(?P<brackets>.+)\\\]", re.DOTALL)
_INLINE = re.compile(r"\$(?P<dollar>[^$]+)\$|\\\((?P<bracket>.+)\\\)", re.DOTALL)
_ENVIRONMENT = re.compile(
    r"\\begin\{(?P<name>equation|align|gather|multline|eqnarray|displaymath|math)(?P<star>\*?)\}"
    r"(?P<tex>.+)\\end\{(?P=name)(?P=star)\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a text; `math` is nothing where its LaTeX is more than mathematics."""

    start: int
    end: int
    math: Math | None
    is_latex: bool


def find_formulas(text: str, html: bool = False) -> Iterator[Formula]:
    """Yield the formulas of a field; in `html`, those in code and comments are text."""
    absent: set[str] = set()
    lowered = text.lower()
    at = 0
    verbatim = _VERBATIM.search(text) if html else None
    while found := _OPENING.search(text, at):
        if verbatim and verbatim.start() < found.start():
            if verbatim["tag"]:
                at = max(at, verbatim.end())
                verbatim = _VERBATIM.search(text, at)
                continue
            closing = f"</{verbatim['name'].lower()}" if verbatim["name"] else "-->"
            end = _find(lowered, closing, verbatim.end(), absent)
            at = end if end >= 0 else verbatim.end()
            verbatim = _VERBATIM.search(text, at)
            continue
        opening = found[0].lower()
        closing = _CLOSINGS.get(opening, "</anki-mathjax>")
        end = _find(lowered, closing, found.end(), absent)
        if end < 0:
            at = found.end()
            continue
        source = text[found.end() : end]
        tex = _plain_tex(source) if html else source.replace("\n", " ")
        if not tex.strip():
            at = found.end()
            continue
        at = end + len(closing)
        if verbatim and verbatim.start() < at:
            verbatim = _VERBATIM.search(text, at)
        yield Formula(found.start(), at, _math(opening, tex), opening.startswith("["))


def _find(text: str, part: str, start: int, absent: set[str]) -> int:
    """Return where a part of a text is, or -1; what is absent is not searched for again."""
    if part in absent:
        return -1
    at = text.find(part, start)
    if at < 0:
        absent.add(part)
    return at


def _plain_tex(html: str) -> str:
    text = _FORMAT_TAG.sub("", _LINE_TAG.sub(" ", html))
    return unescape(text).replace("\u00a0", " ").replace("\n", " ")


def _math(opening: str, tex: str) -> Math | None:
    match opening:
        case "\\(" | "[$]":
            return Math(tex)
        case "\\[" | "[$$]":
            return Math(tex, display=True)
        case "[latex]":
            return _latex_math(tex.strip())
    return Math(tex, display=re.search(r"\bblock\s*=\s*[\"']?true", opening) is not None)


def _latex_math(latex: str) -> Math | None:
    """Return the formula that LaTeX consists of; nothing where it holds text or several formulas."""
    if found := _DISPLAYED.fullmatch(latex):
        return Math(found["dollars"] or found["brackets"], display=True)
    if found := _INLINE.fullmatch(latex):
        return Math(found["dollar"] or found["bracket"])
    if found := _ENVIRONMENT.fullmatch(latex):
        if found["name"] in ("displaymath", "math"):
            return Math(found["tex"].strip(), display=found["name"] == "displaymath")
        return Math(latex, display=True)
    return None


def mark_formulas(html: str) -> str:
    """Return HTML with its formulas as elements of the class `math`, which our reader knows."""
    if "\\" not in html and "[" not in html and "<anki" not in html.lower():
        return html
    parts: list[str] = []
    at = 0
    for formula in find_formulas(html, html=True):
        if formula.math is not None:
            kind = "display" if formula.math.display else "inline"
            parts += (
                html[at : formula.start],
                f'<span class="math {kind}">{escape(formula.math.tex)}</span>',
            )
            at = formula.end
    return "".join([*parts, html[at:]])


def hide_formulas(text: str) -> tuple[str, list[tuple[str, Math]]]:
    """Return plain text with a sign for each formula, and the formulas, each as it is typed and as `Math`."""
    if _HIDDEN in text:
        return text, []
    hidden: list[tuple[str, Math]] = []
    parts: list[str] = []
    at = 0
    for formula in find_formulas(text):
        if formula.math is not None:
            parts += (text[at : formula.start], _HIDDEN)
            hidden.append((text[formula.start : formula.end], formula.math))
            at = formula.end
    return "".join([*parts, text[at:]]), hidden


def show_formulas(blocks: Iterable[Block], hidden: Iterator[tuple[str, Math]]) -> tuple[Block, ...]:
    """Return the blocks of a text with its hidden formulas, in their order; those in code as typed."""
    shown: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph(lines):
                shown.append(Paragraph(tuple(_shown_line(line, hidden) for line in lines)))
            case ListBlock(items, ordered, start):
                shown.append(ListBlock(tuple(show_formulas(item, hidden) for item in items), ordered, start))
            case CodeBlock(code, language):
                parts = code.split(_HIDDEN)
                typed = [part + next(hidden)[0] for part in parts[:-1]]
                shown.append(CodeBlock("".join([*typed, parts[-1]]), language))
            case _:
                shown.append(block)
    return tuple(shown)


def _shown_line(line: Line, hidden: Iterator[tuple[str, Math]]) -> Line:
    spans: list[Span] = []
    for span in line:
        if not isinstance(span, Text) or _HIDDEN not in span.text:
            spans.append(span)
            continue
        first, *others = span.text.split(_HIDDEN)
        spans.append(Text(first))
        for text in others:
            spans += (next(hidden)[1], Text(text))
    return tuple(span for span in spans if span != Text(""))
