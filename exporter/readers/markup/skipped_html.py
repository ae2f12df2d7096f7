"""Find HTML that is not read: scripts, media, comments, and links around no text."""

from __future__ import annotations

import re
from bisect import bisect_left

from exporter.readers.markup.detection import INLINE_TAGS
from exporter.readers.markup.inline_tags import RUBY
from exporter.readers.markup.tags import TAG, find_tags, pair_tags

_SKIPPED_TAGS = frozenset(
    "script style title meta link iframe frame video audio object embed applet svg canvas input form button"
    " select textarea".split()
)
MAYBE_SKIPPED_TAGS = _SKIPPED_TAGS | {"img", "a"}
"""The only tags that are skipped in a text which is not declared to be HTML."""

_CHECKBOX = re.compile(r"\btype\s*=\s*[\"']?checkbox")
_COMMENT = re.compile(r"<!--(?P<words>.{0,4000}?)-->", re.DOTALL)


def find_skipped_lines(html: str, declared: bool = True) -> list[tuple[int, int]]:
    """Return the lines (from 0, the end excluded) of HTML that is not read although an author wrote it.

    These are scripts, styles, media, forms, pictures without a file, and links around no text. In a text that
    is `declared` to be HTML, comments with words and inline tags that are never closed are included.
    """
    ranges: list[tuple[int, int]] = []
    tags = find_tags(html, backticks=False)
    pairs = pair_tags(tags)
    paired = {*pairs, *pairs.values()}
    for index, tag in enumerate(tags):
        attributes = tag.attributes.lower()
        if tag.closes:
            continue
        if tag.name in RUBY or _CHECKBOX.search(attributes):
            continue
        if tag.name in _SKIPPED_TAGS or (tag.name == "img" and "src" not in attributes):
            ranges.append((tag.start, tags[pairs[index]].end if index in pairs else tag.end))
        elif tag.name == "a" and "href" in attributes and index in pairs:
            content = html[tag.end : tags[pairs[index]].start]
            if not TAG.sub("", content[:2000]).strip() and "<img" not in content.lower():
                ranges.append((tag.start, tag.end))
        elif declared and tag.name in INLINE_TAGS and index not in paired:
            ranges.append((tag.start, tag.end))
    if declared and "<!--" in html:
        ranges += [match.span() for match in _COMMENT.finditer(html) if any(map(str.isalnum, match["words"]))]
    feeds = [match.start() for match in re.finditer("\n", html)]
    return sorted({(bisect_left(feeds, start), bisect_left(feeds, end) + 1) for start, end in ranges})
