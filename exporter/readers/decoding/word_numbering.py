"""The numbers that Word shows before the paragraphs of a document, which are not in its text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAX_LEVELS = 9
"""The number of levels of a list (ECMA-376, 17.9.6)."""


def number_paragraphs(package: zipfile.ZipFile) -> list[int]:
    """Return for each paragraph of a document its number in its list, or 0.

    Lists continue below other paragraphs: what belongs together has the same id, wherever it is.
    """
    starts = _read_starts(package)
    by_style = _read_style_lists(package)
    counters: dict[str, list[int]] = {}
    numbers: list[int] = []
    for list_id, level in _iter_lists(package, by_style):
        if not list_id or list_id == "0":
            numbers.append(0)
            continue
        counter = counters.setdefault(list_id, [0] * _MAX_LEVELS)
        counter[level] = counter[level] + 1 if counter[level] else starts.get((list_id, level), 1)
        counter[level + 1 :] = [0] * (_MAX_LEVELS - level - 1)
        numbers.append(counter[level])
    return numbers


def _iter_lists(package: zipfile.ZipFile, by_style: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the list and the level (from 0) of each paragraph; an empty name for one in no list."""
    root = ElementTree.fromstring(package.read("word/document.xml"))
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == _COMPATIBILITY:
            continue  # the same again, for programs that cannot show the first form
        if element.tag == f"{_W}p":
            style = _get(element.find(f"{_W}pPr/{_W}pStyle"))
            numbering = element.find(f"{_W}pPr/{_W}numPr")
            own = _get(numbering.find(f"{_W}numId")) if numbering is not None else ""
            level = _get(numbering.find(f"{_W}ilvl")) if numbering is not None else ""
            yield own or by_style.get(style, ""), min(int(level), _MAX_LEVELS - 1) if level.isdigit() else 0
        stack.extend(reversed(element))


def _read_style_lists(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the list of each style of paragraphs that has one."""
    return {
        style.get(f"{_W}styleId", ""): _get(style.find(f"{_W}pPr/{_W}numPr/{_W}numId"))
        for style in _iter_part(package, "word/styles.xml", "style")
    }


def _read_starts(package: zipfile.ZipFile) -> dict[tuple[str, int], int]:
    """Return the number at which each list begins on each level, if it is not 1."""
    starts: dict[tuple[str, int], int] = {}
    for number in _iter_part(package, "word/numbering.xml", "num"):
        for override in number.iter(f"{_W}lvlOverride"):
            level = override.get(f"{_W}ilvl", "")
            start = _get(override.find(f"{_W}startOverride"))
            if level.isdigit() and start.isdigit():
                starts[number.get(f"{_W}numId", ""), int(level)] = int(start[:6])
    return starts


def _iter_part(package: zipfile.ZipFile, part: str, name: str) -> Iterator[ElementTree.Element]:
    if part in package.namelist():
        yield from ElementTree.fromstring(package.read(part)).iter(f"{_W}{name}")


def _get(element: ElementTree.Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""
