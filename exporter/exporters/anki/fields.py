"""The eight fields of a note, as Anki's HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exporter.deck import Deck, Note
from exporter.exporters.anki.html import all_escaped, blocks_html, escaped, item_html, lines_html
from exporter.model import Block, Line, number_text, steps


def note_fields(note: Note, deck: Deck, media: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields of a note, in the order of `note_type.FIELDS`.

    `media` gives the name of a picture's file in the package for the target the source has.
    """
    question = note.question
    return (
        item_html(question.question, media),
        answer_html(question.answer, media),
        cues_html(note.cue_lines),
        "<br>".join(all_escaped(question.notes.split("\n"))) if question.notes else "",
        escaped(question.category or ""),
        number_text(question),
        escaped(deck.source),
        note.key,
    )


def answer_html(answer: tuple[Block, ...], media: Mapping[str, str]) -> str:
    """Return an answer: its lines as steps, which the style numbers, or its blocks."""
    lines = steps(answer)
    if lines:
        return f'<ol class="steps">{_items(lines_html(lines))}</ol>'
    return blocks_html(answer, media)


def cues_html(cues: tuple[Line, ...]) -> str:
    """Return cues as a list, or nothing where there are none."""
    return f'<ul class="cues">{_items(lines_html(cues))}</ul>' if cues else ""


def _items(texts: Iterable[str]) -> str:
    return f"<li>{'</li><li>'.join(texts)}</li>"


def tag_names(tags: tuple[str, ...]) -> list[str]:
    """Return tags as Anki has them, which knows no space within a tag."""
    return ["-".join(tag.split()) for tag in tags]
