"""Reading: `exporter.load` and `exporter.loads`, and the questions as JSON."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Unpack

from exporter.api.errors import ExporterError, raise_errors
from exporter.api.results import Source
from exporter.api.settings import load_config, make_settings
from exporter.config.setting_values import SettingValues
from exporter.model import diagnostics, json, json_reader
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import QuestionSet
from exporter.pipeline import loader
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.memory_sources import MemorySource

PathLike = str | os.PathLike[str]


def load(path: PathLike, *, reader: str | None = None, **settings: Unpack[SettingValues]) -> Source:
    """Read and check one source; write nothing.

    `reader` is the name of the reader, by default the one for the file. Raise `ExporterError` if the
    source or a setting has an error.
    """
    source_path = Path(path)
    config = load_config(source_path.parent, settings, reader)
    return _to_source(loader.load_source(source_path, config.settings))


def loads(
    data: str | bytes,
    *,
    name: str = "questions.txt",
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    reader: str | None = None,
    **settings: Unpack[SettingValues],
) -> Source:
    """Read and check the text or the bytes of one source in memory; no file is read.

    `name` is the file name of the source, whose suffix tells its format. `pictures` are the contents of
    the pictures that it names, by their paths relative to it. Raise `ExporterError` as `load` does.
    """
    return _to_source(MemorySource(name, data).load(make_settings(settings, reader), pictures))


def to_json(value: QuestionSet | Source | Diagnostic) -> dict[str, Any]:
    """Return questions as a JSON object, as `exporter show --format json` prints it.

    Return a diagnostic as the object that all commands print.
    """
    if isinstance(value, Diagnostic):
        return diagnostics.as_json(value)
    if isinstance(value, Source):
        return json.to_json(value.questions, value.diagnostics)
    return json.to_json(value)


def from_json(value: Mapping[str, Any]) -> QuestionSet:
    """Return the questions of such a JSON object; raise `ExporterError` if it is not one."""
    schema = value.get("schema", json.SCHEMA_VERSION) if isinstance(value, Mapping) else None
    if schema != json.SCHEMA_VERSION:
        message = f"This JSON is not in the supported form (schema {json.SCHEMA_VERSION})."
        raise ExporterError([error("bad-json", message)])
    try:
        return json_reader.read_questions(value)
    except (ValueError, RecursionError) as exc:
        message = f"The questions in this JSON cannot be read: {exc}."
        raise ExporterError([error("bad-json", message)]) from exc


def _to_source(loaded: LoadedSource) -> Source:
    return Source(loaded.path, loaded.questions, raise_errors(loaded.diagnostics))
