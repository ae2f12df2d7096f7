"""Files in a project's folder of templates that nothing uses, because their names are none of ours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from exporter.config.templates import OWN_STYLES, templates_folder
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import SourceSpan
from exporter.model.suggestions import suggest

NOT_REPLACED = ("init", "words")
"""The folders of ours that a project does not replace."""

MAX_FILES = 500
"""Maximum number of files that are looked at; a folder with more belongs to another program."""  # unmeasured

MIN_FOLDER_SIMILARITY, MIN_FILE_SIMILARITY = 0.75, 0.85
"""Smallest similarity of a folder, or of a file outside folders, to one of ours (the ratio of `difflib`).

`anky` has 0.75 with `anki`, `sheets` 0.91 with `sheet`, but `admin`, `emails`, `reports`, `cards` and `mail`
have 0.5 at most; `anki.csss` has 0.94 with `anki.css`, `main.css` 0.75.
"""


@cache
def replaceable_names() -> frozenset[str]:
    """Return the names of all files that a project can have in its folder of templates."""
    ours = templates_folder()
    names = (path.relative_to(ours) for path in ours.rglob("*") if path.is_file())
    return frozenset(
        {name.as_posix() for name in names if name.parts[0] not in NOT_REPLACED} | {*OWN_STYLES.values()}
    )


def report_unused_templates(folder: Path) -> Iterator[Diagnostic]:
    """Report `template-unused` for files in a folder of templates that neither we nor its templates use.

    A template uses another one that it includes by its name. Files in folders that are not like ours
    belong to plugins, or to other programs.
    """
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    unknown = [name for name in names if name not in replaceable_names() and not _is_aside(name)]
    if not unknown or len(paths) > MAX_FILES:
        return
    included = "\n".join(_read(path) for name, path in names.items() if name.endswith((".j2", ".html")))
    for name in unknown:
        nearest = _find_nearest(name)
        if f'"{name}"' in included or f"'{name}'" in included or nearest is None:
            continue
        span = SourceSpan(str(names[name]), 1)
        hint = (
            f"Did you mean “{nearest}”?" if nearest else "`exporter init --templates` writes those that are."
        )
        yield warning("template-unused", f"“{name}” is not the name of a template, and not used.", span, hint)


def _find_nearest(name: str) -> str | None:
    """Return the template that a name may mean, empty if none is near; None if the file may be another's."""
    known = sorted(replaceable_names())
    folder, _, rest = name.partition("/")
    if not rest:
        with_base = (other for other in known if other.rpartition("/")[2] == name)
        return next(with_base, suggest(name, OWN_STYLES.values(), MIN_FILE_SIMILARITY) or None)
    folders = {other.partition("/")[0] for other in known if "/" in other}
    if folder in folders:
        return suggest(name, known)
    near = suggest(folder, sorted(folders), MIN_FOLDER_SIMILARITY)
    return suggest(f"{near}/{rest}", known) if near else None


def _is_aside(name: str) -> bool:
    """Return whether a file is none of a person's templates: hidden, a backup or a note."""
    base = name.rpartition("/")[2]
    return any(part.startswith(".") for part in name.split("/")) or base.endswith(
        ("~", ".bak", ".orig", ".md")
    )


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
