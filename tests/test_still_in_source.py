"""A question whose text is still in the source is not retired if only its marker was damaged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.identity import lockfile
from exporter.model.line_words import split_words
from exporter.pipeline.source_words import SourceWords
from tests.projects import Project

PLAIN = """Interview

Question 1: What is a heap?
Answer:
A tree in an array whose parent is never smaller.

Question 2: What is a mutex in C++?
Answer:
A lock that one thread holds at a time.

Question 3: What is a trie?
Answer:
A tree whose edges are letters.
"""
MARKDOWN = """# Interview

## What is a heap?

A tree in an array whose parent is never smaller.

## What does `f(x)` **return**?

```python
def f(x):
    return x
```

The same, whatever it is.

## What is a trie?

A tree whose edges are letters.
"""
TABLE = """question,answer
What is a heap?,A tree in an array whose parent is never smaller.
"What, please, is a mutex?",A lock that one thread holds at a time.
What is a trie?,A tree whose edges are letters.
"""

Edit = Callable[[str], str]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "project" / "input").mkdir(parents=True)
    return Project(tmp_path / "project")


def write(project: Project, text: str, name: str = "q.txt") -> None:
    (project.root / "input" / name).write_text(text, "utf-8")


def build(project: Project, *arguments: str):
    return project.run("build", "--to", "anki", *arguments)


def changed(old: str, new: str) -> Edit:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


ANSWER_LABEL_AND = "?\nAnswer:\nA lock"
SWALLOWED: dict[str, tuple[str, str, Edit, int, str]] = {
    "another mark": (
        "q.txt",
        PLAIN,
        lambda text: changed(ANSWER_LABEL_AND, "?\nA lock")(changed("Question 2: What", "** What")(text)),
        7,
        "now part of the answer of question 1",
    ),
    "other case, space and punctuation": (
        "q.txt",
        PLAIN,
        changed("Question 2: What is a mutex in C++?\nAnswer:", "what is  a MUTEX, in C++"),
        7,
        "now part of the answer of question 1",
    ),
    "a comment sign": (
        "q.txt",
        PLAIN,
        changed("Question 2: What is a mutex in C++?\nAnswer:", "// What is a mutex in C++?"),
        7,
        "now part of the answer of question 1",
    ),
    "before the first": (
        "q.txt",
        PLAIN,
        changed("Question 1: What is a heap?\nAnswer:\n", "What is a heap?\n"),
        3,
        "now before the first question",
    ),
    "a heading of another program": (
        "q.md",
        MARKDOWN,
        changed("## What is a trie?", "== What is a trie? =="),
        16,
        "answer of",
    ),
    "bold in place of a heading": (
        "q.md",
        MARKDOWN,
        changed("## What is a trie?", "**What is a trie?**"),
        16,
        "answer of",
    ),
    "code and emphasis": (
        "q.md",
        MARKDOWN,
        changed("## What does `f(x)` **return**?", "What does f(x) return?"),
        7,
        "answer of",
    ),
    "a fence that is closed too late": (
        "q.md",
        MARKDOWN,
        lambda text: text.replace("return x\n```\n", "return x\n") + "```\n",
        15,
        "answer of",
    ),
    "a comment that another one closed": (
        "q.md",
        MARKDOWN + "\n<!-- the end -->\n",
        changed("## What is a trie?", "<!-- to do: more\n\n## What is a trie?"),
        18,
        "left out, after the question “What does f(x) return?",
    ),
    "a row that another one took": (
        "q.csv",
        TABLE,
        lambda text: (
            text.replace(
                'smaller.\n"What, please, is a mutex?",A lock', "smaller.\nWhat please is a mutex?\t A lock"
            )
            .replace("heap?,A tree", 'heap?,"A tree')
            .replace("at a time.", 'at a time."')
        ),
        3,
        "answer of",
    ),
}


@pytest.mark.parametrize(
    ("name", "text", "edit", "line", "taker"), list(SWALLOWED.values()), ids=list(SWALLOWED)
)
def test_a_swallowed_question_is_an_error_with_its_line(
    project: Project, name: str, text: str, edit: Edit, line: int, taker: str
) -> None:
    write(project, text, name)
    assert build(project).status == 0
    lock, exports = project.lock.read_bytes(), project.exports()
    write(project, edit(text), name)
    ran = build(project)
    assert ran.status == 1, ran.errors + ran.output
    (message,) = re.findall(rf"input/{name}:{line}:1: error: (.*) \[still-in-source\]", ran.errors)
    assert taker in message
    assert (project.lock.read_bytes(), project.exports()) == (lock, exports)
    assert "[still-in-source]" in project.run("diff").errors
    shown = json.loads(project.run("diff", "--format", "json").output)
    built = json.loads(build(project, "--format", "json").output)
    for value in (shown, built):
        assert {one["line"] for one in value["diagnostics"] if one["code"] == "still-in-source"} >= {line}


def retire_options(errors: str) -> list[str]:
    return re.findall(r"`--retire ([a-z0-9]{12})`", errors)


def test_retire_says_that_it_is_meant_of_that_key_alone(project: Project) -> None:
    write(project, PLAIN)
    build(project)
    write(
        project,
        PLAIN.replace("\n\nQuestion 2: ", "\n")
        .replace("\n\nQuestion 3: ", "\n")
        .replace("C++?\nAnswer:", "C++?")
        .replace("trie?\nAnswer:", "trie?"),
    )
    first = build(project)
    keys = retire_options(first.errors)
    assert len(keys) == 2
    assert retire_options(build(project, "--retire", keys[0]).errors) == [keys[1]]
    assert project.run("diff", "--retire", keys[0], "--retire", keys[1].upper()).status == 0
    ran = build(project, "--retire", keys[0], "--retire", keys[1])
    assert ran.status == 0, ran.errors
    assert "2 retired" in ran.output
    assert build(project).status == 0, "what is retired is not asked for again"
    unknown = build(project, "--retire", "K3F4-nobody")
    assert unknown.status == 1
    assert "“K3F4-nobody”" in unknown.errors


def test_python_can_say_so_too(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    import exporter

    monkeypatch.chdir(project.root)
    write(project, PLAIN)
    exporter.build(to="anki")
    write(project, PLAIN.replace("Question 2: What is a mutex in C++?\nAnswer:", "What is a mutex in C++?"))
    with pytest.raises(exporter.ExporterError) as raised:
        exporter.build(to="anki")
    (key,) = retire_options(raised.value.diagnostics[-1].hint or "")
    assert exporter.build(to="anki", retire=[key]).files


def _without_second(text: str) -> str:
    return re.sub(r"Question 2:.*\n.*\n.*\n\n", "", text)


MEANT: dict[str, tuple[str, str, Edit]] = {
    "deleted": ("q.txt", PLAIN, _without_second),
    "a comment of its own": (
        "q.md",
        MARKDOWN,
        lambda text: text.replace("## What is a trie?", "<!--\n## What is a trie?") + "-->\n",
    ),
    "each line a comment": (
        "q.md",
        MARKDOWN,
        lambda text: re.sub(r"(## What is a trie\?|A tree whose .*)", r"<!-- \1 -->", text),
    ),
    "an entry in the contents": (
        "q.md",
        "# Interview\n\n- [What is a heap?](#what-is-a-heap)\n- [What is a trie?](#what-is-a-trie)\n\n"
        + MARKDOWN[13:],
        lambda text: text[: text.index("## What is a trie?")],
    ),
    "a mention that the answer had before": (
        "q.txt",
        PLAIN.replace("never smaller.", "never smaller.\nThen they ask:\nWhat is a mutex in C++?"),
        _without_second,
    ),
    "words within a sentence": (
        "q.txt",
        PLAIN,
        lambda text: _without_second(text).replace(
            "edges are letters.", "edges are letters, and they ask what is a mutex in C++ and what not."
        ),
    ),
    "a short text": (
        "q.txt",
        PLAIN.replace("What is a mutex in C++?", "Why so?"),
        lambda text: _without_second(text).replace("never smaller.", "never smaller.\nWhy so?"),
    ),
    "one of two that are the same": (
        "q.txt",
        PLAIN + "\nQuestion 4: What is a trie?\nAnswer:\nFor words that begin alike it is a map.\n",
        lambda text: text[: text.index("\nQuestion 4")],
    ),
}


@pytest.mark.parametrize(("name", "text", "edit"), list(MEANT.values()), ids=list(MEANT))
def test_what_was_taken_out_on_purpose_is_retired(project: Project, name: str, text: str, edit: Edit) -> None:
    write(project, text, name)
    assert build(project).status == 0
    write(project, edit(text), name)
    ran = build(project)
    assert ran.status == 0, ran.errors
    assert "1 retired" in ran.output


def test_a_short_text_with_the_mark_of_a_question_is_seen(project: Project) -> None:
    short = PLAIN.replace("What is a mutex in C++?", "Why so?")
    write(project, short)
    build(project)
    write(project, short.replace("Question 2: Why so?\nAnswer:", "Interviewer: Why so?"))
    assert "[still-in-source]" in build(project).errors


def test_other_sources_of_the_folder_are_searched(project: Project) -> None:
    write(project, PLAIN)
    write(project, "Question 1: Where do you live?\nAnswer:\nIn a village by the river.\n", "b.txt")
    build(project)
    write(project, _without_second(PLAIN))
    moved = "Question 1: Where do you live?\nAnswer:\nIn a village by the river.\n\n"
    write(project, moved + "* What is a mutex in C++?\nA lock that one thread holds at a time.\n", "b.txt")
    ran = build(project)
    assert "input/b.txt:5:1: error:" in ran.errors
    assert build(project, "input/q.txt").status == 1, "the other source is searched when it is not built, too"
    write(
        project,
        moved + "Question 2: What is a mutex in C++?\nAnswer:\nA lock that one thread holds at a time.\n",
        "b.txt",
    )
    ran = build(project)
    assert ran.status == 0, ran.errors
    assert "1 moved" in ran.output


def test_a_source_with_another_form_since(project: Project) -> None:
    write(project, PLAIN)
    build(project)
    (project.root / "input" / "q.txt").unlink()
    write(
        project,
        PLAIN.replace("Question 2: What is a mutex in C++?\nAnswer:", "What is a mutex in C++?"),
        "new.txt",
    )
    assert "input/new.txt:7:1: error:" in build(project).errors


def test_looking_does_not_refuse(project: Project) -> None:
    write(project, PLAIN)
    build(project)
    write(project, PLAIN.replace("Question 2: What is a mutex in C++?\nAnswer:", "What is a mutex in C++?"))
    assert project.run("show", "input/q.txt").status == 0
    assert project.run("reprint").status == 1
    lock = lockfile.parse(project.lock.read_text("utf-8"), "lock")[0]
    assert not any(record.retired for record in lock.records)


FOUND = [
    "What is a heap?",
    "3. What is a heap?",
    "### 3.2 What is a *heap*?",
    "- [ ] **What is a heap?**",
    "Frage 3: What is a heap?",
    "#3 What is a heap?",
    "3️⃣ What is a heap?",
    "3、What is a heap?",
    "> Q3) what is a HEAP",
    "| 3 | What is a heap? | A tree. |",
    "What is a heap?\tA tree.",
    "What is a heap? :: A tree.",
    "What is a [heap](https://example.org/heap_(data))?",
    "What is a <b>heap</b>? A tree.",
    "What is a [[data structures|heap]]?",
    "What is\na heap?",
]
NOT_FOUND = [
    "I know what is a heap?",
    "What is a heap in Java",
    "What is a heapsort?",
    "They asked what is a heap and more",
]


@pytest.mark.parametrize("text", FOUND)
def test_a_text_is_found_as_a_line_a_cell_or_after_a_label(text: str) -> None:
    lines = ["Before it", *text.split("\n"), "after it"]
    (occurrence,) = SourceWords(lines).find(split_words("What is a heap?"))
    assert occurrence.first_line == 2


@pytest.mark.parametrize("text", NOT_FOUND)
def test_words_in_a_sentence_are_not_a_question(text: str) -> None:
    assert not list(SourceWords([text]).find(split_words("What is a heap?")))


@pytest.mark.parametrize(
    ("name", "text", "value", "line", "place"),
    [
        (
            "q.txt",
            PLAIN,
            "/Question 1: /",
            7,
            "part of the answer of the question “What is a heap?” in line 3",
        ),
        ("q.txt", PLAIN, "/Question 3: /", 3, "before the first question"),
    ],
)
def test_a_question_that_another_reading_takes_is_not_retired(
    project: Project, name: str, text: str, value: str, line: int, place: str
) -> None:
    write(project, text, name)
    assert build(project).status == 0
    before = (project.root / "input" / "exporter.lock").read_bytes()
    ran = build(project, "--set", f"source.questions={value}")
    assert ran.status == 1
    assert (project.root / "input" / "exporter.lock").read_bytes() == before
    assert f"{name}:{line}:" in ran.errors
    assert place in ran.errors
