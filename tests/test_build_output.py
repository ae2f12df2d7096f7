"""What a build says: one line a source, each change once, and what to do next."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.cli import COMMANDS, GROUPS, group
from exporter.model.diagnostics import info, warning
from tests.in_process import CommandLine
from tests.projects import REPOSITORY

ITEMS = {"heap": "A tree in an array.", "trie": "A tree of letters.", "graph": "Nodes and edges, in lists."}
FAST = ("--to", "markdown")


def write_source(
    command_line: CommandLine, items: dict[str, str], name: str = "input/q.txt", title: str = "T"
) -> None:
    parts = [title]
    for number, (word, answer) in enumerate(items.items(), 1):
        parts.append(f"Question {number}: What is a {word}?\nAnswer:\n{answer}")
    command_line.write(name, "\n\n".join(parts) + "\n")


def test_each_source_has_a_line(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS, "input/a.txt")
    write_source(command_line, {"list": "A row of items that is linked."}, "input/b.txt")
    assert command_line.build().output.splitlines()[:2] == [
        "a: 3 questions; deck, cards (1 sheet, flip on the long edge), sheets; 3 added",
        "b: 1 question; deck, cards (1 sheet, flip on the long edge), sheets; 1 added",
    ]
    assert command_line.build("--to", "anki").output == (
        "a: 3 questions; deck; nothing changed\nb: 1 question; deck; nothing changed\n"
    )


def test_export_changed_without_questions_is_reported(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    command_line.build(*FAST)
    command_line.edit("input/q.txt", "T\n", "Trees\n")
    assert "q: 3 questions; sheets; no question changed\n" in command_line.build(*FAST).output


def test_a_question_with_several_changes_has_one_line(command_line: CommandLine) -> None:
    items = {**ITEMS, "queue": "First in, first out.\nA line of people that wait for their turn."}
    write_source(command_line, items)
    command_line.build(*FAST)
    command_line.edit("input/q.txt", "What is a queue?", "What is a queue, in short?")
    command_line.edit("input/q.txt", "First in, first out.", "First in is first out.")
    lines = command_line.build(*FAST).output.splitlines()
    assert lines[0] == "q: 4 questions; sheets; 1 reworded, 1 answer changed"
    assert len(lines) == 2
    words = "What is a queue? → What is a queue, in short?"
    assert re.fullmatch(rf"  answer changed, reworded: {re.escape(words)} \(\d+%\)", lines[1])


def test_several_answers_are_counted_in_the_plural(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    command_line.build(*FAST)
    write_source(command_line, {word: f"{answer} That is all." for word, answer in ITEMS.items()})
    output = command_line.build(*FAST).output
    assert output.startswith("q: 3 questions; sheets; 3 answers changed\n")
    assert output.count("What is a") == 3


def test_renumbered_questions_are_one_line(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    command_line.build(*FAST)
    write_source(command_line, {"list": "A row of linked items.", **ITEMS})
    diff = command_line.run("diff").output.splitlines()
    assert diff == [
        diff[0],
        "    added",
        "renumbered: 3 questions (1 → 2, 2 → 3, 3 → 4)",
        "4 questions would change.",
    ]
    assert diff[0].startswith("+ ")
    kinds = [
        change["kind"]
        for change in json.loads(command_line.run("diff", "--format", "json").output)["changes"]
    ]
    assert kinds.count("renumbered") == 3
    built = command_line.build(*FAST).output
    assert built == "q: 4 questions; sheets; 1 added, 3 renumbered\n"


def test_many_renumbered_questions_are_shortened(command_line: CommandLine) -> None:
    write_source(command_line, {**ITEMS, "list": "A row of linked items."})
    command_line.build(*FAST)
    write_source(command_line, {"queue": "A line of people.", **ITEMS, "list": "A row of linked items."})
    assert "renumbered: 4 questions (1 → 2, …, 4 → 5)\n" in command_line.run("diff").output


def test_a_retired_question_is_mentioned_once(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    command_line.build(*FAST)
    write_source(command_line, {word: ITEMS[word] for word in ("trie", "graph")})
    shown = command_line.run("diff").output
    assert shown.count("What is a heap?") == 1
    assert "retired question" not in shown
    built = command_line.build(*FAST).output
    assert built.count("What is a heap?") == 1
    assert "There is 1 retired question" in built
    key = re.search(r"Key:\w+", built)
    assert key
    command_line.edit("input/q.txt", "Nodes", "Some nodes")
    assert "retired" not in command_line.build(*FAST).output
    assert "retired" not in command_line.build(*FAST).output
    assert "retired" not in command_line.run("diff").output
    again = command_line.run("diff", "--retired").output
    assert "There is 1 retired question" in again
    assert key[0] in again
    value = json.loads(command_line.run("diff", "--retired", "--format", "json").output)
    assert [f"Key:{retired}" for retired in value["retired"]] == [key[0]]


def test_reprint_says_what_it_retires(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    command_line.build("--to", "pdf")
    write_source(command_line, {word: ITEMS[word] for word in ("trie", "graph")})
    assert "There is 1 retired question" in command_line.run("reprint").output
    assert "retired" not in command_line.build("--to", "pdf").output


@pytest.mark.parametrize("command", ["build", "show", "convert", "preview"])
def test_notes_are_counted_with_the_command_that_prints_them(command_line: CommandLine, command: str) -> None:
    write_source(command_line, ITEMS, "q.txt", title="Fragen fÃ¼r alle, und zwar fÃ¼r jeden")
    arguments = {
        "build": ["q.txt", *FAST],
        "show": ["q.txt"],
        "convert": ["q.txt", "--to", "text"],
        "preview": ["q.txt"],
    }
    said = command_line.run(command, *arguments[command], "--set", "language=de").errors
    assert said == "1 note: `exporter check q.txt --set language=de`\n"
    checked = command_line.run("check", "q.txt", "--set", "language=de").errors
    assert "info:" in checked
    assert "[encoding-repaired]" in checked


def test_notes_of_all_sources_lead_to_a_plain_check(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS, title="Fragen fÃ¼r alle, und zwar fÃ¼r jeden")
    for _ in range(2):
        assert command_line.build(*FAST).errors == "1 note: `exporter check`\n"
    assert command_line.build(*FAST, "--quiet").errors == ""
    assert "[encoding-repaired]" in command_line.build(*FAST, "--verbose").errors
    value = json.loads(command_line.build(*FAST, "--format", "json").output)
    assert [diagnostic["code"] for diagnostic in value["diagnostics"]] == ["encoding-repaired"]


def test_continued_cards_are_one_line_and_listed_with_verbose(command_line: CommandLine) -> None:
    long = "\n".join(["A tree in an array, which one can draw."] * 40)
    write_source(command_line, {"heap": long, "trie": "A tree.", "graph": long})
    build = ("--to", "pdf", "--set", "pdf.stock=a4-a7", "--set", "pdf.content=answer")
    said = command_line.build(*build).errors
    assert said == (
        "input/q.txt:3:1: info: 2 of 3 questions need more than one card on a4-a7 "
        "(`--verbose` lists them; `pdf.content=cues` needs one each). [card-continued]\n"
    )
    said = command_line.build(*build, "--verbose").errors
    assert "= Questions and their cards: 1 (4), 3 (4). Shorten them" in said


def test_notes_of_plugins_are_printed_in_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    from exporter.cli.output import show_diagnostics

    show_diagnostics([info("plugins-own", "A picture is wide."), warning("number-gap", "A gap.")])
    said = capsys.readouterr().err
    assert "A picture is wide." in said
    assert "A gap." in said


def test_the_first_build_says_what_to_do_next(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS, "q.txt")
    lines = command_line.build("q.txt", "--out", "my out").output.splitlines()
    start = lines.index("Next:")
    steps = [re.split(r"  +", line.strip())[0] for line in lines[start + 1 :]]
    assert steps == [
        "exporter preview --open q.txt",
        "exporter share --out 'my out'",
        f"print {Path('my out') / 'q-cards.pdf'}",
    ]
    command_line.edit("q.txt", "Nodes", "Some nodes")
    assert "Next:" not in command_line.build("q.txt", "--out", "my out").output


def test_a_build_without_cards_or_deck_does_not_offer_them(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    output = command_line.build(*FAST).output
    assert "exporter preview --open" in output
    assert "exporter share" not in output
    assert "print " not in output


def test_a_lost_lock_is_not_a_first_build(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    command_line.build("--to", "anki")
    (command_line.root / "input" / "exporter.lock").unlink()
    ran = command_line.build("--to", "anki")
    assert "lock-missing" in ran.errors
    assert "Next:" not in ran.output


def test_quiet_prints_nothing(command_line: CommandLine) -> None:
    write_source(command_line, ITEMS)
    ran = command_line.build(*FAST, "--quiet")
    assert (ran.output, ran.errors) == ("", "")


def test_help_lists_every_command_once_by_occasion() -> None:
    output = CliRunner().invoke(group, ["--help"]).output
    headings = re.findall(r"^(\w+):$", output, re.MULTILINE)
    assert [name for name in headings if name in GROUPS] == ["Begin", "Daily", "Paper", "Look", "Repair"]
    listed = re.findall(r"^  ([a-z]+)  +[A-Z]", output, re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)
    modules = {path.stem for path in (REPOSITORY / "exporter" / "cli").glob("*.py")}
    with_command = {
        name
        for name in modules
        if "@click.command(" in (REPOSITORY / "exporter" / "cli" / f"{name}.py").read_text("utf-8")
    }
    assert with_command == set(COMMANDS)


def test_inits_example_has_categories_cues_and_tags(command_line: CommandLine) -> None:
    assert command_line.run("init").status == 0
    value = json.loads(command_line.run("show", "input/questions.txt", "--format", "json").output)
    assert value["diagnostics"] == []
    questions = value["questions"]
    assert all(question["category"] for question in questions)
    assert any(question["tags"] for question in questions)
    assert any(question["cues"] for question in questions)
    source = (command_line.root / "input" / "questions.txt").read_text("utf-8")
    assert "Cues: " in source
    assert "Tags: " in source


def test_the_readme_says_how_to_install_before_the_tour() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert readme.index("## Install") < readme.index("## A quick tour") < readme.index("## Try it")
    pages = [readme, *(path.read_text("utf-8") for path in (REPOSITORY / "docs").glob("*.md"))]
    assert not any(re.search(r"(pip|pipx|uv tool|uv pip) install exporter\b(?!-)", page) for page in pages)


def test_the_readmes_line_of_a_build_is_what_it_prints(command_line: CommandLine) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    shown = re.search(r"```text\n(questions: .*?)```", readme, re.DOTALL)
    assert shown
    command_line.run("init")
    command_line.build()
    command_line.edit("input/questions.txt", "from the column first", "out of the column first")
    assert command_line.build().output == shown[1]


def test_the_readmes_example_has_what_it_explains(command_line: CommandLine) -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    example = re.search(r"## Writing the source\n\n```text\n(.*?)```", readme, re.DOTALL)
    assert example
    command_line.write("q.txt", example[1])
    value = json.loads(command_line.run("show", "q.txt", "--format", "json").output)
    assert value["diagnostics"] == []
    first, second = value["questions"]
    assert (first["category"], second["category"]) == ("Indexes", "Indexes")
    assert first["tags"] == ["sql", "basics"]
    assert first["cues"] == ["sorted copy of columns", "reads faster, writes slower"]
