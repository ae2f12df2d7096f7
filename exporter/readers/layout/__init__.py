"""What the readers of plain text and Markdown share: tokens of lines, layouts, their evidence and scores."""
