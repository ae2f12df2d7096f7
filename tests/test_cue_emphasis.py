"""The words of cues are bold where they are, and no word of the answer changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from exporter.cues import emphasize_cues, extract_cues
from exporter.model.questions import (
    Code,
    CodeBlock,
    CueStrong,
    Emphasis,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Quote,
    Strong,
    Text,
)
from exporter.model.text import paragraph, plain_text
from tests.strategies import questions


def emphasize(*lines: Line, cues: tuple[str, ...] = ()) -> tuple[Line, ...]:
    question = Question((paragraph("Why?"),), (Paragraph(lines),), cues=cues)
    (block,) = emphasize_cues(question)
    assert isinstance(block, Paragraph)
    return block.lines


def test_derived_cue_is_bold_where_it_is() -> None:
    assert emphasize((Text("We rolled it out to five percent of the users first."),)) == (
        (Text("We rolled it out to "), CueStrong((Text("five percent of the users first"),)), Text(".")),
    )


def test_cue_over_several_spans_is_bold_whole() -> None:
    line = (Text("The pager "), Emphasis((Text("woke us"),)), Text(" at night: "), Code("cron"))
    (emphasized,) = emphasize(line)
    bold = (Text("pager "), Emphasis((Text("woke us"),)), Text(" at night: "), Code("cron"))
    assert CueStrong(bold) in emphasized


def test_cue_from_the_source_is_bold_in_the_answer() -> None:
    line = (Text("Reads become faster, writes a little slower."),)
    assert emphasize(line, cues=("writes a LITTLE slower", "not there")) == (
        (Text("Reads become faster, "), CueStrong((Text("writes a little slower"),)), Text(".")),
    )


def test_derived_cue_in_the_source_is_bold_where_it_was() -> None:
    question = Question(
        (paragraph("Why?"),), (paragraph("A slow Flask endpoint needed the index on the date."),)
    )
    cues = extract_cues(question)
    assert not any(cue in plain_text(question.answer) for cue in cues)
    assert emphasize_cues(replace(question, cues=cues)) == emphasize_cues(question)
    own = tuple(f"{cue}, mine" for cue in cues)
    assert emphasize_cues(replace(question, cues=own)) == question.answer


def test_bold_words_are_not_made_bold_twice() -> None:
    line = (Strong((Text("Reads become faster"),)), Text("."))
    assert emphasize(line) == (line,)


def test_lists_quotations_and_code_keep_their_form() -> None:
    answer = (
        ListBlock(((paragraph("Kafka absorbs the peaks."),),), ordered=True),
        CodeBlock("x = 1"),
        Quote((paragraph("Backups help only if restores are tested."),)),
    )
    listed, code, quote = emphasize_cues(Question((paragraph("Why?"),), answer))
    assert isinstance(listed, ListBlock)
    assert listed.ordered
    assert code == answer[1]
    assert isinstance(quote, Quote)
    assert "CueStrong" in repr(listed)
    assert "CueStrong" in repr(quote)


def test_bold_of_the_source_is_not_divided() -> None:
    line = (Text("The "), Strong((Text("very slow"),)), Text(" query blocked every payment."))
    (emphasized,) = emphasize(line)
    assert line[1] in emphasized
    assert CueStrong((Text("query blocked every payment"),)) in emphasized


def test_cue_in_italics_is_bold_in_them() -> None:
    line = (Emphasis((Text("We rolled it out to five percent of the users first."),)),)
    (emphasized,) = emphasize(line, cues=("five percent",))
    bold = CueStrong((Text("five percent"),))
    assert emphasized == (Emphasis((Text("We rolled it out to "), bold, Text(" of the users first."))),)


def test_formulas_and_boxes_are_not_bold() -> None:
    line = (Text("☐ call "), Math("a"), Text(" times"))
    (emphasized,) = emphasize(line, cues=("☐ call \\(a\\) times",))
    assert emphasized == (
        Text("☐ "),
        CueStrong((Text("call"),)),
        Text(" "),
        Math("a"),
        Text(" "),
        CueStrong((Text("times"),)),
    )


def test_long_word_is_bold_whole_though_its_cue_is_cut() -> None:
    word = "Datenschutzgrundverordnungskonformitätsbescheinigungsverfahren"
    assert emphasize((Text(word),)) == ((CueStrong((Text(word),)),),)


def test_cue_of_the_source_is_bold_as_whole_words() -> None:
    line = (Text("NoSQL scales, SQL joins."),)
    assert emphasize(line, cues=("SQL",)) == (
        (Text("NoSQL scales, "), CueStrong((Text("SQL"),)), Text(" joins.")),
    )


@given(questions())
def test_no_word_of_the_answer_changes(question: Question) -> None:
    assert plain_text(emphasize_cues(question)) == plain_text(question.answer)
