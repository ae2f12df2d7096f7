"""The checks of an SVG file before it is drawn: that it names no other file, and is not too much work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exporter.cards.raster_images import PictureError

MAX_SVG_BYTES = 1 << 20
"""Most bytes of an SVG file; the diagrams of Wikipedia's articles on algorithms have 4 to 90 KB."""
MAX_SVG_ELEMENTS = 5_000
"""Most elements and transformations of an SVG file, each counted as often as it is drawn; they take 1.5 s."""
MAX_STYLE_WORK = 10_000_000
"""Most comparisons of elements with selectors: for each part of a selector but the last, at each depth.

Mermaid's diagrams have 100 rules of up to 3 parts for 300 elements, 8 deep: 2 million.
"""
MAX_PARTS = 6
"""Number of parts of a selector from which on it is not counted further."""

_HINT = "Save it as PNG, or with its text and shapes as paths."
_EXTERNAL = "it refers to another file"
_UNDRAWN_TAGS = {
    "image": "a picture of pixels",
    "textPath": "text on a path",
    "foreignObject": "text in HTML",
}
_UNDRAWN_ATTRIBUTES = {
    "marker-start": "arrow heads (markers)",
    "marker-mid": "arrow heads (markers)",
    "marker-end": "arrow heads (markers)",
    "mask": "a mask",
}
"""What svglib leaves out without a word, and what a person calls it."""
_UNDRAWN_STYLE = re.compile(r"\b(marker(?:-start|-mid|-end)?|mask)\s*:\s*url")
_REFERENCE = re.compile(r"url\(\s*['\"]?(#?)([^)'\"]*)")
_COMBINATOR = re.compile(r"\s*[\s>+~]\s*")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def parse_svg(data: bytes) -> Any:
    """Return the root of an SVG file that may be drawn; raise `PictureError` with the reason otherwise."""
    from lxml import etree  # type: ignore[import-untyped]

    if len(data) > MAX_SVG_BYTES:
        raise PictureError(f"it has more than {MAX_SVG_BYTES >> 20} MiB", _HINT)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        raise PictureError(f"it is not well-formed: {exc.msg}", "Save it again as SVG or PNG.") from exc
    _remove_undrawn(root)
    elements = list(root.iter())
    if any(not isinstance(element.tag, str) for element in elements):
        raise PictureError("it has entities", _HINT)
    if _name(root) != "svg":
        raise PictureError("it is not an SVG image", "Save it again as SVG or PNG.")
    for element in elements:
        _check_element(element)
    _check_work(root, elements)
    return root


def _remove_undrawn(root: Any) -> None:
    """Remove scripts and what is only for other programs; of a switch, HTML that has an alternative."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        name = _name(element)
        is_switched = name == "foreignObject" and _name(element.getparent()) == "switch"
        if name == "script" or (is_switched and element.getnext() is not None):
            element.getparent().remove(element)


def _check_element(element: Any) -> None:
    """Raise `PictureError` if an element refers to another file, or has what is not drawn."""
    name = _name(element)
    if name in _UNDRAWN_TAGS:
        raise PictureError(f"it has {_UNDRAWN_TAGS[name]}, which is not drawn", _HINT)
    for key, value in element.attrib.items():
        if key in _UNDRAWN_ATTRIBUTES and value.strip() not in ("", "none"):
            raise PictureError(f"it has {_UNDRAWN_ATTRIBUTES[key]}, which are not drawn", _HINT)
        if key in _HREFS and name != "a" and not value.strip().startswith("#"):
            raise PictureError(_EXTERNAL, _HINT)
    for text in (element.get("style", ""), (element.text or "") if name == "style" else ""):
        if match := _UNDRAWN_STYLE.search(text):
            part = "marker-start" if match[1].startswith("marker") else "mask"
            raise PictureError(f"it has {_UNDRAWN_ATTRIBUTES[part]}, which are not drawn", _HINT)
    values = [*element.attrib.values(), *([element.text or ""] if name == "style" else [])]
    for value in values:
        for match in _REFERENCE.finditer(value):
            if not match[1]:
                raise PictureError(_EXTERNAL, _HINT)


def _check_work(root: Any, elements: list[Any]) -> None:
    """Raise `PictureError` if the elements are too many, each counted as often as it is drawn."""
    by_id = {identifier: element for element in elements if (identifier := element.get("id"))}
    patterns = {identifier for identifier, element in by_id.items() if _name(element) == "pattern"}
    counts: dict[Any, int] = {}
    open_elements: set[Any] = set()

    def count(element: Any) -> int:
        if element in counts:
            return counts[element]
        if element in open_elements:
            raise PictureError("it refers to itself", _HINT)
        open_elements.add(element)
        total = 1 + element.get("transform", "").count("(") + sum(count(child) for child in element)
        for target in _iter_targets(element):
            if target in patterns:
                raise PictureError("it has patterns, which are not drawn", _HINT)
            if target in by_id:
                total += count(by_id[target])
        open_elements.discard(element)
        counts[element] = min(total, MAX_SVG_ELEMENTS + 1)
        return counts[element]

    if len(elements) > MAX_SVG_ELEMENTS or count(root) > MAX_SVG_ELEMENTS:
        raise PictureError(f"it draws more than {MAX_SVG_ELEMENTS:,} elements", _HINT)
    depth = max(sum(1 for _ in element.iterancestors()) for element in elements)
    work = 0
    for element in elements:
        if _name(element) == "style":
            for selector in _iter_selectors(element.text or ""):
                parts = _COMBINATOR.sub(" ", selector.strip()).count(" ")
                work += len(elements) * depth ** min(parts, MAX_PARTS)
    if work > MAX_STYLE_WORK:
        raise PictureError("its style sheet is too much work", _HINT)


def _iter_selectors(style_sheet: str) -> Iterator[str]:
    for block in style_sheet.split("{")[:-1]:
        yield from block.rpartition("}")[2].split(",")


def _iter_targets(element: Any) -> list[str]:
    """Return the identifiers that an element refers to."""
    targets = [
        value.strip()[1:] for key, value in element.attrib.items() if key in _HREFS and _name(element) != "a"
    ]
    for value in element.attrib.values():
        targets += [match[2].strip() for match in _REFERENCE.finditer(value)]
    return targets


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
