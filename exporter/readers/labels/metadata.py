"""Metadata lines of a question, such as `Tags: a, b`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exporter.readers.labels import patterns, vocabulary
from exporter.readers.labels.vocabulary import MetadataField

NESTED_INDENT = 4  # argued: as in Markdown
"""Indentation relative to the file's markers, in columns, from which a line is code or part of a list.

As in Markdown.
"""


MAX_LABEL_CHARS = 40  # bound: time
"""The colon of a label is among these first characters of a line; the longest label has 10."""

MAX_CATEGORY_CHARS = 100
"""Longer text after `Category:` is part of the answer."""

MAX_CUE_WORDS = 4
"""Text with at least two commas is a list of cues if no part is longer."""


@dataclass(slots=True)
class Metadata:
    """A question's tags (without duplicates), cues, notes, id and category, as its labels give them."""

    tags: dict[str, None] = field(default_factory=dict)
    cues: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    id: str | None = None
    category: str | None = None

    def match(self, line: str) -> tuple[MetadataField, str] | None:
        """Return the field and the text of the label at the start of a line, or nothing.

        A second id or category is not a label.
        """
        label = match_metadata_label(line)
        if label and label[0] in (MetadataField.ID, MetadataField.CATEGORY) and getattr(self, label[0]):
            return None
        return label

    def add(self, field_name: str, text: str) -> None:
        """Add the text after a label to a field."""
        match field_name:
            case MetadataField.TAGS:
                self.tags.update(dict.fromkeys(split_tags(text)))
            case MetadataField.CUES:
                self.cues.extend(split_cues(text))
            case MetadataField.NOTES:
                self.notes.append(text)
            case MetadataField.ID:
                self.id = text
            case _:
                self.category = text


def measure_indent(line: str) -> int:
    """Return the indentation of a line in columns (a tab stop is 4)."""
    start = line[:200].expandtabs(4)  # argued: a tab stop, as in Markdown
    return len(start) - len(start.lstrip())


def match_metadata_label(line: str) -> tuple[MetadataField, str] | None:
    """Return the field and the text of a line such as `Tags: a, b`, or nothing."""
    if ":" not in line[:MAX_LABEL_CHARS] and "：" not in line[:MAX_LABEL_CHARS]:
        return None
    match = patterns.METADATA.match(line)
    if match is None or len(line) - len(line.lstrip()) >= NESTED_INDENT:
        return None
    label, text = match["label"].lower(), patterns.extract_text(match)
    field_name = vocabulary.METADATA_LABELS[label]
    if field_name is MetadataField.ID and not patterns.IDENTIFIER.fullmatch(text):
        return None
    if field_name is MetadataField.CATEGORY and (
        label not in vocabulary.CATEGORY_WORDS or not 0 < len(text) <= MAX_CATEGORY_CHARS
    ):
        return None
    return field_name, text


def split_tags(text: str) -> list[str]:
    """Return the tags of a line, separated by commas or semicolons, else by spaces."""
    pieces = re.split(r"[,;]", text) if "," in text or ";" in text else text.split()
    return [tag for piece in pieces if (tag := piece.strip().lstrip("#"))]


def split_cues(text: str) -> list[str]:
    """Return the cues of a line, separated by semicolons, ` · ` or ` | `; by commas if all are short."""
    for separator in (";", " · ", " | "):
        if separator in text:
            return [cue for piece in text.split(separator) if (cue := piece.strip())]
    pieces = [piece.strip() for piece in text.split(",")]
    if len(pieces) > 2 and all(piece and len(piece.split()) <= MAX_CUE_WORDS for piece in pieces):
        return pieces
    return [text.strip()] if text.strip() else []
