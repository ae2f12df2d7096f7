"""The template language of Anki: fields, conditions and filters, rendered as Anki does."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from exporter.model.character_references import unescape
from exporter.model.suggestions import suggest

_TOKEN = re.compile(r"<!--.*?(?:-->|\Z)|\{\{(?P<tag>.*?)\}\}", re.DOTALL)
"""A comment, in which Anki replaces nothing, or a tag in double braces."""

_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
"""A field that counts as empty: white space, and empty lines of the editor."""

_MARKUP = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)

MAX_NESTING = 50  # unmeasured
"""The maximum nesting of conditions, because they are rendered recursively."""

FRONT_SIDE = "FrontSide"
"""The field with the front: the back may show it, on the front it is empty, conditions may not test it."""


class TemplateSyntaxError(ValueError):
    """A template that Anki would reject; the message is a clause with the reason, `line` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        """Initialize the error."""
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Replacement:
    """A field to insert through filters, the innermost first."""

    field: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Nodes that are rendered only if a field is not empty or, if `negated`, only if it is empty."""

    field: str
    negated: bool
    nodes: tuple[Node, ...]


Node = str | Replacement | Condition


def parse(template: str, fields: Collection[str]) -> tuple[Node, ...]:
    """Return the nodes of a template that may use `fields`.

    Raises `TemplateSyntaxError` for unbalanced conditions and unknown fields.
    """
    open_nodes: list[tuple[str, bool, list[Node], int]] = [("", False, [], 1)]
    line = 1
    for text, tag in _iter_tokens(template):
        nodes = open_nodes[-1][2]
        if tag is None:
            nodes.append(text)
        elif tag[:1] in ("#", "^"):
            if len(open_nodes) > MAX_NESTING:
                raise TemplateSyntaxError(f"conditions are nested more than {MAX_NESTING} levels deep", line)
            field = tag[1:].strip()
            _require_field(field, fields, line)
            open_nodes.append((field, tag[0] == "^", [], line))
        elif tag[:1] == "/":
            field, negated, inner, _ = open_nodes.pop()
            closed = tag[1:].strip()
            if len(open_nodes) == 0 or field != closed:
                reason = f"{{{{/{closed}}}}} is not opened; open it with {{{{#{closed}}}}} before"
                raise TemplateSyntaxError(reason, line)
            open_nodes[-1][2].append(Condition(field, negated, tuple(inner)))
        else:
            *filters, field = tag.split(":")
            if field != FRONT_SIDE and (field or not filters):
                _require_field(field, fields, line)
            nodes.append(Replacement(field, tuple(reversed(filters))))
        line += text.count("\n")
    field, negated, nodes, line = open_nodes.pop()
    if open_nodes:
        sign = "^" if negated else "#"
        raise TemplateSyntaxError(
            f"{{{{{sign}{field}}}}} is not closed; close it with {{{{/{field}}}}}", line
        )
    return tuple(nodes)


def _require_field(field: str, fields: Collection[str], line: int) -> None:
    if field not in fields:
        suggestion = suggest(field, list(fields))
        guess = f"; did you mean “{suggestion}”" if suggestion else ""
        reason = f"unknown field “{field}”{guess}; the fields are {', '.join(fields)}"
        raise TemplateSyntaxError(reason, line)


def iter_fields(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Yield every field that a template inserts."""
    for node in nodes:
        if isinstance(node, Replacement):
            yield node.field
        elif isinstance(node, Condition):
            yield from iter_fields(node.nodes)


def _iter_tokens(template: str) -> Iterator[tuple[str, str | None]]:
    """Yield each text with `None`, and each tag as it was typed with its content."""
    start = 0
    for match in _TOKEN.finditer(template):
        if match["tag"] is None:
            continue
        if start < match.start():
            yield template[start : match.start()], None
        # of three braces Anki takes two at each end: one remains behind the tag
        yield match[0], match["tag"].lstrip("{").strip()
        start = match.end()
    if start < len(template):
        yield template[start:], None


def render(nodes: tuple[Node, ...], fields: Mapping[str, str]) -> str:
    """Return the HTML of a template with the values of `fields`."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Condition):
            is_filled = not _EMPTY.fullmatch(fields[node.field])
            if is_filled != node.negated:
                parts.append(render(node.nodes, fields))
        else:
            parts.append(_render_replacement(node, fields))
    return "".join(parts)


def _render_replacement(node: Replacement, fields: Mapping[str, str]) -> str:
    text = fields[node.field] if node.field else ""
    for name in node.filters:
        text = _apply_filter(name.strip(), text, node.field)
    return text


def _apply_filter(name: str, text: str, field: str) -> str:
    """Return the text of a field through a filter; as in Anki, an unknown filter changes nothing."""
    if name == "text":
        return unescape(_MARKUP.sub("", text))
    if name == "hint" and text.strip():
        # the markup of Anki without its inline script: the page itself opens the hint
        return (
            f'\n<a class=hint href="#" draggable=false>\n{escape(field)}</a>\n'
            f'<div class=hint style="display: none">{text}</div>\n'
        )
    if name.split("-")[0] == "type":
        return f'<input type="text" id="typeans" aria-label="{escape(field)}">'
    if name.split(" ")[0] == "tts":
        return ""
    return text
