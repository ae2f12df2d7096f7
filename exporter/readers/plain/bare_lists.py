"""Lists of questions and tasks without marks, one a line, of which some do not ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from exporter.readers.labels.metadata import measure_indent
from exporter.readers.labels.note_titles import is_note_title
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.style_lines import find_each_line
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.plain.headings import find_heading_ending_at, is_short_title
from exporter.readers.plain.list_forms import (
    MAX_ASKING_SHARE,
    MIN_UNFINISHED_CHARS,
    are_topics,
    count_asking,
    group_adjacent,
    have_one_form,
    have_similar_length,
    names_questions,
)

MIN_ITEMS = 5
"""Minimum number of lines of a list; of fewer, one that does not ask is as likely an answer."""

MIN_ASKING_SHARE = 0.8
"""Minimum share of lines that ask, of a list in which the others are questions, too.

Measured: 0.93 and 0.9 in two public lists of 140 lines; a list with a line below each question has 0.5.
"""

MAX_ANSWERED_SHARE = 0.1
"""Maximum share of lines with indented text or code below; 0.01 in a public list of 140 questions."""

MAX_MARKED_SHARE = 0.1
"""Maximum share of lines with a number or label, which then mark the questions."""

MAX_TITLE_SHARE = 0.25
"""Maximum share of short lines between blank lines that are titles; with more, they are topics."""

MIN_TOPICS = 12
"""Minimum number of topics on adjacent lines that are a list without headings of one form."""

MAX_SPACED_TITLE_WORDS = 3
"""Maximum number of words of a title among lines with blank lines between; longer ones are questions."""

MAX_CLOSING_SHARE = 0.1
"""Maximum share of lines below a gap that are not items of the lists under titles, but close the file."""

_NUMBERED_TITLE = re.compile(
    r"\W{0,8}(?P<word>[^\W\d_]{2,12})\s{0,3}[-#.]?\s{0,3}(?P<number>\d{1,3})\b(?P<rest>.*)"
)
_match_title_end = re.compile(r"\s*(?:[:：–—-].{0,100}|\(.{0,100}|)$").match


def find_bare_lists(text: TokenizedText) -> Iterator[Layout]:
    """Yield layouts in which each line is a question, but for headings, for lists that look like one.

    Nearly all lines ask; or hardly any does, and they are topics: below headings of one form, as `Day 1`,
    on adjacent lines, or between blank lines. Where some ask, the others must have the same form.
    """
    items = [index for index, _ in find_each_line(text)]
    if len(items) < MIN_ITEMS:
        return
    numbered = _find_numbered_titles(text, items)
    counted = _find_counted_titles(text, items)
    is_spaced = 2 * sum(text.is_separator(index - 1) for index in items) > len(items)
    marked = sum(text.tokens[index].marker is not None for index in items if index not in counted)
    titles = numbered | counted | {index for index in items if _is_title(text, index, is_spaced)}
    if is_spaced and len(titles) > MAX_TITLE_SHARE * len(items):
        headings = {index for index in titles if find_heading_ending_at(text.lines, index, 0)}
        titles = headings | counted | numbered
    listed = _drop_continuations(text, [index for index in items if index not in titles], is_spaced)
    known = {*listed, *titles} if is_spaced else set(items)
    answered = sum(not text.is_separator(index + 1) and index + 1 not in known for index in listed)
    if len(listed) < MIN_ITEMS or answered > MAX_ANSWERED_SHARE * len(listed):
        return
    questions = _drop_notes(text, listed, titles)
    asking = count_asking(text, questions)
    if asking >= MIN_ASKING_SHARE * len(questions) > 0:
        selected = listed if have_similar_length(text, listed) else []
    elif marked > MAX_MARKED_SHARE * len(items):
        selected = []
    elif asking > MAX_ASKING_SHARE * len(questions):
        selected = listed if have_one_form(text, questions) else []
    elif numbered:
        below_titles = _find_below_titles(text, listed, titles)
        apart = len(listed) - len(below_titles)
        selected = below_titles if apart <= MAX_CLOSING_SHARE * len(listed) else listed
        selected = selected if are_topics(text, selected) else []
    else:
        selected = _select_topics(text, listed, titles)
    if selected:
        markers = {index: build_line_marker(text.lines[index]) for index in selected}
        layout = build_layout(Style.EACH_LINE, "", markers)
        layout.titles = frozenset(titles)
        yield layout


def find_indented_lists(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of lists below titles at the margin, whose lines are indented by the same width.

    Nearly all indented lines ask; text before the first list and after the last one is not a title.
    """
    indented = [index for index in text.content if text.lines[index][0].isspace()]
    listed = [index for index in indented if text.tokens[index].kind is TokenKind.TEXT]
    widths = {measure_indent(text.lines[index]) for index in indented}
    asking = count_asking(text, listed)
    if len(listed) < MIN_ITEMS or len(widths) > 1 or asking < MIN_ASKING_SHARE * len(indented):
        return
    between = [index for index in text.content if not text.lines[index][0].isspace() and index < listed[-1]]
    titles = {index for index in between if text.lines[index].rstrip().endswith((":", "："))}
    if titles and all(index in titles or index < listed[0] for index in between):
        markers = {index: build_line_marker(text.lines[index]) for index in listed}
        layout = build_layout(Style.EACH_LINE, "", markers)
        layout.titles = frozenset(titles)
        yield layout


