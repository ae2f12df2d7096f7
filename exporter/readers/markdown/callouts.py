"""Call-outs of Obsidian and GitHub, such as `> [!note] Title`, and those that are questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.blocks import convert_node, convert_nodes, read_segments
from exporter.readers.markdown.cards import make_card_events
from exporter.readers.markdown.details_summaries import is_answer_label
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.note_app_marks import make_paragraph
from exporter.readers.markdown.paragraph_styles import find_bold_question
from exporter.readers.markdown.parser import Node

if TYPE_CHECKING:
    from markdown_it.token import Token

QUESTION_CALLOUT = "question call-out"
"""The kind of a node whose first child has the blocks of a question, and its second those of the answer."""

_CALLOUT = re.compile(r"\[!(?P<kind>[^\]\[|\n]{1,40})(?:\|[^\]\[\n]{0,80})?\](?P<fold>[+-]?)(?:[ \t]+|$)")
_ASKING_KINDS = frozenset(("question", "faq", "help"))
_ANSWERING_KINDS = frozenset(("answer", "solution", "success", "check", "done"))
_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class _Callout:
    """A call-out: its kind, its title in bold if it has one, and its other blocks."""

    kind: str
    title: Node | None
    body: list[Node]


def convert_callouts(nodes: list[Node]) -> None:
    """Convert call-outs to quotations with a title in bold, and those that ask to question call-outs.

    The answer to a question is what else is in its call-out, or a call-out such as `[!answer]` in it or
    right below it.
    """
    converted: list[Node] = []
    for node in nodes:
        callout = _read_callout(node)
        if callout is None:
            convert_callouts(node.children)
            converted.append(node)
        elif callout.kind in _ASKING_KINDS:
            converted += _convert_question(node, callout)
        elif callout.kind in _ANSWERING_KINDS and converted and _is_unanswered(converted[-1]):
            converted[-1].children[1].children = _convert_answer(callout)
            converted[-1].end = node.end
        else:
            converted.append(_make_quote(node, callout))
    nodes[:] = converted


def _read_callout(quote: Node) -> _Callout | None:
    """Return a quotation as a call-out, if its first line says that it is one."""
    if quote.kind != "blockquote" or not quote.children:
        return None
    first = quote.children[0]
    if first.kind != "paragraph" or not first.children or not first.children[0].token.children:
        return None
    tokens = first.children[0].token.children
    match = _CALLOUT.match(tokens[0].content) if tokens[0].type == "text" else None
    if match is None:
        return None
    end = next((i for i, token in enumerate(tokens) if token.type in _BREAKS), len(tokens))
    rest = tokens[0].content[match.end() :]
    words = [*([replace(tokens[0], content=rest)] if rest else []), *tokens[1:end]]
    title = make_paragraph(first, 0, _make_strong(words)) if words else None
    body = [make_paragraph(first, 1, tokens[end + 1 :])] if tokens[end + 1 :] else []
    return _Callout(match["kind"].strip().lower(), title, [*body, *quote.children[1:]])


def _make_quote(node: Node, callout: _Callout) -> Node:
    """Return a quotation with the title of a call-out, or its kind."""
    convert_callouts(callout.body)
    node.children = [callout.title or _name_kind(node, callout), *callout.body]
    return node


def _name_kind(node: Node, callout: _Callout) -> Node:
    from markdown_it.token import Token

    words = callout.kind.replace("-", " ").replace("_", " ").capitalize()
    inline = Node("inline", Token("inline", "", 0, content="", children=[]), node.line, node.line + 1)
    paragraph = Node("paragraph", Token("paragraph_open", "p", 1), node.line, node.line + 1, [inline])
    return make_paragraph(paragraph, 0, _make_strong([Token("text", "", 0, content=words)]))


def _make_strong(tokens: Sequence[Token]) -> list[Token]:
    from markdown_it.token import Token

    if tokens[0].type == "strong_open" and tokens[-1].type == "strong_close":
        return list(tokens)
    opening = Token("strong_open", "strong", 1, markup="**")
    return [opening, *tokens, Token("strong_close", "strong", -1, markup="**")]


def _convert_question(node: Node, callout: _Callout) -> list[Node]:
    """Return a call-out that asks; one whose title is only that of the questions in it is not."""
    body = callout.body
    question = [callout.title] if callout.title is not None else []
    text = _read_text(callout.title)
    if _is_label(text) and body and body[0].kind == "paragraph":
        asked, *rest = _split_question(body[0])
        question, body = [*(question if patterns.match_marker(text) else []), asked], [*rest, *body[1:]]
    elif not looks_like_question(text) and any(map(_asks, body)):
        convert_callouts(body)
        return [callout.title or _name_kind(node, callout), *body]
    answer = next((i for i, block in enumerate(body) if _is_answer(block)), None)
    if answer is not None:
        question, inner = [*question, *body[:answer]], _read_callout(body[answer])
        body = [*(_convert_answer(inner) if inner else []), *body[answer + 1 :]]
    convert_callouts(question)
    convert_callouts(body)
    parts = [Node(QUESTION_CALLOUT, node.token, node.line, node.end, part) for part in (question, body)]
    return [Node(QUESTION_CALLOUT, node.token, node.line, node.end, parts)]


def _read_text(node: Node | None) -> str:
    return " ".join(part.text for part in read_segments(node)) if node is not None else ""


def _is_label(text: str) -> bool:
    """Return whether a title says no more than that a question follows, as `Question 3` does."""
    marker = patterns.match_marker(text)
    return text.strip(" :?").lower() in ("", *_ASKING_KINDS) or (marker is not None and not marker.rest)


def _split_question(node: Node) -> list[Node]:
    """Return the lines of a paragraph up to that with a question mark, or the first, and the others."""
    parts = read_segments(node)
    row = next((part.row for part in parts if ends_with_question_mark(part.text)), 0)
    tokens = node.children[0].token.children or []
    breaks = [i for i, token in enumerate(tokens) if token.type in _BREAKS]
    if row >= len(breaks):
        return [node]
    first, rest = tokens[: breaks[row]], tokens[breaks[row] + 1 :]
    return [make_paragraph(node, 0, first), make_paragraph(node, row + 1, rest)]


def _asks(node: Node) -> bool:
    """Return whether a block in a call-out is a further question: a call-out, or a line in bold."""
    callout = _read_callout(node)
    if callout is not None:
        return callout.kind in _ASKING_KINDS
    parts = read_segments(node) if node.kind == "paragraph" else []
    return bool(parts) and find_bold_question(parts[0].line) is not None


def _is_answer(node: Node) -> bool:
    callout = _read_callout(node)
    return callout is not None and callout.kind in _ANSWERING_KINDS


def _convert_answer(callout: _Callout) -> list[Node]:
    """Return the blocks of a call-out that answers; a title such as “Answer” is left out."""
    convert_callouts(callout.body)
    is_titled = callout.title is not None and not is_answer_label(_read_text(callout.title))
    return [callout.title, *callout.body] if is_titled and callout.title is not None else callout.body


def _is_unanswered(node: Node) -> bool:
    return node.kind == QUESTION_CALLOUT and not node.children[1].children


def iter_callout_events(node: Node) -> Iterator[Event]:
    """Yield the events of a question call-out; if it has an answer, the answer ends with it."""
    question, answer = node.children
    content = [
        Event(
            EventKind.CONTENT,
            child.line,
            convert_node(child),
            parts=read_segments(child) if child.kind == "paragraph" else (),
        )
        for child in answer.children
    ]
    yield from make_card_events(node.line, convert_nodes(question.children), content)
    if content:
        yield Event(EventKind.DETAILS_END, node.end - 1)
