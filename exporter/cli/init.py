"""`exporter init`: a project with an example, ready to build."""

from __future__ import annotations

from pathlib import Path

import click

from exporter import output, sources
from exporter.cli.arguments import debug_option
from exporter.cli.console import echo
from exporter.cli.failures import DONE
from exporter.cli.locking import exclusive
from exporter.resources import templates_folder
from exporter.terminal import shell_command

FILES: dict[str, str] = {
    "exporter.toml": "init/exporter.toml",
    "input/questions.txt": "init/questions.txt",
    ".gitignore": "init/gitignore",
}
"""What a new project gets, and the template of each."""


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@debug_option
def command(folder: Path) -> int:
    """Begin a project in DIR with an example, ready to build; no file is ever overwritten.

    \b
    Example:
      exporter init interviews
    """
    for name, template in FILES.items():
        place = folder / name
        if place.exists() or place.is_symlink():
            echo(f"{place} is there already, and stays as it is.")
            continue
        data = (templates_folder() / template).read_bytes()
        with exclusive([folder]):
            output.write_files(folder, [(name, data)])
        echo(f"{place} is written.")
    where = "" if folder.resolve() == Path.cwd() else f"`{shell_command('cd', str(sources.shown(folder)))}`, "
    echo(f"Next: {where}write your questions into input/questions.txt, and run `exporter build`.")
    return DONE
