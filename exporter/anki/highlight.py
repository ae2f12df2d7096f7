"""Highlighted code for the phone: Pygments' classes, whose colours are in the style."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from exporter.anki.html import escaped

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST = 20_000
"""Code of more characters than this is shown without colours."""


def highlighted(code: str, language: str) -> str:
    """Return code as HTML; without colours where the language is not known."""
    lexer = _lexer(language) if language and len(code) <= LONGEST else None
    if lexer is None:
        return escaped(code)
    tokens = [(_class(kind), text) for kind, text in lexer.get_tokens(code)]
    if "".join(text for _, text in tokens) != code:
        return escaped(code)
    return "".join(
        f'<span class="{name}">{escaped(text)}</span>' if name else escaped(text) for name, text in tokens
    )


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language.strip().lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _class(kind: object) -> str:
    from pygments.token import STANDARD_TYPES, _TokenType

    while isinstance(kind, _TokenType) and kind not in STANDARD_TYPES:
        kind = kind.parent
    name = STANDARD_TYPES.get(kind, "")  # type: ignore[call-overload]
    return "" if name in ("w", "p", "n", "esc") else str(name)
