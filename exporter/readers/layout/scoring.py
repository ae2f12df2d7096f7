"""The score of a reading: the weighted sum of its evidence."""

from __future__ import annotations

from exporter.readers.layout.evidence import EvidenceCollector
from exporter.readers.layout.layout import Layout, Style

# The weights were fitted (softmax over all readings of a text, L2 penalty 0.002) on 555 texts whose questions
# are known: the corpus, the cases, and files that `tests.reading_styles` makes of one and of two styles; then
# rounded. The right reading scores highest in all but 12 of them. Those of Markdown alone (`stray`,
# `leading`, `returns`, `scattered`, `used`, and its styles) were fitted the same way, the others unchanged,
# on 544 files: its corpus, and files of one and of two styles of `tests.markdown_styles`, some with lists
# that ask in their answers; the right reading scores highest in all but 9. `scattered` at -6
# loses 13 more, `stray` at -3.7 one.
WEIGHTS: dict[str, float] = {
    "coverage": 4.7,
    "asks": 3.7,
    "sounding": 3.6,
    "signs": -3.3,
    "free": 2.5,
    "marked": 2.0,
    "gaps": 2.0,  # not fitted: as `marked`, which counts lines in the same way
    "even": 2.35,
    "filled": 2.3,
    "count": 2.2,
    "before": -1.85,
    "largest": -1.7,
    "stray": -7.0,
    "sequence": 1.45,
    "leading": -2.2,
    "returns": -8.4,
    "scattered": -4.4,
    "used": 1.9,
    "labelled": 1.05,
    "rising": 0.95,
    # not fitted: outweighs `count` and `largest`, which a list in an answer always improves
    "listed": -5.0,
    "explained": 0.65,
}
"""The weight of each field of `Evidence`."""

STYLE_WEIGHTS: dict[Style, float] = {
    Style.LABELLED: 2.05,
    # not fitted: a pair contains its answer, which other readings take for the end of the question
    Style.PAIRS: 2.0,
    Style.SUMMARIES: 1.4,
    Style.TABLES: 1.65,
    Style.HEADINGS: 1.7,
    Style.BOLD: 1.3,
    Style.ITALICS: 0.55,
    Style.BULLETS: 1.0,
    Style.HANGING: 0.85,
    Style.PREFIX: 0.7,
    Style.UNDERLINED: 0.5,
    Style.LINES: 0.2,
    # not fitted: such lists are proposed only where each line has the form of an item
    Style.EACH_LINE: 3.0,
    Style.NUMBERED: -0.4,
    Style.GAPS: -0.65,
    Style.ABOVE_ANSWERS: -0.9,
    Style.RECORDS: -1.4,
    Style.ASKING: -1.95,
}
"""The weight of each style, multiplied by its share of the questions; fitted with the weights above."""

PART_COST = 1.2  # unmeasured
"""The cost of each further style in a file, except labels, which declare a question in words."""


def score_layout(collector: EvidenceCollector, layout: Layout) -> float:
    """Return the score of a reading of a text; higher is better."""
    evidence = collector.collect(layout)
    total: float = sum(weight * getattr(evidence, name) for name, weight in WEIGHTS.items())
    style_total = sum(STYLE_WEIGHTS.get(part.style, 0.0) * part.count for part in layout.parts)
    kinds = {(part.style, part.pattern) for part in layout.parts}
    unlabelled_kinds = {kind for kind in kinds if kind[0] is not Style.LABELLED}
    further_kinds = len(unlabelled_kinds) - (unlabelled_kinds == kinds)  # the first costs nothing
    return total + style_total / len(layout.markers) - PART_COST * further_kinds
