"""Cues: the phrases that a person glances at in rehearsal, to say the rest themselves."""

from exporter.cues.extractor import DERIVATION, Cue, extract_cues, find_cues

__all__ = ["DERIVATION", "Cue", "extract_cues", "find_cues"]
