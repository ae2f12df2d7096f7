"""Cues give the point of each sentence, are readable alone, and depend only on their answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.cues import extract_cues, find_cues
from exporter.cues.english import NEGATORS, NON_FINAL_WORDS, PARTICLES, PLAIN_NEGATORS
from exporter.cues.segments import MAX_CODE_CUE_CHARS
from exporter.cues.sentences import iter_sentences
from exporter.cues.weights import (
    MAX_CUE_WORDS,
    MAX_CUES,
    MAX_NEGATOR_DISTANCE,
    MAX_SENTENCE_WORDS,
    MAX_SHOWN_WORDS,
    MIN_LONG_SENTENCE_WORDS,
)
from exporter.cues.wording import MAX_FORMULA_COLUMNS, MAX_SPACED_WORD_COLUMNS, MAX_WORD_COLUMNS
from exporter.model.emphasis import iter_lines
from exporter.model.questions import (
    Alignment,
    Block,
    Code,
    CodeBlock,
    Image,
    LineBreak,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Strong,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import line_text, paragraph
from tests.cues.measure import measure, seed
from tests.strategies import questions, words

_OTHERS = """
    I we code was were slow quickly API, endpoint; data (cached) "quoted" it them tests don't node.js
    team, e.g. 3.5 and/or – - … 字 worked fixed it. Then! sign-up never without A
