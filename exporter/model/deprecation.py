"""Deprecated names: they stay available for one release, with a warning that names the new ones."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType


def forward_names(
    old: str, module: ModuleType, renamed: Mapping[str, str] = MappingProxyType({})
) -> Callable[[str], object]:
    """Return the `__getattr__` of the deprecated module `old`, whose names are now in `module`.

    `renamed` maps names that changed to their new ones.
    """
    room = module.__name__.rpartition(".")[0]

    def get(name: str) -> object:
        value: object = getattr(module, renamed.get(name, name))
        if not name.startswith("__"):
            message = f"{old} is deprecated; import from {room}"
            warnings.warn(message, DeprecationWarning, stacklevel=2)
        return value

    return get


def forward_renamed(module: str, names: Mapping[str, tuple[str, object]]) -> Callable[[str], object]:
    """Return the `__getattr__` of a module some of whose names are renamed.

    `names` maps each deprecated name to its new name and its value.
    """

    def get(name: str) -> object:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        new, value = names[name]
        message = f"{module}.{name} is deprecated; use {module}.{new}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return value

    return get
