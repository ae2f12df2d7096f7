"""Comparing the notes of a build with those in Anki: which may be replaced, and which were edited there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from exporter.anki.anki_notes import AnkiNote
from exporter.anki.apkg_reader import PackagedNote
from exporter.anki.fields import build_fields
from exporter.anki.note_type import FIELDS
from exporter.anki.tags import build_tags
from exporter.model.deck import Deck
from exporter.model.media_names import name_media
from exporter.readers.html import html_text

COMPARED = ("Question", "Answer", "Notes")
"""The fields whose text is compared; the others are derived from them, or have no text of the user."""


@dataclass(frozen=True, slots=True)
class BuiltNote:
    """A note of a build, with its fields as in the package; `modified` is in seconds since 1970."""

    question: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    modified: int


@dataclass(frozen=True, slots=True)
class Review:
    """The keys of the notes whose text differs in Anki.

    `stale` notes have the text of a former build in Anki, so that it may be replaced. `conflicting`
    notes changed both in Anki and in the source, `edited` ones only in Anki.
    """

    stale: tuple[str, ...] = ()
    conflicting: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


def build_notes(decks: Iterable[Deck]) -> dict[str, BuiltNote]:
    """Return the notes of decks by their keys."""
    notes = {}
    for deck in decks:
        names = name_media(deck.media)
        for note in deck.notes:
            fields = dict(zip(FIELDS, build_fields(note, deck, names), strict=True))
            tags = tuple(build_tags(note.question))
            notes[note.key] = BuiltNote(extract_words(fields["Question"]), fields, tags, note.modified)
    return notes


def review_notes(
    built: Mapping[str, BuiltNote],
    present: Mapping[str, AnkiNote],
    *,
    packaged: Mapping[str, PackagedNote],
    is_former: Callable[[str, str, str], bool],
    changed: Collection[str],
) -> Review:
    """Compare the notes of a build with those in Anki.

    `packaged` are the notes of the last build, and `changed` the keys of those that changed since.
    `is_former(key, question, answer)` returns whether the note had these texts in a former build.
    """
    stale, conflicting, edited = [], [], []
    for key, note in built.items():
        anki_note = present.get(key)
        if anki_note is None:
            continue
        last = packaged.get(key)
        if has_same_text(note.fields, anki_note.fields):
            if key in changed and not has_same_html(note.fields, anki_note.fields):
                stale.append(key)
        elif (last and has_same_text(last.fields, anki_note.fields)) or (
            is_former(key, anki_note.fields.get("Question", ""), anki_note.fields.get("Answer", ""))
            and (_has_same_notes(note.fields, anki_note.fields))
        ):
            stale.append(key)
        elif key in changed or (anki_note.modified is not None and note.modified > anki_note.modified):
            conflicting.append(key)
        else:
            edited.append(key)
    return Review(tuple(stale), tuple(conflicting), tuple(edited))


def _has_same_notes(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    other_notes = extract_words(others.get("Notes", ""))
    return not other_notes or other_notes == extract_words(fields["Notes"])


def has_same_text(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Return whether two notes have the same words, regardless of their markup."""
    return all(_has_same_words(fields.get(name, ""), others.get(name, "")) for name in COMPARED)


def has_same_html(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Return whether two notes have the same HTML in Unicode form NFC, in which Anki stores it."""

    def normalize_fields(texts: Mapping[str, str]) -> list[str]:
        return [unicodedata.normalize("NFC", texts.get(name, "")) for name in COMPARED]

    return normalize_fields(fields) == normalize_fields(others)


def extract_words(html: str) -> str:
    """Return the words of a field, without markup and in Unicode form NFC."""
    return " ".join(unicodedata.normalize("NFC", html_text(html)).split())


def _has_same_words(html: str, other: str) -> bool:
    # most fields are equal and do not have to be parsed
    return html == other or extract_words(html) == extract_words(other)
