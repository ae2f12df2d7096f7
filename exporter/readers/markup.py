"""Which tags of a text format it, and which the text speaks about.

A text that does not say whether it is HTML is read so:

- A tag formats if it pairs up: `<b>bold</b>`. A tag that is never closed, or closed and never opened,
  is a word of the text: `the difference between <b> and <strong>`.
- A pair around no words (`<p>…</p>`, `<div></div>`) or with a space inside each of its tags
  (`put <b> before and </b> after`) is text, and so is what is between backticks or in a pair of `<code>`.
- Items and cells format in a list or table only, and need not be closed there; a list or table formats
  if it begins with one. Links need an address.
- `<br>` and its like, which are never closed, format unless the words around them speak of a tag:
  `the <br> tag`, `<br> vs <br/>`.
- Tags that format nothing (`<script>`, `<title>`, `<input>`) are text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

INLINE_TAGS = frozenset(
    "a abbr acronym b big cite code del dfn em font i ins kbd mark nobr q rb rp rt rtc ruby s samp small span"
    " strike strong sub sup tt u var".split()
)
BLOCK_TAGS = frozenset(
    "blockquote caption center dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p pre summary"
    " table tbody td tfoot th thead tr ul".split()
)
VOID_TAGS = frozenset("br hr img wbr".split())
FORMATTING = INLINE_TAGS | BLOCK_TAGS | VOID_TAGS

_CODE = frozenset("code kbd pre samp tt".split())
_PARENTS = {
    "li": ("ol", "ul"),
    "dt": ("dl",),
    "dd": ("dl",),
    **dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot", "caption"), ("table",)),
}
"""Tags that format in certain others only, and need not be closed there."""

_FIRST_CHILD = {
    name: re.compile(rf"\s*<(?:{children})[\s>]", re.IGNORECASE)
    for name, children in {
        "ol": "li",
        "ul": "li",
        "dl": "d[td]",
        "table": "tr|td|th|thead|tbody|caption|col|colgroup",
    }.items()
}

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?P<attributes>(?:\s+(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>])+)*)\s*/?>"
)
_BACKTICKS = re.compile(r"(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`)")
_HREF = re.compile(r"\bhref\s*=", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=\s*[\"']?[^\s\"']{0,2000}[./:]\w", re.IGNORECASE)

_JOIN = r"(?:,|/|&|\+|(?:and|or|vs\.?|versus|und|oder|et|ou|y|o)\b)"
_JOINED_AFTER = re.compile(rf"\s*{_JOIN}\s*(?:(?:and|or|an?|the)\s+){{0,2}}</?[A-Za-z]", re.IGNORECASE)
_JOINED_BEFORE = re.compile(rf">\s*{_JOIN}\s*(?:(?:and|or|an?|the)\s+){{0,2}}$", re.IGNORECASE)
_SPOKEN_BEFORE = re.compile(
    r"(?:^|[\s(])(?:an?|the|of|vs\.?|versus|uses?|using|between|with|than|called|named|tags?|elements?|does|do|did"
    r"|is|are|add|adds|insert|inserts|put|like|single|der|die|das|ein|eine|einem|mit|von|zwischen|le|la|les|un|une"
    r"|el|los|una|de|avec|con)\s+$",
    re.IGNORECASE,
)
_SPOKEN_AFTER = re.compile(
    r"\s+(?:is|are|was|means|tags?|elements?|does|vs\.?|versus|stands|has|creates|inserts|adds|makes|breaks"
    r"|ist|sind|bedeutet|est|sont|es|son)\b",
    re.IGNORECASE,
)
_CONTEXT_CHARS = 40
"""So much of the text before and after a tag is looked at for words that speak of it."""

MAX_EMPTY_CHARS = 2000
"""Two tags that are further apart have words between them."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a text, from `start` to `end`; `name` is in lower case."""

    name: str
    start: int
    end: int
    closes: bool
    attributes: str


def find_tags(text: str, backticks: bool = True) -> list[Tag]:
    """Return the tags of a text but those in comments, and between `backticks` where these enclose code."""
    if "<" not in text:
        return []
    verbatim = [found.span() for found in _BACKTICKS.finditer(text)] if backticks and "`" in text else []
    tags: list[Tag] = []
    at = 0
    last_comment = text.rfind("-->")
    while found := TAG.search(text, at):
        comment = text.find("<!--", at, found.start())
        if 0 <= comment < last_comment:
            at = text.find("-->", comment) + 3
            continue
        at = found.end()
        if not _is_inside(verbatim, found.start()):
            tags.append(
                Tag(found["name"].lower(), found.start(), at, bool(found["close"]), found["attributes"])
            )
    return tags


def pair_tags(tags: Sequence[Tag]) -> dict[int, int]:
    """Return the index of the closing tag of each opening tag that has one."""
    opened: dict[str, list[int]] = {}
    pairs: dict[int, int] = {}
    for index, tag in enumerate(tags):
        if not tag.closes:
            opened.setdefault(tag.name, []).append(index)
        elif opened.get(tag.name):
            pairs[opened[tag.name].pop()] = index
    return pairs