"""
_ENGLISH = st.sampled_from([*sorted(NON_FINAL_WORDS), *_OTHERS.split()])


def cues(*lines: str, question: str = "Why?") -> tuple[str, ...]:
    return extract_cues(Question((paragraph(question),), (paragraph(*lines),)))


def cues_of_blocks(*blocks: Block) -> tuple[str, ...]:
    return extract_cues(Question((paragraph("Why?"),), blocks))


def test_seed_cues_hold_what_a_person_would_note() -> None:
    result = measure(seed())
    assert result.recall >= 0.70
    assert result.f1 >= 0.55


def test_seed_cues_end_in_words_that_mean_something() -> None:
    for question in seed():
        for cue in extract_cues(question):
            last = cue.split()[-1].lower().strip('."”)')
            assert last not in NON_FINAL_WORDS - PARTICLES, cue


def test_seed_cues_lose_no_negation() -> None:
    """No cue begins behind the negator of its clause."""
    negators = PLAIN_NEGATORS | {"without", "instead", "avoid", "prevents", "hardly"}
    for question in seed():
        for cue in find_cues(question):
            assert cue.line is not None
            line = line_text(list(iter_lines(question.answer))[cue.line])
            clause = re.split(r"[.,;:!?]|\b(?:and|but|so|because|who|which|while|if)\b", line[: cue.start])[
                -1
            ]
            words_before = clause.lower().split()[-MAX_NEGATOR_DISTANCE:]
            assert negators.isdisjoint(words_before), (cue.text, line)


def test_cues_of_other_questions_stay_when_an_answer_goes() -> None:
    everything = seed()
    rest = everything[1:]
    assert [extract_cues(question) for question in rest] == [
        extract_cues(question) for question in everything
    ][1:]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We had a small feature that a client needed before the end of the week.", "small feature"),
        ("I decided to take ownership of it.", "take ownership"),
        ("At first, it was hard to understand how everything was connected.", "hard to understand"),
        ("Without logs it was impossible to reproduce the error.", "impossible to reproduce error"),
        ("I went through the incident step by step and wrote a report.", "step by step"),
        ("It depends on the size of the data.", "size of data"),
        ("We rolled it out to five percent of the users first.", "five percent of users"),
        ("Kubernetes restarts containers that fail their health checks.", "fail their health checks"),
    ],
)
def test_cue_tells_the_point(sentence: str, expected: str) -> None:
    (cue,) = cues(sentence)
    assert expected in cue


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We chose option A.", "chose option A"),
        ("Then I went back to plan A.", "went back to plan A"),
        ("Grade A goes to the bridge.", "Grade A goes to bridge"),
        ("A is the first letter.", "A is first letter"),
        ("A cache is fast.", "cache is fast"),
        ("Give them vitamin A and vitamin B.", "Give them vitamin A and vitamin B"),
        ("Ask IT and HR about the laptop.", "Ask IT and HR about laptop"),
        ("Use OR in the query.", "Use OR in query"),
    ],
)
def test_capitals_are_names_and_no_function_words(sentence: str, expected: str) -> None:
    assert cues(sentence) == (expected,)


@pytest.mark.parametrize(
    "sentence",
    [
        "I could not reproduce the error on my own machine.",
        "We never deployed the service on a Friday.",
        "The numbers were correct and the bug did not come back.",
        "A JWT is signed, not encrypted.",
        "Deploy without downtime by switching the traffic.",
        "Promises represent a value that is not there yet.",
        "It can't hold two values for one key.",
    ],
)
def test_negations_stay(sentence: str) -> None:
    shown = " ".join(cues(sentence)).lower().split()
    assert any(word in NEGATORS or word.endswith("n't") for word in shown), shown


def test_no_phrase_begins_close_after_a_negator() -> None:
    near = " ".join(["not", *["on"] * (MAX_NEGATOR_DISTANCE - 1), "PostgreSQL", "replicas", "anyway"])
    far = " ".join(["not", *["on"] * MAX_NEGATOR_DISTANCE, "PostgreSQL", "replicas", "anyway"])
    assert all(not cue.startswith("PostgreSQL") for cue in cues(f"We were {near}."))
    assert any(cue.startswith("PostgreSQL") for cue in cues(f"We were {far}."))


def test_cue_that_repeats_the_question_gives_way() -> None:
    sentence = "Database indexes speed up reads, but writes become slower."
    assert cues(sentence) == ("Database indexes speed up reads",)
    assert cues(sentence, question="Do database indexes speed up reads?") == ("writes become slower",)


def test_long_sentences_give_a_second_phrase() -> None:
    words_before = ["Backups", "of", "the", "ledger", "ran", "nightly,", "and", "the", "restores"]
    long = [*words_before, "were", "tested", "every", "month."]
    assert len(long) == MIN_LONG_SENTENCE_WORDS
    assert len(cues(" ".join(long))) == 2
    assert len(cues(" ".join([*long[:-2], "monthly."]))) == 1


def test_second_phrases_fill_no_more_than_the_budget() -> None:
    sentence = "Backups of the ledger ran nightly at two, and the restores were tested every month."
    for count in range(1, 8):
        shown = cues(*[sentence] * count)
        assert len(shown) <= MAX_CUES
        first = len(cues(sentence)[0].split())
        assert sum(len(cue.split()) for cue in shown) <= max(MAX_CUE_WORDS, count * (first + 3))


def test_answers_of_many_sentences_give_seven_cues_in_order() -> None:
    lines = [f"Server number {index} runs PostgreSQL." for index in range(40)]
    for count in (MAX_CUES, MAX_CUES + 1, 40):
        shown = cues(*lines[:count])
        numbers = [int(re.findall(r"\d+", cue)[0]) for cue in shown]
        assert len(shown) == MAX_CUES
        assert numbers == sorted(numbers)
        assert numbers[0] < count / MAX_CUES
        assert numbers[-1] >= count - 1 - count / MAX_CUES


def test_cues_have_at_most_eight_words() -> None:
    eight = "Redis Kafka MySQL Docker Nginx Linux Python Java"
    assert cues(eight) == (eight,)
    assert cues(f"{eight} Golang") == (eight,)
    assert len(eight.split()) == MAX_SHOWN_WORDS


def test_a_sentence_beyond_its_64th_word_is_not_looked_at() -> None:
    filler = "so " * (MAX_SENTENCE_WORDS - 2)
    assert "Kafka" in cues(f"{filler}use Kafka")[0]
    assert "Kafka" not in " ".join(cues(f"{filler}use it Kafka"))


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("First this. Then more.", ["First this.", "Then more."]),
        ("Use a tree, e.g. B-trees. They are fast.", ["Use a tree, e.g. B-trees.", "They are fast."]),
        ("It took 3.5 s in node.js. Why?", ["It took 3.5 s in node.js.", "Why?"]),
        ("We use let, const, etc. and more.", ["We use let, const, etc. and more."]),
        ("We met Dr. Smith. He agreed.", ["We met Dr. Smith.", "He agreed."]),
        ('He said "Stop. Now." Then he left.', ['He said "Stop. Now."', "Then he left."]),
        ("Really?! Yes… No.", ["Really?!", "Yes…", "No."]),
        ("这很慢。我们修好了！", ["这很慢。", "我们修好了！"]),
        ("Filter on b. The planner uses it.", ["Filter on b.", "The planner uses it."]),
        ("Keep a heap of size k. Push each number.", ["Keep a heap of size k.", "Push each number."]),
        ("It is in a book by J. Smith. Read it.", ["It is in a book by J. Smith.", "Read it."]),
        ("I chose option A. It was cheap.", ["I chose option A.", "It was cheap."]),
        ("It leaks. malloc() needs free().", ["It leaks.", "malloc() needs free()."]),
        ("It is slow. os.path is old.", ["It is slow.", "os.path is old."]),
        ("It ended. and went on", ["It ended. and went on"]),
        ("- A point of a list.", ["A point of a list."]),
        ("2) Another point.", ["Another point."]),
        ("", []),
    ],
)
def test_sentences_of_a_line(line: str, sentences: list[str]) -> None:
    assert [line[start:stop] for start, stop in iter_sentences(line)] == sentences


def test_code_in_small_letters_may_begin_a_sentence() -> None:
    line = (Text("This is slow. "), Code("heapq"), Text(" is faster than sorting."))
    assert cues_of_blocks(Paragraph((line,))) == ("slow", "heapq is faster than sorting")


def test_a_lead_in_is_joined_to_its_sentence() -> None:
    assert cues("Keys. They are hashed with Argon2.") == ("Keys. They are hashed with Argon2",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("*** --- !!!", ()),
        ("", ()),
        ("Done!", ("Done!",)),
        ("Yes", ("Yes",)),
        ("It is so.", ("It is so",)),
    ],
)
def test_lines_with_little_to_tell(line: str, expected: tuple[str, ...]) -> None:
    assert cues(line) == expected


def test_brackets_and_quotations_are_closed() -> None:
    (cue,) = cues('I was once asked to "improve the reporting page" of a web application.')
    assert cue.startswith('"improve reporting page"')
    assert cues("Return a random number in the range [0, n).") == ("Return random number in range [0, n)",)
    for cue in cues("We kept all (old, new, broken and half forgotten) records of it."):
        assert cue.count("(") == cue.count(")")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Ich habe in meinem letzten Projekt eine große Datenbank betreut, die langsam war.",
            "große Datenbank betreut",
        ),
        ("Wir haben den Dienst nicht neu gestartet, weil er Daten verloren hätte.", "nicht"),
        ("En mi último proyecto nunca perdimos los datos de los clientes.", "nunca"),
        ("Dans mon dernier projet, une requête lente bloquait la base de données.", "requête lente"),
        ("В последнем проекте запросы к базе данных стали медленными.", "запросы"),
    ],
)
def test_other_languages_use_their_own_function_words(line: str, expected: str) -> None:
    (cue, *_) = cues(line)
    assert expected in cue
    assert 1 <= len(cue.split()) <= MAX_SHOWN_WORDS


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("在上一份工作中，我负责维护一个很大的代码库，文档很少。", "我负责维护一个很大的代码库"),
        ("まず、ログを確認してから、再起動しました。", "ログを確認してから"),
        ("字" * 100, "字" * (MAX_WORD_COLUMNS // 2)),
    ],
)
def test_ideographic_text_gives_its_longest_clause(line: str, expected: str) -> None:
    assert cues(line) == (expected,)


def test_words_too_wide_are_cut() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    assert cues(word) == (word,)
    assert cues("x" * MAX_SPACED_WORD_COLUMNS) == ("x" * MAX_SPACED_WORD_COLUMNS,)
    assert cues("x" * (MAX_SPACED_WORD_COLUMNS + 1)) == ("x" * MAX_SPACED_WORD_COLUMNS,)
    assert cues("ก" * MAX_WORD_COLUMNS) == ("ก" * MAX_WORD_COLUMNS,)
    assert cues("ก" * (MAX_WORD_COLUMNS + 1)) == ("ก" * MAX_WORD_COLUMNS,)


def test_cues_of_the_source_are_taken_as_they_are() -> None:
    question = Question((paragraph("What?"),), (paragraph("A long answer."),), cues=("the", "of the…"))
    assert extract_cues(question) == ("the", "of the…")


def test_every_kind_of_block_gives_cues() -> None:
    assert cues_of_blocks(
        CodeBlock("# comment\ndef reverse(head):\n    return head\n", "python"),
        ListBlock(((paragraph("An item."), ListBlock(((paragraph("Within it."),),))),)),
        Table(((Text("Structure"),), (Text("Insert"),)), (((Text("heap"),), (Text("log n"),)),)),
        Image("picture.png", "A picture"),
        Paragraph(((Strong((Text("Bold"),)), Text(" words.")),)),
    ) == ("python: def reverse(head)", "item", "Structure · Insert", "Bold words")


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("SELECT a FROM b\nWHERE c", "sql", "sql: SELECT a FROM b"),
        ("x = 1\nclass Heap:\n    pass", "", "class Heap"),
        ("pub fn main() {\n}", "rust", "rust: pub fn main()"),
        ("// only a comment", "", "// only a comment"),
        ("", "python", "python"),
        ("", "", None),
    ],
)
def test_code_gives_its_first_definition(code: str, language: str, expected: str | None) -> None:
    assert cues_of_blocks(CodeBlock(code, language)) == ((expected,) if expected else ())


def test_long_code_is_cut_at_a_space() -> None:
    assert cues_of_blocks(CodeBlock("x" * MAX_CODE_CUE_CHARS)) == ("x" * MAX_CODE_CUE_CHARS,)
    assert cues_of_blocks(CodeBlock("x " * MAX_CODE_CUE_CHARS)) == (
        ("x " * (MAX_CODE_CUE_CHARS // 2)).strip(),
    )


def test_code_and_formulas_are_whole() -> None:
    line = (Text("We call "), Code("run(a, b); stop. Now"), Text(" and wait for the whole result of it."))
    assert "run(a, b); stop. Now" in " ".join(cues_of_blocks(Paragraph((line,))))
    formula = Math(r"\frac{1}{2} m v^2 + \int_0^\infty \rho(x) \, dx")
    line = (Text("The energy "), formula, Text(" stays."))
    assert f"\\({formula.tex}\\)" in " ".join(cues_of_blocks(Paragraph((line,))))


def test_a_formula_wider_than_a_cue_is_left_out_whole() -> None:
    for length in (MAX_FORMULA_COLUMNS - 4, MAX_FORMULA_COLUMNS - 3):
        line = (Text("The sum "), Math("+" * length), Text(" is what we want."))
        shown = " ".join(cues_of_blocks(Paragraph((line,))))
        assert ("+" in shown) == (length == MAX_FORMULA_COLUMNS - 4)


def test_cue_knows_where_its_words_are() -> None:
    question = Question(
        (paragraph("Why?"),),
        (
            paragraph("Reads become faster."),
            ListBlock(((paragraph("The planner ignores the index."),),)),
            paragraph("", "Writes are a little slower."),
        ),
    )
    lines = [line_text(line) for line in iter_lines(question.answer)]
    located = [lines[cue.line or 0][cue.start : cue.stop] for cue in find_cues(question)]
    assert located == ["Reads become faster", "planner ignores the index", "Writes are a little slower"]


@given(st.lists(_ENGLISH, min_size=1, max_size=14).map(" ".join))
def test_no_derived_cue_is_long(sentence: str) -> None:
    for cue in cues(sentence):
        assert len(cue.split()) <= MAX_SHOWN_WORDS + 3
        assert not cue.endswith((",", ";", ":", "…", " "))


@given(questions())
def test_any_question_has_cues_of_one_line(question: Question) -> None:
    for cue in extract_cues(question):
        assert cue
        assert cue in question.cues or cue == " ".join(cue.split()).strip()


@given(questions())
def test_cues_are_where_they_say(question: Question) -> None:
    lines = [line_text(line) for line in iter_lines(question.answer)]
    for cue in find_cues(question):
        if cue.line is not None:
            piece = lines[cue.line][cue.start : cue.stop]
            shown = [word for word in cue.text.split() if word.isalnum()]
            assert [word for word in piece.split() if word in shown][:1] == shown[:1]


@given(words())
def test_any_line_gives_the_same_cues_each_time(line: str) -> None:
    assert cues(line) == cues(line)


def test_header_of_several_lines_makes_one_line() -> None:
    header = ((Text("What it"), LineBreak(), Text("costs")), (Text("Gain"),))
    table = Table(header, (), (Alignment.NONE, Alignment.NONE))
    assert extract_cues(Question((paragraph("Why?"),), (table,))) == ("What it costs · Gain",)


def test_raised_line_break_is_no_part_of_a_cue() -> None:
    line = (Text("# not a heading"), Superscript((LineBreak(),)))
    assert extract_cues(Question((paragraph("Why?"),), (Paragraph((line,)),))) == ("not heading",)


def test_space_in_code_is_not_part_of_a_cue() -> None:
    line = (Text("Call"), Code("\tx y "), Text("first"))
    (cue,) = extract_cues(Question((paragraph("Why?"),), (Paragraph((line,)),)))
    assert cue == " ".join(cue.split())
    assert "x y" in cue
