"""The words of an answer that its cues consist of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from exporter.cues.extractor import Cue, find_cues
from exporter.model.emphasis import Range, emphasize, iter_lines, merge_ranges
from exporter.model.questions import Block, Line, Question
from exporter.model.text import line_text


def emphasize_cues(question: Question, derived: Sequence[Cue] | None = None) -> tuple[Block, ...]:
    """Return a question's answer with the words of its cues in bold; `derived` as in `find_cue_ranges`."""
    return emphasize(question.answer, find_cue_ranges(question, derived))


def find_cue_ranges(
    question: Question, derived: Sequence[Cue] | None = None
) -> Mapping[int, Sequence[Range]]:
    """Return the ranges of the cues' words in order, by the index of their line.

    Cues of the source have a range if the answer has the same words. `derived` are the derived cues, if
    they were computed before.
    """
    ranges: dict[int, list[Range]] = defaultdict(list)
    if question.cues:
        lines = [line_text(line).casefold() for line in iter_lines(question.answer)]
        for cue_text in question.cues:
            pattern = re.compile(rf"(?<!\w){re.escape(cue_text.casefold())}(?!\w)")
            index, match = next(
                ((i, m) for i, line in enumerate(lines) if (m := pattern.search(line))), (0, None)
            )
            # case folding may change the length of a line, so that the range is not valid in it
            if match and len(lines[index]) == len(line_text(_find_line(question, index))):
                ranges[index].append(match.span())
    else:
        for cue in find_cues(question) if derived is None else derived:
            if cue.line is not None and cue.start < cue.stop:
                ranges[cue.line].append((cue.start, cue.stop))
    return {index: merge_ranges(line_ranges) for index, line_ranges in ranges.items()}


def _find_line(question: Question, index: int) -> Line:
    return next(line for i, line in enumerate(iter_lines(question.answer)) if i == index)
