"""The settings as keyword arguments of the Python API; a dot in a key is `__`.

`pytest tests/test_setting_values.py --update-golden` writes this module from the table of settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict


class SettingValues(TypedDict, total=False):
    """The values of settings, by keyword."""

    title: str
    deck: str
    language: str
    source__questions: str | Sequence[str]
    source__encoding: str
    source__repair: bool
    anki__subdecks: bool
    anki__speak: bool
    pdf__stock: str
    pdf__content: Literal["auto", "answer", "cues", "both"]
    pdf__smallest: float
    pdf__largest: float
    pdf__front_cues: bool
    pdf__qr: bool
    pdf__duplex: Literal["long-edge", "short-edge", "fold", "fronts-backs", "single"]
    pdf__order: Literal["stack", "sheet"]
    pdf__reverse_backs: bool
    pdf__start_slot: float
    pdf__marks: Literal["auto", "crop", "guides", "none"]
    pdf__bleed: float
    pdf__typeface: str | Sequence[str]
    pdf__font: str | Sequence[str]
    pdf__system_fonts: bool
    pdf__printer__offset_x: float
    pdf__printer__offset_y: float
    pdf__printer__rotation: float
    pdf__printer__back_offset_x: float
    pdf__printer__back_offset_y: float
    pdf__printer__back_rotation: float
    pdf__custom__sheet_width: float
    pdf__custom__sheet_height: float
    pdf__custom__card_width: float
    pdf__custom__card_height: float
    pdf__custom__columns: float
    pdf__custom__rows: float
    pdf__custom__left: float
    pdf__custom__top: float
    pdf__custom__pitch_x: float
    pdf__custom__pitch_y: float
    pdf__custom__perforated: bool
    sheet__content: Literal["cues", "answers"]
    sheet__columns: float
    sheet__paper: Literal["auto", "a4", "letter"]
    delimited__question: str
    delimited__answer: str
    delimited__tags: str
    delimited__category: str
    delimited__separator: str
    delimited__record: str
