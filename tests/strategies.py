"""Arbitrary values of the model, for tests of what must hold whatever a person types.

Words have no control characters: no reader lets those through, and Markdown keeps few of
them. Texts that touch are one text, and a link holds no link, as readers make them.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from exporter.model.deck import exported_target
from exporter.model.questions import (
    Alignment,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    QuestionSet,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)

TRICKY = (
    *(
        "# not a heading",
        "###",
        "C #",
        "1. x",
        "2) y",
        "12.",
        "+ x",
        "- x",
        "* x",
        "-",
        "---",
        "- - -",
        "***",
        "===",
    ),
    *(
        "> quoted",
        "<script>alert(1)</script>",
        "List<String>",
        "a < b && c > d",
        "&amp;",
        "&#65;",
        "AT&T;",
        "R&D",
    ),
    *(
        "[x](y)",
        "![x](y)",
        "[x]: y",
        "]: y",
        "[",
        "[x][y]",
        "[ ] done",
        "[x] done",
        "☐ done",
        "☑",
        "[!note]",
        "<br>",
        "<sup>2</sup>",
        "a ~x",
        "~x~",
        "[^1]: note",
        "a[0]",
        "`code`",
        "``",
        "```",
        "~~~",
        "~~x~~",
    ),
    *(
        "snake_case",
        "__init__",
        "_x_",
        "*x*",
        "a * b * c",
        "2*3*4",
        "**",
        "ends\\",
        "\\(x\\)",
        "\\*",
        "C:\\dir",
        "\\",
    ),
    *(
        "a | b",
        "|---|",
        "\\|",
        "$x$",
        "$$x$$",
        "$5 and $6",
        "US$5",
        ":emoji:",
        "<!-- -->",
        "<!-- answer -->",
        "<!--",
    ),
    *(
        "www.example.com/a_b",
        "https://example.com/?a=1&copy=2",
        "<http://x.y>",
        "me@example.com",
        "https://x.y/*_*",
    ),
    *(
        "\tx",
        "    four spaces",
        " a  b ",
        "\u00a0x\u00a0",
        "“quoted”",
        "…",
        "!",
        "Great!",
        "a\u2028b",
        "\ufeff",
        "字",
        "é̂",
    ),
    *(
        "Tags: a, b",
        "Notes: x",
        "Answer",
        "{{ title }}",
        "{% raw %}",
        "[sound:x.mp3]",
        "1\\. x",
        "a · b",
        "a, b",
    ),
)
"""Texts that some part of Markdown, or of ours, could take for more than words."""

_ANY = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
_MARKS = st.sampled_from("*_`~#<>[]()!&;\\|$-+=.:/@,\"' \u00a01aé“字")


@cache
def words(min_size: int = 0) -> st.SearchStrategy[str]:
    """Text of one line, often such that Markdown could misread it."""
    return st.one_of(
        st.sampled_from(TRICKY),
        st.text(_MARKS, min_size=min_size, max_size=8),
        st.text(_ANY, min_size=min_size, max_size=8),
        st.lists(st.sampled_from((*TRICKY, " ", "word")), min_size=1, max_size=3).map("".join),
    ).filter(lambda text: len(text) >= min_size)


@cache
def code(min_size: int = 0) -> st.SearchStrategy[str]:
    """Text of several lines, indented or not."""
    return st.lists(
        st.one_of(words(), st.sampled_from(["", "  ", "    x = 1", "\ty"])), min_size=1, max_size=4
    ).map("\n".join)


@cache
def spans(links: bool = True, depth: int = 2) -> st.SearchStrategy[Span]:
    """One span; `depth` is how deep emphasis may nest."""
    flat: list[st.SearchStrategy[Span]] = [
        st.builds(Text, words(1)),
        st.builds(Text, st.sampled_from(["word", " word ", "two words", "."])),
        st.builds(Code, words(1)),
        st.builds(
            Math,
            st.sampled_from(["x", "a_1 * b_2", "\\frac{a}{b}", "\\{x\\}", "x < y", "|x|"]),
            st.booleans(),
        ),
        st.just(LineBreak()),
    ]
    if not depth:
        return st.one_of(flat)
    within = lines(links, depth - 1)
    kinds = (Strong, Emphasis, Superscript, Subscript, Strikethrough)
    nested: list[st.SearchStrategy[Span]] = [st.builds(kind, within) for kind in kinds]
    if links:
        nested.append(st.builds(Link, lines(links=False, depth=depth - 1), words()))
    return st.one_of([*flat, *nested])


@cache
def lines(links: bool = True, depth: int = 2) -> st.SearchStrategy[Line]:
    """A line of at least one span."""
    return st.lists(spans(links, depth), min_size=1, max_size=3).map(_merged)


def _merged(parts: list[Span]) -> Line:
    merged: list[Span] = []
    for part in parts:
        if merged and isinstance(part, Text) and isinstance(last := merged[-1], Text):
            merged[-1] = Text(last.text + part.text)
        else:
            merged.append(part)
    return tuple(merged)


@cache
def paragraphs() -> st.SearchStrategy[Paragraph]:
    """A paragraph; a line of it may be empty."""
    line = st.one_of(lines(depth=1), lines(depth=1), st.just(()))
    return st.builds(Paragraph, st.lists(line, min_size=1, max_size=3).map(tuple))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table whose rows all have the header's width."""
    width = draw(st.integers(1, 3))
    cell = st.one_of(lines(depth=0), st.just(()))
    row = st.tuples(*[cell] * width)
    alignments = st.tuples(*[st.sampled_from(Alignment)] * width)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=2))), draw(alignments))


