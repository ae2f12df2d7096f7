"""HTML tags in a text: which format it, which it only mentions, and which are skipped."""
