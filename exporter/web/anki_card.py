"""Rendering the Anki cards of notes from the card templates of their deck."""

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


class CardRenderer:
    """The parsed card templates of a deck; `style` is its CSS."""

    def __init__(self, settings: Settings, voice: str = "", language: str = "") -> None:
        """Load the templates, with text-to-speech in the locale `voice` and words in `language`.

        Raise `TemplateError` for a template that Anki would not accept.
        """
        self._settings = settings
        texts = load_templates(settings, voice, language)
        self._front, self._back = parse_templates(texts, settings)
        self.style = texts[2]

    def render_card(self, note: Note, deck: Deck, pictures: Mapping[str, str]) -> tuple[str, str]:
        """Return the HTML of the front and the back; `pictures` are the URLs of pictures by target."""
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
