"""What a person would set cue cards with instead, on the same cards.

Four cards a page, fronts and backs in pairs. fpdf2 and WeasyPrint set every card at one size that is
known to fit; `paragraph` and the bare canvas search it for each side of each card, as typst does in
`typst_cards`. None balances lines or draws marks.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

import fontpkg

Card = tuple[str, list[str]]

SIZE = 9
WIDTH, HEIGHT, LEFT, TOP, MARGIN = 127.0, 76.2, 21.5, 28.8, 6.0


def with_fpdf2(entries: Sequence[Card]) -> bytes:
    from fpdf import FPDF

    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("Body", "", str(fontpkg.path("Atkinson Hyperlegible")))
    pdf.add_font("Body", "B", str(fontpkg.path("Atkinson Hyperlegible", weight=700)))
    for first in range(0, len(entries), 4):
        for side in (0, 1):
            pdf.add_page()
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                column = at % 2 if side == 0 else 1 - at % 2
                pdf.set_font("Body", "" if side else "B", SIZE)
                y = TOP + (at // 2) * HEIGHT + MARGIN
                for words in answer if side else [question]:
                    pdf.set_xy(LEFT + column * WIDTH + MARGIN, y)
                    pdf.multi_cell(WIDTH - 2 * MARGIN, SIZE * 0.43, words, align="L")
                    y = pdf.get_y()
    return bytes(pdf.output())


def with_weasyprint(entries: Sequence[Card]) -> bytes:
    from weasyprint import HTML

    parts = [
        "<style>@page {size: 297mm 210mm; margin: 0} @font-face {font-family: Body; src: "
        f"url(file://{fontpkg.path('Atkinson Hyperlegible')})}} body {{margin: 0; font: {SIZE}pt Body}}"
        ".p {position: relative; height: 210mm; break-after: page} .c {position: absolute; width: "
        f"{WIDTH - 2 * MARGIN}mm}} ol {{margin: 0}}</style>"
    ]
    for first in range(0, len(entries), 4):
        for side in (0, 1):
            parts.append("<div class=p>")
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                column = at % 2 if side == 0 else 1 - at % 2
                x, y = LEFT + column * WIDTH + MARGIN, TOP + (at // 2) * HEIGHT + MARGIN
                lines = "".join(f"<li>{html.escape(line)}" for line in answer)
                body = f"<ol>{lines}</ol>" if side else f"<b>{html.escape(question)}</b>"
                parts.append(f"<div class=c style='left:{x}mm;top:{y}mm'>{body}</div>")
            parts.append("</div>")
    return bytes(HTML(string="".join(parts)).write_pdf())


def with_paragraph(entries: Sequence[Card]) -> bytes:
    """Reportlab's Paragraph, each card at the largest size that fits."""
    import io

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph

    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(297 * mm, 210 * mm))
    room = (WIDTH - 2 * MARGIN) * mm, (HEIGHT - 2 * MARGIN) * mm
    for first in range(0, len(entries), 4):
        for side in (0, 1):
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                words = "<br/>".join(map(html.escape, answer)) if side else f"<b>{html.escape(question)}</b>"
                low, high = 36, 72
                while low < high:
                    middle = (low + high + 1) // 2
                    style = ParagraphStyle("card", fontSize=middle / 4, leading=middle / 4 * 1.2)
                    _, needed = Paragraph(words, style).wrap(*room)
                    low, high = (middle, high) if needed <= room[1] else (low, middle - 1)
                paragraph = Paragraph(words, ParagraphStyle("card", fontSize=low / 4, leading=low / 4 * 1.2))
                _, needed = paragraph.wrap(*room)
                column = at % 2 if side == 0 else 1 - at % 2
                x, y = (LEFT + column * WIDTH + MARGIN) * mm, (210 - TOP - (at // 2) * HEIGHT - MARGIN) * mm
                paragraph.drawOn(canvas, x, y - needed)
            canvas.showPage()
    canvas.save()
    return data.getvalue()


def with_bare_canvas(entries: Sequence[Card]) -> bytes:
    """Reportlab's canvas by hand: words measured once, the size by greedy lines, one text object a card."""
    import io

    from reportlab.lib.units import mm
    from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(TTFont("Bare", str(fontpkg.path("Atkinson Hyperlegible"))))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(297 * mm, 210 * mm))
    room = (WIDTH - 2 * MARGIN) * mm, (HEIGHT - 2 * MARGIN) * mm
    widths: dict[str, float] = {}

    def broken(lines: Sequence[str], size: float) -> list[str]:
        result = []
        for line in lines:
            held: list[str] = []
            used = 0.0
            for word in line.split():
                if word not in widths:
                    widths[word] = stringWidth(word + " ", "Bare", 1)
                width = widths[word] * size
                if held and used + width > room[0]:
                    result.append(" ".join(held))
                    held, used = [], 0.0
                held.append(word)
                used += width
            result.append(" ".join(held))
        return result

    for first in range(0, len(entries), 4):
        for side in (0, 1):
            for at, (question, answer) in enumerate(entries[first : first + 4]):
                lines = answer if side else [question]
                low, high = 36, 72
                while low < high:
                    middle = (low + high + 1) // 2
                    fits = len(broken(lines, middle / 4)) * middle / 4 * 1.2 <= room[1]
                    low, high = (middle, high) if fits else (low, middle - 1)
                column = at % 2 if side == 0 else 1 - at % 2
                x, y = (LEFT + column * WIDTH + MARGIN) * mm, (210 - TOP - (at // 2) * HEIGHT - MARGIN) * mm
                text = canvas.beginText(x, y - low / 4)
                text.setFont("Bare", low / 4, low / 4 * 1.2)
                for line in broken(lines, low / 4):
                    text.textLine(line)
                canvas.drawText(text)
            canvas.showPage()
    canvas.save()
    return data.getvalue()
