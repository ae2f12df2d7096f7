"""How `exporter check` says that a source was read, and `source.questions`, which has it read in another way."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from exporter import readers
from exporter.config.settings import Settings, with_values
from exporter.model.questions import QuestionSet
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source
from exporter.readers import ReadResult, SourceText
from exporter.readers.labels.patterns import Marker
from exporter.readers.layout import description
from exporter.readers.layout.layout import Layout, Style, build_layout
from exporter.readers.plain.reader import read
from exporter.readers.plain.tokenizer import tokenize
from exporter.readers.read_as import ReadAs
from exporter.system import timed_regex
from tests import reading_styles
from tests.projects import Project

CHOICE = re.compile(r"Choose with `--set (source\.questions=.+)`\.$")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "input").mkdir()
    return Project(tmp_path)


def read_as(text: str, *values: str) -> ReadResult:
    settings = with_values(Settings(), {"source.questions": values})
    return read(SourceText("q.txt", tuple(text.split("\n"))), settings)


def asked(result: ReadResult) -> list[str]:
    return [question.question[0].lines[0][0].text for question in result.questions.questions]


def check(project: Project, text: str, *arguments: str) -> str:
    (project.root / "input" / "q.txt").write_text(text)
    return project.run("check", *arguments).output


TWO_PARTS = """Q: What is a heap?
A: A tree.

Q: What is a trie?
A: A tree, too.

== Part 2 ==

1. What is a mutex?
A lock.

2. What is a fork?
A child.
"""
NUMBERS = """== Trees ==

1. What is a heap?
A tree.

2. What is a trie?
A tree, too.

== Locks ==

1. What is a mutex?
A lock:
- What is held?
- By which thread?
"""


def test_check_begins_with_the_reading_and_its_sections(project: Project) -> None:
    first = check(project, NUMBERS).split("\n")[0]
    assert first == "Read as: lines that begin `N.` (3 questions in 2 sections)."


def test_check_names_the_first_line_of_each_part(project: Project) -> None:
    first = check(project, TWO_PARTS).split("\n")[0]
    assert first == (
        "Read as: lines that begin `Q:` (2 from line 1), then lines that begin `N.` (2 from line 9); "
        "4 questions."
    )


BEFORE_GAPS = """heap
a tree in an array


What is a trie for?
words


mutex
a lock


Why is a fork slow?
it is not


