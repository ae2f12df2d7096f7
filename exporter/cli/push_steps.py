"""The steps of a push: what an import leaves undone in Anki is done, after asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.anki import sync
from exporter.anki.anki_notes import AnkiNote, read_notes
from exporter.anki.apkg_reader import NotAPackageError, PackagedNote, read_package
from exporter.anki.connect import Anki, AnkiConnectError, RefusedError
from exporter.anki.http_client import is_loopback
from exporter.cli.confirm import confirm
from exporter.cli.console import echo
from exporter.cli.output import show_diagnostics
from exporter.cli.push_edits import list_edited, report_edited, restore_texts, settle_tags, show_texts
from exporter.cli.push_review import BuiltNote, Review, built_notes, review, same_html
from exporter.identity.changes import ChangeKind
from exporter.identity.text_history import Texts, add_texts, read_texts, text_digest
from exporter.model.diagnostics import pluralize
from exporter.model.terminal_text import printable_line
from exporter.pipeline.build_report import BuildReport, BuildStages
from exporter.pipeline.builder import build
from exporter.readers.html import html_text
from exporter.system.clock import clock
from exporter.system.files import display_path

IMPORT_TIMEOUT_S = 600.0
"""How long Anki may take to import a deck, in seconds."""

CONTENT_CHANGES = (ChangeKind.ANSWER, ChangeKind.REWORDED, ChangeKind.DETAILS)


@dataclass(frozen=True, slots=True)
class FormerNotes:
    """The notes of the packages that a build replaces, and the texts that its notes had before."""

    packaged: Mapping[str, PackagedNote]
    texts: Texts


def former_notes(report: BuildReport) -> FormerNotes:
    """Return what is known of the notes of former builds; call it before anything is written."""
    packaged: dict[str, PackagedNote] = {}
    texts: Texts = {}
    if stages := report.stages:
        for file in stages.result.files:
            with suppress(NotAPackageError, OSError):
                packaged |= {note.key: note for note in read_package(stages.request.folder / file.name)}
        for folder in stages.plan.folders:
            records = {record.key: record for record in folder.lock.records}
            texts |= add_texts(read_texts(folder.path), folder.identified.changes, records)
    return FormerNotes(packaged, texts)


@dataclass(frozen=True, slots=True)
class Push:
    """One push: what was built, the Anki it goes to, and whether to ask or only to report."""

    anki: Anki
    stages: BuildStages
    former: FormerNotes
    dry: bool
    yes: bool

    def run(self, importing: bool) -> None:
        """Import the packages, if they are not imported yet, and do the rest."""
        plan, settings = self.stages.plan, self.stages.request.settings
        wanted = sync.group_keys_by_deck(self.stages.decks, settings)
        keys = [key for some in wanted.values() for key in some]
        # An import may replace the tags of a note: what has come back is to be seen before it.
        back = sync.find_returned(self.anki, keys)
        self._check_answers(wanted)
        if importing:
            self._import(keys)
        if back.notes:
            self._tell(
                "Bring back", "Brought back", f"{pluralize(len(back.notes), 'note')} that had been retired"
            )
            if not self.dry:
                sync.unretire(self.anki, back)
        self._move(sync.find_misplaced(self.anki, wanted))
        self._retire(sync.find_unmarked_retired(self.anki, plan.retired))

    def _check_answers(self, wanted: Mapping[str, Sequence[str]]) -> None:
        """Ask before the import for all that is asked for after it: a wrong answer ends the push here."""
        with suppress(RefusedError):
            sync.find_misplaced(self.anki, wanted)
            sync.find_unmarked_retired(self.anki, self.stages.plan.retired)

    def _tell(self, would: str, did: str, what: str) -> None:
        echo(f"Would {would[0].lower()}{would[1:]} {what}." if self.dry else f"{did} {what}.")

    def _import(self, keys: list[str]) -> None:
        built = built_notes(self.stages.decks)
        count_before = sync.count_known(self.anki, keys)
        before = self._present(keys)
        found = self._review(built, before)
        replaced = self._may_replace(found.conflicting, built, before)
        for path in _packages(self.stages):
            if not self.dry:
                self._import_one(path.resolve())
            self._tell("Import", "Imported", str(display_path(path)))
        count = sync.count_known(self.anki, keys)
        new = len(keys) - count if self.dry else count - count_before
        echo(f"New in Anki: {new:,} of {pluralize(len(keys), 'note')}.")
        if self.dry:
            list_edited(found.edited, built)
            return
        if not replaced:
            restore_texts(self.anki, found.conflicting, before)
        self._send_again([*found.stale, *(found.conflicting if replaced else ())], built, before)
        after = read_notes(self.anki, [note.note_id for note in before.values()]) if before else {}
        report_edited(found.edited, built, before, after)
        settle_tags(self.anki, built, self.former.packaged, before, after)

    def _present(self, keys: Sequence[str]) -> dict[str, AnkiNote]:
        """Return the notes that Anki has; nothing is known of them where AnkiConnect is too old to say."""
        try:
            return read_notes(self.anki, sync.find_notes(self.anki, keys))
        except RefusedError as refusal:
            echo(f"AnkiConnect does not show notes ({refusal}): what you edited in Anki is not checked.")
            return {}

    def _review(self, built: Mapping[str, BuiltNote], before: Mapping[str, AnkiNote]) -> Review:
        changes = self.stages.plan.changes
        changed = {change.key for change in changes if change.kind in CONTENT_CHANGES}

        def is_former(key: str, question: str, answer: str) -> bool:
            return text_digest(html_text(question), html_text(answer)) in self.former.texts.get(key, ())

        return review(built, before, self.former.packaged, is_former, changed)

    def _may_replace(
        self, keys: Sequence[str], built: Mapping[str, BuiltNote], before: Mapping[str, AnkiNote]
    ) -> bool:
        """Show the texts that were edited in Anki while the source changed, and ask what is to be."""
        if not keys:
            return False
        show_texts(keys, built, before)
        what = f"{pluralize(len(keys), 'note')}, which changed both in Anki and in the source"
        if self.dry:
            echo(f"Would ask whether to replace the text of {what}.")
            return False
        return confirm(f"Replace the text of {what}?", self.yes)

    def _send_again(
        self, keys: Sequence[str], built: Mapping[str, BuiltNote], before: Mapping[str, AnkiNote]
    ) -> None:
        """Import the notes again that Anki refused, since it changed them after they were built."""
        present = read_notes(self.anki, [before[key].note_id for key in keys])
        refused = [key for key in keys if key in present and not _is_in(built[key], present[key])]
        if not refused:
            return
        now = clock()
        # The import follows at once, so the time of the build is that of the import.
        request = replace(self.stages.request, resent={key: present[key].modified or now for key in refused})
        report = build(request, now)
        if not report.ok or report.stages is None:
            show_diagnostics(report.diagnostics)
            return
        for path in _packages(report.stages):
            self._import_one(path.resolve())
        present = read_notes(self.anki, [before[key].note_id for key in refused])
        arrived = [key for key in refused if key in present and _is_in(built[key], present[key])]
        self._tell("Send again", "Sent again", f"{pluralize(len(arrived), 'note')} that Anki had changed")
        if left := len(refused) - len(arrived):
            echo(f"Anki refused {pluralize(left, 'note')} again: check whether its clock is right.")

    def _import_one(self, path: Path) -> None:
        try:
            done = self.anki.invoke("importPackage", IMPORT_TIMEOUT_S, path=str(path))
        except RefusedError as refusal:
            raise AnkiConnectError(self._by_hand(path, str(refusal))) from None
        if done is False:
            raise AnkiConnectError(self._by_hand(path, "no reason given"))

    def _by_hand(self, path: Path, reason: str) -> str:
        elsewhere = "" if is_loopback(self.anki.url) else " It looks for that file on its own computer."
        return (
            f"Anki did not import {path} ({reason}).{elsewhere} Import the file by hand (in Anki, "
            "File → Import), then run `exporter push --no-import` for the rest."
        )

    def _move(self, moves: tuple[sync.Move, ...]) -> None:
        for one in moves:
            what = f"{pluralize(len(one.cards), 'card')} from “{printable_line(one.old)}” to “{one.new}”"
            if self.dry or confirm(f"Move {what}?", self.yes):
                if not self.dry:
                    sync.move_cards(self.anki, [one])
                self._tell("Move", "Moved", what)

    def _retire(self, found: sync.NoteSet) -> None:
        if not found.notes:
            return
        what = f"{pluralize(len(found.notes), 'note')} of retired questions"
        if self.dry or confirm(f"Suspend {what}, and tag them {sync.RETIRED_TAG}?", self.yes):
            if not self.dry:
                sync.retire(self.anki, found)
            self._tell(
                "Suspend", "Suspended", f"{what}, and tag{'' if self.dry else 'ged'} them {sync.RETIRED_TAG}"
            )


def _packages(stages: BuildStages) -> Iterator[Path]:
    for file in stages.result.files:
        yield stages.request.folder / file.name


def _is_in(built: BuiltNote, present: AnkiNote) -> bool:
    return same_html(built.fields, present.fields)
