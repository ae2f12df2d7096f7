"""Names of the release before: they work, with a warning that names the new ones."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from exporter import config, model
from exporter.config.settings import Settings, with_values
from exporter.exporters import ExportedFile
from tests.pdf_decks import note


@pytest.mark.parametrize(
    ("module", "name", "new"),
    [
        ("exporter.deck", "Deck", model.Deck),
        ("exporter.deck", "Note", model.Note),
        ("exporter.diagnostics", "error", model.error),
        ("exporter.diagnostics", "counted", model.pluralize),
        ("exporter.diagnostics", "strictly", model.warnings_as_errors),
        ("exporter.options", "Options", config.Settings),
    ],
)
def test_deprecated_module_has_the_names(module: str, name: str, new: object) -> None:
    with pytest.warns(DeprecationWarning, match=f"{module} is deprecated; import from exporter"):
        assert getattr(importlib.import_module(module), name) is new


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("exporter.BusyError", "BuildLockedError"),
        ("exporter.converters.ConvertFunction", "Converter"),
        ("exporter.exporters.ExportFunction", "Exporter"),
        ("exporter.model.counted", "pluralize"),
        ("exporter.model.images", "iter_images"),
        ("exporter.model.label_from", "parse_label"),
        ("exporter.model.number_from", "parse_number"),
        ("exporter.model.steps", "find_steps"),
        ("exporter.model.strictly", "warnings_as_errors"),
        ("exporter.readers.ReadFunction", "Reader"),
        ("exporter.readers.Reading", "ReadResult"),
    ],
)
def test_deprecated_name_is_the_new_one(name: str, new: str) -> None:
    module, _, old = name.rpartition(".")
    with pytest.warns(DeprecationWarning, match=f"{name} is deprecated; use {module}.{new}"):
        value = getattr(importlib.import_module(module), old)
    assert value is getattr(importlib.import_module(module), new)


@pytest.mark.parametrize(
    ("method", "key", "value"),
    [
        ("text", "pdf.stock", "a4-a7"),
        ("text", "pdf.duplex", "long-edge"),
        ("text", "title", ""),
        ("number", "pdf.start_slot", 1.0),
        ("flag", "source.repair", True),
        ("items", "to", ()),
        ("__getitem__", "language", ""),
    ],
)
def test_settings_are_read_by_key_with_a_warning(method: str, key: str, value: Any) -> None:
    settings = with_values(Settings(), {"pdf.stock": "a4-a7"})
    with pytest.warns(DeprecationWarning, match="use the attribute"):
        assert getattr(settings, method)(key) == value


def test_holds_of_an_exported_file_is_its_summary() -> None:
    file = ExportedFile("a.txt", b"", "1 card")
    with pytest.warns(DeprecationWarning, match="ExportedFile.summary"):
        assert file.holds == "1 card"


def test_place_of_a_note_is_its_position() -> None:
    with pytest.warns(DeprecationWarning, match="position"):
        assert note("What?", "This.", 3).place == 3
