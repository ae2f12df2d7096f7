"""The report on fitted notes: a summary, details for machines, and diagnostics."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from exporter.cards import shaping
from exporter.cards.font_advice import advise
from exporter.cards.font_files import font_info
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.note_fitting import number_of
from exporter.cards.size_search import QUARTERS_PER_POINT
from exporter.cards.stack_sizes import StackSizes
from exporter.config.choices import PrintMode
from exporter.model.block_queries import iter_formulas, iter_images
from exporter.model.deck import CardContent, Deck, Note
from exporter.model.diagnostics import Diagnostic, info, pluralize, warning
from exporter.model.question_numbers import parse_number
from exporter.model.questions import Math, Question
from exporter.model.text import plain_text

MAX_LISTED_NOTES = 100
"""Number of continued notes that the diagnostic lists; the others are counted."""
MAX_NAMED_CHARS = 5
"""Number of missing characters that one diagnostic names; the others are counted."""
MAX_NAMED_TEX_CHARS = 60
"""Length of a formula in a diagnostic; the lines of a terminal have 80 characters."""


@dataclass(frozen=True, slots=True)
class NoteReport:
    """The result for one note: how many cards it takes, and the sizes of answer and question in points.

    On one-sided cards, both are of one size.
    """

    key: str
    number: str
    cards: int
    answer_size: float
    question_size: float


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
    answers = _describe_range([report.answer_size for report in reports])
    questions = _describe_range([report.question_size for report in reports])
    sizes = f"{answers} pt" if answers == questions else f"{answers} pt, questions {questions} pt"
    continued = sum(report.cards > 1 for report in reports)
    tail = f", {continued} continued" if continued else ""
    return (
        f"{pluralize(cards, 'card')}{_CONTENT_PHRASES[content]} on {pluralize(pages, 'page')}, {sizes}{tail}"
    )


def _describe_range(sizes: Sequence[float]) -> str:
    smallest, largest = min(sizes), max(sizes)
    return f"{smallest:g}" if smallest == largest else f"{smallest:g} to {largest:g}"


def file_details(
    reports: Sequence[NoteReport],
    *,
    pages: int,
    sheets: int,
    stock: str,
    mode: PrintMode,
    content: CardContent,
    sizes: StackSizes,
) -> dict[str, object]:
    """Return what a summary says, and more, as JSON values; type sizes are in points."""
    all_sizes = [size for report in reports for size in (report.answer_size, report.question_size)]
    return {
        "stock": stock,
        "duplex": mode,
        "content": content.value,
        "cards": sum(report.cards for report in reports),
        "pages": pages,
        "sheets": sheets,
        "answer_size": sizes.answer / QUARTERS_PER_POINT,
        "question_size": None if mode is PrintMode.SINGLE else sizes.question / QUARTERS_PER_POINT,
        "smallest": min(all_sizes, default=None),
        "largest": max(all_sizes, default=None),
        "continued": [
            {"key": report.key, "number": parse_number(report.number), "cards": report.cards}
            for report in reports
            if report.cards > 1
        ],
    }


def continuation_diagnostics(
    deck: Deck, reports: Sequence[NoteReport], stock: str, cue_cards: int | None
) -> Iterator[Diagnostic]:
    """Yield one `card-continued` for all notes that take several cards; `reports` has an entry for each note.

    `cue_cards` is the number of cards that these notes take with their cues alone; None if they have
    cues alone. The hint lists the notes.
    """
    pairs = [(note, report) for note, report in zip(deck.notes, reports, strict=True) if report.cards > 1]
    if not pairs:
        return
    count = len(pairs)
    advice = "`--verbose` lists them" if count > 1 else "`--verbose` names it"
    if cue_cards is not None and cue_cards < sum(report.cards for _, report in pairs):
        need = ("one each" if count > 1 else "one") if cue_cards == count else pluralize(cue_cards, "card")
        advice += f"; `pdf.content=cues` needs {need}"
    spans = [note.question.span for note, _ in pairs if note.question.span]
    listed = ", ".join(f"{report.number} ({report.cards})" for _, report in pairs[:MAX_LISTED_NOTES])
    more = f" and {count - MAX_LISTED_NOTES:,} more" if count > MAX_LISTED_NOTES else ""
    diagnostic = info(
        "card-continued",
        f"{count:,} of {pluralize(len(reports), 'question')} {'needs' if count == 1 else 'need'} "
        f"more than one card on {stock} ({advice}).",
        replace(spans[0], text="") if spans else None,
        f"Questions and their cards: {listed}{more}. Shorten them, choose larger cards with `pdf.stock`, "
        "or set a smaller `pdf.smallest`.",
    )
    yield replace(diagnostic, ranges=tuple((span.line, span.line) for span in spans))


def diagnostics(
    note: Note,
    *,
    needs_shaping: bool,
    missing: Collection[str],
    gallery: Gallery,
    language: str,
    unset: Mapping[Math, str],
) -> Iterator[Diagnostic]:
    """Yield `script-support`, `missing-glyph`, `unreadable-image` and `formula-as-source` for one note.

    `missing` are characters that no font has; `gallery` has the images that cannot be drawn, and `unset`
    are the formulas that stay in TeX, with the reason; `language` is that of the deck.
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
        text += "".join(gallery.labels.get(image.target, "") for image in iter_images(question))
        # text is printed in composed form, which takes a few letters of Hebrew apart
        if chars := sorted(set(missing).intersection(text + normalize("NFC", text))):
            yield _missing_glyph(chars, number, question, language)
    if unreadable := gallery.unreadable:
        for target in sorted(unreadable.keys() & {image.target for image in iter_images(question)}):
            yield warning(
                "unreadable-image",
                f"The image “{target}” of question {number} cannot be read ({unreadable[target].reason}); "
                "the cards show its description.",
                question.span,
                unreadable[target].hint,
            )
    if unset:
        # cues have formulas on one line
        reasons = {_on_one_line(formula): reason for formula, reason in unset.items()}
        for tex in dict.fromkeys(map(_on_one_line, iter_formulas(question))):
            if tex in reasons:
                yield warning(
                    "formula-as-source",
                    f"The formula “{_shorten(tex)}” of question {number} {reasons[tex]}; "
                    "it is printed as typed.",
                    question.span,
                    "Write it with the commands that docs/paper.md names, or as a picture.",
                )


