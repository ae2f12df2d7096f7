"""Writing the locks and the exports of a build, all or none."""

from __future__ import annotations

from exporter.identity import text_history
from exporter.pipeline.build_report import BuildStages
from exporter.pipeline.built_settings import remember_settings
from exporter.system import atomic_write
from exporter.system.written_files import remember_written


def write(stages: BuildStages) -> tuple[atomic_write.WriteResult, ...]:
    """Write the locks and the exports, all or none; return the written exports.

    The locks are replaced first: if the build is killed before the exports are, the next build
    repeats it.
    """
    request, plan = stages.request, stages.plan
    locks = [
        (folder.path, [(folder.lock_path.name, folder.lock_text.encode())])
        for folder in plan.folders
        if folder.lock_changed and not request.locked
    ]
    files = [(file.name, file.data) for file in stages.result.files]
    *_, written = atomic_write.write_folders([*locks, (request.folder, files)])
    remember_written(request.folder, files)
    remember_settings(request)
    for folder in plan.folders if "anki" in stages.names else ():
        records = {record.key: record for record in folder.lock.records}
        texts = text_history.read_texts(folder.path)
        added = text_history.add_texts(texts, folder.identified.changes, records)
        if added != texts:
            text_history.write_texts(folder.path, added)
    return written
