"""The HTTP server, sharing with a phone, and the preview page."""
