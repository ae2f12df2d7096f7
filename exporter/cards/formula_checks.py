"""What of a formula in TeX cannot be drawn whole; ziamath draws the names of unknown commands as text."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any

MAX_FORMULA_CHARS = 1000
"""Length of a formula; one in a book has up to 300, and takes ziamath up to 0.2 seconds."""
MAX_FORMULA_WORK = 10_000
"""Work of setting a formula, as `work_of` counts it: 0.6 seconds at 60 microseconds a unit.

A quadratic equation's solution takes 500 units, six aligned lines with fractions 5,000; ten roots in
one another take 12,000.
"""
MAX_DEPTH = 60
"""Depth of nested elements, which ziamath walks recursively in several calls a level."""

_ENVIRONMENTS = frozenset(
    "align align* aligned array Bmatrix bmatrix cases displaymath equation equation* gather gather* gathered "
    "matrix pmatrix smallmatrix split Vmatrix vmatrix".split()
)
"""The environments that are drawn; of others latex2mathml would draw the content in one row."""

ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{\s*([^{}]*?)\s*\}")
_ESCAPED = re.compile(r"\\[^A-Za-z]")
_DEFINITION = re.compile(r"\\(?:def|newcommand|renewcommand|newenvironment|DeclareMathOperator)(?![A-Za-z])")
_RULE = re.compile(r"\\rule(?![A-Za-z])")
_TEXT = r"\\(?:text(?:bf|it|md|normal|rm|sf|tt|up)?|mbox|hbox|fbox|emph)\s*"
_TEXT_WITH_GROUP = re.compile(_TEXT + r"\{[^{}]*\{")
_ARGUMENT = re.compile(
    r"\\(?:(?:hspace|vspace|color|textcolor|colorbox|href|unicode|label|style|class|mathclap)\s*\{[^{}]*\}"
    r"|(?:kern|mkern|hskip|mskip)\s*-?[\d.]+\s*[a-z]{2}|skew\s*\{?\d+\}?"
    r"|begin\s*\{array\}\s*(?:\[\w\])?\s*\{[lcr|\s]*\}|genfrac(?:\s*(?:\{[^{}]*\}|[^{}\s])){4})"
)
"""Commands whose first argument is not drawn, and the columns of arrays."""
_COMMAND_NAME = re.compile(r"\\[A-Za-z]+")
_COMMAND = re.compile(r"\\[A-Za-z]*")
_TEXT_ESCAPES = re.compile(r"\\([%$#&_{} ])")
_FLAT = frozenset(
    "menclose mfrac mi mmultiscripts mn mo mover mroot mspace msqrt msub msubsup msup mtable mtext mtr "
    "munder munderover".split()
)
"""Elements that ziamath sets once; it sets what is in all others twice, to measure it first."""

_SLASH = "\u29f8"
"""What latex2mathml makes of \\not where no sign is struck out already; ziamath draws it before the sign."""
_ROWS = frozenset("math mpadded mphantom mrow mstyle mtd none".split())


class FormulaError(ValueError):
    """A formula cannot be drawn; the message completes “The formula … ”."""


def check_tex(tex: str) -> None:
    """Raise `FormulaError` if TeX is too long, or would be drawn with parts missing or as garbage."""
    if len(tex) > MAX_FORMULA_CHARS:
        raise FormulaError(f"is longer than {MAX_FORMULA_CHARS} characters")
    bare = _ESCAPED.sub("", tex)
    if "%" in bare:
        raise FormulaError("has a comment: write a percent sign as \\%")
    if match := _DEFINITION.search(tex):
        raise FormulaError(f"defines a command ({match[0]})")
    if _RULE.search(tex):
        raise FormulaError("has a \\rule, which is not drawn")
    depth = 0
    for brace in re.findall("[{}]", bare):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        raise FormulaError("has braces that do not pair")
    for _, name in ENVIRONMENT.findall(tex):
        if name not in _ENVIRONMENTS:
            raise FormulaError(f"has the environment {name}, which is not known")
    if _TEXT_WITH_GROUP.search(bare):
        raise FormulaError("has braces within the braces of \\text")


def check_mathml(root: ET.Element, font: Any) -> int:
    """Return the work of setting MathML; raise `FormulaError` if it has what ziamath does not draw.

    `font` is the ziafont font that the formula is set in. Escapes within texts are resolved.
    """
    work, depth = _measure(root)
    if work > MAX_FORMULA_WORK or depth > MAX_DEPTH:
        raise FormulaError("is nested too deeply")
    for element in root.iter():
        if element.tag not in _FLAT and element.tag not in _ROWS:
            raise FormulaError("has a part that cannot be drawn")
        lines = f"{element.get('columnlines', '')} {element.get('rowlines', '')} {element.get('frame', '')}"
        if "solid" in lines or "dashed" in lines:
            raise FormulaError("has a table with lines between its cells")
        text = element.text or ""
        if element.tag == "mtext":
            if re.search(r"(?<!\\)\$", text):
                raise FormulaError("has dollar signs in \\text")
            element.text = text = _TEXT_ESCAPES.sub(r"\1", text)
        text = text.strip()
        if text == _SLASH:
            raise FormulaError("has \\not before a sign that it is not drawn over")
        if text != "\\" and (command := _COMMAND.search(text)):
            raise FormulaError(f"has {command[0]}, which is not known")
        for char in text:
            if not char.isspace() and font.glyphindex(char) == 0:
                raise FormulaError(f"has {char} (U+{ord(char):04X}), which the font for formulas lacks")
    return work


def check_letters(tex: str, root: ET.Element) -> None:
    """Raise `FormulaError` if MathML has fewer letters and digits than TeX has outside its commands."""
    bare = _COMMAND_NAME.sub("", ENVIRONMENT.sub("", _ARGUMENT.sub("", tex)))
    written = Counter(filter(str.isalnum, unicodedata.normalize("NFKD", bare)))
    kept = Counter(unicodedata.normalize("NFKD", "".join(root.itertext())))
    if lost := written - kept:
        raise FormulaError(f"would lose “{''.join(sorted(lost))}”")


def _measure(element: ET.Element) -> tuple[int, int]:
    """Return the work of setting an element, and its depth."""
    work = depth = 0
    for child in element:
        child_work, child_depth = _measure(child)
        work, depth = work + child_work, max(depth, child_depth)
    if not len(element):
        return 1 + len(element.text or ""), 1
    return 1 + (work if element.tag in _FLAT else 2 * work), depth + 1
