"""Sharing: what is handed over, to whom, and for how long; on loopback alone."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.qr import qr_lines
from exporter.sharing import exports_in
from tests.processes import Started, started
from tests.projects import Project

BLOCKS = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


class Share:
    """A share that is up, and where it is."""

    def __init__(self, process: Started) -> None:
        self.process = process
        process.until("Press Ctrl-C to stop before.")
        addresses = [line.strip() for line in process.said if line.strip().startswith("http://127.0.0.1:")]
        self.target, self.page = addresses[0], addresses[-1]
        self.host, _, self.secret = self.page.removeprefix("http://").rstrip("/").partition("/")

    def ask(self, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), body


@pytest.fixture
def built(project: Project) -> Project:
    project.build()
    return project


@pytest.fixture
def share(built: Project) -> Iterator[Share]:
    dist = built.root / "dist"
    (dist / ".hidden.md").write_text("secret", encoding="utf-8")
    (dist / "private.key").write_text("secret", encoding="utf-8")
    (dist / "link.md").symlink_to(built.source)
    (dist / "folder.md").mkdir()
    with started(built, "share", "--local") as process:
        yield Share(process)


def test_the_exports_come_whole_and_as_what_they_are(share: Share, built: Project) -> None:
    expected = {
        "interview-questions.apkg": ("application/octet-stream", "attachment"),
        "interview-questions-cards.pdf": ("application/pdf", "inline"),
        "interview-questions-answers.md": ("text/markdown; charset=utf-8", "inline"),
        "interview-questions-cheatsheet.md": ("text/markdown; charset=utf-8", "inline"),
        "interview-questions-cheatsheet.html": ("text/html; charset=utf-8", "inline"),
        "interview-questions-cheatsheet.pdf": ("application/pdf", "inline"),
    }
    for name, (kind, way) in expected.items():
        status, headers, body = share.ask(f"/{share.secret}/{name}")
        assert status == 200
        assert headers["Content-Type"] == kind
        assert headers["Content-Disposition"].startswith(f'{way}; filename="{name}"')
        assert headers["Cache-Control"] == "no-store"
        assert body == (built.root / "dist" / name).read_bytes()
        share.process.until(f"127.0.0.1 took {name}")
    status, headers, body = share.ask(f"/{share.secret}/")
    assert status == 200
    assert set(re.findall(r'href="([^"]+)"', body.decode())) == set(expected)


def test_the_head_of_a_file_is_not_the_file(share: Share) -> None:
    status, headers, body = share.ask(f"/{share.secret}/interview-questions.apkg", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "*",
        "/{secret}",
        "/{secret}/private.key",
        "/{secret}/.hidden.md",
        "/{secret}/link.md",
        "/{secret}/folder.md",
        "/{secret}/..",
        "/{secret}/../input/interview-questions.txt",
        "/{secret}/%2e%2e/input/interview-questions.txt",
        "/{secret}/..%2finput%2finterview-questions.txt",
        "/{secret}//etc/passwd",
        "/{secret}/%00",
        "/interview-questions.apkg",
        "/AAAAAAAAAAAAAAAAAAAAAA/interview-questions.apkg",
        "/{secret}x/interview-questions.apkg",
        "/favicon.ico",
        "/%ff%fe/",
    ],
)
def test_all_else_is_not_there(share: Share, path: str) -> None:
    status, headers, body = share.ask(path.format(secret=share.secret))
    assert (status, body) == (404, b"There is nothing here.\n")
    assert "Python" not in headers.get("Server", "")


def test_nothing_can_be_written(share: Share, built: Project) -> None:
    before = built.package.read_bytes()
    for method in ("PUT", "POST", "DELETE"):
        assert share.ask(f"/{share.secret}/interview-questions.apkg", method)[0] == 404
    assert built.package.read_bytes() == before


def test_a_rebuild_is_shared_as_it_is_now(share: Share, built: Project) -> None:
    built.write(built.source.read_text("utf-8").replace("One big", "One rather big"))
    built.build()
    assert share.ask(f"/{share.secret}/interview-questions.apkg")[2] == built.package.read_bytes()


def test_it_says_what_is_shared_with_whom_and_how_to_stop(share: Share) -> None:
    said = "\n".join(share.process.said)
    assert "Sharing 6 files" in said
    assert "private.key" not in said
    assert "Only this computer can reach them." in said
    assert "for 10 minutes" in said
    assert share.target.endswith("/interview-questions.apkg")
    assert len(share.secret) >= 22
    assert share.process.stop() == 0
    assert share.process.said[-1] == "Stopped: nothing is shared any more."
    with pytest.raises(OSError):
        share.ask("/")


def test_the_code_leads_to_the_deck(share: Share) -> None:
    lines = share.process.said
    code = [line for line in lines if line and set(line) <= set(BLOCKS)]
    assert code == qr_lines(share.target)


def test_a_code_is_the_matrix_with_a_quiet_zone() -> None:
    import segno

    text = "http://127.0.0.1:8000/secret/deck.apkg"
    matrix = [
        list(map(bool, row)) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix
    ]
    drawn = [[bool(BLOCKS[char][half]) for char in line] for line in qr_lines(text) for half in (0, 1)]
    size = len(matrix)
    assert [row[4 : 4 + size] for row in drawn[4 : 4 + size]] == matrix
    assert not any(map(any, drawn[:4]))
    assert not any(map(any, drawn[4 + size :]))
    assert not any(any(row[:4]) or any(row[4 + size :]) for row in drawn)


def test_it_ends_by_itself(built: Project) -> None:
    with started(built, "share", "--local", "--minutes", "0.02") as process:
        share = Share(process)
        process.until("The time is over")
        assert process.process.wait(10) == 0
        with pytest.raises(OSError):
            share.ask("/")


def test_each_share_has_another_address(built: Project) -> None:
    secrets = set()
    for _ in range(2):
        with started(built, "share", "--local") as process:
            secrets.add(Share(process).secret)
    assert len(secrets) == 2


def test_two_decks_are_listed_on_the_page(built: Project) -> None:
    (built.root / "dist" / "zwölf “Fragen”.apkg").write_bytes(b"PK")
    with started(built, "share", "--local") as process:
        share = Share(process)
        assert share.target == share.page
        name = re.findall(r'href="(zw[^"]+)"', share.ask(f"/{share.secret}/")[2].decode())[0]
        status, headers, body = share.ask(f"/{share.secret}/{name}")
        assert (status, body) == (200, b"PK")
        assert "filename*=UTF-8''zw%C3%B6lf%20" in headers["Content-Disposition"]


def test_nothing_to_share_and_a_taken_port_are_said(project: Project) -> None:
    ran = project.run("share", "--local")
    assert ran.status == 2
    assert "Run `exporter build` first" in ran.errors
    project.build()
    with started(project, "share", "--local") as process:
        port = Share(process).host.split(":")[1]
        ran = project.run("share", "--local", "--port", port)
        assert ran.status == 2
        assert f"The port {port} cannot be used" in ran.errors
    assert project.run("share", "--local", "--minutes", "0").status == 2


def test_only_exports_are_found(tmp_path: Path) -> None:
    assert exports_in(tmp_path / "nowhere") == {}
    for name in ("a.apkg", "b.pdf", "c.md", "d.txt", ".e.md", "f-preview.html"):
        (tmp_path / name).touch()
    assert list(exports_in(tmp_path)) == ["a.apkg", "b.pdf", "c.md", "f-preview.html"]
