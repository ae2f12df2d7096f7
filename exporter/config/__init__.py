"""The settings table, the TOML files, templates and plugin discovery."""

from exporter.config.settings import SettingError, Settings

__all__ = ["SettingError", "Settings"]
