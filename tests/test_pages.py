"""Web pages as sources: what is read of them, what is left out, and where each question stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.config.settings import Settings
from exporter.model.questions import CodeBlock
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source
from exporter.pipeline.sources import is_source
from exporter.readers import ReadResult, SourceText
from exporter.readers.page import read
from tests.endless import ends

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="<>&"), min_size=1
).filter(lambda text: any(char.isalnum() for char in text))


def read_html(html: str) -> ReadResult:
    return read(SourceText("page.html", tuple(html.split("\n"))), Settings())


def answers(reading: ReadResult) -> list[str]:
    return [plain_text(question.answer) for question in reading.questions.questions]


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(("", "b", "i", "code", "s", "sup"))), min_size=1, max_size=6)
)
def test_words_of_any_style_are_kept(parts: list[tuple[str, str]]) -> None:
    inner = "".join(f"<{tag}>{text}</{tag}>" if tag else text for text, tag in parts)
    reading = read_html(f"<h2>What is it?</h2><p>It is: {inner}.</p><h2>And this?</h2><p>No.</p>")
    shown = "".join(char for char in "".join(answers(reading)[:1]) if char.isalnum() and char.isascii())
    typed = "".join(char for text, _ in parts for char in text if char.isalnum() and char.isascii())
    assert shown == f"Itis{typed}"


@pytest.mark.parametrize(
    "text",
    [
        "a * b * c", "__init__ and *args", "[x](y) and [[1, 2]]", "`tick` and ``", "==mark== %%note%%",
        "5 > 3 | 2", "#hash ^2", "~~gone~~", "\\n and \\(", "![alt](src)", "$HOME and $5",
    ],
)  # fmt: skip
def test_marks_of_markdown_are_words(text: str) -> None:
    html = f"<h2>What is it?</h2><p>It is {text}</p><h2>And this?</h2><p>{text}</p>"
    assert answers(read_html(html.replace(" > ", " &gt; ")))[0] == f"It is {text}"


def test_questions_have_the_lines_of_the_page() -> None:
    html = "<html>\n<body>\n\n<h2>One?</h2>\n<p>a\nb</p>\n\n\n<h2>\nTwo?</h2><p>c</p></body></html>"
    spans = [question.span for question in read_html(html).questions.questions]
    assert [(span.line, span.text) for span in spans if span] == [(4, "## One?"), (10, "## Two?")]


def test_warnings_have_the_lines_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h2>One?</h2>\n\n<p>a</p>\n\n\n<h2>Two?</h2>\n")
    missing = [item for item in load_source(page, Settings()).diagnostics if item.code == "missing-answer"]
    assert [item.span.line for item in missing if item.span] == [6]


def test_what_is_left_out_is_reported() -> None:
    html = (
        "<body><nav><a href=/>Home</a></nav>\n<div class='cookie-banner'>We use cookies.</div>\n"
        "<h2>What is a goroutine, and when is it used?</h2><p>A light thread that the runtime schedules.</p>\n"
        "<script>x</script><h2>Which channels are there?</h2><p>Those with and without a buffer.</p></body>"
    )
    reading = read_html(html)
    (told,) = [item for item in reading.diagnostics if item.code == "page-part-skipped"]
    assert told.message.endswith("lines 1 to 2, 4.")
    assert "cookies" not in str(reading.questions)


def test_hidden_answers_are_read() -> None:
    html = "<h3>One?</h3><div style='display:none'>a</div><h3>Two?</h3><div hidden>b</div>"
    assert answers(read_html(html)) == ["a", "b"]


def test_pictures_in_the_page_are_kept() -> None:
    data = "data:image/png;base64,iVBORw0KGgo="
    reading = read_html(f"<h2>One?</h2><p><img src='{data}' alt='plan'></p><h2>Two?</h2><p>b</p>")
    assert list(reading.media.values()) == [b"\x89PNG\r\n\x1a\n"]


def test_pictures_that_cannot_be_read_are_reported() -> None:
    reading = read_html(
        "<h2>One?</h2><p><img src='data:image/png;base64,' alt='plan'></p><h2>Two?</h2><p>b</p>"
    )
    assert "picture-skipped" in [item.code for item in reading.diagnostics]


def test_charset_of_the_page_is_used(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(
        "<meta charset=windows-1251><h2>Что это?</h2><p>Да.</p><h2>И это?</h2><p>Нет.</p>".encode("cp1251")
    )
    loaded = load_source(page, Settings())
    assert [plain_text(question.question) for question in loaded.questions.questions] == [
        "Что это?",
        "И это?",
    ]
    assert not [item for item in loaded.diagnostics if item.code == "encoding-guessed"]


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page"])
def test_pages_are_known_by_their_beginning(name: str, tmp_path: Path) -> None:
    page = tmp_path / name
    page.write_text("<!DOCTYPE html>\n<h2>One?</h2><p>a</p>\n<h2>Two?</h2><p>b</p>\n")
    assert len(load_source(page, Settings()).questions.questions) == 2


def test_one_card_by_class_is_not_a_pair() -> None:
    reading = read_html("<h2>One?</h2><div class=back>a</div><h2>Two?</h2><div class=front>b</div>")
    assert answers(reading) == ["a", "b"]


@pytest.mark.parametrize(
    "html", ["<div>" * 4_500, "<b>" * 4_500, "<ul><li>" * 4_500, "<table><tr><td>" * 2_000, "&<" * 4_500]
)
def test_deep_or_broken_pages_are_read(html: str) -> None:
    with ends():
        assert not read_html(html + "x").questions.questions


def test_pages_of_our_own_are_no_sources(tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text('<!DOCTYPE html>\n<meta name="generator" content="exporter">\n')
    (tmp_path / "page.html").write_text("<h2>One?</h2>")
    assert [path.name for path in sorted(tmp_path.iterdir()) if is_source(path)] == ["page.html"]


def test_tables_with_titles_between_their_rows() -> None:
    reading = read_html(
        "<table><tr><td colspan=3>Basics</td></tr><tr><td>1</td><td>What is a?</td><td>a</td></tr>"
        "<tr><td rowspan=2>2</td><td>What is b?</td><td>b</td></tr><tr><td>What is c?</td><td>c</td></tr></table>"
    )
    assert answers(reading) == ["a", "b", "c"]
    assert {question.category for question in reading.questions.questions} == {"Basics"}


@pytest.mark.parametrize(
    "head",
    [
        "<thead><tr><td>Sort Field</td><td>Answer</td></tr></thead>",
        "<tr><td colspan=2>Cards of 2024</td></tr><tr><td>Front</td><td>Back</td></tr>",
        "<tr><td colspan=2><b>Cards</b></td></tr><tr><th>Front</th><th>Back</th></tr>",
        "<tr><td><b>Item</b></td><td><b>Answer</b></td></tr>",
        "<tr><td colspan=2><b>Part 1</b></td></tr>",
    ],
)
def test_headers_of_tables(head: str) -> None:
    rows = "<tr><td>What is a?</td><td>a</td></tr><tr><td>What is b?</td><td>b</td></tr>"
    assert answers(read_html(f"<table>{head}{rows}</table>")) == ["a", "b"]


def test_code_in_cells_keeps_its_lines() -> None:
    rows = "<tr><td>What is a?</td><td>So: <pre>a INT\n  b INT</pre>Yes</td></tr><tr><td>Why?</td><td>b</td></tr>"
    (answer, _) = answers(read_html(f"<table><tr><th>Question</th><th>Answer</th></tr>{rows}</table>"))
    assert answer.replace("\xa0", " ").split("\n") == ["So:", "a INT", "  b INT", "Yes"]


def test_only_a_title_above_all_text_is_that_of_the_page() -> None:
    questions = "<h2>One?</h2><p class=title>Note</p><p>a</p><h2>Two?</h2><p>b</p>"
    reading = read_html(f"<title>Notes</title><p class=title>Mine</p>{questions}")
    assert (reading.questions.title, answers(reading)) == ("Mine", ["Note\n\na", "b"])
    assert read_html(f"<title>Notes</title>{questions}").questions.title == "Notes"


def test_the_article_in_the_main_element_is_read() -> None:
    questions = "<h2>What is one?</h2><p>It is a.</p><h2>What is two?</h2><p>It is b.</p>"
    page = f"<main><div>Public</div>\n<article>{questions}</article></main>"
    reading = read_html(page)
    assert answers(reading) == ["It is a.", "It is b."]
    assert not reading.questions.preamble
    assert [item.code for item in reading.diagnostics] == ["page-part-skipped"]
    assert read_html(page.replace("Public", "Public " * 40)).questions.preamble


def test_headers_and_footers_of_office_pages_are_reported() -> None:
    reading = read_html("<h2>One?</h2><p>a</p><h2>Two?</h2><p>b</p>\n<div title=footer><p>Page 1</p></div>")
    assert answers(reading) == ["a", "b"]
    assert [item.code for item in reading.diagnostics] == ["page-part-skipped"]


def find_code(html: str) -> list[str]:
    """Return the code of the answers of a page."""
    answers = [question.answer for question in read_html(html).questions.questions]
    return [block.code for answer in answers for block in answer if isinstance(block, CodeBlock)]


_NOTES = (
    "<h2>What is it?</h2><p>{words}</p>"
    + "<p style='font-family:Consolas'>a = 1</p>" * 2
    + "<h2>Why?</h2><p>So.</p>"
)


@pytest.mark.parametrize(("words", "is_code"), [("Two lines of code:", True), ("x", False)])
def test_monospaced_lines_are_code_unless_the_page_is(words: str, is_code: bool) -> None:
    # of the characters of the page 3 in 10, or 5 in 10, are monospaced; of one in the same font all are
    html = _NOTES.format(words=words)
    page = html if is_code else f"<div style='font-family:Consolas'>{html}</div>"
    assert find_code(page) == (["a = 1\na = 1"] if is_code else [])


@pytest.mark.parametrize(
    "line",
    [
        "<div><tt>{}</tt></div>",
        "<div><font face='Courier'><tt>{}</tt></font></div>",
        "<p style='font-family:Consolas'>{}</p>",
        "<p><span style='font-family:\"Courier New\"'>{}</span></p>",
        "<p><span style='font-family:Menlo'>{}<o:p></o:p></span></p>",
        "\n<div>\n<code>{}</code>\n</div>\n",
    ],
)
def test_lines_of_code_keep_their_indentation(line: str) -> None:
    code = "".join(map(line.format, ["def f():", "&nbsp;&nbsp; &nbsp;x", "    y", "", "z"]))
    page = f"<h2>What is it?</h2><p>Such a function as this:</p>{code}<p>And text.</p><h2>Why?</h2><p>So it is.</p>"
    assert find_code(page) == ["def f():\n    x\n    y\n\nz"]


def test_bold_lines_of_code_may_be_questions() -> None:
    bold = "<p><b><tt>int</tt></b></p><p><b><tt>long</tt></b></p>"
    assert not find_code(f"<h2>What is it?</h2><p>One of these words:</p>{bold}<h2>Why?</h2><p>So.</p>")


@pytest.mark.parametrize(
    ("badge", "question", "tags"),
    [
        ("Very hard", "What is a jib?", ("Very-hard",)),
        ("of a small boat", "What is a jib?of a small boat▶", ()),
    ],
)
def test_badges_of_summaries_are_tags(badge: str, question: str, tags: tuple[str, ...]) -> None:
    summary = f"<summary><span>What is a jib?</span><span>{badge}</span><i>▶</i></summary>"
    (found, _) = read_html(f"<details>{summary}<p>A sail.</p></details>" * 2).questions.questions
    assert (plain_text(found.question), found.tags) == (question, tags)


def test_numbers_of_questions_by_class_are_numbers() -> None:
    card = "<div class='question'>{0}. What is {0}?</div><div class='answer'>It is {0}.</div>"
    questions = read_html("".join(map(card.format, (3, 4)))).questions.questions
    assert [(question.number, plain_text(question.question)) for question in questions] == [
        (3, "What is 3?"),
        (4, "What is 4?"),
    ]
