"""Score numbered lines of one style: decide which are questions, and which are list items in an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.evidence import has_label
from exporter.readers.plain.headings import find_heading_ending_at, is_ruler, is_short_title

Markers = list[tuple[int, Marker]]
"""Markers with the indices of their lines, in order."""

# A line is a question if the sum of its scores is positive. `Evidence.asking` adds 0, 1 or 2.
# Each score was halved and doubled, and the text files of the corpus read again: what changed is noted;
# no file depends on the unmeasured ones.
LABELLED_SCORE = 4  # unmeasured
"""For an answer label before the next number."""

UNLABELLED_PENALTY = -1  # unmeasured
"""For no such label, in a file with labels."""

PARAGRAPH_SCORE = 1  # unmeasured
"""For a line that begins a paragraph."""

DENSE_PENALTY = -1  # unmeasured
"""For a line that does not, in a file in which most questions do."""

NEXT_NUMBER_SCORE = 3
"""For the number after that of the last question, or a 1 below a heading. 1 changes one file, 6 two files."""

WRONG_NUMBER_PENALTY = -2  # unmeasured
"""For a number lower than the last question's, or far above it, if the line does not ask."""

MAX_NUMBER_GAP = 20  # unmeasured
"""Largest difference to the number of the last question that has no penalty."""

NEXT_ITEM_PENALTY = -3
"""For the number after that of the last list item. -6 changes one file."""

NEXT_LINE_PENALTY = -1
"""Added to that if the item is on the line directly above. -2 changes one file."""

RESTART_SCORE = 2  # unmeasured
"""For a 1 at which the numbers of the questions restart."""

RESTART_TITLE_SCORE = 3  # unmeasured
"""Added to that if the 1 is below a short title."""

LIST_START_PENALTY = -2  # unmeasured
"""For a 1 that begins a list."""

AFTER_COLON_PENALTY = -3  # unmeasured
"""Added to that if the line above ends in a colon."""

INDENTED_PENALTY = -6  # unmeasured
"""For a line that is indented more than the first question."""


@dataclass(slots=True)
class NumberEvidence:
    """What indicates that a numbered line is a question.

    `asking` is 2 for a question mark at the end, 1 for a line that looks like a question otherwise.
    """

    labelled: bool
    asking: int
    starts_paragraph: bool
    under_heading: bool
    under_title: bool
    after_colon: bool


def select_questions(lines: Sequence[str], markers: Markers, answers: Collection[int]) -> Markers:
    """Return the markers that are questions, of markers of one style.

    `answers` are the line indices of the answer labels.
    """
    evidence = _gather_evidence(lines, markers, answers)
    strong = [e for e in evidence if e.labelled or e.asking == 2]
    if len(strong) * 3 < len(evidence):  # unmeasured
        strong = evidence
    is_dense = sum(e.starts_paragraph for e in strong[1:]) * 3 < len(strong)  # unmeasured
    has_labels = sum(e.labelled for e in evidence) * 3 >= max(1, len(strong))  # unmeasured
    questions: Markers = []
    last_number = item_number = 0
    item_index = -2
    unbroken = _count_unbroken(markers)
    item_starts_paragraph = has_title = False
    for i, ((index, marker), e) in enumerate(zip(markers, evidence, strict=True)):
        number = marker.number or 0
        follows = number == last_number + 1
        if marker.tight and not follows:
            continue
        score = e.asking
        if e.labelled:
            score += LABELLED_SCORE
        elif has_labels:
            score += UNLABELLED_PENALTY
        if not is_dense and not e.starts_paragraph:
            score += DENSE_PENALTY
        elif not is_dense and not (item_number and item_starts_paragraph):
            score += PARAGRAPH_SCORE
        if follows or (e.under_heading and number <= 1):
            score += NEXT_NUMBER_SCORE
        elif questions and not (0 <= number - last_number <= MAX_NUMBER_GAP or e.labelled or e.asking == 2):
            score += WRONG_NUMBER_PENALTY
        if item_number and number == item_number + 1:
            score += NEXT_ITEM_PENALTY + NEXT_LINE_PENALTY * (index == item_index + 1)
        if number == 1 and last_number and not e.under_heading:
            if not (has_title and e.under_title) and _is_list(markers, evidence, i, last_number, unbroken):
                score += LIST_START_PENALTY + AFTER_COLON_PENALTY * e.after_colon
            else:
                score += RESTART_SCORE + RESTART_TITLE_SCORE * e.under_title
        if questions and marker.indent > questions[0][1].indent + 1:
            score += INDENTED_PENALTY
        if score > 0:
            has_title = has_title or (number == 1 and e.under_title)
            questions.append((index, marker))
            last_number, item_number = number, 0
        else:
            item_number, item_index, item_starts_paragraph = number, index, e.starts_paragraph
    return _drop_instructions(questions, dict(zip((index for index, _ in markers), evidence, strict=True)))


