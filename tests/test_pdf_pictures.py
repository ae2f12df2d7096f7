"""Pictures on cue cards: each the file's own, turned as its EXIF data say, on white."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from itertools import chain
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from PIL import Image as Picture
from PIL import ImageChops, ImageDraw, ImageOps, ImageStat

from exporter.cards import raster_images
from exporter.cards.card_metrics import PICTURE_SHARE, card_metrics
from exporter.cards.images import MAX_POINTS_PER_PIXEL
from exporter.cards.raster_images import MAX_EMBEDDED_DPI, read_for_pdf
from exporter.cards.stocks import BY_NAME
from exporter.cards.svg import cards_svg
from exporter.exporters.pdf import export
from exporter.model.deck import Deck
from exporter.model.questions import Block, Image, ListBlock
from exporter.model.text import paragraph
from tests.pdf_decks import deck, fit_deck, note, options, read

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
    assert 'width="60.00" height="120.00"' in str(card.back)


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


def _placed(
    blocks: tuple[Block, ...], picture: bytes, stock: str = "a4-3x5", **values: object
) -> dict[str, Any]:
    """Return the only picture on the back of a card as pdfplumber reads it."""
    source = replace(deck(note("Q?", blocks)), media={"0.png": picture})
    exported = export(source, options(pdf_stock=stock, **values), 0)
    assert not exported.diagnostics
    with pdfplumber.open(io.BytesIO(exported.files[0].data)) as pdf:
        images = [image for page in pdf.pages for image in page.images]
    (image,) = images
    return image


def _gradient(width: int, height: int) -> Picture.Image:
    return Picture.linear_gradient("L").resize((width, height)).convert("RGB")


PICTURE = Image("0.png", "a box")


@pytest.mark.parametrize("stock", ["a4-3x5", "avery-5371", "a4-a6", "a4-a7"])
@pytest.mark.parametrize("size", [(1600, 900), (900, 1600), (1200, 1200), (400, 300)])
def test_picture_alone_takes_all_room(stock: str, size: tuple[int, int]) -> None:
    metrics = card_metrics(BY_NAME[stock].card)
    image = _placed((PICTURE,), _bytes(_gradient(*size)), stock)
    assert image["width"] / image["height"] == pytest.approx(size[0] / size[1], rel=0.01)
    is_wide = image["width"] > metrics.column_width - 0.01
    is_high = image["height"] > metrics.back_height * 0.88
    assert is_wide or is_high or image["width"] == pytest.approx(size[0] * MAX_POINTS_PER_PIXEL, abs=0.01)
    assert image["width"] < metrics.column_width + 0.01


@pytest.mark.parametrize("words", [4, 40, 80])
def test_picture_takes_the_room_that_text_leaves(words: int) -> None:
    text = paragraph(" ".join(["word"] * words))
    source = replace(deck(note("Q?", (text, PICTURE))), media={"0.png": _bytes(_gradient(700, 900))})
    (fit,) = fit_deck(source, pdf_largest=11.0)
    (column,) = fit.backs
    assert column.height == pytest.approx(card_metrics(BY_NAME["a4-3x5"].card).back_height, abs=0.01)
    pictures = [line.measured.picture for line in column.lines if line.measured.picture]
    assert len(pictures) == 1


def test_long_text_leaves_a_picture_its_share() -> None:
    metrics = card_metrics(BY_NAME["a4-3x5"].card)
    text = paragraph(" ".join(["word"] * 100))
    image = _placed((text, PICTURE), _bytes(_gradient(700, 900)))
    assert image["height"] >= metrics.front_height * PICTURE_SHARE - 0.01


def test_two_pictures_share_the_room() -> None:
    source = replace(deck(note("Q?", (PICTURE, PICTURE))), media={"0.png": _bytes(_gradient(900, 900))})
    (fit,) = fit_deck(source)
    (column,) = fit.backs
    heights = {line.measured.picture.height for line in column.lines if line.measured.picture}
    assert len(heights) == 1
    assert column.height == pytest.approx(card_metrics(BY_NAME["a4-3x5"].card).back_height, abs=0.01)


def test_picture_in_nested_lists_stays_in_its_column() -> None:
    block: Block = PICTURE
    for _ in range(6):
        block = ListBlock(((paragraph("in"), block),))
    metrics = card_metrics(BY_NAME["avery-5371"].card)
    source = replace(deck(note("Q?", (block,))), media={"0.png": _bytes(_gradient(2000, 200))})
    for fit in fit_deck(source, pdf_stock="avery-5371"):
        for column in fit.backs:
            for line in column.lines:
                if line.measured.picture:
                    right = line.measured.indent * column.size + line.measured.picture.width
                    assert right <= metrics.column_width + 0.01


def test_small_picture_has_72_pixels_an_inch() -> None:
    assert _placed((PICTURE,), _bytes(_gradient(30, 20)))["width"] == pytest.approx(30)


@pytest.mark.parametrize(
    ("kind", "size"), [("PNG", (3000, 2000)), ("JPEG", (3000, 2000)), ("JPEG", (1500, 2600))]
)
def test_large_picture_is_held_at_300_dpi(kind: str, size: tuple[int, int]) -> None:
    picture = Picture.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 9), fill=RED)
    image = _placed((PICTURE,), _bytes(picture, kind))
    for side, points in zip(image["srcsize"], (image["width"], image["height"]), strict=True):
        assert side == pytest.approx(points / 72 * MAX_EMBEDDED_DPI, abs=1.01)
    drawn = _drawn(_bytes(picture, kind))[0]
    assert _difference(drawn, picture) < MAX_DIFFERENCE


def test_turned_large_picture_is_held_at_300_dpi() -> None:
    exif = Picture.Exif()
    exif[ORIENTATION] = 6
    image = _placed((PICTURE,), _bytes(_gradient(3000, 2000), "JPEG", exif=exif))
    assert image["height"] > image["width"]
    assert image["srcsize"][0] == pytest.approx(image["height"] / 72 * MAX_EMBEDDED_DPI, abs=1.01)


@pytest.mark.parametrize(("more", "is_kept"), [(0, True), (1, False)])
def test_jpeg_of_300_dpi_is_kept(more: int, is_kept: bool) -> None:
    data = _bytes(_gradient(600 + more, 800), "JPEG")
    reader = read_for_pdf(data, 600 * 72 / MAX_EMBEDDED_DPI, 800 * 72 / MAX_EMBEDDED_DPI)
    assert reader.getSize() == (600, 800)
    assert (reader.fp is not None and reader.fp.getvalue() == data) is is_kept


def _modes() -> list[tuple[str, bytes, Picture.Image]]:
    """Return pictures in all forms of pixels with what is seen."""
    picture = _marked()
    grey = picture.convert("L")
    deep = grey.convert("I").point(lambda value: value * 257).convert("I;16")
    clear = picture.convert("RGBA")
    clear.putalpha(Picture.linear_gradient("L").resize(picture.size))
    on_white = Picture.new("RGBA", picture.size, (*WHITE, 255))
    on_white.alpha_composite(clear)
    return [
        ("16 bits", _bytes(deep), grey),
        (
            "1 bit",
            _bytes(grey.point(lambda v: 255 * (v > 128)).convert("1")),
            grey.point(lambda v: 255 * (v > 128)),
        ),
        ("palette", _bytes(picture.convert("P", palette=Picture.Palette.ADAPTIVE)), picture),
        ("CMYK", _bytes(picture.convert("CMYK"), "JPEG", quality=95), picture.convert("CMYK").convert("RGB")),
        ("grey JPEG", _bytes(grey, "JPEG"), grey),
        ("alpha", _bytes(clear), on_white),
        ("grey and alpha", _bytes(clear.convert("LA")), on_white.convert("L")),
        ("BMP", _bytes(picture, "BMP"), picture),
        ("progressive", _bytes(picture, "JPEG", progressive=True, quality=95), picture),
    ]


@pytest.mark.parametrize(
    ("mode", "data", "seen"), _modes(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_all_forms_of_pixels_look_right(mode: str, data: bytes, seen: Picture.Image) -> None:
    (drawn,) = _drawn(data)
    assert _difference(drawn, seen) < MAX_DIFFERENCE, mode


def test_picture_without_a_hue_is_grey() -> None:
    assert str(_placed((PICTURE,), _bytes(_gradient(90, 90)))["colorspace"]) == "[/'DeviceGray']"


def _png_of(width: int, height: int) -> bytes:
    """Return a PNG that says that it is so large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def test_too_many_pixels_are_refused_by_a_sentence() -> None:
    source = replace(deck(note("Q?", (PICTURE,))), media={"0.png": _png_of(30_000, 30_000)})
    exported = export(source, options(), 0)
    (diagnostic,) = exported.diagnostics
    assert diagnostic.code == "unreadable-image"
    assert "it has 900 million pixels, more than 100 million" in diagnostic.message
    assert "fewer pixels" in str(diagnostic.hint)
    with read(exported.files[0].data) as pdf:
        assert "a box" in "".join(char["text"] for char in pdf.pages[1].chars)


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_number_of_pixels_is_limited(more: int, is_read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster_images, "MAX_PICTURE_PIXELS", 600)
    data = _bytes(_gradient(30, 20 + more))
    if is_read:
        assert raster_images.read_size(data) == (30, 20, 1)
    else:
        with pytest.raises(raster_images.PictureError, match="more than"):
            raster_images.read_size(data)


def test_other_formats_are_not_decoded() -> None:
    """Pillow would run Ghostscript for PostScript."""
    source = replace(
        deck(note("Q?", (PICTURE,))), media={"0.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"}
    )
    (diagnostic,) = export(source, options(), 0).diagnostics
    assert diagnostic.code == "unreadable-image"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_truncated_picture_is_reported(kind: str) -> None:
    data = _bytes(_marked(900, 700), kind)[:-400]
    (diagnostic,) = export(
        replace(deck(note("Q?", (PICTURE,))), media={"0.png": data}), options(), 0
    ).diagnostics
    assert diagnostic.code == "unreadable-image"
