"""Cues: the phrases that a person glances at in rehearsal, to say the rest themselves."""

from exporter.cues.emphasis import emphasize_cues
from exporter.cues.extractor import DERIVATION, Cue, extract_cues, find_cues
from exporter.cues.formulas import cue_lines

__all__ = ["DERIVATION", "Cue", "cue_lines", "emphasize_cues", "extract_cues", "find_cues"]
