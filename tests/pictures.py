"""Makes the README's pictures from the real output: `python -m tests.pictures`.

The sheet is rendered from the PDF, the card from what the real Anki engine shows, in the
browser: Debian's chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.engine.phone import Phone
from tests.projects import REPOSITORY, Project

PICTURES = REPOSITORY / "docs" / "pictures"

PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>{style} html, body {{ min-height: 100%; margin: 0; }}</style>
<body class="card {night}"><div id="qa">{face}</div></body>"""


def browser() -> str | None:
    """The browser's command, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def screenshot(page: Path, picture: Path, width: int, height: int) -> None:
    """Show a page in a window of that size, in CSS pixels, and keep what is seen."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                str(browser()),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--force-device-scale-factor=2",
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Build the real questions, and write the pictures."""
    import pypdfium2

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        project = Project.with_seed(root / "project")
        project.build(now=1_767_225_600)
        document = pypdfium2.PdfDocument(project.root / "dist" / "interview-questions-cards.pdf")
        for index, name in enumerate(("sheet-front", "sheet-back")):
            document[index].render(scale=1.2).to_pil().quantize(32).save(PICTURES / f"{name}.png")
        document.close()
        _cards(project, root)
        _preview(project, root)


def _preview(project: Project, root: Path) -> None:
    from PIL import Image

    project.run("preview")
    page, picture = project.root / "dist" / "interview-questions-preview.html", root / "preview.png"
    screenshot(page, picture, 1280, 900)
    Image.open(picture).convert("RGB").resize((1280, 900)).quantize(256, Image.Quantize.MAXCOVERAGE).save(
        PICTURES / "preview.png"
    )


def _cards(project: Project, root: Path) -> None:
    from PIL import Image

    (root / "phone").mkdir()
    phone = Phone(root / "phone")
    phone.import_package(project.package)
    key = next(key for key, fields in phone.notes().items() if fields["Number"] == "3")
    front, back = phone.faces(key)
    style = phone.collection.get_note(phone.note_id(key)).note_type()["css"]
    opened = front.replace("display: none", "display: block", 1).replace(
        "<a class=hint", "<a hidden class=hint", 1
    )
    faces = {"front": (front, ""), "cues": (opened, ""), "back": (back, ""), "night": (back, "nightMode")}
    pictures = []
    for name, (face, night) in faces.items():
        page, picture = root / f"{name}.html", root / f"{name}.png"
        page.write_text(PAGE.format(style=style, night=night, face=face), encoding="utf-8")
        # Chromium's headless window is no narrower than 500 pixels: the card stands in a frame of 360.
        frame = root / f"{name}-frame.html"
        inner = f'<iframe src="{page.name}" width="360" height="620"></iframe>'
        frame.write_text("<style>*{margin:0;border:0}</style>" + inner, encoding="utf-8")
        screenshot(frame, picture, 500, 620)
        pictures.append(Image.open(picture).convert("RGB").crop((0, 0, 720, 1240)))
    phone.close()
    row = Image.new("RGB", (720 * len(pictures), 1240))
    for place, one in enumerate(pictures):
        row.paste(one, (720 * place, 0))
    row.resize((row.width // 2, row.height // 2)).quantize(256).save(PICTURES / "card.png")


if __name__ == "__main__":
    main()
