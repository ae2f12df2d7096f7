"""Templates: a project's own first, file by file, then ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.resources import templates_folder

if TYPE_CHECKING:
    from jinja2 import Environment


def template_text(name: str, project_templates: str) -> str:
    """Return a template's text as it is, with line feeds; `name` is like `anki/front.html`.

    `project_templates` is the project's own folder of templates; empty if it has none.
    """
    own = Path(project_templates) / name if project_templates else None
    path = own if own and own.is_file() else templates_folder() / name
    return path.read_text(encoding="utf-8")


def environment(project_templates: str, finalize: Callable[[object], object] | None = None) -> Environment:
    """Return the jinja2 environment: sandboxed, and strict about undefined names.

    `finalize` turns every value that a template prints into the text that is written, so
    that no template can forget to escape.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [folder for folder in (project_templates, str(templates_folder())) if folder]
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=finalize is None,
        finalize=finalize,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
