"""Sharing: which files are served, to whom, and for how long; on loopback only."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.cli.share import render_qr_code
from exporter.web.share import list_exports
from tests.processes import Started, started
from tests.projects import Project

pytestmark = pytest.mark.slow

BLOCKS = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}
"""Which half of a character is drawn in the text colour: above, below."""

COLOURS = {"16": "black", "231": "white"}


class Share:
    """A running share, and its address."""

    def __init__(self, process: Started, project: Project) -> None:
        self.process = process
        self.project = project
        process.until("Press Ctrl-C to stop earlier.")
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


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Share]:
    """A share for all tests that only send requests: building and starting takes longer."""
    project = Project.with_seed(tmp_path_factory.mktemp("share") / "project")
    project.build()
    dist = project.root / "dist"
    (dist / ".hidden.md").write_text("secret", encoding="utf-8")
    (dist / "private.key").write_text("secret", encoding="utf-8")
    (dist / "link.md").symlink_to(project.source)
    (dist / "folder.md").mkdir()
    with started(project, "share", "--local") as process:
        yield Share(process, project)


def test_the_exports_come_whole_and_as_what_they_are(share: Share) -> None:
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
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert body == (share.project.root / "dist" / name).read_bytes()
        share.process.until(f"127.0.0.1 took {name}")
    status, headers, body = share.ask(f"/{share.secret}/")
    assert status == 200
    assert set(re.findall(r'href="([^"]+)"', body.decode())) == {
        "interview-questions-preview.html#rehearse",
        *expected,
    }


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


def test_nothing_can_be_written(share: Share) -> None:
    before = share.project.package.read_bytes()
    for method in ("PUT", "POST", "DELETE"):
        assert share.ask(f"/{share.secret}/interview-questions.apkg", method)[0] == 404
    assert share.project.package.read_bytes() == before


def test_a_rebuild_is_shared_as_it_is_now_until_it_is_stopped(built: Project) -> None:
    with started(built, "share", "--local") as process:
        share = Share(process, built)
        built.write(built.source.read_text("utf-8").replace("One big", "One rather big"))
        built.build()
        assert share.ask(f"/{share.secret}/interview-questions.apkg")[2] == built.package.read_bytes()
        assert process.stop() == 0
        assert process.said[-1] == "Stopped: sharing has ended."
        with pytest.raises(OSError):
            share.ask("/")


def test_it_says_what_is_shared_and_with_whom(share: Share) -> None:
    said = "\n".join(share.process.said)
    assert "Sharing 6 files" in said
    assert "private.key" not in said
    assert "Only this computer can reach them." in said
    assert "for 10 minutes" in said
    assert share.target.endswith("/interview-questions.apkg")
    assert len(share.secret) >= 22


def test_the_code_leads_to_the_deck(share: Share) -> None:
    assert _decoded(_code_in(share.process.said)) == share.target


def test_a_code_has_a_quiet_zone_of_four_modules() -> None:
    lines = [
        re.sub(r"\x1b\[[\d;]*m", "", line)
        for line in render_qr_code("http://127.0.0.1:8000/secret/deck.apkg")
    ]
    light = [[BLOCKS[char][half] for char in line] for line in lines for half in (0, 1)]
    height = len(light[0])  # the last line may hold half a line more
    assert all(map(all, light[:4])) and all(map(all, light[height - 4 : height]))
    assert all(all(row[:4]) and all(row[-4:]) for row in light[:height])
    assert not all(light[4]) and not all(row[4] for row in light[:height])


@pytest.mark.parametrize("terminal", [("white", "black"), ("black", "white"), ("white", "blue")])
def test_a_code_is_read_on_terminals_of_all_colours(terminal: tuple[str, str]) -> None:
    text = "http://127.0.0.1:8000/aXq3-_/réponses.apkg"
    assert _decoded(render_qr_code(text), *terminal) == text


def test_it_ends_by_itself(built: Project) -> None:
    with started(built, "share", "--local", "--minutes", "0.02") as process:
        share = Share(process, built)
        process.until("Time is up")
        assert process.process.wait(10) == 0
        with pytest.raises(OSError):
            share.ask("/")


def test_each_share_has_another_address(built: Project) -> None:
    secrets = set()
    for _ in range(2):
        with started(built, "share", "--local") as process:
            secrets.add(Share(process, built).secret)
    assert len(secrets) == 2


def test_two_decks_are_listed_on_the_page(built: Project) -> None:
    (built.root / "dist" / "zwölf “Fragen”.apkg").write_bytes(b"PK")
    with started(built, "share", "--local") as process:
        share = Share(process, built)
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
        port = Share(process, project).host.split(":")[1]
        ran = project.run("share", "--local", "--port", port)
        assert ran.status == 2
        assert f"The port {port} cannot be used" in ran.errors
    assert project.run("share", "--local", "--minutes", "0").status == 2


def test_only_exports_are_found(tmp_path: Path) -> None:
    assert list_exports(tmp_path / "nowhere") == {}
    for name in ("a.apkg", "b.pdf", "c.md", "d.txt", ".e.md", "f-preview.html"):
        (tmp_path / name).touch()
    assert list(list_exports(tmp_path)) == ["a.apkg", "b.pdf", "c.md", "f-preview.html"]


def _links(share: Share) -> list[str]:
    return re.findall(r'href="([^"]+)"', share.ask(f"/{share.secret}/")[2].decode())


@pytest.fixture
def unbuilt(project: Project) -> Project:
    """Return a project with a file to share that was not built."""
    (project.root / "dist").mkdir()
    (project.root / "dist" / "interview-questions-cheatsheet.md").write_text("# A sheet", "utf-8")
    return project


def test_rehearsal_is_listed_first_and_made_of_todays_source(unbuilt: Project) -> None:
    name = "interview-questions-preview.html"
    unbuilt.write(unbuilt.source.read_text("utf-8").replace("One big", "One quite recent"))
    with started(unbuilt, "share", "--local") as process:
        share = Share(process, unbuilt)
        assert _links(share) == [f"{name}#rehearse", "interview-questions-cheatsheet.md"]
        assert f"Rehearse in its browser, without Anki: {share.page}{name}#rehearse" in process.said
        assert share.target == share.page
        status, headers, body = share.ask(f"/{share.secret}/{name}")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "One quite recent" in body.decode()
        process.until(f"127.0.0.1 took {name}")
    assert list(unbuilt.exports()) == ["interview-questions-cheatsheet.md"]
    assert not unbuilt.lock.exists()


def test_an_old_preview_in_the_folder_is_served_as_of_today(unbuilt: Project) -> None:
    name = "interview-questions-preview.html"
    (unbuilt.root / "dist" / name).write_text("old", encoding="utf-8")
    with started(unbuilt, "share", "--local") as process:
        share = Share(process, unbuilt)
        assert _links(share).count(name) == 1
        assert b"What challenges did you face" in share.ask(f"/{share.secret}/{name}")[2]


def test_code_leads_to_the_rehearsal_where_that_is_asked(unbuilt: Project) -> None:
    with started(unbuilt, "share", "--local", "--rehearse") as process:
        share = Share(process, unbuilt)
        assert share.target == f"{share.page}interview-questions-preview.html#rehearse"
        assert _decoded(_code_in(process.said)) == share.target


def test_two_sources_are_rehearsed_on_one_page(unbuilt: Project) -> None:
    (unbuilt.root / "input" / "more.txt").write_text("More\n\nQuestion 1: Why?\nAnswer:\nSo.\n", "utf-8")
    with started(unbuilt, "share", "--local") as process:
        share = Share(process, unbuilt)
        assert _links(share)[0] == "preview.html#rehearse"
        assert b">Why?<" in share.ask(f"/{share.secret}/preview.html")[2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "there is no source in the input folder"),
        ("\0\1\2\3" * 100, "the source or its lock has errors; `exporter preview` shows them"),
        ("Title\n\nQuestion 1: Why?\nAnswer:\n", "no question has an answer yet"),
    ],
    ids=["no-source", "broken", "unanswered"],
)
def test_exports_are_shared_where_nothing_can_be_rehearsed(
    unbuilt: Project, text: str | None, reason: str
) -> None:
    if text is None:
        unbuilt.source.unlink()
    else:
        unbuilt.write(text)
    ran = unbuilt.run("share", "--local", "--minutes", "0.001")
    assert ran.status == 0, ran.errors
    assert f"Shared without the rehearsal: {reason}." in ran.errors
    assert "Sharing 1 file" in ran.output


def test_a_code_to_a_rehearsal_that_cannot_be_is_refused(unbuilt: Project) -> None:
    own = unbuilt.root / "templates" / "anki"
    own.mkdir(parents=True)
    (unbuilt.root / "exporter.toml").touch()
    (own / "front.html").write_text("{{Qestion}}", encoding="utf-8")
    ran = unbuilt.run("share", "--local", "--rehearse")
    assert ran.status == 2
    assert "There is nothing to rehearse: This template cannot be used" in ran.errors
    assert "`exporter preview` shows it." in ran.errors


def _code_in(lines: list[str]) -> list[str]:
    """Return the lines of the code in what was printed."""
    return [line for line in lines if line and set(line) <= set(BLOCKS)]


def _decoded(lines: list[str], text: str = "white", background: str = "black") -> str:
    """Read a code from a picture of a terminal; `text` and `background` are the terminal's own colours.

    Light on dark is not tried: not every camera reads that.
    """
    import zxingcpp
    from PIL import Image, ImageDraw

    size, margin = 6, 20
    width = max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in lines)
    picture = Image.new("RGB", (width * size + 2 * margin, len(lines) * 2 * size + 2 * margin), background)
    draw = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        column, front, back = 0, text, background
        for escape, char in re.findall(r"\x1b\[([\d;]*)m|(.)", line):
            if char:
                for half, drawn in enumerate(BLOCKS[char]):
                    x, y = margin + column * size, margin + (row * 2 + half) * size
                    draw.rectangle((x, y, x + size - 1, y + size - 1), front if drawn else back)
                column += 1
            elif escape == "0":
                front, back = text, background
            else:
                front, back = (
                    COLOURS[code] for code in re.fullmatch(r"38;5;(\d+);48;5;(\d+)", escape).groups()
                )
    (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False)
    return code.text
