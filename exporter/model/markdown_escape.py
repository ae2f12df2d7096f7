"""Plain text as Markdown that CommonMark renders as the same text, with few backslashes.

A character is escaped only if CommonMark or GitHub Flavored Markdown could interpret it, which depends on
the adjacent characters. At the edge of a line there is none. At the edge of a span it is unknown, and the
worst case is assumed.
"""

from __future__ import annotations

import re
from functools import lru_cache


class Markdown(str):
    """Text that is already Markdown, and is not escaped again."""

    __slots__ = ()


_RULES = r"""
      [\0\r\n]                              # a line break must not break the line
    | \\(?=[!-/:-@\[-`{-~\r\n]|[ ]?\Z)      # would escape what follows
    | `
    | (?<![ \t])\*|\*(?![ \t])              # ` * ` can neither open nor close anything
    | (?<![^\W_])_|_(?![^\W_])              # nor can the underscore of `snake_case`
    | <(?=[A-Za-z/!?]|\Z)                   # a tag, a comment, an autolink
    | &(?=\#?\w*(?:;|\Z))                   # an entity
    | (?<![ \t])[~$]                        # would close; and what nothing closes is itself
    | \](?=[(:]|\Z)                         # a link, or a definition; else brackets are brackets
    | \$(?=\Z)                              # mathematics that follows would begin before it
    | !(?=\Z)                               # a link that follows would become an image
    | (?<![^ \t])\#(?=\#*[ \t]*\Z)          # would close a heading
"""
_CANDIDATES = r"[\0\r\n\\`*_<&~$\]!#"

_START = re.compile(
    r"""(?: (\#)\#{0,5}(?=[ \t]|\Z)         # a heading
        | (>)                               # a quotation
        | ([-+*])(?=[ \t]|\Z)               # an item
        | ([-=:|])(?=[-=:| \t]*\Z)          # a rule, the line below a heading or a table's
        # a numbered item, or the number of a heading, which may have a letter
        | [0-9]{1,9}(?:[a-hA-H]|\([a-h]\)|[.-][a-h]|[ ]?(?:bis|ter))?([.)])(?=[ \t]|\Z)
        | (\[)(?=[ xX]\](?:[ \t]|\Z)        # a box to tick
            |[^]]*\Z)                      # a definition, if code that follows holds `]:`
    )""",
    re.VERBOSE,
)
_START_CHARS = frozenset("#>-+*=:|[0123456789")

_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)\S*")

_REFERENCES = {"\n": "&#10;", "\r": "&#13;", "\0": "\ufffd"}


def escape(text: str, *, first: bool = True, last: bool = True, extra: str = "", start: bool = True) -> str:
    """Return text as Markdown that renders as the same text.

    `first` and `last` mean that the text begins and ends its line, and `start` that a block may start
    there. The characters in `extra` are always escaped, such as brackets in a link.
    """
    candidates, special = _patterns(extra)
    if not text:
        return text
    before, after = "", ""
    if first and text[0].isspace():
        before, text = _escape_edge_space(text[0]), text[1:]
    if last and text and text[-1].isspace():
        after, text = _escape_edge_space(text[-1]), text[:-1]
    if candidates.search(text):
        head = " " if first and not before else ""
        tail = " " if last and not after else ""
        escaped = special.sub(_escape_char, head + text + tail)
        text = escaped[len(head) : len(escaped) - len(tail)]
        if "\\" in text and ("://" in text or "www." in text):
            text = _ADDRESS.sub(_prevent_autolink, text)
    if start and first and not before and text and text[0] in _START_CHARS:
        text = _escape_start(text)
    return before + text + after


def _escape_start(text: str) -> str:
    """Return escaped text so that it does not start a block."""
    match = _START.match(text)
    if not match:
        return text
    index = match.start(match.lastindex or 0)
    return f"{text[:index]}\\{text[index:]}"


@lru_cache(maxsize=16)
def _patterns(extra: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern of the characters that may need escaping, and one of those that do.

    The first pattern is a quick check: without it the sheets of 1,000 questions take 0.2 s longer.
    """
    always = "".join("\\" + char for char in extra)
    rules = f"{_RULES} | [{always}]" if extra else _RULES
    return re.compile(f"{_CANDIDATES}{always}]"), re.compile(rules, re.VERBOSE)


def _escape_char(match: re.Match[str]) -> str:
    char = match[0]
    return _REFERENCES.get(char) or "\\" + char


def _escape_edge_space(char: str) -> str:
    """Return white space, which Markdown would drop at the edge of a line, as a character reference."""
    # control characters have no references in CommonMark, and are lost
    return char if char in "\x0b\x1c\x1d\x1e\x1f\x85" else f"&#{ord(char)};"


def _prevent_autolink(match: re.Match[str]) -> str:
    """Return an address so that GitHub does not make it a link, if it has escaped characters.

    The autolinks of GitHub Flavored Markdown include backslashes, which would appear in the link.
    """
    address = match[0]
    if "\\" not in address and "&#" not in address:
        return address
    return address.replace("://", "\\://").replace("www.", "www\\.")
