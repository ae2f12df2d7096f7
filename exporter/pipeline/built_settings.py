"""The settings of the last build, kept in the user's cache, by which changed settings are found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporter.config.settings import SETTINGS, Settings
from exporter.config.settings_table import value_of
from exporter.config.source_overrides import SOURCE_PREFIX
from exporter.pipeline.build_request import BuildRequest
from exporter.system import atomic_write, cache_folder


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that has another value than at the last build.

    The values are as in TOML; None is none. The key of a setting of single sources is
    `source."NAME".KEY`.
    """

    key: str
    old: Any
    new: Any


def find_setting_changes(request: BuildRequest) -> tuple[SettingChange, ...] | None:
    """Return the settings that changed since the last build of these sources, or None if that is unknown."""
    try:
        before = json.loads(_state_path(request).read_text("utf-8"))
        assert isinstance(before, dict)
    except (OSError, ValueError, RuntimeError, AssertionError):
        return None
    now = _list_values(request.settings)
    # a setting that the version of the last build did not have is not a change
    added = {key for key in SETTINGS if key not in before and now[key] == _default(key)}
    return tuple(
        SettingChange(key, before.get(key), now.get(key))
        for key in dict.fromkeys([*now, *before])
        if key not in added and before.get(key) != now.get(key)
    )


def remember_settings(request: BuildRequest) -> None:
    """Keep the settings of a build."""
    path = _state_path(request)
    text = json.dumps(_list_values(request.settings)).encode()
    with suppress(OSError, RuntimeError):
        if not path.is_file() or path.read_bytes() != text:
            atomic_write.write_files(path.parent, [(path.name, text)])


def _list_values(settings: Settings) -> dict[str, Any]:
    """Return all values by key, as JSON has them."""
    return dict(_iter_values(settings))


def _iter_values(settings: Settings) -> Iterator[tuple[str, Any]]:
    for row in SETTINGS.values():
        yield row.key, _as_json(value_of(settings, row))
    for override in settings.overrides:
        for key, value in override.values:
            pattern = json.dumps(override.pattern, ensure_ascii=False)
            yield f"{SOURCE_PREFIX}{pattern}.{key.removeprefix(SOURCE_PREFIX)}", _as_json(value)


def _default(key: str) -> Any:
    return _as_json(SETTINGS[key].default)


def _as_json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _state_path(request: BuildRequest) -> Path:
    return cache_folder.cache_path(request.folder, request.paths, ".settings")
