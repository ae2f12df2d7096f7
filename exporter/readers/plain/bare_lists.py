"""Lists of questions and tasks without marks, one a line, of which some do not ask."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

from exporter.readers.labels.note_titles import is_note_title
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.style_lines import find_each_line
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.plain.headings import find_heading_ending_at, is_short_title

MIN_ITEMS = 5
"""Minimum number of lines of a list; of fewer, one that does not ask is as likely an answer."""

MIN_ASKING_SHARE = 0.8
"""Minimum share of lines that ask, of a list in which the others are questions, too.

Measured: 0.93 and 0.9 in two public lists of 140 lines; a list with a line below each question has 0.5.
"""

MAX_LENGTH_FACTOR = 1.25
"""Maximum length of a line of such a list, compared with the longest that asks; answers are longer."""

MAX_ANSWERED_SHARE = 0.1
"""Maximum share of lines with indented text or code below; 0.01 in a public list of 140 questions."""

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

MAX_SPACED_TITLE_WORDS = 3
"""Maximum number of words of a title among lines with blank lines between; longer ones are questions."""

MIN_UNFINISHED_CHARS = 60
"""Minimum length of a line that continues in lower case on the next."""

MAX_CLOSING_SHARE = 0.1
"""Maximum share of lines below a gap that are not items of the lists under titles, but close the file."""

_NUMBERED_TITLE = re.compile(
    r"\W{0,8}(?P<word>[^\W\d_]{2,12})\s{0,3}[-#.]?\s{0,3}(?P<number>\d{1,3})\b(?P<rest>.*)"
)
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
    is_spaced = 2 * sum(text.is_separator(index - 1) for index in items) > len(items)
    titles = numbered | {index for index in items if _is_title(text, index, is_spaced)}
    listed = _drop_continuations(text, [index for index in items if index not in titles], is_spaced)
    answered = sum(index + 1 < len(text.lines) and _is_body(text, index + 1, items) for index in listed)
    if len(listed) < MIN_ITEMS or answered > MAX_ANSWERED_SHARE * len(listed):
        return
    questions = _drop_notes(text, listed, titles)
    asking = _count_asking(text, questions)
    if asking >= MIN_ASKING_SHARE * len(questions) > 0:
        longest = max(len(text.lines[index]) for index in listed if looks_like_question(text.lines[index]))
        limit = MAX_LENGTH_FACTOR * max(longest, MIN_UNFINISHED_CHARS)
        selected = listed if all(len(text.lines[index]) <= limit for index in listed) else []
    elif numbered:
        below_titles = _find_below_titles(text, listed, titles)
        apart = len(listed) - len(below_titles)
        selected = below_titles if apart <= MAX_CLOSING_SHARE * len(listed) else listed
        selected = selected if _are_topics(text, selected) else []
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


def _is_title(text: TokenizedText, index: int, is_spaced: bool) -> bool:
    """Return whether a line is a title of questions: between separators, or above one that asks.

    If `is_spaced` is true, most lines are between separators, and only those of a few words are titles.
    """
    if find_heading_ending_at(text.lines, index, 0) is not None:
        return True
    line = text.lines[index]
    if looks_like_question(line) or not is_short_title(text.lines, index, colon=True):
        return False
    below = index + 1
    is_above_question = below < len(text.lines) and looks_like_question(text.lines[below])
    if is_above_question or line.rstrip().endswith((":", "：")):
        return True
    return text.is_separator(below) and not (is_spaced and len(line.split()) > MAX_SPACED_TITLE_WORDS)


def _find_below_titles(text: TokenizedText, items: Sequence[int], titles: Collection[int]) -> list[int]:
    """Return the items without those that are below a blank line and the blank line is not below a title."""
    below: list[int] = []
    previous = -1
    for index in sorted({*items, *titles}):
        if index not in titles and (
            previous in titles or (below and previous == below[-1] and not text.is_separator(index - 1))
        ):
            below.append(index)
        previous = index
    return below


def _drop_notes(text: TokenizedText, items: Sequence[int], titles: Collection[int]) -> list[int]:
    """Return the items that are not below a title of notes, such as `Tips:`."""
    kept: list[int] = []
    is_note = False
    for index in sorted({*items, *titles}):
        if index in titles:
            is_note = is_note_title(text.lines[index])
        elif not is_note:
            kept.append(index)
    return kept


def _drop_continuations(text: TokenizedText, items: Sequence[int], is_spaced: bool) -> list[int]:
    """Return the lines that ask, or do not continue the one above; that is so between blank lines only."""
    return [
        index
        for index in items
        if looks_like_question(text.lines[index])
        or text.is_separator(index - 1)
        or not (is_spaced or (text.lines[index][0].islower() and _is_unfinished(text, index - 1)))
    ]


def _is_unfinished(text: TokenizedText, index: int) -> bool:
    line = text.lines[index].rstrip() if index >= 0 else ""
    return len(line) >= MIN_UNFINISHED_CHARS and line[-1] not in ".?!:;"


def _is_body(text: TokenizedText, index: int, items: Sequence[int]) -> bool:
    """Return whether a line is text below an item, such as an indented line."""
    place = bisect_left(items, index)
    return not text.is_separator(index) and items[place : place + 1] != [index]


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
        [index for _, index in run] for _, run in groupby(enumerate(items), lambda item: item[1] - item[0])
    ]
