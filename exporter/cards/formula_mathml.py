"""The MathML of a formula in TeX, in the form that ziamath draws."""

from __future__ import annotations

import re
import warnings
import xml.etree.ElementTree as ET

from exporter.cards.formula_checks import ENVIRONMENT

_ROWS = {"displaymath", "equation", "equation*", "gather", "gather*", "gathered"}
"""Environments of rows without columns, as a formula with line breaks has them."""
_INVISIBLE = re.compile(r"\\(?:label\s*\{[^{}]*\}|nonumber(?![A-Za-z])|notag(?![A-Za-z]))")
_NOT_EQUAL = re.compile(r"\\not\s*=")
_MODULO = re.compile(r"\\bmod(?![A-Za-z])")
"""An operator that latex2mathml sets without space."""
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")

_LEAVES = ("mi", "mo", "mn", "mtext")
_SCRIPTS = {"msup": 2, "msub": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
"""The number of children of elements with scripts: a base, and one or two scripts."""


def load_ziamath() -> None:
    """Load ziamath, which takes 0.3 seconds."""
    with warnings.catch_warnings():
        # it finds its font by a function that Python 3.11 and 3.12 call deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath  # noqa: F401


def read_mathml(tex: str, is_display: bool) -> ET.Element:
    """Return a formula as MathML in black, without namespaces; raise whatever its libraries raise."""
    from ziamath.tex import tex2mml

    root = ET.fromstring(tex2mml(_prepare(tex), inline=not is_display))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    for element in list(root.iter()):
        for name in ("mathbackground", "href"):
            element.attrib.pop(name, None)
        if element.tag == "mstyle" or "mathcolor" in element.attrib:
            # ziamath finds an `mstyle` by its attributes
            element.set("mathcolor", "black")
        if element.tag in _LEAVES and len(element):
            # latex2mathml's form of \mathop{…}, of which ziamath would draw nothing
            element.tag = "mrow"
        scripts = _SCRIPTS.get(element.tag, 0)
        if scripts and len(element) > scripts:
            _join_base(element, len(element) - scripts + 1)
    return root


def _join_base(element: ET.Element, count: int) -> None:
    """Put the first `count` children of an element in a row: the base of `\\end{pmatrix}^T`."""
    base = ET.Element("mrow")
    base.extend(element[:count])
    element[:count] = [base]


def _prepare(tex: str) -> str:
    """Return TeX in the forms that ziamath sets: no numbers of equations, no labels."""

    def rewrite(match: re.Match[str]) -> str:
        command, name = match.groups()
        if name in _ROWS:
            return " "
        return f"\\{command}{{{'align*' if name in ('align', 'aligned') else name}}}"

    tex = ENVIRONMENT.sub(rewrite, _INVISIBLE.sub("", tex))
    tex = _TAG.sub(lambda match: rf"\qquad\text{{{match[2] if match[1] else f'({match[2]})'}}}", tex)
    tex = _NOT_EQUAL.sub(r"\\neq ", tex)
    tex = _MODULO.sub(r"\\;\\mathrm {mod}\\;", tex)
    # ziamath looks for the arguments of `\binom{` by a pattern that nested braces do not fit
    return tex.replace("\\binom{", "\\binom {")
