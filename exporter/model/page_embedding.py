"""What a page of one file embeds: pictures as addresses, data as JSON, scripts by their digests."""

from __future__ import annotations

import base64
import hashlib
import json
import mimetypes
import re
from collections.abc import Iterable


def data_address(target: str, data: bytes) -> str:
    """Return an address that holds a picture's bytes itself."""
    kind = mimetypes.guess_type(target.partition("?")[0].partition("#")[0])[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def script_json(value: object) -> str:
    """Return JSON that can stand within a script element: nothing in it looks like a tag."""
    return re.sub(
        "[<>&\u2028\u2029]", lambda char: f"\\u{ord(char[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def content_policy(scripts: Iterable[str], live: bool) -> str:
    """Return the content security policy: our own scripts by their digests, and no network."""
    digests = " ".join(script_digest(script) for script in scripts if script)
    connect = "'self'" if live else "'none'"
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data:; "
        f"font-src data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )


def script_digest(script: str) -> str:
    """Return a script as the source list of a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'"
