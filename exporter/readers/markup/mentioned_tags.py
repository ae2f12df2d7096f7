"""Decide whether a text mentions a void element such as `<br>`, by the words around it."""

from __future__ import annotations

import re

from exporter.readers.markup.tags import Tag

_SOURCE = re.compile(r"\bsrc\s*=\s*[\"']?[^\s\"']{0,2000}[./:]\w", re.IGNORECASE)

_CONJUNCTION = r"(?:,|/|&|\+|(?:and|or|vs\.?|versus|und|oder|et|ou|y|o)\b)"
_JOINED_AFTER = re.compile(rf"\s*{_CONJUNCTION}\s*(?:(?:and|or|an?|the)\s+){{0,2}}</?[A-Za-z]", re.IGNORECASE)
_JOINED_BEFORE = re.compile(rf">\s*{_CONJUNCTION}\s*(?:(?:and|or|an?|the)\s+){{0,2}}$", re.IGNORECASE)
_MENTION_BEFORE = re.compile(
    r"(?:^|[\s(])(?:an?|the|of|vs\.?|versus|uses?|using|between|with|than|called|named|tags?|elements?|does|do|did"
    r"|is|are|add|adds|insert|inserts|put|like|single|der|die|das|ein|eine|einem|mit|von|zwischen|le|la|les|un|une"
    r"|el|los|una|de|avec|con)\s+$",
    re.IGNORECASE,
)
_MENTION_AFTER = re.compile(
    r"[^\S\n]+(?:is|are|was|means|tags?|elements?|does|vs\.?|versus|stands|has|creates|inserts|adds|makes|breaks"
    r"|ist|sind|bedeutet|est|sont|es|son)\b",
    re.IGNORECASE,
)
_PICTURE_MENTION_BEFORE = re.compile(
    r"(?:^|\s)(?:does|do|did|vs\.?|versus|tags?|elements?|called|named|write)\s+$", re.IGNORECASE
)
MAX_CONTEXT_CHARS = 40  # bound: time; the longest of the words, with blanks, is shorter
"""Number of characters before and after a tag that are searched for such words."""


def is_mentioned(text: str, tag: Tag) -> bool:
    """Return whether the text mentions a tag of a void element, instead of using it."""
    if tag.closes:
        return True
    before = text[max(tag.start - MAX_CONTEXT_CHARS, 0) : tag.start]
    after = text[tag.end : tag.end + MAX_CONTEXT_CHARS]
    if tag.name == "img":
        # “the <img src="x.png"> button” contains a picture
        return _SOURCE.search(tag.attributes) is None or _PICTURE_MENTION_BEFORE.search(before) is not None
    if not before.strip() and not after.strip():
        return True  # an answer, an item or a cell that consists of the tag
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    if before[-1:] in tuple("\"'“‘(") and after[:1] in tuple("\"'”’)"):
        return True
    if _MENTION_BEFORE.search(before) or _MENTION_AFTER.match(after):
        return True
    if before and not before[-1].isspace():
        return False
    return (
        after[:1] in tuple(",;?!)")
        or _JOINED_AFTER.match(after) is not None
        or _JOINED_BEFORE.search(before) is not None
    )
