"""Changes of lists: items become lines and lines items, deeper or less deep, with lines of their own."""

from __future__ import annotations

import pytest

from exporter.model.questions import Block, ListBlock, Paragraph
from exporter.model.text import paragraph
from exporter.patching.question_change import QuestionChange
from tests.test_patching import patch_text


def bullets(*items: str | tuple[Block, ...], is_ordered: bool = False) -> ListBlock:
    return ListBlock(tuple((paragraph(i),) if isinstance(i, str) else i for i in items), is_ordered)


def ordered(*items: str | tuple[Block, ...]) -> ListBlock:
    return bullets(*items, is_ordered=True)


CASES: dict[str, tuple[str, str, tuple[Block, ...], str]] = {
    "lines become items": ("a.txt", "Knead it\nRest it\nBake it", (bullets("Knead it", "Rest it", "Bake it"),), "- Knead it\n- Rest it\n- Bake it"),
    "items become lines": ("a.txt", "- Knead it\n- Rest it\n- Bake it", (paragraph("Knead it", "Rest it", "Bake it"),), "Knead it\nRest it\nBake it"),
    "numbers become bullets": ("a.txt", "1. Knead it\n2. Rest it\n3. Bake it", (bullets("Knead it", "Rest it", "Bake it"),), "- Knead it\n- Rest it\n- Bake it"),
    "bullets become numbers": ("a.txt", "* Knead it\n* Rest it\n* Bake it", (ordered("Knead it", "Rest it", "Bake it"),), "1. Knead it\n2. Rest it\n3. Bake it"),
    "a line within an item": ("a.txt", "1. Knead it\n2. Rest it\n3. Bake it", (ordered("Knead it", (paragraph("Rest it", "long"),), "Bake it"),), "1. Knead it\n2. Rest it\n  long\n3. Bake it"),
    "an item goes deeper": ("a.md", "- Knead it\n- Rest it\n- Bake it", (bullets((paragraph("Knead it"), bullets("Rest it")), "Bake it"),), "- Knead it\n  - Rest it\n- Bake it"),
    "an item comes up": ("a.md", "- Knead it\n  - Rest it\n- Bake it", (bullets("Knead it", "Rest it", "Bake it"),), "- Knead it\n- Rest it\n- Bake it"),
    "a line below a list": ("a.md", "- Knead it\n- Rest it", (bullets("Knead it", "Rest it"), paragraph("Bake it")), "- Knead it\n- Rest it\n\nBake it"),
    "a line below a list of text": ("a.txt", "- Knead it\n- Rest it", (bullets("Knead it", "Rest it"), paragraph("Bake it")), "- Knead it\n- Rest it\nBake it"),
    "a paragraph joins its list": ("a.md", "Knead it\n\n- Rest it\n- Bake it", (bullets("Knead it", "Rest it", "Bake it"),), "- Knead it\n\n- Rest it\n- Bake it"),
    "a list below a line": ("a.md", "Knead it", (paragraph("Knead it"), bullets("Rest it", "Bake it")), "Knead it\n- Rest it\n- Bake it"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_lists_get_the_marks_that_they_need(case: str) -> None:
    name, before, answer, after = CASES[case]
    head = "## How?\n\n" if name == "a.md" else "Question 1: How?\nAnswer:\n"
    rest = "\n\n" + head.replace("1", "2").replace("How", "Why") + "So.\n"
    assert patch_text(name, head + before + rest, QuestionChange(answer=answer)) == head + after + rest


def test_a_line_below_the_list_of_a_list() -> None:
    text = "1. How?\n   - A\n   - B\n2. Why?\n   - So\n"
    change = QuestionChange(answer=(bullets("A", "B"), Paragraph(paragraph("C").lines)))
    assert patch_text("a.md", text, change) == text.replace("   - B\n", "   - B\n\n   C\n")
