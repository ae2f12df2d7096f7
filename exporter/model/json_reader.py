"""The question model read from JSON, as `show --format json` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from exporter.model.questions import (
    Alignment,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    QuestionSet,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.model.value_types import check_types

MAX_REASON_CHARS = 200
"""Maximum length of the reason why JSON cannot be read, in characters."""


def read_questions(value: Mapping[str, Any]) -> QuestionSet:
    """Return the questions of a JSON object whose values may have any type.

    Raise `ValueError` if they are invalid; its message is the reason, a clause without a full stop.
    """
    try:
        questions = from_json(value)
        check_types(questions)
    except KeyError as exc:
        raise ValueError(f"the key {exc} is missing") from exc
    except (TypeError, ValueError, AttributeError) as exc:
        raise ValueError(str(exc)[:MAX_REASON_CHARS].rstrip(".") or "wrong") from exc
    return questions


def from_json(value: Mapping[str, Any]) -> QuestionSet:
    """Return the questions of a JSON object; raise `KeyError`, `TypeError` or `ValueError` if it is invalid.

    The plain text of a question or answer is used if its blocks are missing.
    """
    return QuestionSet(
        tuple(map(_read_question, _list_at(value, "questions"), count(1))),
        value.get("title"),
        value.get("source") or "",
        value.get("deck"),
        value.get("language"),
        _read_blocks(_list_at(value, "preamble", ())),
    )


def _list_at(value: Mapping[str, Any], name: str, *default: Any) -> Sequence[Any]:
    """Return the list with a name in an object; raise `TypeError` for any other value."""
    items = _object(value).get(name) if default else _object(value)[name]
    items = default[0] if items is None and default else items
    if not isinstance(items, (list, tuple)):
        raise TypeError(f"“{name}” is {items!r:.60}; write it as a list, in square brackets")
    return items


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r:.60} is not an object; write names and values in braces")
    return value


def _list(value: Any) -> Sequence[Any]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"{value!r:.60} is not a list; write it in square brackets")
    return value


def _read_question(value: Mapping[str, Any], position: int) -> Question:
    """Return a question; raise `ValueError` with its position, from 1, if it is invalid."""
    try:
        return _question_from(value)
    except KeyError as exc:
        raise ValueError(f"the key {exc} is missing in its question {position}") from exc
    except (TypeError, ValueError, AttributeError) as exc:
        raise ValueError(f"in its question {position}, {exc}") from exc


def _question_from(value: Mapping[str, Any]) -> Question:
    tags, cues = _list_at(value, "tags", ()), _list_at(value, "cues", ())
    return Question(
        _blocks_or_text(value, "question_blocks", "question"),
        _blocks_or_text(value, "blocks", "answer"),
        value.get("number"),
        value.get("category"),
        tuple(tags),
        tuple(cues),
        value.get("notes"),
        value.get("id"),
        label=value.get("label"),
    )


def _blocks_or_text(value: Mapping[str, Any], blocks_name: str, text_name: str) -> tuple[Block, ...]:
    if value.get(blocks_name) is not None:
        return _read_blocks(_list_at(value, blocks_name))
    text = value.get(text_name) or ""
    if not isinstance(text, str):
        raise TypeError(f"“{text_name}” is {text!r:.60}; write it as a string, in quotation marks")
    return tuple(
        Paragraph(tuple((Text(line),) for line in part.split("\n"))) for part in text.split("\n\n") if part
    )


def _read_blocks(values: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    return tuple(map(_read_block, _list(values)))


def _read_block(value: Mapping[str, Any]) -> Block:
    match _object(value)["type"]:
        case "paragraph":
            return Paragraph(_read_lines(_list_at(value, "lines")))
        case "list":
            items = tuple(map(_read_blocks, _list_at(value, "items")))
            return ListBlock(items, value["ordered"], value["start"])
        case "table":
            rows = tuple(map(_read_lines, _list_at(value, "rows")))
            alignments = tuple(map(Alignment, _list_at(value, "alignments")))
            return Table(_read_lines(_list_at(value, "header")), rows, alignments)
        case "code":
            return CodeBlock(value["code"], value["language"])
        case "image":
            return Image(value["target"], value["alt"])
        case "quote":
            return Quote(_read_blocks(_list_at(value, "blocks")))
    raise ValueError(f"unknown block type {value['type']!r}.")


def _read_lines(values: Sequence[Sequence[Mapping[str, Any]]]) -> tuple[Line, ...]:
    return tuple(map(_read_line, _list(values)))


def _read_line(values: Sequence[Mapping[str, Any]]) -> Line:
    return tuple(map(_read_span, _list(values)))


def _read_span(value: Mapping[str, Any]) -> Span:
    match _object(value)["type"]:
        case "text":
            return Text(value["text"])
        case "code":
            return Code(value["text"])
        case "strong":
            return Strong(_read_line(value["spans"]))
        case "emphasis":
            return Emphasis(_read_line(value["spans"]))
        case "superscript":
            return Superscript(_read_line(value["spans"]))
        case "subscript":
            return Subscript(_read_line(value["spans"]))
        case "strikethrough":
            return Strikethrough(_read_line(value["spans"]))
        case "break":
            return LineBreak()
        case "link":
            return Link(_read_line(value["spans"]), value["target"])
        case "math":
            return Math(value["tex"], value["display"])
    raise ValueError(f"unknown span type {value['type']!r}.")
