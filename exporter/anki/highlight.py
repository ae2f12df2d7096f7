"""Syntax highlighting of code with the CSS classes of Pygments; the note type's style has the colours."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from exporter.anki.escape import escape_text

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_CODE_CHARS = 20_000  # 0.14 s of a build for this much Python
"""Longer code is shown without highlighting."""


def highlight_code(code: str, language: str) -> str:
    """Return code as HTML, highlighted if Pygments has a lexer for the language."""
    lexer = _find_lexer(language) if language and len(code) <= MAX_CODE_CHARS else None
    if lexer is None:
        return escape_text(code)
    tokens = [(_css_class(kind), text) for kind, text in lexer.get_tokens(code)]
    # some lexers normalize what they read; code must not change
    if "".join(text for _, text in tokens) != code:
        return escape_text(code)
    return "".join(
        f'<span class="{name}">{escape_text(text)}</span>' if name else escape_text(text)
        for name, text in tokens
    )


@lru_cache(maxsize=64)
def _find_lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language.strip().lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _css_class(kind: object) -> str:
    from pygments.token import STANDARD_TYPES, _TokenType

    while isinstance(kind, _TokenType) and kind not in STANDARD_TYPES:
        kind = kind.parent
    name = STANDARD_TYPES.get(kind, "")  # type: ignore[call-overload]  # None above the root
    # whitespace, punctuation and plain names have the colour of text
    return "" if name in ("w", "p", "n", "esc") else str(name)
