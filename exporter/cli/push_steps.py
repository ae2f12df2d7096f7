"""The steps of a push: the import, and the changes in Anki that an import does not make."""

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
from exporter.cli.push_review import BuiltNote, Review, build_notes, has_same_html, review_notes
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
"""Maximum time for the import of a deck by Anki, in seconds."""

CONTENT_CHANGES = (ChangeKind.ANSWER, ChangeKind.REWORDED, ChangeKind.DETAILS)


@dataclass(frozen=True, slots=True)
class FormerNotes:
    """The notes of the packages that a build replaces, and the former texts of its notes."""

    packaged: Mapping[str, PackagedNote]
    texts: Texts


def former_notes(report: BuildReport) -> FormerNotes:
    """Return the notes of former builds; must be called before anything is written."""
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
    """A push of a build to Anki; with `dry` it only reports, and with `yes` it does not ask."""

    anki: Anki
    stages: BuildStages
    former: FormerNotes
    dry: bool
    yes: bool

    def run(self, importing: bool) -> None:
        """Import the packages if `importing`, then unretire, move and retire notes."""
        plan, settings = self.stages.plan, self.stages.request.settings
        wanted = sync.group_keys_by_deck(self.stages.decks, settings)
        keys = [key for deck_keys in wanted.values() for key in deck_keys]
        # An import may replace the tags of a note: what has come back is to be seen before it.
        back = sync.find_returned(self.anki, keys)
        self._check_answers(wanted)
        if importing:
            self._import(keys)
        if back.notes:
            self._report(
                "Bring back", "Brought back", f"{pluralize(len(back.notes), 'note')} that had been retired"
            )
            if not self.dry:
                sync.unretire(self.anki, back)
        self._move(sync.find_misplaced(self.anki, wanted))
        self._retire(sync.find_unmarked_retired(self.anki, plan.retired))

    def _check_answers(self, wanted: Mapping[str, Sequence[str]]) -> None:
        """Send before the import the requests that follow it, so that invalid replies end the push here."""
        with suppress(RefusedError):
            sync.find_misplaced(self.anki, wanted)
            sync.find_unmarked_retired(self.anki, self.stages.plan.retired)

    def _report(self, would: str, did: str, what: str) -> None:
        echo(f"Would {would[0].lower()}{would[1:]} {what}." if self.dry else f"{did} {what}.")

    def _import(self, keys: list[str]) -> None:
        built = build_notes(self.stages.decks)
        count_before = sync.count_known(self.anki, keys)
        before = self._present(keys)
        review_result = self._review(built, before)
        replaced = self._may_replace(review_result.conflicting, built, before)
        for path in _packages(self.stages):
            if not self.dry:
                self._import_one(path.resolve())
            self._report("Import", "Imported", str(display_path(path)))
        count = sync.count_known(self.anki, keys)
        new = len(keys) - count if self.dry else count - count_before
        echo(f"New in Anki: {new:,} of {pluralize(len(keys), 'note')}.")
        if self.dry:
            list_edited(review_result.edited, built)
            return
        if not replaced:
            restore_texts(self.anki, review_result.conflicting, before)
        self._send_again(
            [*review_result.stale, *(review_result.conflicting if replaced else ())], built, before
        )
        after = read_notes(self.anki, [note.note_id for note in before.values()]) if before else {}
        report_edited(review_result.edited, built, before=before, after=after)
        settle_tags(self.anki, built, packaged=self.former.packaged, before=before, after=after)

    def _present(self, keys: Sequence[str]) -> dict[str, AnkiNote]:
        """Return the notes that Anki has, or none if AnkiConnect is too old to return notes."""
        try:
            return read_notes(self.anki, sync.find_notes(self.anki, keys))
        except RefusedError as exc:
            echo(f"AnkiConnect does not show notes ({exc}): what you edited in Anki is not checked.")
            return {}

    def _review(self, built: Mapping[str, BuiltNote], before: Mapping[str, AnkiNote]) -> Review:
        changes = self.stages.plan.changes
        changed = {change.key for change in changes if change.kind in CONTENT_CHANGES}

        def is_former(key: str, question: str, answer: str) -> bool:
            return text_digest(html_text(question), html_text(answer)) in self.former.texts.get(key, ())

        return review_notes(
            built, before, packaged=self.former.packaged, is_former=is_former, changed=changed
        )

    def _may_replace(
        self, keys: Sequence[str], built: Mapping[str, BuiltNote], before: Mapping[str, AnkiNote]
    ) -> bool:
        """Print the texts that changed both in Anki and in the source, and ask whether to replace them."""
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
        """Import the notes again that Anki did not update, because they changed there after the build."""
        present = read_notes(self.anki, [before[key].note_id for key in keys])
        refused = [key for key in keys if key in present and not _is_in(built[key], present[key])]
        if not refused:
            return
        now = clock()
        # the import follows at once, so the time of the build is that of the import
        request = replace(self.stages.request, resent={key: present[key].modified or now for key in refused})
        report = build(request, now)
        if not report.ok or report.stages is None:
            show_diagnostics(report.diagnostics)
            return
        for path in _packages(report.stages):
            self._import_one(path.resolve())
        present = read_notes(self.anki, [before[key].note_id for key in refused])
        arrived = [key for key in refused if key in present and _is_in(built[key], present[key])]
        self._report("Send again", "Sent again", f"{pluralize(len(arrived), 'note')} that Anki had changed")
        if remaining := len(refused) - len(arrived):
            echo(f"Anki refused {pluralize(remaining, 'note')} again: check whether its clock is right.")

    def _import_one(self, path: Path) -> None:
        try:
            done = self.anki.invoke("importPackage", IMPORT_TIMEOUT_S, path=str(path))
        except RefusedError as exc:
            raise AnkiConnectError(self._by_hand(path, str(exc))) from None
        if done is False:
            raise AnkiConnectError(self._by_hand(path, "no reason given"))

    def _by_hand(self, path: Path, reason: str) -> str:
        elsewhere = "" if is_loopback(self.anki.url) else " It looks for that file on its own computer."
        return (
            f"Anki did not import {path} ({reason}).{elsewhere} Import the file by hand (in Anki, "
            "File → Import), then run `exporter push --no-import` for the rest."
        )

    def _move(self, moves: tuple[sync.Move, ...]) -> None:
        for move in moves:
            what = f"{pluralize(len(move.cards), 'card')} from “{printable_line(move.old)}” to “{move.new}”"
            if self.dry or confirm(f"Move {what}?", self.yes):
                if not self.dry:
                    sync.move_cards(self.anki, [move])
                self._report("Move", "Moved", what)

    def _retire(self, note_set: sync.NoteSet) -> None:
        if not note_set.notes:
            return
        what = f"{pluralize(len(note_set.notes), 'note')} of retired questions"
        if self.dry or confirm(f"Suspend {what}, and tag them {sync.RETIRED_TAG}?", self.yes):
            if not self.dry:
                sync.retire(self.anki, note_set)
            self._report(
                "Suspend", "Suspended", f"{what}, and tag{'' if self.dry else 'ged'} them {sync.RETIRED_TAG}"
            )


def _packages(stages: BuildStages) -> Iterator[Path]:
    for file in stages.result.files:
        yield stages.request.folder / file.name


def _is_in(built: BuiltNote, present: AnkiNote) -> bool:
    return has_same_html(built.fields, present.fields)
