"""What stands in a line as it is typed: code, mathematics, and the targets of links.

`extra` holds the characters that must not stand there bare: in a table's cell, the bar.
"""

from __future__ import annotations

import re

from exporter.model.character_references import unescape
from exporter.sheets.markdown.escape import escape

_BACKTICKS = re.compile(r"`+")
_BARE_TARGET = re.compile(r"[^\s\x00-\x1f\x7f<>()\\&|]+(?:&(?!#?\w+;)[^\s\x00-\x1f\x7f<>()\\&|]*)*")
_PLAIN_FORMULA = re.compile(r"[A-Za-z0-9 =+^,./()-]+")
"""A formula in which Markdown sees nothing but words."""
_ACTIVE_SCHEME = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)


def is_active_target(text: str) -> bool:
    """Say whether a link's target does more than lead somewhere, as a browser understands it."""
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
    """Return code between backticks, or in a tag where those cannot hold it.

    A link that begins a block and holds `]:` would define a reference: that is read before code is.
    """
    defines = "]" in extra and "]:" in text
    if defines or not text.strip() or set(text) & {"\n", "\r"} or ("|" in extra and "\\|" in text):
        return f"<code>{escape(text, first=False, last=False, extra=extra + '[]')}</code>"
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))
    pad = " " if "`" in (text[0], text[-1]) or text[0] == text[-1] == " " else ""
    if "|" in extra:
        text = text.replace("|", "\\|")
    return f"{fence}{pad}{text}{pad}{fence}".replace("\0", "\ufffd")


def render_math_span(tex: str, display: bool, extra: str) -> str:
    """Return a formula as code between dollar signs, in which no parser of Markdown sees marks of its own.

    A displayed one without any such signs needs no code.
    """
    sign = "$$" if display else "$"
    return (
        f"{sign}{tex}{sign}"
        if display and _PLAIN_FORMULA.fullmatch(tex)
        else sign + render_code_span(tex, extra) + sign
    )


def render_math_block(tex: str) -> list[str] | None:
    """Return the lines of a displayed formula in a fence; nothing where a paragraph holds it as well.

    The fence is of an odd number of backticks. An even number says that line breaks surround the formula.
    """
    if "\r" in tex or "\0" in tex or not tex.strip() or _PLAIN_FORMULA.fullmatch(tex):
        return None
    length = max(3, 1 + max((len(run) for run in _BACKTICKS.findall(tex)), default=0)) | 1
    if len(tex) > 1 and tex[0] == tex[-1] == "\n":
        tex = tex[1:-1]
        length += 1
    fence = "`" * length
    return [f"{fence}math", *tex.split("\n"), fence]
