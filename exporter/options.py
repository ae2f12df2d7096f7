"""Deprecated name of `exporter.config`, kept for one release."""

from __future__ import annotations

import warnings

from exporter.config import settings as _module


def __getattr__(name: str) -> object:
    """Return a name of `exporter.config.settings`, with a warning."""
    value: object = getattr(_module, name)
    if not name.startswith("__"):
        message = "exporter.options is deprecated; import from exporter.config"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
    return value
