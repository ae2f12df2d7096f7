"""Find the tags of a text that are markup, as opposed to tags that the text mentions.

A text that does not declare whether it is HTML is read by these rules:

- A tag is markup if it is balanced: `<b>bold</b>`. A tag that is never closed, or closed and never opened,
  is text: `the difference between <b> and <strong>`.
- A pair around no text (`<p>…</p>`, `<div></div>`) or with spaces directly inside both of its tags
  (`put <b> before and </b> after`) is text, as is everything between backticks or in a pair of `<code>`.
- Items, cells and ruby text are markup only in a list, table or `<ruby>`, and need not be closed there; a
  list or table is markup if it begins with one. Links need an address.
- `<br>` and other void elements are markup unless the words around them mention a tag: `the <br> tag`,
  `<br> vs <br/>`.
- Tags without formatting (`<script>`, `<title>`, `<input>`) are text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from exporter.readers.markup.mentioned_tags import is_mentioned
from exporter.readers.markup.tags import TAG, Tag, find_tags, is_inside, merge_ranges, pair_tags

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
"""Tags that are markup only inside certain others, and need not be closed there."""

_FIRST_CHILD = {
    name: re.compile(rf"\s*<(?:{children})[\s>]", re.IGNORECASE)
    for name, children in {
        "ol": "li",
        "ul": "li",
        "dl": "d[td]|div",
        "table": "tr|td|th|thead|tbody|caption|col|colgroup",
    }.items()
}

_HREF = re.compile(r"\bhref\s*=", re.IGNORECASE)
MAX_EMPTY_CHARS = 2000  # bound: time; no page has so many blanks between two tags
"""Two tags further apart than this have text between them."""


def find_markup(text: str) -> set[int]:
    """Return the start indices of the tags of a text that are markup."""
    return select_markup(text, [tag for tag in find_tags(text) if tag.name in FORMATTING])


def select_markup(text: str, tags: Sequence[Tag], anchors: bool = False) -> set[int]:
    """Return the start indices of those tags of a text that are markup.

    If `anchors` is true, a pair around no text is markup if it has attributes, as an anchor does.
    """
    pairs = pair_tags(tags)
    markup_pairs: dict[int, int] = {}
    empty_pairs: dict[int, int] = {}
    code_ranges: list[tuple[int, int]] = []
    for opening in sorted(pairs):
        opening_tag, closing_tag = tags[opening], tags[pairs[opening]]
        in_code = is_inside(code_ranges, opening_tag.start)
        if in_code and not _is_markup_in_code(opening_tag):
            continue
        if not _has_text(text, opening_tag, closing_tag) and not (anchors and opening_tag.attributes):
            empty_pairs[opening] = pairs[opening]
        elif _is_markup(text, opening_tag, closing_tag, anchors):
            markup_pairs[opening] = pairs[opening]
            if opening_tag.name in _CODE and not in_code:
                code_ranges.append((opening_tag.end, closing_tag.start))
    if any(tags[opening].name in BLOCK_TAGS for opening in markup_pairs):
        markup_pairs |= empty_pairs  # text with block markup may have empty blocks, too
    inner_ranges: dict[str, list[tuple[int, int]]] = {parent: [] for parent in (*_FIRST_CHILD, "ruby")}
    for opening, closing in markup_pairs.items():
        if tags[opening].name in inner_ranges:
            inner_ranges[tags[opening].name].append((tags[opening].end, tags[closing].start))
    parent_ranges = {parent: merge_ranges(ranges) for parent, ranges in inner_ranges.items()}
    markup: set[int] = set()
    for opening, closing in markup_pairs.items():
        if _is_in_parent(tags[opening], parent_ranges):
            markup.update((tags[opening].start, tags[closing].start))
    paired = {*pairs, *pairs.values()}
    for index, tag in enumerate(tags):
        if is_inside(code_ranges, tag.start) and tag.name != "br":
            continue
        is_unclosed_child = index not in paired and tag.name in _PARENTS and _is_in_parent(tag, parent_ranges)
        if is_unclosed_child or (tag.name in VOID_TAGS and not is_mentioned(text, tag)):
            markup.add(tag.start)
    return markup


def quote_text_tags(text: str, markup: Collection[int]) -> str:
    """Return a text as HTML in which each `<` is escaped, except those of the tags in `markup`."""
    parts: list[str] = []
    end = 0
    index = text.find("<")
    while index >= 0:
        if index not in markup:
            parts += (text[end:index], "&lt;")
            end = index + 1
        index = text.find("<", index + 1)
    return "".join([*parts, text[end:]])


def _is_markup_in_code(tag: Tag) -> bool:
    """Return whether a tag in code may be markup: that of highlighted words, or code in `pre`."""
    return tag.name == "code" or (tag.name == "span" and bool(tag.attributes))


def _is_markup(text: str, opening: Tag, closing: Tag, anchors: bool) -> bool:
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


def _has_text(text: str, opening: Tag, closing: Tag) -> bool:
    """Return whether there is a picture, or more than punctuation, between two tags."""
    if closing.start - opening.end > MAX_EMPTY_CHARS:
        return True
    content = text[opening.end : closing.start]
    if "<img" in content.lower():
        return True
    return bool(TAG.sub("", content).strip(" \t\n.…,;/"))


def _is_in_parent(tag: Tag, parent_ranges: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    parents = _PARENTS.get(tag.name)
    return parents is None or any(is_inside(parent_ranges[parent], tag.start) for parent in parents)
