"""The structure of the printed sheet: its title, then a section for each question on all its pages."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.cards.measured_line import MeasuredLine
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.pdf_structure import Fragment, StructureTree
from exporter.cards.structure_tags import EMPTY, Role, Tag, Tags

TITLE: Tags = (Tag(Role.HEADING_1),)
CATEGORY: Tags = (Tag(Role.HEADING_2),)


def as_subheading(lines: Sequence[MeasuredLine], role: Role) -> list[MeasuredLine]:
    """Return the lines of a question, whose heading is on a lower level than the title of the sheet."""
    return [
        line._replace(tags=(line.tags[0]._replace(role=role), *line.tags[1:]))
        if line.tags[0].role is Role.HEADING_1
        else line
        for line in lines
    ]


class SheetStructure:
    """Collects what each section has on each page."""

    def __init__(self) -> None:
        """Begin with no sections."""
        self._sections: dict[int, list[Fragment]] = {}

    def record(self, section: int, page: int, canvas: PdfCanvas, start: int) -> None:
        """Add to a section what was drawn since the canvas had `start` marks; `page` counts from 0."""
        first = sum(bool(tags) and tags[-1] != EMPTY for tags in canvas.marks[:start])
        marks = tuple(filter(None, canvas.marks[start:]))
        boxes = {mark - start: box for mark, box in canvas.boxes.items() if mark >= start}
        if marks:
            self._sections.setdefault(section, []).append(Fragment(page, first, marks, boxes))

    def add_to(self, structure: StructureTree) -> None:
        """Add all sections to a document's structure, in the order of their numbers."""
        for section in sorted(self._sections):
            structure.add(self._sections[section])
