"""The report of a pull: what was edited in Anki, and what of it is not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from exporter.cli.change_report import shorten_first_line
from exporter.model.diagnostics import pluralize
from exporter.model.question_numbers import number_text
from exporter.model.text import plain_text
from exporter.pull.note_comparison import FIELDS
from exporter.pull.pulled_note import PulledNote, PullState

MAX_SHOWN_NOTES = 20
"""Maximum number of notes that are not in the sources and are printed with their text."""

_PHRASES = {
    PullState.EDITED: "edited in Anki",
    PullState.MERGED: "edited in Anki and in the file, on different lines",
    PullState.CONFLICT: "conflict",
    PullState.EMPTIED: "emptied in Anki",
    PullState.FORMATTING_ONLY: "only formatted in Anki, which the file cannot hold",
    PullState.NOT_WRITTEN: "edited in Anki, to be written by hand",
    PullState.REFUSED_BY_ANKI: "Anki would have refused this update; after the next build it takes it",
}


def iter_report(notes: Sequence[PulledNote]) -> Iterator[str]:
    """Yield the lines of the report, without the diff of the sources."""
    counts = Counter(note.state for note in notes)
    yield f"{pluralize(counts[PullState.AS_EXPORTED], 'note')} as exported."
    if count := counts[PullState.SOURCE_NEWER]:
        yield f"{pluralize(count, 'note')} changed here, and not yet in Anki."
    if count := counts[PullState.RETIRED]:
        yield f"{pluralize(count, 'note')} of retired questions."
    if count := counts[PullState.OTHER_SOURCE]:
        yield f"{pluralize(count, 'note')} of sources that were not read."
    for note in notes:
        pictures = note.anki.pictures if note.anki else ()
        if note.known and (note.state in _PHRASES or note.tags or note.ignored or pictures):
            yield from _describe(note)
    yield from _list_unknown(
        [note for note in notes if note.state is PullState.NOT_IN_SOURCE],
        "edited in Anki, and no longer in the sources",
    )
    yield from _list_unknown(
        [note for note in notes if note.state is PullState.FOREIGN], "made or copied in Anki"
    )


def _describe(note: PulledNote) -> Iterator[str]:
    """Yield the lines about a note of a question."""
    known = note.known
    assert known
    number = number_text(known.question)
    name = f"question {number}" if number else f"“{shorten_first_line(plain_text(known.question.question))}”"
    where = f"{name}, {known.path}:{known.line}"
    if note.state in _PHRASES:
        phrase = _PHRASES[note.state]
        if note.state is PullState.CONFLICT:
            phrase += f" in the {' and the '.join(note.fields)}"
        yield f"{where}: {phrase}."
    if note.reason:
        yield f"  {note.reason}"
    if note.lost_formatting and note.state is not PullState.FORMATTING_ONLY:
        yield "  Only the words are taken: the file cannot hold their formatting."
    if note.emptied:
        yield f"  Without text in Anki: {', '.join(note.emptied)}. That is never a deletion."
    if note.state in (PullState.CONFLICT, PullState.NOT_WRITTEN):
        yield from _show_sides(note)
    if note.state is PullState.CONFLICT:
        yield f"  Use --take {known.key} for the text of Anki, or --keep {known.key} for that of the file."
    if note.ignored:
        yield f"{where}: {' and '.join(note.ignored)} edited in Anki; the next build puts it back."
    if note.anki and note.anki.pictures:
        names = ", ".join(note.anki.pictures)
        yield f"{where}: pictures that only Anki has are not taken: {names}."
    if note.tags:
        yield f"{where}: tagged in Anki with {', '.join(note.tags)}; --tags writes that into the file."


def _show_sides(note: PulledNote) -> Iterator[str]:
    """Yield the text of a field in the file, if it differs, and in Anki."""
    assert note.known
    assert note.anki
    question = note.known.question
    in_file = {
        "question": plain_text(question.question),
        "answer": plain_text(question.answer),
        "cues": "\n".join(question.cues),
        "notes": question.notes or "",
    }
    for name in note.fields:
        if note.state is PullState.CONFLICT:
            yield f"  {name} in the file:"
            yield from (f"    {line}" for line in in_file[name].split("\n"))
        yield f"  {name} in Anki:"
        yield from (f"    {line}" for line in plain_text(getattr(note.anki, name)).split("\n"))


def _list_unknown(notes: Sequence[PulledNote], phrase: str) -> Iterator[str]:
    """Yield notes that no question has, with their text, ready to be pasted."""
    if not notes:
        return
    yield f"{pluralize(len(notes), 'note')} {phrase}:"
    for note in notes[:MAX_SHOWN_NOTES]:
        if note.anki:
            yield f"  Question: {plain_text(note.anki.question)}"
            yield from (f"  {line}" for line in ["Answer:", *plain_text(note.anki.answer).split("\n")])
    if len(notes) > MAX_SHOWN_NOTES:
        yield f"  … and {len(notes) - MAX_SHOWN_NOTES:,} more"


def as_json(note: PulledNote) -> dict[str, object]:
    """Return a note as JSON values."""
    known = note.known
    return {
        "key": note.key,
        "state": note.state.value,
        "path": str(known.path) if known else None,
        "line": known.line if known else None,
        "question": plain_text(known.question.question) if known else None,
        "fields": list(note.fields),
        "reason": note.reason or None,
        "emptied": list(note.emptied),
        "ignored": list(note.ignored),
        "tags": list(note.tags),
        "pictures": list(note.anki.pictures) if note.anki else [],
        "lost_formatting": note.lost_formatting,
        "in_anki": _edition_as_json(note),
    }


def _edition_as_json(note: PulledNote) -> dict[str, str] | None:
    if note.anki is None or note.state in (PullState.AS_EXPORTED, PullState.SOURCE_NEWER):
        return None
    return {name: plain_text(getattr(note.anki, name)) for name in FIELDS}
