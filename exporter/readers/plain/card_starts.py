"""Where the text of cards begins that white space or rulers separate: below headings and titles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.layout.evidence import count_between, median_low
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.plain.headings import find_heading_ending_at


def find_card_starts(text: TokenizedText, cards: Sequence[int]) -> list[int]:
    """Return the indices of the first lines of cards, given the first lines with text in each.

    Headings are above a card's text, and are not cards by themselves. A title is above the first card if only
    the line below asks, or the card has one paragraph more than most.
    """
    ends = [*cards, len(text.lines)][1:]
    begun = (_skip_headings(text, card, end) for card, end in zip(cards, ends, strict=True))
    starts = [start for start in begun if start is not None]
    paragraphs = [index for index in text.content if text.is_separator(index - 1)]
    counts = [count_between(paragraphs, start, end) for start, end in pairwise([*starts, len(text.lines)])]
    below = next((index for index in paragraphs if index > starts[0]), starts[0]) if starts else 0
    if len(starts) > 1 and below < starts[1]:
        asks_below = not text.is_asking(starts[0]) and text.is_asking(below)
        if asks_below or counts[0] == median_low(counts[1:]) + 1:
            starts[0] = below
    return starts


def _skip_headings(text: TokenizedText, start: int, end: int) -> int | None:
    """Return the index of the first line of a card that is below its headings, or nothing."""
    for last in (start, start + 1):
        if last < end and (heading := find_heading_ending_at(text.lines, last, start)):
            below = next((i for i in range(last + 1, end) if not text.is_separator(i)), None)
            if heading.start == start and (below is None or below not in text.fenced):
                return None if below is None else _skip_headings(text, below, end)
    return start
