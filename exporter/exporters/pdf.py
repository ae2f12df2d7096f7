"""The exporter of the cue cards: two-sided cards on any stock, as one PDF."""

from exporter.cards.pdf import export

__all__ = ["export"]
