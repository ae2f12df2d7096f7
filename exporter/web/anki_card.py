"""The phone: a note's front and back, from the very templates of the deck."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from exporter.anki.decks import choose_deck_name
from exporter.anki.fields import build_fields
from exporter.anki.note_type import FIELDS, MODEL_NAME, TEMPLATE_NAME, load_templates, parse_templates
from exporter.anki.tags import build_tags
from exporter.anki.template_language import FRONT_SIDE, render
from exporter.config.settings import Settings
from exporter.model.deck import Deck, Note


class Phone:
    """The templates in force, parsed once; `style` is the deck's CSS."""

    def __init__(self, settings: Settings, voice: str = "") -> None:
        """Read the templates, with speech in the locale `voice`.

        Raises `TemplateError` for one that Anki would refuse.
        """
        self._settings = settings
        texts = load_templates(settings, voice)
        self._front, self._back = parse_templates(texts, settings)
        self.style = texts[2]

    def render_card(self, note: Note, deck: Deck, pictures: Mapping[str, str]) -> tuple[str, str]:
        """Return the HTML of the front and the back; `pictures` has the address for each target."""
        name = choose_deck_name(note.question, deck.name, self._settings)
        fields = dict(zip(FIELDS, build_fields(note, deck, pictures), strict=True))
        fields |= {
            "Tags": escape(" ".join(build_tags(note.question))),
            "Type": MODEL_NAME,
            "Deck": escape(name),
            "Subdeck": escape(name.rpartition("::")[2]),
            "Card": TEMPLATE_NAME,
            "CardFlag": "flag0",
            "CardID": str(note.created),
            FRONT_SIDE: "",
        }
        front = render(self._front, fields)
        return front, render(self._back, {**fields, FRONT_SIDE: front})
