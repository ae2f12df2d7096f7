"""HTML of which no part of a question is made: scripts, media, comments, links around no words."""

from __future__ import annotations

import re

from exporter.readers.markup.detection import INLINE_TAGS
from exporter.readers.markup.inline_tags import RUBY
from exporter.readers.markup.tags import TAG, find_tags, pair_tags

_UNREAD = frozenset(
    "script style title meta link iframe frame video audio object embed applet svg canvas input form button"
    " select textarea".split()
)
_CHECKBOX = re.compile(r"\btype\s*=\s*[\"']?checkbox")
_COMMENT = re.compile(r"<!--(?P<words>.{0,4000}?)-->", re.DOTALL)


def unread_lines(html: str, declared: bool = True) -> list[int]:
    """Return the lines (from 0) of HTML that the reader leaves out though a person wrote it.

    These are scripts, styles, media, forms, pictures without a file, and links around no words. In a text
    that is `declared` to be HTML, comments that hold words and tags for words that are never closed, too.
    """
    starts: list[int] = []
    tags = find_tags(html, backticks=False)
    pairs = pair_tags(tags)
    paired = {*pairs, *pairs.values()}
    for index, tag in enumerate(tags):
        attributes = tag.attributes.lower()
        if tag.closes:
            continue
        if tag.name in RUBY or _CHECKBOX.search(attributes):
            continue
        if tag.name in _UNREAD or (tag.name == "img" and "src" not in attributes):
            starts.append(tag.start)
        elif tag.name == "a" and "href" in attributes and index in pairs:
            content = html[tag.end : tags[pairs[index]].start]
            if not TAG.sub("", content[:2000]).strip() and "<img" not in content.lower():
                starts.append(tag.start)
        elif declared and tag.name in INLINE_TAGS and index not in paired:
            starts.append(tag.start)
    if declared and "<!--" in html:
        starts += [
            found.start() for found in _COMMENT.finditer(html) if any(map(str.isalnum, found["words"]))
        ]
    return sorted({html.count("\n", 0, start) for start in starts})
