"""How fast exporter is, beside what a person would use instead."""
