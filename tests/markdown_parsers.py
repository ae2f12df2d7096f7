"""Parsers of Markdown by others: what they show has to be what was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def render_markdown_it(text: str) -> str:
    """Return the HTML that markdown-it-py makes of Markdown."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)


def render_mistune(text: str) -> str:
    """Return the HTML that mistune makes of Markdown."""
    markdown = pytest.importorskip("mistune").create_markdown(
        escape=False, plugins=["table", "strikethrough"]
    )
    return str(markdown(text))


def render_commonmark(text: str) -> str:
    """Return the HTML that commonmark.py makes of Markdown."""
    return str(pytest.importorskip("commonmark").commonmark(text))


def render_cmarkgfm(text: str) -> str:
    """Return the HTML that GitHub's own parser makes of Markdown."""
    cmarkgfm = pytest.importorskip("cmarkgfm")
    return str(cmarkgfm.github_flavored_markdown_to_html(text, cmarkgfm.Options.CMARK_OPT_UNSAFE))


def render_marko(text: str) -> str:
    """Return the HTML that marko makes of Markdown."""
    return str(pytest.importorskip("marko").Markdown(extensions=["gfm"])(text))


PARSERS: list[Callable[[str], str]] = [
    render_markdown_it,
    render_mistune,
    render_commonmark,
    render_cmarkgfm,
    render_marko,
]
