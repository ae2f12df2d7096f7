"""Anki's template language: fields, conditions and filters, as the engine renders them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from exporter.model.character_references import unescape

_TOKEN = re.compile(r"<!--.*?(?:-->|\Z)|\{\{(?P<handle>.*?)\}\}", re.DOTALL)
"""A comment, which the engine leaves alone with all that is in it, or what stands in braces."""

_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
"""What a field may hold and still count as empty."""

_MARKUP = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)

MAX_NESTING = 50
"""How deep conditions may lie within each other: what renders them goes as deep."""

FRONT_SIDE = "FrontSide"
"""What the back may put in, the front finds empty, and no condition may ask for."""


class TemplateSyntaxError(ValueError):
    """A template that Anki would refuse; the text is a clause that says why, `line` where."""

    def __init__(self, reason: str, line: int) -> None:
        """Keep what is to be told."""
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Replacement:
    """A field to be put in, through filters, the innermost first."""

    field: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What stands only where a field is filled or, `negated`, where it is empty."""

    field: str
    negated: bool
    nodes: tuple[Node, ...]


Node = str | Replacement | Condition


def parse(template: str, fields: Collection[str]) -> tuple[Node, ...]:
    """Return a template's parts; `fields` are all that there are.

    Raises `TemplateSyntaxError` where its conditions do not close, or name a field there is not.
    """
    open_nodes: list[tuple[str, bool, list[Node], int]] = [("", False, [], 1)]
    line = 1
    for text, handle in _iter_tokens(template):
        nodes = open_nodes[-1][2]
        if handle is None:
            nodes.append(text)
        elif handle[:1] in ("#", "^"):
            if len(open_nodes) > MAX_NESTING:
                raise TemplateSyntaxError(f"conditions are nested more than {MAX_NESTING} levels deep", line)
            field = handle[1:].strip()
            _require_field(field, fields, line)
            open_nodes.append((field, handle[0] == "^", [], line))
        elif handle[:1] == "/":
            field, negated, inner, _ = open_nodes.pop()
            closed = handle[1:].strip()
            if len(open_nodes) == 0 or field != closed:
                reason = f"{{{{/{closed}}}}} is not opened; open it with {{{{#{closed}}}}} before"
                raise TemplateSyntaxError(reason, line)
            open_nodes[-1][2].append(Condition(field, negated, tuple(inner)))
        else:
            *filters, field = handle.split(":")
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
        raise TemplateSyntaxError(f"unknown field “{field}”; the fields are {', '.join(fields)}", line)


def iter_fields(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Yield every field that a template puts in."""
    for node in nodes:
        if isinstance(node, Replacement):
            yield node.field
        elif isinstance(node, Condition):
            yield from iter_fields(node.nodes)


def _iter_tokens(template: str) -> Iterator[tuple[str, str | None]]:
    """Yield each text, and each handle with the text it was."""
    at = 0
    for match in _TOKEN.finditer(template):
        if match["handle"] is None:
            continue
        if at < match.start():
            yield template[at : match.start()], None
        # Of three braces the engine takes two at each end: one is left at the close.
        yield match[0], match["handle"].lstrip("{").strip()
        at = match.end()
    if at < len(template):
        yield template[at:], None


def render(nodes: tuple[Node, ...], fields: Mapping[str, str]) -> str:
    """Return the HTML of a template for these fields."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Condition):
            filled = not _EMPTY.fullmatch(fields[node.field])
            if filled != node.negated:
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
    """Return a field's text through a filter; like Anki, one that is not known changes nothing."""
    if name == "text":
        return unescape(_MARKUP.sub("", text))
    if name == "hint" and text.strip():
        # Anki's own markup, but for its inline script: the page opens the hint itself.
        return (
            f'\n<a class=hint href="#" draggable=false>\n{escape(field)}</a>\n'
            f'<div class=hint style="display: none">{text}</div>\n'
        )
    if name.split("-")[0] == "type":
        return f'<input type="text" id="typeans" aria-label="{escape(field)}">'
    if name.split(" ")[0] == "tts":
        return ""
    return text
