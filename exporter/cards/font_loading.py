"""The loading of font faces: the built-in ones, the fallback, and the user's own."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics

from exporter.cards.font_face import FontFace
from exporter.cards.sign_sequences import visible
from exporter.config.settings import SettingError

BODY, MONOSPACED, FALLBACK = "Atkinson Hyperlegible", "IBM Plex Mono", "Noto Sans"
"""The names of the font families, as fontpkg knows them."""

_SYMBOLS = Path(__file__).parent / "symbols"
FIRST_SEQUENCE = 0x100000
"""The private-use character of the first sequence of `symbols/sequences.txt` in the symbols font."""

_STYLE_FONTS: tuple[tuple[str, int, str], ...] = (
    (BODY, 400, "normal"),
    (BODY, 700, "normal"),
    (BODY, 400, "italic"),
    (BODY, 700, "italic"),
    (MONOSPACED, 400, "normal"),
    (MONOSPACED, 700, "normal"),
)
"""Family, weight and slope of each basic style, in the order of `text_style`."""


def builtin_font_path(family: str, weight: int, slope: str) -> Path:
    """Return the path of a font of the families that exporter depends on.

    The package's `metadata.json` lists its fonts; a variable font has no weight there.
    """
    folder, fonts = _builtin_family(family)
    fitting = (font for font in fonts if font["style"] == slope and font["weight"] in (weight, None))
    return folder / str(next(fitting)["path"])


@lru_cache(maxsize=4)
def _builtin_family(name: str) -> tuple[Path, list[dict[str, Any]]]:
    """Return the folder of a family, and its fonts."""
    # not by `fontpkg`: it searches all installed packages, 3 % of a first build, and takes 2 % to load
    package = find_spec(f"fontpkg_{name.lower().replace(' ', '_')}")
    folder = Path(package.origin if package and package.origin else "").parent
    return folder, json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["files"]


@lru_cache(maxsize=16)
def _load(name: str, path: str, internal_name: str) -> FontFace:
    face = FontFace(name, path, internal_name)
    pdfmetrics.registerFont(face)
    return face


@lru_cache(maxsize=1)
def primary_faces() -> tuple[FontFace, ...]:
    """Return the face of each basic style, in the order of the styles."""
    return tuple(
        _load(
            f"{family}-{weight}-{slope}",
            str(builtin_font_path(family, weight, slope)),
            f"F{position}",
        )
        for position, (family, weight, slope) in enumerate(_STYLE_FONTS, 1)
    )


@lru_cache(maxsize=1)
def symbols_face() -> FontFace:
    """Return the face of signs, arrows and emoji, with the sequences that are one sign."""
    sequences = (_SYMBOLS / "sequences.txt").read_text(encoding="utf-8").split()
    chars = {visible(sequence): chr(FIRST_SEQUENCE + index) for index, sequence in enumerate(sequences)}
    path = str(_SYMBOLS / "ExporterSymbols.ttf")
    face = FontFace("Exporter Symbols", path, "Y", chars)
    pdfmetrics.registerFont(face)
    return face


@lru_cache(maxsize=2)
def fallback_face(slope: str) -> FontFace:
    """Return the fallback face; `slope` is `normal` or `italic`."""
    # a variable font: reportlab uses its default instance, which is the regular weight
    return _load(f"{FALLBACK}-{slope}", str(builtin_font_path(FALLBACK, 400, slope)), f"N{slope[0]}")


def load_user_face(name: str) -> FontFace:
    """Return the user's own font; raise `SettingError` if it cannot be used.

    `name` is the path of a font file, or the name of an installed fontpkg family.
    """
    import fontpkg

    try:
        path = name if Path(name).is_file() else str(fontpkg.path(name, nearest=True))
        status = Path(path).stat()
        # the key has the file's state, for processes that build several times: `watch`, `preview`
        face = _load(f"user {path} {status.st_mtime_ns} {status.st_size}", path, "U")
        _check_length(face)
        return face
    except Exception as exc:  # a parser of untrusted bytes may raise anything
        raise SettingError(
            f"The font “{name}” cannot be used ({exc}); "
            "set `pdf.font` to a TrueType file (.ttf) that you may read."
        ) from exc


def _check_length(face: FontFace) -> None:
    """Raise `ValueError` if the file ends before its tables do: glyphs are read only when they are used."""
    size = len(face.face._ttf_data)
    if any(table["offset"] + table["length"] > size for table in face.face.table.values()):
        raise ValueError("it is truncated")
