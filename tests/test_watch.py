"""`exporter watch`: a process that builds on each save."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.pipeline.watcher import file_stamps, watch
from tests.processes import started
from tests.projects import REPOSITORY, Project

pytestmark = pytest.mark.slow

QUESTIONS = "Title\n\nQuestion 1: What is an index?\nAnswer:\nA sorted copy.\nIt leads to the rows.\n"


def _answer(project: Project) -> str:
    return (project.root / "dist" / "interview-questions-answers.md").read_text("utf-8")


def test_a_save_is_built_and_reported_in_short(project: Project) -> None:
    with started(project, "watch") as watching:
        watching.until("Changes: 28 added")
        watching.until("Watching for changes.")
        project.write(project.source.read_text("utf-8").replace("One big challenge", "One huge challenge"))
        watching.until("written to dist, in ")
        watching.until("Changes: 1 answer changed")
        assert "One huge challenge" in _answer(project)
        assert watching.stop() == 0
        assert watching.said[-1] == "Stopped."


def test_a_broken_source_is_survived(project: Project) -> None:
    with started(project, "watch", "input/interview-questions.txt") as watching:
        watching.until("Watching for changes.")
        before, text = project.exports(), project.source.read_text("utf-8")
        project.source.write_bytes(b"\0\1\2\3" * 50)
        watching.until("error: The file is binary data")
        watching.until("Build failed")
        assert project.exports() == before
        project.source.unlink()
        watching.until("error: The file does not exist.")
        project.write(text.replace("One big", "One quite big"))
        watching.until("Build OK again. 5 files written")
        assert "One quite big" in _answer(project)
        assert watching.stop() == 0


def test_what_is_wrong_at_first_may_become_right(project: Project) -> None:
    config = project.root / "exporter.toml"
    config.write_text("titel = 1\n", encoding="utf-8")
    with started(project, "watch") as watching:
        watching.until("Did you mean “title”?")
        watching.until("Build failed")
        config.write_text('title = "Another title"\n', encoding="utf-8")
        watching.until("Build OK again.")
        assert _answer(project).count("Another title") == 1
        config.unlink()
        watching.until("written to dist")
        assert "Another title" not in _answer(project)


def test_templates_and_new_sources_are_watched(project: Project) -> None:
    (project.root / "exporter.toml").touch()
    with started(project, "watch", "--to", "anki", "--to", "markdown") as watching:
        watching.until("Watching for changes.")
        own = project.root / "templates" / "anki"
        own.mkdir(parents=True)
        (own / "style.css").write_text(".card { color: teal }", encoding="utf-8")
        watching.until("1 file written to dist")
        (own / "style.css").write_text(".card { color: navy }", encoding="utf-8")
        watching.until("1 file written to dist")
        (project.root / "input" / "more.txt").write_text(QUESTIONS, encoding="utf-8")
        watching.until("3 files written to dist")
        (project.root / "input" / "more.txt").unlink()
        watching.until("Changes: 1 retired")


def test_its_own_files_wake_it_only_once(project: Project) -> None:
    with started(project, "watch", "input/interview-questions.txt", "--out", "input") as watching:
        watching.until("Watching for changes.")
        project.write(QUESTIONS)
        watching.until("Changes:")
        time.sleep(1)
        watching.stop()
        assert sum("written to" in line or "No export" in line for line in watching.said) == 2


def test_a_termination_is_as_clean(project: Project) -> None:
    with started(project, "watch") as watching:
        watching.until("Watching for changes.")
        watching.process.send_signal(signal.SIGTERM)
        assert watching.stop() == 0


def test_stamps_tell_states_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    absent = file_stamps([path])
    path.write_text("a", encoding="utf-8")
    present = file_stamps([path])
    assert absent != present == file_stamps([path, tmp_path / "b.txt"])
    os.utime(path, ns=(1, 1))
    assert file_stamps([path]) != present


def test_changes_during_a_build_and_new_inputs_are_watched(tmp_path: Path) -> None:
    source, picture = tmp_path / "a.txt", tmp_path / "pictures" / "a.png"
    source.touch()
    picture.parent.mkdir()
    rounds = 0

    class EnoughError(Exception):
        """The last round was reached."""

    def act() -> tuple[Path, ...]:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            (tmp_path / "b.txt").touch()
        elif rounds == 2:
            threading.Timer(0.3, picture.touch).start()
        else:
            raise EnoughError
        return (picture,)

    with pytest.raises(EnoughError):
        watch(lambda: tmp_path.glob("*.txt"), act)
    assert picture.exists()


def _events(host: str) -> Iterator[dict[str, object]]:
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", "/events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    try:
        while line := answer.readline():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])
    finally:
        answer.close()
        connection.close()


def _get(host: str, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_the_preview_is_served_and_notified_of_each_build(project: Project) -> None:
    with started(project, "watch", "--serve=0", "--to", "markdown") as watching:
        host = watching.until("The preview is at").split("/")[2]
        assert host.startswith("127.0.0.1:")
        watching.until("Watching for changes.")
        status, page = _get(host, "/")
        assert status == 200
        assert "EventSource" in page
        assert "connect-src &#39;self&#39;" in page
        assert _get(host, "/../exporter.toml")[0] == 404
        # What another page on the web could do: reach loopback under a name of its own.
        assert _get(host, "/", Host="evil.example:80")[0] == 404

        events = _events(host)
        first = next(events)
        assert first["message"] == ""
        good = project.source.read_text("utf-8")
        project.source.write_bytes(b"\0\1\2\3" * 50)
        assert next(events) == {**first, "message": "The source has errors: this is the last good build."}
        project.write(good.replace("One big", "One rather big"))
        later = next(events)
        assert later["build"] != first["build"]
        assert later["message"] == ""
        assert "One rather big" in _get(host, "/")[1]
        assert watching.stop() == 0


def test_preview_of_a_failing_first_build_says_so(project: Project) -> None:
    good = project.source.read_text("utf-8")
    project.source.write_bytes(b"\0\1\2\3" * 50)
    with started(project, "watch", "--serve=0", "--to", "markdown") as watching:
        host = watching.until("The preview is at").split("/")[2]
        watching.until("Build failed")
        events = _events(host)
        assert "as soon as they are fixed" in next(events)["message"]
        project.write(good)
        assert next(events)["message"] == ""
        assert watching.stop() == 0


def test_a_taken_port_and_a_misplaced_source_are_usage_errors(project: Project) -> None:
    with started(project, "watch", "--serve=0") as watching:
        port = watching.until("The preview is at").split("/")[2].split(":")[1]
        ran = project.run("watch", "--serve", port)
        assert ran.status == 2
        assert f"The port {port} cannot be used" in ran.errors
    ran = project.run("watch", "--serve", "questions.txt")
    assert ran.status == 2
    assert "Write --serve after the sources" in ran.errors


def test_nothing_that_watches_is_loaded_for_help() -> None:
    code = "import sys; from exporter.cli import watch, share; print(sorted({'watchfiles', 'segno', 'reportlab'} & sys.modules.keys()))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True
    )
    assert ran.stdout.strip() == "[]"
