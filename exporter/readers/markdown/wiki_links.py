"""Links and images of Obsidian and other wikis: `[[note|text]]` and `![[image.png|200]]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.readers.markdown.formulas import CANONICAL

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_WIKI = re.compile(
    r"(?P<embed>!?)\[\[(?P<target>[^\s\[\]|](?:[^\[\]|\n]*[^\s\[\]|])?)(?P<rest>(?:\|[^\[\]|\n]*)*)\]\](?!\()"
)
_IMAGE = re.compile(r".+\.(?:png|jpe?g|gif|webp|svg|bmp|avif)", re.IGNORECASE)
_SIZE = re.compile(r"\s*\d+(?:\s*x\s*\d+)?\s*")
_NOT_A_NOTE = re.compile(
    r"[\d\s,.:*+-]+|\w+::.*|nodiscard|maybe_unused|fallthrough|deprecated|noreturn|likely|unlikely"
    r"|no_unique_address|carries_dependency|assume"
)
"""Text in double brackets that is not a link: numbers in an array, an attribute of C++."""


def add_wiki_links(parser: MarkdownIt) -> None:
    """Add the links and images of wikis to a parser."""
    parser.inline.ruler.before("link", "wiki", _read_wiki_link)


def _read_wiki_link(state: StateInline, silent: bool) -> bool:
    """Read a link as its words, and an image as an image; the canonical form has neither."""
    if state.src[state.pos] not in "![" or state.env.get(CANONICAL):
        return False
    match = _WIKI.match(state.src, state.pos)
    before = state.src[state.pos - 1] if state.pos else ""
    if match is None or (before.isascii() and before.isalnum()) or _NOT_A_NOTE.fullmatch(match["target"]):
        return False
    if not silent:
        target = match["target"].strip()
        texts = [text.strip() for text in match["rest"].split("|")[1:] if not _SIZE.fullmatch(text)]
        shown = next(filter(None, texts), "")
        if match["embed"] and _IMAGE.fullmatch(target):
            token = state.push("image", "img", 0)
            token.attrs = {"src": target.replace("%", "%25").replace("#", "%23"), "alt": ""}
            token.children = []
            if shown:
                state.md.inline.parse(shown, state.md, state.env, token.children)
        else:
            state.push("text", "", 0).content = shown or _find_link_text(target)
    state.pos = match.end()
    return True


def _find_link_text(target: str) -> str:
    """Return the text of a link without its own: the note, and the heading in it."""
    note, _, heading = target.partition("#")
    heading = heading.rpartition("#")[2]
    if heading.startswith("^"):
        heading = ""  # the id of a block
    return " > ".join(filter(None, (note.strip(), heading.strip()))) or target
