"""What is stable: the page says it of the code as it is."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Iterator
from enum import Enum

import exporter
from exporter.cli import errors
from exporter.identity import lock_schema, lockfile
from exporter.identity.records import Lock
from exporter.model.json import SCHEMA_VERSION
from tests.projects import REPOSITORY

PAGE = (REPOSITORY / "docs" / "stability.md").read_text("utf-8")
COMMAND_LINE = (REPOSITORY / "docs" / "command-line.md").read_text("utf-8")


def _iter_classes(hint: object) -> Iterator[type]:
    """Yield the classes that a type hint consists of."""
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        yield hint
    for part in typing.get_args(hint):
        yield from _iter_classes(part)


def _hints(value: object) -> dict[str, object]:
    """Return the type hints of a function, or of the fields of a dataclass."""
    names = {**vars(types), **vars(typing), **{name: getattr(exporter, name) for name in exporter.__all__}}
    hints = typing.get_type_hints(value, localns=names)
    if dataclasses.is_dataclass(value):
        return {field.name: hints[field.name] for field in dataclasses.fields(value)}
    return hints


def test_all_that_stable_functions_return_is_stable() -> None:
    stable = {getattr(exporter, name) for name in exporter.__all__ if name != "__version__"}
    waiting: list[object] = [value for value in stable if inspect.isfunction(value)]
    seen: set[object] = set()
    assert len(waiting) == 8
    while waiting:
        value = waiting.pop()
        for cls in {cls for hint in _hints(value).values() for cls in _iter_classes(hint)} - seen:
            seen.add(cls)
            if not cls.__module__.startswith("exporter."):
                continue
            assert cls in stable, f"{cls.__name__} is reached from {value}, and is not a stable name"
            if dataclasses.is_dataclass(cls):
                waiting.append(cls)
    assert exporter.ExportedFile in seen


def test_values_are_frozen_and_exceptions_are_exceptions() -> None:
    for name in exporter.__all__:
        value = getattr(exporter, name)
        if isinstance(value, type) and name != "SettingValues":
            is_frozen = dataclasses.is_dataclass(value) and value.__dataclass_params__.frozen  # type: ignore[attr-defined]
            assert is_frozen or issubclass(value, (Enum, Exception)), name


def test_page_names_the_versions_of_the_lock_and_the_json() -> None:
    assert f"<!-- lock -->{lock_schema.MAX_LOCK_VERSION}<!-- /lock -->" in PAGE
    assert f'`"schema": {SCHEMA_VERSION}`' in PAGE
    assert lockfile.parse(lockfile.render(Lock()), "exporter.lock") == (Lock(), ())


def test_page_names_the_exit_statuses() -> None:
    statuses = sorted(
        {errors.EXIT_OK, errors.EXIT_SOURCE_ERROR, errors.EXIT_USAGE_ERROR, errors.EXIT_FAILURE, 130}
    )
    (row,) = [line for line in PAGE.splitlines() if line.startswith("| exit statuses")]
    assert [int(number) for number in re.findall(r"\b\d+\b", row)] == statuses
    status_section = COMMAND_LINE.split("## Exit status")[1].split("\n## ")[0]
    assert all(re.search(rf"\b{status}\b", status_section) for status in statuses)
