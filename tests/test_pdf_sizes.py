"""The type sizes of a stack: one for its answers and one for its questions, and the settings that limit them."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image as Picture

from exporter.cards.card_content import max_continued
from exporter.cards.column import SMALL_SIZE_PT
from exporter.cards.copyfitting import ANSWER, QUESTION
from exporter.cards.fit_report import NoteReport, continuation_diagnostics
from exporter.cards.size_limits import find_size_limits, question_sizes
from exporter.cards.stack_sizes import StackSizes
from exporter.cards.stock_usage import measure_usage
from exporter.cards.stocks import BY_NAME, STOCKS
from exporter.cards.svg import cards_svg
from exporter.config.settings import SettingError
from exporter.exporters.pdf import export
from exporter.model.deck import CardContent, Deck
from exporter.model.questions import CodeBlock, Image
from tests.in_process import CommandLine
from tests.pdf_decks import cards, deck, fit_deck, note, options, read, seed

STEPS = {0.0, 0.5, 1.0}
LINE = "Line after line of an answer that is about as long as the card is wide."


def answer(lines: int) -> str:
    return "\n".join([LINE] * lines)


def sizes_of(source: Deck, **values: object) -> tuple[float, float, list[float]]:
    """Return the sizes of a stack's answers and questions, and the size of each answer."""
    (file,) = export(source, options(**values), 0).files  # type: ignore[arg-type]
    fits = fit_deck(source, **values)  # type: ignore[arg-type]
    return (
        float(str(file.details["answer_size"])),
        float(str(file.details["question_size"])),
        [fit.answer_size for fit in fits],
    )


@pytest.mark.parametrize("content", ["auto", "answer", "cues", "both"])
@pytest.mark.parametrize("stock", ["a4-3x5", "a4-a6", "a4-a7", "avery-5371", "avery-5389", "c32011"])
def test_a_stack_is_set_in_one_size(stock: str, content: str) -> None:
    size, question_size, sizes = sizes_of(seed(), pdf_stock=stock, pdf_content=content)
    assert {each - size for each in sizes if each >= size} <= STEPS
    assert sum(each < size for each in sizes) <= max_continued(28)
    assert min(sizes) >= 9
    questions = [fit.question_size for fit in fit_deck(seed(), pdf_stock=stock, pdf_content=content)]
    assert max(questions) == question_size
    assert sum(each < question_size for each in questions) <= max_continued(28)


@pytest.mark.parametrize(("long", "is_smaller"), [(1, False), (2, True)])
def test_nine_of_ten_cards_decide_on_the_size(long: int, is_smaller: bool) -> None:
    notes = [note(f"What is {number}?", answer(5 if number < long else 4), number) for number in range(10)]
    size, _, sizes = sizes_of(deck(*notes))
    assert size == (11.0 if is_smaller else 14.0)
    assert {*sizes[:long]} == {11.0}
    assert {*sizes[long:]} == {12.0 if is_smaller else 14.0}


@pytest.mark.parametrize(
    ("largest", "size"), [(43, 43), (44, 44), (45, 44), (46, 46), (47, 46), (48, 48), (99, 48)]
)
def test_answers_are_at_most_a_point_larger(largest: int, size: int) -> None:
    assert StackSizes(question=88, answer=44).answer_size(largest) == size


def test_real_questions_are_set_in_11_pt_on_3x5() -> None:
    size, question_size, sizes = sizes_of(seed(), pdf_stock="a4-3x5")
    assert (size, question_size) == (11, 22)
    assert Counter(sizes) == {9.25: 1, 10.75: 1, 11: 10, 11.5: 2, 12: 14}


@pytest.mark.parametrize(
    ("card", "floor", "ceiling"),
    [
        ((127, 76.2), 19, 22),
        ((85, 54), 15.5, 18),
        ((105, 148.5), 22.5, 26),
        ((148, 105), 22.5, 26),
        ((6 * 25.4, 4 * 25.4), 22.5, 26),
        ((105, 74.25), 18.5, 21.5),
        ((3.5 * 25.4, 2 * 25.4), 15.5, 18),
        ((149.6, 105), 22, 25.5),  # more than a millimetre from A6: by the formula
        ((100, 100), 21.5, 25),
        ((40, 30), 11.5, 13.5),
    ],
)
def test_questions_are_as_large_as_the_card_allows(
    card: tuple[float, float], floor: float, ceiling: float
) -> None:
    assert question_sizes(card) == (floor, ceiling)
    limits = find_size_limits(card, 300, options())
    assert (limits.question_floor, limits.question.high) == (floor * 4, ceiling * 4)
    assert limits.answer.high < limits.question.high


