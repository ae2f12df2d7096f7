"""Which font has the characters of a script: the advice where no font has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MAX_ADVISED_SCRIPTS = 3
"""Number of scripts that one diagnostic gives advice on."""


class _Script(NamedTuple):
    """A script: its first and last character, and the font that has it.

    `family` is one that `pip install fontpkg-FAMILY` installs, empty if there is none on PyPI (November
    2026); then `font` is one of Google's and Debian's fonts with TrueType outlines.
    """

    first: int
    last: int
    name: str
    family: str
    font: str = ""


_HAN = "Noto Sans SC (or JP, TC, KR) from Google Fonts, or fonts-wqy-zenhei of Debian"
_KANA = "Noto Sans JP from Google Fonts, or fonts-ipafont-gothic of Debian"
_KOREAN = "Noto Sans KR from Google Fonts, or fonts-nanum of Debian"

SCRIPTS = (
    _Script(0x0530, 0x058F, "Armenian", "", "Noto Sans Armenian"),
    _Script(0x0590, 0x05FF, "Hebrew", "heebo"),
    _Script(0x0600, 0x06FF, "Arabic", "noto-sans-arabic"),
    _Script(0x0700, 0x074F, "Syriac", "", "Noto Sans Syriac"),
    _Script(0x0750, 0x077F, "Arabic", "noto-sans-arabic"),
    _Script(0x0780, 0x07BF, "Thaana", "", "Noto Sans Thaana"),
    _Script(0x07C0, 0x07FF, "N’Ko", "", "Noto Sans NKo"),
    _Script(0x08A0, 0x08FF, "Arabic", "noto-sans-arabic"),
    _Script(0x0900, 0x097F, "Devanagari", "noto-sans-devanagari"),
    _Script(0x0980, 0x09FF, "Bengali", "hind-siliguri"),
    _Script(0x0A00, 0x0A7F, "Gurmukhi", "", "Noto Sans Gurmukhi"),
    _Script(0x0A80, 0x0AFF, "Gujarati", "", "Noto Sans Gujarati"),
    _Script(0x0B00, 0x0B7F, "Odia", "", "Noto Sans Oriya"),
    _Script(0x0B80, 0x0BFF, "Tamil", "noto-sans-tamil"),
    _Script(0x0C00, 0x0C7F, "Telugu", "noto-sans-telugu"),
    _Script(0x0C80, 0x0CFF, "Kannada", "", "Noto Sans Kannada"),
    _Script(0x0D00, 0x0D7F, "Malayalam", "", "Noto Sans Malayalam"),
    _Script(0x0D80, 0x0DFF, "Sinhala", "", "Noto Sans Sinhala"),
    _Script(0x0E00, 0x0E7F, "Thai", "noto-sans-thai"),
    _Script(0x0E80, 0x0EFF, "Lao", "", "Noto Sans Lao"),
    _Script(0x0F00, 0x0FFF, "Tibetan", "", "Noto Serif Tibetan"),
    _Script(0x1000, 0x109F, "Burmese", "", "Noto Sans Myanmar"),
    _Script(0x10A0, 0x10FF, "Georgian", "", "Noto Sans Georgian"),
    _Script(0x1100, 0x11FF, "Korean", "", _KOREAN),
    _Script(0x1200, 0x139F, "Ethiopic", "", "Noto Sans Ethiopic"),
    _Script(0x13A0, 0x13FF, "Cherokee", "", "Noto Sans Cherokee"),
    _Script(0x1780, 0x17FF, "Khmer", "noto-sans-khmer"),
    _Script(0x1800, 0x18AF, "Mongolian", "", "Noto Sans Mongolian"),
    _Script(0x2E80, 0x303F, "Chinese", "", _HAN),
    _Script(0x3040, 0x30FF, "Japanese", "", _KANA),
    _Script(0x3100, 0x312F, "Chinese", "", _HAN),
    _Script(0x3130, 0x318F, "Korean", "", _KOREAN),
    _Script(0x31F0, 0x31FF, "Japanese", "", _KANA),
    _Script(0x3200, 0x9FFF, "Chinese", "", _HAN),
    _Script(0xAC00, 0xD7FF, "Korean", "", _KOREAN),
    _Script(0xF900, 0xFAFF, "Chinese", "", _HAN),
    _Script(0xFB1D, 0xFB4F, "Hebrew", "heebo"),
    _Script(0xFB50, 0xFDFF, "Arabic", "noto-sans-arabic"),
    _Script(0xFE70, 0xFEFF, "Arabic", "noto-sans-arabic"),
    _Script(0xFF00, 0xFFEF, "Chinese", "", _HAN),
    _Script(0x20000, 0x3FFFF, "Chinese", "", _HAN),
)
"""The scripts that the built-in fonts lack, in the order of their characters."""

_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
_NO_SCRIPT = "Set `pdf.font` to a TrueType file (.ttf) that has it."
_OWN_MEANING = (
    "These characters mean something only in the font that they were typed in: "
    "set `pdf.font` to its TrueType file (.ttf)."
)


def advise(chars: Iterable[str], language: str = "") -> str:
    """Return what to install for characters that no font has.

    `language` decides for ideographs, which Chinese, Japanese and Korean share.
    """
    codes = sorted(set(map(ord, chars)))
    scripts = dict.fromkeys(script for code in codes for script in [_find_script(code, language)] if script)
    if not scripts:
        is_private = codes and all(any(first <= code <= last for first, last in _PRIVATE) for code in codes)
        return _OWN_MEANING if is_private else _NO_SCRIPT
    named = list(scripts)[:MAX_ADVISED_SCRIPTS]
    packages = " ".join(f"fontpkg-{family}" for _, family, _ in named if family)
    names = " and ".join(name for name, family, _ in named if family)
    parts = [f"For {names}: pip install {packages}."] if packages else []
    parts += [
        f"For {name}: install a TrueType font, such as {font}, or name its file in `pdf.font`."
        for name, family, font in named
        if not family
    ]
    return " ".join(parts)


def _find_script(code: int, language: str) -> tuple[str, str, str] | None:
    """Return the name of a character's script, and the family or the font that has it."""
    script = next((script for script in SCRIPTS if script.first <= code <= script.last), None)
    if script is None:
        return None
    if script.font == _HAN and language.lower().startswith("ja"):
        return "Japanese", "", _KANA
    if script.font == _HAN and language.lower().startswith("ko"):
        return "Korean", "", _KOREAN
    return script.name, script.family, script.font
