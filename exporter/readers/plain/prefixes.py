"""Questions after a sign that the writer invented, recognized by its repetition: `===>`, `#Q`, `·`."""

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
    """Yield layouts of lines with a common prefix; runs of one character are equal at any length."""
    groups: dict[str, dict[int, Marker]] = {}
    for index in text.find_content():
        if index in text.fenced or (match := _PREFIX.match(text.lines[index])) is None:
            continue
        key = _REPEATED.sub(r"\1", match["prefix"])
        marker = Marker(None, extract_text(match), match.start("rest") + 1, "prefix")
        groups.setdefault(key, {})[index] = marker
    for pattern, markers in groups.items():
        if len(markers) > 1:
            yield build_layout(Style.PREFIX, pattern, markers)
