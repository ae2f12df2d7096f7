"""Metadata of a page that note-taking programs write as lines: at the top, below the title, at the end."""

from __future__ import annotations

import re

from exporter.readers.labels.metadata import split_tags
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown.note_app_lines import NoteLines

MIN_PROPERTY_LINES = 2
"""Minimum number of lines `Name: text` that are properties; a single one may be a sentence (unmeasured)."""

_PROPERTY = re.compile(r"\s*(?:[-*+]\s+)?(?P<key>[^\W\d_][\w /-]{0,40}?)(?P<sign>::?)(?:\s+(?P<text>.*))?")
_KEYS = frozenset(
    (
        *("title", "tags", "tag", "alias", "aliases", "icon", "public", "template", "author", "date", "url"),
        *("status", "owner", "priority", "assignee", "reviewed", "created", "created by", "created time"),
        *("created at", "updated", "updated at", "modified", "last edited", "last edited by", "source"),
        "last edited time",
    )
)
"""Names of properties, as Logseq, Notion, Dataview and MultiMarkdown have them."""

_BLOCK_START = re.compile(r"\s*(?:[-*+]\s|#{1,6}\s|\d+[.)]\s|$)")
_RECORD_LINE = re.compile(r"(?P<key>[a-z_]+):(?: (?P<text>.*))?")
_RECORD_ID = re.compile(r"[0-9a-f]{32}")
_LINKED_TAG = re.compile(r"#?\[\[([^\[\]]+)\]\]|#?([^\s,;#\[\]]+)")


def extract_page_metadata(notes: NoteLines) -> None:
    """Remove the metadata of a page from the lines of a file; its title and tags are kept as such."""
    _extract_record(notes)
    lines = notes.lines
    start = _find_text(lines, 0)
    if start < len(lines) and lines[start].startswith("# "):
        start = _find_text(lines, start + 1)
    _extract_properties(notes, start)


def _find_text(lines: list[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _extract_properties(notes: NoteLines, start: int) -> None:
    """Blank the lines `name:: text` or `Name: text` from a line on, if half of the names are known ones."""
    properties: list[re.Match[str]] = []
    for line in notes.lines[start:]:
        match = _PROPERTY.fullmatch(line)
        is_first_item = line.lstrip().startswith(("-", "*", "+")) and properties
        if match is None or is_first_item or (properties and match["sign"] != properties[0]["sign"]):
            break
        properties.append(match)
    end = start + len(properties)
    if not properties or (end < len(notes.lines) and not _BLOCK_START.match(notes.lines[end])):
        return
    keys = [match["key"].lower() for match in properties]
    known = sum(key in _KEYS for key in keys)
    is_short = properties[0]["sign"] == ":" and len(keys) < MIN_PROPERTY_LINES and keys[0] != "tags"
    if is_short or known * 2 < len(keys):  # half of the names; unmeasured
        return
    for index, (key, match) in enumerate(zip(keys, properties, strict=True), start):
        text = (match["text"] or "").strip()
        if key == "title" and text and notes.title is None:
            notes.title = text
        elif key in ("tags", "tag"):
            notes.tags += _read_tags(text)
        else:
            notes.properties.append((index, index + 1))
        notes.lines[index] = ""


def _read_tags(text: str) -> tuple[str, ...]:
    if "[[" in text:
        return tuple(linked or word for linked, word in _LINKED_TAG.findall(text))
    return tuple(split_tags(text))


def _extract_record(notes: NoteLines) -> None:
    """Blank the record at the end of a note that Joplin exports; the first line is then the title."""
    lines = notes.lines
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    values: dict[str, str] = {}
    while start and (match := _RECORD_LINE.fullmatch(lines[start - 1].rstrip("\r"))):
        values[match["key"]] = match["text"] or ""
        start -= 1
    if not _RECORD_ID.fullmatch(values.get("id", "").strip()) or "type_" not in values:
        return
    if start and lines[start - 1].strip():
        return
    lines[start:end] = [""] * (end - start)
    notes.properties.append((start, end))
    title = lines[0].strip() if lines else ""
    is_title = title and not title.startswith(("#", "-", "*", ">")) and not looks_like_question(title)
    if is_title and (len(lines) < 2 or not lines[1].strip()):
        notes.title = title
        lines[0] = ""
