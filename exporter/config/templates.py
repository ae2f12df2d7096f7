"""Templates: for each file, the project's own if it has one, else the built-in one."""

from __future__ import annotations

import errno
import re
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporter.config.template_variables import explain_undefined
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_folder() -> Path:
    """Return the folder of the built-in templates, in the wheel or the checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


class TemplateError(Exception):
    """A template of the project cannot be used; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Keep the diagnostic, whose message becomes the exception's."""
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def template_error(path: str, line: int, reason: str) -> TemplateError:
    """Return the error for a line of a template, from 1; the reason is a clause without a full stop."""
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace").split("\n")[line - 1]
    except (OSError, IndexError):
        text = ""
    hint = "Fix the template, or delete it to use the built-in one."
    message = f"This template cannot be used: {reason.rstrip('.')}."
    return TemplateError(error("bad-template", message, SourceSpan(path, line, 1, text), hint))


def template_path(name: str, project_templates: str, built_in: str = "") -> Path | None:
    """Return the path of the project's or else the built-in template; never one outside these folders.

    `built_in` is the folder of a plugin's templates; if empty, it is ours, here and below.
    """
    parts = name.split("/")
    if "" in parts or ".." in parts:
        return None
    folders = [Path(project_templates)] if project_templates else []
    folders.append(Path(built_in) if built_in else templates_folder())
    paths = (folder.joinpath(*parts) for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def template_text(name: str, project_templates: str, built_in: str = "") -> str:
    """Return a template's text with line ends as line feeds; `name` is like `anki/front.html`.

    `project_templates` is the project's folder of templates; empty if it has none. Raise
    `FileNotFoundError` for an unknown template, `TemplateError` for one that is not UTF-8.
    """
    path = template_path(name, project_templates, built_in)
    if path is None:
        raise FileNotFoundError(errno.ENOENT, "Template not found", name)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as exc:
        raise template_error(str(path), exc.object.count(b"\n", 0, exc.start) + 1, "it is not UTF-8") from exc


OWN_STYLES = {"anki/style.css": "anki.css", "sheet/page.css": "sheet.css"}
"""The style sheets that a project can add to, and the names in its `templates/` of what is added."""
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def has_own_styles(folder: Path) -> bool:
    """Return whether a folder has style sheets that are added to ours."""
    return any((folder / name).is_file() for name in OWN_STYLES.values())


def style_text(name: str, project_templates: str, accent: str = "") -> str:
    """Return a style sheet with the CSS of the accent, and with what the project adds to it, in this order.

    A file that has only comments adds nothing. Raise `TemplateError` for one that is not UTF-8.
    """
    text = template_text(name, project_templates)
    own_name = OWN_STYLES.get(name, "")
    is_own = own_name and project_templates and (Path(project_templates) / own_name).is_file()
    own = template_text(own_name, project_templates) if is_own else ""
    added = [part for part in (accent, own) if _CSS_COMMENT.sub("", part).strip()]
    return "\n".join([text, *added]) if added else text


def render(templates: Environment, name: str, values: Mapping[str, object]) -> str:
    """Render a template with values; raise `TemplateError` for an error in a template of the project."""
    import jinja2

    try:
        return templates.get_template(name).render(values)
    except TemplateError:
        raise
    except Exception as exc:
        location = _project_location(exc, templates, name)
        if location is None:
            raise
        path, line = location
        if isinstance(exc, jinja2.TemplateSyntaxError):
            path, line = Path(exc.filename or path), exc.lineno
        reason = exc.message if isinstance(exc, jinja2.TemplateError) else None
        if isinstance(exc, jinja2.UndefinedError):
            reason = explain_undefined(name, reason or "")
        if isinstance(exc, RecursionError):
            reason = "it is nested too deeply"
        raise template_error(str(path), line, reason or str(exc) or type(exc).__name__) from exc


def _project_location(exc: Exception, templates: Environment, name: str) -> tuple[Path, int] | None:
    """Return the file and line of the innermost template of the project in an exception's traceback.

    A template that cannot be compiled is not in the traceback: then it is the template `name`.
    """
    frames = traceback.extract_tb(exc.__traceback__)
    locations = [(Path(frame.filename), frame.lineno or 1) for frame in frames]
    if templates.loader:
        locations.insert(0, (Path(templates.loader.get_source(templates, name)[1] or name), 1))
    in_project = [
        (path, line)
        for path, line in locations
        if path.suffix != ".py" and path.is_file() and not path.is_relative_to(templates_folder())
    ]
    return in_project[-1] if in_project else None


def _is_markup(name: str | None) -> bool:
    """Return whether the values that a template prints are escaped for HTML and XML."""
    return name is None or name.removesuffix(".j2").endswith((".html", ".htm", ".xhtml", ".xml", ".svg"))


@lru_cache(maxsize=8)
def jinja_environment(
    project_templates: str, finalize: Callable[[object], object] | None = None, built_in: str = ""
) -> Environment:
    """Return the Jinja environment: sandboxed, and strict about undefined names.

    It keeps compiled templates until their files change: to compile one takes 17 ms, more than to render
    28 questions (measured for the three of the sheets).
    `finalize` converts every value that a template prints to text, so that escaping does not depend
    on the template.
    """
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = template_path(name, project_templates, built_in)
        if path is None:
            return None
        text = template_text(name, project_templates, built_in)

        def is_current() -> bool:
            return (
                template_path(name, project_templates, built_in) == path
                and template_text(name, project_templates, built_in) == text
            )

        return text, str(path), is_current

    class Sandbox(ImmutableSandboxedEnvironment):
        def getattr(self, obj: Any, attribute: str) -> Any:
            # a key of a dictionary passed to the template is safe: skip the sandbox's checks
            return (
                obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)
            )

    return Sandbox(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        # a plugin may write other formats than HTML
        autoescape=_is_markup if built_in else finalize is None,
        finalize=finalize,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
