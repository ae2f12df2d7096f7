"""How a text is read, in the words of `exporter check`, and the values of `source.questions` for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.readers.layout.layout import Layout, Part, Style
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.layout.typed_marks import find_typed_mark
from exporter.readers.read_as import ReadAs, ReadPart

MAX_RIVALS = 3
"""Maximum number of other readings that are named."""  # unmeasured

MAX_RIVAL_GAP = 8.0
"""Largest difference between the scores of a plausible reading and of the best one.

Measured on 52 files of other people, of which 15 are read wrongly: with 8, the right reading is named for
all in which one was proposed; the bullets and numbers of lists in answers differ by 9 to 20.
"""

MIN_RIVAL_SHARE = 0.25
"""Smallest number of questions of another reading, as a share of those that were read."""  # unmeasured

PHRASES: dict[Style, str] = {
    Style.LABELLED: "lines with labels",
    Style.NUMBERED: "numbered lines",
    Style.ABOVE_ANSWERS: "the text above an answer's label",
    Style.RECORDS: "the first lines between rulers",
    Style.PAIRS: "pairs of question and answer",
    Style.BULLETS: "bullets",
    Style.HANGING: "lines with indented text below",
    Style.ASKING: "paragraphs that ask",
    Style.GAPS: "the first lines after two blank lines",
    Style.LINES: "lines that ask",
    Style.EACH_LINE: "each line",
    Style.UNDERLINED: "underlined lines",
    Style.BOLD: "lines in bold",
    Style.ITALICS: "lines in italics",
    Style.HEADINGS: "headings",
    Style.SUMMARIES: "summaries of `<details>`",
    Style.TABLES: "rows of tables",
}


def describe_layout(text: TokenizedText, layout: Layout) -> ReadAs:
    """Return how a text is read, and the other readings that are plausible."""
    parts: list[ReadPart] = []
    for part in layout.parts:
        described = _describe_part(text, layout, part)
        if parts and parts[-1].phrase == described.phrase:
            parts[-1] = replace(parts[-1], count=parts[-1].count + described.count)
        else:
            parts.append(described)
    return ReadAs(tuple(parts), tuple(describe_rivals(text, layout)))


def describe_rivals(text: TokenizedText, layout: Layout) -> Iterator[ReadPart]:
    """Yield the other readings of a text that differ from its layout and are plausible, the best first."""
    known = {_describe_part(text, layout, part).value for part in layout.parts}
    limit = len(known) + MAX_RIVALS
    min_score = max([layout.score, *(rival.score for rival in layout.rivals[:1])]) - MAX_RIVAL_GAP
    for rival in layout.rivals:
        if len(known) >= limit or rival.score < min_score:
            return
        described = _describe_part(text, rival, rival.parts[0])
        differs = described.value not in known and rival.markers.keys() != layout.markers.keys()
        if differs and described.count >= len(layout.markers) * MIN_RIVAL_SHARE:
            known.add(described.value)
            yield described


def _describe_part(text: TokenizedText, layout: Layout, part: Part) -> ReadPart:
    mark = find_typed_mark(text, layout, part)
    count = len(layout.markers) if len(layout.parts) == 1 else part.count
    phrase, value = PHRASES.get(part.style, ""), part.style.value
    if part.style is Style.EXPRESSION:
        phrase, value = f"lines that match `{part.pattern}`", part.pattern
    elif mark and (part.style is not Style.BULLETS or "N" in mark):
        phrase, value = f"lines that begin `{mark}`", mark
    elif part.style is Style.GAPS:
        value = part.pattern or "blank2"
        phrase = "the first lines after a blank line" if value == "blank" else phrase
    return ReadPart(phrase or f"`{value}`", value, text.get_number(part.start), count)
