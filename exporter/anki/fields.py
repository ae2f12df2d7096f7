"""The eight fields of a note in Anki, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exporter.anki.escape import escape_text
from exporter.anki.html import AnkiHtml
from exporter.model.block_queries import find_steps
from exporter.model.deck import Deck, Note
from exporter.model.direction import has_rtl, is_rtl
from exporter.model.html import render_blocks, render_item, render_line
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, Line
from exporter.model.short_title import shorten_title
from exporter.model.text import line_text, plain_text


def build_fields(note: Note, deck: Deck, media: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields of a note, in the order of `note_type.FIELDS`.

    `media` maps the target of each image in the source to the name of its file in the package.
    """
    question = note.question
    front = render_item(question.question, AnkiHtml(media))
    return (
        _add_direction(front, plain_text(question.question), deck.language),
        render_answer(question.answer, media, deck.language),
        render_cues(note.cue_lines, deck.language),
        render_notes(question.notes or ""),
        # the header of the card: all decks share one template, and a full deck name is too long for it
        escape_text(question.category or shorten_title(deck.title)),
        number_text(question),
        escape_text(deck.source),
        note.key,
    )


def render_answer(answer: tuple[Block, ...], media: Mapping[str, str], language: str = "") -> str:
    """Return an answer: a list of steps, which the style numbers, or else its blocks."""
    lines = find_steps(answer)
    if not lines:
        return _add_direction(render_blocks(answer, AnkiHtml(media)), plain_text(answer), language)
    items = _render_lines(lines)
    texts = list(map(line_text, lines))
    rtl = is_rtl("\n".join(texts), language)
    if rtl:
        # the numbers are at the right; a line without right-to-left letters runs from the left
        items = [
            item if has_rtl(text) else f'<div dir="ltr">{item}</div>'
            for item, text in zip(items, texts, strict=True)
        ]
    return f'<ol class="steps"{_RTL if rtl else ""}>{_render_items(items)}</ol>'


def render_notes(notes: str) -> str:
    """Return the notes of a question, which are plain text."""
    return "<br>".join(map(escape_text, notes.split("\n")))


def render_cues(cues: tuple[Line, ...], language: str = "") -> str:
    """Return cues as a list, or an empty string if there are none."""
    rtl = _RTL if is_rtl("\n".join(map(line_text, cues)), language) else ""
    return f'<ul class="cues"{rtl}>{_render_items(_render_lines(cues))}</ul>' if cues else ""


def _render_lines(lines: tuple[Line, ...]) -> list[str]:
    policy = AnkiHtml()
    return [render_line(line, policy) for line in lines]


_RTL = ' dir="rtl"'


def _add_direction(html: str, text: str, language: str) -> str:
    """Return HTML with an explicit direction if browsers would derive a wrong one from its first letter."""
    is_misleading = is_rtl(text, language) and not is_rtl(text)
    return f"<div{_RTL}>{html}</div>" if is_misleading else html


def _render_items(texts: Iterable[str]) -> str:
    return f"<li>{'</li><li>'.join(texts)}</li>"
