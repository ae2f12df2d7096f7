"""Escaping for Anki's fields: text that neither HTML nor Anki acts on."""

from __future__ import annotations

import html
import re

_ACTIVE = re.compile(
    r"[\[\\{](?:(?<=\[)(?i:(?=/?latex\]|\$|sound:|anki:))|(?<=\\)(?=[()\[\]])|(?<=\{)(?=\{)|(?<=\{\{))"
)
"""What Anki acts on in a field: brackets of media and LaTeX, delimiters of MathJax, braces of templates.

It begins with the characters themselves, so that other text is skipped at once.
"""


def escape_text(text: str) -> str:
    """Return plain text as HTML that Anki shows as typed."""
    return _ACTIVE.sub(_escape_active, html.escape(text, quote=False))


def escape_attribute(text: str) -> str:
    """Return plain text as the value of a quoted attribute."""
    return _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", html.escape(text))


def _escape_active(match: re.Match[str]) -> str:
    char = match[0]
    # MathJax searches the text of the page, after references are resolved: only an element separates them
    return "<span>\\</span>" if char == "\\" else f"&#{ord(char)};"
