"""Embedding in a self-contained HTML page: images as data URLs, JSON, and the content security policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable


def data_url(target: str, data: bytes) -> str:
    """Return the data URL of an image; the suffix of `target` gives its media type."""
    import mimetypes

    path = target.partition("?")[0].partition("#")[0]
    media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def script_json(value: object) -> str:
    """Return JSON that is safe in a script element: it contains nothing that looks like a tag."""
    return re.sub(
        "[<>&\u2028\u2029]", lambda char: f"\\u{ord(char[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def content_policy(scripts: Iterable[str], live: bool) -> str:
    """Return a content security policy that allows these scripts, and no network.

    With `live` the page may connect to its own server.
    """
    digests = " ".join(script_digest(script) for script in scripts if script)
    connect = "'self'" if live else "'none'"
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data:; "
        f"font-src data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def script_digest(script: str) -> str:
    """Return the digest of a script as in the source list of a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'"
