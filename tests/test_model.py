"""The question model as plain text, as JSON, and as a digest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.identity.digests import card_digest, content_digest
from exporter.model.block_queries import iter_images
from exporter.model.json import to_json
from exporter.model.json_reader import from_json
from exporter.model.questions import (
    Alignment,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    QuestionSet,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import block_lines, line_text, paragraph, plain_text
from tests.strategies import paragraphs, words


@given(st.one_of(paragraphs(), st.lists(words()).map(lambda lines: paragraph(*lines))))
def test_lines_of_one_text_each_read_as_any_lines(paragraph: Paragraph) -> None:
    assert list(block_lines(paragraph)) == list(map(line_text, paragraph.lines))


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Superscript((Text("31"),)), "³¹"),
        (Superscript((Text("-n"),)), "⁻ⁿ"),
        (Superscript((Text("x"),)), "^x"),
        (Superscript((Text("a+1"),)), "^(a+1)"),
        (Superscript((Text("2"), Superscript((Text("n"),)))), "^(2ⁿ)"),
        (Superscript((Strong((Text("2"),)),)), "²"),
        (Subscript((Text("2"),)), "₂"),
        (Subscript((Text("i"),)), "_i"),
        (Subscript((Text("max"),)), "_(max)"),
        (Superscript((Text(" "),)), " "),
        (Strikethrough((Text("100"),)), "~~100~~"),
        (LineBreak(), "\n"),
    ],
)
def test_raised_lowered_and_struck_text_differs_from_level_text(span: Span, text: str) -> None:
    assert line_text((span,)) == text


def test_row_of_a_table_has_as_many_lines_as_its_longest_cell() -> None:
    table = Table(((Text("Op"),), (Text("Steps"),)), (((Text("a"),), (Text("b"), LineBreak(), Text("c"))),))
    assert plain_text((table,)) == "Op | Steps\na | b\n | c"


def test_lines_of_a_quotation_are_marked() -> None:
    assert plain_text((Quote((paragraph("a", "b"), paragraph("c"))),)) == "> a\n> b\n>\n> c"


RICH: tuple[Block, ...] = (
    Paragraph(((Text("2"), Superscript((Text("31"),)), Subscript((Strong((Text("i"),)),))),)),
    Quote((Paragraph(((Strikethrough((Text("old"),)), LineBreak(), Text("new")),)), Image("a.png", ""))),
)


def test_json_holds_every_span_and_block() -> None:
    questions = QuestionSet((Question(RICH, RICH),))
    assert from_json(to_json(questions)) == questions


def test_pictures_in_a_quotation_are_found() -> None:
    assert list(iter_images(Question(RICH))) == [Image("a.png", "")]


def test_digests_of_questions_do_not_depend_on_the_version() -> None:
    """The digests are those of the first release: notes on phones must not be overwritten."""
    line = (
        Text("a "),
        Strong((Text("b"),)),
        Emphasis((Code("c"),)),
        Link((Text("d"),), "e"),
        Math("x"),
    )
    answer = (
        Paragraph((line, ())),
        ListBlock(((paragraph("i"),),), True, 3),
        Table(((Text("h"),),), (((Text("c"),),),), (Alignment.LEFT,)),
        CodeBlock("x", "py"),
        Image("a.png", "b"),
    )
    question = Question((paragraph("What?"),), answer, 1, "c", ("t",), ("q",), "n")
    assert content_digest(question, {}) == "7e235b510fc9a4e1"
    assert card_digest(question, {}) == "4c5dc8555071ae6c"


def test_digests_tell_raised_lowered_and_struck_text_apart() -> None:
    text = (Text("1"),)
    spans: list[Span] = [Text("1"), Superscript(text), Subscript(text), Strikethrough(text), Strong(text)]
    asked = [Question((Paragraph(((span,),)),)) for span in spans]
    asked += [Question((Quote((paragraph("1"),)),)), Question((Paragraph(((Text("1"), LineBreak()),)),))]
    assert len({content_digest(question, {}) for question in asked}) == len(asked)
