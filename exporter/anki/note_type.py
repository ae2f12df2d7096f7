"""The note type, fixed from the first release.

Anki calls every note of a collection conflicting, and updates none, as soon as a field or
the template's name differs from what it has. So `FIELDS`, `MODEL_ID` and the names never
change; CSS and the templates' text may.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from exporter.anki.speech import add_speech
from exporter.anki.template_language import Node, TemplateSyntaxError, iter_fields, parse
from exporter.config.settings import Settings
from exporter.config.templates import template_error, template_path, template_text

MODEL_ID = 1_764_000_307
MODEL_NAME = "Interview question (exporter)"
TEMPLATE_NAME = "Question"
FIELDS = ("Question", "Answer", "Cues", "Notes", "Category", "Number", "Source", "Key")

SPECIAL_FIELDS = ("Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID")
"""What Anki gives each template beside the note's own fields."""

TEMPLATE_FILES = ("anki/front.html", "anki/back.html", "anki/style.css")


ANY_KEY_QUERY = "Key:_*"
"""The Anki search that finds the notes of this note type: of those with a field `Key` that is filled."""


def build_key_query(keys: Sequence[str]) -> str:
    """Return the Anki search that finds exactly the notes of these keys."""
    return f"Key:{keys[0]}" if len(keys) == 1 else f'"Key:re:^({"|".join(keys)})$"'


def load_templates(settings: Settings, voice: str = "") -> tuple[str, str, str]:
    """Return the front, the back and the style that are in force; `voice` is the locale of speech."""
    front, back, style = (template_text(name, settings.templates) for name in TEMPLATE_FILES)
    return add_speech(front, voice), back, style


def load_builtin_scripts() -> tuple[str, ...]:
    """Return the scripts of the templates that come with exporter; a project's own are not among them."""
    return tuple(script for name in TEMPLATE_FILES[:2] for script in _SCRIPT.findall(template_text(name, "")))


_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def parse_templates(texts: Sequence[str], settings: Settings) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Return the parts of the front and of the back; `texts` are those of the templates.

    Raises `TemplateError` for a template that Anki would refuse, or would make no card of.
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
    except TemplateSyntaxError as fault:
        raise template_error(_display_template_path(name, settings), fault.line, str(fault)) from fault


def _display_template_path(name: str, settings: Settings) -> str:
    return str(template_path(name, settings.templates))


def build_note_type(settings: Settings, voice: str = "") -> Any:
    """Return the genanki model, with speech in the locale `voice`.

    Raises `TemplateError` as `parse_templates` does.
    """
    from genanki import Model

    front, back, style = texts = load_templates(settings, voice)
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
    except Exception as fault:  # chevron and genanki raise bare ones where a front makes no sense
        reason = str(fault).partition("\n")[0] or "its braces do not match"
        raise template_error(_display_template_path(TEMPLATE_FILES[0], settings), 1, reason) from fault
    return model


def digest_templates(settings: Settings, voice: str = "") -> str:
    """Return the digest of CSS and templates; the note type's time moves when it changes."""
    joined = "\0".join(load_templates(settings, voice))
    return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()
