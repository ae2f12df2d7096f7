"""The user's own fonts: the typeface, and the fonts for characters that the built-in fonts lack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.cards.font_face import FontFace
from exporter.cards.font_files import BOLD_WEIGHT, MIN_BOLD_WEIGHT, REGULAR_WEIGHT, FontFile, font_info
from exporter.cards.font_loading import load_face
from exporter.config.file_names import names_file
from exporter.config.settings import SettingError
from exporter.config.validation import shorten
from exporter.model.suggestions import suggest

_PACKAGE_NAME = re.compile("[a-z0-9-]{1,40}")
BASIC_CHARS = "".join(map(chr, range(0x21, 0x7F)))
"""What a typeface must have: the visible characters of ASCII."""


def load_user_faces(names: Sequence[str]) -> tuple[FontFace, ...]:
    """Return the faces of `pdf.font`, in its order; raise `SettingError` if one cannot be used.

    Each name is the path of a font file, or the name of an installed fontpkg family.
    """
    faces = []
    for index, name in enumerate(names):
        try:
            faces.append(load_face(_find_file(name, "pdf.font"), f"U{index}"))
        except SettingError:
            raise
        except Exception as exc:  # a parser of untrusted bytes may raise anything
            raise _unusable("font", name, exc, "pdf.font") from exc
    return tuple(faces)


@dataclass(frozen=True, slots=True)
class _Style:
    """A font that a typeface has: its weights, from the lowest to the highest, and its slope."""

    file: FontFile
    weights: tuple[int, int]
    is_italic: bool

    def distance(self, weight: int) -> int:
        """Return how far a weight is from those of the font."""
        low, high = self.weights
        return max(low - weight, weight - high, 0)


def load_typeface(names: Sequence[str]) -> tuple[FontFace, ...]:
    """Return the regular, bold, italic and bold italic face of `pdf.typeface`.

    A bold face that the typeface lacks is its regular one, which is drawn with an outline; an italic
    one is slanted. Raise `SettingError` if a font cannot be used.
    """
    styles = []
    for name in names:
        try:
            styles += list(_iter_styles(name))
        except SettingError:
            raise
        except Exception as exc:  # a parser of untrusted bytes may raise anything
            raise _unusable("typeface", name, exc, "pdf.typeface") from exc
    shown = "”, “".join(names)
    try:
        return tuple(
            _load_style(styles, weight, is_italic, f"T{index}")
            for index, (weight, is_italic) in enumerate(
                ((REGULAR_WEIGHT, False), (BOLD_WEIGHT, False), (REGULAR_WEIGHT, True), (BOLD_WEIGHT, True))
            )
        )
    except Exception as exc:  # a parser of untrusted bytes may raise anything
        raise _unusable("typeface", shown, exc, "pdf.typeface") from exc


def _load_style(styles: Sequence[_Style], weight: int, is_italic: bool, internal_name: str) -> FontFace:
    """Return the face nearest to a weight and a slope."""
    style = min(styles, key=lambda style: (style.is_italic != is_italic, style.distance(weight)))
    if weight >= MIN_BOLD_WEIGHT and style.weights[1] < MIN_BOLD_WEIGHT:
        weight = REGULAR_WEIGHT  # drawn with an outline
    is_slanted = is_italic and not style.is_italic
    return load_face(style.file, internal_name, weight=weight, is_slanted=is_slanted)


def _iter_styles(name: str) -> Iterator[_Style]:
    """Yield the fonts of a family, or that of a file."""
    for file in _find_files(name):
        info = font_info(file)
        if info.problem:
            raise SettingError(f"The typeface “{name}” {info.problem}. Set `pdf.typeface` to another.")
        if not info.chars.has(BASIC_CHARS):
            lacking = "".join(char for char in BASIC_CHARS if not info.chars.has(char))[:5]
            raise SettingError(
                f"The typeface “{name}” lacks letters or signs of ASCII ({lacking} …); "
                "set `pdf.typeface` to a font for text, and name this one in `pdf.font`."
            )
        yield _Style(file, info.weights, info.is_italic)


def _find_files(name: str) -> list[FontFile]:
    """Return the fonts of a family, or that of a file."""
    if names_file(name):
        return [FontFile(name)]
    import fontpkg

    family = fontpkg.families().get(fontpkg.slugify(name))
    if family is None:
        raise _unknown(name, "pdf.typeface")
    return [FontFile(str(file.path)) for file in family.files]


def _find_file(name: str, key: str) -> FontFile:
    """Return the regular font of a family, or that of a file."""
    if names_file(name):
        return FontFile(name)
    import fontpkg

    try:
        return FontFile(str(fontpkg.path(name, nearest=True)))
    except fontpkg.FamilyNotInstalled as exc:
        raise _unknown(name, key) from exc


def _unknown(name: str, key: str) -> SettingError:
    import fontpkg

    families = fontpkg.families()
    slug = fontpkg.slugify(name)
    if Path(name).suffix:
        hint = f"set `{key}` to a TrueType file (.ttf) that exists"
    elif suggestion := suggest(slug, families):
        hint = f"did you mean “{families[suggestion].name}”?"
        return SettingError(f"“{shorten(name)}” is neither a font file nor an installed font family; {hint}")
    else:
        hint = f"set `{key}` to a TrueType file (.ttf)"
        if _PACKAGE_NAME.fullmatch(slug):
            hint += f", or install the family: pip install fontpkg-{slug}"
    return SettingError(f"“{shorten(name)}” is neither a font file nor an installed font family; {hint}.")


def _unusable(kind: str, name: str, exc: Exception, key: str) -> SettingError:
    return SettingError(
        f"The {kind} “{name}” cannot be used ({exc}); "
        f"set `{key}` to a TrueType file (.ttf) that you may read."
    )
