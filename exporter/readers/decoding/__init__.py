"""Bytes to lines of clean text."""
