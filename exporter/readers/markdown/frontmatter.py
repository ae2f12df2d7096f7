"""Front matter: YAML between `---`, or TOML between `+++`, at the start of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from exporter.model.diagnostics import Diagnostic, info, warning
from exporter.model.source_lines import number_ranges
from exporter.readers import SourceText
from exporter.readers.labels.metadata import split_tags

MAX_LINES = 500
"""Maximum length of front matter; a longer text between two fences is content; unmeasured."""

_ENTRY = re.compile(r"""(?P<table>\[{1,2})?["']?(?P<key>[\w][\w. -]{0,100}?)["']?\s*(?(table)\]|[:=])""")
"""The start of an entry, or of a table in TOML, which has all entries below it."""


@dataclass(slots=True)
class FrontMatter:
    """The metadata of a file.

    `length` is the number of lines of the front matter; `comments` are the lines (from 0) of comments in it.
    """

    title: str | None = None
    deck: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    length: int = 0
    comments: list[tuple[int, int]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_front_matter(source: SourceText) -> FrontMatter:
    """Return the front matter of a file.

    Reports `bad-front-matter` and `metadata-skipped`.
    """
    lines = source.lines
    matter = FrontMatter()
    fence = lines[0].rstrip() if lines else ""
    if fence not in ("---", "+++"):
        return matter
    ends = ("---", "...") if fence == "---" else ("+++",)
    end = next((i for i in range(1, min(len(lines), MAX_LINES)) if lines[i].rstrip() in ends), None)
    if end is None:
        return matter
    body = lines[1:end]
    values = _parse_toml(body) if fence == "+++" else _parse_yaml(body)
    if values is None:
        if any(":" in line or "=" in line for line in body[:1]):
            matter.length = end + 1
            language = "TOML" if fence == "+++" else "YAML"
            message = f"The front matter is not valid {language}, and was left out."
            hint = (
                'Fix it: one entry per line, such as “title: My list” (YAML) or “title = "My list"” (TOML).'
            )
            diagnostic = warning("bad-front-matter", message, source.span(1), hint)
            ranges = number_ranges(lines, [(0, end + 1)])
            matter.diagnostics.append(replace(diagnostic, ranges=ranges))
        return matter
    matter.length = end + 1
    used: set[str] = set()

    def read(*names: str) -> str | None:
        """Return the text of the first of these keys that has one."""
        for name in names:
            if text := _read_text(values.get(name)):
                used.add(name)
                return text
        return None

    matter.title = read("title")
    matter.deck = read("deck", *(["name"] if fence == "+++" else []))
    matter.language = read("language", "lang")
    name = "tags" if values.get("tags") else "keywords"
    tags = values.get(name)
    if isinstance(tags, str):
        matter.tags = tuple(split_tags(tags))
    elif isinstance(tags, Sequence):
        matter.tags = tuple(text for tag in tags if (text := _read_text(tag)))
    if matter.tags:
        used.add(name)
    entries, matter.comments = _find_entries(body)
    last = {key: start for key, start, _ in entries}
    repeated = [key for key, start, _ in entries if key in used and last[key] != start]
    if unused := dict.fromkeys([*(str(name) for name in values if str(name) not in used), *repeated]):
        message = f"Left out of the front matter: {', '.join(unused)[:200]}."
        hint = "Nothing needs to be done; title, deck, language and tags are read."
        skipped = [(start, stop) for key, start, stop in entries if key not in used or last[key] != start]
        diagnostic = info("metadata-skipped", message, source.span(1), hint)
        matter.diagnostics.append(replace(diagnostic, ranges=number_ranges(lines, skipped)))
    return matter


def _find_entries(body: Sequence[str]) -> tuple[list[tuple[str, int, int]], list[tuple[int, int]]]:
    """Return the key of each entry with its first line and its end, and the lines of comments.

    Lines count from 0 in the file, of which `body` begins at 1.
    """
    entries: list[tuple[str, int, int]] = []
    comments: list[tuple[int, int]] = []
    in_table = False
    for index, line in enumerate(body, 1):
        match = _ENTRY.match(line)
        if line.lstrip().startswith("#"):
            comments.append((index, index + 1))
        elif match and (match["table"] or not in_table):
            in_table = bool(match["table"])
            entries.append((match["key"].partition(".")[0], index, index + 1))
        elif line.strip():
            key, start, _ = entries.pop() if entries else ("", index, index)
            entries.append((key, start, index + 1))
    return entries, comments


def _parse_yaml(lines: Sequence[str]) -> Mapping[str, Any] | None:
    import yaml

    try:
        values = yaml.safe_load("\n".join(lines))
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        return None
    return values if isinstance(values, dict) else None


def _parse_toml(lines: Sequence[str]) -> Mapping[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None


def _read_text(value: object) -> str | None:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value).strip() or None
    return None
