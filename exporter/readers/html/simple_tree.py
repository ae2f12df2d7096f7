"""The tree of HTML that has only paragraphs, line breaks and formatting, in which each tag has its end.

Of 258 fragments with tags in the Markdown of the corpus and of strangers, 84 % are that simple. The parser of
HTML 5, which builds the same tree, takes four times as long for them, and 0.3 s to import.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exporter.model.character_references import unescape

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>b|br|code|em|i|p|strong|sub|sup|u)[ \t\n]*(?P<void>/?)>", re.IGNORECASE
)
_CHANGED_BY_PARSER = re.compile(r"[\0\r]")


@dataclass(slots=True)
class SimpleNode:
    """An element or text, with the attributes of the parser's nodes that are read."""

    name: str
    origin_line: int = 1
    data: str = ""
    children: list[SimpleNode] = field(default_factory=list)
    attrs: None = None


def parse_simple(html: str) -> SimpleNode | None:
    """Return the root of the tree of a fragment, or nothing if it is not simple."""
    if _CHANGED_BY_PARSER.search(html):
        return None
    root = SimpleNode("#root")
    opened = [root]
    position, line = 0, 1
    has_paragraph = False
    for match in (*_TAG.finditer(html), None):
        text = html[position : match.start() if match else None]
        if "<" in text:
            return None
        if text:
            opened[-1].children.append(SimpleNode("#text", line, unescape(text)))
            line += text.count("\n")
        if match is None:
            break
        position = match.end()
        name = match["name"].lower()
        if match["close"]:
            if name != opened.pop().name:
                return None
            has_paragraph = has_paragraph and name != "p"
        elif (match["void"] and name != "br") or (name == "p" and has_paragraph):
            return None
        else:
            node = SimpleNode(name, line)
            opened[-1].children.append(node)
            has_paragraph = has_paragraph or name == "p"
            if name != "br":
                opened.append(node)
        line += match[0].count("\n")
    return root if len(opened) == 1 else None
