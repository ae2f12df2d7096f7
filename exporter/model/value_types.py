"""Checking that values have the types that the model declares, for those read from JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from exporter.model.question_numbers import MAX_QUESTION_NUMBER

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "str | None": (str, type(None)),
    "int": (int,),
    "int | None": (int, type(None)),
    "bool": (bool,),
}


def check_types(value: object) -> None:
    """Raise `TypeError` if a value does not have the type that the model declares."""
    stack: list[object] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
        elif is_dataclass(item):
            for field in fields(item):
                field_value = getattr(item, field.name)
                types = _TYPES.get(str(field.type), (tuple,))
                if field.name == "span":
                    continue
                out_of_range = (
                    field.name == "number"
                    and isinstance(field_value, int)
                    and not 0 <= field_value <= MAX_QUESTION_NUMBER
                )
                if (
                    out_of_range
                    or not isinstance(field_value, types)
                    or (isinstance(field_value, bool) and bool not in types)
                ):
                    raise TypeError(f"“{field.name}” cannot be {field_value!r:.60}")
                if isinstance(field_value, tuple):
                    stack.append(field_value)
        elif not isinstance(item, str):
            raise TypeError(f"{item!r:.60} is not a string")
