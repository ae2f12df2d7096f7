"""The two sheets as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from exporter.config.settings import Settings
from exporter.exporters.markdown import export
from exporter.model.deck import Deck
from exporter.model.questions import Code, CodeBlock, Paragraph, Question, QuestionSet, Text
from exporter.model.text import paragraph
from exporter.readers.decoding.decode import decode
from exporter.readers.plain.reader import read
from tests.answers_form import parser, read_answers
from tests.notes import make_note
from tests.projects import SEED
from tests.strategies import question_sets


def deck_of(questions: QuestionSet) -> Deck:
    notes = tuple(
        make_note(f"key{place:09}", question, 0, place, place)
        for place, question in enumerate(questions.questions, 1)
    )
    title = questions.title or ""
    return Deck(title, title, "questions", "questions.txt", "en", notes)


def sheets(questions: QuestionSet, options: Settings | None = None) -> tuple[str, str]:
    """Return the sheet of answers and the cheat sheet."""
    answers, cheatsheet = export(deck_of(questions), options or Settings(), now=0).files
    return answers.data.decode("utf-8"), cheatsheet.data.decode("utf-8")


def _set(*questions: Question) -> QuestionSet:
    return QuestionSet(questions, title="Title")


def _question(text: str, **more: object) -> Question:
    return Question((paragraph(text),), (paragraph("An answer."),), **more)  # type: ignore[arg-type]


@given(question_sets())
def test_any_questions_are_complete_on_both_sheets(questions: QuestionSet) -> None:
    answers, cheatsheet = sheets(questions)
    assert read_answers(answers) == (questions.title, questions.questions)
    _check_links_of_contents(answers, len(questions.questions))
    _check_cues(cheatsheet, deck_of(questions))


def _check_links_of_contents(answers: str, count: int) -> None:
    """Check that every link of the contents leads to one anchor."""
    tokens = parser().parse(answers)
    inline = [child for token in tokens if token.type == "inline" for child in token.children or []]
    links = [str(token.attrs["href"])[1:] for token in inline if token.type == "link_open"]
    tags = [token.content for token in inline if token.type == "html_inline"]
    anchors = [match[1] for tag in tags if (match := re.fullmatch(r'<a id="(q-.*)">', tag))]
    assert len(anchors) == count
    assert len(set(anchors)) == len(anchors)
    assert [link for link in links if link.startswith("q-key")] == anchors


def _check_cues(cheatsheet: str, deck: Deck) -> None:
    """Check that every question's cues are on the cheat sheet."""
    shown = " ".join(_words(child) for token in parser().parse(cheatsheet) for child in token.children or [])
    for note in deck.notes:
        for cue in note.cues:
            assert _unsigned(cue) in _unsigned(shown)


def _words(token: object) -> str:
    kind, content = token.type, token.content  # type: ignore[attr-defined]
    return content if kind != "html_inline" else ""


def _unsigned(text: str) -> str:
    """Return a text without spaces and the signs around formulas, which differ in cues and in Markdown."""
    return re.sub(r"\s+|\\[()]|\$\$", "", text)


def test_the_real_questions(golden: Callable[[str, str], None]) -> None:
    answers, cheatsheet = sheets(_seed())
    golden("interview-questions-answers.md", answers)
    golden("interview-questions-cheatsheet.md", cheatsheet)


def _seed() -> QuestionSet:
    source, _ = decode(SEED.name, SEED.read_bytes())
    assert source
    return read(source, Settings()).questions


def test_headings_of_categories(golden: Callable[[str, str], None]) -> None:
    questions = _set(
        _question("First?", number=1),
        _question("Second?", number=2, category="SQL #", tags=("joins", "a, b"), id="q-2"),
        _question("Third?", category="SQL #", cues=("One", "Two · three"), notes="Mind\n\n- this\\"),
        Question(
            (
                Paragraph(((Text("What is "), Code("x"), Text("?")), (Text("Now?"),))),
                CodeBlock("x = 1\nx += 1", "python"),
            ),
            (paragraph("It is 2."),),
            number=4,
        ),
    )
    answers, cheatsheet = sheets(questions)
    golden("categories-answers.md", answers)
    golden("categories-cheatsheet.md", cheatsheet)
    assert read_answers(answers) == ("Title", questions.questions)


def test_question_starting_with_code_has_a_numbered_heading() -> None:
    asked = Question((CodeBlock("1 / 0"),), (paragraph("It fails."),), number=7)
    answers, cheatsheet = sheets(_set(asked))
    assert '\n## 7. <a id="q-key000000001"></a>\n' in answers
    assert "**7.** `1 / 0`" in cheatsheet
    assert read_answers(answers)[1] == (asked,)


def test_text_that_begins_like_a_number_is_not_the_number() -> None:
    questions = _set(_question("3. What?"), _question("5. What?", number=4))
    answers, _ = sheets(questions)
    assert "\n## 3\\. What? <a" in answers
    assert read_answers(answers)[1] == questions.questions


def test_the_bytes_are_the_same_each_time_and_at_any_time() -> None:
    deck = deck_of(_seed())
    assert export(deck, Settings(), now=0) == export(deck, Settings(), now=2_000_000_000)
    for file in export(deck, Settings(), now=0).files:
        assert b"\r" not in file.data
        assert file.data.endswith(b"\n")
        assert not file.data.endswith(b"\n\n")


def test_no_question_at_all() -> None:
    answers, cheatsheet = sheets(_set())
    assert answers == "<!-- exporter: answers, form 2 -->\n\n# Title\n"
    assert cheatsheet == "<!-- exporter: cheat sheet, form 1 -->\n\n# Title\n"


@pytest.mark.parametrize(
    ("key", "anchor"), [("0abc", "q-0abc"), ("a b", "q-a.20.b"), ('"><', "q-.22..3e..3c.")]
)
def test_anchors_hold_letters_digits_and_hyphens(key: str, anchor: str) -> None:
    note = make_note(key, _question("What?"), 0, 1, 1)
    (answers, _) = export(Deck("d", "t", "s", "f", "en", (note,)), Settings(), now=0).files
    text = answers.data.decode()
    assert f'<a id="{anchor}"></a>' in text
    assert f"](#{anchor})" in text


def test_project_template_overrides_and_is_escaped(tmp_path: Path) -> None:
    own = tmp_path / "markdown" / "cheatsheet.md.j2"
    own.parent.mkdir()
    own.write_text("{{ title }}\n{{ sections[0].entries[0].cues[0] }}\n")
    questions = QuestionSet((_question("What?", cues=("*a* <b>",)),), title="# T")
    answers, cheatsheet = sheets(questions, Settings(templates=str(tmp_path)))
    assert cheatsheet == "\\# T\n\\*a\\* \\<b>\n"
    assert answers.startswith("<!-- exporter: answers")


def test_edited_project_template_is_used_in_the_next_build(tmp_path: Path) -> None:
    own = tmp_path / "markdown" / "cheatsheet.md.j2"
    own.parent.mkdir()
    own.write_text("{% include 'part.j2' %}\n")
    questions, settings = QuestionSet((_question("What?"),), title="T"), Settings(templates=str(tmp_path))
    for words in ("one", "two"):
        (tmp_path / "part.j2").write_text(words)
        assert sheets(questions, settings)[1] == words
    own.write_text("three\n")
    assert sheets(questions, settings)[1] == "three\n"
    own.unlink()
    assert sheets(questions, settings)[1] == sheets(questions)[1]


def test_cheat_sheet_is_read_in_six_minutes() -> None:
    _, cheatsheet = sheets(_seed())
    assert len(cheatsheet.split()) < 6 * 240
