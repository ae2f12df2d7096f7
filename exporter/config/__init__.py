"""The settings table, the TOML files, templates and plugin discovery."""

from exporter.config.settings import Options, SettingError

__all__ = ["Options", "SettingError"]
