"""The note type, whose fields and names are the same in all versions.

If a field or the name of the template differs from the one in a collection, Anki reports every note of an
import as conflicting and updates none. Therefore `FIELDS`, `MODEL_ID` and the names must not change; CSS and
the text of templates may.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from exporter.anki.speech import add_speech
from exporter.anki.template_language import Node, TemplateSyntaxError, iter_fields, parse
from exporter.config.accent_color import card_style
from exporter.config.settings import Settings
from exporter.config.templates import style_text, template_error, template_path, template_text
from exporter.config.words import ENGLISH, Words, find_words
from exporter.model.suggestions import suggest

MODEL_ID = 1_764_000_307
MODEL_NAME = "Interview question (exporter)"
TEMPLATE_NAME = "Question"
FIELDS = ("Question", "Answer", "Cues", "Notes", "Category", "Number", "Source", "Key")

SPECIAL_FIELDS = ("Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID")
"""The fields that Anki adds to those of the note, for templates."""

TEMPLATE_FILES = ("anki/front.html", "anki/back.html", "anki/style.css")


ANY_KEY_QUERY = "Key:_*"
"""The Anki search for all notes of this note type: those with a non-empty field `Key`."""


def build_key_query(keys: Sequence[str]) -> str:
    """Return the Anki search for exactly the notes with these keys."""
    return f"Key:{keys[0]}" if len(keys) == 1 else f'"Key:re:^({"|".join(keys)})$"'


def load_templates(settings: Settings, voice: str = "", language: str = "") -> tuple[str, str, str]:
    """Return the front, the back and the style; `voice` is the locale for reading aloud, or empty.

    The words in them are in a language (BCP 47). Raise `TemplateError` for an unknown word.
    """
    words = find_words(language, settings.words)
    front, back = (_add_words(name, words, settings) for name in TEMPLATE_FILES[:2])
    style = style_text(TEMPLATE_FILES[2], settings.templates, card_style(settings.color.accent))
    return add_speech(front, voice), back, style


def load_builtin_scripts(words: Words = ENGLISH) -> tuple[str, ...]:
    """Return the scripts in the built-in templates, without those of a project's own templates."""
    texts = (_add_words(name, words, Settings()) for name in TEMPLATE_FILES[:2])
    return tuple(script for text in texts for script in _SCRIPT.findall(text))


_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_WORD = re.compile(r"\[\[words\.(\w+)\]\]")
"""A word of the exporter in a template, `[[words.next_cue]]`; no word has characters of markup."""


def _add_words(name: str, words: Words, settings: Settings) -> str:
    """Return the text of a template with the words that it names."""
    text = template_text(name, settings.templates)
    known = [item.name for item in fields(Words)]
    for match in _WORD.finditer(text):
        if match[1] not in known:
            suggestion = suggest(match[1], known) or "next_cue"
            raise template_error(
                _display_template_path(name, settings),
                text.count("\n", 0, match.start()) + 1,
                f"there is no word “{match[1]}”; did you mean “{suggestion}”",
            )
    return _WORD.sub(lambda match: str(getattr(words, match[1])), text)


def parse_templates(texts: Sequence[str], settings: Settings) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Return the nodes of the front and of the back; `texts` begins with the text of these templates.

    Raises `TemplateError` for a template that Anki would reject, or whose front would be empty.
    """
    fields = (*FIELDS, *SPECIAL_FIELDS)
    front = _parse_template(texts[0], TEMPLATE_FILES[0], fields, settings)
    if not set(iter_fields(front)) & set(FIELDS):
        raise template_error(
            _display_template_path(TEMPLATE_FILES[0], settings), 1, "the front shows no field of the note"
        )
    return front, _parse_template(texts[1], TEMPLATE_FILES[1], fields, settings)


def _parse_template(text: str, name: str, fields: tuple[str, ...], settings: Settings) -> tuple[Node, ...]:
    try:
        return parse(text, fields)
    except TemplateSyntaxError as exc:
        raise template_error(_display_template_path(name, settings), exc.line, str(exc)) from exc


def _display_template_path(name: str, settings: Settings) -> str:
    return str(template_path(name, settings.templates))


def build_note_type(settings: Settings, voice: str = "", language: str = "") -> Any:
    """Return the model of genanki; `voice` is the locale for reading aloud, or empty.

    Raises `TemplateError` as `parse_templates` does.
    """
    from genanki import Model

    front, back, style = texts = load_templates(settings, voice, language)
    parse_templates(texts, settings)
    model = Model(
        MODEL_ID,
        MODEL_NAME,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": TEMPLATE_NAME, "qfmt": front, "afmt": back}],
        css=style,
    )
    try:
        model.to_json(0, 0)
    except Exception as exc:  # chevron and genanki raise `Exception` itself for an invalid front
        reason = str(exc).partition("\n")[0] or "its braces do not match"
        raise template_error(_display_template_path(TEMPLATE_FILES[0], settings), 1, reason) from exc
    return model


def digest_templates(settings: Settings, voice: str = "", language: str = "") -> str:
    """Return a digest of CSS and templates; if it changes, the note type gets a new modification time."""
    joined = "\0".join(load_templates(settings, voice, language))
    return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()
