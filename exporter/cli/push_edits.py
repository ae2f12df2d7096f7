"""Notes that were edited in Anki: showing, restoring and reporting their texts and tags."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from itertools import chain

from exporter.anki import sync
from exporter.anki.anki_notes import AnkiNote, read_notes
from exporter.anki.apkg_reader import PackagedNote
from exporter.anki.connect import Anki
from exporter.anki.tags import is_category_tag, plan_tag_changes
from exporter.cli.console import echo
from exporter.cli.push_review import COMPARED, BuiltNote, extract_words, has_same_text
from exporter.model.diagnostics import pluralize
from exporter.readers.html import html_text

MAX_SHOWN = 10
"""Maximum number of listed notes that keep their text."""


def show_texts(keys: Sequence[str], built: Mapping[str, BuiltNote], present: Mapping[str, AnkiNote]) -> None:
    """Print the texts of notes in Anki, which may be the only copy."""
    for key in keys:
        echo(f"{key}  {built[key].question}")
        for name in COMPARED:
            html = present[key].fields.get(name, "")
            if extract_words(html) != extract_words(built[key].fields[name]):
                echo(f"  {name} in Anki:")
                for line in html_text(html).split("\n"):
                    echo(f"    {line}")


def restore_texts(anki: Anki, keys: Sequence[str], before: Mapping[str, AnkiNote]) -> None:
    """Restore the texts that were edited in Anki and replaced by the import."""
    present = read_notes(anki, [before[key].note_id for key in keys])
    for key in keys:
        note = before[key]
        if key in present and not has_same_text(present[key].fields, note.fields):
            fields = {name: note.fields[name] for name in COMPARED if name in note.fields}
            anki.invoke("updateNoteFields", note={"id": note.note_id, "fields": fields})
    if keys:
        echo(f"Kept the text of {pluralize(len(keys), 'note')} as it is in Anki.")


def list_edited(keys: Sequence[str], built: Mapping[str, BuiltNote]) -> None:
    """Print the notes with another text in Anki than in the source, and how to replace it."""
    if not keys:
        return
    subject, keep = ("1 note has", "keeps") if len(keys) == 1 else (f"{len(keys):,} notes have", "keep")
    echo(f"{subject} another text in Anki than in the source, and {keep} it:")
    for key in keys[:MAX_SHOWN]:
        echo(f"  {key}  {built[key].question}")
    if len(keys) > MAX_SHOWN:
        echo(f"  … and {len(keys) - MAX_SHOWN:,} more")
    command = shlex.join(["exporter", "build", "--resend", ",".join(keys)])
    echo(f"To replace it: `{command}`, then `exporter push` again.")


def report_edited(
    keys: Sequence[str],
    built: Mapping[str, BuiltNote],
    *,
    before: Mapping[str, AnkiNote],
    after: Mapping[str, AnkiNote],
) -> None:
    """Report which texts that were edited only in Anki the import replaced, and which it kept."""
    replaced = [key for key in keys if key in after and has_same_text(after[key].fields, built[key].fields)]
    show_texts(replaced, built, before)
    if replaced:
        echo(f"The import replaced that text of {pluralize(len(replaced), 'note')}.")
    list_edited([key for key in keys if key not in replaced], built)


def settle_tags(
    anki: Anki,
    built: Mapping[str, BuiltNote],
    *,
    packaged: Mapping[str, PackagedNote],
    before: Mapping[str, AnkiNote],
    after: Mapping[str, AnkiNote],
) -> None:
    """Restore the tags that the user added in Anki, and remove those that the source no longer has."""
    added: dict[str, list[int]] = {}
    removed: dict[str, list[int]] = {}
    # the category may have changed in a build that was never imported
    tags_of_all = [*(note.tags for note in packaged.values()), *(note.tags for note in built.values())]
    categories = set(filter(is_category_tag, chain.from_iterable(tags_of_all)))
    for key, note in before.items():
        if key not in after or key not in built:
            continue
        mine = [tag for tag in note.tags if tag.casefold() != sync.RETIRED_TAG]
        former = packaged[key].tags if key in packaged else ()
        add, remove = plan_tag_changes(
            mine, after[key].tags, current=built[key].tags, former={*former, *categories}
        )
        for tags, changes in ((add, added), (remove, removed)):
            for tag in tags:
                changes.setdefault(tag, []).append(note.note_id)
    for tag, notes in added.items():
        anki.invoke("addTags", notes=notes, tags=tag)
    for tag, notes in removed.items():
        anki.invoke("removeTags", notes=notes, tags=tag)
    if count := len(set(chain.from_iterable(added.values()))):
        echo(f"Kept the tags of {pluralize(count, 'note')} that an import would remove.")
