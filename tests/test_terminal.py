"""Text from files is safe for the terminal, and hints can be pasted into a shell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from exporter.cli import group
from exporter.cli.errors import run
from exporter.model.terminal_text import printable, printable_json, printable_line, shell_command

UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

HOSTILE_NAMES = [
    "\x1b[2Jred\x1b[31m",
    "title\x1b]0;owned\x07",
    "back\x08\x08\x08over",
    "c1\x9b31m\x90q",
    "gpj.\u202etxt.exe",
    "iso\u2067late",
    "line\nbreak\rreturn",
]


@given(st.text())
def test_printable_text_holds_no_control(text: str) -> None:
    assert not UNSAFE.search(printable(text))
    assert not UNSAFE.search(printable_line(text))
    assert "\n" not in printable_line(text)
    assert printable(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text", ["plain é 字 🙂", "a\tb\nc", "👩‍💻 می‌خواهم", "\u200eLRM \u200fRLM", "\u05e9\u05dc\u05d5\u05dd"]
)
def test_words_of_all_scripts_stay(text: str) -> None:
    assert printable(text) == text


@given(st.text())
def test_printable_json_has_the_same_value(text: str) -> None:
    shown = printable_json({"text": text})
    assert json.loads(shown) == {"text": text}
    assert not UNSAFE.search(shown)


@pytest.mark.parametrize(
    "argument",
    [
        *HOSTILE_NAMES,
        "",
        "it's",
        '"; rm -rf ~;"',
        "$(id)",
        "`id`",
        "a\\",
        "!x",
        "\udce9\udcff",
        "\x1b7",
        "é\x1b'\\",
    ],
)
def test_quoted_commands_can_be_pasted(argument: str) -> None:
    shell = shutil.which("bash")
    if not shell:
        pytest.skip("needs bash, which reads $'…'")
    command = shell_command("printf", "%s", argument)
    assert not UNSAFE.search(command)
    assert "\n" not in command
    done = subprocess.run([shell, "-c", command], capture_output=True, check=True)
    assert done.stdout == argument.encode("utf-8", "surrogateescape")


def _invoke(*arguments: str) -> Result:
    return CliRunner().invoke(group, arguments, standalone_mode=False)


@pytest.mark.parametrize("stem", HOSTILE_NAMES)
def test_names_of_files_are_shown_not_sent(
    tmp_path: Path, stem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    (tmp_path / "input").mkdir()
    source = tmp_path / "input" / f"{stem}.txt"
    source.write_text("Question 1: Why?\nAnswer:\nThus.\n\nQuestion 2: And?\nAnswer:\n", "utf-8")
    name = f"input/{source.name}"
    for arguments in (
        ["build", "--to", "anki"],
        ["build", "--to", "anki", "--format", "json"],
        ["check"],
        ["check", "--format", "json"],
        ["show", name],
        ["diff"],
        ["convert", name, "--to", "text", "-o", f"{stem}.out"],
        ["stocks", name],
        ["preview"],
        ["recover", f"dist/{stem}.apkg"],
        ["reprint"],
    ):
        result = _invoke(*arguments)
        assert not UNSAFE.search(result.output), arguments
        assert result.exception is None, (arguments, result.exception)


@pytest.mark.parametrize("stem", HOSTILE_NAMES)
@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["build"],
        ["recover"],
        ["build", "--to"],
        ["build", "--set"],
        [],
        ["build", "--config"],
        ["push", "--url"],
    ],
    ids=" ".join,
)
def test_what_is_refused_is_named_safely(
    arguments: list[str],
    stem: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["exporter", *arguments, stem])
    assert run(group) > 0
    captured = capsys.readouterr()
    assert not UNSAFE.search(captured.out + captured.err)
    assert "Internal error" not in captured.err


def test_questions_are_shown_safely_in_a_diff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    source = tmp_path / "a.json"
    value = {"schema": 1, "questions": [{"question": "Why \u202enow\u202c?", "answer": "So \u202ethere."}]}
    source.write_text(json.dumps(value), "utf-8")
    assert not UNSAFE.search(_invoke("build", "a.json", "--to", "anki").output)
    value["questions"][0]["answer"] = "So \u202eelsewhere, \u2066and on."  # type: ignore[index]
    source.write_text(json.dumps(value), "utf-8")
    result = _invoke("diff", "a.json")
    assert "\\u202e" in result.output
    assert not UNSAFE.search(result.output)