def test_similar_cards_have_similar_question_sizes() -> None:
    # no card of the table is far from the formula for the others
    for stock in STOCKS:
        assert question_sizes(stock.card)[1] == pytest.approx(2.5 * min(stock.card) ** 0.5, abs=0.9)


LONG_QUESTION = "How would you explain " + "to a colleague who is new to all of this " * 7 + "why?"


@pytest.mark.parametrize("long", [1, 2])
def test_only_long_questions_are_set_smaller(long: int) -> None:
    notes = [note(LONG_QUESTION if n < long else f"What is {n}?", "It is.", n) for n in range(10)]
    fits = fit_deck(deck(*notes))
    # where more than one in ten is long, the common size falls to the floor of the stock, not below
    assert [fit.question_size for fit in fits[long:]] == [22 if long == 1 else 19] * (10 - long)
    assert all(9 <= fit.question_size < 19 for fit in fits[:long])


def test_leading_depends_on_the_size() -> None:
    assert (ANSWER.leading_at(SMALL_SIZE_PT), ANSWER.leading_at(SMALL_SIZE_PT - 0.25)) == (1.27, 1.3)
    assert (QUESTION.leading_at(22), QUESTION.leading_at(9)) == (1.18, 1.18)
    for fit in fit_deck(seed(), pdf_stock="a4-3x5"):
        (back,) = fit.backs
        downs = [line.down for line in back.lines]
        steps = {round((low - high) / back.size, 3) for high, low in pairwise(downs)}
        assert min(steps) == pytest.approx({9.25: 1.2, 10.75: 1.3}.get(back.size, 1.27), abs=0.001)
        if back.size > 11:
            assert max(steps) == pytest.approx(1.27 + 0.5, abs=0.001)


@pytest.mark.parametrize(("lines", "least", "count"), [(12, 1.3 + 0.1, 1), (13, 1.22 + 0.1, 1), (14, 1.3, 2)])
def test_leading_is_reduced_before_a_card_is_continued(lines: int, least: float, count: int) -> None:
    (fit,) = fit_deck(deck(note("What?", answer(lines))), pdf_content="answer")
    downs = [line.down for line in fit.backs[0].lines]
    assert len(fit.backs) == count
    gaps = [low - high for high, low in pairwise(downs)]
    # on one card every line is a step, at least 0.1 em from the one above; on two, steps have two lines
    assert min(gaps) / fit.answer_size == pytest.approx(least, abs=0.01)


def test_broken_lines_have_45_characters_where_the_card_allows() -> None:
    broken = "word " * 12 + "end."  # 64 characters
    whole = "Forty-four characters, which is a short line"
    notes = [note("What?", whole, 1), note("What?", broken, 2)]
    sizes = {
        stock: [fit_deck(deck(each), pdf_stock=stock)[0].answer_size for each in notes]
        for stock in ("a4-3x5", "avery-5389", "c32011")
    }
    # 115, 140.4 and 74.6 mm of text: 45 characters are 16 and 19.5 pt, and on the small card 10.25 pt
    assert sizes["a4-3x5"][1] == 16 <= sizes["a4-3x5"][0]
    assert sizes["avery-5389"][1] == 19.5
    assert sizes["c32011"][1] == 14.75


def test_words_are_divided_for_the_size_of_the_stack() -> None:
    short = note("Was?", "Unternehmenssoftwareentwicklungspro sind gut.", 1)
    long = "\n".join(["Ein Satz mit einigen Wörtern, der lang ist."] * 6)
    source = replace(deck(short, note("Wo?", long, 2), note("Wann?", long, 3)), language="de")
    alone, *_ = fit_deck(replace(source, notes=(short,)), pdf_stock="c32011", pdf_content="answer")
    fit, *_ = fit_deck(source, pdf_stock="c32011", pdf_content="answer")
    # the word is wider than its line at 14.75 pt, but not at 11.25 pt
    assert (alone.answer_size, fit.answer_size) == (14.75, 11.25)
    assert any(line.measured.is_divided for line in alone.backs[0].lines)
    assert not any(line.measured.is_divided for line in fit.backs[0].lines)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"pdf_smallest": 5.75}, "set `pdf.smallest` to 6 to 72 points"),
        ({"pdf_smallest": 72.25}, "set `pdf.smallest` to 6 to 72 points"),
        ({"pdf_smallest": float("nan")}, "set `pdf.smallest` to 6 to 72 points"),
        ({"pdf_largest": 5}, "set `pdf.largest` to 6 to 72 points"),
        ({"pdf_largest": 100}, "set `pdf.largest` to 6 to 72 points"),
        ({"pdf_smallest": 12, "pdf_largest": 11.5}, "12 pt, is larger than the largest, 11.5 pt"),
        ({"pdf_largest": 8}, "9 pt, is larger than the largest, 8 pt"),
    ],
)
def test_impossible_sizes_are_a_sentence(values: dict[str, float], words: str) -> None:
    exported = export(deck(note("Q?", "A.")), options(**values), 0)
    assert exported.files == ()
    (diagnostic,) = exported.diagnostics
    assert diagnostic.code == "pdf-setting"
    assert words in diagnostic.message
    with pytest.raises(SettingError):
        measure_usage([deck(note("Q?", "A."))], options(**values))
    with pytest.raises(SettingError):
        cards_svg(deck(note("Q?", "A.")), options(**values), str)