thread
shares memory
"""


def test_the_suggested_setting_gives_the_other_reading(project: Project) -> None:
    first = check(project, BEFORE_GAPS).split("\n")[0]
    assert first == (
        "Read as: the first lines after two blank lines (5 questions). Other readings: paragraphs that ask "
        "(`asking`) 2. Choose with `--set source.questions='asking'`."
    )
    choice = CHOICE.search(first)
    assert choice
    assignment = choice[1].replace("'", "")
    assert (
        check(project, BEFORE_GAPS, "--set", assignment)
        .split("\n")[0]
        .startswith("Read as: paragraphs that ask (2 questions).")
    )


def test_of_several_sources_each_is_named_with_a_table_for_it(project: Project) -> None:
    (project.root / "input" / "other.txt").write_text(NUMBERS)
    lines = check(project, BEFORE_GAPS).split("\n")
    assert lines[0].startswith("input/other.txt: Read as: lines that begin `N.`")
    assert lines[1].startswith("input/q.txt: Read as: the first lines after two blank lines")
    assert lines[1].endswith(
        """Choose with `questions = "asking"` below `[source."q.txt"]` in exporter.toml."""
    )
    (project.root / "exporter.toml").write_text('[source."q.txt"]\nquestions = "asking"\n')
    assert "paragraphs that ask (2 questions)" in check(project, BEFORE_GAPS).split("\n")[1]


def test_check_prints_the_readings_as_json(project: Project) -> None:
    value = json.loads(check(project, BEFORE_GAPS, "--format", "json"))
    assert value["schema"] == 1
    assert value["diagnostics"] == []
    (source,) = value["sources"]
    assert (source["path"], source["questions"]) == ("input/q.txt", 5)
    assert source["read_as"]["parts"] == [
        {"phrase": "the first lines after two blank lines", "value": "blank2", "line": 1, "count": 5}
    ]
    assert source["read_as"]["others"][0]["value"] == "asking"


@pytest.mark.parametrize("style", reading_styles.STYLES)
def test_each_suggestion_for_a_style_gives_that_reading(style: str, tmp_path: Path) -> None:
    for other in ("dots", "paragraphs", "bullets"):
        path = tmp_path / "q.txt"
        path.write_text(reading_styles.join(style, other, (4, 3)).text)
        reading = load_source(path, Settings()).read_as
        assert reading is not None
        for suggested in reading.others:
            settings = with_values(Settings(), {"source.questions": (suggested.value,)})
            forced = load_source(path, settings).read_as
            assert forced is not None
            (part,) = forced.parts
            assert (part.value, part.count) == (suggested.value, suggested.count)


@pytest.mark.parametrize("style", reading_styles.STYLES)
def test_the_value_of_each_style_gives_the_same_questions(style: str) -> None:
    text = "\n".join(reading_styles.STYLES[style](reading_styles.entries(5), 1))
    free = read_as(text)
    assert free.read_as is not None
    forced = read_as(text, *(part.value for part in free.read_as.parts))
    assert asked(forced) == asked(free)
    assert not forced.diagnostics


ODD = """Frage 1 - Heap
ein Baum
Frage 2 - Trie
noch ein Baum
# 1
( a ) one
no question
( b ) two
no question, either
"""


@pytest.mark.parametrize(
    ("value", "questions"),
    [
        ("Frage", ["1 - Heap", "2 - Trie"]),
        ("Frage N -", ["Heap", "Trie"]),
        ("frage 7-", ["Heap", "Trie"]),
        ("/Frage .*/", ["Frage 1 - Heap", "Frage 2 - Trie"]),
        ("/Frage [0-9]+ - /", ["Heap", "Trie"]),
        ("/Frage [0-9]+ - (.)/", ["H", "T"]),
        ("/\\( ([a-z]) \\)/", ["a", "b"]),
        ("# N", ["( a ) one"]),
    ],
)
def test_a_value_marks_the_questions(value: str, questions: list[str]) -> None:
    result = read_as(ODD, value)
    assert [question[:30] for question in asked(result)] == questions


STYLED = {
    "blank": ("a\nb\n\nc\nd", ["a", "c"]),
    "blank2": ("a\nb\n\nc\n\n\nd\ne", ["a", "d"]),
    "records": ("a\nb\n---\nc\nd", ["a", "c"]),
    "underlined": ("a\n---\nb", ["a"]),
    "hanging": ("a\n  b\nc\n  d", ["a", "c"]),
    "asking": ("a?\nb\n\nc?", ["a?", "c?"]),
    "bullets": ("- a\n  - b\n- c\nd", ["a", "c"]),
    "headings": ("# a\nb\n### c", ["a", "c"]),
    "bold": ("**a**\nb\n**c** d\n__e__", ["a", "e"]),
    "###": ("### a\n#### b\n## c\n### d\ne", ["a", "d"]),
    "-": ("- a\nb\n- c\n-----\n+ d", ["a", "c"]),
    "==>": ("==> a\n=====> b\n=* c", ["a", "b"]),
}


@pytest.mark.parametrize("value", STYLED)
def test_a_style_is_used_even_if_the_text_does_not_fit_it(value: str) -> None:
    text, questions = STYLED[value]
    assert asked(read_as(text, value)) == questions


def test_several_values_are_read_together() -> None:
    assert asked(read_as("===> a\nb\n1) c\nd\nx. e", "===>", "N)")) == ["a", "c"]


def test_code_is_never_a_question() -> None:
    assert asked(read_as("# a\n```\n# b\n```\n", "#")) == ["a"]
    assert asked(read_as("# a\n```\n# b\n```\n", "/# /")) == ["a"]


def test_a_value_that_finds_nothing_is_an_error(project: Project) -> None:
    (project.root / "input" / "q.txt").write_text(NUMBERS)
    ran = project.run("check", "--set", "source.questions=N)")
    assert ran.status == 1
    assert (
        "`source.questions` is “N)”, but nothing in the source is marked so. [questions-unmatched]"
        in ran.errors
    )
    assert "These would find questions: `N.` (3)" in ran.errors
    assert ran.output == "0 questions, 1 error, 0 warnings\n"


def test_a_misspelt_style_is_suggested() -> None:
    (found,) = read_as("- a\n- b", "bulets").diagnostics
    assert found.hint is not None
    assert found.hint.startswith("Did you mean “bullets”?")


def test_one_of_several_values_that_finds_nothing_is_a_warning() -> None:
    (found,) = read_as("===> a\nb", "===>", "N)").diagnostics
    assert (found.severity, found.code) == ("warning", "questions-unmatched")


def test_tables_and_json_say_their_columns(project: Project) -> None:
    folder = project.root / "input"
    (folder / "a.csv").write_text("Front,Back,tags\nWhat is a heap?,A tree,x\n")
    (folder / "b.json").write_text('{"schema": 1, "questions": [{"question": "Why?", "answer": "So."}]}')
    assert project.run("check").output.split("\n")[:2] == [
        "input/a.csv: Read as: a table with columns question (“Front”), answer (“Back”), tags (1 question).",
        "input/b.json: Read as: questions in JSON (1 question).",
    ]


@pytest.mark.parametrize(
    ("value", "question", "codes"),
    [
        ("Aufgabe", "Why?", ["columns-skipped"]),
        ("2", "Why?", ["columns-skipped"]),
        ("N.", "a", ["columns-skipped", "questions-unmatched"]),
        # it is the name of a style, too, and may be meant for the texts of the project
        ("labels", "a", ["columns-skipped", "questions-unmatched"]),
    ],
)
def test_a_value_may_be_the_name_of_a_column(
    tmp_path: Path, value: str, question: str, codes: list[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("question,Aufgabe,answer,labels\na,Why?,So.,x\n")
    loaded = load_source(path, with_values(Settings(), {"source.questions": (value,)}))
    assert [plain_text(one.question) for one in loaded.questions.questions] == [question]
    assert sorted(one.code for one in loaded.diagnostics) == codes


def test_json_has_no_marks(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text('{"schema": 1, "questions": [{"question": "Why?", "answer": "So."}]}')
    assert [
        one.code
        for one in load_source(path, with_values(Settings(), {"source.questions": ("N.",)})).diagnostics
    ] == ["questions-unmatched"]


def test_a_text_like_a_table_is_a_text_with_marks(tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    path.write_text("# a\tb\n# c\td\n# e\tf\n")
    assert load_source(path, with_values(Settings(), {"source.questions": ("#",)})).read_as is not None
    (part,) = load_source(path, with_values(Settings(), {"source.questions": ("#",)})).read_as.parts
    assert (part.phrase, part.count) == ("lines that begin `#`", 3)


def test_a_reader_that_does_not_use_the_values_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "q.txt"
    path.write_text(NUMBERS)
    monkeypatch.setattr(readers, "load", lambda *_: lambda source, _: ReadResult(QuestionSet(())))
    loaded = load_source(path, with_values(Settings(), {"source.questions": ("N.",)}))
    assert any("does not use it" in item.message for item in loaded.diagnostics)


def test_an_expression_of_exponential_time_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed_regex, "MAX_SECONDS", 1)
    (found,) = read_as("a" * 40 + "b", "/(a+)+$/").diagnostics
    assert "the search for this expression takes too long" in found.message


def read_as_of(lines: list[str], layout: Layout) -> ReadAs:
    return description.describe_layout(tokenize(lines), layout)


def make_layout(pattern: str, starts: range, score: float) -> Layout:
    markers = {index: Marker(None, "Why?", 3, "prefix") for index in starts}
    layout = build_layout(Style.PREFIX, pattern, markers)
    layout.score = score
    return layout


@pytest.mark.parametrize(
    ("score", "count", "is_named"),
    [
        (-description.MAX_RIVAL_GAP, 8, True),
        (-description.MAX_RIVAL_GAP - 0.01, 8, False),
        (-1, int(40 * description.MIN_RIVAL_SHARE), True),
        (-1, int(40 * description.MIN_RIVAL_SHARE) - 1, False),
    ],
)
def test_only_readings_near_the_best_are_named(score: float, count: int, is_named: bool) -> None:
    lines = ["> Why?"] * 40 + ["= Why?"] * 40
    layout = make_layout(">", range(40), 0)
    layout.rivals = (make_layout("=", range(40, 40 + max(count, 10 if score < -1 else count)), score),)
    assert bool(read_as_of(lines, layout).others) == is_named


def test_at_most_three_other_readings_are_named() -> None:
    signs = [">", "=", "+", "!", "~"]
    lines = [f"{sign} Why?" for sign in signs for _ in range(4)]
    layouts = [make_layout(sign, range(4 * index, 4 * index + 4), -index) for index, sign in enumerate(signs)]
    layouts[0].rivals = tuple(layouts)
    others = read_as_of(lines, layouts[0]).others
    assert [part.value for part in others] == ["=", "+", "!"][: description.MAX_RIVALS]
