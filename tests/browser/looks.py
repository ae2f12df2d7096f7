"""Measurements of a page's appearance: contrast, font sizes and overflow."""

from __future__ import annotations

from typing import Any

LEAST_CONTRAST = 4.5
"""WCAG AA for text of any size."""

_MEASURE = """
() => {
  const channels = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    if (!/^rgba?\\(/.test(colour)) throw new Error("a colour that is not understood: " + colour);
    return found.length < 4 ? [...found, 1] : found;
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement || at.getRootNode().host) layers.push(channels(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const found = [];
  const add = (element, style, words) => {
    const below = ground(element);
    const svg = element.closest("svg");
    const colour = over(channels(svg ? style.fill : style.color), below);
    const [light, dark] = [luminance(colour), luminance(below)].sort((a, b) => b - a);
    const part = element.closest(".question, .answer, ul.cues, a.hint, .notes");
    found.push({
      words: words.trim().slice(0, 40), contrast: (light + 0.05) / (dark + 0.05), size: parseFloat(style.fontSize),
      content: Boolean(part), paper: Boolean(svg), opacity: style.opacity,
    });
  };
  const trees = [...document.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean);
  for (const tree of [document.body, ...trees]) {
    const walker = document.createTreeWalker(tree, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("script, style, noscript, .unseen, .skip")) continue;
      if (!element.getClientRects().length) continue;
      add(element, getComputedStyle(element), node.data);
    }
  }
  for (const element of [document, ...trees].flatMap((tree) => [...tree.querySelectorAll("*")])) {
    for (const which of ["::before", "::marker", "::placeholder"]) {
      const style = getComputedStyle(element, which);
      if (which === "::before" && !["none", "normal"].includes(style.content)) add(element, style, style.content);
      if (which === "::placeholder" && element.placeholder) add(element, style, element.placeholder);
    }
  }
  const root = document.scrollingElement;
  return { texts: found, over: root.scrollWidth - root.clientWidth };
}
"""


def measured(frame: Any) -> dict[str, Any]:
    """Return the visible texts of a page or frame, and its horizontal overflow in pixels."""
    found = frame.evaluate(_MEASURE)
    # The numbers of the steps are no text to be read but a count: small, and still with contrast.
    for text in found["texts"]:
        text["counter"] = text["words"].startswith(("counter", '"'))
    return found


def check(found: dict[str, Any]) -> None:
    """Check that all text is readable, and that nothing overflows."""
    assert found["over"] <= 0
    assert found["texts"]
    for text in found["texts"]:
        assert text["contrast"] >= LEAST_CONTRAST, text
        assert text["opacity"] == "1", text
        assert text["paper"] or text["size"] >= 12, text
        if text["content"] and not text["counter"]:
            assert text["size"] >= 18, text
