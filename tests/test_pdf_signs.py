"""Signs: operators, arrows, emoji and their sequences print as themselves, and are copied as they were typed."""

from __future__ import annotations

import io
import unicodedata

import pypdf
import pytest

from exporter.cards import sign_sequences
from exporter.cards.font_loading import symbols_face
from exporter.cards.font_set import REPLACEMENT, Fonts
from exporter.cards.text_style import MONO, REGULAR
from exporter.exporters.pdf import export
from tests.pdf_decks import cards, deck, note, options, read

SIGNS = "∀∃∄∈∉∋∪∩⊂⊆⊕∧∨⊢⊨⇒⇔←↑→↓↦⟶≤≥≠≈≡√∞∑∏∫∂∇∅ℝℤℕ½⅓¹²³ⁿ₁₂€£¥₹₿✅⚠✓✗✔✘★☆☐☑☒①Ⓐ⌘⌥⏎⏱␀│├└─╔█░■□▲▼◆●𝗯𝑥𝒳𝔸"
EMOJI = (
    "😂❤😍🤣😊🙏💕😭🔥😘👍😅👏😁♥💔💖💙😢🤔😆🙄💪😉☺👌🤗💜😔😎😇🌹🤦🎉‼💞✌✨🤷😱😌🌸🙌😋💗💚😏💛🙂💓"
    "🤩😄😀🖤😃💯🙈👇🎶😒🤭❣❗😜💋👀😪😑💥🙋😞😩😡🤪👊☀😥🤤👉💃😳✋😚😝😴🌟😬🙃🍀🌷😻😓⭐🚀💡📌📝🐛✂❌"
)
SEQUENCES = ("⚠️", "1️⃣", "#️⃣", "👩‍💻", "👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "👩🏽‍💻", "❤️‍🔥", "🏴‍☠️", "✔︎")


@pytest.mark.parametrize("text", [SIGNS, EMOJI])
def test_signs_print_and_are_copied(text: str) -> None:
    fonts = Fonts()
    for char in text:
        assert fonts.printable(REGULAR, char) == char, f"{char} U+{ord(char):04X}"
    assert not fonts.missing


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_sequence_is_one_glyph_and_copied_whole(sequence: str) -> None:
    exported = export(deck(note("Q?", f"A {sequence} b")), options(pdf_duplex="short-edge"), 0)
    assert exported.diagnostics == ()
    with read(exported.files[0].data) as pdf:
        chars = [str(char["text"]) for char in pdf.pages[1].chars]
    assert "".join(chars).count(sequence) == 1
    assert chars.count(sequence) == 1, "one glyph has the whole sequence"


def test_unknown_sequence_is_printed_in_parts() -> None:
    sequence = "🚀‍🐛"
    data = cards(deck(note("Q?", sequence)), pdf_duplex="short-edge")
    with read(data) as pdf:
        chars = [str(char["text"]) for char in pdf.pages[1].chars]
    assert {"🚀\u200d", "🐛"} <= set(chars)


def test_sequence_is_as_wide_as_its_glyph() -> None:
    fonts = Fonts()
    assert fonts.measure(REGULAR, "👩🏽‍💻") == fonts.measure(REGULAR, "👩‍💻")
    assert fonts.measure(REGULAR, "⚠️") == fonts.measure(REGULAR, "⚠") > 0
    assert fonts.measure(REGULAR, "🇩🇪") < fonts.measure(REGULAR, "🇩") + fonts.measure(REGULAR, "🇪")


def test_selector_after_a_letter_prints_the_letter() -> None:
    data = cards(deck(note("Q?", "a\ufe0fb é\U000e0100c")), pdf_duplex="short-edge")
    with read(data) as pdf:
        text = "".join(str(char["text"]) for char in pdf.pages[1].chars)
    assert "a\ufe0fbé\U000e0100c" in text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("a🏽", ["a", "🏽"]),
        ("👍🏽", ["👍🏽"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("é́x", ["é́", "x"]),
        ("👩‍💻!", ["👩‍💻", "!"]),
        ("1️⃣2", ["1️⃣", "2"]),
    ],
)
def test_clusters_keep_what_is_one_sign(text: str, clusters: list[str]) -> None:
    assert list(sign_sequences.iter_clusters(text)) == clusters


def test_signs_beside_right_to_left_letters_are_kept() -> None:
    data = cards(deck(note("Q?", "שלום ✅ עולם ⚠️ סוף")), pdf_duplex="short-edge")
    with read(data) as pdf:
        chars = [str(char["text"]) for char in pdf.pages[1].chars]
    assert "✅" in chars and "⚠️" in chars


def test_signs_are_in_the_same_place_whatever_comes_before() -> None:
    source = deck(note("Q?", "∀ ✅ 👩‍💻"))
    first = cards(source)
    cards(deck(note("Q?", "⚠️ 🐛 ∃")))
    assert cards(source) == first


def test_code_has_box_drawing_and_arrows_of_its_own_face() -> None:
    fonts = Fonts()
    for char in "├─│→✓":
        assert fonts.measure(MONO, char) == fonts.measure(MONO, "a")


def read_operators(page: pypdf.PageObject) -> bytes:
    """Return the operators of a page and of what it draws, as bytes."""
    drawn = [item.get_object() for item in page["/Resources"].get("/XObject", {}).values()]
    return b"".join(stream.get_data() for stream in (page.get_contents(), *drawn) if stream is not None)


def test_bold_signs_are_drawn_with_an_outline() -> None:
    for question, answer, outlined in (("Q?", "∀", 0), ("∀?", "A.", 1)):
        data = cards(deck(note(question, answer)), pdf_duplex="short-edge")
        content = b"".join(map(read_operators, pypdf.PdfReader(io.BytesIO(data)).pages))
        assert content.count(b"2 Tr") == outlined


def test_symbols_font_has_no_letters_of_its_own() -> None:
    face = symbols_face()
    assert face.has("∀") and not face.has("A") and not face.has("\U00100000")


def test_private_use_characters_are_reported() -> None:
    for char in ("\ue000", "\U000f0000", "\U00100000"):
        exported = export(deck(note("Q?", f"A {char}.")), options(), 0)
        assert [item.code for item in exported.diagnostics] == ["missing-glyph"]
        with read(exported.files[0].data) as pdf:
            assert REPLACEMENT in [char["text"] for char in pdf.pages[1].chars]


def test_every_character_is_printed_or_reported() -> None:
    kept = "〈〉⟨⟩⫝̸神\U0002f800ẞ☐☑Å"
    sampled = [chr(code) for code in range(0xA1, 0x30000, 997)] + ["\ue123", "\U000f1234", "\U000e0101"]
    chars = [*kept, *(char for char in sampled if unicodedata.category(char)[0] not in "CZ")]
    notes = [note("Q?", f"Aa {char} zz", number) for number, char in enumerate(chars, 1)]
    exported = export(deck(*notes), options(pdf_duplex="short-edge", pdf_stock="card-a7"), 0)
    reported = {item.span.line: item.message for item in exported.diagnostics if item.span}
    with read(exported.files[0].data) as pdf:
        texts = ["".join(str(char["text"]) for char in page.chars) for page in pdf.pages[1::2]]
    for number, (char, text) in enumerate(zip(chars, texts, strict=True), 1):
        is_printed = char in text or unicodedata.normalize("NFC", char) in text
        assert is_printed != (f"U+{ord(char):04X}" in reported.get(number, "")), f"U+{ord(char):04X}"


def test_missing_character_of_the_title_is_reported() -> None:
    exported = export(deck(note("Q?", "A."), title="Title 漢"), options(), 0)
    (reported,) = exported.diagnostics
    assert (reported.code, "“Title 漢”" in reported.message) == ("missing-glyph", True)
