"""Cheat sheets: all questions with their cues or answers, close together, for the evening before."""
