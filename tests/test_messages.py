"""Messages about what is missing or mistyped say what to do, once."""

from __future__ import annotations

from tests.in_process import CommandLine

SOURCE = "Question 1: Why?\nAnswer:\nSo.\n"


def test_a_wrong_setting_of_the_cards_is_reported_once(command_line: CommandLine) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        command_line.write(name, SOURCE.replace("Why", name))
    ran = command_line.run("build", "a.txt", "b.txt", "c.txt", "--set", "pdf.stock=avery-5731")
    assert ran.status == 2
    assert ran.errors.count("[pdf-setting]") == 1


def test_an_unknown_stock_has_a_suggestion(command_line: CommandLine) -> None:
    command_line.write("a.txt", SOURCE)
    ran = command_line.run("build", "a.txt", "--set", "pdf.stock=avery-5731")
    assert "Did you mean “avery-5371”?" in ran.errors
    ran = command_line.run("build", "a.txt", "--set", "pdf.stock=zzzzzz")
    assert "Did you mean" not in ran.errors
    assert "a4-3x5" in ran.errors


def test_files_are_named_where_there_is_no_input_folder(command_line: CommandLine) -> None:
    command_line.write("my questions.txt", SOURCE)
    command_line.write("more.md", "# Why?\n\nSo.\n")
    command_line.write("README.md", "# A project\n")
    command_line.write("notes.bin", b"\x00")
    ran = command_line.run("build")
    assert ran.status == 2
    assert "more.md, my questions.txt" in ran.errors
    assert "exporter build more.md" in ran.errors
    assert "exporter init" in ran.errors
    assert "README" not in ran.errors
    assert "notes.bin" not in ran.errors


def test_an_empty_folder_names_no_files(command_line: CommandLine) -> None:
    ran = command_line.run("build")
    assert ran.status == 2
    assert "There is no folder input/ to read from." in ran.errors
    (command_line.root / "input").mkdir()
    command_line.write("a.txt", SOURCE)
    assert "The folder input/ holds no source; here is a.txt." in command_line.run("build").errors
