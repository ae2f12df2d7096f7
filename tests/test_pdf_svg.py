"""SVG pictures on cue cards: drawn as vectors with their text, and harmless whatever they contain."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from exporter.cards import svg_pictures
from exporter.cards.raster_images import PictureError
from exporter.cards.svg import cards_svg
from exporter.cards.svg_checks import MAX_SVG_BYTES, MAX_SVG_ELEMENTS
from exporter.cards.svg_pictures import is_svg, read_svg
from exporter.cards.text_style import BOLD, ITALIC, MONO
from exporter.cards.vector_drawing import Label, Shape
from exporter.exporters.pdf import export
from exporter.model.deck import Deck
from exporter.model.questions import Image
from tests.endless import ends
from tests.pdf_decks import deck, note, options, read

FLOW = """
<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#00f"/></linearGradient>
<clipPath id="c"><circle cx="370" cy="150" r="30"/></clipPath>
<g id="node"><rect width="90" height="40" rx="8" fill="#eef" stroke="#226" stroke-width="2"/></g></defs>
<style>.t{font-family:Arial,sans-serif;font-size:14px;text-anchor:middle} .b{font-weight:bold;fill:#a00}</style>
<use href="#node" x="20" y="20"/><text class="t" x="65" y="45">Client</text>
<use href="#node" x="160" y="20"/><text class="t b" x="205" y="45">Balancer</text>
<rect x="300" y="20" width="90" height="40" fill="url(#g)"/>
<path d="M110 40 H155" stroke="black" fill="none"/><polygon points="155,36 163,40 155,44"/>
<ellipse cx="80" cy="140" rx="60" ry="30" fill="#f00" fill-opacity=".5"/>
<text x="80" y="145" style="font-style:italic">cache</text>
<rect x="330" y="110" width="80" height="80" fill="#0c0" clip-path="url(#c)"/>
<path fill-rule="evenodd" d="M180 110h80v80h-80z M200 130v40h40v-40z"/>
<text x="270" y="190" transform="rotate(-30 270 190)" font-family="monospace" font-size="12">GET /users</text>
"""
FLOW_PIXELS = {
    (65, 25): (238, 238, 255),  # a node that is used twice
    (205, 25): (238, 238, 255),
    (345, 30): (128, 128, 255),  # the mean of a gradient
    (157, 40): (0, 0, 0),
    (80, 120): (255, 128, 128),  # half transparent on white
    (370, 150): (0, 204, 0),  # within the clipping circle
    (334, 114): (255, 255, 255),  # outside it
    (190, 120): (0, 0, 0),
    (220, 150): (255, 255, 255),  # in the hole of a path
}


def svg(body: str, attributes: str = 'width="420" height="200"', head: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{head}<svg {names} {attributes}>{body}</svg>".encode()


def deck_with(data: bytes) -> Deck:
    return replace(deck(note("Q?", (Image("a.svg", "a flow"),))), media={"a.svg": data})


def test_shapes_are_drawn_where_and_as_they_are() -> None:
    asked = note((Image("a.svg", "a flow"),), "An answer.")
    exported = export(replace(deck(asked), media={"a.svg": svg(FLOW)}), options(pdf_stock="card-3x5"), 0)
    assert not exported.diagnostics
    data = exported.files[0].data
    assert b"/Subtype /Image" not in data
    scale = 8
    page = pypdfium2.PdfDocument(data)[0]
    picture = page.render(scale=scale).to_pil().convert("RGB")
    with read(data) as pdf:
        words = {word["text"]: word for word in pdf.pages[0].extract_words()}
    middles = [(words[name]["x0"] + words[name]["x1"]) / 2 for name in ("Client", "Balancer")]
    unit = (middles[1] - middles[0]) / (205 - 65)
    left = middles[0] - 65 * unit
    top = (words["Client"]["top"] + words["Client"]["bottom"]) / 2 - 40 * unit
    for (x, y), colour in FLOW_PIXELS.items():
        seen = picture.getpixel((round((left + x * unit) * scale), round((top + y * unit) * scale)))
        assert seen == pytest.approx(colour, abs=3), (x, y)


def test_text_of_a_picture_is_text() -> None:
    data = export(deck_with(svg(FLOW)), options(pdf_stock="card-3x5"), 0).files[0].data
    with read(data) as pdf:
        text = "".join(char["text"] for char in pdf.pages[1].chars)
    for word in ("Client", "Balancer", "cache", "GET /users"):
        assert word in text


def test_labels_have_styles_anchors_and_colours() -> None:
    labels = {item.text: item for item in read_svg(svg(FLOW)).items if isinstance(item, Label)}
    assert labels["Client"].anchor == 0.5
    assert labels["Balancer"].style == BOLD
    assert labels["Balancer"].fill == pytest.approx((2 / 3, 0, 0), abs=0.01)
    assert labels["cache"].style == ITALIC
    assert labels["GET /users"].style == MONO


def test_missing_character_of_a_label_is_reported() -> None:
    (diagnostic,) = export(deck_with(svg('<text y="9">a \U0001fbf5</text>')), options(), 0).diagnostics
    assert diagnostic.code == "missing-glyph"
    assert "U+1FBF5" in diagnostic.message


def test_long_label_is_condensed_to_its_width() -> None:
    label = Label("x", (10.0, 0.0, 0.0, 10.0, 100.0, 0.0), anchor=0.5, max_width=2.0)
    assert label.placed(4.0) == (5.0, 0.0, 0.0, 10.0, 90.0, 0.0)
    assert label.placed(1.0) == (10.0, 0.0, 0.0, 10.0, 95.0, 0.0)


def test_preview_draws_the_same_shapes() -> None:
    shown = cards_svg(deck_with(svg(FLOW)), options(), lambda target: target)
    assert not shown.diagnostics
    (card,) = next(iter(shown.cards.values()))
    shapes = [item for item in read_svg(svg(FLOW)).items if isinstance(item, Shape)]
    assert str(card.back).count("<path d=") >= len(shapes)
    assert ">Client</text>" in str(card.back)
    assert "a.svg" not in str(card.back)


def test_picture_without_a_size_has_that_of_its_view_box() -> None:
    drawing = read_svg(svg('<rect width="9" height="9"/>', 'viewBox="0 0 96 48"'))
    assert (drawing.width, drawing.height) == (72.0, 36.0)


@pytest.mark.parametrize("head", ["", "\ufeff", '<?xml version="1.0"?>\n', "<!-- x -->", "\n  "])
def test_svg_is_known_by_its_beginning(head: str) -> None:
    assert is_svg((head + "<svg/>").encode())
    assert not is_svg(b"\x89PNG\r\n")


RECT = '<rect width="9" height="9"/>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<image href="data:image/png;base64,AA=="/>', "a picture of pixels"),
        ('<image href="secret.png" width="9" height="9"/>', "a picture of pixels"),
        ('<use href="secret.svg#a"/>', "another file"),
        ('<use xlink:href="file:///etc/passwd#a"/>', "another file"),
        ('<rect width="9" height="9" fill="url(secret.svg#a)"/>', "another file"),
        ("<style>rect{fill:url(http://127.0.0.1/a)}</style>" + RECT, "another file"),
        ('<foreignObject width="9" height="9"><p xmlns="x">a</p></foreignObject>', "text in HTML"),
        ('<path d="M0 0h9" marker-end="url(#a)"/>', "arrow heads"),
        ('<path d="M0 0h9" style="marker-end: url(#a)"/>', "arrow heads"),
        ("<style>path{marker-end:url(#a)}</style>" + RECT, "arrow heads"),
        ('<rect width="9" height="9" mask="url(#m)"/>', "a mask"),
        ('<pattern id="p"/><rect width="9" height="9" fill="url(#p)"/>', "patterns"),
        ('<text><textPath href="#a">a</textPath></text>', "text on a path"),
        ("", "draws nothing"),
        ('<rect width="1e30" height="5"/>', "too large"),
        ('<rect width="nan" height="5"/>', "too large"),
        ('<path d="' + "(" * 100 + '"/>', "damaged values"),
        ("<style>a</style>" + RECT, "damaged values"),
        ("<g>", "not well-formed"),
        ('<g id="a"><use href="#a"/></g>', "refers to itself"),
    ],
)
def test_what_is_not_drawn_is_said(body: str, reason: str) -> None:
    exported = export(deck_with(svg(body)), options(pdf_stock="card-3x5"), 0)
    (diagnostic,) = exported.diagnostics
    assert diagnostic.code == "unreadable-image"
    assert reason in diagnostic.message
    assert diagnostic.hint
    with read(exported.files[0].data) as pdf:
        assert "a flow" in "".join(char["text"] for char in pdf.pages[1].chars)


def test_switch_with_another_text_is_drawn() -> None:
    body = '<switch><foreignObject requiredFeatures="x"><p>a</p></foreignObject><text y="9">plain</text></switch>'
    assert [item.text for item in read_svg(svg(body)).items if isinstance(item, Label)] == ["plain"]


def test_scripts_and_links_are_left_out() -> None:
    body = f'<script>alert(1)</script><a href="https://example.com"><rect onclick="x()" width="9" height="9"/></a>{RECT}'
    assert len(read_svg(svg(body)).items) == 2


NESTED_USES = "".join(f'<g id="u{at}">' + f'<use href="#u{at - 1}"/>' * 10 + "</g>" for at in range(1, 9))
ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
HOSTILE = {
    "entities": svg("<text>&e9;</text>", head=f'<!DOCTYPE svg [<!ENTITY e0 "ha">{ENTITIES}]>'),
    "uses": svg(f'<defs><rect id="u0" width="1" height="1"/>{NESTED_USES}</defs><use href="#u8"/>'),
    "depth": svg("<g>" * 50_000 + "</g>" * 50_000),
    "transforms": svg(f'<rect width="5" height="5" transform="{"translate(1)" * 70_000}"/>'),
    "style sheet": svg(
        f"<style>{'* * * * * * * * rect {fill:red}' * 400}</style>{'<g>' * 99}{RECT * 2000}{'</g>' * 99}"
    ),
    "positions": svg(f'<text x="{"1 " * 99_000}">{"x" * 99_000}</text>' * 2),
    "clips": svg(
        f'<clipPath id="c">{RECT * 99}</clipPath>' + '<rect clip-path="url(#c)" width="5" height="5"/>' * 99
    ),
    "size": b"<svg>" + b" " * MAX_SVG_BYTES,
    "style": svg(f"<style>{'a' * 500_000}</style>{RECT}"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pictures_are_refused_soon(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg_pictures, "MAX_LOOKUPS", 50_000)  # a tenth of the time
    with ends(), pytest.raises(PictureError):
        read_svg(HOSTILE[name])


@pytest.mark.parametrize(("count", "is_drawn"), [(MAX_SVG_ELEMENTS - 1, True), (MAX_SVG_ELEMENTS, False)])
def test_number_of_elements_is_limited(count: int, is_drawn: bool) -> None:
    data = svg(RECT + "<title/>" * (count - 1))
    if is_drawn:
        assert len(read_svg(data).items) == 1
    else:
        with pytest.raises(PictureError, match="5,000 elements"):
            read_svg(data)


_opened: list[str] = []
_is_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _is_watching and event in ("open", "subprocess.Popen", "socket.connect"):
        _opened.append(str(arguments[0]))


sys.addaudithook(_watch)


def test_no_file_is_opened_for_a_picture(tmp_path: Path) -> None:
    """svglib would search the system for fonts; the first drawing imports it."""
    global _is_watching
    read_svg(svg(RECT))
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    head = f'<!DOCTYPE svg SYSTEM "{secret}" [<!ENTITY s SYSTEM "{secret}">]>'
    bodies = [
        '<text font-family="No Such Font, Another">a</text>',
        "<text>&s;</text>",
        f"<style>@import url({secret});</style>{RECT}",
    ]
    _is_watching = True
    try:
        for body in bodies:
            try:
                items = read_svg(svg(body, head=head)).items
            except PictureError:
                continue
            assert "secret" not in str(items)
    finally:
        _is_watching = False
    assert _opened == []
