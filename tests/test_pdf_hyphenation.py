"""Words that are wider than a line: divided where their language allows, with a hyphen, and found by a search."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.cards.canvas import line_pieces
from exporter.cards.card_metrics import card_metrics
from exporter.cards.font_set import Fonts
from exporter.cards.hyphenation import SOFT_HYPHEN, make_hyphenator
from exporter.cards.stocks import BY_NAME
from exporter.cards.svg import cards_svg
from exporter.model.questions import Block, Code, CodeBlock, Paragraph, Strong, Text
from tests.pdf_decks import cards, deck, fit_deck, note, options, read

QUESTION = "Wie gehen Sie mit Unternehmenssoftwareentwicklungsprojekten um?"
ANSWER = """Datenschutzgrundverordnungskonforme Verarbeitungsverzeichnisse erstelle ich mit der Rechtsabteilung.
Geschwindigkeitsbegrenzungsmaßnahmen und Qualitätssicherungsverfahren werden in Zusammenarbeitsvereinbarungen festgehalten.
Die Softwarearchitekturdokumentation entsteht parallel zur Anforderungsspezifikation."""
STOCKS = ["c32011", "a4-a7", "avery-5371", "a4-3x5"]


def _lines(question: str | tuple[Block, ...], answer: str | tuple[Block, ...], stock: str, language: str):
    """Yield the text of each line on a note's cards, its width and that of the column, and whether its words are divided."""
    metrics, fonts = card_metrics(BY_NAME[stock].card), Fonts()
    source = replace(deck(note(question, answer)), language=language)
    (fit,) = fit_deck(source, pdf_stock=stock, pdf_content="answer")
    for column in (*fit.fronts, *fit.backs):
        for line in column.lines:
            measured = line.measured
            if measured.gaps is None:
                continue
            is_divided = line.stop < len(measured.words) and measured.gaps[line.stop] is None
            is_continued = line.first > 0 and measured.gaps[line.first] is None
            indent = measured.indent + (measured.hang if line.first else 0.0)
            width = (measured.ends[line.stop - 1] - measured.starts[line.first] + indent) * column.size
            pieces = line_pieces(line)
            text = "".join(piece for piece, _ in pieces)
            # the words of cues are bold, and so wider
            measured = measured._replace(style=pieces[-1][1])
            yield text, width, metrics.column_width, is_divided, is_continued, measured, column.size, fonts


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize(
    ("question", "answer", "language"),
    [
        (QUESTION, ANSWER, "de"),
        ("What is antidisestablishmentarianism-counterrevolutionaries about?", "It is\nold.", "en"),
        ("Mikä on lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas?", "Sana.\nPitkä.", "fi"),
        ("Что такое рентгеноэлектрокардиографическогомикроанализа?", "Слово.\nДлинное.", "ru"),
    ],
)
def test_no_word_is_cut_that_fits_a_line(stock: str, question: str, answer: str, language: str) -> None:
    for text, width, column_width, is_divided, _, measured, size, fonts in _lines(
        question, answer, stock, language
    ):
        assert width <= column_width + 0.01, text
        if not is_divided:
            assert SOFT_HYPHEN not in text
            continue
        assert text.endswith((SOFT_HYPHEN, "-")), text
        words = [
            word for word in (question + " " + answer).split() if text.split()[-1].rstrip("-\u00ad") in word
        ]
        assert all(
            (fonts.measure(measured.style, word) + measured.indent) * size > column_width for word in words
        ), text


@pytest.mark.parametrize("stock", STOCKS)
def test_words_are_read_back_whole(stock: str) -> None:
    data = cards(replace(deck(note(QUESTION, ANSWER)), language="de"), pdf_stock=stock, pdf_content="answer")
    with read(data) as pdf:
        text = "".join(char["text"] for page in pdf.pages for char in page.chars)
    for word in (QUESTION + " " + ANSWER).split():
        assert word in text.replace(SOFT_HYPHEN, "")


def test_search_finds_a_divided_word(tmp_path: Path) -> None:
    command = shutil.which("pdftotext")
    if command is None:
        pytest.skip("There is no pdftotext here; install Debian's package poppler-utils.")
    path = tmp_path / "cards.pdf"
    path.write_bytes(cards(replace(deck(note(QUESTION, ANSWER)), language="de"), pdf_stock="c32011"))
    with read(path.read_bytes()) as pdf:
        assert SOFT_HYPHEN in pdf.pages[0].extract_text()
    shown = subprocess.run([command, str(path), "-"], capture_output=True, check=True).stdout.decode()
    assert "Unternehmenssoftwareentwicklungsprojekten" in shown


def test_hyphen_is_drawn_in_the_preview() -> None:
    source = replace(deck(note(QUESTION, ANSWER)), language="de")
    shown = cards_svg(source, options(pdf_stock="c32011"), lambda target: target)
    (card,) = next(iter(shown.cards.values()))
    assert SOFT_HYPHEN not in card.front
    assert "ternehmenssoftwareent-<" in card.front


def test_code_numbers_and_unknown_languages_get_no_hyphen() -> None:
    name = "unternehmens" * 6
    blocks = (Paragraph(((Code(name),), (Text("9" * 80),))), CodeBlock(name, ""))
    for text, *_ in _lines("Q?", blocks, "c32011", "de"):
        assert SOFT_HYPHEN not in text
    assert make_hyphenator("zh")("漢字" * 20) == ["漢字" * 20]
    assert make_hyphenator("en")("x" * 40) == ["x" * 40]


