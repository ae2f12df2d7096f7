"""Questions behind a sign of the writer's own, learned from its repetition: `===>`, `#Q`, `·`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.readers.labels.patterns import Marker, extract_text
from exporter.readers.plain.layout import Layout, Style, build_layout
from exporter.readers.plain.tokens import TokenizedText

_PREFIX = re.compile(
    r"\s{0,2}(?P<prefix>[^\w\s\"'“‘«(<{\[`.,;@$}\])/\\][^\w\s\"'“‘«(<`\[]{0,40}(?:[A-Z](?=[\s.:]))?)"
    r"\s{0,20}(?P<rest>[^\W_].*|[\[¿].*)"
)
_REPEATED = re.compile(r"(.)\1+")


def find_prefixes(text: TokenizedText) -> Iterator[Layout]:
    """Lines that begin with one sign, whatever it is; runs of a sign are equal whatever their length."""
    groups: dict[str, dict[int, Marker]] = {}
    for index in text.content():
        if index in text.fenced or (match := _PREFIX.match(text.lines[index])) is None:
            continue
        key = _REPEATED.sub(r"\1", match["prefix"])
        marker = Marker(None, extract_text(match), match.start("rest") + 1, "prefix")
        groups.setdefault(key, {})[index] = marker
    for pattern, marks in groups.items():
        if len(marks) > 1:
            yield build_layout(Style.PREFIX, pattern, marks)
