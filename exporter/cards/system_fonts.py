"""The fonts of the system: those that fontconfig knows, or those in the folders of Windows and macOS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from exporter.cards.char_ranges import CharRanges
from exporter.cards.font_files import FontFile, font_info

FONTCONFIG_TIMEOUT_S = 20
"""The first call after fonts were installed builds fontconfig's cache, which takes seconds."""
_FIELDS = ("file", "index", "fontformat", "color", "weight", "slant", "family", "charset")
_REGULAR = 80
"""The regular weight of fontconfig."""
_SUFFIXES = (".ttf", ".ttc", ".otf")
MAX_SYSTEM_FONTS = 20_000
"""Bounds the search of folders without fontconfig; macOS with all its languages has about 800 fonts."""

_STYLE_WORDS = ("italic", "oblique", "bold", "black", "heavy", "light", "thin", "medium", "condensed", "mono")


@dataclass(frozen=True, slots=True)
class SystemFont:
    """A font of the system; `chars` are its characters, None if not yet known."""

    file: FontFile
    chars: CharRanges | None

    def has(self, chars: str) -> bool:
        """Return whether the font has all characters; a font that cannot be read has none."""
        if self.chars is not None:
            return self.chars.has(chars)
        with suppress(Exception):  # a parser of untrusted bytes may raise anything
            return font_info(self.file).chars.has(chars)
        return False


@lru_cache(maxsize=1)
def system_fonts() -> tuple[SystemFont, ...]:
    """Return the fonts with TrueType outlines, regular and upright ones first, in a fixed order."""
    program = shutil.which("fc-list")
    fonts = _from_fontconfig(program) if program else ()
    return fonts or tuple(_from_folders())


def _from_fontconfig(program: str) -> tuple[SystemFont, ...]:
    template = "\t".join(f"%{{{field}}}" for field in _FIELDS) + "\n"
    try:
        listed = subprocess.run(
            [program, "--format", template],
            capture_output=True,
            timeout=FONTCONFIG_TIMEOUT_S,
            stdin=subprocess.DEVNULL,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    ranked: dict[FontFile, tuple[tuple[object, ...], str]] = {}
    for line in listed.stdout.decode("utf-8", "replace").splitlines():
        fields = dict(zip(_FIELDS, line.split("\t"), strict=False))
        if fields.get("fontformat") != "TrueType" or fields.get("color") == "True" or "charset" not in fields:
            continue
        # the high bits of an index number the named instances of a variable font
        file = FontFile(fields["file"], int(fields["index"] or 0) & 0xFFFF)
        family, weight = fields["family"].lower(), fields["weight"].strip("[]").split()
        is_regular = _number(weight[0] if weight else "") <= _REGULAR <= _number(weight[-1] if weight else "")
        rank = (
            _number(fields["slant"]) != 0,
            not is_regular,
            "mono" in family,
            not family.startswith("noto sans"),
            "serif" in family,
            *(file.path, file.index),
        )
        if file not in ranked or rank < ranked[file][0]:
            ranked[file] = rank, fields["charset"]
    order = sorted(ranked.items(), key=lambda item: item[1][0])
    return tuple(SystemFont(file, _parse_charset(charset)) for file, (_, charset) in order)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _parse_charset(charset: str) -> CharRanges:
    """Return fontconfig's list of hexadecimal characters and ranges, such as `20-7e a0`."""
    ranges = []
    for part in charset.split():
        first, _, last = part.partition("-")
        with suppress(ValueError):
            ranges.append((int(first, 16), int(last or first, 16)))
    return CharRanges(tuple(sorted(ranges)))


def font_folders() -> tuple[Path, ...]:
    """Return the folders in which this system has its fonts, those of the user first."""
    home = Path("~").expanduser()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = os.environ.get("LOCALAPPDATA")
        return (*([Path(local, "Microsoft", "Windows", "Fonts")] if local else []), windows / "Fonts")
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    data = os.environ.get("XDG_DATA_HOME") or str(home / ".local/share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return (Path(data, "fonts"), home / ".fonts", *(Path(folder, "fonts") for folder in shared if folder))


def _from_folders() -> Iterator[SystemFont]:
    paths = sorted(_iter_paths(), key=lambda path: (_style_words(path), path.name, str(path)))
    for path in paths:
        for index in range(_count_fonts(path)):
            yield SystemFont(FontFile(str(path), index), None)


def _iter_paths() -> Iterator[Path]:
    count = 0
    for folder in font_folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith(_SUFFIXES):
                    yield Path(parent, name)
                    count += 1
                    if count >= MAX_SYSTEM_FONTS:
                        return


def _style_words(path: Path) -> int:
    """Return how many words of a file's name say that its font is not regular."""
    return sum(word in path.stem.lower() for word in _STYLE_WORDS)


def _count_fonts(path: Path) -> int:
    """Return the number of fonts in a file: more than one only in a collection (OpenType, `ttcf`)."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return 0
    return int.from_bytes(head[8:12], "big") if head[:4] == b"ttcf" else 1
