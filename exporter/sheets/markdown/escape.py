"""Plain text as Markdown: CommonMark renders exactly the words, and few backslashes are needed.

A character is escaped only where CommonMark, or GitHub's extensions of it, could take it for
more than itself. That depends on its neighbours. At the edge of a line the neighbour is
known: nothing. At the edge of a span it is not, so there the worst is assumed.
"""

from __future__ import annotations

import re
from functools import lru_cache


class Markdown(str):
    """Text that is Markdown already, and is written as it is."""

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

    `first` and `last` say that the text begins and ends its line; `start`, that Markdown
    may see the start of a block there. `extra` holds characters to escape wherever they
    stand, such as the brackets in a link.
    """
    suspect, special = _patterns(extra)
    if not text:
        return text
    before, after = "", ""
    if first and text[0].isspace():
        before, text = _escape_edge_space(text[0]), text[1:]
    if last and text and text[-1].isspace():
        after, text = _escape_edge_space(text[-1]), text[:-1]
    if suspect.search(text):
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
    """Return escaped text so that it starts no block."""
    match = _START.match(text)
    if not match:
        return text
    place = match.start(match.lastindex or 0)
    return f"{text[:place]}\\{text[place:]}"


@lru_cache(maxsize=16)
def _patterns(extra: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern that finds out quickly whether there is work, and one that does it."""
    always = "".join("\\" + char for char in extra)
    rules = f"{_RULES} | [{always}]" if extra else _RULES
    return re.compile(f"{_CANDIDATES}{always}]"), re.compile(rules, re.VERBOSE)


def _escape_char(match: re.Match[str]) -> str:
    char = match[0]
    return _REFERENCES.get(char) or "\\" + char


def _escape_edge_space(char: str) -> str:
    """Return a space that Markdown would drop at the edge of a line, as an entity."""
    # Control characters have no entity in CommonMark; nothing can keep those.
    return char if char in "\x0b\x1c\x1d\x1e\x1f\x85" else f"&#{ord(char)};"


def _prevent_autolink(match: re.Match[str]) -> str:
    """Return an address so that GitHub makes no link of it, if it holds a backslash.

    GitHub reads an address as it is typed: in the link it would show our backslashes.
    """
    address = match[0]
    if "\\" not in address and "&#" not in address:
        return address
    return address.replace("://", "\\://").replace("www.", "www\\.")
