"""Find, load, plan, export, write; the up-to-date check and the file watcher."""