def _on_one_line(formula: Math) -> str:
    return " ".join(formula.tex.split())


def _shorten(tex: str) -> str:
    return tex if len(tex) <= MAX_NAMED_TEX_CHARS else tex[:MAX_NAMED_TEX_CHARS] + "…"


def _missing_glyph(chars: Sequence[str], number: str, question: Question, language: str) -> Diagnostic:
    return warning(
        "missing-glyph",
        f"Question {number} has {_name_chars(chars)}, which no font has.",
        question.span,
        advise(chars, language),
    )


def _name_chars(chars: Sequence[str]) -> str:
    names = ", ".join(f"{char} (U+{ord(char):04X})" for char in chars[:MAX_NAMED_CHARS])
    more = len(chars) - MAX_NAMED_CHARS
    return f"{names} and {more} more" if more > 0 else names


def font_diagnostics(deck: Deck, fonts: Fonts) -> Iterator[Diagnostic]:
    """Yield `missing-glyph` for the title, and `system-font` for each font of the system that was used."""
    if chars := sorted(fonts.missing.intersection(deck.title)):
        message = f"The title “{deck.title}” has {_name_chars(chars)}, which no font has."
        yield warning("missing-glyph", message, hint=advise(chars, deck.language))
    for file, chars in sorted(
        ((file, sorted(chars)) for file, chars in fonts.system_chars.items()),
        key=lambda item: (item[0].path, item[0].index),
    ):
        yield info(
            "system-font",
            f"{_name_chars(chars)}: printed in “{font_info(file).family}”, "
            f"a font of this system ({file.path}).",
            hint="Name the font in `pdf.font`, or copy its file into the project and name that, "
            "so that other machines print the same.",
        )
