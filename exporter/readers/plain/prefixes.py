"""Questions after a sign that the writer invented, recognized by its repetition: `===>`, `#Q`, `·`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from exporter.readers.labels.patterns import Marker, extract_text
from exporter.readers.layout.layout import SIGNED_LINE
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.layout.typed_marks import fold_runs
from exporter.readers.plain.number_scoring import Markers

_OPENING = r"\"'“‘„‚«‹(<`\[¿¡「『《〈（【［"
"""Signs that open a question, and close or continue in it: they are part of its words."""

_PREFIX = re.compile(
    rf"\s{{0,2}}(?P<prefix>[^\w\s{_OPENING}{{.,;@$}}\])/\\][^\w\s{_OPENING}]{{0,40}}(?:[A-Z](?=[\s.:]))?)"
    r"\s{0,20}(?P<rest>[^\W_].*|[\[¿¡].*)"
)


def group_prefixes(text: TokenizedText) -> dict[str, Markers]:
    """Return the lines with a common prefix; runs of one character but `#` are equal at any length.

    Numbered lines are not among them: their sign is part of the number's.
    """
    groups: dict[str, Markers] = {}
    for index in text.content:
        is_numbered = text.tokens[index].kind in (TokenKind.NUMBER, TokenKind.LETTERED_NUMBER)
        if is_numbered or index in text.fenced or (match := _PREFIX.match(text.lines[index])) is None:
            continue
        key = fold_runs(match["prefix"])
        marker = Marker(None, extract_text(match), match.start("rest") + 1, "prefix")
        groups.setdefault(key, []).append((index, marker))
    return {prefix: markers for prefix, markers in groups.items() if len(markers) > 1}


def drop_signs(markers: dict[int, Marker], groups: Mapping[str, Markers]) -> None:
    """Take the signs that repeat in a text from questions that are whole lines, as `- What is a heap?`.

    `groups` are the lines with such signs; a space must follow the sign. If half of the lines with a sign
    are questions, the others are, too.
    """
    for group in groups.values():
        signed = {index: marker for index, marker in group if _is_line_after_sign(markers.get(index), marker)}
        if len(signed) * 2 >= len(group):
            signed = dict(group)
        for index, marker in signed.items():
            markers[index] = replace(marker, style=SIGNED_LINE)


def _is_line_after_sign(marker: Marker | None, without_sign: Marker) -> bool:
    """Return whether a question is a whole line, which begins with a sign and a space."""
    return (
        marker is not None
        and marker.style == "line"
        and marker.rest[-len(without_sign.rest) - 1 :][:1].isspace()
    )


def drop_frame(marker: Marker, prefix: str) -> Marker:
    """Return the marker of a line between signs, as `*** Heaps ***`, without those at its end."""
    if not prefix or not marker.rest.endswith(2 * prefix[-1]):
        return marker
    return replace(marker, rest=marker.rest.rstrip(prefix[-1] + " "), style=SIGNED_LINE)
