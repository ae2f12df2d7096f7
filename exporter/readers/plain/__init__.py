"""Plain text to questions: layout detection, segments, then question by question."""
