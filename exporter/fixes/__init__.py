"""Fixes: what diagnostics report, corrected in the lines of the source and verified by reading it again."""
