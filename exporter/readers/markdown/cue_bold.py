"""The bold of cues in the canonical form, which is not part of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from exporter.readers.markdown.parser import Node

if TYPE_CHECKING:
    from markdown_it.token import Token

_CUE_MARK = "**"
_CUE_TAGS = ("<b>", "</b>")
_STRONG = ("strong_open", "strong_close")


def remove_cue_bold(nodes: Iterable[Node]) -> None:
    """Remove the bold of cues from an answer; the bold of the source is kept."""
    for node in nodes:
        if node.token.children:
            node.token.children[:] = _iter_source_tokens(node.token.children)
        remove_cue_bold(node.children)


def _iter_source_tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type in _STRONG:
            if token.markup != _CUE_MARK:
                # the source has asterisks: between underscores, `__init__` would be a name and not bold
                yield replace(token, markup=_CUE_MARK)
        elif token.type != "html_inline" or token.content not in _CUE_TAGS:
            yield token
