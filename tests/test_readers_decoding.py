"""Decoding of sources: encodings, line breaks, and files that are not text."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config.settings import Settings, with_values
from exporter.readers.decoding.decode import decode
from exporter.readers.plain.reader import read

SEED = Path(__file__).parent.parent / "input" / "interview-questions.txt"


def test_the_seed_has_a_repaired_title_and_28_questions() -> None:
    source, diagnostics = decode(str(SEED), SEED.read_bytes())
    assert source is not None
    assert [
        (diagnostic.code, diagnostic.span.line if diagnostic.span else 0) for diagnostic in diagnostics
    ] == [("encoding-repaired", 1)]
    reading = read(source, Settings())
    assert reading.questions.title == (
        "Interview Questions and Sample Answers – Challenges and Experience (Plain Text)"
    )
    assert [question.number for question in reading.questions.questions] == list(range(1, 29))
    assert not reading.diagnostics


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be"])
def test_unicode_encodings_give_the_same_lines(encoding: str) -> None:
    source, diagnostics = decode("x.txt", "Question 1: Où?\nAnswer: là, naïvement".encode(encoding))
    assert source is not None
    assert source.lines == ("Question 1: Où?", "Answer: là, naïvement")
    assert not diagnostics


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be"])
def test_undecodable_bytes_are_reported_with_their_line(encoding: str) -> None:
    lines = ("Question 1: Why?", "Answer:", "So \ud800 it is.")
    source, (diagnostic,) = decode("x.txt", "\r\n".join(lines).encode(encoding, "surrogatepass"))
    assert source is not None
    assert source.lines[:2] == lines[:2]
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.text) == (
        "encoding-guessed",
        3,
        source.lines[2],
    )


@pytest.mark.parametrize("data", [b"a\n\nb\n", b"a\r\n\r\nb", b"a\r\rb\r", b"a\r\r\n\r\r\nb\r\r\n"])
def test_line_breaks_of_every_kind_keep_line_numbers(data: bytes) -> None:
    source, _ = decode("x.txt", data)
    assert source is not None
    assert source.lines == ("a", "", "b")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"PK\x03\x04rest", bytes(range(256)) * 4, b"\x00"])
def test_binary_file_is_an_error_that_names_its_kind(data: bytes) -> None:
    source, (diagnostic,) = decode("x.txt", data)
    assert source is None
    assert diagnostic.code == "binary-file"


SENTENCES = {
    "hr": "Može ih nadjačati i proširiti, a izmjene u nadklasi vrijede i za nju. Što je nasljeđivanje?",
    "pl": "Klasa przejmuje właściwości i metody. Może je zmienić, więc kod nie jest pisany dwa razy.",
    "cs": "Třída přebírá vlastnosti a metody své nadřazené třídy. Může je změnit.",
    "hu": "Az osztály átveszi a szülőosztály tulajdonságait. Felülírhatja őket, így elég egyszer megírni.",
    "ro": "Clasa preia proprietăţile şi metodele clasei părinte. Le poate schimba, astfel încât e mai uşor.",
    "tr": "Bir sınıf üst sınıfın özelliklerini ve yöntemlerini alır. Gerektiğinde onları değiştirir.",
    "lt": "Klasė perima tėvinės klasės savybes ir metodus, todėl tas pats kodas nerašomas du kartus. Ką žinote?",
    "lv": "Vajadzības gadījumā tā tās maina, tāpēc viens un tas pats kods netiek rakstīts divreiz.",
    "ru": "Класс получает свойства и методы родительского класса. Он может их изменить.",
    "uk": "Клас отримує властивості та методи батьківського класу. Він може їх змінити.",
    "el": "Μια κλάση παίρνει τις ιδιότητες και τις μεθόδους της γονικής κλάσης.",
    "he": "מחלקה מקבלת את התכונות והשיטות של מחלקת האב.",
    "ja": "クラスは親クラスの特性とメソッドを受け継ぎます。",
    "zh": "一个类获得父类的属性和方法。它可以修改这些内容，因此同样的代码不必写两次。",
    "zh-TW": "一個類別獲得父類別的屬性和方法。它可以修改這些內容，因此同樣的程式碼不必寫兩次。",
    "ko": "클래스는 부모 클래스의 속성과 메서드를 받습니다.",
    "de": "Eine Klasse übernimmt Eigenschaften und Methoden ihrer Oberklasse. Änderungen für Größen?",
    "fr": "Une classe reçoit les propriétés de sa classe mère ; où ? Ça dépend, naïf garçon à l’œuvre.",
    "pt": "Uma classe recebe as propriedades e os métodos da classe mãe, então não é preciso repetir.",
    "da": "En klasse får egenskaber fra sin overklasse. Så er ændringer også gældende for den.",
    "is": "Klasi fær eiginleika og aðferðir yfirklasans. Þannig er sami kóði ekki skrifaður tvisvar.",
    "es": "¿Qué es la herencia? Una clase recibe los métodos de su clase padre. Mañana también.",
}
"""A text in each language, with letters that distinguish it from others."""

STEERED = [
    *[
        (language, encoding)
        for language in ("hr", "pl", "cs", "hu", "ro")
        for encoding in ("cp1250", "latin2")
    ],
    *[("tr", "cp1254"), ("tr", "iso8859-9"), ("lt", "cp1257"), ("lv", "cp1257"), ("el", "cp1253")],
    *[("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso8859-5"), ("ru", "cp866"), ("uk", "koi8-u")],
    ("he", "cp1255"),
]
"""Texts whose letters identify the encoding without the language."""

KNOWN = [
    *STEERED,
    *[
        ("ja", "cp932"),
        ("ja", "euc-jp"),
        ("zh", "gbk"),
        ("zh-TW", "big5"),
        ("ko", "cp949"),
        ("de", "mac-roman"),
    ],
]
"""Texts whose encoding is detected if the language is given."""

WESTERN = ("de", "fr", "pt", "da", "is", "es")


def lines_of(data: bytes, **settings: str) -> tuple[str, ...]:
    values = {key.replace("_", "."): value for key, value in settings.items()}
    source, _ = decode("x.txt", data, with_values(Settings(), values))
    assert source is not None
    return source.lines


def question_in(language: str) -> str:
    return f"Question 1: Why?\nAnswer: {SENTENCES[language]}"


@pytest.mark.parametrize(("language", "encoding"), KNOWN)
def test_the_language_decides_the_encoding(language: str, encoding: str) -> None:
    text = question_in(language)
    assert "\n".join(lines_of(text.encode(encoding), language=language)) == text


@pytest.mark.parametrize(("language", "encoding"), STEERED)
def test_letters_of_a_language_decide_the_encoding(language: str, encoding: str) -> None:
    text = question_in(language)
    assert "\n".join(lines_of(text.encode(encoding))) == text


@pytest.mark.parametrize("set_language", ["", "hr", "pl", "tr", "ru", "zh"])
@pytest.mark.parametrize("language", WESTERN)
def test_a_western_text_stays_western(language: str, set_language: str) -> None:
    text = question_in(language)
    assert "\n".join(lines_of(text.encode("cp1252"), language=set_language)) == text


def test_one_letter_is_enough_if_the_language_is_given() -> None:
    data = "Question 1: Što?\nAnswer: Reč €".encode("cp1250")
    assert lines_of(data, language="sl")[1] == "Answer: Reč €"
    assert lines_of(data)[1] == "Answer: Reè €"


def test_symbols_do_not_identify_a_language() -> None:
    data = "Question 1: It’s 5 € – why?\nAnswer: So.".encode("cp1252")
    for language in ("de", "hr", "tr", "en"):
        assert lines_of(data, language=language)[0] == "Question 1: It’s 5 € – why?"


@pytest.mark.parametrize("head", ["Language: tr", '---\nlanguage: "tr-TR"\n---', "lang = tr"])
def test_language_can_be_declared_in_the_file(head: str) -> None:
    assert lines_of(f"{head}\nQuestion 1: Açık?".encode("cp1254"))[-1] == "Question 1: Açık?"


def test_utf8_is_mixed_with_the_encoding_of_the_language() -> None:
    text = "Question 1: Sınıf nedir, değişir mi?\n".encode("cp1254") + "Answer: Özellikleri alır.".encode()
    assert lines_of(text, language="tr") == (
        "Question 1: Sınıf nedir, değişir mi?",
        "Answer: Özellikleri alır.",
    )


def test_setting_replaces_the_detection() -> None:
    data = "Question 1: Où?\nAnswer: Là.".encode("cp1252")
    assert lines_of(data, source_encoding="windows-1250")[0] == "Question 1: Oů?"
    assert decode("x.txt", data, with_values(Settings(), {"source.encoding": "latin-1"}))[1] == ()
    assert lines_of("Où?".encode("utf-16-be"), source_encoding="utf-16-be") == ("Où?",)


def test_a_byte_order_mark_wins_over_the_setting() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert lines_of("Öl?".encode(encoding), source_encoding="cp1250", language="hr") == ("Öl?",)


def test_undecodable_bytes_are_an_error_with_position() -> None:
    data = b"Question 1: Why?\r\nAnswer: L\xe0."
    _, (diagnostic,) = decode("x.txt", data, with_values(Settings(), {"source.encoding": "utf-8"}))
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.severity, diagnostic.span.line, diagnostic.span.column) == (
        "encoding-wrong",
        "error",
        2,
        10,
    )
    assert "0xE0" in diagnostic.message


def test_utf8_read_as_another_encoding_is_reported() -> None:
    _, (diagnostic, *_) = decode(
        "x.txt", "Why?\nÇa.".encode(), with_values(Settings(), {"source.encoding": "cp1250"})
    )
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.span.line) == ("encoding-guessed", 2)
    assert decode("x.txt", b"Why?\nSo.", with_values(Settings(), {"source.encoding": "cp1250"}))[1] == ()