def find_markup(text: str, names: Collection[str] = FORMATTING, anchors: bool = False) -> set[int]:
    """Return where the tags begin that format a text, of those with one of the `names`.

    With `anchors`, a pair around no words is none of them only if it has no attributes.
    """
    tags = [tag for tag in find_tags(text) if tag.name in names]
    pairs = pair_tags(tags)
    kept: dict[int, int] = {}
    empty: dict[int, int] = {}
    verbatim: list[tuple[int, int]] = []
    for opening in sorted(pairs):
        first, last = tags[opening], tags[pairs[opening]]
        in_code = _is_inside(verbatim, first.start)
        if in_code and not _marks_code(first):
            continue
        if not _has_words(text, first, last) and not (anchors and first.attributes):
            empty[opening] = pairs[opening]
        elif _formats(text, first, last, anchors):
            kept[opening] = pairs[opening]
            if first.name in _CODE and not in_code:
                verbatim.append((first.end, last.start))
    if any(tags[opening].name in BLOCK_TAGS for opening in kept):
        kept |= empty  # what is marked up in blocks may well have empty ones
    ranges = {
        parent: _merged((tags[o].end, tags[c].start) for o, c in kept.items() if tags[o].name == parent)
        for parent in _FIRST_CHILD
    }
    markup: set[int] = set()
    for opening, closing in kept.items():
        if _is_allowed(tags[opening], ranges):
            markup.update((tags[opening].start, tags[closing].start))
    paired = {*pairs, *pairs.values()}
    for index, tag in enumerate(tags):
        if _is_inside(verbatim, tag.start) and tag.name != "br":
            continue
        optional = index not in paired and tag.name in _PARENTS and _is_allowed(tag, ranges)
        if optional or (tag.name in VOID_TAGS and not _is_spoken(text, tag)):
            markup.add(tag.start)
    return markup


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those in or across others joined with them."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def quote_text_tags(text: str, markup: Collection[int]) -> str:
    """Return a text as HTML, in which each `<` is escaped but those where the tags in `markup` begin."""
    parts: list[str] = []
    before = 0
    at = text.find("<")
    while at >= 0:
        if at not in markup:
            parts += (text[before:at], "&lt;")
            before = at + 1
        at = text.find("<", at + 1)
    return "".join([*parts, text[before:]])


def _is_inside(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    """Return whether a position is in one of the ranges, which are sorted."""
    index = bisect_right(ranges, at, key=lambda each: each[0]) - 1
    return index >= 0 and at < ranges[index][1]


def _marks_code(tag: Tag) -> bool:
    """Return whether a tag within code may be meant: that of highlighted words, or code in `pre`."""
    return tag.name == "code" or (tag.name == "span" and bool(tag.attributes))


def _formats(text: str, opening: Tag, closing: Tag, anchors: bool) -> bool:
    if opening.name == "a" and not _HREF.search(opening.attributes):
        return anchors and bool(opening.attributes)
    if opening.name in _FIRST_CHILD:
        return _FIRST_CHILD[opening.name].match(text, opening.end) is not None
    if not (text[opening.end].isspace() and text[closing.start - 1].isspace()):
        return True
    if opening.name in INLINE_TAGS:
        return False
    before = text[max(opening.start - 1, 0) : opening.start]
    return before in ("", "\n", ">") or "\n" in (text[opening.end], text[closing.start - 1])


def _has_words(text: str, opening: Tag, closing: Tag) -> bool:
    """Return whether there is more than dots and commas, or a picture, between two tags."""
    if closing.start - opening.end > MAX_EMPTY_CHARS:
        return True
    content = text[opening.end : closing.start]
    if "<img" in content.lower():
        return True
    return bool(TAG.sub("", content).strip(" \t\n.…,;/"))


def _is_allowed(tag: Tag, ranges: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    parents = _PARENTS.get(tag.name)
    return parents is None or any(_is_inside(ranges[parent], tag.start) for parent in parents)


def _is_spoken(text: str, tag: Tag) -> bool:
    """Return whether a tag that is never closed is a word of the text, by what is around it."""
    if tag.closes:
        return True
    before = text[max(tag.start - _CONTEXT_CHARS, 0) : tag.start]
    after = text[tag.end : tag.end + _CONTEXT_CHARS]
    if tag.name == "img":
        if not _SOURCE.search(tag.attributes):
            return True
    elif not before.strip() and not after.strip():
        return True  # an answer, an item or a cell that is nothing else
    elif before[-1:].isalnum() or after[:1].isalnum():
        return False
    if before[-1:] in tuple("\"'“‘(") and after[:1] in tuple("\"'”’)"):
        return True
    if _SPOKEN_BEFORE.search(before) or _SPOKEN_AFTER.match(after):
        return True
    if before and not before[-1].isspace():
        return False
    return (
        after[:1] in tuple(",;?!)")
        or _JOINED_AFTER.match(after) is not None
        or _JOINED_BEFORE.search(before) is not None
    )
