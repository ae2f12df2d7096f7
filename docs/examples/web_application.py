"""A web application: a source comes in, its exports go out, and the lock of each deck is kept."""

import asyncio
import io
import re
import zipfile
from collections import defaultdict
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response

import exporter

LOCKS = Path("locks")
LOCKS.mkdir(exist_ok=True)
app = FastAPI()
building: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)


@app.put("/decks/{deck}")
async def build(deck: str, request: Request, name: str = "questions.txt") -> Response:
    """Build the source in the request's body; return its exports as a ZIP archive."""
    if not re.fullmatch(r"[a-z0-9-]{1,64}", deck):
        raise HTTPException(404, "A deck is named with letters, digits and hyphens.")
    data = await request.body()
    if len(data) > 1_000_000:
        raise HTTPException(413, "A source has a million bytes at most.")
    path = LOCKS / f"{deck}.lock"
    async with building[deck]:  # one build of a deck at a time: each needs the lock of the one before
        lock = path.read_bytes() if path.exists() else None
        try:
            made = await asyncio.to_thread(exporter.render, {name: data}, lock=lock)
        except exporter.ExporterError as problem:
            raise HTTPException(422, list(map(exporter.to_json, problem.diagnostics))) from problem
        path.with_suffix(".new").write_bytes(made.lock)
        path.with_suffix(".new").replace(path)
    with zipfile.ZipFile(archive := io.BytesIO(), "w") as files:
        for file in made.files:
            files.writestr(file.name, file.data)
    return Response(archive.getvalue(), media_type="application/zip")
