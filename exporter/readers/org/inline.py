"""The words of a line of Org as runs: emphasis, code, links, footnotes and formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exporter.readers.page.spans import Run
from exporter.readers.span_builder import SpanKind

MAX_MARKED_CHARS = 1_000  # unmeasured
"""Maximum length of the words between two marks, so that unpaired marks take linear time."""

_MARKS = {
    "*": SpanKind.STRONG,
    "/": SpanKind.EMPHASIS,
    "+": SpanKind.STRIKETHROUGH,
    "=": SpanKind.CODE,
    "~": SpanKind.CODE,
    "_": None,
}
_INSIDE = r"\[\[[^][\n]{1,2000}\](?:\[[^][\n]{1,1000}\])?\]|://|[^\n]"
"""What is between two marks; the slashes of links are not marks."""

_TOKEN = re.compile(
    rf"""
      (?P<address>\b[a-zA-Z][\w+.-]{{0,30}}://[^\s<>\[\]]+)
    | \[\[(?P<target>[^][\n]{{1,2000}})\](?:\[(?P<words>[^\n]{{1,1000}}?)\])?\]
    | \[fn:(?P<note>[\w-]{{1,40}})\]
    | (?P<formula>\\\([^\n]{{1,400}}?\\\)|\\\[[^\n]{{1,400}}?\\\])
    | (?:(?<=[\s\-–—('"{{/*+_])|\A)
      (?P<mark>[*/+=~_])(?P<marked>\S|(?=\S)(?>{_INSIDE}){{0,{MAX_MARKED_CHARS}}}?(?<=\S))(?P=mark)
      (?=[\s\-–—.,;:!?'")}}\[\\/*+_]|\Z)
    """,
    re.VERBOSE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp)\Z", re.IGNORECASE)
_INNER = ("*", "#", "id:", "fn:")
"""The beginnings of links that lead to a place in a collection of notes."""


def read_runs(text: str) -> list[Run]:
    """Return the runs of a line."""
    return list(_iter_runs(text, frozenset(), 0))


def _iter_runs(text: str, kinds: frozenset[SpanKind], depth: int) -> Iterator[Run]:
    position = 0
    for match in _TOKEN.finditer(text):
        if match.start() > position:
            yield Run(text[position : match.start()], kinds)
        position = match.end()
        if match["address"]:
            yield Run(match["address"], kinds)
        elif match["target"]:
            yield from _iter_link(match["target"], match["words"] or "", kinds, depth)
        elif match["note"]:
            yield Run(f"[^{match['note']}]", kinds, is_markdown=True)
        elif match["formula"]:
            yield Run(match["formula"], kinds, is_markdown=True)
        else:
            kind = _MARKS[match["mark"]]
            inner = kinds | {kind} if kind else kinds
            if kind is SpanKind.CODE or depth > 3:
                yield Run(match["marked"], inner)
            else:
                yield from _iter_runs(match["marked"], inner, depth + 1)
    if position < len(text):
        yield Run(text[position:], kinds)


def _iter_link(target: str, words: str, kinds: frozenset[SpanKind], depth: int) -> Iterator[Run]:
    """Yield the runs of a link; one without words to a picture is the picture."""
    path = re.sub(r"^(?:file:|attachment:|\./)+", "", target)
    if _PICTURE.search(path) and (not words or words == target) and "://" not in path:
        yield Run(f"![](<{path}>)", is_markdown=True)
    elif target.startswith(_INNER):
        yield from _iter_runs(words or target.removeprefix("id:").lstrip("*#"), kinds, depth + 1)
    else:
        for run in _iter_runs(words, kinds, depth + 1) if words else [Run(path, kinds)]:
            yield replace(run, target=path)
