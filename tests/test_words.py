"""The exporter's own words in the language of the questions."""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
import zipfile
from dataclasses import asdict, fields
from pathlib import Path

import pypdfium2
import pytest

from exporter.anki.note_type import TEMPLATE_FILES, load_templates
from exporter.cards.print_setup import load_fonts
from exporter.cards.printed_words import printable_words
from exporter.cards.text_style import REGULAR
from exporter.config import loader
from exporter.config.settings import Settings, with_values
from exporter.config.templates import TemplateError, templates_folder
from exporter.config.validation import validate
from exporter.config.words import ENGLISH, LANGUAGES, Words, find_word_problem, find_words, placeholders
from exporter.model.direction import is_rtl_language
from tests.projects import Project

GERMAN = """Bewerbungsfragen

Frage 1: Was ist ein Index?
Schlagwörter: Datenbank
Stichworte: Suchbaum; weniger Zeilen
Antwort:
Ein Index ist ein Suchbaum über einer Spalte.
Die Datenbank liest damit weniger Zeilen.

Kategorie: Netze

Frage 2: Wozu dient ein Cache?
Notizen: Beispiel aus dem letzten Projekt nennen
Antwort:
Er hält Ergebnisse bereit, die oft gebraucht werden.
Das spart Zeit und Last.
"""
SAME_IN_GERMAN = {"die", "in", "am", "an", "will", "so", "es", "id"}
"""Words that are English too, or names, and are not counted as English."""
COMMANDS = {"exporter", "calibrate", "sheet", "front", "back"}


def test_every_language_has_every_word() -> None:
    for language in LANGUAGES:
        if language == "en":
            continue
        texts = tomllib.loads((templates_folder() / "words" / f"{language}.toml").read_text("utf-8"))
        assert list(texts) == [item.name for item in fields(Words)], language
        for name, text in texts.items():
            english = getattr(ENGLISH, name)
            assert not find_word_problem(text, english), (language, name)
            assert placeholders(text) == placeholders(english) or name == "date", (language, name)
        assert len(texts["months"].split()) == 12
    assert {path.stem for path in (templates_folder() / "words").iterdir()} == set(LANGUAGES) - {"en"}


def test_language_is_found_by_its_first_part() -> None:
    assert find_words("pt-BR") == find_words("pt_PT") == find_words("PT")
    assert find_words("") == find_words("en-GB") == ENGLISH
    assert find_words("nl").cues_label == "" and find_words("nl").search == "Search"


def test_own_words_replace_those_of_the_language(tmp_path: Path) -> None:
    (tmp_path / "exporter.toml").write_text('language = "de"\n[words]\nnight = "Dunkel"\n', "utf-8")
    settings = loader.load(tmp_path).settings
    words = find_words(settings.language, settings.words)
    assert (words.night, words.search) == ("Dunkel", "Suchen")


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("words.nigth", "x", "Unknown setting"),
        ("words.night", "<b>", "cannot contain"),
        ("words.part_of", "{number} / {sum}", "{number}, {total}"),
        ("words.part_of", "{number", "braces"),
        ("words.part_of", "{number} / {total}", ""),
        ("words.part_of", "{number}", ""),
    ],
)
def test_own_words_are_checked(key: str, value: str, reason: str) -> None:
    _, diagnostics = validate({key: value})
    assert bool(diagnostics) == bool(reason)
    if reason:
        assert reason in diagnostics[0].message
    if reason == "Unknown setting":
        assert diagnostics[0].hint == "Did you mean “words.night”?"


def test_templates_of_the_deck_have_the_words() -> None:
    for language in LANGUAGES:
        front, _, _ = load_templates(Settings(), language=language)
        assert "[[words" not in front
        assert f'"{find_words(language).next_cue}"' in front


def test_unknown_word_in_a_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "anki").mkdir()
    (tmp_path / TEMPLATE_FILES[0]).write_text("{{Question}}\n[[words.next_que]]\n", "utf-8")
    with pytest.raises(TemplateError) as caught:
        load_templates(Settings(templates=str(tmp_path)))
    assert "next_cue" in caught.value.diagnostic.message
    assert caught.value.diagnostic.span is not None and caught.value.diagnostic.span.line == 2


def words_of(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)}


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
        return "\n".join([*texts, *(str(pdf.get_metadata_dict()[key]) for key in ("Title", "Subject"))])


