"""The tags of a note: those of the source, and one for its category, as filtered decks need them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from exporter.model.questions import Question

CATEGORY_ROOT = "category"
"""The parent of the tags of categories."""


def build_tags(question: Question) -> list[str]:
    """Return the tags of a question's note; Anki compares tags without regard to case."""
    tags = normalize_tags(question.tags)
    category_tag = make_category_tag(question.category or "")
    if category_tag and category_tag not in map(str.lower, tags):
        tags.append(category_tag)
    return tags


def normalize_tags(tags: Sequence[str]) -> list[str]:
    """Return tags with hyphens instead of spaces, which separate tags in Anki."""
    return ["-".join(tag.split()) for tag in tags]


@lru_cache(maxsize=256)  # many notes have the same category
def make_category_tag(category: str) -> str:
    """Return the tag of a category, such as `category::distributed-systems`, or an empty string.

    A tag in Anki contains neither spaces nor quotation marks, and `::` separates it from its parent.
    """
    text = unicodedata.normalize("NFC", category).lower()
    text = "".join(char for char in text if char != '"' and (char.isspace() or char.isprintable()))
    name = re.sub(":{2,}", ":", "-".join(text.split())).strip(":")
    return f"{CATEGORY_ROOT}::{name}" if name.strip("-") else ""


def is_category_tag(tag: str) -> bool:
    """Return whether a tag is that of a category, which exporter manages."""
    return tag.casefold().startswith(f"{CATEGORY_ROOT}::")


def plan_tag_changes(
    before: Collection[str],
    after: Collection[str],
    *,
    current: Collection[str],
    former: Collection[str],
) -> tuple[list[str], list[str]]:
    """Return which tags to add to a note after an import, and which to remove.

    `before` and `after` are the tags of the note before and after the import, `current` those of the source
    and `former` those of the source at the previous build. Tags that the user added are kept; tags that the
    source dropped are removed. A note without any category tag gets none: Anki would count it as edited.
    """
    dropped = {tag.casefold() for tag in former} - {tag.casefold() for tag in current}
    kept = [tag for tag in before if tag.casefold() not in dropped]
    present = {tag.casefold() for tag in after}
    has_category = any(map(is_category_tag, before))
    added = [
        tag
        for tag in dict.fromkeys([*current, *kept])
        if tag.casefold() not in present and (has_category or not is_category_tag(tag))
    ]
    return added, [tag for tag in after if tag.casefold() in dropped]
