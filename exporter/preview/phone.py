"""The phone: a note's front and back, from the very templates of the deck."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from exporter.deck import Deck, Note
from exporter.exporters.anki.decks import deck_name
from exporter.exporters.anki.fields import note_fields, tag_names
from exporter.exporters.anki.note_type import (
    FIELDS,
    MODEL_NAME,
    TEMPLATE_FILES,
    TEMPLATE_NAME,
    template_texts,
)
from exporter.options import Options
from exporter.preview.template_language import Node, TemplateError, parse, render


class Phone:
    """The templates in force, parsed once; `style` is the deck's CSS."""

    def __init__(self, options: Options) -> None:
        """Read the templates; raises `TemplateError` for one that Anki would refuse."""
        self._options = options
        front, back, self.style = template_texts(options)
        self._front = self._parsed(front, TEMPLATE_FILES[0])
        self._back = self._parsed(back, TEMPLATE_FILES[1])

    def _parsed(self, template: str, name: str) -> tuple[Node, ...]:
        try:
            return parse(template)
        except TemplateError as fault:
            raise TemplateError(f"In the template {name}: {fault}") from None

    def faces(self, note: Note, deck: Deck, pictures: Mapping[str, str]) -> tuple[str, str]:
        """Return the HTML of the front and the back; `pictures` has the address for each target."""
        name = deck_name(note, deck, self._options)
        fields = dict(zip(FIELDS, note_fields(note, deck, pictures), strict=True))
        fields |= {
            "Tags": escape(" ".join(tag_names(note.question.tags))),
            "Type": MODEL_NAME,
            "Deck": escape(name),
            "Subdeck": escape(name.rpartition("::")[2]),
            "Card": TEMPLATE_NAME,
            "CardFlag": "flag0",
            "CardID": str(note.created),
        }
        front = self._rendered(self._front, fields, TEMPLATE_FILES[0])
        fields["FrontSide"] = front
        return front, self._rendered(self._back, fields, TEMPLATE_FILES[1])

    def _rendered(self, nodes: tuple[Node, ...], fields: Mapping[str, str], name: str) -> str:
        try:
            return render(nodes, fields)
        except TemplateError as fault:
            raise TemplateError(f"In the template {name}: {fault}") from None
