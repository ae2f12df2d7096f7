"""All that knows Anki: note type, fields, packages written and read, AnkiConnect, sync."""
