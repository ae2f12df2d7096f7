"""Anki's template language: fields, conditions and filters, as the engine renders them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

_TOKEN = re.compile(r"<!--.*?(?:-->|\Z)|\{\{(?P<handle>.*?)\}\}", re.DOTALL)
"""A comment, which the engine leaves alone with all that is in it, or what stands in braces."""

_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
"""What a field may hold and still count as empty."""

_MARKUP = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)


class TemplateError(ValueError):
    """A template that Anki would refuse; the text is a whole sentence for the user."""


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


def parse(template: str) -> tuple[Node, ...]:
    """Return a template's parts; raises `TemplateError` where its conditions do not close."""
    open_nodes: list[tuple[str, bool, list[Node]]] = [("", False, [])]
    for text, handle in _tokens(template):
        nodes = open_nodes[-1][2]
        if handle is None:
            nodes.append(text)
        elif handle[:1] in ("#", "^"):
            open_nodes.append((handle[1:].strip(), handle[0] == "^", []))
        elif handle[:1] == "/":
            field, negated, inner = open_nodes.pop()
            if len(open_nodes) == 0 or field != handle[1:].strip():
                closed = handle[1:].strip()
                raise TemplateError(
                    f"{{{{/{closed}}}}} closes nothing: open it with {{{{#{closed}}}}} before."
                )
            open_nodes[-1][2].append(Condition(field, negated, tuple(inner)))
        else:
            *filters, field = handle.split(":")
            nodes.append(Replacement(field, tuple(reversed(filters))))
    field, negated, nodes = open_nodes.pop()
    if open_nodes:
        sign = "^" if negated else "#"
        raise TemplateError(f"{{{{{sign}{field}}}}} is never closed: end it with {{{{/{field}}}}}.")
    return tuple(nodes)


def _tokens(template: str) -> Iterator[tuple[str, str | None]]:
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
    """Return the HTML of a template for these fields; raises `TemplateError` for one there is not."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Condition):
            filled = not _EMPTY.fullmatch(_value(node.field, fields))
            if filled != node.negated:
                parts.append(render(node.nodes, fields))
        else:
            parts.append(_filtered(node, fields))
    return "".join(parts)


def _value(field: str, fields: Mapping[str, str]) -> str:
    if field not in fields:
        known = ", ".join(fields)
        raise TemplateError(f"There is no field “{field}”. A template may use {known}.")
    return fields[field]


def _filtered(node: Replacement, fields: Mapping[str, str]) -> str:
    text = "" if node.filters and not node.field else _value(node.field, fields)
    for name in node.filters:
        text = _apply(name.strip(), text, node.field)
    return text


def _apply(name: str, text: str, field: str) -> str:
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
