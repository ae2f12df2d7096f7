"""Changes of questions, written into the lines of their source and verified by reading it again."""