@pytest.mark.parametrize("values", [(6, 72), (6, 6), (72, 72), (9, None), (9.1, 9.2)])
def test_sizes_at_the_edges_of_their_range_are_possible(values: tuple[float, float | None]) -> None:
    smallest, largest = values
    source = deck(note("What is it?", "It is so.\nAnd so."))
    for fit in fit_deck(source, pdf_smallest=smallest, pdf_largest=largest):
        for size in (fit.answer_size, fit.question_size):
            assert smallest <= size <= max(largest or 22, smallest + 0.25)


@pytest.mark.parametrize("stock", ["a4-3x5", "c32011"])
def test_large_print_is_at_least_18_pt_and_continued(stock: str) -> None:
    values = {"pdf_stock": stock, "pdf_smallest": 18, "pdf_content": "answer"}
    column_width = (BY_NAME[stock].card[0] - 2 * (6 if stock == "a4-3x5" else 5.2)) * 72 / 25.4
    for fit in fit_deck(seed(), **values):
        assert fit.cards > 1
        for column in (*fit.fronts, *fit.backs):
            assert column.size >= 18
            for line in column.lines:
                width = line.measured.ends[line.stop - 1] - line.measured.starts[line.first]
                width += line.measured.indent - line.measured.trailing_space
                assert width * column.size <= column_width + 0.01
    (file,) = export(seed(), options(pdf_stock="a4-3x5", pdf_smallest=18), 0).files
    assert file.details["content"] == "cues"


@pytest.mark.parametrize(("smallest", "code_size"), [(9, 8), (9.25, 9.25), (18, 18), (7, 7)])
def test_code_is_smaller_than_text_but_not_in_large_print(smallest: float, code_size: float) -> None:
    source = deck(note("Which?", (CodeBlock("value = " + "a + " * 60 + "b"),)))
    (fit,) = fit_deck(source, pdf_smallest=smallest, pdf_content="answer")
    sizes = {line.measured.scale * back.size for back in fit.backs for line in back.lines}
    assert {round(size, 3) for size in sizes} == {code_size}


def test_largest_size_limits_questions_and_answers() -> None:
    fits = fit_deck(seed(), pdf_largest=10.5)
    assert {fit.question_size for fit in fits} == {10.5}
    assert max(fit.answer_size for fit in fits) == 10.5
    (fit,) = fit_deck(deck(note("Why?", "So.")), pdf_largest=40)
    assert (fit.question_size, fit.answer_size) == (40, 40)


def test_cues_and_answer_on_one_card_are_of_one_size() -> None:
    fits = fit_deck(seed(), pdf_content="both", pdf_stock="a4-a6")
    joined = [fit for fit in fits if fit.cues]
    assert joined
    for fit in joined:
        assert fit.cues is not None
        assert fit.cues.size == fit.backs[0].size
        assert fit.cues.lines[0].measured.label == "•"
        assert fit.backs[0].lines[0].measured.label == "1"
        assert fit.backs[0].lines[0].down == pytest.approx(0.76 * fit.answer_size)


def test_one_sided_cards_have_one_size() -> None:
    (file,) = export(seed(), options(pdf_duplex="single", pdf_stock="a4-a6"), 0).files
    assert file.details["question_size"] is None
    size = float(str(file.details["answer_size"]))
    fits = fit_deck(seed(), pdf_duplex="single", pdf_stock="a4-a6")
    assert {fit.answer_size - size for fit in fits if fit.answer_size >= size} <= STEPS
    assert "questions" not in file.summary


def test_preview_has_the_sizes_of_the_print() -> None:
    shown = cards_svg(seed(), options(pdf_stock="a4-3x5"), str)
    for fit in fit_deck(seed(), pdf_stock="a4-3x5"):
        (card,) = shown.cards[fit.note.key]
        assert f'font-size="{fit.question_size:.2f}"' in card.front
        assert f'font-size="{fit.answer_size:.2f}"' in str(card.back)


