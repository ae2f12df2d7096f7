"""The JSON Schemas in `docs/schemas/`, by which what commands print is validated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schemas"

VARIANTS = {"show": ("--lines", "show-lines")}
"""Commands that print another document with an option."""


def validate_output(arguments: Sequence[str], output: str) -> Any:
    """Check that a command with `--format json` printed one document of its form, and return that."""
    command = arguments[0] if arguments else ""
    option, variant = VARIANTS.get(command, ("", ""))
    name = variant if option and option in arguments else command
    value = json.loads(output)
    assert next(iter(value)) == "schema"
    find_validator(name if (FOLDER / f"{name}.json").is_file() else "other").validate(value)
    return value


@cache
def find_validator(name: str) -> Draft202012Validator:
    """Return the validator of a document, in which no key is left that its schema does not describe."""
    schemas = {path.name: _close(json.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.json")}
    resources = [(name, Resource.from_contents(schema)) for name, schema in schemas.items()]
    return Draft202012Validator(schemas[f"{name}.json"], registry=Registry().with_resources(resources))


def _close(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_close(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _close(value) for key, value in schema.items()}
    if schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
        closed.setdefault("additionalProperties", False)
    return closed
