"""Cues: the phrases that a person glances at in rehearsal, to say the rest themselves."""

from exporter.cues.emphasis import emphasize_cues
from exporter.cues.extractor import DERIVATION, Cue, extract_cues, find_cues

__all__ = ["DERIVATION", "Cue", "emphasize_cues", "extract_cues", "find_cues"]
