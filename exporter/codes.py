"""Every diagnostic code of our own, with what it means."""

CODES: dict[str, str] = {
    "empty-question": "A question marker stands without a question.",
    "encoding-repaired": "Text that was encoded twice (mojibake) has been repaired.",
    "binary-file": "The file is not text.",
    "missing-answer": "A question has no answer yet; it is left out of the exports.",
    "duplicate-question": "The same question and answer stand in the source twice.",
    "no-questions": "No question was found in the file.",
    "number-gap": "The numbers of the questions skip.",
    "number-repeated": "Two questions have the same number.",
    "stray-text": "Text that belongs to no question.",
    "unreadable-source": "The source cannot be read.",
    "unknown-format": "No reader is known for this kind of file.",
    "output-collision": "Two sources would write the same file.",
    "missing-glyph": "No font has a character.",
    "card-continued": "A question does not fit one card at 9 pt and goes on further cards.",
    "pdf-setting": "A setting of the cue cards is impossible.",
    "plugin-failed": "A plugin failed; the others went on.",
}
