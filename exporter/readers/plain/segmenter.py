"""Find where the questions of a plain-text file end, and the headings between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from exporter.readers import SourceText
from exporter.readers.layout.layout import Layout
from exporter.readers.plain.headings import (
    Heading,
    HeadingKind,
    HeadingStyle,
    find_heading_ending_at,
    find_trailing_headings,
    is_ruler,
    is_short_title,
)

MAX_TIGHT_TITLE_WORDS = 2
"""A title without a blank line above has no more words; longer lines are the end of an answer."""


def has_rulers_between(source: SourceText, starts: list[int]) -> bool:
    """Return whether rulers separate the questions, and so do not underline the text above them."""
    count = 0
    for start in starts[1:]:
        index = start - 1
        while index > 0 and not source.lines[index].strip():
            index -= 1
        count += is_ruler(source.lines[index])
    # half of the questions; unmeasured
    return count >= 2 and count * 2 >= len(starts) - 1


def find_short_titles(source: SourceText, layout: Layout, starts: list[int]) -> set[int]:
    """Return the indices of short lines that are titles of the questions below them.

    Such a line is directly above a question, if most other questions have a blank line above; or it is above
    a question whose number restarts at 1, also with blank lines between.
    """
    lines = source.lines
    above_restarts: set[int] = set()
    directly_above: set[int] = set()
    others = 0
    for start, previous in zip(starts, [-1, *starts], strict=False):
        above = start - 1
        starts_at_1 = layout.markers[start].number == 1
        restarts = starts_at_1 and previous >= 0
        while (
            starts_at_1
            and above > previous
            and (is_ruler(lines[above]) or (restarts and not lines[above].strip()))
        ):
            above -= 1
        if above <= previous or above in layout.answers:
            continue
        heading = find_heading_ending_at(lines, above, 0)
        if heading is not None and heading.style.kind is HeadingKind.FRAMED:
            continue  # it says that it is one: `Section: Names`
        # a colon and nothing after it is not an answer
        is_all = previous >= 0 and above == previous + 1 and lines[above].rstrip().endswith((":", "："))
        if is_short_title(lines, above, colon=True, below_text=restarts or is_all):
            (above_restarts if restarts or is_all else directly_above).add(above)
        elif (
            above == start - 1 and layout.markers[start].number is not None and _is_tight_title(lines, above)
        ):
            directly_above.add(above)
            others += 1
        elif lines[start - 1].strip() and not is_ruler(lines[start - 1]):
            others += find_heading_ending_at(lines, start - 1, 0) is None
    first = min(directly_above, default=starts[0])
    if above_restarts and first < starts[0] and lines[first].rstrip().endswith((":", "：")):
        above_restarts.add(first)  # the section that the others follow
    # one in five; unmeasured
    titles = above_restarts | layout.titles
    return titles | directly_above if others * 5 <= len(starts) else titles


def _is_tight_title(lines: Sequence[str], index: int) -> bool:
    """Return whether a line directly below text and above a number is a title: one or two names.

    The line above it is a sentence; a name below another one is an item of a list.
    """
    return _has_names(lines[index]) and not _has_names(lines[index - 1])


def _has_names(line: str) -> bool:
    words = line.split()
    return (
        line[:1].isupper()
        and len(words) <= MAX_TIGHT_TITLE_WORDS
        and all(word[0].isupper() and word.replace("-", "").isalpha() for word in words)
    )


def find_headings_above(
    source: SourceText, start: int, end: int, first: int, underlined: bool, titles: Collection[int]
) -> tuple[int, list[Heading]]:
    """Return the index after the body of `lines[start:end]`, and the headings after it, with short titles.

    No line before `first` is read as a heading.
    """
    lines = source.lines
    last = end - 1
    while last > start and (not lines[last].strip() or is_ruler(lines[last])):
        last -= 1
    is_title = last in titles and last >= first
    if is_title and last + 1 < end:
        is_title = find_heading_ending_at(lines, last + 1, first, underlined) is None
    if not is_title:
        return find_trailing_headings(lines, start, end, first, underlined)
    title = Heading(lines[last].strip().strip("-–:： "), last, HeadingStyle(HeadingKind.SHORT_TITLE))
    end, headings = find_trailing_headings(lines, start, last, first, underlined)
    return end, [*headings, title]


def find_segments(
    source: SourceText,
    layout: Layout,
    starts: list[int],
    underlined: bool,
    titles: Collection[int],
) -> list[tuple[int, list[Heading]]]:
    """Return, for each question, the index after its last line, and the headings before the next one."""
    segments: list[tuple[int, list[Heading]]] = []
    answers = iter(sorted(layout.answers))
    answer = next(answers, None)
    for start, end in zip(starts, [*starts[1:], len(source.lines)], strict=True):
        first = start + 1
        while answer is not None and answer < end:
            first = max(first, answer + 1)
            answer = next(answers, None)
        if end == len(source.lines):
            first = end  # a heading with nothing below it is the last line of an answer
        body_end, headings = find_headings_above(source, start, end, first, underlined, titles)
        if layout.answers and not "".join(source.lines[first:body_end]).strip():
            capitals = [heading for heading in headings if heading.style.kind is HeadingKind.CAPITALS]
            if capitals and not layout.answers.get(first - 1):
                # an answer of one word in capitals is not a heading
                body_end = capitals[0].start + 1
                headings = [heading for heading in headings if heading.start > capitals[0].start]
        segments.append((body_end, headings))
    return segments


def find_framed_lines(source: SourceText, layout: Layout, styles: set[HeadingStyle]) -> list[int]:
    """Return the indices of lines that may be framed headings of one of the file's own styles."""
    first_chars = tuple(
        style.char for style in styles if style.kind is HeadingKind.FRAMED and style.char in ("=", "*")
    )
    return [
        index
        for index, line in enumerate(source.lines)
        if line.startswith(first_chars)
        and not (index and source.lines[index - 1].strip())
        and index not in layout.fenced
    ]


def cut_at_heading(
    source: SourceText, framed: list[int], start: int, end: int, styles: set[HeadingStyle]
) -> tuple[int, list[Heading], list[int]]:
    """Return the end of a question before a heading of the file's own style that has text below it.

    Return also that heading, and the indices of the lines of text below it, which belong to no question.
    `framed` are the indices of lines that may be such headings.
    """
    if not framed:
        return end, [], []
    for index in framed[bisect_right(framed, start) : bisect_left(framed, end)]:
        heading = find_heading_ending_at(source.lines, index, start + 1)
        if heading and heading.style in styles:
            stray = [i for i in range(index + 1, end) if source.lines[i].strip()]
            return heading.start, [heading], stray
    return end, [], []
