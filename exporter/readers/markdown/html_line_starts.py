"""Lines that begin with a tag but are text: CommonMark would read the lines below as HTML, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from exporter.readers.html import KNOWN_TAGS
from exporter.readers.markup.detection import VOID_TAGS
from exporter.readers.markup.tags import TAG

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_RAW_ELEMENT = re.compile(r"<(?P<name>script|style|pre|textarea)(?=[\s>]|$)", re.IGNORECASE)
"""Elements that end at their closing tag and not at a blank line."""

_HEADING = re.compile(r"\n[ \t]*\n#{1,6} ")

_ENDINGS = {"<!--": "-->", "<?": "?>", "<!": ">"}


def add_html_starts(parser: MarkdownIt) -> None:
    """Make a parser read a line that begins with a mentioned tag as a paragraph."""
    from markdown_it.rules_block import html_block

    parser.block.ruler.at(
        "html_block", _except_text(html_block), {"alt": ["paragraph", "reference", "blockquote"]}
    )


def _except_text(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return not _is_text_line(state, start, end) and rule(state, start, end, silent)

    return html_block


def _is_text_line(state: StateBlock, start: int, end: int) -> bool:
    """Return whether a line that begins with a tag is text: the tag is never closed, or is mentioned."""
    position = state.bMarks[start] + state.tShift[start]
    line = state.src[position : state.eMarks[start]]
    if not line.startswith("<") or state.is_code_block(start):
        return False
    for opening, closing in _ENDINGS.items():
        if line.startswith(opening):
            return _find_last(state, closing) < position
    raw = _RAW_ELEMENT.match(line)
    if raw and _is_unclosed(state, position, raw["name"].lower()):
        return True
    tag = TAG.match(line)
    if tag is None or (name := tag["name"].lower()) in VOID_TAGS or name not in KNOWN_TAGS:
        return False
    if tag["close"]:
        return not -1 < _find_first(state, f"<{name}") < position
    rest = line[tag.end() :]
    if f"</{name}" in rest.lower():
        return False
    if rest[:1].isspace() and rest.strip() and not rest.lstrip().startswith("<"):
        return True
    if raw or name == "details" or not state.level:
        return _find_last(state, f"</{name}") < position
    return f"</{name}" not in _read_container(state, start, end)


def _is_unclosed(state: StateBlock, position: int, name: str) -> bool:
    """Return whether an element is never closed, or has a heading in it and is not `pre`."""
    closing = f"</{name}"
    if _find_last(state, closing) < position:
        return True
    end = _get_lower_text(state).find(closing, position)
    return name != "pre" and _HEADING.search(state.src, position, end) is not None


def _read_container(state: StateBlock, start: int, end: int) -> str:
    """Return the lines of the list item or quotation, from a line on, in lower case."""
    last = start
    while last + 1 < end and (state.isEmpty(last + 1) or state.sCount[last + 1] >= state.blkIndent):
        last += 1
    return state.src[state.bMarks[start] : state.eMarks[last]].lower()


def _find_last(state: StateBlock, part: str) -> int:
    return _search(state, part, last=True)


def _find_first(state: StateBlock, part: str) -> int:
    return _search(state, part, last=False)


def _search(state: StateBlock, part: str, last: bool) -> int:
    """Return the first or last position of a substring of the file, or -1; each search is cached."""
    positions: dict[tuple[str, bool], int] = state.env.setdefault("html_starts", {})
    if (part, last) not in positions:
        lowered = _get_lower_text(state)
        positions[part, last] = lowered.rfind(part) if last else lowered.find(part)
    return positions[part, last]


def _get_lower_text(state: StateBlock) -> str:
    text: str = state.env.get("lowered") or state.env.setdefault("lowered", state.src.lower())
    return text
