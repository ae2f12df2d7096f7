"""The exporter of the Markdown sheets: one with every answer, and a condensed one."""

from exporter.sheets.markdown.sheet import export

__all__ = ["export"]
