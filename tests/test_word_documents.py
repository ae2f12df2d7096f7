"""Word documents as sources: paragraphs as lines, and the files that are refused in a sentence."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_source
from exporter.readers.decoding import word_documents
from tests.word_files import bold, make_document, paragraph, run, table

QUESTIONS = paragraph(bold("One?")) + paragraph() + paragraph("a") + paragraph(bold("Two?")) + paragraph("b")


def load(folder: Path, data: bytes, name: str = "notes.docx") -> LoadedSource:
    path = folder / name
    path.write_bytes(data)
    return load_source(path, Settings())


def find(loaded: LoadedSource, code: str) -> Diagnostic:
    (found,) = [item for item in loaded.diagnostics if item.code == code]
    return found


def test_lines_are_paragraphs(tmp_path: Path) -> None:
    questions = load(tmp_path, make_document(QUESTIONS)).questions.questions
    assert [question.span.line for question in questions if question.span] == [1, 4]


@pytest.mark.parametrize("name", ["notes.txt", "notes.md", "notes", "notes.doc"])
def test_documents_are_known_by_their_content(name: str, tmp_path: Path) -> None:
    assert len(load(tmp_path, make_document(QUESTIONS), name).questions.questions) == 2


def test_lists_continue_below_answers(tmp_path: Path) -> None:
    body = "".join(paragraph(f"What is {index}?", numbering=(1, 0)) + paragraph("a") for index in range(3))
    questions = load(tmp_path, make_document(body)).questions.questions
    assert [question.number for question in questions] == [1, 2, 3]


def test_marks_of_markdown_are_words(tmp_path: Path) -> None:
    body = QUESTIONS + paragraph(bold("Three?")) + paragraph("2 * 3, &lt;T&gt; and __init__, `x`")
    questions = load(tmp_path, make_document(body)).questions.questions
    assert plain_text(questions[2].answer) == "2 * 3, <T> and __init__, `x`"


def test_tables_of_questions_are_read(tmp_path: Path) -> None:
    rows = [(paragraph(f"What is {word}?"), paragraph(f"It is {word}.")) for word in ("a", "b", "c")]
    questions = load(tmp_path, make_document(table(*rows))).questions.questions
    assert [plain_text(question.answer) for question in questions] == ["It is a.", "It is b.", "It is c."]


def test_formulas_that_are_left_out_are_reported(tmp_path: Path) -> None:
    body = QUESTIONS + paragraph("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")
    assert "(1)" in find(load(tmp_path, make_document(body)), "document-part-skipped").message


def test_headers_and_deleted_text_are_reported(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    parts = {"word/header1.xml": b"<w:hdr><w:t>me</w:t></w:hdr>"}
    loaded = load(tmp_path, make_document(QUESTIONS + paragraph(deleted), parts=parts))
    assert find(loaded, "document-part-skipped").message.endswith("headers and footers, deleted text.")


def test_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    assert "exporter[docx]" in (find(load(tmp_path, make_document(QUESTIONS)), "missing-package").hint or "")


def make_bomb(name: str, size: int) -> bytes:
    data = make_document(QUESTIONS)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, b" " * size)
    return buffer.getvalue()


def test_limits_of_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_documents, "MAX_TEXT_BYTES", 1 << 20)
    monkeypatch.setattr(word_documents, "MAX_UNPACKED_BYTES", 4 << 20)
    assert not load(tmp_path, make_bomb("word/a.xml", (1 << 20) - 1)).diagnostics
    assert (
        "larger than 1 MiB"
        in find(load(tmp_path, make_bomb("word/a.xml", (1 << 20) + 1)), "unreadable-document").message
    )
    assert (
        "larger than 4 MiB"
        in find(load(tmp_path, make_bomb("word/a.png", 4 << 20)), "unreadable-document").message
    )
    monkeypatch.setattr(word_documents, "MAX_PARTS", 6)
    assert not load(tmp_path, make_document(QUESTIONS)).diagnostics
    assert find(load(tmp_path, make_bomb("word/a.png", 1)), "unreadable-document").message


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    loaded = load(tmp_path, make_document(QUESTIONS, parts={"word/styles.xml": bomb}))
    assert "entities" in find(loaded, "unreadable-document").message


@pytest.mark.parametrize("end", [0.3, 0.6, 0.9, 0.99])
def test_cut_documents_are_refused(end: float, tmp_path: Path) -> None:
    data = make_document(QUESTIONS)
    loaded = load(tmp_path, data[: int(len(data) * end)])
    assert [item.code for item in loaded.diagnostics] == ["binary-file"]


@pytest.mark.parametrize("part", [b"<w:document", b"", b"\xff\xfe"])
def test_damaged_text_is_refused(part: bytes, tmp_path: Path) -> None:
    loaded = load(tmp_path, make_document("", parts={"word/document.xml": part}))
    assert find(loaded, "unreadable-document").hint


def test_deep_documents_are_refused(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 3000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 3000
    assert find(load(tmp_path, make_document(body)), "unreadable-document").message


def test_linked_pictures_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    drawing = (
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='p' descr='plan'/><a:graphic><a:graphicData><pic:pic>"
        "<pic:blipFill><a:blip r:link='rId9'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        b'TargetMode="External" Target="secret.png" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image"/></Relationships>'
    )
    body = paragraph(bold("One?")) + paragraph("a ", drawing) + paragraph(bold("Two?")) + paragraph(run("b"))
    loaded = load(tmp_path, make_document(body, parts={"word/_rels/document.xml.rels": relations}))
    assert len(loaded.questions.questions) == 2
    assert not loaded.media
    assert find(loaded, "picture-skipped").span
