"""Hypothesis strategies for questions: of words alone, and of everything the model holds."""

from __future__ import annotations

from hypothesis import strategies as st

from exporter.model.question_numbers import MAX_QUESTION_NUMBER
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
from exporter.model.text import paragraph

WORDS = st.sampled_from(
    (
        *(
            "What",
            "is",
            "a",
            "query?",
            "Question 3:",
            "Answer:",
            "Tags:",
            "1.",
            "2)",
            "-",
            "*",
            "#",
            "##",
            "Q:",
        ),
        *(
            "A:",
            "A.",
            "Ans.",
            "---",
            "===",
            "%",
            "::",
            "404.php",
            "DNS",
            "NASA",
            "naïve",
            "“so”",
            "`x`",
            "**b**",
        ),
        *(
            "__init__",
            "<b>",
            "&amp;",
            "&",
            "[x](y)",
            "]:",
            "[",
            "$5",
            "$$x$$",
            "\\(x\\)",
            "\\",
            "|",
            "> a",
            "List<String>",
        ),
        *(
            "```",
            "== X ==",
            "Notes:",
            "Id: a",
            "Title:",
            "Category: b",
            "日本",
            "été",
            "{{c1::x}}",
            "_a_",
            "Ans:",
        ),
        *(
            "<script>",
            "</b>",
            "<br>",
            "<p>",
            "<ul><li>",
            "<!--",
            "-->",
            "<?php",
            '"open',
            'a"',
            "[$]",
            "[/$]",
            "\\[",
        ),
    )
)
"""Words that one form or another could take for something else."""


def _tidy(text: str) -> str:
    return " ".join(text.split())


texts = st.one_of(
    st.lists(WORDS, min_size=1, max_size=5).map(" ".join),
    st.text(
        st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("éüßžλЖ日本語—“”…·•™🙂"),
        min_size=1,
        max_size=12,
    ).map(_tidy),
).filter(lambda text: bool(text) and text.isprintable() and _is_settled(text))


def _is_settled(text: str) -> bool:
    """Return whether decoding leaves the text unchanged: NFC, and without mojibake."""
    from exporter.readers.decoding.text_cleanup import clean_lines

    return clean_lines([text]).lines == [text]


labels = texts.filter(lambda text: not set(text) & set(",;#·|:") and not text.startswith(("-", "*", "•")))
codes = st.lists(st.one_of(texts, st.sampled_from(("", "  x = 1", "def f():"))), min_size=1, max_size=4).map(
    "\n".join
)
code_blocks = st.builds(CodeBlock, codes.filter(str.strip), st.sampled_from(("", "python", "c++")))

plain_paragraphs = st.lists(texts, min_size=1, max_size=4).map(lambda lines: paragraph(*lines))
plain_lists = st.builds(
    ListBlock,
    st.lists(plain_paragraphs.map(lambda block: (block,)), min_size=2, max_size=3).map(tuple),
    st.just(False),
)


def _parted(blocks: list[Block]) -> tuple[Block, ...]:
    """Return blocks without two lists in a row, which plain text would join."""
    kept: list[Block] = []
    for block in blocks:
        if not (kept and isinstance(block, ListBlock) and isinstance(kept[-1], ListBlock)):
            kept.append(block)
    return tuple(kept)


plain_answers = st.lists(st.one_of(plain_paragraphs, plain_lists, code_blocks), max_size=3).map(_parted)
plain_questions = st.builds(
    lambda text, code: (paragraph(text), *code), texts, st.lists(code_blocks, max_size=1)
)

numbers = st.one_of(st.none(), st.integers(0, MAX_QUESTION_NUMBER))
tags = st.lists(labels, max_size=2, unique=True).map(tuple)
cues = st.lists(texts, max_size=2).map(tuple)
notes = st.one_of(st.none(), st.lists(texts, min_size=1, max_size=2).map("\n".join))
names = st.one_of(st.none(), labels)
ids = st.one_of(st.none(), st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True))


def _sets(
    question: st.SearchStrategy, answer: st.SearchStrategy, above: st.SearchStrategy
) -> st.SearchStrategy:
    one = st.builds(Question, question, answer, numbers, names, tags, cues, notes, ids)
    many = st.lists(one, min_size=1, max_size=4).map(tuple)
    return st.builds(QuestionSet, many, names, st.just(""), names, names, above)


plain_sets = _sets(plain_questions, plain_answers, plain_answers)

_leaves: st.SearchStrategy[Span] = st.one_of(
    texts.map(Text),
    texts.map(Code),
    st.builds(Math, st.from_regex(r"[a-z][a-z+^ ]{0,6}[a-z]", fullmatch=True), st.booleans()),
)


def _line(spans: list[Span]) -> Line:
    """Return spans as a reader gives them: no two texts in a row."""
    kept: list[Span] = []
    for span in spans:
        kept.append(Text(" ")) if kept and not isinstance(kept[-1], Text) and not isinstance(
            span, Text
        ) else None
        if not (kept and isinstance(span, Text) and isinstance(kept[-1], Text)):
            kept.append(span)
    return tuple(kept)


_spans = st.one_of(
    _leaves,
    *(
        st.builds(kind, st.lists(_leaves, min_size=1, max_size=2).map(_line))
        for kind in (Strong, Emphasis, Superscript, Subscript, Strikethrough)
    ),
    st.builds(
        lambda text, target: Link((Text(text),), target),
        texts,
        st.sampled_from(("https://a.b/c?d=1&e", "#x")),
    ),
)
lines = st.lists(_spans, min_size=1, max_size=3).map(_line)
paragraphs = st.lists(lines, min_size=1, max_size=3).map(lambda each: Paragraph(tuple(each)))
cells = st.lists(lines, min_size=1, max_size=2).map(
    lambda each: tuple(span for line in each for span in (LineBreak(), *line))[1:]
)
tables = st.builds(
    lambda header, rows, alignment: Table(tuple(header), tuple(map(tuple, rows)), (alignment,) * 2),
    st.lists(cells, min_size=2, max_size=2),
    st.lists(st.lists(cells, min_size=2, max_size=2), max_size=2),
    st.sampled_from(Alignment),
)
images = st.builds(
    Image, st.sampled_from(("a.png", "b c.png", "https://x.y/z.svg")), st.one_of(st.just(""), texts)
)
blocks: st.SearchStrategy[Block] = st.recursive(
    st.one_of(paragraphs, code_blocks, images),
    lambda inner: st.one_of(
        st.builds(
            lambda items, ordered, start: ListBlock(
                tuple(map(tuple, items)), ordered, start if ordered else 1
            ),
            st.lists(st.lists(inner, min_size=1, max_size=2), min_size=1, max_size=3),
            st.booleans(),
            st.integers(0, 20),
        ),
        st.builds(Quote, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)
answers = st.lists(st.one_of(blocks, tables), max_size=3).map(tuple)
questions = st.builds(lambda first, more: (first, *more), paragraphs, st.lists(blocks, max_size=1))
rich_sets = _sets(questions, answers, answers)
