"""The preview: one page that shows the cards as the phone does, and the cue cards as printed."""
