"""Deprecated name of `exporter.model`, kept for one release."""

from exporter.model import diagnostics as _module
from exporter.model.deprecation import forward_names

__getattr__ = forward_names(__name__, _module, {"counted": "pluralize", "strictly": "warnings_as_errors"})
