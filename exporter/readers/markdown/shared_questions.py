"""Questions that headings share: `### Captain`, and below this and each other one `**Who is this?**`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.markdown.element import Element, ElementKind

MIN_SHARED = 3
"""Minimum number of headings with the same question right below; two may be a slip. Unmeasured."""


def find_shared_questions(elements: Sequence[Element]) -> frozenset[int]:
    """Return the lines (from 0) of the paragraphs that ask right below headings, if most ask the same.

    They do not say what is asked without the heading, which is the question.
    """
    texts: dict[int, str] = {}
    for above, below in pairwise(elements):
        is_line = below.kind == ElementKind.PARAGRAPH and len(below.parts) == 1 and not below.in_details
        if above.kind == ElementKind.HEADING and above.parts and is_line and below.asks:
            marker = above.marker
            if marker is None or marker.rest:
                texts[below.line] = below.text.casefold()
    counts = Counter(texts.values())
    shared = sum(count for count in counts.values() if count >= MIN_SHARED)
    # two thirds of the lines; unmeasured
    return frozenset(texts if shared * 3 >= len(texts) * 2 else ())
