"""The names of the tags that are read as HTML, by what they do."""

from __future__ import annotations

from exporter.readers.markup.inline_tags import RUBY, SPAN_KINDS

PARAGRAPH_TAGS = frozenset(
    "p div section article header footer main center h1 h2 h3 h4 h5 h6 hr dl dt dd figure".split()
)
"""Tags that end the paragraph before them and the one in them."""

LIST_TAGS = frozenset(("ul", "ol"))
CELL_TAGS = frozenset(("td", "th"))
TABLE_PARTS = CELL_TAGS | frozenset("caption tbody tfoot thead tr".split())
"""Tags that have a meaning in a `table` only."""

CONTAINER_TAGS = LIST_TAGS | CELL_TAGS | frozenset(("blockquote", "li", "table", "tr"))
"""Tags around blocks: the parts of lists and tables, and quotations."""

HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
DISCLOSURE_TAGS = frozenset(("details", "summary"))
SKIPPED_TAGS = frozenset(("script", "style"))
"""Elements whose content is not text."""

TRANSPARENT_TAGS = frozenset(("iframe", "path", "svg", "title"))
"""Elements in which HTML 5 reads no tags, or other ones; their content is read as if it were outside."""

FORMATTING_TAGS = frozenset(
    "abbr acronym big cite dfn font ins label mark nobr q small span u var".split()
) | frozenset(SPAN_KINDS)
"""Tags around words, which have no effect without their end tag."""

KNOWN_TAGS = (
    PARAGRAPH_TAGS
    | CONTAINER_TAGS
    | TABLE_PARTS
    | DISCLOSURE_TAGS
    | SKIPPED_TAGS
    | TRANSPARENT_TAGS
    | FORMATTING_TAGS
    | RUBY
    | frozenset("address aside br col colgroup figcaption form img input link meta nav picture".split())
    | frozenset("pre ruby source video wbr".split())
)
"""The tags that are read as HTML; anything else between angle brackets is text, as in `List<String>`."""
