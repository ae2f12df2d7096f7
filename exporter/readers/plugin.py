"""Readers of plugins: every failure in one becomes a diagnostic."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from exporter.config.plugins import Plugin, by_name, conflict
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.question_numbers import MAX_QUESTION_NUMBER
from exporter.model.questions import Block, Question, QuestionSet
from exporter.readers import GROUP, Reader, ReadResult, SourceText


def load_plugin(name: str) -> Reader:
    """Return a plugin's reader, wrapped so that it never raises.

    If the plugin fails, the result is empty and has the diagnostic `plugin-failed`. Raise `KeyError` if
    no installed package has a reader called `name`.
    """
    plugins = by_name(GROUP, name)

    def read(source: SourceText, settings: Settings) -> ReadResult:
        problem = conflict(plugins)
        return _empty_result(source, problem) if problem else _run(plugins[0], source, settings)

    return read


def _empty_result(source: SourceText, problem: Diagnostic) -> ReadResult:
    return ReadResult(QuestionSet((), source=source.path), (problem,))


def _run(plugin: Plugin, source: SourceText, settings: Settings) -> ReadResult:
    def run_reader(read: Callable[..., object]) -> ReadResult | Diagnostic:
        result = read(source, settings)
        if isinstance(result, ReadResult):
            # the diagnostics may run code of the plugin: a list that computes its items
            result = ReadResult(result.questions, tuple(result.diagnostics))
        problem = _find_problem(result)
        return plugin.failed(problem) if problem or not isinstance(result, ReadResult) else result

    result = plugin.run(run_reader)
    return _empty_result(source, result) if isinstance(result, Diagnostic) else result


def _find_problem(result: object) -> str:
    """Return what is wrong with the result of a plugin; an empty string if nothing is."""
    if not isinstance(result, ReadResult) or not isinstance(result.questions, QuestionSet):
        return f"it returned {type(result).__name__} instead of a Reading of a QuestionSet"
    if not all(isinstance(diagnostic, Diagnostic) for diagnostic in result.diagnostics):
        return "one of its diagnostics is not a Diagnostic"
    for number, question in enumerate(result.questions.questions, 1):
        if not isinstance(question, Question):
            return f"its question {number} is {type(question).__name__} instead of a Question"
        for name in ("question", "answer"):
            blocks = getattr(question, name)
            if not isinstance(blocks, tuple) or not all(
                isinstance(block, get_args(Block)) for block in blocks
            ):
                return f"the {name} of its question {number} is not a tuple of blocks"
        if not (question.number is None or question.number in range(MAX_QUESTION_NUMBER + 1)):
            return f"the number of its question {number} is {question.number!r:.60}"
    return ""
