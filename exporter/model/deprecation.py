"""Deprecated modules: their names are passed on with a warning."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import ModuleType


def forward_names(old: str, module: ModuleType) -> Callable[[str], object]:
    """Return the `__getattr__` of a deprecated module `old`, whose names are in `module` now."""
    room = module.__name__.rpartition(".")[0]

    def get(name: str) -> object:
        value: object = getattr(module, name)
        if not name.startswith("__"):
            message = f"{old} is deprecated; import from {room}"
            warnings.warn(message, DeprecationWarning, stacklevel=2)
        return value

    return get