def test_language_without_patterns_is_divided_by_syllables() -> None:
    parts = make_hyphenator("fi")("lentokonesuihkuturbiini?")
    assert "|".join(parts).replace(SOFT_HYPHEN, "") == "len|to|ko|ne|suih|ku|tur|bii|ni?"


def test_word_in_several_styles_is_divided() -> None:
    spans = (Strong((Text("Datenschutzgrundverordnung"),)), Text("skonformitätsbescheinigungsverfahren"))
    texts = [text for text, *_ in _lines("Q?", (Paragraph((spans,)),), "c32011", "de")]
    assert len(texts) > 1
    joined = "".join(text.removesuffix(SOFT_HYPHEN) for text in texts)
    assert joined == "Datenschutzgrundverordnungskonformitätsbescheinigungsverfahren"


VERBATIM = [
    "https://www.example.com/geschwindigkeitsbegrenzungsmaßnahmen/qualitätssicherungsverfahren?id=7",
    "vorname.nachname-doppelname@unternehmenssoftwareentwicklung-beispielgesellschaft.example",
    "unternehmenssoftware_entwicklungsprojekt_verwaltungsoberfläche_einstellungen",
    "UnternehmenssoftwareEntwicklungsprojektVerwaltungsoberflächeEinstellungen",
    "de.unternehmen.softwareentwicklungsprojekte.verwaltungsoberfläche.Einstellungen",
    "/srv/unternehmenssoftware/entwicklungsprojekte/verwaltungsoberfläche/einstellungen",
]


@pytest.mark.parametrize("text", VERBATIM)
def test_addresses_and_names_get_no_hyphens(text: str) -> None:
    texts = [line for line, *_ in _lines("Q?", f"Siehe {text} dort.", "c32011", "de")]
    assert len(texts) > 1
    assert not any(line.endswith(("-", SOFT_HYPHEN)) for line in texts)
    assert "".join(texts).replace(" ", "") == f"Siehe{text}dort."


def test_address_is_divided_after_a_sign() -> None:
    address = "https://www.example.com/unternehmen/softwareentwicklung/projekte/verwaltungsoberfläche?id=7"
    texts = [line.strip() for line, *_ in _lines("Q?", address, "c32011", "de")]
    assert len(texts) > 1
    assert all(line.endswith(("/", "?", "=", ".", ":")) for line in texts[:-1])


@pytest.mark.parametrize(
    "word",
    [
        "und/oder-Geschwindigkeitsbegrenzungsmaßnahmenkatalogverwaltung",
        "Softwareentwicklungsprojektverwaltungsoberflächen.",
    ],
)
def test_words_beside_signs_are_hyphenated(word: str) -> None:
    texts = [line for line, *_ in _lines("Q?", word, "c32011", "de")]
    assert any(line.endswith((SOFT_HYPHEN, "-")) for line in texts)


WORDS = """Geschwindigkeitsbegrenzungsmaßnahmen Qualitätssicherungsverfahren Unternehmenssoftwareentwicklung
Datenschutzgrundverordnungskonformitätsbescheinigungsverfahren Donaudampfschifffahrtsgesellschaftskapitän
Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz in der die mit Projekt Team und kurz""".split()
SIZES = st.sampled_from([(9.0, None), (6.0, 8.0), (12.0, 14.0), (18.0, 30.0), (24.0, 24.0)])


@settings(max_examples=25)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.sampled_from(sorted(BY_NAME)), SIZES)
def test_words_that_fit_at_their_size_are_whole(
    words: list[str], stock: str, sizes: tuple[float, float | None]
) -> None:
    """A word is divided only if it is wider than the column at the size at which it is printed."""
    values = {"pdf_smallest": sizes[0], **({"pdf_largest": sizes[1]} if sizes[1] else {})}
    metrics, fonts = card_metrics(BY_NAME[stock].card), Fonts()
    text = " ".join(words)
    source = replace(deck(note(text + "?", text)), language="de")
    (fit,) = fit_deck(source, pdf_stock=stock, pdf_content="answer", **values)
    for column in (*fit.fronts, *fit.backs):
        for line in column.lines:
            measured = line.measured
            if measured.gaps is None or line.stop == len(measured.words) or measured.gaps[line.stop]:
                continue
            first = max(index for index in range(line.stop) if index == 0 or measured.gaps[index])
            spaces = (index for index in range(line.stop, len(measured.words)) if measured.gaps[index])
            pieces = [piece for word in measured.words[first : next(spaces, None)] for piece in word]
            whole = sum(fonts.measure(style, text.removesuffix(SOFT_HYPHEN)) for text, style in pieces)
            assert (whole + measured.indent) * column.size > metrics.column_width, (pieces, column.size)


def test_pdfium_joins_a_divided_word() -> None:
    data = cards(replace(deck(note(QUESTION, ANSWER)), language="de"), pdf_stock="c32011")
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert "Unternehmenssoftwareentwicklungsprojekten" in text.replace(
        "\ufffe", ""
    )  # its sign for a division
