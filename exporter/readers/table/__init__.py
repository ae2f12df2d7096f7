"""CSV, TSV and Anki text exports to questions."""
