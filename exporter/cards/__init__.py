"""Cue cards: type setting, imposition, PDF and SVG."""
