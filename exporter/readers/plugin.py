"""Readers and filters of plugins: every failure in one becomes a diagnostic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from exporter.config.plugin_inputs import FILTERS
from exporter.config.plugins import Failure, Plugin, by_name, conflict, discover
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, info, pluralize
from exporter.model.question_numbers import MAX_QUESTION_NUMBER
from exporter.model.questions import Block, Question, QuestionSet
from exporter.model.suggestions import suggest
from exporter.readers import GROUP, Reader, ReadResult, SourceText


def load_plugin(name: str, files: tuple[str, ...] = ()) -> Reader:
    """Return a plugin's reader, wrapped so that it never raises.

    If the plugin fails, the result is empty and has the diagnostic `plugin-failed`. Raise `KeyError` if
    neither an installed package nor `files`, the plugins of the project, have a reader called `name`.
    """
    plugins = by_name(GROUP, name, files)

    def read(source: SourceText, settings: Settings) -> ReadResult:
        if problem := conflict(plugins):
            return _empty_result(source, (problem,))
        return _run(plugins[0], source, settings)

    return read


def _empty_result(source: SourceText, problems: tuple[Diagnostic, ...]) -> ReadResult:
    return ReadResult(QuestionSet((), source=source.path), problems)


def _run(plugin: Plugin, source: SourceText, settings: Settings) -> ReadResult:
    def run_reader(read: Callable[..., object], own: Settings) -> ReadResult | Failure:
        result = read(source, own)
        if isinstance(result, ReadResult):
            # the diagnostics may run code of the plugin: a list that computes its items
            result = ReadResult(result.questions, tuple(result.diagnostics))
        problem = find_result_problem(result)
        if problem or not isinstance(result, ReadResult):
            return Failure((plugin.failed(problem, read, source.path),))
        return result

    result = plugin.run(settings, run_reader, source.path)
    return _empty_result(source, result.diagnostics) if isinstance(result, Failure) else result


def apply_filters(
    questions: QuestionSet, settings: Settings
) -> tuple[QuestionSet, tuple[Question, ...], tuple[Diagnostic, ...]]:
    """Return the questions after the filters of the setting `filters`, and those that these left out.

    A filter that fails changes nothing. Report `unknown-filter`, `plugin-failed` and `questions-filtered`.
    """
    diagnostics: list[Diagnostic] = []
    left_out: list[Question] = []
    for name in dict.fromkeys(settings.filters):
        plugins = tuple(plugin for plugin in discover(FILTERS, settings.plugin_files) if plugin.name == name)
        if not plugins:
            diagnostics.append(_unknown_filter(name, settings))
        elif problem := conflict(plugins):
            diagnostics.append(problem)
        else:
            result = _run_filter(plugins[0], questions, settings)
            if isinstance(result, Failure):
                diagnostics += result.diagnostics
                continue
            if removed := _find_removed(questions, result):
                left_out += removed
                diagnostics.append(_report_removed(plugins[0], removed))
            questions = result
    return questions, tuple(left_out), tuple(diagnostics)


def _run_filter(plugin: Plugin, questions: QuestionSet, settings: Settings) -> QuestionSet | Failure:
    def run_filter(filter_questions: Callable[..., object], own: Settings) -> QuestionSet | Failure:
        result = filter_questions(questions, own)
        problem = find_questions_problem(result)
        if problem or not isinstance(result, QuestionSet):
            return Failure((plugin.failed(problem, filter_questions, questions.source),))
        return replace(result, source=questions.source)

    return plugin.run(settings, run_filter, questions.source)


def _unknown_filter(name: str, settings: Settings) -> Diagnostic:
    names = [plugin.name for plugin in discover(FILTERS, settings.plugin_files)]
    near = suggest(name, names)
    hint = f"Did you mean “{near}”? " if near else ""
    hint += f"The filters are {', '.join(dict.fromkeys(names))}." if names else "There are no filters."
    return error("unknown-filter", f"Unknown filter “{name}”.", hint=hint)


def _find_removed(before: QuestionSet, after: QuestionSet) -> list[Question]:
    """Return the questions that are in a set no more, by their places, or else by their contents."""
    spans = {question.span for question in after.questions if question.span}
    return [
        question
        for question in before.questions
        if question.span not in spans and question not in after.questions
    ]


def _report_removed(plugin: Plugin, removed: list[Question]) -> Diagnostic:
    spans = [question.span for question in removed if question.span]
    message = f"The filter “{plugin.name}” left out {pluralize(len(removed), 'question')}."
    report = info("questions-filtered", message, spans[0] if spans else None)
    return replace(report, ranges=tuple((span.line, span.line) for span in spans))


def find_result_problem(result: object) -> str:
    """Return what is wrong with the result of a reader; an empty string if nothing is."""
    if not isinstance(result, ReadResult) or not isinstance(result.questions, QuestionSet):
        return f"it returned {type(result).__name__} instead of a ReadResult of a QuestionSet"
    if not all(isinstance(diagnostic, Diagnostic) for diagnostic in result.diagnostics):
        return "one of its diagnostics is not a Diagnostic"
    return find_questions_problem(result.questions)


def find_questions_problem(questions: object) -> str:
    """Return what is wrong with the questions of a plugin; an empty string if nothing is."""
    if not isinstance(questions, QuestionSet):
        return f"it returned {type(questions).__name__} instead of a QuestionSet"
    if not isinstance(questions.questions, tuple):
        return f"its questions are {type(questions.questions).__name__} instead of a tuple"
    for number, question in enumerate(questions.questions, 1):
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
