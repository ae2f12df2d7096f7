"""The settings of the cheat sheet, checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exporter.config.settings import Options, SettingError

MIN_COLUMNS, MAX_COLUMNS = 1, 3
"""A column of a quarter of A4 holds about 25 characters a line: too few to read."""


class Content(StrEnum):
    """What stands below each question."""

    CUES = "cues"
    ANSWERS = "answers"


class Paper(StrEnum):
    """The paper of the printed sheet, upright."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """How the cheat sheet is set."""

    content: Content
    paper: Paper
    columns: int


def sheet_settings(options: Options) -> SheetSettings:
    """Return the settings of the sheet; raise `SettingError` for a number of columns that cannot be."""
    columns = options.number("sheet.columns")
    if columns % 1 or not MIN_COLUMNS <= columns <= MAX_COLUMNS:
        raise SettingError(
            f"A sheet cannot have {columns:g} columns; "
            f"set `sheet.columns` to a whole number from {MIN_COLUMNS} to {MAX_COLUMNS}."
        )
    return SheetSettings(
        Content(options.text("sheet.content")), Paper(options.text("sheet.paper")), int(columns)
    )
