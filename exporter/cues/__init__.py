"""Cues: the phrases of an answer that remind a person of the rest of it."""

from exporter.cues.cue_ranges import emphasize_cues, find_cue_ranges
from exporter.cues.extractor import DERIVATION, Cue, extract_cues, find_cues
from exporter.cues.formulas import cue_lines

__all__ = ["DERIVATION", "Cue", "cue_lines", "emphasize_cues", "extract_cues", "find_cue_ranges", "find_cues"]
