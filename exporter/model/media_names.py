"""The names of images in Anki's media folder, and blocks as a note in Anki has them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from exporter.model.deck import media_path
from exporter.model.questions import (
    Block,
    Emphasis,
    Image,
    Line,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)

_SAFE_TARGET = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)
"""The addresses that become links; of any other link the words remain."""

_MEDIA_NAME = re.compile(r"-[0-9a-f]{12}\.[^./]{1,10}\Z")

_NESTED = (Strong, Emphasis, Superscript, Subscript, Strikethrough)


def is_safe_target(target: str) -> bool:
    """Return whether a link to an address stays a link in a note."""
    return _SAFE_TARGET.match(target) is not None


def name_media(media: Mapping[str, bytes]) -> dict[str, str]:
    """Return the name of the file of each image in the package, by the target of the image.

    Anki stores all media of a collection in one folder: a digest of the bytes distinguishes different
    images with the same name, and an image from its earlier version.
    """
    names = {}
    for target in sorted(media):
        path = PurePosixPath(media_path(target))
        stem = re.sub(r"[^\w-]+", "-", path.stem).strip("-")[:60] or "picture"
        digest = hashlib.sha256(media[target]).hexdigest()[:12]
        names[target] = f"{stem}-{digest}{path.suffix.lower()}"
    return names


def is_media_name(name: str) -> bool:
    """Return whether a file in Anki's media folder has a name as `name_media` gives it."""
    return _MEDIA_NAME.search(name) is not None


def note_blocks(blocks: Sequence[Block], names: Mapping[str, str]) -> tuple[Block, ...]:
    """Return blocks as a note has them: images by the names of their files, links only to safe addresses.

    An image without a file is its description.
    """
    return tuple(_note_block(block, names) for block in blocks)


def rename_images(blocks: Sequence[Block], targets: Mapping[str, str]) -> tuple[Block, ...]:
    """Return blocks with the images of these names by their targets; other images stay."""

    def rename(block: Block) -> Block:
        match block:
            case Image(target):
                return replace(block, target=targets.get(target, target))
            case ListBlock(items):
                return replace(block, items=tuple(tuple(map(rename, item)) for item in items))
            case Quote(inner):
                return Quote(tuple(map(rename, inner)))
            case _:
                return block

    return tuple(map(rename, blocks))


def _note_block(block: Block, names: Mapping[str, str]) -> Block:
    match block:
        case Image(target, alt):
            return Image(names[target], alt) if target in names else Paragraph(((Text(alt or target),),))
        case Paragraph(lines):
            return Paragraph(tuple(map(_note_line, lines)))
        case ListBlock(items):
            return replace(block, items=tuple(note_blocks(item, names) for item in items))
        case Table(header, rows):
            note_rows = tuple(tuple(map(_note_line, row)) for row in rows)
            return replace(block, header=tuple(map(_note_line, header)), rows=note_rows)
        case Quote(inner):
            return Quote(note_blocks(inner, names))
        case _:
            return block


def _note_line(line: Line) -> Line:
    spans: list[Span] = []
    for span in line:
        if isinstance(span, Link):
            inner = _note_line(span.spans)
            spans += (Link(inner, span.target),) if is_safe_target(span.target) else inner
        elif isinstance(span, _NESTED):
            spans.append(replace(span, spans=_note_line(span.spans)))
        else:
            spans.append(span)
    return tuple(spans)
