"""Changing settings in the configuration file: its comments, order and line ends stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exporter.config import project_file
from exporter.system import atomic_write
from exporter.system.files import read_limited

_BOM = "\ufeff"


class ConfigWriteError(ValueError):
    """The settings cannot be written into this file; the message is a sentence for the user."""


def write_values(path: Path, table: str, values: Mapping[str, float]) -> bool:
    """Set numbers in a table such as `pdf.printer` of a configuration file.

    Return whether the file changed. A file that is a symbolic link is changed where it is. Raise
    `ConfigWriteError` if the file is no UTF-8, or has a form in which the table cannot be changed.
    """
    real = path.resolve()
    data, problem = read_limited(real, project_file.MAX_CONFIG_BYTES)
    if data is None:
        raise ConfigWriteError(f"{path} cannot be read. {problem.message if problem else ''}".rstrip())
    prefix = "tool.exporter." if path.name == project_file.PYPROJECT_NAME else ""
    try:
        text = set_values(data.decode("utf-8"), prefix + table, values)
    except UnicodeDecodeError:
        raise ConfigWriteError(f"{path} is not UTF-8; save it as UTF-8.") from None
    except ConfigWriteError as exc:
        raise ConfigWriteError(f"{path}: {exc}") from None
    (written,) = atomic_write.write_files(real.parent, [(real.name, text.encode())])
    return written.changed


def set_values(text: str, table: str, values: Mapping[str, float]) -> str:
    """Return a TOML text with numbers set in a table, which is appended if it does not exist.

    Raise `ConfigWriteError` if the result would not have just these values changed.
    """
    body = text.removeprefix(_BOM)
    newline = "\r\n" if "\r\n" in body else "\n"
    lines = body.replace("\r\n", "\n")
    changed = _set_in_place(lines, table.split("."), values)
    if changed is None:
        heading = f"{lines.rstrip()}\n\n" if lines.strip() else lines
        rows = "".join(f"{key} = {value!r}\n" for key, value in values.items())
        changed = f"{heading}[{table}]\n{rows}"
    _check(lines, changed, {f"{table}.{key}": value for key, value in values.items()})
    return text[: len(text) - len(body)] + changed.replace("\n", newline)


def _set_in_place(text: str, parts: list[str], values: Mapping[str, float]) -> str | None:
    """Return the text with values set where the table exists; `None` if it is to be added."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import InlineTable

    try:
        document = tomlkit.parse(text)
        container: Any = document
        for part in parts:
            if part not in container:
                if not isinstance(container, InlineTable):
                    return None
                container[part] = tomlkit.inline_table()
            container = container[part]
        for key, value in values.items():
            container[key] = value
        return tomlkit.dumps(document)
    except (TOMLKitError, ValueError, TypeError, AttributeError):
        return None


def _check(before: str, after: str, values: Mapping[str, float]) -> None:
    """Raise `ConfigWriteError` unless the values, and nothing else, differ between two texts."""
    try:
        expected = {**dict(project_file.flatten(project_file.parse(before))), **values}
        if dict(project_file.flatten(project_file.parse(after))) == expected:
            return
    except project_file.TomlError:
        pass
    table = next(iter(values)).rpartition(".")[0]
    rows = ", ".join(f"{key.rpartition('.')[2]} = {value!r}" for key, value in values.items())
    raise ConfigWriteError(f"the table [{table}] cannot be changed there. Set {rows} in it yourself.")
