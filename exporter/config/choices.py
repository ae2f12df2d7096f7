"""Enums of the values that settings with fixed choices take, as written in TOML."""

from __future__ import annotations

from enum import StrEnum


class PrintMode(StrEnum):
    """How the two sides of a card come onto paper."""

    LONG_EDGE = "long-edge"
    SHORT_EDGE = "short-edge"
    FOLD = "fold"
    FRONTS_BACKS = "fronts-backs"
    SINGLE = "single"

    @property
    def two_sided(self) -> bool:
        """Whether both sides of a sheet of paper are printed."""
        return self in (PrintMode.LONG_EDGE, PrintMode.SHORT_EDGE, PrintMode.FRONTS_BACKS)

    @property
    def instruction(self) -> str:
        """What to choose when printing, in a few words."""
        return {
            PrintMode.LONG_EDGE: "flip on the long edge",
            PrintMode.SHORT_EDGE: "flip on the short edge",
            PrintMode.FOLD: "one side, then fold",
            PrintMode.FRONTS_BACKS: "fronts, then backs",
            PrintMode.SINGLE: "one side",
        }[self]


class ContentChoice(StrEnum):
    """What the back of a cue card shows; `AUTO` chooses by what fits."""

    AUTO = "auto"
    ANSWER = "answer"
    CUES = "cues"
    BOTH = "both"


class CardOrder(StrEnum):
    """How the cards run through the sheets: by piles that are cut at once, or sheet by sheet."""

    STACK = "stack"
    SHEET = "sheet"


class CutMarks(StrEnum):
    """Which cut marks are printed on stock without perforation; `AUTO` is both kinds."""

    AUTO = "auto"
    CROP = "crop"
    GUIDES = "guides"
    NONE = "none"


class SheetContent(StrEnum):
    """What the cheat sheet shows below each question."""

    CUES = "cues"
    ANSWERS = "answers"


class Paper(StrEnum):
    """A size of paper, in portrait orientation."""

    A4 = "a4"
    LETTER = "letter"


class PaperChoice(StrEnum):
    """The paper of the printed cheat sheet; `AUTO` is the one usual in the region of the language."""

    AUTO = "auto"
    A4 = "a4"
    LETTER = "letter"
