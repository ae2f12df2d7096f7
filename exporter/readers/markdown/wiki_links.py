"""Links and pictures as Obsidian and other wikis write them: `[[note|text]]` and `![[picture.png|200]]`."""

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
_PICTURE = re.compile(r".+\.(?:png|jpe?g|gif|webp|svg|bmp|avif)", re.IGNORECASE)
_SIZE = re.compile(r"\s*\d+(?:\s*x\s*\d+)?\s*")
_NO_NOTE = re.compile(
    r"[\d\s,.:*+-]+|\w+::.*|nodiscard|maybe_unused|fallthrough|deprecated|noreturn|likely|unlikely"
    r"|no_unique_address|carries_dependency|assume"
)
"""What stands in two brackets and is no note: numbers in an array, an attribute of C++."""


def add_wiki_links(parser: MarkdownIt) -> None:
    """Let a parser read the links and pictures of wikis."""
    parser.inline.ruler.before("link", "wiki", _wiki)


def _wiki(state: StateInline, silent: bool) -> bool:
    """Take a link for its words, and a picture for a picture; our own sheets have neither."""
    if state.src[state.pos] not in "![" or state.env.get(CANONICAL):
        return False
    found = _WIKI.match(state.src, state.pos)
    before = state.src[state.pos - 1] if state.pos else ""
    if found is None or (before.isascii() and before.isalnum()) or _NO_NOTE.fullmatch(found["target"]):
        return False
    if not silent:
        target = found["target"].strip()
        texts = [text.strip() for text in found["rest"].split("|")[1:] if not _SIZE.fullmatch(text)]
        shown = next(filter(None, texts), "")
        if found["embed"] and _PICTURE.fullmatch(target):
            token = state.push("image", "img", 0)
            token.attrs = {"src": target.replace("%", "%25").replace("#", "%23"), "alt": ""}
            token.children = []
            if shown:
                state.md.inline.parse(shown, state.md, state.env, token.children)
        else:
            state.push("text", "", 0).content = shown or _name(target)
    state.pos = found.end()
    return True


def _name(target: str) -> str:
    """Return what a wiki shows of a link without words: the note, and the heading in it."""
    note, _, place = target.partition("#")
    place = place.rpartition("#")[2]
    if place.startswith("^"):
        place = ""
    return " > ".join(filter(None, (note.strip(), place.strip()))) or target
