"""Lists of questions and tasks without marks, one a line, of which some do not ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.style_lines import find_each_line
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.plain.headings import find_heading_ending_at, is_short_title

MIN_ITEMS = 5
"""Minimum number of lines of a list; of fewer, one that does not ask is as likely an answer."""

MIN_ASKING_SHARE = 0.8
"""Minimum share of lines that ask, of a list in which the others are questions, too.

Measured: 0.93 and 0.9 in two public lists of 140 lines; a list with a line below each question has 0.5.
"""

MAX_LENGTH_FACTOR = 1.25
"""Maximum length of a line of such a list, as a multiple of the longest line that asks; answers are longer."""

MAX_ASKING_SHARE = 0.3
"""Maximum share of lines that ask, of a list of topics; with more, lines may be questions and answers.

Measured: 0.12 in two public lists of 160 and 44 topics.
"""

MIN_TOPICS = 12
"""Minimum number of topics on adjacent lines that are a list without headings of one form."""

MAX_TOPIC_CHARS = 120
"""Maximum length of a topic; nine in ten are shorter in a list of topics."""

MAX_SENTENCE_SHARE = 0.25
"""Maximum share of topics that end as sentences do; 0.1 in a public list of 160 topics."""

_NUMBERED_TITLE = re.compile(r"\W{0,8}(?P<word>[^\W\d_]{2,12})\s{0,3}[-#.]?\s{0,3}(?P<number>\d{1,3})\b(?P<rest>.*)")
_match_title_end = re.compile(r"\s*(?:[:：–—-].{0,100}|\(.{0,100}|)$").match


def find_bare_lists(text: TokenizedText) -> Iterator[Layout]:
    """Yield layouts in which each line is a question, but for headings, for lists that look like one.

    Nearly all lines ask; or hardly any does, and they are topics: below headings of one form, as `Day 1`,
    or on adjacent lines.
    """
    items = [index for index, _ in find_each_line(text)]
    if len(items) < MIN_ITEMS:
        return
    numbered = _find_numbered_titles(text, items)
    titles = numbered | {index for index in items if _is_title(text, index)}
    listed = _drop_wrapped(text, [index for index in items if index not in titles])
    if len(listed) < MIN_ITEMS:
        return
    asking = _count_asking(text, listed)
    if asking >= MIN_ASKING_SHARE * len(listed):
        longest = max(len(text.lines[index]) for index in listed if looks_like_question(text.lines[index]))
        limit = MAX_LENGTH_FACTOR * longest
        selected = listed if all(len(text.lines[index]) <= limit for index in listed) else []
    elif numbered:
        selected = listed if _are_topics(text, listed) else []
    else:
        runs = _group_adjacent(listed)
        selected = [
            index
            for run in runs
            if len(run) >= MIN_TOPICS and _are_topics(text, run) and _count_asking(text, run[:1]) == 0
            for index in run
        ]
    if selected:
        markers = {index: build_line_marker(text.lines[index]) for index in selected}
        layout = build_layout(Style.EACH_LINE, "", markers)
        layout.titles = frozenset(titles)
        yield layout


def _find_numbered_titles(text: TokenizedText, items: Sequence[int]) -> set[int]:
    """Return the lines that begin with one word and numbers from 1, as `Day 1: Arrays`, with text below."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for index in items:
        match = _NUMBERED_TITLE.match(text.lines[index]) if text.is_separator(index - 1) else None
        if match and _match_title_end(match["rest"].rstrip()):
            groups.setdefault(match["word"].casefold(), []).append((index, int(match["number"])))
    titles: set[int] = set()
    for group in groups.values():
        if len(group) > 1 and group[0][1] <= 1 and all(low[1] < high[1] for low, high in pairwise(group)):
            titles.update(index for index, _ in group)
    return titles


def _is_title(text: TokenizedText, index: int) -> bool:
    """Return whether a line is a title of questions: between separators, or above one that asks."""
    if find_heading_ending_at(text.lines, index, 0) is not None:
        return True
    line = text.lines[index]
    if looks_like_question(line) or not is_short_title(text.lines, index, colon=True):
        return False
    below = index + 1
    is_above_question = below < len(text.lines) and looks_like_question(text.lines[below])
    return is_above_question or line.rstrip().endswith((":", "：")) or text.is_separator(below)


def _drop_wrapped(text: TokenizedText, items: Sequence[int]) -> list[int]:
    return [
        index
        for index in items
        if not (text.lines[index][0].islower() and _is_unfinished(text, index - 1))
        or looks_like_question(text.lines[index])
    ]


MIN_UNFINISHED_CHARS = 60
"""Minimum length of a line that continues in lower case on the next."""


def _is_unfinished(text: TokenizedText, index: int) -> bool:
    line = text.lines[index].rstrip() if index >= 0 else ""
    return len(line) >= MIN_UNFINISHED_CHARS and line[-1] not in ".?!:;"


def _count_asking(text: TokenizedText, items: Sequence[int]) -> int:
    return sum(looks_like_question(text.lines[index]) for index in items)


def _are_topics(text: TokenizedText, items: Sequence[int]) -> bool:
    lines = [text.lines[index].rstrip() for index in items]
    sentences = sum(line.endswith((".", "。", ";", "{", "}")) for line in lines)
    long = sum(len(line) > MAX_TOPIC_CHARS for line in lines)
    return (
        _count_asking(text, items) <= MAX_ASKING_SHARE * len(items)
        and sentences <= MAX_SENTENCE_SHARE * len(items)
        and long * 10 <= len(items)
    )


def _group_adjacent(items: Sequence[int]) -> list[list[int]]:
    """Return runs of lines with no line between them."""
    return [
        [index for _, index in run]
        for _, run in groupby(enumerate(items), lambda item: item[1] - item[0])
    ]
