"""The tags of a note: the source's own, and its category below one tag, for filtered decks."""

from __future__ import annotations

import re
import unicodedata

from exporter.anki.fields import normalize_tags
from exporter.model.questions import Question

CATEGORY_ROOT = "category"
"""The tag below which each category has its own."""


def build_tags(question: Question) -> list[str]:
    """Return all tags of a note; Anki does not tell capitals apart in them."""
    names = normalize_tags(question.tags)
    name = make_category_tag(question.category or "")
    return [*names, name] if name and name not in map(str.lower, names) else names


def make_category_tag(category: str) -> str:
    """Return the tag of a category, as `category::distributed-systems`, or nothing where none is left of it.

    A tag of Anki's has no spaces and no quotation marks, and `::` divides it from those above.
    """
    text = unicodedata.normalize("NFC", category).lower()
    text = "".join(char for char in text if char != '"' and (char.isspace() or char.isprintable()))
    name = re.sub(":{2,}", ":", "-".join(text.split())).strip(":")
    return f"{CATEGORY_ROOT}::{name}" if name.strip("-") else ""


def is_category_tag(tag: str) -> bool:
    """Return whether a tag says a category, and so is exporter's own."""
    return tag.casefold().startswith(f"{CATEGORY_ROOT}::")
