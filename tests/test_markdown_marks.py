"""Marks of other programs in Markdown: read for what they mean, never shown."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.block_queries import iter_images
from exporter.model.questions import Image, Paragraph, Question, Strong, Text
from exporter.model.text import paragraph, plain_text
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown import read
from exporter.readers.markdown.footnotes import MAX_REPEATED_CHARS


def reading(markdown: str) -> ReadResult:
    return read(SourceText("x.md", tuple(markdown.split("\n"))), Settings())


def questions(markdown: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (plain_text(each.question), plain_text(each.answer), each.tags)
        for each in reading(markdown).questions.questions
    ]


def first(markdown: str) -> Question:
    return reading(f"## What?\n\n{markdown}\n\n## And then?\n\nNothing.").questions.questions[0]


def bold(text: str) -> Paragraph:
    return Paragraph(((Strong((Text(text),)),),))


@pytest.mark.parametrize(
    ("markdown", "title", "text"),
    [
        ("> [!note] Remember\n> Say it slowly.", "Remember", "Say it slowly."),
        ("> [!WARNING]\n> Do not push.", "Warning", "Do not push."),
        ("> [!tip]- Speak up\n>\n> Loudly.", "Speak up", "Loudly."),
        ("> [!my-type|wide]+\n> Text.", "My type", "Text."),
        ("- item\n\n  > [!note] Title\n  > Text.", "Title", "Text."),
        ("> [!a] x\n>\n> > [!info] Within\n> > Text.", "Within", "Text."),
    ],
)
def test_a_callout_has_a_bold_title(markdown: str, title: str, text: str) -> None:
    answer = first(markdown).answer
    assert repr(bold(title)) in repr(answer)
    assert repr(paragraph(text)) in repr(answer)
    assert "[!" not in repr(answer)


@pytest.mark.parametrize(
    "markdown", ["> [!x](y) is a link.", "- [!note] no quotation", "> See [!note] here."]
)
def test_what_is_no_callout_keeps_its_words(markdown: str) -> None:
    assert "!" in plain_text(first(markdown).answer)


def test_callouts_that_ask_are_questions() -> None:
    text = "> [!question] What is a heap?\n> A tree in an array.\n\n> [!faq]- What is a trie?\n> Letters.\n"
    assert questions(text) == [
        ("What is a heap?", "A tree in an array.", ()),
        ("What is a trie?", "Letters.", ()),
    ]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("## What is C#? #card\n\nOne.", ("What is C#?", "One.", ())),
        (
            "## Heap #flashcards/algo/trees ^a1b2c3\n\nOne.\n\n## Trie #card\n\nTwo.",
            ("Heap", "One.", ("algo/trees",)),
        ),
        ("## What is a heap? #trees #2nd-year\n\nOne.", ("What is a heap?", "One.", ("trees", "2nd-year"))),
        ("# All #work\n\n## What is a heap? #card\n\nOne.", ("What is a heap?", "One.", ("work",))),
        ("#flashcards/ml\n\n## What is a heap?\n\nOne.", ("What is a heap?", "One.", ("ml",))),
        (
            "**What is a heap?** #card #x\nOne.\n\n**What is b?** #card\nB.",
            ("What is a heap?", "One.", ("x",)),
        ),
        (
            "Q: What is a heap? #card\nA: One. ^a1b2c3\n\nQ: What is b?\nA: B.",
            ("What is a heap?", "One.", ()),
        ),
        ("- What is a heap? #card\n  - One.\n- What is b? #card\n  - B.", ("What is a heap?", "- One.", ())),
        # no tags, and no names of blocks
        ("## What is C#?\n\nA #1, `#x`, a # b.", ("What is C#?", "A #1, #x, a # b.", ())),
        ("## What is #pragma\n\nIt is 2 ^10", ("What is #pragma", "It is 2 ^10", ())),
        ("## Explain #id and #class\n\nOne.", ("Explain #id and #class", "One.", ())),
        ("## What does #include do? #card\n\nIt is #text.", ("What does #include do?", "It is #text.", ())),
    ],
)
def test_tags_and_block_ids_are_no_words(markdown: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    assert questions(markdown)[0] == expected


def test_a_block_id_is_reported_with_its_line() -> None:
    (found,) = reading("## What is a heap?\n\nA tree. ^a1b2c3\n").diagnostics
    assert found.code == "block-id-skipped"
    assert found.span is not None
    assert found.span.line == 3


def test_tags_of_a_section_are_those_of_its_questions() -> None:
    text = "# A #x\n\n## What is a?\n\nb\n\n# B #y\n\n## What is c? #card\n\nd\n"
    assert [tags for _, _, tags in questions(text)] == [("x",), ("y",)]


@pytest.mark.parametrize("between", ["\n\n%\n\n", "\n%\n", "\n\n%\n"])
def test_a_line_of_percent_separates_the_answer(between: str) -> None:
    text = f"What is a heap?{between}A tree.\n\n---\n\nWhat is a trie?{between}Letters, 50 %."
    assert questions(text) == [
        ("What is a heap?", "A tree.", ()),
        ("What is a trie?", "Letters, 50 %.", ()),
    ]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("See [[Heap]].", "See Heap."),
        ("See [[Heap|the heap]].", "See the heap."),
        ("See [[Heap#Cost|its cost]], [[Heap#Cost]] and [[#Top]].", "See its cost, Heap > Cost and Top."),
        ("See ![[Heap]].", "See Heap."),
        ("| a |\n| --- |\n| [[n\\|t]] |", "a\nt"),
        (
            "It is x[[1]], [[1, 2]], [[nodiscard]] and `[[code]]`.",
            "It is x[[1]], [[1, 2]], [[nodiscard]] and [[code]].",
        ),
        ("See [[1]](https://example.com).", "See [1]."),
    ],
)
def test_a_wiki_link_is_its_words(markdown: str, words: str) -> None:
    assert plain_text(first(markdown).answer) == words


@pytest.mark.parametrize(
    ("markdown", "image"),
    [
        ("![[pasted image 1.png]]", Image("pasted image 1.png")),
        ("![[folder/pic 1.png|200]]", Image("folder/pic 1.png")),
        ("![[heap.svg|A heap|200x100]]", Image("heap.svg", "A heap")),
        ("- ![[100%.png]]", Image("100%25.png")),
        ('Press <img src="a.png" alt="A key"> now.', Image("a.png", "A key")),
    ],
)
def test_a_picture_of_a_wiki_or_in_html_is_a_picture(markdown: str, image: Image) -> None:
    assert list(iter_images(first(markdown))) == [image]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Yes.[^1]\n\n[^1]: See `RFC`.", "Yes. (See RFC.)"),
        (
            "Yes [^a b].\n\nNo[^long].\n\n[^long]: One\n  two.\n\n    Three.",
            "Yes [^a b].\n\nNo (One two. Three.).",
        ),
        ("Yes.[^1] No.[^2]\n\n[^1]: One.[^2]\n[^2]: Two.[^1]", "Yes. (One.[^2]) No. (Two.[^1])"),
        ("Yes ^[see the RFC 7231].", "Yes (see the RFC 7231)."),
        # no footnotes
        ("`[^1]` and [^a-z]+ and ^[a-z] and ^[a b]+", "[^1] and [^a-z]+ and ^[a-z] and ^[a b]+"),
        ("[^1]: Nobody refers to it.", "[^1]: Nobody refers to it."),
        ("```\n[^1]: code\n```\n\nx[^1]", "[^1]: code\n\nx[^1]"),
    ],
)
def test_a_footnote_is_in_brackets(markdown: str, words: str) -> None:
    assert plain_text(first(markdown).answer) == words


def test_a_long_footnote_is_shown_once() -> None:
    for length, count in ((MAX_REPEATED_CHARS, 2), (MAX_REPEATED_CHARS + 1, 1)):
        answer = plain_text(first(f"Yes.[^1] No.[^1]\n\n[^1]: {'x' * length}").answer)
        assert answer.count("x" * length) == count
        assert "[^" not in answer


@pytest.mark.parametrize(
    ("markdown", "marked", "words"),
    [
        ("It is ==key== here.", "key", "It is key here."),
        ("是==重点==的", "重点", "是重点的"),
        ("**注意：**这是", "注意：", "注意：这是"),
        ("这是**「概念」**的", "「概念」", "这是「概念」的"),
        ("**“重点”**是", "“重点”", "“重点”是"),
        ("a==b and c==d, == x ==, (==) and (==)", "", "a==b and c==d, == x ==, (==) and (==)"),
        ("x === y === z and `==c==`", "", "x === y === z and ==c=="),
        ("a**(b)**c", "", "a**(b)**c"),
    ],
)
def test_emphasis_has_no_signs(markdown: str, marked: str, words: str) -> None:
    answer = first(markdown).answer
    assert plain_text(answer) == words
    assert (repr(Strong((Text(marked),))) in repr(answer)) == bool(marked)


@pytest.mark.parametrize(
    ("markdown", "words", "lines"),
    [
        ("One %%hidden words%% two.", "One two.", "3"),
        ("%%\nhidden\n\nwords\n%%\n\nOne.", "One.", "3 to 7"),
        ("50%% off and 60%% on, `%%x y%%`.", "50%% off and 60%% on, %%x y%%.", ""),
        ("```\n%%\nx\n%%\n```", "%%\nx\n%%", ""),
        ("%% never closed", "%% never closed", ""),
    ],
)
def test_comments_of_obsidian_are_left_out_and_reported(markdown: str, words: str, lines: str) -> None:
    read_back = reading(f"## What?\n\n{markdown}\n\n## And then?\n\nNothing.")
    assert plain_text(read_back.questions.questions[0].answer) == words
    found = [(each.code, each.message, each.span.line if each.span else 0) for each in read_back.diagnostics]
    assert [code for code, _, _ in found] == ["comment-skipped"] * bool(lines)
    assert all(line == 3 and (lines == "3" or lines in message) for _, message, line in found)


def test_properties_of_logseq_are_left_out_and_reported() -> None:
    text = (
        "- What is a heap? #card\n  id:: 6123abcd-0000-1111-2222-333344445555\n  card-ease-factor:: 2.5\n"
        "  - A tree.\n- What is a trie? #card\n  collapsed:: true\n  - Letters, {{cloze it}}.\n"
    )
    assert questions(text) == [
        ("What is a heap?", "- A tree.", ()),
        ("What is a trie?", "- Letters, {{cloze it}}.", ()),
    ]
    (found,) = reading(text).diagnostics
    assert found.code == "property-skipped"
    assert found.message.endswith("lines 2 to 3, 6.")
    assert questions("What is id::the name\n\nWhat is heading::the top")[0][:2] == ("What is id", "the name")


def _details(summary: str, *inner: str) -> str:
    return "\n\n".join([f"<details><summary>{summary}</summary>", *inner, "</details>"])


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            _details("What is a heap?", "A tree.", _details("How fast?", "Log.", _details("Why?", "So."))),
            [("What is a heap?", "A tree.\n\nHow fast?\n\nLog.\n\nWhy?\n\nSo.")],
        ),
        (
            _details("What is a heap?", "A tree.", _details("Its cost", "Log."), "It is fast."),
            [("What is a heap?", "A tree.\n\nIts cost\n\nLog.\n\nIt is fast.")],
        ),
        (
            "<details><summary>What is a heap?</summary>\n<p>A tree.</p>\n<details><summary>Cost</summary>Log."
            "</details>\n<p>Good.</p></details>",
            [("What is a heap?", "A tree.\n\nCost\n\nLog.\n\nGood.")],
        ),
        (
            "## What is a heap?\n\n" + _details("Answer", "A tree.", _details("More", "Log."), "End."),
            [("What is a heap?", "A tree.\n\nMore\n\nLog.\n\nEnd.")],
        ),
        # sections of toggles that ask, and a label of an answer
        (
            _details("Trees", _details("What is a heap?", "A tree."), _details("What is b?", "B.")),
            [("What is a heap?", "A tree."), ("What is b?", "B.")],
        ),
        (_details("What is a heap?", _details("Answer", "A tree.")), [("What is a heap?", "A tree.")]),
        # one that is never closed holds no others
        (
            "<details><summary>What is a heap?</summary>\n\nA tree.\n\n" + _details("What is b?", "B."),
            [("What is a heap?", "A tree."), ("What is b?", "B.")],
        ),
    ],
)
def test_toggles_in_an_answer_are_part_of_it(markdown: str, expected: list[tuple[str, str]]) -> None:
    assert [(question, answer) for question, answer, _ in questions(markdown)] == expected


@pytest.mark.parametrize("label", ["Answer: It is x", "A: It is x", "**A:** It is x"])
def test_answers_in_headings_above_the_next_question(label: str) -> None:
    read_set = reading(f"## Q: What is x?\n\n### {label}\n\n## Q: What is y?\n\n### {label}\n")
    assert [plain_text(question.answer) for question in read_set.questions.questions] == ["It is x"] * 2
