"""The fields of a note in Anki as canonical blocks, whatever an editor did to their HTML."""

from __future__ import annotations

import re
from html import unescape

from exporter.model.canonical_blocks import canonical_blocks
from exporter.model.media_names import is_media_name
from exporter.model.questions import Block
from exporter.model.text import plain_text
from exporter.readers.html import html_blocks
from exporter.readers.table.anki_formulas import mark_formulas

_STEPS = re.compile(r"""<ol\b[^>]*\bclass=["']?[^"'>]*\bsteps\b""", re.IGNORECASE)
_LIST_TAG = re.compile(r"</?(?:ol|li)\b[^>]*>", re.IGNORECASE)
_CUES_TAG = re.compile(r"</?(?:ul|ol|li)\b[^>]*>", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def find_pictures(html: str) -> tuple[str, ...]:
    """Return the files of the images of a field that no build has put there."""
    return tuple(name for tag in _IMAGE_TAG.findall(html) if (name := _find_picture(tag)))


def _find_picture(tag: str) -> str:
    match = _IMAGE_FILE.search(tag)
    name = unescape(match[1] or match[2] or match[3] or "") if match else ""
    return "" if is_media_name(name) else name


def parse_field(html: str) -> tuple[Block, ...]:
    """Return the canonical blocks of a field; the steps of an answer are the lines of a paragraph.

    Images that no build has put there are left out.
    """
    html = _IMAGE_TAG.sub(lambda tag: "" if _find_picture(tag[0]) else tag[0], html)
    if _STEPS.search(html):
        html = _LIST_TAG.sub("<br>", html)
    return canonical_blocks(html_blocks(mark_formulas(html)))


def parse_lines(html: str) -> tuple[str, ...]:
    """Return the lines of the field `Cues` or `Notes` as plain text."""
    text = plain_text(canonical_blocks(html_blocks(mark_formulas(_CUES_TAG.sub("<br>", html)))))
    return tuple(line for line in text.split("\n") if line.strip())
