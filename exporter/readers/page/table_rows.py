"""Tables of a page: their rows, and whether they only lay out the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exporter.readers.page.tree import Tag

MAX_COLUMNS = 100  # bound: time
"""Maximum number of columns; cells beyond are added to the last one."""

_NOT_IN_CELLS = ("h1", "h2", "h3", "h4", "table", "details", "dl", "hr")
"""Elements that are in the cells of a table only if it lays out the page."""


@dataclass(slots=True)
class Row:
    """A row of a table: its line, and its cells; a cell that spans others is only in the first place."""

    line: int
    cells: list[Tag | None] = field(default_factory=list)
    is_header: bool = False

    @property
    def is_title(self) -> bool:
        """Whether it is one cell over all columns."""
        return len(self.cells) > 1 and self.cells[0] is not None and not any(self.cells[1:])


def read_rows(table: Tag) -> list[Row]:
    """Return the rows of a table that have words or pictures."""
    rows: list[Row] = []
    spanned: dict[int, int] = {}
    for tag, is_head in _iter_rows(table):
        row = Row(tag.line)
        cells = [cell for cell in tag.tags if cell.name in ("td", "th")]
        row.is_header = bool(cells) and (is_head or all(cell.name == "th" for cell in cells))
        for cell in cells:
            while spanned.get(len(row.cells), 0):
                spanned[len(row.cells)] -= 1
                row.cells.append(None)
            column = len(row.cells)
            if column >= MAX_COLUMNS:
                break
            row.cells += [cell, *[None] * min(_read_span(cell, "colspan") - 1, MAX_COLUMNS - column - 1)]
            for index in range(column, len(row.cells)):
                spanned[index] = _read_span(cell, "rowspan") - 1
        if any(cell is not None and (cell.text or cell.find("img")) for cell in row.cells):
            rows.append(row)
    _drop_empty_columns(rows)
    return rows


def _iter_rows(table: Tag) -> Iterator[tuple[Tag, bool]]:
    """Yield the rows of a table, and whether they are in its head."""
    for part in table.tags:
        if part.name == "tr":
            yield part, False
        elif part.name in ("thead", "tbody", "tfoot"):
            yield from ((row, part.name == "thead") for row in part.tags if row.name == "tr")


def _read_span(cell: Tag, name: str) -> int:
    span = cell.attributes.get(name, "")
    return max(1, int(span[:3])) if span.isascii() and span[:3].isdigit() else 1


def _drop_empty_columns(rows: Sequence[Row]) -> None:
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        row.cells += [None] * (width - len(row.cells))
    used = [any(row.cells[index] is not None for row in rows) for index in range(width)]
    for row in rows:
        row.cells = [cell for cell, is_used in zip(row.cells, used, strict=True) if is_used]


def is_layout(rows: Sequence[Row]) -> bool:
    """Return whether a table only lays out the page: it has one column, or whole sections in its cells."""
    if not rows or len(rows[0].cells) < 2:
        return True
    return any(cell is not None and cell.find(*_NOT_IN_CELLS) for row in rows for cell in row.cells)


def find_code_listing(table: Tag) -> list[Tag]:
    """Return the code of a table that shows code beside the numbers of its lines."""
    cells = [tag for tag in table.iter_tags() if tag.name == "td"]
    if not any({"gutter", "lineno", "linenos", "rouge-gutter"} & set(cell.classes) for cell in cells):
        return []
    return [
        pre
        for cell in cells
        if not {"gutter", "lineno", "linenos", "rouge-gutter"} & set(cell.classes)
        and (pre := cell.find("pre")) is not None
    ]
