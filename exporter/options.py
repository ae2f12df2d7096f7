"""Deprecated name of `exporter.config`, kept for one release."""

from exporter.config import settings as _module
from exporter.model.deprecation import forward_names

__getattr__ = forward_names(__name__, _module)
