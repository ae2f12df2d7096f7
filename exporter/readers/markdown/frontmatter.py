"""Front matter: YAML between `---`, or TOML between `+++`, at the start of a Markdown file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exporter.model.diagnostics import Diagnostic, info, warning
from exporter.readers import SourceText
from exporter.readers.labels.metadata import split_tags

MAX_LINES = 500
"""Maximum length of front matter; a longer text between two fences is content; unmeasured."""

_YAML_KEYS = frozenset(("title", "deck", "language", "lang", "tags", "keywords"))
_TOML_KEYS = _YAML_KEYS | {"name"}


@dataclass(slots=True)
class FrontMatter:
    """The metadata of a file; `length` is the number of lines of the front matter."""

    title: str | None = None
    deck: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    length: int = 0
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
            matter.diagnostics.append(warning("bad-front-matter", message, source.span(1), hint))
        return matter
    matter.length = end + 1
    matter.title = _read_text(values.get("title"))
    matter.deck = _read_text(values.get("deck")) or (
        _read_text(values.get("name")) if fence == "+++" else None
    )
    matter.language = _read_text(values.get("language")) or _read_text(values.get("lang"))
    tags = values.get("tags") or values.get("keywords")
    if isinstance(tags, str):
        matter.tags = tuple(split_tags(tags))
    elif isinstance(tags, Sequence):
        matter.tags = tuple(text for tag in tags if (text := _read_text(tag)))
    keys = _TOML_KEYS if fence == "+++" else _YAML_KEYS
    unknown = [str(name) for name in values if str(name) not in keys]
    if unknown:
        message = f"Unknown keys of the front matter were left out: {', '.join(unknown)[:200]}."
        hint = "Nothing needs to be done; title, deck, language and tags are read."
        matter.diagnostics.append(info("metadata-skipped", message, source.span(1), hint))
    return matter


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
