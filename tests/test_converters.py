"""Whatever is converted reads back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from exporter.config.settings import Settings
from exporter.converters import BUILT_IN, SUFFIXES, load
from exporter.model.questions import (
    Code,
    CodeBlock,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Question,
    QuestionSet,
    Table,
    Text,
)
from exporter.model.text import paragraph, plain_text
from exporter.pipeline.loader import load_source
from exporter.readers import load as load_reader
from exporter.readers.decoding.decode import decode
from exporter.readers.format_detection import detect_format
from exporter.readers.labels.patterns import IDENTIFIER
from exporter.readers.span_builder import span_text
from tests import source_strategies as strategies
from tests.test_readers_corpus import CASES

SOME = settings(suppress_health_check=list(HealthCheck))


def there_and_back(form: str, questions: QuestionSet) -> tuple[str, QuestionSet]:
    text = load(form)(questions)
    path = "x" + SUFFIXES[form]
    source, diagnostics = decode(path, text.encode())
    assert source is not None
    assert not diagnostics
    name, unknown = detect_format(path, source.lines)
    assert unknown is None
    return text, load_reader(name)(source, Settings()).questions


@SOME
@given(questions=strategies.plain_sets)
def test_plain_questions_read_back_as_they_were(questions: QuestionSet) -> None:
    for form in BUILT_IN:
        text, back = there_and_back(form, questions)
        assert back == questions, text


@SOME
@given(questions=strategies.rich_sets)
def test_rich_questions_read_back_as_they_were(questions: QuestionSet) -> None:
    for form in ("markdown", "csv", "json"):
        expected = _without_alignments(questions) if form == "csv" else questions
        text, back = there_and_back(form, expected)
        assert back == expected, text
    text, back = there_and_back("text", questions)
    assert len(back.questions) == len(questions.questions), text


@pytest.mark.parametrize("line", [(Code("]:"),), (Math("]:y"),), (Text("["), Code("]:x"))])
def test_a_question_is_never_the_definition_of_a_link(line: Line) -> None:
    questions = QuestionSet((Question((Paragraph((line,)),), (Paragraph((line,)),)),), "A title")
    text, back = there_and_back("markdown", questions)
    asked, answered = (
        plain_text(blocks) for blocks in (back.questions[0].question, back.questions[0].answer)
    )
    # TeX takes no notice of a space.
    assert asked.replace("] :", "]:") == answered.replace("] :", "]:") == span_text(line), text
    assert not back.preamble, text


def test_nothing_but_a_title_is_kept() -> None:
    for form in ("text", "markdown", "json"):
        _, back = there_and_back(form, QuestionSet((), "A title", preamble=(paragraph("And words."),)))
        assert back == QuestionSet((), "A title", preamble=(paragraph("And words."),))


def _without_alignments(questions: QuestionSet) -> QuestionSet:
    """Return the questions without what HTML cells do not hold."""

    def plainer(blocks: tuple) -> tuple:
        return tuple(replace(block, alignments=()) if isinstance(block, Table) else block for block in blocks)

    changed = tuple(
        replace(question, question=plainer(question.question), answer=plainer(question.answer))
        for question in questions.questions
    )
    return replace(questions, questions=changed, preamble=plainer(questions.preamble))


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize("before", ["$", "cost ~$", "a $", "x ~", "$$"])
def test_a_dollar_right_before_mathematics_stays_a_dollar(before: str, display: bool) -> None:
    line: Line = (Text(before), Math("aa", display))
    asked = QuestionSet((Question((paragraph("What?"),), (Paragraph((line,)),)),))
    assert there_and_back("markdown", asked)[1] == asked


@pytest.mark.parametrize("text", ["**b**", "__b__", "*b*", "_b_", "**a** and **b**", "`b`"])
def test_signs_of_emphasis_around_a_question_are_kept(text: str) -> None:
    questions = QuestionSet((Question((paragraph(text),), (paragraph("This."),)),))
    assert there_and_back("text", questions)[1] == questions


def test_what_plain_text_cannot_hold_stays_out_of_the_answers() -> None:
    asked = Question(
        (paragraph("What?"),), (paragraph("This."),), id="my id", category="C" * 120, cues=("one\ntwo",)
    )
    text, back = there_and_back("text", QuestionSet((asked, replace(asked, id="fine", category="Short"))))
    assert [(one.answer, one.id, one.category, one.cues) for one in back.questions] == [
        ((paragraph("This."),), None, None, ("one two",)),
        ((paragraph("This."),), "fine", "Short", ("one two",)),
    ], text


NEW_LINES_IN_TEXT = "tags-begin-lines.md"
"""A source with a line break in a tag that is mentioned in text, which is a space in HTML."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_each_habit_of_the_corpus_reads_back_converted(path: Path) -> None:
    questions = load_source(path, Settings()).questions
    for form in BUILT_IN if questions.questions else ():
        text, back = there_and_back(form, questions)
        assert _read_details(back, form) == _read_details(questions, form), text
        words = [(_words(one.question), _words(one.answer)) for one in questions.questions]
        assert [(_words(one.question), _words(one.answer)) for one in back.questions] == words, text
        assert _words(back.preamble) == _words(questions.preamble), text
        if form != "text" and path.name != NEW_LINES_IN_TEXT:
            assert _without_alignments(back) == _without_alignments(questions), text


def _words(blocks: tuple) -> str:
    return " ".join(plain_text(blocks).split())


def _read_details(questions: QuestionSet, form: str) -> list[object]:
    """Return the names of a set, and all of each question but its text and its answer.

    Plain text has no ids that are not a word.
    """
    details: list[object] = [questions.title, questions.deck, questions.language]
    for one in questions.questions:
        has_id = form != "text" or IDENTIFIER.fullmatch(one.id or "")
        details.append(
            (one.number, one.label, one.category, one.tags, one.cues, one.notes, one.id if has_id else None)
        )
    return details


@pytest.mark.parametrize("category", ["1. Flour", "Data:", "Part 2", "SQL", "Unit 1: Names", "[HR]", "A / B"])
@pytest.mark.parametrize("answer", [(), (paragraph("This."),)])
def test_categories_read_back_as_text(category: str, answer: tuple) -> None:
    asked = [
        Question((paragraph(f"What is {name}?"),), answer, number, name)
        for name in ("First", category)
        for number in (1, 2)
    ]
    assert there_and_back("text", QuestionSet(tuple(asked)))[1].questions == tuple(asked)


@pytest.mark.parametrize(
    "item",
    ["Category: b", "Tags: a, b", "Cues: c", "Q: d", "A. e", "`f`", "- g", "2) h", "0{", "Answer: i"],
)
@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("count", [1, 2])
def test_items_that_look_like_labels_read_back_as_text(item: str, ordered: bool, count: int) -> None:
    answer = ListBlock(tuple((paragraph(text),) for text in (item, "and more")[:count]), ordered)
    asked = Question((paragraph("What?"),), (answer,))
    text, back = there_and_back("text", QuestionSet((asked, replace(asked, answer=(paragraph("This."),)))))
    assert [_words(one.answer) for one in back.questions] == [_words((answer,)), "This."], text


def test_code_at_the_start_of_an_item_reads_back_as_text() -> None:
    answer = ListBlock(((CodeBlock("run();", "c"),), (paragraph("that"),)))
    text, back = there_and_back("text", QuestionSet((Question((paragraph("What?"),), (answer,)),)))
    assert _words(back.questions[0].answer) == _words((answer,)), text
