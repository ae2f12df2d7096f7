"""The page on security names the limits of the code."""

from __future__ import annotations

import re

from exporter.anki import apkg_reader, collection_database, collection_reader, connect, http_client
from exporter.cards import formula_checks, formula_set, raster_images, svg_checks
from exporter.checks import limits
from exporter.cli import push_steps, share, watch
from exporter.config import plugins, project_file, project_plugins
from exporter.config.settings import Settings
from exporter.identity import lockfile
from exporter.model.questions import MAX_QUESTIONS
from exporter.pipeline import media
from exporter.readers.decoding import word_documents
from exporter.readers.page import pictures
from exporter.system import build_lock, clock
from exporter.system.files import MAX_SOURCE_BYTES
from exporter.web import http_handler, http_server
from tests.projects import REPOSITORY

PAGE = REPOSITORY / "docs" / "security.md"


def _mib(count: int) -> str:
    assert count % (1 << 20) == 0
    return f"{count >> 20:,} MiB"


LIMITS = {
    "a source": f"{_mib(MAX_SOURCE_BYTES)}, {MAX_QUESTIONS:,} questions",
    "a question with its answer": f"{limits.MAX_QUESTION_CHARS:,} characters",
    "a picture": _mib(media.MAX_PICTURE_BYTES),
    "a picture on the cards": f"{raster_images.MAX_PICTURE_PIXELS // 1_000_000} million pixels; as SVG "
    f"{_mib(svg_checks.MAX_SVG_BYTES)}, {svg_checks.MAX_SVG_ELEMENTS:,} elements",
    "a Word document": (
        f"{_mib(word_documents.MAX_UNPACKED_BYTES)} unpacked, {_mib(word_documents.MAX_TEXT_BYTES)} of XML in a part, "
        f"{word_documents.MAX_PARTS:,} parts"
    ),
    "pictures in a page or document": _mib(pictures.MAX_PICTURES_BYTES),
    "a formula that is drawn": (
        f"{formula_checks.MAX_FORMULA_CHARS:,} characters, {formula_checks.MAX_FORMULA_WORK:,} steps (0.6 seconds); "
        f"{formula_set.MAX_DOCUMENT_WORK // 1_000_000} million steps for all of a document (five minutes)"
    ),
    "`exporter.lock`": _mib(lockfile.MAX_LOCK_BYTES),
    "a configuration": (
        f"{project_file.MAX_CONFIG_BYTES >> 10} KiB, {project_file.MAX_LINE_CHARS:,} characters in a line, "
        f"{project_file.MAX_KEY_PARTS} parts in a key"
    ),
    "the collection in a package": (
        f"{_mib(apkg_reader.MAX_COLLECTION_BYTES)}, {apkg_reader.MAX_COMPRESSION_RATIO} times its packed size above "
        f"{_mib(apkg_reader.MAX_UNCHECKED_BYTES)}"
    ),
    "our notes in a package": (
        f"{collection_reader.MAX_NOTES:,}, {_mib(collection_reader.MAX_NOTES_BYTES)}, "
        f"{_mib(collection_database.MAX_VALUE_BYTES)} each"
    ),
    "the work for a package": f"{collection_database.MAX_INSTRUCTIONS // 1_000_000} million steps of SQLite",
    "a time": f"{clock.MAX_TIME_S:,} seconds since 1970",
    "an answer of AnkiConnect": (
        f"{_mib(http_client.MAX_RESPONSE_BYTES)}, {connect.REPLY_TIMEOUT_S:.0f} seconds for all of it, "
        f"{push_steps.IMPORT_TIMEOUT_S:.0f} for an import"
    ),
    "the wait for another build": f"{build_lock.LOCK_TIMEOUT_S:.0f} seconds",
    "the words of a plugin's fault": f"{plugins.MAX_REASON_CHARS} characters",
    "a plugin, for a source or a deck": f"`plugin.timeout`, by default {Settings().plugin.timeout:g} seconds",
    "a plugin's file in a project": f"{project_plugins.MAX_PLUGIN_BYTES >> 20} MiB",
    "clients of `share` or `watch --serve`": f"{http_server.MAX_CONNECTIONS} at once; the next one is answered 503",
    "a request to them": f"{http_handler.MAX_REQUEST_S:.0f} seconds for all of it",
    "the taking of a file": (
        f"{http_handler.MAX_REQUEST_S:.0f} seconds, and one more for each {http_handler.MIN_BYTES_PER_S >> 10} KiB of it; "
        f"{http_handler.CHUNK_BYTES >> 10} KiB of it in memory"
    ),
    "a share": f"{share.MAX_MINUTES // 60} hours",
}


def test_the_limits_are_those_of_the_code(update_golden: bool) -> None:
    text = PAGE.read_text("utf-8")
    rows = "".join(f"| {what} | {limit} |\n" for what, limit in LIMITS.items())
    wanted = re.sub(
        "<!-- limits -->\n.*?<!-- end of limits -->",
        lambda _: f"<!-- limits -->\n| what | at most |\n|---|---|\n{rows}<!-- end of limits -->",
        text,
        flags=re.DOTALL,
    )
    if update_golden:
        PAGE.write_text(wanted, "utf-8")
    assert text == wanted or update_golden


def test_the_ports_and_the_secret_are_those_of_the_code() -> None:
    text = PAGE.read_text("utf-8")
    assert f"port {watch.PORT} " in text
    assert f"`{connect.DEFAULT_URL}`" in text
    server = http_server.LOOPBACK
    assert f"{server}, at a free port" in text
    assert "`share`" in (REPOSITORY / "README.md").read_text("utf-8")


def test_the_page_is_linked() -> None:
    for page, target in (("README.md", "docs/security.md"), ("docs/architecture.md", "security.md")):
        assert f"({target})" in (REPOSITORY / page).read_text("utf-8")