def page_text(html: str) -> str:
    """Return what a page shows or reads aloud: its text, labels and the words of its scripts."""
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    said = [text for name, text in json.loads(data[1])["words"].items()] if data else []
    said += re.findall(r'(?:aria-label|placeholder|title|data-one|data-many)="([^"]*)"', html)
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)
    return " ".join([*said, re.sub(r"<[^>]*>", " ", body)])


def test_german_project_has_no_english_word(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "fragen.txt").write_text(GERMAN, "utf-8")
    (tmp_path / "exporter.toml").write_text(
        '[pdf]\nfront_cues = true\nsmallest = 12\nstock = "avery-5371"\n', "utf-8"
    )
    assert project.run("build").status == 0
    assert project.run("preview").status == 0
    assert project.run("calibrate").status == 0
    dist = tmp_path / "dist"
    texts = {path.name: page_text(path.read_text("utf-8")) for path in dist.glob("*.html")}
    texts |= {path.name: pdf_text(path.read_bytes()) for path in dist.glob("*.pdf")}
    texts |= {path.name: re.sub("<!--.*?-->", "", path.read_text("utf-8")) for path in dist.glob("*.md")}
    assert "calibration.pdf" in texts
    texts["deck"] = deck_text(dist / "fragen.apkg")
    assert len(texts) == 8
    english = words_of(" ".join(asdict(ENGLISH).values())) | words_of("tags cues notes category")
    german = words_of(" ".join(asdict(find_words("de")).values())) | words_of(GERMAN)
    for name, text in texts.items():
        found = words_of(text) & (english - german - SAME_IN_GERMAN - COMMANDS)
        assert not found, name


@pytest.mark.parametrize("name", ["nl", "ru"])
def test_check_finds_words_of_another_language(name: str) -> None:
    # the check above can fail: it finds what is English in a project without German words
    english = words_of(" ".join(asdict(ENGLISH).values()))
    shown = words_of(" ".join(asdict(find_words(name)).values()))
    assert bool({"questions", "rehearsal", "sheet"} & shown & english) == (name == "nl")


def deck_text(path: Path) -> str:
    """Return what the cards of a deck show: the fields, and the words in the templates."""
    with zipfile.ZipFile(path) as package:
        database = path.with_suffix(".db")
        database.write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(database) as connection:
        notes = [row[0] for row in connection.execute("SELECT flds FROM notes")]
        (models,) = connection.execute("SELECT models FROM col").fetchone()
    connection.close()
    texts = []
    for model in json.loads(models).values():
        for template in model["tmpls"]:
            sides = template["qfmt"] + template["afmt"]
            shown = re.sub(r"<[^>]*>|\{\{.*?\}\}|<script>.*?</script>", " ", sides, flags=re.S)
            strings = re.findall(r'(?:textContent = )"([^"]*)"', sides)
            texts += [re.sub(r"<script>.*", " ", shown, flags=re.S), *strings]
    html = " ".join(re.sub(r"<[^>]*>", " ", note) for note in notes)
    return f"{html} {' '.join(strings)}"


@pytest.mark.parametrize(("language", "sheet"), [("de", "Blatt 2 von"), ("ru", "лист 2 из"), ("hi", "2, कुल")])
def test_small_line_has_the_number_of_each_sheet(tmp_path: Path, language: str, sheet: str) -> None:
    project = Project.with_seed(tmp_path)
    ran = project.run("build", "--to", "pdf", "--set", f"language={language}", "--set", "pdf.duplex=single")
    assert ran.status == 0, ran.errors
    (path,) = (tmp_path / "dist").glob("*.pdf")
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert [sheet in text for text in texts] == [index == 1 for index in range(len(texts))]


def test_words_that_no_font_has_are_english_on_paper() -> None:
    fonts = load_fonts(with_values(Settings(), {"pdf.system_fonts": False}), "zh")
    assert printable_words(find_words("ru"), fonts) == find_words("ru")
    is_chinese = fonts.has(REGULAR, "页")
    assert printable_words(find_words("zh"), fonts) == (find_words("zh") if is_chinese else ENGLISH)


def test_pages_run_from_the_right_in_arabic(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "q.txt").write_text("سؤال 1: ما هو؟\nجواب:\nهذا هو.\n", "utf-8")
    assert project.run("build", "--to", "sheet", "--set", "language=ar").status == 0
    page = next((tmp_path / "dist").glob("*.html")).read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert is_rtl_language("fa-IR") and not is_rtl_language("de")
