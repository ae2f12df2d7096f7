"""What the backs of cue cards have: answers with bold cues, cues alone, or both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exporter.cards.card_content import MIN_FITTING_PERCENT, max_continued
from exporter.cards.deck_measurement import find_content
from exporter.cards.font_set import Fonts
from exporter.cards.stock_usage import measure_usage
from exporter.cards.svg import cards_svg
from exporter.cards.text_measurement import measure_line
from exporter.exporters.pdf import export
from exporter.model.deck import CardContent, Deck
from exporter.model.questions import (
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    Math,
    Paragraph,
    Strong,
    Subscript,
    Text,
)
from tests.in_process import CommandLine
from tests.pdf_decks import body_chars, cards, deck, note, options, read, seed, without_spaces

LONG = "\n".join(
    f"Line {number} of an answer about another engine that no card holds." for number in range(50)
)
ANSWER = "We rolled it out to five percent of the users first.\nThe error rate fell by half."


def back_words(source: Deck, **values: str) -> str:
    """Return the letters on the backs, which are not rotated on this stock."""
    with read(cards(source, **{"pdf_stock": "avery-5388", **values})) as pdf:
        return "".join(without_spaces(page.extract_text()) for page in pdf.pages[1::2])


def bold_words(source: Deck, **values: str) -> str:
    """Return the letters on the backs that are in bold."""
    with read(cards(source, **values)) as pdf:
        return without_spaces(
            "".join(
                c["text"] for page in pdf.pages[1::2] for c in body_chars(page) if "Bold" in c["fontname"]
            )
        )


def long_and_short(long: int, short: int) -> Deck:
    notes = [note(f"Long {number}?", LONG, number) for number in range(long)]
    return deck(*notes, *(note(f"Short {number}?", ANSWER, number + long) for number in range(short)))


def test_real_questions_are_one_business_card_each() -> None:
    (file,) = export(seed(), options(pdf_stock="avery-5371"), 0).files
    assert (file.details["cards"], file.details["sheets"]) == (28, 3)
    assert file.details["content"] == "cues"
    assert file.summary.startswith("28 cards with cues alone on 6 pages")
    words = ""
    with read(cards(seed(), pdf_stock="avery-5371")) as pdf:
        for page in pdf.pages[1::2]:
            for x in (0, page.width / 2):
                half = page.crop((x, 0, x + page.width / 2, page.height))
                words += without_spaces("".join(char["text"] for char in half.chars))
    assert all(without_spaces(cue) in words for entry in seed().notes for cue in entry.cues)
    assert "Withinafewdays" not in words


def test_real_questions_keep_their_answers_on_larger_cards() -> None:
    (file,) = export(seed(), options(pdf_stock="a4-3x5"), 0).files
    assert (file.details["cards"], file.details["content"]) == (28, "answer")
    assert "cues" not in file.summary
    words = back_words(seed())
    assert "Withinafewdays" in words


def test_cue_phrases_are_bold_in_the_answer() -> None:
    source = deck(note("How?", ANSWER))
    assert bold_words(source) == without_spaces("five percent of the users firsterror rate fell by half")


def test_bold_cues_do_not_overlap_what_follows() -> None:
    # the width of bold words counts: no line runs out of its card
    with read(cards(seed(), pdf_stock="a4-3x5")) as pdf:
        for page in pdf.pages[1::2]:
            assert max(char["x1"] for char in page.chars) < page.width - 10


@pytest.mark.parametrize("count", [10, 20, 28, 100])
def test_share_of_fitting_questions_decides(count: int) -> None:
    limit = max_continued(count)
    assert (count - limit) * 100 >= MIN_FITTING_PERCENT * count
    assert (count - limit - 1) * 100 < MIN_FITTING_PERCENT * count


@pytest.mark.parametrize(("long", "content"), [(1, CardContent.ANSWER), (2, CardContent.CUES)])
def test_nine_of_ten_fitting_questions_keep_answers(long: int, content: CardContent) -> None:
    source = long_and_short(long, 10 - long)
    (file,) = export(source, options(), 0).files
    assert file.details["content"] == content
    assert find_content(source, options()) is content
    (usage,) = [usage for usage in measure_usage([source], options()) if usage.stock.name == "a4-3x5"]
    assert usage.contents == (content,)
    assert usage.cards == file.details["cards"]


def test_long_questions_do_not_take_the_answers_away() -> None:
    notes = [note("Why? " * 300, ANSWER, number) for number in range(3)]
    (file,) = export(deck(*notes), options(), 0).files
    assert (len(file.details["continued"]), file.details["content"]) == (3, "answer")  # type: ignore[arg-type]


def test_setting_overrules_the_share() -> None:
    for content in CardContent:
        (file,) = export(long_and_short(2, 8), options(pdf_content=content.value), 0).files
        assert file.details["content"] == content


def test_cues_are_numbered_steps() -> None:
    words = back_words(deck(note("How?", ANSWER)), pdf_content="cues")
    assert without_spaces("1five percent of users first2error rate fell by half") in words


def test_cues_of_the_source_are_printed() -> None:
    source = deck(note("How?", ANSWER, cues=("Canary", "Half the errors")))
    assert without_spaces("1Canary2Half the errors") in back_words(source, pdf_content="cues")


def test_code_and_formulas_have_cues_on_cards() -> None:
    code = note("Which code?", (CodeBlock("def main():\n    pass", "python"),))
    formula = note("How long?", (Paragraph(((Text("The side is "), Math("a"), Text(".")),)),), 2)
    words = back_words(deck(code, formula), pdf_content="cues")
    assert "defmain()" in words
    assert without_spaces("side is \\(a\\)") in words


def test_answer_without_cues_stays_on_its_card() -> None:
    picture = note("What is seen?", (Image("dot.png", "a red dot"),))
    for content in ("cues", "both"):
        assert "areddot" in back_words(deck(picture), pdf_content=content)


def test_both_has_cues_above_the_answer() -> None:
    source = deck(note("How?", ANSWER))
    assert len(source.notes) == export(source, options(pdf_content="both"), 0).files[0].details["cards"]
    words = back_words(source, pdf_content="both")
    assert words.index("errorratefell") < words.index("Werolledit") < words.rindex("errorratefell")
    assert bold_words(source, pdf_content="both") == without_spaces(
        "five percent of users firsterror rate fell by half"
    )


def test_both_puts_cues_on_a_card_before_a_long_answer() -> None:
    lines = ["We rolled it out to five percent of the users first.", *["Then we looked at it."] * 12]
    source = deck(note("How?", "\n".join(lines)))
    (file,) = export(source, options(pdf_content="both", pdf_stock="avery-5388"), 0).files
    assert file.details["cards"] == 2
    with read(cards(source, pdf_content="both", pdf_stock="avery-5388")) as pdf:
        words = without_spaces(pdf.pages[1].extract_text())
    assert words.index("fivepercent") < words.index("Werolledit")


def test_one_sided_cards_have_the_same_contents() -> None:
    source = deck(note("How?", ANSWER))
    words = {}
    for content in CardContent:
        with read(cards(source, pdf_content=content.value, pdf_duplex="single")) as pdf:
            words[content] = without_spaces(pdf.pages[0].extract_text())
    assert "Werolledit" in words[CardContent.ANSWER]
    assert "Werolledit" not in words[CardContent.CUES]
    assert words[CardContent.BOTH].count("errorratefell") == 2


@pytest.mark.parametrize("stock", ["avery-5371", "a4-3x5"])
def test_preview_shows_the_same_content(stock: str) -> None:
    chosen = options(pdf_stock=stock)
    shown = cards_svg(seed(), chosen, str)
    (file,) = export(seed(), chosen, 0).files
    assert sum(map(len, shown.cards.values())) == file.details["cards"]
    backs = "".join(str(card.back) for note_cards in shown.cards.values() for card in note_cards)
    assert ("Within a few days" in backs) is (file.details["content"] == "answer")


def test_information_on_continued_cards_follows_the_content() -> None:
    def codes(**values: str) -> list[str]:
        return [
            diagnostic.code
            for diagnostic in export(seed(), options(pdf_stock="avery-5371", **values), 0).diagnostics
        ]

    assert "card-continued" not in codes()
    assert "card-continued" in codes(pdf_content="answer")


SOURCE = "".join(f"Question {n}: What is {n}?\nAnswer:\n{ANSWER}\n\n" for n in range(1, 5))


@pytest.fixture
def project(command_line: CommandLine) -> CommandLine:
    (command_line.root / "q.txt").write_text(SOURCE)
    return command_line


def test_reprint_tells_a_change_of_content(project: CommandLine) -> None:
    project.run("build", "q.txt", "--to", "pdf")
    project.run("reprint", "q.txt", "--done")
    ran = project.run("reprint", "q.txt", "--set", "pdf.content=cues")
    assert "were printed with their answers; now they have their cues alone" in ran.output
    assert "4 cards of 4: 4 cards with cues alone" in ran.output
    project.run("reprint", "q.txt", "--done", "--set", "pdf.content=cues")
    assert "nothing to print" in project.run("reprint", "q.txt", "--set", "pdf.content=cues").output
    assert '"printed": "cues:' in (project.root / "exporter.lock").read_text()
    ran = project.run("reprint", "q.txt")
    assert "were printed with their cues alone; now they have their answers" in ran.output
    assert "set `pdf.content` to `cues`" in ran.output


def test_reprint_of_cues_follows_the_cues(project: CommandLine) -> None:
    setting = ("--set", "pdf.content=cues")
    project.run("build", "q.txt", "--to", "pdf", *setting)
    project.run("reprint", "q.txt", "--done", *setting)
    path = project.root / "q.txt"
    path.write_text(SOURCE.replace("We rolled", "Then they rolled", 1))  # no word of a cue
    assert "nothing to print" in project.run("reprint", "q.txt", *setting).output
    path.write_text(SOURCE.replace("five percent", "ten percent", 1))
    assert "1 card of 4" in project.run("reprint", "q.txt", *setting).output


def test_reprint_of_a_part_has_the_content_of_the_whole(project: CommandLine) -> None:
    source = "".join(f"Question {n}: Long {n}?\nAnswer:\n{LONG}\n\n" for n in range(5, 8)) + SOURCE
    (project.root / "q.txt").write_text(source)
    project.run("build", "q.txt", "--to", "pdf")
    project.run("reprint", "q.txt", "--done")
    (project.root / "q.txt").write_text(source.replace("five percent", "ten percent", 1))
    # this card alone would fit with its answer
    assert "1 card of 7: 1 card with cues alone" in project.run("reprint", "q.txt").output


def test_moved_bold_prints_no_answer_again(project: CommandLine) -> None:
    project.run("build", "q.txt", "--to", "pdf")
    project.run("reprint", "q.txt", "--done")
    (project.root / "q.txt").write_text(SOURCE.replace("by half.\n", "by half.\nCues: error rate\n", 1))
    assert "nothing to print" in project.run("reprint", "q.txt").output


def test_stocks_show_the_content(project: CommandLine) -> None:
    (project.root / "q.txt").write_text(SOURCE.replace(ANSWER, ANSWER + "\n" + "\n".join([ANSWER] * 4)))
    lines = project.run("stocks", "q.txt").output.splitlines()
    contents = {line.split()[0]: line.split()[9] for line in lines[1:-2]}
    assert contents["a4-a6"] == "answer"
    assert contents["avery-5371"] == "cues"


@pytest.mark.parametrize(
    "line",
    [
        (Text("We "), Strong((Text("rolled it"),)), Text(" out.")),
        (
            Text("The "),
            Strong((Text("first"),)),
            Text(", then  the "),
            Emphasis((Text("second one"),)),
            Text("."),
        ),
        (Strong((Text(" a"),)), Text(" b "), Code("c d"), Text("e"), Strong((Text(" "),)), Text("f ")),
        (Text("co-operate "), Strong((Text("x/y"),)), Subscript((Text("2 3"),))),
    ],
)
def test_plain_words_in_styles_are_measured_as_any_words(line: Line) -> None:
    fonts = Fonts()
    # a character that is not drawn, and makes the words no plain ones
    other = (Text("\ufeff"), *line)
    fast, slow = (
        measure_line(text, fonts=fonts, max_word_width=99.0, indent=1.0, label="1", gap_above=0.5)
        for text in (line, other)
    )
    for name in ("starts", "ends", "width", "widest_word"):
        assert getattr(fast, name) == pytest.approx(getattr(slow, name))
    assert fast._replace(starts=[], ends=[], width=0, widest_word=0) == slow._replace(
        starts=[], ends=[], width=0, widest_word=0
    )


def test_words_in_styles_wider_than_the_line_are_divided() -> None:
    line = (Strong((Text("Supercalifragilistic"),)), Text(" word"))
    assert len(measure_line(line, fonts=Fonts(), max_word_width=99.0).words) == 2
    assert len(measure_line(line, fonts=Fonts(), max_word_width=4.0).words) > 2


@pytest.mark.parametrize("content", ["auto", "answer"])
def test_preview_reports_what_the_pdf_reports(content: str) -> None:
    # in two of two notes the answer is too long for a card: `auto` prints cues alone, without the image
    answer = (*paragraphs(LONG), Image("bad.png", "a box"))
    source = replace(deck(note("One 𓀀?", answer, 1), note("Two?", answer, 2)), media={"bad.png": b"x"})
    settings = options(pdf_content=content)
    reported = [
        diagnostic
        for diagnostic in export(source, settings, 0).diagnostics
        if diagnostic.code != "card-continued"
    ]
    assert list(cards_svg(source, settings, str).diagnostics) == reported
    codes = {diagnostic.code for diagnostic in reported}
    assert codes == {"missing-glyph"} | ({"unreadable-image"} if content == "answer" else set())


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(((Text(line),),)) for line in text.split("\n"))
