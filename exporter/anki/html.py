"""The HTML of Anki's fields: nothing in it is active, and code is highlighted."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from exporter.anki.escape import escape_attribute, escape_text
from exporter.anki.highlight import highlight_code
from exporter.model.html import HtmlPolicy
from exporter.model.media_names import is_safe_target
from exporter.model.questions import Image


@dataclass(frozen=True)
class AnkiHtml(HtmlPolicy):
    """The policy of Anki's fields.

    `media` maps the target of each image to the name of its file in the package, or to another address;
    an image that it does not have becomes its description.
    """

    media: Mapping[str, str] = field(default_factory=dict, hash=False)

    def text(self, text: str) -> str:
        """Return plain text that Anki shows as typed."""
        return escape_text(text)

    def attribute(self, text: str) -> str:
        """Return the value of an attribute in which Anki acts on nothing."""
        return escape_attribute(text)

    def code(self, code: str, language: str) -> str:
        """Return a code block with highlighting."""
        return f"<pre><code>{highlight_code(code, language)}</code></pre>"

    def math(self, tex: str, display: bool) -> str:
        """Return a formula between the delimiters of MathJax."""
        opening, closing = ("\\[", "\\]") if display else ("\\(", "\\)")
        return opening + html.escape(tex).replace("{{", "{<!-- -->{") + closing

    def image(self, image: Image) -> str:
        """Return an image of `media`, or the description of a missing one."""
        if image.target not in self.media:
            return f"<p>{self.text(image.alt or image.target)}</p>"
        return super().image(replace(image, target=self.media[image.target]))

    def link(self, content: str, target: str) -> str:
        """Return a link to an address on the web, or the words of any other link."""
        return super().link(content, target) if is_safe_target(target) else content
