"""Parts of a line that are not escaped with backslashes: code, formulas, and the targets of links.

`extra` has the characters that must not occur unescaped: in a table cell, the vertical bar.
"""

from __future__ import annotations

import re

from exporter.model.character_references import unescape
from exporter.model.markdown_escape import escape
from exporter.model.text import longest_run

_BARE_TARGET = re.compile(r"[^\s\x00-\x1f\x7f<>()\\&|]+(?:&(?!#?\w+;)[^\s\x00-\x1f\x7f<>()\\&|]*)*")
_PLAIN_FORMULA = re.compile(r"[A-Za-z0-9 =+^,./()-]+")
"""A formula in which Markdown interprets nothing."""

_ACTIVE_SCHEME = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)


def is_active_target(text: str) -> bool:
    """Return whether a browser would execute the target of a link, or open it as a local file."""
    return (
        _ACTIVE_SCHEME.match(
            re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+", "", unescape(text))
        )
        is not None
    )


def render_target(text: str) -> str:
    """Return the target of a link or an image."""
    if _BARE_TARGET.fullmatch(text):
        return text
    escaped = re.sub(r"[\\<>]|&(?=#?\w+;)", r"\\\g<0>", text)
    for char, entity in (("\n", "&#10;"), ("\r", "&#13;"), ("|", "&#124;"), ("\0", "\ufffd")):
        escaped = escaped.replace(char, entity)
    return f"<{escaped}>"


def render_code_span(text: str, extra: str) -> str:
    """Return code between backticks, or in a tag if it cannot be between backticks.

    In a link at the start of a block, `]:` would define a reference: definitions precede code spans.
    """
    is_definition = "]" in extra and "]:" in text
    if is_definition or not text.strip() or set(text) & {"\n", "\r"} or ("|" in extra and "\\|" in text):
        return f"<code>{escape(text, first=False, last=False, extra=extra + '[]')}</code>"
    fence = "`" * (1 + longest_run(text))
    pad = " " if "`" in (text[0], text[-1]) or text[0] == text[-1] == " " else ""
    if "|" in extra:
        text = text.replace("|", "\\|")
    return f"{fence}{pad}{text}{pad}{fence}".replace("\0", "\ufffd")


def render_math_span(tex: str, display: bool, extra: str) -> str:
    """Return a formula as code between dollar signs, so that Markdown interprets nothing in it.

    A displayed formula in which Markdown interprets nothing is not written as code.
    """
    sign = "$$" if display else "$"
    return (
        f"{sign}{tex}{sign}"
        if display and _PLAIN_FORMULA.fullmatch(tex)
        else sign + render_code_span(tex, extra) + sign
    )


def render_math_block(tex: str) -> list[str] | None:
    """Return the lines of a displayed formula in a fence, or `None` if a paragraph can contain it.

    The fence has an odd number of backticks; an even number means that the formula has a line break at its
    start and its end.
    """
    if "\r" in tex or "\0" in tex or not tex.strip() or _PLAIN_FORMULA.fullmatch(tex):
        return None
    length = max(3, 1 + longest_run(tex)) | 1
    if len(tex) > 1 and tex[0] == tex[-1] == "\n":
        tex = tex[1:-1]
        length += 1
    fence = "`" * length
    return [f"{fence}math", *tex.split("\n"), fence]
