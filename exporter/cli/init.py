"""`exporter init`: create a project with an example, ready to build."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import debug_option
from exporter.config.choices import Paper
from exporter.config.paper import usual_paper
from exporter.config.templates import templates_folder
from exporter.model.terminal_text import shell_command
from exporter.system import atomic_write
from exporter.system.files import display_path
from exporter.system.locale import paper_locale

CONFIGURATION = "exporter.toml"
FILES: dict[str, str] = {
    CONFIGURATION: "init/exporter.toml",
    "input/questions.txt": "init/questions.txt",
    ".gitignore": "init/gitignore",
}
"""The files of a new project, and the template of each."""

TEMPLATE_FILES: dict[str, str] = {
    "templates/anki.css": "init/anki.css",
    "templates/sheet.css": "init/sheet.css",
    **{
        f"templates/{name}": name
        for name in (
            "anki/front.html",
            "anki/back.html",
            "sheet/page.html.j2",
            "markdown/cheatsheet.md.j2",
            "markdown/answers.md.j2",
        )
    },
}
"""The templates that are changed most, and what each is a copy of."""


@click.command("init")
@click.option("--templates", "has_templates", is_flag=True, help="Write only the templates to change.")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@debug_option
def command(folder: Path, has_templates: bool) -> int:
    """Create a project in DIR with an example, ready to build; no file is ever overwritten.

    Its configuration names the paper that is usual in your locale: A4 or Letter. With --templates, the
    templates of cards and sheets are written into templates/, to be changed; delete those that you leave
    as they are.

    \b
    Examples:
      exporter init interviews
      exporter init --templates
    """
    locale = paper_locale()
    for name, template in (TEMPLATE_FILES if has_templates else FILES).items():
        path = folder / name
        if path.exists() or path.is_symlink():
            echo(f"{path} already exists; left unchanged.")
            continue
        data = (templates_folder() / template).read_bytes()
        if name == CONFIGURATION and usual_paper(locale) is Paper.LETTER:
            data = data.replace(b'"a4-3x5"    ', b'"letter-3x5"').replace(b'"a4"    ', b'"letter"')
        with build_lock([folder]):
            atomic_write.write_files(folder, [(name, data)])
        echo(f"Wrote {path}.")
    if has_templates:
        echo("Delete what you do not change: it is then ours, and follows new versions.")
        return EXIT_OK
    change_folder = (
        "" if folder.resolve() == Path.cwd() else f"`{shell_command('cd', str(display_path(folder)))}`, "
    )
    echo(f"Next: {change_folder}write your questions into input/questions.txt, and run `exporter build`.")
    return EXIT_OK
