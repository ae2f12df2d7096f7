"""Configuration: `exporter.toml`, or `[tool.exporter]` in `pyproject.toml`, then `--set`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from exporter.diagnostics import Diagnostic, error
from exporter.encodings import find_encoding, suggest_encoding
from exporter.model import SourceSpan, is_text
from exporter.options import BY_KEY, Options, Setting, Value
from exporter.sources import read_bytes, shown

FILE_NAME = "exporter.toml"

LARGEST = 1024 * 1024
"""No configuration is read that has more bytes than this."""

MOST = 1e9
"""No number is taken that is larger: millimetres, degrees and slots are all far less."""

_CONTROLS = re.compile(r"[\0-\x1f\x7f-\x9f]")

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Config:
    """The options in force, where each value came from, and what is wrong with them.

    `root` is the project's folder: the one the configuration stands in, else the present one.
    """

    options: Options
    root: Path
    origins: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()


def find(start: Path) -> Path | None:
    """Return the nearest configuration file, from a folder upwards."""
    for folder in (start, *start.parents):
        own = folder / FILE_NAME
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        if shared.is_file() and _is_ours(read_bytes(shared, LARGEST)[0] or b""):
            return shared
    return None


def _is_ours(data: bytes) -> bool:
    """Say whether a `pyproject.toml` configures exporter, or would if it were TOML."""
    if b"exporter" not in data:
        return False
    try:
        tools = tomllib.loads(data.decode("utf-8-sig", "replace")).get("tool")
    except (RecursionError, ValueError):
        return b"tool.exporter" in data
    return "exporter" in tools if isinstance(tools, dict) else b"tool.exporter" in data


def load(start: Path, assignments: Iterable[str] = (), path: Path | None = None) -> Config:
    """Return the configuration that holds for sources in a folder.

    `assignments` are `KEY=VALUE` from the command line; `path` names a file instead of the
    one that is found. Reports `config-syntax`, `config-unknown-key` and `config-wrong-value`.
    """
    path = path or find(start.resolve())
    values: dict[str, Value] = {}
    origins: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    data, problem = read_bytes(path, LARGEST) if path else (None, None)
    if problem:
        hint = problem.hint if problem.code == "no-permission" else "Name a configuration, or move this away."
        diagnostics.append(replace(problem, hint=hint))
    for key, value, span in _from_file(path, data) if path and data else ():
        _settle(key, value, span, values, diagnostics)
        if key in values and key is not None:
            origins[key] = f"{span.path}:{span.line}"
    for assignment in assignments:
        key, equals, text = assignment.partition("=")
        if not equals:
            message = f"“--set {assignment}” has no value."
            diagnostics.append(error("config-wrong-value", message, hint="Write it as --set KEY=VALUE."))
            continue
        _settle(key.strip(), _from_text(BY_KEY.get(key.strip()), text), None, values, diagnostics)
        origins[key.strip()] = "--set"
    root = path.parent if path else Path.cwd()
    templates = root / "templates"
    options = Options(values, str(templates) if _own_templates(templates) else "")
    return Config(options, root, origins, tuple(diagnostics))


def checked(values: Mapping[str, Any]) -> tuple[dict[str, Value], tuple[Diagnostic, ...]]:
    """Return values that a program gives, by key, and what is wrong with them.

    Reports `config-unknown-key` and `config-wrong-value`.
    """
    good: dict[str, Value] = {}
    diagnostics: list[Diagnostic] = []
    for key, value in values.items():
        _settle(key, value, None, good, diagnostics)
    return good, tuple(diagnostics)


def _own_templates(folder: Path) -> bool:
    return any((folder / part).is_dir() for part in ("anki", "markdown", "preview"))


def _from_file(path: Path, data: bytes) -> Iterator[tuple[str | None, Any, SourceSpan]]:
    """Yield every key of a file, dotted, with its value and place; a fault in the file has no key."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(problem))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        lines = text.split("\n")
        span = SourceSpan(str(path), line, column, lines[line - 1] if line <= len(lines) else "")
        yield None, re.sub(r" \(at .*\)", "", str(problem)), span
        return
    except (RecursionError, ValueError):
        yield None, "A value in it is nested too deep, or a number too long", SourceSpan(str(path), 1)
        return
    prefix = "tool.exporter." if path.name == "pyproject.toml" else ""
    for part in prefix.split(".")[:-1]:
        table = table.get(part, {})
        if not isinstance(table, dict):
            yield None, f"“{part}” is no table", _place(str(path), text, part)
            return
    for key, value in _flat(table, ""):
        beside = _from_folder(BY_KEY.get(key), value, path.parent)
        yield key, beside, _place(str(path), text, prefix + key)


