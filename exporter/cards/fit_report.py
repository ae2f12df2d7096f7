"""The report: what was set at which size, and what a person should know about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.cards import shaping
from exporter.cards.note_fitting import number_of
from exporter.model.block_queries import iter_images
from exporter.model.deck import CardContent, Note
from exporter.model.diagnostics import Diagnostic, info, pluralize, warning
from exporter.model.question_numbers import parse_number
from exporter.model.questions import Question, SourceSpan
from exporter.model.text import plain_text

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class NoteReport:
    """How one note came out: its cards, and its smallest and largest size in points."""

    key: str
    number: str
    cards: int
    least: float
    most: float


_IN_WORDS = {
    CardContent.ANSWER: "",
    CardContent.CUES: " with cues alone",
    CardContent.BOTH: " with cues and answers",
}


def holds(entries: Sequence[NoteReport], pages: int, content: CardContent) -> str:
    """Return a file's contents in words: cards, what they have, pages and the range of sizes."""
    if not entries:
        return "no cards"
    cards = sum(one.cards for one in entries)
    least, most = min(one.least for one in entries), max(one.most for one in entries)
    sizes = f"{least:g} pt" if least == most else f"{least:g} to {most:g} pt"
    more = sum(one.cards > 1 for one in entries)
    tail = f", {more} continued" if more else ""
    return f"{pluralize(cards, 'card')}{_IN_WORDS[content]} on {pluralize(pages, 'page')}, {sizes}{tail}"


def details(
    entries: Sequence[NoteReport], pages: int, sheets: int, stock: str, duplex: str, content: CardContent
) -> dict[str, object]:
    """Return the same for machines, ready for JSON; sizes are in points."""
    return {
        "stock": stock,
        "duplex": duplex,
        "content": content.value,
        "cards": sum(one.cards for one in entries),
        "pages": pages,
        "sheets": sheets,
        "smallest": min((one.least for one in entries), default=None),
        "largest": max((one.most for one in entries), default=None),
        "continued": [
            {"key": one.key, "number": parse_number(one.number), "cards": one.cards}
            for one in entries
            if one.cards > 1
        ],
    }


def continued(entry: NoteReport, span: SourceSpan | None, content: CardContent) -> Iterator[Diagnostic]:
    """Yield that a note takes several cards, if it does."""
    if entry.cards > 1:
        yield info(
            "card-continued",
            f"Question {entry.number} does not fit on one card at 9 pt; it takes {entry.cards} cards.",
            span,
            "Shorten it, or choose larger cards with `pdf.stock`"
            + (", or print only cues with `pdf.content`." if content is not CardContent.CUES else "."),
        )


def findings(
    note: Note, special: bool, missing: Collection[str], broken: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield what is to be said about the characters and images of one note.

    `special` says whether any of its letters need shaping; `missing` are the characters that no font
    has, `broken` the images that cannot be read.
    """
    question, number = note.question, number_of(note)
    if special and not shaping.is_available():
        yield warning(
            "script-support",
            f"Question {number} has letters that join or run from right to left; "
            "they are set one after another.",
            question.span,
            "Install the libraries that shape it: pip install 'exporter[scripts]'.",
        )
    if missing:
        words = plain_text(question.question) + plain_text(question.answer) + (question.category or "")
        if lost := sorted(set(missing).intersection(words)):
            yield _missing(lost, number, question)
    if broken:
        for target in sorted(broken.keys() & {image.target for image in iter_images(question)}):
            yield warning(
                "unreadable-image",
                f"The image '{target}' of question {number} cannot be read ({broken[target]}); "
                "the cards show its description.",
                question.span,
                "Save it again as PNG or JPEG.",
            )


def _missing(lost: Sequence[str], number: str, question: Question) -> Diagnostic:
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in lost[:MOST_NAMED])
    if len(lost) > MOST_NAMED:
        named += f" and {len(lost) - MOST_NAMED} more"
    return warning(
        "missing-glyph",
        f"No font has {named}, which question {number} needs.",
        question.span,
        "Set `pdf.font` to a TrueType file (.ttf) that has it, or to the name of a font family of fontpkg.",
    )