@cache
def blocks(depth: int = 2) -> st.SearchStrategy[Block]:
    """One block; `depth` is how deep lists and quotations may nest."""
    flat: list[st.SearchStrategy[Block]] = [
        paragraphs(),
        st.builds(CodeBlock, code(), st.one_of(st.sampled_from(["", "python"]), words())),
        # other targets are written as paths that a renderer finds
        st.builds(Image, words().filter(lambda target: exported_target(target) == target), words()),
        tables(),
    ]
    if not depth:
        return st.one_of(flat)
    items = st.lists(st.lists(blocks(depth - 1), max_size=2).map(tuple), min_size=1, max_size=2).map(tuple)
    ordered = st.builds(ListBlock, items, st.just(True), st.integers(0, 12))
    quoted = st.builds(Quote, st.lists(blocks(depth - 1), max_size=2).map(tuple))
    return st.one_of([*flat, st.builds(ListBlock, items), ordered, quoted])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question with all that may belong to it."""
    optional = st.one_of(st.none(), words(1).filter(str.strip))
    short = st.lists(words(1).filter(str.strip), max_size=2).map(tuple)
    first = st.builds(Paragraph, st.lists(lines(depth=1), min_size=1, max_size=2).map(tuple))
    return Question(
        question=(draw(first), *draw(st.lists(blocks(0), max_size=1))),
        answer=tuple(draw(st.lists(blocks(1), max_size=2))),
        number=draw(st.one_of(st.none(), st.integers(0, 999))),
        category=draw(st.one_of(st.none(), st.sampled_from(["SQL", "Basics"]), words(1).filter(str.strip))),
        tags=draw(short),
        cues=draw(short),
        notes=draw(
            st.one_of(st.none(), st.lists(words(1), min_size=1, max_size=3).map("\n".join).filter(str.strip))
        ),
        id=draw(optional),
    )


def question_sets(max_size: int = 3) -> st.SearchStrategy[QuestionSet]:
    """Questions with a title."""
    return st.builds(
        QuestionSet,
        st.lists(questions(), max_size=max_size).map(tuple),
        title=words(1).filter(str.strip),
    )
