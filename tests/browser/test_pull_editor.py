"""Edits in a rich editor, as Chromium's contenteditable makes them, come back into the source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.phone import Phone
from tests.engine.rehearsal import Rehearsal
from tests.in_process import CommandLine

pytestmark = pytest.mark.slow

PAGE = "<!doctype html><meta charset='utf-8'><div id='field' contenteditable></div>"
CARET_AT_END = """html => {
    const field = document.getElementById('field');
    field.innerHTML = html; field.focus();
    getSelection().selectAllChildren(field); getSelection().collapseToEnd();
}"""
SELECT = """([text, offset]) => {
    const walker = document.createTreeWalker(document.getElementById('field'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(text);
        if (at < 0) continue;
        if (offset === null) getSelection().setBaseAndExtent(node, at, node, at + text.length);
        else getSelection().collapse(node, at + offset);
        return;
    }
    throw new Error(`no ${text}`);
}"""

STEPS = "Question 1: What is bread?\nAnswer:\nA staple.\nMade of flour.\nSold in loaves.\n\nQuestion 2: What is rye?\nAnswer: A grain.\n"
BULLETS = STEPS.replace("A staple", "- A staple").replace("Made", "- Made").replace("Sold", "- Sold")
NUMBERS = STEPS.replace("A staple", "1. A staple").replace("Made", "2. Made").replace("Sold", "3. Sold")
LINE = "Question 1: What is bread?\nAnswer: A staple. Made of flour.\n\nQuestion 2: What is rye?\nAnswer: A grain.\n"
MARKDOWN = "## What is bread?\n\nA **fine** staple.\n\n- Made of flour.\n- Sold in loaves.\n\n## What is rye?\n\nA grain.\n"


class Editor:
    """A field in a rich editor, and what a person does in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.set_content(PAGE)

    def open(self, html: str) -> None:
        self.page.evaluate(CARET_AT_END, html)

    def select(self, text: str, offset: int | None = None) -> None:
        """Select a text, or set the caret at an offset in it."""
        self.page.evaluate(SELECT, [text, offset])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def command(self, name: str, value: str = "") -> None:
        self.page.evaluate("([name, value]) => document.execCommand(name, false, value)", [name, value])

    def save(self) -> str:
        return str(self.page.evaluate("document.getElementById('field').innerHTML"))


def add_at_end(editor: Editor) -> None:
    editor.press("Enter")
    editor.type("New.")


def split_line(editor: Editor) -> None:
    editor.select("of flour", 0)
    editor.press("Enter")


def delete_line(editor: Editor) -> None:
    editor.select("Made of flour.")
    editor.press("Delete", "Backspace")


def merge_lines(editor: Editor) -> None:
    editor.select("Made of flour.", 0)
    editor.type(" ")
    editor.select("Made of flour.", -1)
    editor.press("Backspace")


def make_bold(editor: Editor) -> None:
    editor.select("flour")
    editor.press("Control+b")


def paste_formatted(editor: Editor) -> None:
    editor.select("flour", 0)
    editor.command(
        "insertHTML", '<span style="color: red; font-family: Arial; font-size: 20px">dark</span>&nbsp;'
    )


def break_line(editor: Editor) -> None:
    editor.select("flour", 5)
    editor.press("Shift+Enter")
    editor.type("more")


def leave_list(editor: Editor) -> None:
    editor.press("Enter", "Enter")
    editor.type("After the list.")


def make_list(editor: Editor) -> None:
    editor.press("Control+a")
    editor.command("insertUnorderedList")


def type_and_delete(editor: Editor) -> None:
    editor.type("x")
    editor.press("Backspace")


def type_two_blanks(editor: Editor) -> None:
    editor.select("flour", 0)
    editor.type(" ")


Edit = Callable[[Editor], None]
CASES: list[tuple[str, Edit, str, str]] = [
    (STEPS, add_at_end, "loaves.\n", "loaves.\nNew.\n"),
    (NUMBERS, add_at_end, "3. Sold in loaves.\n", "3. Sold in loaves.\n4. New.\n"),
    (LINE, add_at_end, "flour.\n", "flour.\nNew.\n"),
    (MARKDOWN, add_at_end, "loaves.\n", "loaves.\n- New.\n"),
    (STEPS, split_line, "Made of", "Made\nof"),
    (NUMBERS, split_line, "Made of flour.\n3.", "Made\n3. of flour.\n4."),
    (LINE, split_line, "Made of", "Made\nof"),
    (MARKDOWN, split_line, "Made of", "Made\n- of"),
    (STEPS, delete_line, "Made of flour.\n", ""),
    (NUMBERS, delete_line, "2. Made of flour.\n3.", "2."),
    (MARKDOWN, delete_line, "- Made of flour.\n", ""),
    (BULLETS, merge_lines, "staple.\n- Made", "staple. Made"),
    (STEPS, make_bold, "flour", "**flour**"),
    (MARKDOWN, make_bold, "flour", "**flour**"),
    (STEPS, paste_formatted, "flour", "dark flour"),
    (LINE, paste_formatted, "flour", "dark flour"),
    (MARKDOWN, paste_formatted, "flour", "dark flour"),
    (STEPS, break_line, "flour", "flour\nmore"),
    (NUMBERS, break_line, "flour", "flour\n  more"),
    (STEPS, leave_list, "loaves.\n", "loaves.\nAfter the list.\n"),
    (MARKDOWN, leave_list, "loaves.\n", "loaves.\n\nAfter the list.\n"),
    (
        STEPS,
        make_list,
        "A staple.\nMade of flour.\nSold in loaves.",
        "- A staple.\n- Made of flour.\n- Sold in loaves.",
    ),
    (MARKDOWN, type_and_delete, "", ""),
    (LINE, type_two_blanks, "", ""),
]


@pytest.mark.parametrize(
    ("source", "edit", "old", "new"),
    CASES,
    ids=[f"{case[1].__name__} {index}" for index, case in enumerate(CASES)],
)
def test_an_edit_in_a_rich_editor_is_written(
    command_line: CommandLine, tmp_path: Path, new_page: Any, source: str, edit: Edit, old: str, new: str
) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    phone = Phone(folder)
    rehearsal = Rehearsal(command_line, phone, "q.md" if source is MARKDOWN else "q.txt")
    rehearsal.import_source(source)
    key = rehearsal.key("What is bread")
    editor = Editor(new_page(800, 600))
    editor.open(phone.notes()[key]["Answer"])
    edit(editor)
    phone.edit(key, "Answer", editor.save())
    rehearsal.pull("--yes")
    assert rehearsal.source.read_text("utf-8") == (source.replace(old, new) if old else source)
    assert "Nothing to write." in rehearsal.pull("--yes")
    phone.close()
