"""What a plugin declares about itself: the API it was written for, its settings and its templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from typing import Any, TypeVar

API = 1
"""The number of the interface that plugins are written for; a change that breaks plugins increases it."""

MIN_API = 1
"""The earliest interface whose plugins still work."""

Function = TypeVar("Function", bound=Callable[..., object])

_ATTRIBUTE = "__exporter_plugin__"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a plugin declares: see `declare`."""

    api: int
    settings: type[Any] | None = None
    templates: str = ""
    every_build: bool = False


def declare(
    *, api: int, settings: type[Any] | None = None, templates: str = "", every_build: bool = False
) -> Callable[[Function], Function]:
    """Return a decorator for the function of a reader, an exporter or a filter.

    `api` is the number of the interface that the plugin is written for. `settings` is a frozen dataclass
    whose fields are made by `setting`; users set them in the table `[plugin.NAME]`. `templates` is the
    folder of its templates, beside the module of the function. `every_build` is for a plugin that reads
    anything besides its arguments and its own package: a build with it is never skipped as unchanged.
    Raise `TypeError` if `settings` is not a dataclass.
    """
    if settings is not None and not (isinstance(settings, type) and is_dataclass(settings)):
        raise TypeError("the settings of a plugin are a dataclass")
    declaration = Declaration(api, settings, templates, every_build)

    def add(function: Function) -> Function:
        setattr(function, _ATTRIBUTE, declaration)
        return function

    return add


def find_declaration(function: object) -> Declaration | None:
    """Return what a plugin declares; `None` for one that was written before there was anything to declare."""
    declaration = getattr(function, _ATTRIBUTE, None)
    return declaration if isinstance(declaration, Declaration) else None


def find_api_problem(function: object) -> str:
    """Return what is wrong with the interface that a plugin is written for; an empty string if nothing is."""
    if not callable(function):
        return f"it is {type(function).__name__} instead of a function"
    declaration = find_declaration(function)
    if declaration is None:
        return ""
    written_for = f"it is written for the plugin API {declaration.api}, and this exporter"
    if not isinstance(declaration.api, int) or declaration.api > API:
        return f"{written_for} has {API}; update exporter"
    return f"{written_for} needs {MIN_API} or later" if declaration.api < MIN_API else ""
