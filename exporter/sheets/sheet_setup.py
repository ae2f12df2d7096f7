"""The settings of the cheat sheet, validated."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.config.choices import Paper, SheetContent
from exporter.config.paper import sheet_paper
from exporter.config.settings import SettingError, Settings

MIN_COLUMNS, MAX_COLUMNS = 1, 3
"""With 4 columns on A4 a line has about 25 characters, too few to read."""


@dataclass(frozen=True, slots=True)
class SheetSetup:
    """The content and format of the cheat sheet."""

    content: SheetContent
    paper: Paper
    columns: int


def make_setup(settings: Settings) -> SheetSetup:
    """Return the settings of the sheet; raise `SettingError` for an invalid number of columns."""
    columns = settings.sheet.columns
    if columns % 1 or not MIN_COLUMNS <= columns <= MAX_COLUMNS:
        raise SettingError(
            f"A sheet cannot have {columns:g} columns; "
            f"set `sheet.columns` to a whole number from {MIN_COLUMNS} to {MAX_COLUMNS}."
        )
    return SheetSetup(settings.sheet.content, sheet_paper(settings), int(columns))
