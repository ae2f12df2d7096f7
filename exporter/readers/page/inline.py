"""Links, pictures and formulas of a page."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from exporter.readers.page.tree import Tag, Words

_ANCHOR_SIGNS = frozenset(("", "#", "¶", "§", "🔗"))


def read_link(tag: Tag) -> str:
    """Return where a link leads; links of Google Docs lead there by way of google.com."""
    href = tag.attributes.get("href", "").strip()
    if href.lower().startswith(("javascript:", "about:", "data:")):
        return ""
    if href.startswith(("https://www.google.com/url?", "http://www.google.com/url?")):
        try:
            query = parse_qs(urlsplit(href).query)
        except ValueError:
            return href
        return next(iter(query.get("q") or query.get("url") or [href]))
    return href


def is_anchor_sign(tag: Tag) -> bool:
    """Return whether a link only shows that a heading can be linked to."""
    return tag.name == "a" and tag.attributes.get("href", "").startswith("#") and tag.text in _ANCHOR_SIGNS


def write_picture(alt: str, target: str) -> str:
    """Return a picture as Markdown."""
    words = re.sub(r"([\[\]\\`*_<])", r"\\\1", alt)
    address = re.sub(r"([<>\\])", r"\\\1", target.replace("\n", ""))
    return f"![{words}](<{address}>)"


def read_formula(tag: Tag) -> str:
    """Return the TeX of a formula in Markdown, or an empty string if it has none."""
    source = tag if tag.name == "script" else tag.find("annotation")
    if source is None:
        return ""
    tex = " ".join("".join(child.text for child in source.children if isinstance(child, Words)).split())
    if not tex:
        return ""
    is_display = "display" in (tag.attributes.get("display", "") + tag.attributes.get("type", ""))
    is_display = is_display or tag.attributes.get("display") == "block"
    return f"\\[{tex}\\]" if is_display else f"\\({tex}\\)"
