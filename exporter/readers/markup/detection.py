"""Which tags of a text format it, and which the text speaks about.

A text that does not say whether it is HTML is read so:

- A tag formats if it pairs up: `<b>bold</b>`. A tag that is never closed, or closed and never opened,
  is a word of the text: `the difference between <b> and <strong>`.
- A pair around no words (`<p>…</p>`, `<div></div>`) or with a space inside each of its tags
  (`put <b> before and </b> after`) is text, and so is what is between backticks or in a pair of `<code>`.
- Items, cells and readings format in a list, table or `<ruby>` only, and need not be closed there; a list
  or table formats if it begins with one. Links need an address.
- `<br>` and its like, which are never closed, format unless the words around them speak of a tag:
  `the <br> tag`, `<br> vs <br/>`.
- Tags that format nothing (`<script>`, `<title>`, `<input>`) are text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from exporter.readers.markup.mentioned_tags import is_spoken
from exporter.readers.markup.tags import TAG, Tag, find_tags, is_inside, merged, pair_tags

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
    **dict.fromkeys(("rt", "rp", "rb", "rtc"), ("ruby",)),
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

_HREF = re.compile(r"\bhref\s*=", re.IGNORECASE)
MAX_EMPTY_CHARS = 2000
"""Two tags that are further apart have words between them."""


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
        in_code = is_inside(verbatim, first.start)
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
        parent: merged((tags[o].end, tags[c].start) for o, c in kept.items() if tags[o].name == parent)
        for parent in (*_FIRST_CHILD, "ruby")
    }
    markup: set[int] = set()
    for opening, closing in kept.items():
        if _is_allowed(tags[opening], ranges):
            markup.update((tags[opening].start, tags[closing].start))
    paired = {*pairs, *pairs.values()}
    for index, tag in enumerate(tags):
        if is_inside(verbatim, tag.start) and tag.name != "br":
            continue
        optional = index not in paired and tag.name in _PARENTS and _is_allowed(tag, ranges)
        if optional or (tag.name in VOID_TAGS and not is_spoken(text, tag)):
            markup.add(tag.start)
    return markup


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
    return parents is None or any(is_inside(ranges[parent], tag.start) for parent in parents)
