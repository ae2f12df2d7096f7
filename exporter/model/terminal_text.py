"""Untrusted text made safe for terminals and shells.

Questions, file names and packages come from other people; they must not move the cursor, set the
window title, reverse the adjacent text (bidi), or end a quoted shell argument.
"""

from __future__ import annotations

import json
import re
import shlex

_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates (UAX #9) reorder the text after them; the marks LRM and RLM do not."""

_UNSAFE = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}]")
_UNSAFE_IN_LINE = re.compile(f"[\0-\x1f\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}]")
_UNSAFE_IN_COMMAND = re.compile(f"[\0-\x1f\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text with control characters as escapes; line feeds and tabs are unchanged."""
    return _UNSAFE.sub(_escape, text)


def printable_line(text: str) -> str:
    """Return a text with control characters, line feeds and tabs as escapes."""
    return _UNSAFE_IN_LINE.sub(_escape, text)


def printable_json(value: object) -> str:
    """Return a value as indented JSON with control characters as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def shell_command(*arguments: str) -> str:
    """Return a command that is safe to paste into a POSIX shell, whatever its arguments contain."""
    return " ".join(map(_quote, arguments))


def shell_quote(text: str) -> str:
    """Return a text in single quotes, as an argument that is safe to paste into a POSIX shell."""
    quoted = _quote(text)
    return f"'{text}'" if quoted == text else quoted


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    short_escapes = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return short_escapes.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _quote(argument: str) -> str:
    if not _UNSAFE_IN_COMMAND.search(argument):
        return shlex.quote(argument)
    # $'…' (POSIX 2024) with octal bytes of three digits, so that a digit after one is not part of it
    text = argument.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + _UNSAFE_IN_COMMAND.sub(_octal_escape, text) + "'"


def _octal_escape(match: re.Match[str]) -> str:
    return "".join(f"\\{byte:03o}" for byte in match[0].encode("utf-8", "surrogateescape"))
