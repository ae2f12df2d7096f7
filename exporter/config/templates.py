"""Templates: a project's own first, file by file, then ours."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_folder() -> Path:
    """Return the folder of exporter's own templates, in the wheel or the checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


class TemplateError(Exception):
    """A template of the project's own cannot be used; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Keep what is to be told."""
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def template_error(path: str, line: int, reason: str) -> TemplateError:
    """Return the error that names a template's line; the reason is a clause without a full stop."""
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace").split("\n")[line - 1]
    except (OSError, IndexError):
        text = ""
    hint = "Fix the template, or delete it to use the built-in one."
    message = f"This template cannot be used: {reason.rstrip('.')}."
    return TemplateError(error("bad-template", message, SourceSpan(path, line, 1, text), hint))


def template_path(name: str, project_templates: str) -> Path | None:
    """Return the file of a template: the project's own, else ours; none outside these folders."""
    parts = name.split("/")
    if "" in parts or ".." in parts:
        return None
    folders = [Path(project_templates)] if project_templates else []
    found = (folder.joinpath(*parts) for folder in (*folders, templates_folder()))
    return next((path for path in found if path.is_file()), None)


def template_text(name: str, project_templates: str) -> str:
    """Return a template's text as it is, with line feeds; `name` is like `anki/front.html`.

    `project_templates` is the project's own folder of templates; empty if it has none.
    """
    path = template_path(name, project_templates)
    if path is None:
        raise FileNotFoundError(errno.ENOENT, "Template not found", name)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise template_error(
            str(path), fault.object.count(b"\n", 0, fault.start) + 1, "it is not UTF-8"
        ) from fault


def render(templates: Environment, name: str, values: Mapping[str, object]) -> str:
    """Return what a template makes of values.

    Raises `TemplateError` for a fault in a template of the project's own.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return templates.get_template(name).render(values)
    except TemplateError:
        raise
    except Exception as fault:
        place = _place(fault, templates, name)
        if place is None:
            raise
        if isinstance(fault, TemplateSyntaxError):
            place = Path(fault.filename or place[0]), fault.lineno
        told = fault.message if isinstance(fault, TemplateError) else None
        if isinstance(fault, RecursionError):
            told = "it is nested too deeply"
        raise template_error(str(place[0]), place[1], told or str(fault) or type(fault).__name__) from fault


def _place(fault: Exception, templates: Environment, name: str) -> tuple[Path, int] | None:
    """Return the file and line of the innermost template of the project's own that a fault passed through.

    A template that cannot even be compiled leaves no trace: it is the one that was to be rendered.
    """
    frames = traceback.extract_tb(fault.__traceback__)
    places = [(Path(frame.filename), frame.lineno or 1) for frame in frames]
    if templates.loader:
        places.insert(0, (Path(templates.loader.get_source(templates, name)[1] or name), 1))
    found = [
        place
        for place in places
        if place[0].suffix != ".py" and place[0].is_file() and not place[0].is_relative_to(templates_folder())
    ]
    return found[-1] if found else None


def jinja_environment(
    project_templates: str, finalize: Callable[[object], object] | None = None
) -> Environment:
    """Return the jinja2 environment: sandboxed, and strict about undefined names.

    `finalize` turns every value that a template prints into the text that is written, so
    that no template can forget to escape.
    """
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = template_path(name, project_templates)
        return (template_text(name, project_templates), str(path), lambda: True) if path else None

    class Sandbox(ImmutableSandboxedEnvironment):
        def getattr(self, obj: Any, attribute: str) -> Any:
            # Templates are given dictionaries: whether a key of theirs is safe needs no asking.
            return (
                obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)
            )

    return Sandbox(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=finalize is None,
        finalize=finalize,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
