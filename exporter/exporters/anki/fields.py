"""The eight fields of a note, as Anki's HTML."""

from __future__ import annotations

from exporter.deck import Deck, Note
from exporter.exporters.anki.html import block_html, escaped, item_html, line_html
from exporter.model import Block, steps


def note_fields(note: Note, deck: Deck) -> tuple[str, ...]:
    """Return the fields of a note, in the order of `note_type.FIELDS`."""
    question = note.question
    return (
        item_html(question.question),
        answer_html(question.answer),
        cues_html(note.cues),
        "<br>".join(map(escaped, (question.notes or "").split("\n"))),
        escaped(question.category or ""),
        "" if question.number is None else str(question.number),
        escaped(deck.source),
        note.key,
    )


def answer_html(answer: tuple[Block, ...]) -> str:
    """Return an answer: its lines as steps, which the style numbers, or its blocks."""
    lines = steps(answer)
    if lines:
        return f'<ol class="steps">{"".join(f"<li>{line_html(line)}</li>" for line in lines)}</ol>'
    return "".join(map(block_html, answer))


def cues_html(cues: tuple[str, ...]) -> str:
    """Return cues as a list, or nothing where there are none."""
    return f'<ul class="cues">{"".join(f"<li>{escaped(cue)}</li>" for cue in cues)}</ul>' if cues else ""


def tag_names(tags: tuple[str, ...]) -> list[str]:
    """Return tags as Anki has them, which knows no space within a tag."""
    return ["-".join(tag.split()) for tag in tags]
