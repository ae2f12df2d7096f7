"""Cues read well, and say how a sentence begins without giving it away."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.cues import FEWEST, MOST, cues_of
from exporter.english import LEADING_ON
from exporter.model import (
    Block,
    Code,
    CodeBlock,
    Image,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Strong,
    Table,
    Text,
    paragraph,
)
from exporter.sentences import parted, sentences
from tests.strategies import questions, words

_OTHERS = """
    I we code was were slow quickly API, endpoint; data (cached) "quoted" it them tests don't node.js
    team, e.g. 3.5 and/or – - … 字 worked fixed it. Then! sign-up
"""
_ENGLISH = st.sampled_from([*sorted(LEADING_ON), *_OTHERS.split()])


def cues(*lines: str) -> tuple[str, ...]:
    return cues_of(Question((paragraph("What?"),), (paragraph(*lines),)))


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        (
            "We had a small feature that a client needed before the end of the week.",
            "We had a small feature…",
        ),
        ("To handle the deadline, I broke the work into small tasks, and more.", "To handle the deadline…"),
        (
            "I implemented the API, wrote basic tests, and then updated the template.",
            "I implemented the API…",
        ),
        ("We communicated daily with the project manager and delivered on time.", "We communicated daily…"),
        ("At first, I felt lost because there were many functions and queries.", "At first, I felt lost…"),
        (
            "After that, the endpoint became faster and we had fewer timeout complaints.",
            "After that, the endpoint became faster…",
        ),
        (
            "In one project, some queries became slow as the data grew.",
            "In one project, some queries became slow…",
        ),
        ("I handled it by reading the code step by step, adding logs.", "I handled it by reading the code…"),
        (
            "I also updated the internal documentation to explain it all.",
            "I also updated the internal documentation…",
        ),
        (
            "When I receive code review comments, I first read all of them.",
            "When I receive code review comments…",
        ),
        (
            "While reviewing logs, I noticed a small but repeated warning there.",
            "While reviewing logs, I noticed…",
        ),
        ("If something is not clear, I ask a polite follow-up question.", "If something is not clear…"),
        (
            "An index is a data structure, e.g. a B-tree, that speeds up lookups.",
            "An index is a data structure…",
        ),
    ],
)
def test_the_opening_clause_of_a_sentence(sentence: str, cue: str) -> None:
    assert cues(sentence) == (cue,)


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("It was hard to understand and test.", "It was hard to understand and test"),
        ("Why did it fail?", "Why did it fail?"),
        ("Done!", "Done!"),
        ("Yes", "Yes"),
        ("It depends on what you are looking for.", "It depends on what you are looking…"),
        ("That is what I came for,", "That is what I came…"),
        ("- A point of a list.", "A point of a list"),
        ("2) Another point.", "Another point"),
    ],
)
def test_a_short_sentence_is_its_own_cue(sentence: str, cue: str) -> None:
    assert cues(sentence) == (cue,)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("First this. Then more.", ("First this", "Then more")),
        ("Use a tree, e.g. B-trees. They are fast.", ("Use a tree, e.g. B-trees", "They are fast")),
        ("It took 3.5 s in node.js. Why?", ("It took 3.5 s in node.js", "Why?")),
        ("We use let, const, etc. and more.", ("We use let, const, etc. and more",)),
        ("We met Dr. Smith. He agreed.", ("We met Dr. Smith", "He agreed")),
        ('He said "Stop. Now." Then he left.', ('He said "Stop. Now."', "Then he left")),
        ("Really?! Yes… No.", ("Really?!", "Yes…", "No")),
        ("这很慢。我们修好了！", ("这很慢", "我们修好了！")),
        ("*** --- !!!", ()),
        ("", ()),
    ],
)
def test_the_sentences_of_a_line(line: str, expected: tuple[str, ...]) -> None:
    assert cues(line) == expected


def test_a_quotation_over_two_lines() -> None:
    assert cues(
        'I learned to explain things in simple language, like: "The page is slow because we ask too much.',
        'We are changing it to use caching."',
    ) == ("I learned to explain things…", "We are changing it to use caching")


def test_a_quotation_or_bracket_that_is_cut_is_closed() -> None:
    assert cues('I was once asked to "improve the reporting page" of a web application.') == (
        'I was once asked to "improve the reporting…"',
    )
    assert cues("We kept all (old, new, broken and half forgotten) records of it.") == (
        "We kept all (old, new, broken and half…)",
    )


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        (
            "Ich habe in meinem letzten Projekt eine große Datenbank betreut, die langsam war.",
            "Ich habe in meinem letzten Projekt eine große…",
        ),
        ("Als ich anfing, war die Dokumentation veraltet und niemand kannte sie.", "Als ich anfing…"),
        ("在上一份工作中，我负责维护一个很大的代码库，文档很少", "在上一份工作中…"),
        (
            "これは日本語の長い文章であり句読点がまったくないままどこまでも続いていく",
            "これは日本語の長い文章であり句読…",
        ),
        ("x" * 100, "x" * 32 + "…"),
    ],
)
def test_other_languages_are_cut_too(line: str, cue: str) -> None:
    assert cues(line) == (cue,)


def test_cues_of_the_source_are_taken_as_they_are() -> None:
    question = Question((paragraph("What?"),), (paragraph("A long answer."),), cues=("the", "of the…"))
    assert cues_of(question) == ("the", "of the…")


def test_only_words_give_cues() -> None:
    answer: tuple[Block, ...] = (
        CodeBlock("print('Hello world')"),
        ListBlock(((paragraph("An item."), ListBlock(((paragraph("Within it."),),))),)),
        Table(((Text("A head"),),), (((Text("A cell"),),),)),
        Image("picture.png", "A picture"),
        Paragraph(((Strong((Text("Bold"),)), Text(" words.")),)),
    )
    assert cues_of(Question((), answer)) == ("An item", "Within it", "Bold words")


def test_code_and_mathematics_are_not_cut() -> None:
    line = (
        Text("We call "),
        Code("run(a, b); stop. Now"),
        Text(" and then wait for the whole result of it."),
    )
    assert cues_of(Question((), (Paragraph((line,)),))) == ("We call run(a, b); stop. Now…",)
    line = (Math("a + b. C"), Text(" is the sum of the two numbers that we add."))
    assert cues_of(Question((), (Paragraph((line,)),))) == ("\\(a + b. C\\) is the sum…",)


@pytest.mark.parametrize("line", ["[ 1", "( hello there", '" quoted words', "hello )"])
def test_what_is_left_of_half_a_bracket_has_no_blank(line: str) -> None:
    assert cues(line) == (line.strip(' [(")'),)


def test_a_formula_stands_whole_or_not_at_all() -> None:
    long = Math(r"\frac{1}{2} m v^2 + \int_0^\infty \rho(x) \, dx")
    line = (Text("The energy "), long, Text(" is kept in any closed system of bodies."))
    assert cues_of(Question((), (Paragraph((line,)),))) == (f"The energy \\({long.tex}\\) is kept…",)
    longer = Math("+".join(f"a_{{{at}}}" for at in range(40)))
    line = (Text("The sum "), longer, Text(" is what we want in the end."))
    assert cues_of(Question((), (Paragraph((line,)),))) == ("The sum…",)
    assert cues_of(Question((), (Paragraph(((longer,),)),))) == ()
    assert cues_of(Question((), (Paragraph(((Math("x^2 + y^2", display=True),),)),))) == ()


@given(st.lists(_ENGLISH, min_size=1, max_size=14).map(" ".join))
def test_no_derived_cue_ends_in_a_word_that_leads_on(sentence: str) -> None:
    for cue in cues(sentence):
        assert cue.split()[-1].strip("….,;:!?\"'()–-").lower() not in LEADING_ON
        assert len(cue.split()) <= MOST
        assert not cue.endswith((",…", ";…", ":…", " …", " "))


@given(
    st.lists(st.sampled_from(["worked", "code", "quickly", "API", "with", "the"]), min_size=9, max_size=14)
)
def test_a_cut_sentence_keeps_its_first_words(parts: list[str]) -> None:
    (cue,) = cues(" ".join(["Once", "we", "all", "worked", *parts]))
    assert cue.endswith("…")
    kept = cue.removesuffix("…").split()
    assert FEWEST <= len(kept) <= MOST
    assert ["Once", "we", "all", "worked", *parts][: len(kept)] == kept


@given(questions())
def test_any_question_has_cues_of_one_line(question: Question) -> None:
    for cue in cues_of(question):
        assert cue
        assert cue in question.cues or cue == " ".join(cue.split()).strip()


@given(st.one_of(words(), st.lists(_ENGLISH).map(" ".join)))
def test_a_line_without_marks_within_is_parted_as_any_other(line: str) -> None:
    line = "x" + line  # no bullet
    assert list(filter(None, sentences(line))) == list(filter(None, parted(line)))


@given(words())
def test_any_line_gives_the_same_cues_each_time(line: str) -> None:
    assert cues(line) == cues(line)


@pytest.mark.parametrize(
    "part", ["word ", ".", "a. ", "“", '"a', "x", "(! ", "字", "-", " ", "?)", "e.g. ", "a/"], ids=repr
)
def test_long_lines_take_linear_time(part: str) -> None:
    start = time.perf_counter()
    cues(part * 100_000 + "x", "x" + part * 100_000)
    assert time.perf_counter() - start < 2
