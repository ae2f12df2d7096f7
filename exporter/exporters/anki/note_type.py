"""The note type, fixed from the first release.

Anki calls every note of a collection conflicting, and updates none, as soon as a field or
the template's name differs from what it has. So `FIELDS`, `MODEL_ID` and the names never
change; CSS and the templates' text may.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from exporter.options import Options
from exporter.render import broken, template_path, template_text

MODEL_ID = 1_764_000_307
MODEL_NAME = "Interview question (exporter)"
TEMPLATE_NAME = "Question"
FIELDS = ("Question", "Answer", "Cues", "Notes", "Category", "Number", "Source", "Key")

_SHOWN = re.compile(r"\{\{(?:[\w-]+:)*(\w+)\}\}")
"""The fields that a template shows, with filters before their names."""

TEMPLATE_FILES = ("anki/front.html", "anki/back.html", "anki/style.css")


def template_texts(options: Options) -> tuple[str, str, str]:
    """Return the front, the back and the style that are in force."""
    front, back, style = (template_text(name, options.templates) for name in TEMPLATE_FILES)
    return front, back, style


def note_type(options: Options) -> Any:
    """Return the genanki model."""
    from genanki import Model

    front, back, style = template_texts(options)
    model = Model(
        MODEL_ID,
        MODEL_NAME,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": TEMPLATE_NAME, "qfmt": front, "afmt": back}],
        css=style,
    )
    place = str(template_path(TEMPLATE_FILES[0], options.templates))
    if not set(_SHOWN.findall(front)) & set(FIELDS):
        raise broken(place, 1, "the front shows no field of the note")
    try:
        model.to_json(0, 0)
    except Exception as fault:  # chevron and genanki raise bare ones where a front makes no sense
        raise broken(place, 1, str(fault).partition("\n")[0] or "its braces do not match") from fault
    return model


def template_digest(options: Options) -> str:
    """Return the digest of CSS and templates; the note type's time moves when it changes."""
    joined = "\0".join(template_texts(options))
    return hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()