def _from_folder(setting: Setting | None, value: Any, folder: Path) -> Any:
    """Return a file that stands in the configuration's folder as its path; anything else as it is."""
    with suppress(OSError, ValueError):
        if setting and setting.kind == "file" and isinstance(value, str) and (folder / value).is_file():
            return str(shown(folder / value))
    return value


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _place(path: str, text: str, key: str) -> SourceSpan:
    """Return where a key is set; `tomllib` does not tell."""
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            section = re.sub(r"[\s\"']", "", heading[1]) + "."
        elif setting := re.match(r"\s*([\w.\-\"' ]+?)\s*=", line):
            name = section + re.sub(r"[\s\"']", "", setting[1])
            if key == name or key.startswith(name + "."):
                return SourceSpan(path, number, setting.start(1) + 1, line)
    return SourceSpan(path, 1)


def _settle(
    key: str | None,
    value: Any,
    span: SourceSpan | None,
    values: dict[str, Value],
    diagnostics: list[Diagnostic],
) -> None:
    setting = BY_KEY.get(key) if key else None
    if key is None:
        hint = "Mend this line; see https://toml.io for the form of the file."
        diagnostics.append(error("config-syntax", f"The configuration is not TOML: {value}.", span, hint))
    elif setting is None:
        diagnostics.append(_unknown(key, span))
    elif problem := _problem(setting, value):
        diagnostics.append(
            error("config-wrong-value", f"“{key}” {problem}.", span, _choice_hint(setting, value))
        )
    else:
        values[key] = tuple(value) if isinstance(value, list) else value


def _unknown(key: str, span: SourceSpan | None) -> Diagnostic:
    near = get_close_matches(key, BY_KEY, n=1, cutoff=0.5) or [
        known for known in BY_KEY if known.rsplit(".", 1)[-1] == key
    ]
    hint = f"Did you mean “{near[0]}”?" if near else f"The keys are {', '.join(BY_KEY)}."
    return error("config-unknown-key", f"There is no setting “{key}”.", span, hint)


def _problem(setting: Setting, value: Any) -> str:
    """Say what is wrong with a value; empty for a good one."""
    fits = {
        "text": isinstance(value, str),
        "file": isinstance(value, str),
        "encoding": isinstance(value, str),
        "number": isinstance(value, (int, float)) and not isinstance(value, bool),
        "flag": isinstance(value, bool),
        "list": isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value),
    }
    wanted = {
        "text": "a text",
        "file": "a text",
        "encoding": "a text",
        "number": "a number",
        "flag": "true or false",
        "list": "a list of texts",
    }
    if not fits[setting.kind]:
        return f"must be {wanted[setting.kind]}, not {value!r}"
    parts = value if setting.kind == "list" else [value]
    if setting.kind == "number" and not abs(value) <= MOST:
        return f"must be a number that can be measured, not {value!r}"
    if any(isinstance(part, str) and not is_text(part) for part in parts):
        return "holds bytes that are no text"
    if any(isinstance(part, str) and _CONTROLS.search(part) for part in parts):
        return "holds characters that cannot be seen"
    if setting.kind == "encoding":
        return "" if find_encoding(value) else f"names no encoding: {value!r}"
    wrong = [part for part in parts if setting.choices and part not in setting.choices]
    return f"cannot be {wrong[0]!r}" if wrong else ""


def _choice_hint(setting: Setting, value: Any) -> str | None:
    if setting.kind == "encoding" and isinstance(value, str):
        suggested = suggest_encoding(value)
        known = "utf-8, utf-16, windows-1252, windows-1250, iso-8859-2, koi8-r, shift_jis and gb18030"
        return f"Did you mean “{suggested}”?" if suggested else f"It can be {known}, for instance."
    if not setting.choices:
        return setting.meaning
    near = get_close_matches(str(value), setting.choices, n=1)
    choices = ", ".join(setting.choices)
    return f"Did you mean “{near[0]}”? It can be {choices}." if near else f"It can be {choices}."


def _from_text(setting: Setting | None, text: str) -> Value:
    """Return the value that a text from the command line stands for; an unfit text as it is."""
    match setting.kind if setting else "text":
        case "flag":
            return _FLAGS.get(text.strip().casefold(), text)
        case "list":
            return tuple(part.strip() for part in text.split(",") if part.strip())
        case "number":
            try:
                return float(text)
            except ValueError:
                return text
    return text