def _select_topics(text: TokenizedText, listed: Sequence[int], titles: Collection[int]) -> list[int]:
    """Return the topics of lists without headings of one form: on adjacent lines, or all between blank lines.

    Fewer are a list if titles with a colon are above several parts of it, or a title speaks of questions.
    """
    above = [text.lines[index].rstrip() for index in {text.content[0], *titles}]
    with_colon = sum(line.endswith((":", "：")) for line in above)
    is_headed = len(listed) > 2 * len(above) and (
        1 < with_colon == len(titles) or any(map(names_questions, above))
    )
    if is_headed or all(text.is_separator(index - 1) for index in listed):
        is_list = is_headed or len(listed) >= MIN_TOPICS
        return list(listed) if is_list and are_topics(text, listed) else []
    return [
        index
        for run in group_adjacent(listed)
        if len(run) >= MIN_TOPICS and are_topics(text, run) and count_asking(text, run[:1]) == 0
        for index in run
    ]


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


def _find_counted_titles(text: TokenizedText, items: Sequence[int]) -> set[int]:
    """Return the lines numbered from 1, as `2. Machines`, if none asks, and each has others below."""
    counted = [
        (position, marker)
        for position, index in enumerate(items)
        if text.tokens[index].kind is TokenKind.NUMBER and (marker := text.tokens[index].marker)
    ]
    numbers = [marker.number for _, marker in counted]
    if len(counted) < 2 or numbers != list(range(1, len(counted) + 1)):
        return set()
    has_lines = all(high[0] - low[0] > 1 for low, high in pairwise([*counted, (len(items), None)]))
    if not has_lines or any(looks_like_question(marker.rest) for _, marker in counted):
        return set()
    return {items[position] for position, _ in counted}


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
    if (is_above_question and not line.lstrip()[:1].islower()) or line.rstrip().endswith((":", "：")):
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
    """Return the lines that ask, or do not continue the one above.

    Between blank lines only the first may be an item; else one in lower case may continue another, if most
    lines begin with a capital.
    """
    has_capitals = 2 * sum(text.lines[index][0].islower() for index in items) < len(items)
    return [
        index
        for index in items
        if looks_like_question(text.lines[index])
        or text.is_separator(index - 1)
        or not (
            is_spaced or (has_capitals and text.lines[index][0].islower() and _is_unfinished(text, index - 1))
        )
    ]


def _is_unfinished(text: TokenizedText, index: int) -> bool:
    line = text.lines[index].rstrip() if index >= 0 else ""
    return len(line) >= MIN_UNFINISHED_CHARS and line[-1] not in ".?!:;"
