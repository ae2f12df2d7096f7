// The card of a rehearsal. It has a tree of its own, so that the deck's style changes nothing else.
"use strict";

function makeRehearsalCard(host, style) {
  const tree = host.attachShadow({ mode: "open" });

  function part(tag, className, html) {
    const made = document.createElement(tag);
    made.className = className;
    made.dir = "auto";
    made.innerHTML = html; // escaped by the exporter, as the fields of the deck are
    for (const link of made.querySelectorAll("a")) {
      link.target = "_blank";
      link.rel = "noreferrer";
    }
    return made;
  }

  function focusable(element, role) {
    element.setAttribute("role", role);
    element.tabIndex = -1;
    return element;
  }

  function answerPart({ answer, notes }) {
    const made = focusable(part("div", "answer", answer), "group");
    made.setAttribute("aria-label", wordOf("answer_shown"));
    if (notes) made.append(part("div", "notes", notes));
    return made;
  }

  function cuesPart(cues) {
    const list = document.createElement("ul");
    list.className = "cues";
    list.setAttribute("role", "list");
    list.append(...cues.map((cue) => part("li", "", cue)));
    list.hidden = !cues.length;
    return list;
  }

  // Shows the question and either its answer or its first `cuesShown` cues.
  function show({ rehearsal, language }, cuesShown, isAnswered) {
    const sheet = document.createElement("style");
    sheet.textContent = style;
    const card = document.createElement("div");
    card.className = "card";
    card.lang = language;
    const question = focusable(part("div", "question", rehearsal.question), "heading");
    question.setAttribute("aria-level", "1");
    card.append(question, isAnswered ? answerPart(rehearsal) : cuesPart(rehearsal.cues.slice(0, cuesShown)));
    tree.replaceChildren(sheet, card);
    host.classList.toggle("answered", isAnswered);
    followNight();
  }

  function addCue(html) {
    const cue = part("li", "", html);
    const list = tree.querySelector(".cues");
    list.hidden = false;
    list.append(cue);
    return cue;
  }

  function followNight() {
    const isNight = document.documentElement.classList.contains("night");
    tree.querySelector(".card")?.classList.toggle("nightMode", isNight);
  }

  const focusPart = () => (tree.querySelector(".answer") || tree.querySelector(".question"));
  const textOf = (html) => part("span", "", html).textContent;
  return { show, addCue, followNight, focusPart, textOf };
}
