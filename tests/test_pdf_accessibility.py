"""Metadata, and the claim of PDF/UA, which is made only where a checker agrees."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import page as checker
import pytest
from PIL import Image as PillowImage
from pypdf import PdfReader

from exporter.model.deck import Deck
from exporter.model.questions import (
    Code,
    CodeBlock,
    Image,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Strikethrough,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import paragraph
from tests.pdf_decks import cards, deck, note, seed

CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"


def png(mode: str = "RGBA") -> bytes:
    data = BytesIO()
    PillowImage.new(mode, (96, 48)).save(data, "PNG")
    return data.getvalue()


def cells(*texts: str) -> tuple[Line, ...]:
    return tuple((Text(text),) if text else () for text in texts)


STYLES = Paragraph(
    ((Text("a "), Code("c"), Superscript((Text("2"),)), Strikethrough((Text(" é"),)), Math("x^2")),)
)
RICH = replace(
    deck(
        note(
            "Lists?",
            (ListBlock(((paragraph("☑ done"),), (paragraph("a"), ListBlock(((STYLES,),), True)))),),
            1,
        ),
        note(
            "Tables?", (Table(cells("a", "b", "c"), (cells("1", "", "3"), cells("4"))), CodeBlock("x\n y")), 2
        ),
        note((CodeBlock("print(1)"),), (Quote((paragraph("said", "more"),)), Image("a.png", "a box")), 3),
        note((Image("a.png", "only a box"),), "one\ntwo", 4),
        note("ما هذا؟", "كتاب abc (12)\nكلمة أخرى", 5),
        note("क्या है? ∀x ∈ S ✅", "Geschwindigkeitsbegrenzungsschilderaufstellungsverordnungstext " * 9, 6),
        note(
            "Long?",
            "\n".join(f"Step {number} is continued on one of the next cards." for number in range(40)),
            7,
        ),
    ),
    media={"a.png": png()},
)


def failed_rules(data: bytes) -> list[str]:
    report = checker.validate_pdf_bytes(data, profile=checker.ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in report.failures]


@pytest.mark.parametrize("content", ["answer", "cues", "both"])
@pytest.mark.parametrize("mode", ["long-edge", "single"])
def test_a_checker_agrees_with_the_claim(content: str, mode: str) -> None:
    data = cards(RICH, pdf_content=content, pdf_duplex=mode, pdf_font="Noto Sans Arabic")
    assert CLAIM in data
    assert failed_rules(data) == []


def test_the_checker_sees_what_is_wrong() -> None:
    data = cards(seed())
    assert failed_rules(data) == []
    assert "PDFUA1-ID-PART-001" in failed_rules(data.replace(CLAIM, b" " * len(CLAIM)))


@pytest.mark.parametrize(
    "source",
    [
        replace(seed(), language=""),
        replace(seed(), title=" "),
        deck(note("Q?", "\U0001f9ff\ue000")),
        replace(deck(note("Q?", (Image("a.png"),))), media={"a.png": png()}),
        deck(note((ListBlock(((paragraph("no heading"),),)),), "a")),
    ],
    ids=["language", "title", "glyph", "picture", "heading"],
)
def test_nothing_is_claimed_that_is_not_true(source: Deck) -> None:
    assert CLAIM not in cards(source)


def test_a_picture_with_a_description_keeps_the_claim() -> None:
    source = replace(deck(note("Q?", (Image("a.png", "a box"),))), media={"a.png": png("RGB")})
    assert CLAIM in cards(source)


def test_metadata_and_information_agree() -> None:
    source = replace(seed(), title="A & B <c> \x02\ud800 – ü", language="de")
    data = cards(source)
    reader = PdfReader(BytesIO(data))
    packet = reader.trailer["/Root"]["/Metadata"].get_data()
    text = ElementTree.tostring(ElementTree.fromstring(packet), "unicode")
    assert "A &amp; B &lt;c&gt; \ufffd\ufffd – ü" in text
    assert re.findall(r"language>.*?>([^<]+)<", text) == ["de"]
    modified = datetime.fromtimestamp(max(note.modified for note in source.notes), UTC)
    assert set(re.findall(r"Date>([^<\n]+)<", text)) == {modified.strftime("%Y-%m-%dT%H:%M:%SZ")}
    assert reader.metadata is not None
    assert reader.metadata.creation_date == reader.metadata.modification_date == modified
    assert reader.metadata.producer and reader.metadata.producer in text
    assert reader.trailer["/Root"]["/Lang"] == "de"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
