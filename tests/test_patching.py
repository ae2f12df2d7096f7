"""Changes of questions are written into the source's own lines, or refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config.settings import Settings, with_values
from exporter.model.questions import CodeBlock, ListBlock, Paragraph, Span, Strong, Text
from exporter.model.text import paragraph
from exporter.patching.patcher import Patch, patch_source
from exporter.patching.question_change import QuestionChange
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_bytes
from exporter.readers.decoding.decode import decode
from exporter.readers.format_detection import detect_format


def patch_bytes(
    name: str, data: bytes, change: QuestionChange, index: int = 0, settings: Settings | None = None
) -> Patch:
    settings = settings or Settings()

    def read(data: bytes) -> LoadedSource:
        return load_bytes(Path(name), data, settings)

    source, _ = decode(name, data, settings)
    assert source
    reader, _ = detect_format(name, source.lines)
    return patch_source(data, {index: change}, read=read, reader=reader, settings=settings)


def patch_text(name: str, text: str, change: QuestionChange, index: int = 0) -> str:
    patch = patch_bytes(name, text.encode(), change, index)
    assert not patch.refused
    return patch.data.decode()


def make_line(*spans: Span) -> Paragraph:
    return Paragraph((spans,))


PLAIN = "1. What is bread?\nA staple.\nMade of flour.\n\n2. What is rye?\nA grain.\n"

HABITS = {
    "numbers": PLAIN,
    "letters": "Q: What is bread?\nA: A staple.\nMade of flour.\n\nQ: What is rye?\nA: A grain.\n",
    "labels": "Question 1: What is bread?\nAnswer: A staple.\nMade of flour.\n\n"
    "Question 2: What is rye?\nAnswer: A grain.\n",
    "indented": "1) What is bread?\n   A staple.\n   Made of flour.\n2) What is rye?\n   A grain.\n",
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_changed_word_keeps_everything_around_it(habit: str) -> None:
    text = HABITS[habit]
    changed = patch_text(
        "a.txt", text, QuestionChange(answer=(paragraph("A dear staple.", "Made of flour."),))
    )
    assert changed == text.replace("A staple", "A dear staple")


@pytest.mark.parametrize("habit", HABITS)
def test_a_new_last_line_is_before_the_blank_line(habit: str) -> None:
    text = HABITS[habit]
    lines = ("A staple.", "Made of flour.", "And of water.")
    changed = patch_text("a.txt", text, QuestionChange(answer=(paragraph(*lines),)))
    indent = "   " if habit == "indented" else ""
    assert changed == text.replace("Made of flour.\n", f"Made of flour.\n{indent}And of water.\n")


@pytest.mark.parametrize("habit", HABITS)
def test_a_line_that_is_gone_takes_its_line_end(habit: str) -> None:
    text = HABITS[habit]
    changed = patch_text("a.txt", text, QuestionChange(answer=(paragraph("A staple."),)))
    assert changed.count("\n") == text.count("\n") - 1
    assert "flour" not in changed


def test_question_and_answer_change_together() -> None:
    change = QuestionChange(question=(paragraph("What is good bread?"),), answer=(paragraph("A joy."),))
    assert patch_text("a.txt", PLAIN, change) == PLAIN.replace("is bread", "is good bread").replace(
        "A staple.\nMade of flour.", "A joy."
    )


NUMBERED = (
    "Question 1: How?\n1. Knead it.\n2. Rest it.\n3. Bake it.\n\nQuestion 2: Why?\n1. Taste.\n2. Smell.\n"
)


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        (["Mix it.", "Knead it.", "Rest it.", "Bake it."], "1. Mix it.\n2. Knead it.\n3. Rest it.\n4. Bake it.\n"),
        (["Knead it.", "Bake it."], "1. Knead it.\n2. Bake it.\n"),
        (["Knead it.", "Rest it.", "Bake it.", "Eat."], "1. Knead it.\n2. Rest it.\n3. Bake it.\n4. Eat.\n"),
        (["Knead it.", "Fold it.", "Turn it.", "Rest it.", "Bake it."],
         "1. Knead it.\n2. Fold it.\n3. Turn it.\n4. Rest it.\n5. Bake it.\n"),
    ],
)  # fmt: skip
def test_numbers_follow_new_and_missing_items(items: list[str], lines: str) -> None:
    answer = (ListBlock(tuple((paragraph(item),) for item in items), ordered=True),)
    changed = patch_text("a.txt", NUMBERED, QuestionChange(answer=answer))
    assert changed == NUMBERED.replace("1. Knead it.\n2. Rest it.\n3. Bake it.\n", lines)


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"")]
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_are_kept(encoding: str, mark: bytes, line_end: str) -> None:
    text = PLAIN.replace("\n", line_end)
    change = QuestionChange(answer=(paragraph("A staple.", "Made of flour.", "Größe zählt."),))
    patch = patch_bytes("a.txt", mark + text.encode(encoding), change)
    assert not patch.refused
    expected = text.replace("flour.", f"flour.{line_end}Größe zählt.")
    assert patch.data == mark + expected.encode(encoding)


def test_a_set_encoding_is_kept_and_its_gaps_are_refused() -> None:
    data = PLAIN.replace("staple", "Gebäck").encode("cp1252")
    change = QuestionChange(answer=(paragraph("A fine Gebäck.", "Made of flour."),))
    settings = with_values(Settings(), {"source.encoding": "cp1252"})
    patch = patch_bytes("a.txt", data, change, settings=settings)
    assert patch.data == data.replace(b"A Geb", b"A fine Geb")
    change = QuestionChange(answer=(paragraph("A Gebäck ✓.", "Made of flour."),))
    patch = patch_bytes("a.txt", data, change, settings=settings)
    assert "has no “✓” (U+2713)" in patch.refused[0]
    assert patch.data == data


def test_a_guessed_encoding_is_refused() -> None:
    data = PLAIN.replace("staple", "Gebäck").encode("cp1252")
    patch = patch_bytes("a.txt", data, QuestionChange(answer=(paragraph("New."),)))
    assert "guessed" in patch.refused[0]
    assert patch.data == data


def test_json_is_never_written() -> None:
    data = b'[{"question": "Why?", "answer": "Because."}]'
    patch = patch_bytes("a.json", data, QuestionChange(answer=(paragraph("So."),)))
    assert "JSON" in patch.refused[0]
    assert patch.data == data


MARKDOWN = {
    "headings": "# Bread\n\n## What is bread?\n\nA **fine** staple.\n\n## What is rye?\n\nA grain.\n",
    "bold": "**1. What is bread?**\n\nA **fine** staple.\n\n**2. What is rye?**\n\nA grain.\n",
    "list": "1. What is bread?\n\n   A **fine** staple.\n\n2. What is rye?\n\n   A grain.\n",
    "details": "<details><summary>What is bread?</summary>\n\nA **fine** staple.\n\n</details>\n\n"
    "<details><summary>What is rye?</summary>\n\nA grain.\n\n</details>\n",
    "table": "| Question | Answer |\n|---|---|\n| What is bread? | A **fine** staple. |\n| What is rye? | A grain. |\n",
    "terms": "What is bread?\n: A **fine** staple.\n\nWhat is rye?\n: A grain.\n",
}


@pytest.mark.parametrize("style", MARKDOWN)
def test_markup_around_changed_words_stays(style: str) -> None:
    text = MARKDOWN[style]
    answer = make_line(Text("A "), Strong((Text("fine"),)), Text(" old staple."))
    assert patch_text("a.md", text, QuestionChange(answer=(answer,))) == text.replace(
        " staple", " old staple"
    )


@pytest.mark.parametrize("style", MARKDOWN)
def test_new_bold_is_written_as_markdown(style: str) -> None:
    text = MARKDOWN[style]
    answer = make_line(Text("A "), Strong((Text("fine"),)), Text(" "), Strong((Text("staple"),)), Text("."))
    assert patch_text("a.md", text, QuestionChange(answer=(answer,))) == text.replace("staple", "**staple**")


@pytest.mark.parametrize("style", MARKDOWN)
def test_signs_of_markdown_are_escaped(style: str) -> None:
    text = MARKDOWN[style]
    answer = make_line(Text("A "), Strong((Text("fine"),)), Text(" *old* staple."))
    changed = patch_text("a.md", text, QuestionChange(answer=(answer,)))
    assert changed == text.replace(" staple", r" \*old\* staple")


def test_words_change_within_a_quoted_cell() -> None:
    text = 'Question,Answer\n"What is ""bread""?","A staple, of old"\nWhat is rye?,A grain\n'
    change = QuestionChange(answer=(paragraph("A staple, of new"),))
    assert patch_text("a.csv", text, change) == text.replace("of old", "of new")


def test_a_cell_is_never_torn_apart() -> None:
    text = "Question,Answer\nWhat is bread?,A staple\nWhat is rye?,A grain\n"
    patch = patch_bytes("a.csv", text.encode(), QuestionChange(answer=(paragraph("A staple, of old"),)))
    assert patch.data.decode() in (text, text.replace("A staple", '"A staple, of old"'))


def test_code_is_changed_line_by_line() -> None:
    text = "## How?\n\n```python\ndef bake():\n    return 1\n```\n\n## Why?\n\nSo.\n"
    change = QuestionChange(answer=(CodeBlock("def bake():\n    return 2", "python"),))
    assert patch_text("a.md", text, change) == text.replace("return 1", "return 2")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_cues_and_notes_get_lines_below_the_answer(name: str) -> None:
    text = PLAIN if name == "a.txt" else MARKDOWN["headings"]
    change = QuestionChange(cues=("a staple", "of flour"), notes="Ask the baker.")
    patched = patch_text(name, text, change)
    assert "Cues: a staple; of flour" in patched
    assert "Notes: Ask the baker." in patched
    rest = [line for line in patched.splitlines() if line and not line.startswith(("Cues:", "Notes:"))]
    assert rest == [line for line in text.splitlines() if line]


def test_given_cues_and_tags_change_in_their_lines() -> None:
    text = "1. What is bread?\nA staple.\nCues: old staple; flour\nTags: food, #old\n\n2. What is rye?\nA grain.\n"
    change = QuestionChange(cues=("new staple", "flour"), tags=("food", "fresh"))
    expected = text.replace("old staple", "new staple").replace("food, #old", "food, fresh")
    assert patch_text("a.txt", text, change) == expected


@pytest.mark.parametrize("answer", ["1. Why is it so?", "Q: Who?", "2. What is rye?\nA grain."])
def test_words_of_a_stranger_become_no_question(answer: str) -> None:
    patch = patch_bytes("a.txt", PLAIN.encode(), QuestionChange(answer=(paragraph(*answer.split("\n")),)))
    questions = load_bytes(Path("a.txt"), patch.data, Settings()).questions.questions
    assert len(questions) == 2
    assert patch.refused or questions[0].answer == (paragraph(*answer.split("\n")),)


def test_a_refused_change_does_not_stop_the_others() -> None:
    changes = {
        0: QuestionChange(notes=""),
        1: QuestionChange(answer=(paragraph("A fine grain."),)),
    }
    text = PLAIN.replace("flour.\n", "flour.\nNotes: Keep.\n")
    settings = Settings()
    patch = patch_source(
        text.encode(),
        changes,
        read=lambda data: load_bytes(Path("a.txt"), data, settings),
        reader="plain",
        settings=settings,
    )
    assert patch.written == (1,)
    assert "not deleted" in patch.refused[0]
    assert patch.data.decode() == text.replace("A grain", "A fine grain")
