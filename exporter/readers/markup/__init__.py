"""HTML tags in a text: which are markup, which are mentioned by the text, and which are skipped."""
