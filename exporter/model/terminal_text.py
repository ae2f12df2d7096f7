"""Text of others made safe: for a terminal that obeys control characters, and for a shell that runs hints.

Questions, names of files and packages come from other people; none of them may move the cursor,
set the title, run right to left over the words beside it, or end a quoted argument.
"""

from __future__ import annotations

import json
import re
import shlex

_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates (UAX #9): they reorder what follows; the marks LRM, RLM do not."""

_UNSAFE = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}]")
_UNSAFE_IN_LINE = re.compile(f"[\0-\x1f\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}]")
_UNPASTABLE = re.compile(f"[\0-\x1f\x7f-\x9f\u2028\u2029{_BIDI_CONTROLS}\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text with control characters written as escapes; line feeds and tabs stay."""
    return _UNSAFE.sub(_escaped, text)


def printable_line(text: str) -> str:
    """Return a text with control characters, line feeds and tabs too, written as escapes."""
    return _UNSAFE_IN_LINE.sub(_escaped, text)


def printable_json(value: object) -> str:
    """Return a value as indented JSON; what a terminal would obey is escaped, as JSON allows."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def shell_command(*arguments: str) -> str:
    """Return a command that can be pasted into a POSIX shell, whatever its arguments hold."""
    return " ".join(map(_quoted, arguments))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    names = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return names.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _quoted(argument: str) -> str:
    if not _UNPASTABLE.search(argument):
        return shlex.quote(argument)
    # $'…' (POSIX 2024) with octal bytes: three digits each, so no digit after one is taken for it.
    text = argument.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + _UNPASTABLE.sub(_octal, text) + "'"


def _octal(match: re.Match[str]) -> str:
    return "".join(f"\\{byte:03o}" for byte in match[0].encode("utf-8", "surrogateescape"))
