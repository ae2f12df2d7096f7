"""Makes the README's pictures from the real output: `python -m tests.pictures [NAME…]`.

The sheet and the cards are rendered from the PDFs, the phone's card from what the real Anki engine
shows, the rehearsal and the preview from the preview's page, in the browser: Debian's chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from exporter.cards import stocks
from exporter.cards.imposition import impose
from exporter.config.choices import PrintMode
from tests.engine.phone import Phone
from tests.projects import REPOSITORY, Project

PICTURES = REPOSITORY / "docs" / "pictures"

NOW = 1_767_225_600
"""The time of the build, in seconds since 1970: pictures change only with what they show."""

NUMBER = "3"
"""The question that is shown on the card, the phone and in the rehearsal."""

PHONE = {"width": 360, "height": 620}
"""The window of a phone, in CSS pixels."""

CARD_SCALE = 2.4
"""How many pixels a point of a cue card has before the picture is made smaller."""

SETTLING_MS = 700
"""The time that fading in takes at most, in milliseconds."""

GAP_PX = 24
"""The space between pictures that are put next to each other."""

CARD_PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>{style} html, body {{ min-height: 100%; margin: 0; }}</style>
<body class="card {night}"><div id="qa">{face}</div></body>"""


def main() -> None:
    """Build the real questions, and write all pictures, or those that are named."""
    wanted = sys.argv[1:] or list(MAKERS)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = Project.with_seed(Path(folder) / "project")
        project.build(now=NOW)
        with _browser() as browser:
            for name in wanted:
                picture = MAKERS[name](project, browser)
                # a palette halves the bytes; this method keeps colours that only a few letters have
                picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE).save(
                    PICTURES / f"{name}.png", optimize=True
                )


@contextmanager
def _browser() -> Iterator[Browser]:
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None:
        sys.exit("There is no Chromium here; install Debian's package chromium.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=command, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def draw_sheet(project: Project, _browser: Browser) -> Image.Image:
    """The cheat sheet as it is printed."""
    document = pypdfium2.PdfDocument(project.root / "dist" / "interview-questions-cheatsheet.pdf")
    picture = document[0].render(scale=1.6).to_pil()
    document.close()
    return _framed(picture)


def draw_paper(project: Project, _browser: Browser) -> Image.Image:
    """A cue card, its front and its back with the cues in bold."""
    stock = next(stock for stock in stocks.STOCKS if stock.name == "a4-3x5")
    document = pypdfium2.PdfDocument(project.root / "dist" / "interview-questions-cards.pdf")
    sides = []
    for index, page in enumerate(impose(4, stock, mode=PrintMode.LONG_EDGE)[:2]):
        slot = dict(page.cards)[min(card for card, _ in page.cards)]
        sheet = document[index].render(scale=CARD_SCALE).to_pil()
        left, top, width, height = (
            round(side * stocks.POINTS_PER_MM * CARD_SCALE)
            for side in (slot.rect.x, slot.rect.y, slot.rect.width, slot.rect.height)
        )
        card = sheet.crop((left, top, left + width, top + height))
        sides.append(_framed(card.rotate(180) if slot.is_rotated else card))
    document.close()
    return _row(sides)


def draw_card(project: Project, browser: Browser) -> Image.Image:
    """The card on the phone: the front, two cues after two taps, the back, and the back at night."""
    folder = project.root.parent / "phone"
    folder.mkdir()
    phone = Phone(folder)
    phone.import_package(project.package)
    key = next(key for key, fields in phone.notes().items() if fields["Number"] == NUMBER)
    front, back = phone.faces(key)
    style = phone.collection.get_note(phone.note_id(key)).note_type()["css"]
    phone.close()

    def show(face: str, taps: int = 0, night: str = "") -> Image.Image:
        with _page(browser, **PHONE) as page:
            page.set_content(CARD_PAGE.format(style=style, night=night, face=face))
            for selector in ("a.hint", ".hints button.next")[:taps]:
                if page.is_visible(selector):  # the last cue has no button for the next one
                    page.click(selector)
            page.evaluate("document.activeElement.blur()")
            return _seen(page)

    return _row([show(front), show(front, taps=2), show(back), show(back, night="nightMode night_mode")])


def draw_rehearsal(project: Project, browser: Browser) -> Image.Image:
    """The rehearsal in the phone's browser: two cues, the answer, the summary at night."""
    address = f"{_preview(project).as_uri()}#rehearse"
    said = ("#answer", "#said") * (int(NUMBER) - 1)
    missed_one = ("#answer", "#said", "#answer", "#missed", "#answer", "#said", "#pause", "#end")

    def show(*buttons: str, night: bool = False) -> Image.Image:
        with _page(browser, **PHONE, night=night) as page:
            page.goto(address)
            for button in ("#begin", *buttons):
                page.click(button)
            return _seen(page)

    return _row([show(*said, "#cue", "#cue"), show(*said, "#answer"), show(*missed_one, night=True)])


def draw_preview(project: Project, browser: Browser) -> Image.Image:
    """The preview's page on a computer."""
    page_path = _preview(project)
    with _page(browser, width=1280, height=900) as page:
        page.goto(page_path.as_uri())
        picture = _seen(page)
    return picture.resize((1280, 900), Image.Resampling.LANCZOS)


MAKERS: dict[str, Callable[[Project, Browser], Image.Image]] = {
    "card": draw_card,
    "paper": draw_paper,
    "sheet": draw_sheet,
    "rehearsal": draw_rehearsal,
    "preview": draw_preview,
}
"""What draws each picture."""


def _preview(project: Project) -> Path:
    ran = project.run("preview")
    assert ran.status == 0, ran.errors
    return project.root / "dist" / "interview-questions-preview.html"


@contextmanager
def _page(browser: Browser, width: int, height: int, night: bool = False) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2,
        color_scheme="dark" if night else "light",
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def _seen(page: Page) -> Image.Image:
    page.wait_for_timeout(SETTLING_MS)
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.screenshot(path=file.name)
        with Image.open(file.name) as picture:
            return picture.convert("RGB")


def _row(pictures: list[Image.Image]) -> Image.Image:
    """Put pictures next to each other, at half their size if they are screens."""
    row = Image.new(
        "RGB",
        (
            sum(picture.width for picture in pictures) + GAP_PX * (len(pictures) - 1),
            max(picture.height for picture in pictures),
        ),
        "white",
    )
    left = 0
    for picture in pictures:
        row.paste(picture, (left, 0))
        left += picture.width + GAP_PX
    return row.resize((row.width * 5 // 8, row.height * 5 // 8), Image.Resampling.LANCZOS)


def _framed(picture: Image.Image) -> Image.Image:
    """Draw a thin grey edge, by which one sees where the paper ends."""
    framed = Image.new("RGB", (picture.width + 2, picture.height + 2), "#bbbbbb")
    framed.paste(picture, (1, 1))
    return framed


if __name__ == "__main__":
    main()
