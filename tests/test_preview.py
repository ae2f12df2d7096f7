"""The preview: the deck's own templates, rendered as Anki renders them, in one inert file."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.anki.note_type import load_builtin_scripts
from exporter.anki.template_language import FRONT_SIDE, TemplateSyntaxError, parse, render
from exporter.config.settings import Settings
from exporter.exporters.pdf import export
from exporter.web.preview_page import render_preview
from tests.pdf_decks import deck, note, options, read, seed
from tests.projects import Project

FIELDS = {"Front": "a <b>b</b> &amp; &lt;x&gt;<br>c", "Back": "B{{Front}}", "Empty": " <br><div></div> "}

TEMPLATES = [
    "{{Front}} {{ Front }} {{{Front}}} a }} {{Back}}",
    "{{hint:Front}}|{{hint:Empty}}|{{hint:text:Front}}",
    "{{text:Front}}",
    "{{Front}}{{#Empty}}full{{/Empty}}{{^Empty}}empty {{#Front}}within{{/ Front }}{{/Empty}}",
    "{{Front}}{{Tags}}|{{Type}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{CardFlag}}",
    "<!-- {{Front}} {{ --> x {{Front}}",
    "{{Front}}{{#Tags}}tagged{{/Tags}}{{# Deck }}in a deck{{/Deck}}",
    "{{Front}}{{FrontSide}}",
    "{{weird:Front}} {{text:}} {{Front",
]

REFUSED = [
    "{{Nope}}",
    "{{#Nope}}a{{/Nope}}",
    "{{#Front}}a",
    "{{/Front}}{{Front}}",
    "{{}}",
    "{{#Front}}{{/Back}}",
    "{{#FrontSide}}never{{/FrontSide}}",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    """A function that renders a template in the real engine, as a front and after a FrontSide."""
    from anki.collection import Collection
    from anki.template import TemplateRenderContext

    collection = Collection(str(tmp_path_factory.mktemp("engine") / "collection.anki2"))
    model = collection.models.new("A type")
    for name in FIELDS:
        collection.models.add_field(model, collection.models.new_field(name))
    template = collection.models.new_template("A card")
    template |= {"qfmt": "{{Front}}", "afmt": "{{Back}}"}
    collection.models.add_template(model, template)
    collection.models.add(model)
    made = collection.new_note(model)
    for name, value in FIELDS.items():
        made[name] = value
    made.tags = ["x", "y-z"]
    collection.add_note(made, collection.decks.id("Work::Interviews"))
    model = collection.models.get(model["id"])

    def rendered(front: str, back: str) -> tuple[str, str]:
        changed = {**model["tmpls"][0], "qfmt": front, "afmt": back}
        context = TemplateRenderContext.from_card_layout(made, made.cards()[0], model, changed, False)
        output = context.render()
        return output.question_text, output.answer_text

    yield rendered
    collection.close()


def _ours(template: str, **more: str) -> str:
    special = {
        "Tags": "x y-z",
        "Type": "A type",
        "Deck": "Work::Interviews",
        "Subdeck": "Interviews",
        "Card": "A card",
        "CardFlag": "flag0",
    }
    fields = {**FIELDS, **special}
    return render(parse(template, fields), {**fields, FRONT_SIDE: "", **more})


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_come_out_as_in_the_engine(engine, template: str) -> None:
    front, back = engine(template, "{{FrontSide}}<hr>" + template)
    # Anki opens a hint with an inline script, which the page forbids: the page opens it itself.
    inert = [re.sub(r"\nonclick=\"[^\"]*\"| id=\"hint\w+\"", "", text) for text in (front, back)]
    ours = _ours(template)
    assert ours == inert[0]
    assert _ours("{{FrontSide}}<hr>" + template, FrontSide=ours) == inert[1]


@pytest.mark.parametrize("template", REFUSED)
def test_what_the_engine_refuses_is_refused(engine, template: str) -> None:
    assert "template has a problem" in engine(template, "{{Back}}")[0]
    with pytest.raises(TemplateSyntaxError):
        _ours(template)


def _data(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_faces_are_those_of_the_phone(project: Project, tmp_path: Path) -> None:
    from tests.engine.phone import Phone

    project.build("--to", "anki")
    project.run("preview")
    data = _data((project.root / "dist" / "interview-questions-preview.html").read_text("utf-8"))
    (tmp_path / "phone").mkdir()
    phone = Phone(tmp_path / "phone")
    phone.import_package(project.package)
    for card in data["cards"]:
        for ours, theirs in zip((card["front"], card["back"]), phone.faces(card["key"]), strict=True):
            bare = re.sub(
                r"^<style>.*?</style>|\nonclick=\"[^\"]*\"| id=\"hint\w+\"", "", theirs, flags=re.DOTALL
            )
            assert ours == bare
    assert (
        data["style"] == phone.collection.get_note(phone.note_id(data["cards"][0]["key"])).note_type()["css"]
    )
    phone.close()


def test_the_command_writes_one_file_and_says_so(project: Project) -> None:
    ran = project.run("preview")
    assert ran.status == 0, ran.errors
    assert ran.output.startswith("dist/interview-questions-preview.html")
    assert ran.output.endswith("28 cards, as phone and paper show them\n")
    assert not project.lock.exists()
    first = project.exports()
    project.run("preview")
    assert project.exports() == first

    assert project.run("preview", "--out", "elsewhere/look.html").status == 0
    assert (project.root / "elsewhere" / "look.html").is_file()


def test_a_broken_source_leaves_the_earlier_page(project: Project) -> None:
    project.run("preview")
    before = project.exports()
    project.source.write_bytes(b"\0\1\2\3" * 100)
    ran = project.run("preview")
    assert ran.status == 1
    assert "Nothing was written." in ran.errors
    assert project.exports() == before


def test_a_projects_own_templates_are_shown(project: Project) -> None:
    own = project.root / "templates" / "anki"
    own.mkdir(parents=True)
    (project.root / "exporter.toml").touch()
    (own / "front.html").write_text("<h1>{{Question}}</h1> of {{Subdeck}}", encoding="utf-8")
    (own / "style.css").write_text(".card { color: rebeccapurple }", encoding="utf-8")
    assert project.run("preview", "--set", "deck=Work::Talk").status == 0
    data = _data((project.root / "dist" / "interview-questions-preview.html").read_text("utf-8"))
    assert (
        data["cards"][0]["front"] == "<h1>What challenges did you face in your previous company?</h1> of Talk"
    )
    assert "rebeccapurple" in data["style"]

    (own / "front.html").write_text("{{Qestion}}", encoding="utf-8")
    ran = project.run("preview")
    assert ran.status == 2
    assert "anki/front.html:1:1: error" in ran.errors
    assert "unknown field “Qestion”" in ran.errors


def test_paper_shows_what_is_printed_where_no_font_has_a_letter() -> None:
    made = render_preview([deck(note("What is 水?", "It is \U0001f4a7."))], Settings())
    assert {one.code for one in made.diagnostics} == {"missing-glyph"}
    paper = "".join(card["front"] + card["back"] for card in _data(made.html)["cards"][0]["paper"])
    assert "水" not in paper
    assert "\N{REPLACEMENT CHARACTER}" in paper


def test_two_sources_share_a_page(project: Project) -> None:
    (project.root / "input" / "more.txt").write_text(
        "More\n\nQuestion 1: Why?\nAnswer:\nSo.\n", encoding="utf-8"
    )
    assert project.run("preview").status == 0
    page = (project.root / "dist" / "preview.html").read_text("utf-8")
    assert len(_data(page)["cards"]) == 29
    assert "<h2>More</h2>" in page


def test_no_address_leads_out_and_only_our_scripts_may_run() -> None:
    hostile = '</script><script>alert(1)</script><img src=x onerror="alert(2)"> {{Answer}} <!--'
    page = render_preview([deck(note(hostile, hostile), title=hostile)], Settings()).html
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])
    assert "default-src 'none'" in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    allowed = [*scripts, *load_builtin_scripts()]
    digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in allowed}
    digests.add(base64.b64encode(hashlib.sha256(_data(page)["frame"].encode()).digest()).decode())
    assert set(re.findall(r"sha256-([^']+)'", policy)) == digests
    assert len(scripts) == 1
    assert not re.search(r'(?:src|href|url)\s*[=(]\s*"?\s*(?:https?:)?//', page)
    assert _data(page)["cards"][0]["question"] == hostile


def test_paper_has_the_lines_and_sizes_of_the_pdf() -> None:
    # On the short edge, so that the backs stand upright on their page.
    settings = options(pdf_duplex="short-edge")
    whole = seed()
    one = replace(whole, notes=whole.notes[:1])
    (card,) = _data(render_preview([one], settings).html)["cards"]
    with read(export(one, settings, 0).files[0].data) as pdf:
        for side, page in zip(("front", "back"), pdf.pages, strict=True):
            printed = page.extract_text()
            sizes = {round(char["size"], 1) for char in page.chars}
            drawn = re.findall(r'font-size="([\d.]+)"[^>]*>(.*?)</text>', card["paper"][0][side])
            assert len(drawn) > 2
            for size, words in drawn:
                assert html.unescape(re.sub("<[^>]+>", "", words)) in printed
                assert any(abs(float(size) - other) < 0.1 for other in sizes)


def test_pictures_are_in_the_page(project: Project) -> None:
    picture = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    source = project.root / "input" / "pictures.md"
    source.write_text("# Pictures\n\n## What is shown?\n\nThis:\n\n![A dot](dot.png)\n", encoding="utf-8")
    (project.root / "input" / "dot.png").write_bytes(picture)
    ran = project.run("preview", "input/pictures.md")
    assert ran.status == 0, ran.errors
    (card,) = _data((project.root / "dist" / "pictures-preview.html").read_text("utf-8"))["cards"]
    address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    assert f'<img src="{address}" alt="A dot">' in card["back"]
    assert f'<image href="{address}"' in card["paper"][0]["back"]


def test_the_rehearsal_has_each_cue_on_its_own_from_the_note() -> None:
    hostile = '</script><img src=x onerror="alert(1)">'
    shown = deck(
        note(
            "What is an index?",
            "A sorted copy of columns.\nReads get faster.",
            1,
            cues=("sorted copy", hostile),
        ),
        note("And a lock?", "One writer.", 2, category="Threads", notes="Say why.\nBriefly."),
    )
    data = _data(render_preview([shown], Settings()).html)
    first, second = (card["rehearsal"] for card in data["cards"])
    escaped = '&lt;/script&gt;&lt;img src=x onerror="alert(1)"&gt;'
    assert first == {
        "question": "What is an index?",
        "cues": ["sorted copy", escaped],
        "answer": '<ol class="steps"><li>A <strong>sorted copy</strong> of columns.</li><li>Reads get faster.</li></ol>',
        "notes": "",
    }
    assert second["notes"] == "Say why.<br>Briefly."
    assert data["headings"] == ["", "Threads"]


def test_phone_template_does_not_change_the_rehearsal(tmp_path: Path) -> None:
    own = tmp_path / "anki"
    own.mkdir()
    (own / "front.html").write_text("<h1>Mine</h1>{{Question}}", encoding="utf-8")
    plain, changed = (
        _data(render_preview([seed()], Settings(templates=place)).html) for place in ("", str(tmp_path))
    )
    assert "Mine" in changed["cards"][0]["front"]
    assert changed["cards"][0]["rehearsal"] == plain["cards"][0]["rehearsal"]
