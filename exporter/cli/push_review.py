"""Which notes in Anki an import may replace, and which were edited there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from exporter.anki.anki_notes import AnkiNote
from exporter.anki.apkg_reader import PackagedNote
from exporter.anki.apkg_writer import name_media
from exporter.anki.fields import build_fields
from exporter.anki.note_type import FIELDS
from exporter.anki.tags import build_tags
from exporter.model.deck import Deck
from exporter.readers.html import html_text

COMPARED = ("Question", "Answer", "Notes")
"""The fields whose text is compared: the others follow from these, or have no text of the user's."""


@dataclass(frozen=True, slots=True)
class BuiltNote:
    """A note as a build has it for Anki."""

    question: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    modified: int


@dataclass(frozen=True, slots=True)
class Review:
    """The notes whose text differs in Anki, by their keys.

    `stale` have a text that was ours in a former build, so the new one may replace it. `conflicting`
    were edited in Anki, and the source changed as well; `edited` in Anki alone.
    """

    stale: tuple[str, ...] = ()
    conflicting: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


def built_notes(decks: Iterable[Deck]) -> dict[str, BuiltNote]:
    """Return the notes of decks by their keys."""
    notes = {}
    for deck in decks:
        names = name_media(deck.media)
        for note in deck.notes:
            fields = dict(zip(FIELDS, build_fields(note, deck, names), strict=True))
            tags = tuple(build_tags(note.question))
            notes[note.key] = BuiltNote(words_of(fields["Question"]), fields, tags, note.modified)
    return notes


def review(
    built: Mapping[str, BuiltNote],
    present: Mapping[str, AnkiNote],
    packaged: Mapping[str, PackagedNote],
    is_former: Callable[[str, str, str], bool],
    changed: Collection[str],
) -> Review:
    """Compare the notes of a build with those in Anki.

    `packaged` are the notes of the last build, `changed` the keys of those that changed since.
    `is_former` says of a key, a question and an answer whether the note had that text once.
    """
    stale, conflicting, edited = [], [], []
    for key, mine in built.items():
        theirs = present.get(key)
        if theirs is None:
            continue
        last = packaged.get(key)
        if same_text(mine.fields, theirs.fields):
            if key in changed and not same_html(mine.fields, theirs.fields):
                stale.append(key)
        elif (last and same_text(last.fields, theirs.fields)) or (
            is_former(key, theirs.fields.get("Question", ""), theirs.fields.get("Answer", ""))
            and (_same_notes(mine.fields, theirs.fields))
        ):
            stale.append(key)
        elif key in changed or (theirs.modified is not None and mine.modified > theirs.modified):
            conflicting.append(key)
        else:
            edited.append(key)
    return Review(tuple(stale), tuple(conflicting), tuple(edited))


def _same_notes(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    theirs = words_of(others.get("Notes", ""))
    return not theirs or theirs == words_of(fields["Notes"])


def same_text(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Return whether two notes have the same words; how they are marked up has no meaning."""
    return all(_same_words(fields.get(name, ""), others.get(name, "")) for name in COMPARED)


def same_html(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Return whether two notes have the same fields, as Anki keeps them."""
    mine, theirs = (
        [unicodedata.normalize("NFC", texts.get(name, "")) for name in COMPARED] for texts in (fields, others)
    )
    return mine == theirs


def words_of(html: str) -> str:
    """Return the words of a field."""
    return " ".join(unicodedata.normalize("NFC", html_text(html)).split())


def _same_words(html: str, other: str) -> bool:
    # most fields are equal, and need not be parsed
    return html == other or words_of(html) == words_of(other)
