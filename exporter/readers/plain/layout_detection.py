"""Detect the layout of a plain-text file.

The reader uses one layout for the whole file, so that a line of an answer is not read as the marker of
another layout.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.readers.code_fences import find_fenced_lines
from exporter.readers.labels import patterns
from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.plain.answer_labels import drop_star_stories, find_answers, has_label
from exporter.readers.plain.candidates import Candidates, collect_candidates, select_worded
from exporter.readers.plain.headings import is_ruler
from exporter.readers.plain.joined_files import add_other_file, ask_mostly
from exporter.readers.plain.layout import Layout, LayoutKind
from exporter.readers.plain.number_scoring import Markers
from exporter.readers.plain.numbering import find_numbered_questions, insert_lettered
from exporter.readers.plain.unmarked_layouts import find_unmarked_layout


def detect_layout(lines: Sequence[str]) -> Layout:
    """Return the layout of a file."""
    fenced = find_fenced_lines(lines)
    candidates = collect_candidates(lines, fenced)
    if not candidates.numbered and ask_mostly(candidates.lettered):
        candidates.numbered, candidates.lettered = candidates.lettered, []
    candidates.letter_labels = drop_star_stories(lines, candidates.letter_labels)
    labels = candidates.word_labels or candidates.letter_labels
    found = _choose_markers(lines, candidates, labels, fenced)
    if found:
        found = add_other_file(lines, candidates, found)
        markers = {index: _strip_question_word(marker) for index, marker in found}
        style = found[0][1].style
        answers = find_answers(lines, style, markers, candidates.word_labels, candidates.letter_labels)
        layout = Layout(LayoutKind.MARKED, markers, answers, fenced)
        _drop_doubtful_markers(lines, layout)
        return layout
    if labels:
        return _find_questions_above_labels(lines, labels, fenced)
    return find_unmarked_layout(lines, fenced) or Layout(LayoutKind.NONE, fenced=fenced)


def _choose_markers(
    lines: Sequence[str], candidates: Candidates, labels: dict[int, str], fenced: Collection[int]
) -> Markers:
    """Return the markers with words or those with numbers; empty if neither are questions."""
    worded = select_worded(lines, candidates.worded)
    if not candidates.numbered or (worded and worded[0][0] < candidates.numbered[0][0]):
        return worded
    questions = find_numbered_questions(lines, candidates.numbered, labels)
    numbered = insert_lettered(lines, questions, candidates.lettered, labels)
    if worded:
        is_numbered = _encloses(numbered, worded) and not _are_mostly_labelled(numbered, worded, labels)
    elif labels:
        is_numbered = _explains_labels(numbered, labels)
    else:
        is_numbered = bool(numbered) and not _do_others_ask(lines, fenced, numbered)
    return numbered if is_numbered else worded


def _encloses(numbered: Markers, worded: Markers) -> bool:
    """Return whether all worded markers are after the first numbered one, and fewer than half as many.

    They are then part of the answers.
    """
    inside = sum(numbered[0][0] < index for index, _ in worded) if numbered else 0
    return len(numbered) >= 2 * len(worded) + 1 and inside == len(worded)  # unmeasured


def _are_mostly_labelled(numbered: Markers, worded: Markers, labels: dict[int, str]) -> bool:
    """Return whether most worded markers have an answer label before the next marker of either kind."""
    order = sorted(
        [
            *((index, "number") for index, _ in numbered),
            *((index, "word") for index, _ in worded),
            *((index, "label") for index in labels),
        ]
    )
    labelled = sum(kind == "word" and following == "label" for (_, kind), (_, following) in pairwise(order))
    return labelled * 2 > len(worded)


def _explains_labels(numbered: Markers, labels: dict[int, str]) -> bool:
    """Return whether most answer labels have a numbered question above, or most such questions a label."""
    ordered = sorted(labels)
    ends = [*(index for index, _ in numbered[1:]), ordered[-1] + 1]
    explained = sum(has_label(ordered, index, end) for (index, _), end in zip(numbered, ends, strict=False))
    # three labels in five, or half of the questions; unmeasured
    return explained * 5 >= len(ordered) * 3 or (explained > 0 and explained * 2 >= len(numbered))


def _do_others_ask(lines: Sequence[str], fenced: Collection[int], numbered: Markers) -> bool:
    """Return whether the numbered lines hardly ask, and other lines do and are more likely questions."""
    asking = sum(looks_like_question(marker.rest) for _, marker in numbered)
    if asking * 2 > len(numbered):
        return False
    layout = find_unmarked_layout(lines, fenced)
    if layout is None or layout.kind is LayoutKind.BULLETS:
        return False
    numbered_lines = {index for index, _ in numbered}
    others = [index for index in layout.markers if index not in numbered_lines]
    if not others or others[0] > numbered[0][0]:
        return False
    return sum(ends_with_question_mark(layout.markers[index].rest) for index in others) > asking


def _drop_doubtful_markers(lines: Sequence[str], layout: Layout) -> None:
    """Remove markers that are out of order, have no answer label and are directly below other text.

    This needs a file in which nearly all questions have answer labels.
    """
    if len(layout.answers) * 10 < len(layout.markers) * 8:  # eight in ten; unmeasured
        return
    labels = sorted(layout.answers)
    expected = 0
    starts = sorted(layout.markers)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        marker = layout.markers[start]
        if marker.number is None:
            continue
        is_expected = marker.number == expected or (
            marker.label is not None and marker.number == expected - 1
        )
        is_below_text = start > 0 and lines[start - 1].strip() and not is_ruler(lines[start - 1])
        if expected and not is_expected and is_below_text and not has_label(labels, start, end):
            del layout.markers[start]
        else:
            expected = marker.number + 1


def _find_questions_above_labels(
    lines: Sequence[str], labels: dict[int, str], fenced: Collection[int]
) -> Layout:
    """Return the layout of a file without markers: each question is the paragraph above an answer label."""
    layout = Layout(LayoutKind.LABELLED_ANSWERS, fenced=fenced)
    after = 0
    for index in sorted(labels):
        start = index
        while start > after and not lines[start - 1].strip():
            start -= 1
        while start > after and lines[start - 1].strip():
            start -= 1
        if start >= index or start in layout.markers:
            continue  # a second label is part of the answer
        line = lines[start]
        text = line.lstrip(" \t-*•")
        layout.markers[start] = Marker(None, text.strip(), len(line) - len(text) + 1, "label")
        layout.answers[index] = labels[index]
        after = index + 1
    return layout


def _strip_question_word(marker: Marker) -> Marker:
    """Return a numbered marker without the `Q:` that follows its number."""
    if marker.style[0] == "q" or not marker.rest:
        return marker
    match = patterns.UNNUMBERED_WORD.fullmatch(marker.rest)
    return replace(marker, rest=match["rest"].strip()) if match and match["rest"] else marker
