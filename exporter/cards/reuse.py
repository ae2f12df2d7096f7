"""Reuse: faces and pages of an earlier document, where nothing that they show has changed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exporter.cards.card_renderer import DrawnSide, number_of
from exporter.cards.font_set import Used
from exporter.exporters import Earlier
from exporter.model.deck import CardContent, Note
from exporter.model.questions import images

MANY = 300
"""From how many notes on reuse pays."""


class Size(NamedTuple):
    """How a note came out: its cards, and its smallest and largest size in points."""

    cards: int
    least: float
    most: float


class PlacedFace(NamedTuple):
    """A face in a page's content, from `start` to `end`, and what it needs of fonts.

    The key holds for all that it shows; without one it has to be drawn anew each time.
    """

    key: str
    start: int
    end: int
    used: Used

    @classmethod
    def of(cls, key: str, start: int, face: DrawnSide) -> PlacedFace:
        """Return a face that begins at a place."""
        return cls(key, start, start + len(face.operators), face.used)


class Printed(NamedTuple):
    """A page as it was made: the key of all that it shows, if it has one, and the faces on it."""

    key: str
    pieces: tuple[PlacedFace, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made earlier, by keys."""

    data: bytes = b""
    sizes: Mapping[str, Size] = field(default_factory=dict)
    pages: Mapping[str, Printed] = field(default_factory=dict)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    faces: Mapping[str, tuple[tuple[int, int], PlacedFace]] = field(default_factory=dict)

    def stream(self, page: Printed) -> bytes:
        """Return the compressed content of a page."""
        return self._stream(*self.places[page.key])

    def face(self, key: str) -> DrawnSide:
        """Return a face."""
        place, piece = self.faces[key]
        content = zlib.decompress(self._stream(*place))
        return DrawnSide(content[piece.start : piece.end].decode("latin-1"), piece.used)

    def _stream(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


def made(earlier: Earlier | None, setting: str) -> Made:
    """Return what an earlier document has for one of this setting; that may well be nothing."""
    index = json.loads(earlier.index) if earlier else {}
    if earlier is None or index["setting"] != setting:
        return Made()
    uses: list[Used] = [
        tuple((name, codes.encode("latin-1")) for name, codes in used) for used in index["uses"]
    ]
    pages: dict[str, Printed] = {}
    places: dict[str, tuple[int, int]] = {}
    faces: dict[str, tuple[tuple[int, int], PlacedFace]] = {}
    for page, offset, length, listed in index["pages"]:
        pieces = tuple(PlacedFace(face, start, end, uses[at]) for face, start, end, at in listed)
        faces.update((piece.key, ((offset, length), piece)) for piece in pieces)
        if page:
            pages[page], places[page] = Printed(page, pieces), (offset, length)
    sizes = {note: Size(*size) for note, *size in index["sizes"]}
    return Made(earlier.data, sizes, pages, places, faces)


def index(
    setting: str, sizes: Mapping[str, Size], pages: Sequence[Printed], places: Sequence[tuple[int, int]]
) -> bytes:
    """Return what a later build needs to know of a document."""
    uses: dict[Used, int] = {}
    listed = [
        [
            page.key,
            *place,
            [(*piece[:3], uses.setdefault(piece.used, len(uses))) for piece in page.pieces],
        ]
        for page, place in zip(pages, places, strict=True)
    ]
    known = {
        "setting": setting,
        "uses": [[(name, codes.decode("latin-1")) for name, codes in used] for used in uses],
        "sizes": [(note, *size) for note, size in sizes.items()],
        "pages": listed,
    }
    return json.dumps(known, separators=(",", ":")).encode()


def note_key(note: Note, content: CardContent) -> str:
    """Return the key of all that a note's cards show; none where they may show an image.

    Derived cues depend on the question alone, and another derivation is another exporter.
    """
    if any(images(note.question)):
        return ""
    return f"{content}{note.digest}{note.key}{number_of(note)}"


def attempt_key(note: Note, content: CardContent) -> str:
    """Return the key of a note that went on further cards with a content that the deck was not given."""
    key = note_key(note, content)
    return key and f"no {key}"
