"""Where the questions of a plain-text file end, and which headings stand between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection

from exporter.readers import SourceText
from exporter.readers.plain.headings import (
    Heading,
    heading_ending_at,
    is_ruler,
    is_short_title,
    trailing_headings,
)
from exporter.readers.plain.layout_detection import Layout


def is_ruled(source: SourceText, places: list[int]) -> bool:
    """Say whether rulers stand between the questions, so that they do not underline what is above them."""
    count = 0
    for place in places[1:]:
        index = place - 1
        while index > 0 and not source.lines[index].strip():
            index -= 1
        count += is_ruler(source.lines[index])
    return count >= 2 and count * 2 >= len(places) - 1


def short_titles(source: SourceText, convention: Layout, places: list[int]) -> set[int]:
    """Return the short lines that head the questions below them.

    They stand right above one, where most others have a blank line above; or above, also with a
    blank line between, where the numbers begin again.
    """
    lines = source.lines
    again: set[int] = set()
    right_above: set[int] = set()
    others = 0
    for place, before in zip(places, [-1, *places], strict=False):
        above = place - 1
        restarts = convention.marks[place].number == 1 and before >= 0
        while restarts and above > before and not lines[above].strip():
            above -= 1
        if above <= before or above in convention.answers:
            continue
        if is_short_title(lines, above, colon=not restarts):
            (again if restarts else right_above).add(above)
        elif lines[place - 1].strip() and not is_ruler(lines[place - 1]):
            others += heading_ending_at(lines, place - 1, 0) is None
    return again | right_above if others * 5 <= len(places) else again


def headings_above(
    source: SourceText, start: int, end: int, first: int, underlined: bool, titles: Collection[int]
) -> tuple[int, list[Heading]]:
    """Return where the body of `lines[start:end]` ends, and the headings after it, with short titles."""
    lines = source.lines
    last = end - 1
    while last > start and not lines[last].strip():
        last -= 1
    if last not in titles or last < first:
        return trailing_headings(lines, start, end, first, underlined)
    title = Heading(lines[last].strip().strip("-–:： "), last, "title")
    end, headings = trailing_headings(lines, start, last, first, underlined)
    return end, [*headings, title]


def bodies_of(
    source: SourceText,
    convention: Layout,
    places: list[int],
    underlined: bool,
    titles: Collection[int],
) -> list[tuple[int, list[Heading]]]:
    """Return, for each question, where it ends, and the headings between it and the next one."""
    bodies: list[tuple[int, list[Heading]]] = []
    answers = iter(sorted(convention.answers))
    answer = next(answers, None)
    for place, end in zip(places, [*places[1:], len(source.lines)], strict=True):
        first = place + 1
        while answer is not None and answer < end:
            first = max(first, answer + 1)
            answer = next(answers, None)
        if end == len(source.lines):
            first = end  # a heading with nothing below it is an answer's last line
        found = headings_above(source, place, end, first, underlined, titles)
        if convention.answers and not "".join(source.lines[first : found[0]]).strip():
            capitals = [heading for heading in found[1] if heading.kind == "capitals"]
            if capitals and not convention.answers.get(first - 1):
                # An answer that is one word in capitals is not a heading.
                found = (capitals[0].start + 1, [each for each in found[1] if each.start > capitals[0].start])
        bodies.append(found)
    return bodies


def framed_lines(source: SourceText, convention: Layout, kinds: set[str]) -> list[int]:
    """Return the lines that may be headings between signs, of the file's own kinds."""
    firsts = tuple(kind[6] for kind in kinds if kind.startswith("framed") and kind[6] in "=*")
    return [
        index
        for index, line in enumerate(source.lines)
        if line.startswith(firsts)
        and not (index and source.lines[index - 1].strip())
        and index not in convention.fenced
    ]


def cut_at_heading(
    source: SourceText, framed: list[int], place: int, end: int, kinds: set[str]
) -> tuple[int, list[Heading], list[int]]:
    """Return where the question ends before a heading of the file's own kind that has text below it.

    The text below belongs to no question. `framed` are the lines that may be such headings.
    """
    for index in framed[bisect_right(framed, place) : bisect_left(framed, end)]:
        heading = heading_ending_at(source.lines, index, place + 1)
        if heading and heading.kind in kinds:
            stray = [at for at in range(index + 1, end) if source.lines[at].strip()]
            return heading.start, [heading], stray
    return end, [], []
