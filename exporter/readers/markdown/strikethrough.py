"""Strikethrough over several paragraphs: `<del>` that is closed in a later one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from exporter.readers.markdown.parser import Node

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAGS = re.compile(r"<(/?)(del|s|strike)(?:\s[^<>]*)?>", re.IGNORECASE)


def extend_strikethrough(nodes: Sequence[Node]) -> None:
    """Strike out each paragraph from one that begins with `<del>` to the one with `</del>`.

    If a heading or thematic break is between them, the tags are only mentioned.
    """
    run: list[Token] = []
    name = ""
    for token in _iter_tokens(nodes):
        if token is None:
            run, name = [], ""
            continue
        if not name:
            run, name = [token], _find_opened(token)
            continue
        run.append(token)
        if _has_end_tag(token, name):
            _strike(run, name)
            run, name = [], ""


def _iter_tokens(nodes: Sequence[Node]) -> Iterator[Token | None]:
    """Yield the tokens with text, and `None` where a section ends."""
    for node in nodes:
        if node.kind in ("heading", "hr"):
            yield None
        elif node.kind in ("inline", "html_block"):
            yield node.token
        else:
            yield from _iter_tokens(node.children)


def _find_opened(token: Token) -> str:
    """Return the name of the tag that a token begins with and does not close, or nothing."""
    first = _TAGS.match(token.content.lstrip())
    if first is None or first[1] or _has_end_tag(token, first[2].lower()):
        return ""
    return first[2].lower()


def _has_end_tag(token: Token, name: str) -> bool:
    return any(match[1] and match[2].lower() == name for match in _TAGS.finditer(token.content))


def _strike(run: Sequence[Token], name: str) -> None:
    from markdown_it.token import Token

    for index, token in enumerate(run):
        opening, closing = index > 0, index < len(run) - 1
        if token.type == "html_block":
            token.content = f"<{name}>" * opening + token.content + f"</{name}>" * closing
        else:
            before = [Token("html_inline", "", 0, content=f"<{name}>")] if opening else []
            after = [Token("html_inline", "", 0, content=f"</{name}>")] if closing else []
            token.children = [*before, *(token.children or ()), *after]
