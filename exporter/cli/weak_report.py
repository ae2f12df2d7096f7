"""The report of `exporter weak`: the questions that are failed most, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.anki.review_stats import ReviewStats
from exporter.cli.change_report import shorten_first_line
from exporter.model.deck import Deck, Note
from exporter.model.diagnostics import pluralize
from exporter.model.question_numbers import number_prefix, number_text
from exporter.model.text import plain_text


@dataclass(frozen=True, slots=True)
class WeakNote:
    """A note that is failed, with its deck."""

    deck: Deck
    note: Note
    stats: ReviewStats


def iter_report(weak: Sequence[WeakNote]) -> Iterator[str]:
    """Yield a table of weak questions."""
    if not weak:
        yield "No question of these sources is among them."
        return
    yield f"{'again':>5} {'lapses':>6} {'difficulty':>10}  question"
    for entry in weak:
        stats, question = entry.stats, entry.note.question
        words = number_prefix(number_text(question)) + shorten_first_line(plain_text(question.question))
        difficulty = f"{stats.difficulty:.1f}" if stats.difficulty else "–"
        marks = ", ".join(_list_marks(stats))
        location = f"{question.span.path}:{question.span.line}" if question.span else entry.deck.source
        yield (
            f"{stats.again:>5} {stats.lapses:>6} {difficulty:>10}  {words}"
            f"  {location}{f'  ({marks})' if marks else ''}"
        )
    yield f"{pluralize(len(weak), 'question')}; “again” counts the failed reviews of the last 30 days."


def _list_marks(stats: ReviewStats) -> list[str]:
    return [f"flag {stats.flag}"] * bool(stats.flag) + ["suspended"] * stats.is_suspended


def as_json(entry: WeakNote) -> dict[str, object]:
    """Return a weak question as JSON values."""
    question, stats = entry.note.question, entry.stats
    return {
        "key": entry.note.key,
        "number": question.number,
        "question": plain_text(question.question),
        "path": question.span.path if question.span else entry.deck.source,
        "line": question.span.line if question.span else None,
        "reviews": stats.reviews,
        "again": stats.again,
        "lapses": stats.lapses,
        "difficulty": stats.difficulty or None,
        "flag": stats.flag or None,
        "suspended": stats.is_suspended,
    }
