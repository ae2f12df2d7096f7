"""The loading of font faces: the built-in ones, the fallback, and the user's own."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zlib import crc32

from reportlab.pdfbase import pdfmetrics

from exporter.cards.font_face import FontFace
from exporter.cards.font_files import MIN_BOLD_WEIGHT, REGULAR_WEIGHT, FontFile, font_info
from exporter.cards.font_instances import is_shaped, make_instance
from exporter.cards.shaping import needs_shaping
from exporter.cards.sign_sequences import visible

BODY, MONOSPACED, FALLBACK = "Atkinson Hyperlegible", "IBM Plex Mono", "Noto Sans"
"""The names of the font families, as fontpkg knows them."""

BUILT_IN_FAMILIES = frozenset(name.lower().replace(" ", "-") for name in (BODY, MONOSPACED, FALLBACK))
"""The same, as names of fontpkg's registry."""

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
def _load(name: str, path: str, internal_name: str, is_bold: bool = False) -> FontFace:
    face = FontFace(name, path, internal_name)
    face.is_bold = is_bold
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
            weight >= MIN_BOLD_WEIGHT,
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


def load_face(
    file: FontFile, internal_name: str = "", *, weight: int = REGULAR_WEIGHT, is_slanted: bool = False
) -> FontFace:
    """Return the face of a font file; raise an exception of its parser if it cannot be embedded.

    A variable font is set in the weight nearest to `weight`. Without an `internal_name`, its subsets are
    named by what is in the file, so that they do not depend on other fonts.
    """
    status = Path(file.path).stat()
    # the key has the file's state, for processes that build several times: `watch`, `preview`
    return _load_file(file, status.st_mtime_ns, status.st_size, internal_name, weight, is_slanted)


@lru_cache(maxsize=64)
def _load_file(
    file: FontFile, mtime_ns: int, size: int, internal_name: str, weight: int, is_slanted: bool
) -> FontFace:
    info = font_info(file)
    if info.problem:
        raise ValueError(f"it {info.problem}")
    weight = min(max(weight, info.weights[0]), info.weights[1])
    is_instance = is_slanted or (info.is_variable and weight != info.weight)
    source = io.BytesIO(make_instance(file, info, weight, is_slanted)) if is_instance else file.path
    name = f"{file.path} {file.index} {mtime_ns} {size} {internal_name} {weight} {is_slanted}"
    face = FontFace(name, source, internal_name, index=0 if is_instance else file.index)
    _check_length(face)
    if not internal_name:
        face.internal_name = f"S{crc32(face.face.name + bytes(face.face._ttf_data[:256])):08x}"
    # two faces of one font, such as the body and a fallback, must differ in name
    face.face.subfontNameX += f"-{face.internal_name}".encode()
    if is_instance and not is_shaped(info):
        face.chars = frozenset(char for char in face.chars if not needs_shaping(char))
    face.is_bold = weight >= MIN_BOLD_WEIGHT
    pdfmetrics.registerFont(face)
    return face


def _check_length(face: FontFace) -> None:
    """Raise `ValueError` if the file ends before its tables do: glyphs are read only when they are used."""
    size = len(face.face._ttf_data)
    if any(table["offset"] + table["length"] > size for table in face.face.table.values()):
        raise ValueError("it is truncated")
