"""What authors of plugins test them with: decks, checks of readers, exporters and filters, golden files.

The names are documented in docs/plugins.md. A failed check raises `AssertionError`; no test framework is
needed.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from exporter.api.rendering import render
from exporter.api.settings import make_settings
from exporter.config.plugin_code import templates_folder
from exporter.config.plugin_declaration import find_api_problem, find_declaration
from exporter.config.plugin_values import PluginContext
from exporter.config.settings import Settings
from exporter.exporters import Export
from exporter.exporters.plugin import find_export_problem
from exporter.model.deck import Deck, exported_path
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import QuestionSet, SourceSpan
from exporter.model.text import plain_text
from exporter.readers import ReadResult, SourceText
from exporter.readers.plugin import find_questions_problem, find_result_problem

__all__ = ["check_exporter", "check_filter", "check_golden", "check_reader", "deck", "make_decks", "settings"]

Function = Callable[..., Any]

NOW = 1_700_000_000
"""The time of tested builds, in seconds since 1970."""

UPDATE_VARIABLE = "EXPORTER_UPDATE_GOLDEN"
"""The environment variable with which `check_golden` writes the golden files."""

TEXT = "Q: What is a heap?\nA: A tree, in which each node is at least as large as its children.\n"

_MARKDOWN = """# Interview & <questions>

## What is `x < y`, and **why**?