def test_continued_cards_are_one_diagnostic() -> None:
    exported = export(seed(), options(pdf_stock="c32011", pdf_content="answer"), 0)
    (diagnostic,) = exported.diagnostics
    count = len(exported.files[0].details["continued"])  # type: ignore[arg-type]
    assert diagnostic.message == (
        f"{count} of 28 questions need more than one card on c32011 "
        "(`--verbose` lists them; `pdf.content=cues` needs one each)."
    )
    assert diagnostic.hint is not None
    assert len(re.findall(r"\d+ \(\d\)", diagnostic.hint)) == count == len(diagnostic.ranges)
    exported = export(deck(note(LONG_QUESTION * 5, "So.")), options(pdf_content="cues"), 0)
    assert exported.diagnostics[0].message.endswith("on a4-3x5 (`--verbose` names it).")


@pytest.mark.parametrize(("count", "rest"), [(100, "100 (2). Shorten"), (101, "100 (2) and 1 more. Shorten")])
def test_list_of_continued_cards_is_limited(count: int, rest: str) -> None:
    source = deck(*(note("Q?", "A.", number) for number in range(1, count + 1)))
    reports = [NoteReport(each.key, str(each.position), 2, 9, 22) for each in source.notes]
    (diagnostic,) = continuation_diagnostics(source, reports, "a4-a7", None)
    assert diagnostic.hint is not None
    assert rest in diagnostic.hint


def test_stocks_have_the_smallest_and_the_median_size() -> None:
    usages = {usage.stock.name: usage for usage in measure_usage([seed()], options())}
    assert (usages["a4-3x5"].min_size, usages["a4-3x5"].median_size) == (9.25, 11.5)
    assert usages["c32011"].contents == (CardContent.CUES,)
    assert measure_usage([], options())[0].median_size == 0


@pytest.fixture
def project(command_line: CommandLine) -> CommandLine:
    # five long answers make the stack small; the card that changes is short
    bodies = [answer(8)] * 5 + ["Short.", "Brief."]
    source = "".join(f"Question {n}: What is {n}?\nAnswer:\n{body}\n\n" for n, body in enumerate(bodies, 1))
    (command_line.root / "q.txt").write_text(source)
    (command_line.root / "exporter.toml").write_text('[pdf]\nstock = "avery-5388"\n')
    return command_line


def test_a_reprinted_card_has_the_size_of_its_stack(project: CommandLine) -> None:
    project.run("build", "q.txt", "--to", "pdf")
    project.run("reprint", "q.txt", "--done")
    path = project.root / "q.txt"
    path.write_text(path.read_text().replace("Short.", "Shorter."))
    assert "1 card of 7" in project.run("reprint", "q.txt").output
    project.run("build", "q.txt", "--to", "pdf")

    def size_of(name: str, words: str) -> float:
        with read((project.root / "dist" / name).read_bytes()) as pdf:
            (match,) = [found for page in pdf.pages for found in page.search(words)]
            return float(match["chars"][0]["size"])

    reprinted = size_of("q-reprint.pdf", "Shorter")
    assert reprinted == size_of("q-cards.pdf", "Shorter") == size_of("q-cards.pdf", "Brief")
    assert reprinted < 15


def test_a_part_of_a_stack_has_only_its_own_images() -> None:
    media = {}
    for n in (1, 2):
        stream = io.BytesIO()
        Picture.new("RGB", (n, 1)).save(stream, "PNG")
        media[f"{n}.png"] = stream.getvalue()
    notes = [note(f"What is {n}?", (Image(f"{n}.png", ""),), n) for n in (1, 2)]
    part = replace(deck(notes[0]), media=media, stack=tuple(notes))
    assert cards(part).count(b"/Subtype /Image") == 1
    assert cards(replace(part, notes=tuple(notes))).count(b"/Subtype /Image") == 2


def test_sizes_are_settings_of_the_configuration(project: CommandLine) -> None:
    config = Path(project.root / "exporter.toml")
    config.write_text("[pdf]\nsmallest = 20\nlargest = 18\n")
    ran = project.run("build", "q.txt", "--to", "pdf")
    assert (ran.status, "[pdf-setting]" in ran.errors) == (2, True)
    assert not (project.root / "dist" / "q-cards.pdf").exists()
    config.write_text("[pdf]\nsmallest = 'tiny'\n")
    assert "[config-wrong-value]" in project.run("build", "q.txt", "--to", "pdf").errors
