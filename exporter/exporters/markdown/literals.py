"""What stands in a line as it is typed: code, mathematics, and the targets of links.

`extra` holds the characters that must not stand there bare: in a table's cell, the bar.
"""

from __future__ import annotations

import re

from exporter.character_references import unescape
from exporter.exporters.markdown.escape import escape

_BACKTICKS = re.compile(r"`+")
_BARE_TARGET = re.compile(r"[^\s\x00-\x1f\x7f<>()\\&|]+(?:&(?!#?\w+;)[^\s\x00-\x1f\x7f<>()\\&|]*)*")
_CONTINUED = re.compile(r"(?:\n[A-Za-z\\({&](?:[^\n]*\S)?)+\Z")
_TAG_OR_LINK = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(:])")
"""Where a reader of Markdown that knows no mathematics would see a tag, or what a link leads to."""
_APART = r"\g<0> "
_ACTIVE = re.compile(r"(?:javascript|vbscript|data|file):", re.IGNORECASE)


def acts(text: str) -> bool:
    """Say whether a link's target does more than lead somewhere, as a browser understands it."""
    return (
        _ACTIVE.match(re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+", "", unescape(text)))
        is not None
    )


def target(text: str) -> str:
    """Return the target of a link or an image."""
    if _BARE_TARGET.fullmatch(text):
        return text
    escaped = re.sub(r"[\\<>]|&(?=#?\w+;)", r"\\\g<0>", text)
    for char, entity in (("\n", "&#10;"), ("\r", "&#13;"), ("|", "&#124;"), ("\0", "\ufffd")):
        escaped = escaped.replace(char, entity)
    return f"<{escaped}>"


def code_span(text: str, extra: str) -> str:
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


def math_span(tex: str, display: bool, extra: str) -> str:
    """Return mathematics as it is typed, or as words where its end could not be found."""
    opening, closing = ("$$", "$$") if display else ("\\(", "\\)")
    clear = (
        tex.strip()
        and "`" not in tex
        and closing not in tex
        and tex[0] != "$"
        and tex[-1] not in "$\\"
        and "\r" not in tex
    )
    if not clear or ("|" in extra and "\\|" in tex):
        return escape(f"{opening}{tex}{closing}", first=False, last=False, extra=extra)
    if "|" in extra:
        tex = tex.replace("|", "\\|")
    if "\n" in tex and not _CONTINUED.fullmatch(tex, tex.index("\n")):
        tex = tex.replace("\n", " ")
    # TeX takes no notice of a space, while a tag would be active and a link a link.
    return f"{opening}{_TAG_OR_LINK.sub(_APART, tex)}{closing}"
