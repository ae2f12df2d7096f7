"""Deprecated name of `exporter.model`, kept for one release."""

from __future__ import annotations

import warnings

from exporter.model import diagnostics as _module


def __getattr__(name: str) -> object:
    """Return a name of `exporter.model.diagnostics`, with a warning."""
    value: object = getattr(_module, name)
    if not name.startswith("__"):
        message = "exporter.diagnostics is deprecated; import from exporter.model"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
    return value
