"""Questions after a sign that the writer invented, recognized by its repetition: `===>`, `#Q`, `·`."""

from __future__ import annotations

import re

from exporter.readers.labels.patterns import Marker, extract_text
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.layout.typed_marks import fold_runs
from exporter.readers.plain.number_scoring import Markers

_PREFIX = re.compile(
    r"\s{0,2}(?P<prefix>[^\w\s\"'“‘«(<{\[`.,;@$}\])/\\][^\w\s\"'“‘«(<`\[]{0,40}(?:[A-Z](?=[\s.:]))?)"
    r"\s{0,20}(?P<rest>[^\W_].*|[\[¿].*)"
)


def group_prefixes(text: TokenizedText) -> dict[str, Markers]:
    """Return the lines with a common prefix; runs of one character but `#` are equal at any length."""
    groups: dict[str, Markers] = {}
    for index in text.content:
        if index in text.fenced or (match := _PREFIX.match(text.lines[index])) is None:
            continue
        key = fold_runs(match["prefix"])
        marker = Marker(None, extract_text(match), match.start("rest") + 1, "prefix")
        groups.setdefault(key, []).append((index, marker))
    return {prefix: markers for prefix, markers in groups.items() if len(markers) > 1}
