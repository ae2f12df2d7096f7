"""The search for a font that has a character: installed families of fontpkg, then the system's fonts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from exporter.cards.font_face import FontFace
from exporter.cards.font_files import FontFile, font_info
from exporter.cards.font_loading import BUILT_IN_FAMILIES, load_face
from exporter.cards.system_fonts import system_fonts

MAX_COMPARED_FONTS = 12
"""Number of system fonts with a character of which the one for the language is chosen."""

_HAN = ((0x2E80, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_CODE_PAGES = {"ja": 17, "zh-tw": 20, "zh-hk": 20, "zh-hant": 20, "zh": 18, "ko": 19}
"""The bit of `ulCodePageRange1` (OpenType, OS/2) of each language whose ideographs differ in shape."""


class FontSearch:
    """Finds faces for the characters of one document.

    `language` decides between Chinese and Japanese forms. `system_chars` has, for each font of the
    system that was used, the characters for which it was.
    """

    def __init__(self, language: str = "", *, with_system: bool = True) -> None:
        """Begin with nothing found; nothing is read before the first search."""
        self._language = language.lower()
        self._with_system = with_system
        self._found: dict[str, FontFace | None] = {}
        self.system_chars: dict[FontFile, set[str]] = {}

    def find(self, chars: str) -> FontFace | None:
        """Return the first face that has all characters, or None."""
        if chars not in self._found:
            self._found[chars] = self._find(chars)
        return self._found[chars]

    def _find(self, chars: str) -> FontFace | None:
        for file in _package_fonts():
            if font_info(file).chars.has(chars):
                return load_face(file)
        for file in self._iter_system_files(chars) if self._with_system else ():
            face = _load_system_face(file)
            if face is not None and face.has(chars):
                self.system_chars.setdefault(file, set()).update(chars)
                return face
        return None

    def _iter_system_files(self, chars: str) -> Iterator[FontFile]:
        """Yield the fonts of the system that have all characters, the best for the language first."""
        fonts = (font.file for font in system_fonts() if font.has(chars))
        page = next((bit for name, bit in _CODE_PAGES.items() if self._language.startswith(name)), None)
        if page is None or not any(first <= ord(chars[0]) <= last for first, last in _HAN):
            yield from fonts
            return
        compared = [file for file, _ in zip(fonts, range(MAX_COMPARED_FONTS), strict=False)]
        yield from sorted(compared, key=lambda file: not _has_code_page(file, page))


def _has_code_page(file: FontFile, bit: int) -> bool:
    try:
        return bool(font_info(file).code_pages >> bit & 1)
    except Exception:  # a parser of untrusted bytes may raise anything
        return False


def _load_system_face(file: FontFile) -> FontFace | None:
    """Return the face of a font of the system, or None if a PDF cannot embed it."""
    try:
        return None if font_info(file).problem else load_face(file)
    except Exception:  # a parser of untrusted bytes may raise anything
        return None


@lru_cache(maxsize=1)
def _package_fonts() -> tuple[FontFile, ...]:
    """Return the regular font of each installed family of fontpkg that is not built in, Noto's first."""
    files = []
    families = installed_families()
    for name in sorted(families, key=lambda name: (not name.startswith("noto-sans"), name)):
        if name in BUILT_IN_FAMILIES:
            continue
        try:
            file = FontFile(str(families[name]))
            if not font_info(file).problem:
                files.append(file)
        except Exception:  # a parser of untrusted bytes may raise anything
            continue
    return tuple(files)


def installed_families() -> dict[str, Path]:
    """Return the path of the regular font of each installed family of fontpkg, by name (`noto-sans`)."""
    import fontpkg

    paths = {}
    for name in fontpkg.families():
        try:
            paths[name] = fontpkg.path(name, nearest=True)
        except fontpkg.FontpkgError:
            continue
    return paths
