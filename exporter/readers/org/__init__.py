"""Org files: found by their content, made Markdown line by line, and read as such."""
