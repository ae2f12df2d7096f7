"""The typeface: a family or files that replace the body face, in all styles, on paper and in the preview."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from fontTools.ttLib import TTFont

from exporter.cards.print_setup import load_fonts
from exporter.cards.svg import cards_svg
from exporter.cards.text_style import BOLD, BOLD_ITALIC, ITALIC, MONO, REGULAR
from exporter.config.settings import Settings
from exporter.exporters.pdf import export
from exporter.model.deck import Deck
from exporter.model.questions import Emphasis, Paragraph, Strong, Text
from exporter.sheets.pdf import typeset_sheet
from exporter.sheets.sheet_setup import make_setup
from tests.made_fonts import ASCII, write_font
from tests.pdf_decks import deck, note, options, read

STYLES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def with_typeface(*paths: Path) -> Settings:
    return options(pdf_duplex="short-edge", pdf_typeface=tuple(map(str, paths)))


def styled() -> Deck:
    """Return a deck whose answer has all four styles, each in letters of its own."""
    spans = (
        Text("A hash table maps each key to a bucket, and finds it WW "),
        Emphasis((Text("YY "),)),
        Strong((Text("XX "), Emphasis((Text("ZZ "),)))),
        Text("at once, since the key is hashed."),
    )
    # without cues, which are bold
    return deck(replace(note("Qq?", (Paragraph((spans,)),)), cue_ranges={}))


def font_names(data: bytes) -> set[str]:
    """Return the names of the fonts that pages use, without the prefix of a subset."""
    with read(data) as pdf:
        return {str(char["fontname"]).partition("+")[2] for page in pdf.pages for char in page.chars}


def read_operators(data: bytes) -> bytes:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    drawn = [item.get_object() for page in pages for item in page["/Resources"].get("/XObject", {}).values()]
    streams = [*(page.get_contents() for page in pages), *drawn]
    return b"".join(stream.get_data() for stream in streams if stream is not None)


def test_each_style_has_its_file_and_widths(tmp_path: Path) -> None:
    files = [
        write_font(tmp_path / "r.ttf", ASCII, 500),
        write_font(tmp_path / "b.ttf", ASCII, 600, weight=700),
        write_font(tmp_path / "i.ttf", ASCII, 700, is_italic=True),
        write_font(tmp_path / "z.ttf", ASCII, 800, weight=700, is_italic=True),
    ]
    settings = with_typeface(*reversed(files))
    fonts = load_fonts(settings, "en")
    assert [fonts.measure(style, "ab") for style in STYLES] == pytest.approx([1.0, 1.2, 1.4, 1.6])
    assert fonts.strokes == (0.0,) * 6
    exported = export(styled(), settings, 0)
    assert exported.diagnostics == ()
    with read(exported.files[0].data) as pdf:
        widths = {char["text"]: char["width"] / char["size"] for char in pdf.pages[1].chars}
    assert [widths[letter] for letter in "WXYZ"] == pytest.approx([0.5, 0.6, 0.7, 0.8])
    assert not any("Atkinson" in name for name in font_names(exported.files[0].data))


def test_missing_bold_is_drawn_with_an_outline(tmp_path: Path) -> None:
    regular = write_font(tmp_path / "r.ttf", ASCII, 500)
    bold = write_font(tmp_path / "b.ttf", ASCII, 500, weight=600)
    medium = write_font(tmp_path / "m.ttf", ASCII, 500, weight=500)
    for files, outlined in (((regular,), True), ((regular, bold), False), ((regular, medium), True)):
        settings = with_typeface(*files)
        assert (load_fonts(settings, "en").strokes[BOLD] > 0) is outlined
        data = export(styled(), settings, 0).files[0].data
        assert (b"2 Tr" in read_operators(data)) is outlined


def test_missing_italic_is_slanted(tmp_path: Path) -> None:
    fonts = load_fonts(with_typeface(write_font(tmp_path / "r.ttf", ASCII, 500)), "en")
    upright, slanted = (
        TTFont(io.BytesIO(fonts.faces[style].face._ttf_data))["glyf"]["u006E"] for style in (REGULAR, ITALIC)
    )
    assert [x for x, _ in upright.coordinates] == [50, 50, 450, 450]
    assert [x for x, _ in slanted.coordinates] == [50, 190, 590, 450]
    assert fonts.measure(ITALIC, "n") == fonts.measure(REGULAR, "n")


def test_variable_typeface_has_all_weights(tmp_path: Path) -> None:
    fonts = load_fonts(with_typeface(write_font(tmp_path / "v.ttf", ASCII, 500, is_variable=True)), "en")
    widths = [
        max(x for x, _ in TTFont(io.BytesIO(fonts.faces[style].face._ttf_data))["glyf"]["u006E"].coordinates)
        for style in (REGULAR, BOLD)
    ]
    assert widths == [450, 510], "700 is three fifths of the way from 400 to 900"
    assert fonts.strokes[BOLD] == 0


def test_thin_default_of_a_variable_font_is_not_printed(tmp_path: Path) -> None:
    thin = write_font(tmp_path / "v.ttf", ASCII, 500, weight=100, is_variable=True)
    fonts = load_fonts(with_typeface(thin), "en")
    glyph = TTFont(io.BytesIO(fonts.faces[REGULAR].face._ttf_data))["glyf"]["u006E"]
    assert max(x for x, _ in glyph.coordinates) == 488, "400 is three eighths of the way from 100 to 900"


def test_typeface_may_be_an_installed_family() -> None:
    exported = export(styled(), options(pdf_typeface="IBM Plex Mono"), 0)
    assert exported.diagnostics == ()
    assert {name.partition("-")[0] for name in font_names(exported.files[0].data)} == {"IBMPlexMono"}


def test_typeface_and_fallback_of_one_font_differ(tmp_path: Path) -> None:
    letters = write_font(tmp_path / "a.ttf", ASCII, 500, family="Same")
    others = write_font(tmp_path / "b.ttf", "漢", 900, family="Same")
    settings = options(pdf_duplex="short-edge", pdf_typeface=str(letters), pdf_font=str(others))
    with read(export(deck(note("Q?", "ab 漢")), settings, 0).files[0].data) as pdf:
        widths = {char["text"]: char["width"] / char["size"] for char in pdf.pages[1].chars}
    assert (widths["a"], widths["漢"]) == (pytest.approx(0.5), pytest.approx(0.9))


def test_letters_that_the_typeface_lacks_fall_back(tmp_path: Path) -> None:
    settings = with_typeface(write_font(tmp_path / "r.ttf", ASCII, 500))
    exported = export(deck(note("Größe?", "Größe → Привет ✅")), settings, 0)
    assert exported.diagnostics == ()
    with read(exported.files[0].data) as pdf:
        text = "".join(str(char["text"]) for char in pdf.pages[1].chars)
    assert "GrößeПриветx".removesuffix("x") in "".join(text.split()).replace("→", "")


def test_code_keeps_its_face(tmp_path: Path) -> None:
    fonts = load_fonts(with_typeface(write_font(tmp_path / "r.ttf", ASCII, 500)), "en")
    assert fonts.measure(MONO, "ab") == pytest.approx(1.2)


def test_preview_embeds_the_typeface(tmp_path: Path) -> None:
    path = write_font(tmp_path / "r.ttf", ASCII, 500)
    rules = cards_svg(styled(), with_typeface(path), str).font_faces.splitlines()
    fonts = {
        (match[1], match[2]): base64.b64decode(match[3])
        for rule in rules
        if (
            match := re.search(
                r"\"Cue card\";font-weight:(\d+);font-style:(\w+);src:url\(data:font/ttf;base64,(.*?)\)", rule
            )
        )
    }
    assert set(fonts) == {("400", "normal"), ("400", "italic")}, "browsers make the bold face themselves"
    assert fonts["400", "normal"] == path.read_bytes()


def test_sheet_is_set_in_the_typeface(tmp_path: Path) -> None:
    settings = with_typeface(write_font(tmp_path / "r.ttf", ASCII, 500, family="Own"))
    sheet = typeset_sheet(styled(), make_setup(settings), settings)
    names = font_names(sheet.data)
    assert any(name.startswith("Own") for name in names)
    assert not any("Atkinson" in name for name in names)
