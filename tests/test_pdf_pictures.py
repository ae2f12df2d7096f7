"""Pictures on cue cards: each the file's own, turned as its EXIF data say, on white."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import chain

import pdfplumber
import pypdfium2
import pytest
from PIL import Image as Picture
from PIL import ImageChops, ImageDraw, ImageOps, ImageStat

from exporter.cards.svg import cards_svg
from exporter.exporters.pdf import export
from exporter.model.deck import Deck
from exporter.model.questions import Image
from tests.pdf_decks import deck, note, options

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (255, 0, 0)
ORIENTATION = 0x0112
MAX_DIFFERENCE = 24.0
"""Root mean square of 255: the right pictures are below 12, any other turn of one above 60."""


def _bytes(picture: Picture.Image, kind: str = "PNG", **named: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **named)
    return data.getvalue()


def _marked(width: int = 120, height: int = 60) -> Picture.Image:
    """Return a picture that looks different in each of the eight orientations."""
    picture = Picture.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2, height // 4), fill=BLACK)
    draw.rectangle((0, 0, width // 8, height - 1), fill=RED)
    return picture


def _deck(*pictures: bytes) -> Deck:
    """Return a deck with a picture on the back of each of its cards."""
    names = [f"{position}.png" for position in range(len(pictures))]
    notes = [note(f"Q{at}?", (Image(name, ""),), at) for at, name in enumerate(names, 1)]
    return replace(deck(*notes), media=dict(zip(names, pictures, strict=True)))


def _drawn(*pictures: bytes) -> list[Picture.Image]:
    """Return the pictures as they are seen on paper, in the order of the questions."""
    exported = export(_deck(*pictures), options(pdf_stock="a4-a7", pdf_duplex="single"), 0)
    assert not exported.diagnostics
    data = exported.files[0].data
    scale = 4
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        (page,) = pdf.pages
        boxes = [(one["x0"], one["top"], one["x1"], one["bottom"]) for one in page.images]
    shown = pypdfium2.PdfDocument(data)[0].render(scale=scale).to_pil().convert("RGB")
    return [shown.crop(tuple(round(side * scale) for side in box)) for box in boxes]


def _difference(first: Picture.Image, other: Picture.Image) -> float:
    bands = ImageStat.Stat(ImageChops.difference(first, other.convert("RGB").resize(first.size))).rms
    return max(bands)


def _streams(data: bytes) -> list[tuple[int, int, bytes]]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        images = chain.from_iterable(page.images for page in pdf.pages)
        return [(*one["srcsize"], one["stream"].get_data()) for one in images]


def test_masks_with_one_colour_are_two_pictures() -> None:
    masks = [Picture.new("L", (90, 90), 0) for _ in range(2)]
    for mask, box in zip(masks, [(10, 10, 80, 30), (10, 60, 80, 80)], strict=True):
        ImageDraw.Draw(mask).rectangle(box, fill=255)
    pictures = []
    for mask in masks:
        picture = Picture.new("RGB", mask.size, BLACK)
        picture.putalpha(mask)
        pictures.append(picture)
    for drawn, mask in zip(_drawn(*map(_bytes, pictures)), masks, strict=True):
        assert _difference(drawn, ImageChops.invert(mask)) < MAX_DIFFERENCE


def test_shapes_with_the_same_bytes_are_two_pictures() -> None:
    wide, tall = Picture.new("RGB", (90, 30), RED), Picture.new("RGB", (30, 90), RED)
    assert wide.tobytes() == tall.tobytes()
    shapes = [drawn.width / drawn.height for drawn in _drawn(_bytes(wide), _bytes(tall))]
    assert shapes == pytest.approx([3, 1 / 3], rel=0.05)


def test_one_file_under_two_names_is_held_once() -> None:
    data = _bytes(_marked())
    pdf = export(_deck(data, data), options(), 0).files[0].data
    assert pdf.count(b"/Subtype /Image") == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_pictures_are_turned_as_their_exif_says(kind: str) -> None:
    files = []
    for orientation in range(1, 9):
        exif = Picture.Exif()
        exif[ORIENTATION] = orientation
        files.append(_bytes(_marked(), kind, exif=exif))
    upright = [ImageOps.exif_transpose(Picture.open(io.BytesIO(data))) for data in files]
    drawn = _drawn(*files)
    for picture, expected in zip(drawn, upright, strict=True):
        assert (picture.width > picture.height) is (expected.width > expected.height)
        assert _difference(picture, expected) < MAX_DIFFERENCE
    assert min(_difference(drawn[0], other) for other in upright[1:4]) > MAX_DIFFERENCE


def test_turning_keeps_the_bytes_of_a_picture() -> None:
    exif = Picture.Exif()
    exif[ORIENTATION] = 6
    turned, plain = _bytes(_marked(), "JPEG", exif=exif), _bytes(_marked(), "JPEG")
    streams = _streams(export(_deck(turned, plain), options(), 0).files[0].data)
    assert streams == [(120, 60, turned), (120, 60, plain)]


@pytest.mark.parametrize("exif", [b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\0\x01", b"nonsense" * 20])
def test_damaged_exif_turns_nothing(exif: bytes) -> None:
    (drawn,) = _drawn(_bytes(_marked(), "JPEG", exif=exif))
    assert _difference(drawn, _marked()) < MAX_DIFFERENCE


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_unknown_orientation_turns_nothing(orientation: int) -> None:
    exif = Picture.Exif()
    exif[ORIENTATION] = orientation
    (drawn,) = _drawn(_bytes(_marked(), "JPEG", exif=exif))
    assert _difference(drawn, _marked()) < MAX_DIFFERENCE


def test_turned_picture_has_its_shape_in_the_preview() -> None:
    exif = Picture.Exif()
    exif[ORIENTATION] = 8
    shown = cards_svg(_deck(_bytes(_marked(), "JPEG", exif=exif)), options(), lambda target: target)
    (card,) = next(iter(shown.cards.values()))
    assert 'width="42.69" height="85.38"' in str(card.back)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("P", "GIF"), ("RGBA", "WEBP")]
)
def test_transparent_parts_are_white_and_strokes_stay(mode: str, kind: str) -> None:
    """Strokes have the colour that the transparent parts have, too: black."""
    picture = Picture.new("RGBA", (90, 90), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((30, 30, 60, 60), fill=(0, 0, 0, 255))
    expected = Picture.new("RGB", picture.size, WHITE)
    expected.paste(BLACK, mask=picture.getchannel("A"))
    named: dict[str, object] = {"lossless": True} if kind == "WEBP" else {}
    if mode == "P":
        palette = Picture.new("P", picture.size, 0)
        palette.putpalette([0, 0, 0, 0, 0, 0])
        palette.paste(1, mask=picture.getchannel("A"))
        data = _bytes(palette, kind, transparency=0)
    else:
        data = _bytes(picture.convert(mode), kind, **named)
    (drawn,) = _drawn(data)
    assert _difference(drawn, expected) < MAX_DIFFERENCE