A paragraph with *emphasis*, [a link](https://example.org/?a=1&b=2), $x^2$ and "quotes".

- one
- two
    1. nested

| a | b |
|---|---|
| 1 | 2 |

```python
def f(x): return x < 1
```

## ما هو المكدس؟

هيكل بيانات 👩‍💻 — {{ braces }}, \\backslash.
"""

_LONG = "Q: " + "long " * 60 + "?\nA: " + "word " * 3000 + "\n"

_ODD_TEXTS = (
    "",
    "\n\n",
    "\0",
    "\ufeff",
    "?" * 10_000,
    "- \n* \n# \n",
    "\t\t\t",
    "Q:\nA:\n" * 200,
    "שאלה؟ ☐",
)
"""Texts that are no source, which a reader must survive."""

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def settings(own: object = None, *, plugin: Function | None = None, **values: Any) -> Settings:
    """Return settings for a test: the defaults, with those given as `pdf__stock="a4-a7"`.

    `own` are the plugin's own settings. `plugin` is its function, whose templates and default settings a
    test needs that calls it directly. Raise `ExporterError` for a setting that is wrong.
    """
    made = replace(make_settings(values), context=PluginContext("tested", own))
    return _settings_for(plugin, made) if plugin else made


def deck(
    text: str = TEXT,
    *,
    name: str = "questions.txt",
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    **values: Any,
) -> Deck:
    """Return the deck of a source, as exporters get it: its text, its file name and its pictures.

    `values` are settings. Raise `ExporterError` if the source has an error.
    """
    return render({name: text}, to=[], now=NOW, pictures=pictures, **values).decks[0]


def make_decks() -> tuple[Deck, ...]:
    """Return decks of all kinds of content: formulas, code, tables, other scripts, long answers."""
    return (
        deck(),
        deck(_MARKDOWN, name="A & B <c>.md"),
        deck(_LONG, name="long.txt"),
    )


def check_reader(
    read: Function, *samples: str, settings: Settings | None = None, name: str = "s.txt"
) -> None:
    """Check a reader with sources in its form, and with texts that are damaged or no source at all.

    It raises nothing, returns the same twice, and its questions and diagnostics are in the source. Each
    sample has a question.
    """
    own = _settings_for(read, settings)
    for sample in samples:
        found = _check_reading(read, sample, own, name)
        assert found.questions.questions, f"no question was read from {sample[:60]!r}"
    for text in (*_ODD_TEXTS, *(damaged for sample in samples for damaged in _damage(sample))):
        _check_reading(read, text, own, name)


def check_exporter(export: Function, decks: Iterable[Deck] = (), settings: Settings | None = None) -> None:
    """Check an exporter with decks, by default those of `make_decks`.

    It raises nothing, prints nothing, returns the same bytes twice, and its files are named after the deck.
    """
    own = _settings_for(export, settings)
    for given in tuple(decks) or make_decks():
        first, second = (_call_silently(export, given, own, NOW) for _ in range(2))
        problem = find_export_problem(first, given)
        assert not problem, f"{given.source}: {problem}"
        assert isinstance(first, Export)
        assert first == second, f"{given.source}: two exports differ"
        pictures = {exported_path(target) for target in given.media}
        names = [file.name for file in first.files if file.name not in pictures]
        assert len({name.casefold() for name in names}) == len(names), f"two files have one name: {names}"
        for name in names:
            assert name.startswith(given.stem), f"“{name}” does not begin with “{given.stem}”"
        _check_diagnostics(first.diagnostics, None)


def check_filter(
    filter_questions: Function, questions: Sequence[QuestionSet] = (), settings: Settings | None = None
) -> None:
    """Check a filter with sets of questions, by default those of the decks of `make_decks` and an empty one.

    It raises nothing, prints nothing, and returns a set of questions, the same twice.
    """
    own = _settings_for(filter_questions, settings)
    sets = questions or [
        QuestionSet((), source="empty.txt"),
        *(QuestionSet(tuple(n.question for n in d.notes), source=d.source) for d in make_decks()),
    ]
    for given in sets:
        first, second = (_call_silently(filter_questions, given, own) for _ in range(2))
        problem = find_questions_problem(first)
        assert not problem, f"{given.source}: {problem}"
        assert first == second, f"{given.source}: two results differ"


def check_golden(value: Export | QuestionSet | str | bytes, path: str | os.PathLike[str]) -> None:
    """Compare a value with its golden file; an export's files are in a folder `path`.

    Questions are compared as plain text. With the environment variable `EXPORTER_UPDATE_GOLDEN=1`, the
    files are written instead: read their changes before you commit them.
    """
    target = Path(path)
    if isinstance(value, Export):
        files = {target / file.name: file.data for file in value.files}
        present = {file for file in target.rglob("*") if file.is_file()} if target.is_dir() else set()
    else:
        data = value if isinstance(value, bytes) else _as_text(value).encode("utf-8", "surrogatepass")
        files, present = {target: data}, set()
    if os.environ.get(UPDATE_VARIABLE, "0") not in ("", "0"):
        for file, data in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    for file, data in files.items():
        golden = file.read_bytes() if file.is_file() else None
        assert golden == data, f"{file} differs; set {UPDATE_VARIABLE}=1 to write it"
    left = ", ".join(sorted(str(file) for file in present - files.keys()))
    assert not left, f"no file of the export is {left}"


def _settings_for(function: Function, given: Settings | None) -> Settings:
    """Return settings with the plugin's own ones and its templates, as a build gives them."""
    problem = find_api_problem(function)
    assert not problem, problem
    declaration = find_declaration(function)
    chosen = given or settings()
    context = chosen.context or PluginContext("tested")
    own = context.own
    if own is None and declaration and declaration.settings:
        own = declaration.settings()
    templates = templates_folder(function, declaration.templates) if declaration else ""
    return replace(chosen, context=PluginContext(context.name, own, context.templates or templates))


def _call_silently(function: Function, *arguments: Any) -> Any:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        result = function(*arguments)
    assert not output.getvalue(), f"it prints {output.getvalue()[:60]!r}"
    return result


def _check_reading(read: Function, text: str, settings: Settings, name: str) -> ReadResult:
    source = SourceText(name, tuple(text.split("\n")))
    first, second = (_call_silently(read, source, settings) for _ in range(2))
    problem = find_result_problem(first)
    assert not problem, f"{problem}, for {text[:60]!r}"
    assert isinstance(first, ReadResult)
    assert first == second, f"two readings of {text[:60]!r} differ"
    lines = first.lines or source.lines
    for question in first.questions.questions:
        _check_span(question.span, name, len(lines), text)
    _check_diagnostics(first.diagnostics, source)
    return first


def _check_span(span: SourceSpan | None, path: str, count: int, text: str) -> None:
    if span is not None:
        assert span.path == path, f"a place is in {span.path}"
        assert 1 <= span.line <= max(count, 1), f"there is no line {span.line} in {text[:60]!r}"
        assert span.column >= 1, f"there is no column {span.column}"


def _check_diagnostics(diagnostics: Iterable[Diagnostic], source: SourceText | None) -> None:
    for item in diagnostics:
        assert _CODE.fullmatch(item.code), f"the code “{item.code}” is not words in lower case with hyphens"
        assert item.message.strip(), f"the diagnostic “{item.code}” has no message"
        if source:
            _check_span(item.span, source.path, len(source.lines), item.message)


def _damage(text: str) -> Iterator[str]:
    """Yield texts that are like a source but for a part that is lost, moved or repeated."""
    lines = text.split("\n")
    chance = random.Random(0)
    yield from (text[: len(text) * part // 4] for part in (1, 2, 3))
    yield "\n".join(reversed(lines))
    yield "\n".join(line for line in lines for _ in range(2))
    yield text.replace("\n", "\r\n")
    yield text.replace(" ", "")
    for _ in range(5):
        yield "".join(char for char in text if chance.random() > 0.1)


def _as_text(value: str | QuestionSet) -> str:
    if isinstance(value, str):
        return value
    parts = (f"Q: {plain_text(item.question)}\nA: {plain_text(item.answer)}\n" for item in value.questions)
    return "\n".join(parts)
