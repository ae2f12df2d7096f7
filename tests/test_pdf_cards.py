"""The PDF is read back: what is printed where, on every stock and in every print mode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from exporter.cards.imposition import Side, Slot, impose
from exporter.cards.stocks import STOCKS, Stock
from exporter.config.choices import PrintMode
from exporter.exporters.pdf import export
from exporter.model.questions import CodeBlock, ListBlock
from exporter.model.text import paragraph as lines
from exporter.model.text import plain_text
from tests.pdf_decks import MM, deck, find_body, note, options, read, without_spaces

MIN_MARGIN_MM = 5.0


@dataclass(frozen=True)
class Seen:
    """One side of one card on a page."""

    card: int
    side: Side
    slot: Slot
    chars: tuple[dict[str, Any], ...]
    body: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        return "".join(char["text"] for char in self.chars)

    @property
    def content(self) -> str:
        """The question or the answer, without header, numbers of steps and key."""
        return "".join(char["text"] for char in self.body)


def sides(data: bytes, stock: Stock, mode: PrintMode, count: int) -> Iterator[Seen]:
    """Yield each side of each card with its characters in reading order; every character is in one."""
    pages = impose(count, stock, mode=mode)
    with read(data) as pdf:
        assert len(pdf.pages) == len(pages)
        for page, printed in zip(pages, pdf.pages, strict=True):
            left = list(printed.chars)
            for card, slot in page.cards:
                rect = slot.rect
                box = [length * MM for length in (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)]
                chars = [char for char in left if overlaps(char, box)]
                left = [char for char in left if not overlaps(char, box)]
                inner = [
                    side + sign * MIN_MARGIN_MM * MM for side, sign in zip(box, (1, 1, -1, -1), strict=True)
                ]
                for char in chars:
                    assert char["x0"] >= inner[0] - 0.01 and char["x1"] <= inner[2] + 0.01, char
                    assert char["top"] >= inner[1] - 0.01 and char["bottom"] <= inner[3] + 0.01, char
                    # a space at the end of a full line is scaled to no width, which is not upright to pdfplumber
                    assert char["upright"] or char["x0"] == char["x1"]
                    assert (char["matrix"][0] < 0) == slot.is_rotated
                # drawn in reading order: the rule is that of the page's content
                yield Seen(card, slot.side, slot, tuple(chars), tuple(find_body(chars, [slot], stock, mode)))
            rest = "".join(char["text"] for char in left)
            assert rest == "" or f"sheet{page.sheet + 1}of" in without_spaces(rest)


def overlaps(char: dict[str, Any], box: list[float]) -> bool:
    return bool(
        char["x1"] > box[0] and char["x0"] < box[2] and char["bottom"] > box[1] and char["top"] < box[3]
    )


RICH = note(
    (lines("What is the output?"), CodeBlock("for i in range(3):\n    print(i)")),
    (
        lines("It counts:"),
        ListBlock(((lines("zero"),), (lines("one"), ListBlock(((lines("and a half"),),))), (lines("two"),))),
        CodeBlock("0\n1\n2"),
    ),
    90,
)
LONG = note(
    "Tell me everything.",
    "\n".join(f"Sentence {at} says one thing more than before." for at in range(20)),
    91,
)
SHORT = [note(f"Which is {number}?", f"Answer {number}.", number) for number in range(1, 9)]
"""With these, each stock needs a second sheet."""


@pytest.mark.parametrize("mode", list(PrintMode), ids=str)
@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_answers_are_behind_questions_inside_margins(stock: Stock, mode: PrintMode) -> None:
    source = deck(*SHORT, RICH, LONG)
    if stock.is_one_card and mode is PrintMode.FOLD:
        exported = export(source, options(pdf_stock=stock.name, pdf_duplex=str(mode)), 0)
        assert [diagnostic.code for diagnostic in exported.diagnostics] == ["pdf-setting"]
        return
    (file,) = export(
        source, options(pdf_stock=stock.name, pdf_duplex=str(mode), pdf_content="answer"), 0
    ).files
    data = file.data
    cards = {entry["number"]: entry["cards"] for entry in file.details["continued"]}  # type: ignore[attr-defined]
    count = [cards.get(note.question.number, 1) for note in source.notes]
    total = sum(count)
    assert total > len(stock.rects), "a second sheet"
    owners = [index for index, number in enumerate(count) for _ in range(number)]
    seen = list(sides(data, stock, mode, total))
    fronts = {side.card: side for side in seen if side.side is Side.FRONT}
    backs = {side.card: side for side in seen if side.side is Side.BACK}
    assert sorted(fronts) == list(range(total))
    if mode is not PrintMode.SINGLE:
        assert sorted(backs) == list(range(total))
    for index, entry in enumerate(source.notes):
        mine = [card for card, owner in enumerate(owners) if owner == index]
        question, answer = (
            without_spaces(plain_text(side)) for side in (entry.question.question, entry.question.answer)
        )
        answer_side = fronts if mode is PrintMode.SINGLE else backs
        answered = without_spaces("".join(answer_side[card].content for card in mine)).replace("•", "")
        if mode is PrintMode.SINGLE:
            assert answered == question + answer.replace("-", "")
        else:
            for card in mine:
                assert without_spaces(fronts[card].content) == question
                assert without_spaces(backs[card].text).startswith(question[:20])
            assert answered == answer.replace("-", "")
    for side in seen:
        assert all(char["size"] >= 9 - 0.01 for char in side.body if char["text"].strip())
        assert all(char["non_stroking_color"] in ((0,), 0) for char in side.chars)
