"""The report on fitted notes: a summary, details for machines, and diagnostics."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.cards import shaping
from exporter.cards.note_fitting import number_of
from exporter.config.choices import PrintMode
from exporter.model.block_queries import iter_images
from exporter.model.deck import CardContent, Note
from exporter.model.diagnostics import Diagnostic, info, pluralize, warning
from exporter.model.question_numbers import parse_number
from exporter.model.questions import Question, SourceSpan
from exporter.model.text import plain_text

MAX_NAMED_CHARS = 5
"""Number of missing characters that one diagnostic names; the others are counted."""


@dataclass(frozen=True, slots=True)
class NoteReport:
    """The result for one note: how many cards it takes, and its type sizes in points."""

    key: str
    number: str
    cards: int
    min_size: float
    max_size: float


_CONTENT_PHRASES = {
    CardContent.ANSWER: "",
    CardContent.CUES: " with cues alone",
    CardContent.BOTH: " with cues and answers",
}


def summarize(reports: Sequence[NoteReport], pages: int, content: CardContent) -> str:
    """Return a summary of a file: the number of cards, their content, pages and type sizes."""
    if not reports:
        return "no cards"
    cards = sum(report.cards for report in reports)
    min_size = min(report.min_size for report in reports)
    max_size = max(report.max_size for report in reports)
    sizes = f"{min_size:g} pt" if min_size == max_size else f"{min_size:g} to {max_size:g} pt"
    continued = sum(report.cards > 1 for report in reports)
    tail = f", {continued} continued" if continued else ""
    return (
        f"{pluralize(cards, 'card')}{_CONTENT_PHRASES[content]} on {pluralize(pages, 'page')}, {sizes}{tail}"
    )


def file_details(
    reports: Sequence[NoteReport],
    *,
    pages: int,
    sheets: int,
    stock: str,
    mode: PrintMode,
    content: CardContent,
) -> dict[str, object]:
    """Return what a summary says, and more, as JSON values; type sizes are in points."""
    return {
        "stock": stock,
        "duplex": mode,
        "content": content.value,
        "cards": sum(report.cards for report in reports),
        "pages": pages,
        "sheets": sheets,
        "smallest": min((report.min_size for report in reports), default=None),
        "largest": max((report.max_size for report in reports), default=None),
        "continued": [
            {"key": report.key, "number": parse_number(report.number), "cards": report.cards}
            for report in reports
            if report.cards > 1
        ],
    }


def continuation_diagnostics(
    report: NoteReport, span: SourceSpan | None, content: CardContent
) -> Iterator[Diagnostic]:
    """Yield `card-continued` if a note takes several cards."""
    if report.cards > 1:
        yield info(
            "card-continued",
            f"Question {report.number} does not fit on one card at 9 pt; it takes {report.cards} cards.",
            span,
            "Shorten it, or choose larger cards with `pdf.stock`"
            + (", or print only cues with `pdf.content`." if content is not CardContent.CUES else "."),
        )


def diagnostics(
    note: Note, *, needs_shaping: bool, missing: Collection[str], unreadable: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield `script-support`, `missing-glyph` and `unreadable-image` for one note.

    `missing` are characters that no font has, `unreadable` the targets of images with the reason.
    """
    question, number = note.question, number_of(note)
    if needs_shaping and not shaping.is_available():
        yield warning(
            "script-support",
            f"Question {number} has letters that join or run from right to left; "
            "they are printed unjoined, from left to right.",
            question.span,
            "Install the libraries that shape them: pip install 'exporter[scripts]'.",
        )
    if missing:
        text = plain_text(question.question) + plain_text(question.answer) + (question.category or "")
        if chars := sorted(set(missing).intersection(text)):
            yield _missing_glyph(chars, number, question)
    if unreadable:
        for target in sorted(unreadable.keys() & {image.target for image in iter_images(question)}):
            yield warning(
                "unreadable-image",
                f"The image “{target}” of question {number} cannot be read ({unreadable[target]}); "
                "the cards show its description.",
                question.span,
                "Save it again as PNG or JPEG.",
            )


def _missing_glyph(chars: Sequence[str], number: str, question: Question) -> Diagnostic:
    names = ", ".join(f"{char} (U+{ord(char):04X})" for char in chars[:MAX_NAMED_CHARS])
    if len(chars) > MAX_NAMED_CHARS:
        names += f" and {len(chars) - MAX_NAMED_CHARS} more"
    return warning(
        "missing-glyph",
        f"Question {number} has {names}, which no font has.",
        question.span,
        "Set `pdf.font` to a TrueType file (.ttf) that has it, or to the name of a font family of fontpkg.",
    )
