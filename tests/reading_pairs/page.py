"""Pairs for `exporter/readers/page/`."""

from __future__ import annotations

from tests.reading_pairs.case import Case

_CODE = "abcde fghij klmno pqrst uvwxy abcde fghij"


def _case(title: str, html: str, *expected: str, shows: str = "answers") -> Case:
    return Case(title, "a.html", f"<body>{html}</body>", expected, shows)


def _main(title: str, words: int, count: int) -> Case:
    """Return a case whose main element has 10 words of its question, and `words` of an answer."""
    main = f"<main><h2>What is it, and why do you ask me now?</h2><p>{'word ' * words}</p></main>"
    return _case(title, f"<h2>Why?</h2><p>{'text ' * 40}</p>{main}", str(count), shows="count")


def _banner(title: str, words: int, count: int) -> Case:
    """Return a case in which a banner has `words` of about 100 words."""
    banner = f"<div class='newsletter'><h2>Would you like news?</h2>{'word ' * words}</div>"
    return _case(title, f"<h2>Why?</h2><p>{'text ' * (90 - words)}</p>{banner}", str(count), shows="count")


def _menu(title: str, linked: int, count: int) -> Case:
    """Return a case with a menu, 20 words in which `linked` are links."""
    menu = f"<a href='b'>{'link ' * linked}</a>{'word ' * (10 - linked)}"
    part = f"<div class='menu'><h2>{menu}?</h2></div>"
    return _case(title, f"<h2>Why?</h2><p>{'text ' * 90}</p>{part}", str(count), shows="count")


def _code(title: str, words: int, *answers: str) -> Case:
    """Return a case in which 70 characters are in a monospaced font, and `words` times 10 are not."""
    line = f"<p style='font-family:Consolas'>{_CODE}</p>"
    return _case(title, f"<h2>What?</h2><p>{'othertexts ' * words}</p>{line * 2}", *answers)


def _badge(title: str, words: str, question: str) -> Case:
    summary = f"<summary><span>What is a jib?</span><span>{words}</span></summary>"
    return _case(title, f"<details>{summary}<p>A sail.</p></details>" * 2, question, question, shows="fronts")


def _button(title: str, words: str, count: int) -> Case:
    return _case(title, f"<button>{words}</button><p>A sail.</p>" * 3, str(count), shows="count")


def _weight(title: str, weight: int, count: int) -> Case:
    """Return a case of a table whose first row is its header if it is bold."""
    cells = "".join(f"<td><span style='font-weight:{weight}'>{word}</span></td>" for word in ("Sail?", "Use"))
    rows = "<td>What is a jib?</td><td>The first.</td>", "<td>And a spinnaker?</td><td>A balloon.</td>"
    return _table(title, [cells, *rows], str(count), shows="count")


def _table(title: str, rows: list[str], *expected: str, shows: str = "answers") -> Case:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return _case(title, f"<table>{table}</table>", *expected, shows=shows)


_HEADER, _ROW = "<td>Question</td><td>Answer</td>", "<td>Why?</td><td>So.</td>"

CASES = (
    _main("MIN_MAIN_SHARE below", 22, 2),
    _main("MIN_MAIN_SHARE above", 60, 1),
    _banner("MAX_PART_SHARE below", 16, 1),
    _banner("MAX_PART_SHARE above", 40, 2),
    _menu("MIN_LINKED_SHARE below", 4, 2),
    _menu("MIN_LINKED_SHARE above", 7, 1),
    _code("MAX_CODE_SHARE below", 4, f"{'othertexts ' * 4}\n\n{_CODE}\n{_CODE}".replace(" \n", "\n")),
    _code("MAX_CODE_SHARE above", 1, f"othertexts\n\n{_CODE}\n\n{_CODE}"),
    _badge("MAX_BADGE_WORDS below", "Very hard", "What is a jib?"),
    _badge("MAX_BADGE_WORDS above", "of a boat", "What is a jib?of a boat"),
    _button("MIN_BUTTON_WORDS below", "Show the answer", 0),
    _button("MIN_BUTTON_WORDS above", "Explain why boats float", 3),
    _weight("MIN_BOLD_WEIGHT below", 500, 3),
    _weight("MIN_BOLD_WEIGHT above", 700, 2),
    _case(
        "headings below a title by class",
        "<p class=title>Sea</p><h2>Ships</h2><h3>What?</h3><p>One.</p><h2>Ports</h2><h3>Who?</h3><p>Two.</p>",
        "Ships",
        "Ports",
        shows="categories",
    ),
    _case(
        "the lowest heading below a title",
        "<p class=title>Sea</p><h6>What?</h6><p>One.</p><h6>Who?</h6><p>Two.</p>",
        "One.",
        "Two.",
    ),
    _case("MIN_PAIRS below", "<div class=front>Jib</div><div class=back>Sail</div>", "0", shows="count"),
    _case("MIN_PAIRS above", "<div class=front>Jib</div><div class=back>Sail</div>" * 2, "Sail", "Sail"),
    _table("one column lays out the page", ["<td><p>Q: Why?</p><p>A: So.</p></td>"] * 2, "So.", "So."),
    _table("two columns are a table", ["<td>Q: Why?</td><td>A: So.</td>"] * 2, "So.", "So."),
    _table("title above a header and a row", ["<td colspan=2>Sails</td>", _HEADER, _ROW], "So."),
    _table("a row above a header and nothing", ["<td colspan=2>Sails</td>", _HEADER], "0", shows="count"),
)
