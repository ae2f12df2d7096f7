"""Plain text to questions: detect the layout, divide into segments, parse question by question."""
