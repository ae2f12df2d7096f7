"""The words of an answer that its cues consist of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from exporter.cues.extractor import Cue, find_cues
from exporter.model.emphasis import Range, emphasize, iter_lines, merge_ranges
from exporter.model.questions import Block, Question
from exporter.model.text import line_text


def emphasize_cues(question: Question, derived: Sequence[Cue] | None = None) -> tuple[Block, ...]:
    """Return a question's answer with the words of its cues in bold; `derived` as in `find_cue_ranges`."""
    return emphasize(question.answer, find_cue_ranges(question, derived))


def find_cue_ranges(
    question: Question, derived: Sequence[Cue] | None = None
) -> Mapping[int, Sequence[Range]]:
    """Return the ranges of the cues' words in order, by the index of their line.

    Cues of the source have a range if the answer has the same words, or if the same cue is derived from it,
    as those are that `exporter cues --write` wrote. `derived` are those of a question
    whose source gives none, if they were computed before.
    """
    ranges: dict[int, list[Range]] = defaultdict(list)
    if question.cues:
        lines = [line_text(line) for line in iter_lines(question.answer)]
        unmatched = []
        for cue_text in question.cues:
            if place := _find_words(cue_text, lines):
                ranges[place[0]].append(place[1])
            else:
                unmatched.append(cue_text)
        for cue in find_cues(question) if unmatched else ():
            if cue.line is not None and cue.start < cue.stop and cue.text in unmatched:
                ranges[cue.line].append((cue.start, cue.stop))
    else:
        for cue in find_cues(question) if derived is None else derived:
            if cue.line is not None and cue.start < cue.stop:
                ranges[cue.line].append((cue.start, cue.stop))
    return {index: merge_ranges(line_ranges) for index, line_ranges in ranges.items()}


def _find_words(cue_text: str, lines: Sequence[str]) -> tuple[int, Range] | None:
    """Return the first line that has the words of a cue, and their range, or `None`."""
    pattern = re.compile(rf"(?<!\w){re.escape(cue_text.casefold())}(?!\w)")
    for index, line in enumerate(lines):
        folded = line.casefold()
        if match := pattern.search(folded):
            # case folding may change the length of a line, so that the range is not valid in it
            return (index, match.span()) if len(folded) == len(line) else None
    return None
