"""Detect the layout of a text of any format: forced, declared by labels, or the best of all readings."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.layout.evidence import EvidenceCollector
from exporter.readers.layout.forced import force_layout
from exporter.readers.layout.layout import Layout
from exporter.readers.layout.parts import TextFormat, add_parts, choose_layout
from exporter.readers.layout.tokens import TokenizedText


def find_layout(text: TokenizedText, text_format: TextFormat, forced: Sequence[str]) -> Layout | None:
    """Return the layout that the values `forced` of `source.questions` ask for, else the best one.

    Files whose questions and answers all have labels say in words what everything is; other readings would
    find questions in answers. `None` if there are no questions.
    """
    collector = EvidenceCollector(text)
    if forced:
        return force_layout(collector, text_format, forced)
    if labelled := text_format.find_fully_labelled(collector):
        return add_parts(collector, labelled, text_format)
    return choose_layout(collector, text_format)
