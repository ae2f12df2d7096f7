"""JSON as `show --format json` prints it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

from exporter.config.settings import Settings
from exporter.model.diagnostics import error
from exporter.model.json import SCHEMA_VERSION, from_json
from exporter.model.question_numbers import MAX_QUESTION_NUMBER
from exporter.model.questions import QuestionSet
from exporter.readers import ReadResult, SourceText
from exporter.readers.decoding.text_cleanup import clean_lines

_HINT = "Write it with “exporter show SOURCE --format json”, or fix it by hand."


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a JSON source.

    Reports `bad-json`.
    """
    nothing = QuestionSet((), source=source.path)
    try:
        value = json.loads("\n".join(source.lines))
    except json.JSONDecodeError as problem:
        message = f"This is not JSON: {problem.msg[:1].lower()}{problem.msg[1:]}."
        return ReadResult(
            nothing, (error("bad-json", message, source.span(problem.lineno, problem.colno), _HINT),)
        )
    except (RecursionError, ValueError) as problem:
        deep = isinstance(problem, RecursionError)
        what = "is nested too deeply" if deep else "has a number with too many digits"
        return ReadResult(nothing, (error("bad-json", f"This JSON {what}.", source.span(1), _HINT),))
    if isinstance(value, list):
        value = {"questions": value}
    if not isinstance(value, dict) or value.get("schema", SCHEMA_VERSION) != SCHEMA_VERSION:
        message = f"This JSON is not in the supported form (schema {SCHEMA_VERSION})."
        return ReadResult(nothing, (error("bad-json", message, source.span(1), _HINT),))
    try:
        questions = from_json(_cleaned(value))
        _check(questions)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        what = (
            f"the key {problem} is missing"
            if isinstance(problem, KeyError)
            else f"{str(problem)[:200] or 'wrong'}"
        )
        message = f"The questions in this JSON cannot be read: {what.rstrip('.')}."
        return ReadResult(nothing, (error("bad-json", message, source.span(1), _HINT),))
    return ReadResult(replace(_with_places(source, questions), source=source.path))


def _cleaned(value: Any) -> Any:
    """Return a value whose texts hold only what can be seen and written: an escape may stand for more."""
    if isinstance(value, str):
        return "\n".join(clean_lines(value.split("\n")).lines)
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {name: _cleaned(part) for name, part in value.items()}
    return value


def _with_places(source: SourceText, questions: QuestionSet) -> QuestionSet:
    """Return the questions with their places: the lines on which their text stands in the JSON."""
    lines = [at for at, line in enumerate(source.lines, 1) if line.lstrip().startswith('"question":')]
    whole = len(lines) == len(questions.questions)
    placed = tuple(
        replace(question, span=source.span(lines[index] if whole else 1))
        for index, question in enumerate(questions.questions)
    )
    return replace(questions, questions=placed)


def _check(value: object) -> None:
    """Raise `TypeError` where a value is not of the type that the model gives it."""
    stack: list[object] = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, tuple):
            stack.extend(each)
        elif is_dataclass(each):
            for field in fields(each):
                held = getattr(each, field.name)
                kinds = _KINDS.get(str(field.type), (tuple,))
                if field.name == "span":
                    continue
                beyond = (
                    field.name == "number" and isinstance(held, int) and not 0 <= held <= MAX_QUESTION_NUMBER
                )
                if beyond or not isinstance(held, kinds) or (isinstance(held, bool) and bool not in kinds):
                    raise TypeError(f"“{field.name}” cannot be {held!r:.60}")
                if isinstance(held, tuple):
                    stack.append(held)
        elif not isinstance(each, str):
            raise TypeError(f"{each!r:.60} is not a string")


_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "str | None": (str, type(None)),
    "int": (int,),
    "int | None": (int, type(None)),
    "bool": (bool,),
}
