"""Interview questions in one text file become an Anki deck, cue cards and cheat sheets."""

__version__ = "0.1.0"
