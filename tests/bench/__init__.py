"""How fast exporter is, compared with what a person would use instead."""
