"""Markdown sheets: blocks and lines in a form that our reader reads back exactly."""
