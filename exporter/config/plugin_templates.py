"""Templates of plugins: the project's own `templates/NAME/FILE`, or else that of the plugin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from exporter.config.settings import Settings
from exporter.config.templates import jinja_environment, render, template_text


def render_template(settings: Settings, name: str, values: Mapping[str, object]) -> str:
    """Render a template of the plugin that runs, in a sandbox; values are escaped in HTML, XML and SVG.

    `settings` are those that the plugin's function got. A template `FILE` of the plugin called `NAME` is
    `templates/NAME/FILE` of the project, or else in the folder that the plugin declares. A fault in the
    project's template becomes `bad-template`. Raise `ValueError` if the plugin declares no templates.
    """
    project, built_in = _folders(settings)
    return render(jinja_environment(project, None, built_in), name, values)


def read_template(settings: Settings, name: str) -> str:
    """Return the text of a template that is no template of Jinja, such as a style sheet."""
    project, built_in = _folders(settings)
    return template_text(name, project, built_in)


def _folders(settings: Settings) -> tuple[str, str]:
    """Return the project's folder of the templates of the plugin that runs, and the plugin's own."""
    context = settings.context
    if context is None or not context.templates:
        raise ValueError("the plugin declares no folder of templates")
    return str(Path(settings.templates, context.name)) if settings.templates else "", context.templates
