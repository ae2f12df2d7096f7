"""The rows of notes are those that genanki writes."""

from __future__ import annotations

import warnings

import genanki
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.anki.fields import note_fields
from exporter.anki.note_type import note_type
from exporter.anki.sql_rows import INSERT_CARD, INSERT_NOTE, Row, card_finder, card_row, note_row
from exporter.anki.tags import note_tags
from exporter.config.settings import Settings
from exporter.model.deck import Deck
from exporter.model.questions import Question
from exporter.model.text import plain_text
from tests.notes import make_note
from tests.strategies import questions

pytestmark = pytest.mark.slow

MODEL = note_type(Settings())
HAS_CARD = card_finder(MODEL)


class _Cursor:
    """Keeps what would be written."""

    lastrowid = 5

    def __init__(self) -> None:
        self.rows: list[tuple[str, Row]] = []

    def execute(self, statement: str, row: Row) -> None:
        self.rows.append((statement.rstrip(";"), row))


@given(questions(), st.integers(1, 2**40), st.integers(1, 9999))
def test_rows_are_those_that_genanki_writes(question: Question, modified: int, place: int) -> None:
    note = make_note("0123456789ab", question, modified, 5, place)
    fields = note_fields(note, Deck("Deck", "Title", "stem", "stem.txt", "en", (note,)), {})
    theirs = genanki.Note(
        MODEL,
        list(fields),
        sort_field=plain_text(question.question),
        tags=note_tags(question),
        guid=note.key,
        due=note.position,
    )
    cursor = _Cursor()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # code may look like a tag to genanki
        theirs.write_to_db(cursor, modified, 7, iter((5, 5)))
    ours = [(INSERT_NOTE, note_row(note, 5, fields))]
    if HAS_CARD(fields):
        ours.append((INSERT_CARD, card_row(note, 5, 7)))
    assert ours == cursor.rows