def are_on_adjacent_lines(markers: Markers) -> bool:
    """Return whether there are several markers, with no line between them."""
    return len(markers) > 1 and all(after[0] == before[0] + 1 for before, after in pairwise(markers))


def _gather_evidence(
    lines: Sequence[str], markers: Markers, answers: Collection[int]
) -> list[NumberEvidence]:
    labels = sorted(answers)
    evidence: list[NumberEvidence] = []
    for (index, marker), end in zip(markers, [*(i for i, _ in markers[1:]), len(lines)], strict=True):
        text = marker.rest or next((line for line in lines[index + 1 : index + 3] if line.strip()), "")
        above = index - 1
        starts_paragraph = above < 0 or not lines[above].strip() or is_ruler(lines[above])
        while above >= 0 and index - above < 4 and not lines[above].strip():
            above -= 1
        under_heading = above >= 0 and find_heading_ending_at(lines, above, max(0, above - 3)) is not None
        after_colon = above >= 0 and lines[above][-20:].rstrip().endswith((":", "："))
        evidence.append(
            NumberEvidence(
                labelled=has_label(labels, index, end),
                asking=2 if ends_with_question_mark(text) else int(looks_like_question(text)),
                starts_paragraph=starts_paragraph or under_heading,
                under_heading=under_heading,
                under_title=above >= 0 and is_short_title(lines, above),
                after_colon=after_colon and not under_heading,
            )
        )
    return evidence


def _is_list(
    markers: Markers, evidence: Sequence[NumberEvidence], first: int, last_number: int, unbroken: int
) -> bool:
    """Return whether the numbers that restart at `markers[first]` are a list in an answer.

    They are if the questions continue after them; if most are not questions and no title is above them; or
    if they are on adjacent lines below text. `last_number` is that of the last question, `unbroken` the
    number of markers at the start of the file that are on adjacent lines.
    """
    last = first
    while last + 1 < len(markers) and markers[last + 1][1].number == (markers[last][1].number or 0) + 1:
        last += 1
    adjacent = are_on_adjacent_lines(markers[first : last + 1])
    if not evidence[first].starts_paragraph and adjacent and not 1 < first <= unbroken:
        return True
    asking = sum(e.asking > 0 or e.labelled for e in evidence[first : last + 1])
    mostly_ask = asking * 5 >= (last + 1 - first) * 3 and last > first  # three in five; unmeasured
    if last + 1 < len(markers) and markers[last + 1][1].number == last_number + 1:
        return True
    if (markers[last][1].number or 0) > last_number:
        return not mostly_ask
    return not (mostly_ask or evidence[first].under_title)


def _count_unbroken(markers: Markers) -> int:
    """Return the number of markers at the start that are on adjacent lines."""
    gaps = (i for i, (before, after) in enumerate(pairwise(markers), 1) if after[0] != before[0] + 1)
    return next(gaps, len(markers))


def _drop_instructions(questions: Markers, evidence: dict[int, NumberEvidence]) -> Markers:
    """Return the questions without a list in the preamble: no item asks, and numbers restart after it."""
    for i, (_, marker) in enumerate(questions):
        if i and marker.number == 1:
            before = [evidence[index] for index, _ in questions[:i]]
            return questions if any(e.labelled or e.asking for e in before) else questions[i:]
    return questions
