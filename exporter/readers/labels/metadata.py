"""What lines such as `Tags: a, b` say about a question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exporter.readers.labels import patterns, vocabulary

NESTED_INDENT = 4
"""A line indented by so much more than the file's markers is code, or part of a list."""


@dataclass(slots=True)
class Metadata:
    """A question's tags, each once, cues, notes, id and category, as its labels give them."""

    tags: dict[str, None] = field(default_factory=dict)
    cues: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    id: str | None = None
    category: str | None = None

    def match(self, line: str) -> tuple[str, str] | None:
        """Return kind and text of a label at the line's beginning; a second id or category is none."""
        found = match_metadata_label(line)
        if found and found[0] in ("id", "category") and getattr(self, found[0]):
            return None
        return found

    def add(self, kind: str, rest: str) -> None:
        """Fill in what stands behind a label."""
        match kind:
            case "tags":
                self.tags.update(dict.fromkeys(split_tags(rest)))
            case "cues":
                self.cues.extend(split_cues(rest))
            case "notes":
                self.notes.append(rest)
            case "id":
                self.id = rest
            case _:
                self.category = rest


def measure_indent(line: str) -> int:
    """Return how far a line is indented, in columns."""
    start = line[:200].expandtabs(4)
    return len(start) - len(start.lstrip())


def match_metadata_label(line: str) -> tuple[str, str] | None:
    """Return what a line such as `Tags: a, b` fills, and with what."""
    if ":" not in line[:40] and "：" not in line[:40]:
        return None
    found = patterns.META.match(line)
    if found is None or len(line) - len(line.lstrip()) >= NESTED_INDENT:
        return None
    label, rest = found["label"].lower(), patterns.extract_text(found)
    kind = vocabulary.METADATA_LABELS[label]
    if kind == "id" and not patterns.IDENTIFIER.fullmatch(rest):
        return None
    if kind == "category" and (label != "category" or not 0 < len(rest) <= 100):
        return None
    return kind, rest


def split_tags(text: str) -> list[str]:
    """Return the tags of a line: between commas or semicolons, else between spaces."""
    pieces = re.split(r"[,;]", text) if "," in text or ";" in text else text.split()
    return [tag for piece in pieces if (tag := piece.strip().lstrip("#"))]


def split_cues(text: str) -> list[str]:
    """Return the cues of a line: between semicolons or dots; between commas where all are short."""
    for separator in (";", " · ", " | "):
        if separator in text:
            return [cue for piece in text.split(separator) if (cue := piece.strip())]
    pieces = [piece.strip() for piece in text.split(",")]
    if len(pieces) > 2 and all(piece and len(piece.split()) <= 4 for piece in pieces):
        return pieces
    return [text.strip()] if text.strip() else []
