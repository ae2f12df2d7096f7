"""The planned deck of a source: its names, and its questions with their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from exporter.anki.decks import is_same_deck, make_deck_id
from exporter.config.settings import Settings
from exporter.identity.records import Lock
from exporter.model.deck import KeyedQuestion
from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.pipeline.format_words import remove_format_words
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.lock_recovery import LostLock


@dataclass(frozen=True, slots=True)
class DeckPlan:
    """All questions of one source that have an answer, in the source's order; fields as in `Deck`."""

    name: str
    title: str
    stem: str
    source: str
    language: str
    questions: tuple[KeyedQuestion, ...]
    templates_modified: int = 0
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    voice: str = ""
    card_language: str = ""


def plan_deck(
    source: LoadedSource,
    questions: tuple[KeyedQuestion, ...],
    *,
    settings: Settings,
    templates_modified: int,
    exists: Callable[[str], bool],
    voice: str,
    card_language: str,
) -> DeckPlan:
    """Return the deck of a source; `exists` returns whether an earlier build used a name."""
    settings = settings.for_source(source.path.name)
    stem = source.path.stem
    typed = source.questions.title or stem.replace("-", " ").replace("_", " ")
    title = settings.title or remove_format_words(typed)
    name = settings.deck or source.questions.deck
    if not name:
        # Anki separates the names of a deck and its subdeck by `::`; in a title, `::` is plain text
        typed_name, name = ((settings.title or text).replace("::", ":") for text in (typed, title))
        name = typed_name if exists(typed_name) else name
    return DeckPlan(
        name=name,
        title=title,
        stem=stem,
        source=source.path.name,
        language=source.find_language(settings),
        questions=tuple(keyed for keyed in questions if _is_exportable(keyed.question)),
        templates_modified=templates_modified,
        media=source.media,
        voice=voice,
        card_language=card_language,
    )


def deck_exists(name: str, source_name: str, *, before: Lock, lost: LostLock | None) -> bool:
    """Return whether a former build created a deck with that name.

    `before` is the lock of the last build, and `lost` the data recovered for a missing lock. A lock
    with records but without decks is of a version that did not store the names of decks; its decks
    have the full titles as names.
    """
    if lost:
        return make_deck_id(name) in lost.deck_ids
    if not before.decks:
        return any(record.source == source_name and record.content for record in before.records)
    return any(is_same_deck(name, entry.name) for entry in before.decks)


def _is_exportable(question: Question) -> bool:
    """Return whether a question can be exported: it has an answer, and a front that is not empty for Anki."""
    return bool(question.answer) and bool(plain_text(question.question).strip())
