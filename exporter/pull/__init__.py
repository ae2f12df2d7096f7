"""Edits made in Anki: compared with what builds have shipped, and merged into the sources."""
