"""The language of a source by its labels, and labels in the language of a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config.settings import Settings, with_values
from exporter.converters import load as load_converter
from exporter.model.labels import LABELS, Labels
from exporter.pipeline.loader import load_bytes
from exporter.readers.labels.label_language import ANSWER_LANGUAGES, QUESTION_LANGUAGES
from exporter.readers.labels.vocabulary import ANSWER_WORDS, QUESTION_WORDS
from tests.projects import Project

LANGUAGES = {
    "q.txt": ("Frage 1: Was?\nAntwort: Dies.\n\nFrage 2: Wie?\nAntwort: So.\n", "de"),
    "one.txt": ("Question 1 : Quoi ?\nRéponse : Ceci.\n", "fr"),
    "english.txt": ("Question 1: What?\nAnswer: This.\n", "en"),
    "either.txt": ("Question 1: What?\nThis.\n\nQuestion 2: How?\nSo.\n", ""),
    "mixed.txt": ("Frage 1: Was?\nAnswer: Dies.\n\nFrage 2: Wie?\nAnswer: So.\n", ""),
    "none.txt": ("1. Was?\nDies.\n\n2. Wie?\nFrage: keine.\n", ""),
    "half.txt": ("Frage 1: Was?\nA.\n\nFrage 2: Wie?\nB.\n", "de"),
    "bold.md": ("**Pregunta 1:** ¿Qué?\n\n**Respuesta:** Esto.\n", "es"),
    "heading.md": ("## Вопрос 1: Что?\n\nЭто.\n\n## Вопрос 2: Как?\n\nТак.\n", "ru"),
    "table.csv": ("Frage,Antwort\nWas?,Dies.\nWie?,So.\n", "de"),
    "chinese.txt": ("问题：什么？\n回答：这个。\n", "zh"),
    "traditional.txt": ("問題：什麼？\n答案：這個。\n", "zh"),
    "japanese.txt": ("質問：何？\n回答：これ。\n", "ja"),
    "arabic.txt": ("سؤال 1: ما هو؟\nجواب: هذا.\n", "ar"),
    "persian.txt": ("سؤال 1: چرا؟\nجواب: چون.\n", ""),
    "hindi.txt": ("प्रश्न 1: क्या?\nउत्तर: यह।\n", "hi"),
}


@pytest.mark.parametrize("name", list(LANGUAGES))
def test_language_is_that_of_the_labels(name: str) -> None:
    text, language = LANGUAGES[name]
    loaded = load_bytes(Path(name), text.encode(), Settings())
    assert loaded.questions.questions
    assert loaded.label_language == language


def test_share_of_labelled_questions_decides() -> None:
    labelled, other = "### Frage 1: Was?\n\nDies.\n\n", "### Wie?\n\nSo.\n\n"
    for text, language in ((labelled + other, "de"), (labelled + other + other, "")):
        loaded = load_bytes(Path("q.md"), text.encode(), Settings())
        assert loaded.label_language == language, text


def test_language_is_of_source_then_setting_then_labels() -> None:
    text = "Frage 1: Was?\nAntwort: Dies.\n"
    austrian = with_values(Settings(), {"language": "de-AT"})
    loaded = load_bytes(Path("q.txt"), text.encode(), austrian)
    assert loaded.find_language(austrian) == "de-AT"
    assert loaded.find_language(Settings()) == "de"
    loaded = load_bytes(Path("q.txt"), f"Title: T\nLanguage: de-CH\n\n{text}".encode(), austrian)
    assert loaded.find_language(austrian) == "de-CH"
    loaded = load_bytes(Path("q.txt"), b"1. What?\nThis.\n", Settings())
    assert loaded.find_language(Settings()) == "en"


def test_language_of_the_labels_is_told_once(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "input").mkdir()
    source = tmp_path / "input" / "fragen.txt"
    source.write_text("Frage 1: Was?\nAntwort: Dies.\n", "utf-8")
    first = project.run("build", "--to", "sheet")
    assert "“de”" in first.errors
    assert '<html lang="de">' in next((tmp_path / "dist").glob("*.html")).read_text("utf-8")
    source.write_text("Frage 1: Was?\nAntwort: Das.\n", "utf-8")
    assert "“de”" not in project.run("build", "--to", "sheet").errors


def test_words_of_labels_are_those_that_are_read() -> None:
    assert set(QUESTION_LANGUAGES) <= set(QUESTION_WORDS)
    assert set(ANSWER_LANGUAGES) <= set(ANSWER_WORDS)


def make_source(labels: Labels) -> str:
    return "\n".join(
        (
            f"{labels.question} 1: A + B?",
            f"{labels.answer}:",
            "C.",
            f"{labels.tags}: x, y",
            f"{labels.cues}:",
            "- one",
            "- two",
            f"{labels.notes}: n",
            "",
            f"{labels.category}: K",
            "",
            f"{labels.question} 2: D + E?",
            f"{labels.answer}:",
            "F.",
            "",
        )
    )


@pytest.mark.parametrize("language", list(LABELS))
def test_labels_of_every_language_are_read_and_written(language: str) -> None:
    labels = LABELS[language]
    text = make_source(labels)
    loaded = load_bytes(Path("q.txt"), text.encode(), Settings())
    first, second = loaded.questions.questions
    assert (first.tags, first.cues, first.notes) == (("x", "y"), ("one", "two"), "n")
    assert (first.category, second.category) == (None, "K")
    assert loaded.label_language == language
    written = load_converter("text")(loaded.questions, language)
    assert written == text
    sheet = load_converter("markdown")(loaded.questions, language)
    assert f"- {labels.tags}: x, y" in sheet and f"- {labels.notes}: n" in sheet
    again = load_bytes(Path("q.md"), sheet.encode(), Settings()).questions.questions
    assert [(q.question, q.answer, q.tags, q.cues, q.notes, q.category) for q in again] == [
        (q.question, q.answer, q.tags, q.cues, q.notes, q.category) for q in (first, second)
    ]


def test_convert_keeps_a_language_without_labels(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "vragen.txt").write_text("Vraag 1: Wat?\nAntwoord: Dit.\n", "utf-8")
    ran = project.run("convert", "vragen.txt", "--to", "text")
    assert "Language: nl\n" in ran.output and "Question 1: Wat?" in ran.output
    (tmp_path / "fragen.txt").write_text("Frage 1: Was?\nAntwort: Dies.\n", "utf-8")
    assert project.run("convert", "fragen.txt", "--to", "text").output == "Frage 1: Was?\nAntwort:\nDies.\n"
