"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const cards = data.cards;
  const places = new Map(cards.map((card, place) => [card.key, place]));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = cards.map((card) => fold(card.words));
  const links = new Map([...document.querySelectorAll("[data-key]")].map((link) => [link.dataset.key, link]));
  const root = document.documentElement;
  let shown = cards.map((_, place) => place);
  let at = -1;
  let answered = false;
  let frame = null;

  // What the tab was left with: a served page is loaded anew after each build.
  const kept = {
    get: (name) => { try { return sessionStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* not allowed here */ } },
  };
  let night = kept.get("night") === null ? matchMedia("(prefers-color-scheme: dark)").matches : kept.get("night") === "yes";

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

  function page(card, html) {
    const policy = document.querySelector("meta[http-equiv]").content;
    return `<!doctype html><html lang="${escaped(data.languages[card.deck])}"><head><meta charset="utf-8">`
      + `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`
      + `<meta name="viewport" content="width=device-width, initial-scale=1"><base target="_blank">`
      + `<title>${escaped(card.question)}</title>`
      + `<style>html, body { min-height: 100%; margin: 0; box-sizing: border-box; }\n`
      + `${data.style.replace(/<\//g, "<\\/")}</style></head>`
      + `<body class="card card1${night ? " nightMode" : ""}"><div id="qa">${html}</div>`
      + `<script>${data.frame}</` + `script></body></html>`;
  }

  // A card's own markup comes last but for our script; the sandbox and the policy keep it still.
  function showPhone(card) {
    const made = document.createElement("iframe");
    const side = wordOf(answered ? "answer" : "question");
    made.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    made.title = wordOf(answered ? "phone_answer" : "phone_question");
    made.srcdoc = page(card, answered ? card.back : card.front);
    const focused = frame && document.activeElement === frame;
    byId("screen").replaceChildren(made);
    frame = made;
    if (focused) made.focus();
    byId("side").textContent = side;
    byId("flip").textContent = wordOf(answered ? "show_question" : "show_answer");
  }

  function showPaper(card) {
    const sheets = byId("sheets");
    sheets.replaceChildren();
    card.paper.forEach((paper, part) => {
      const which = card.paper.length > 1 ? `, ${wordOf("card_of", { number: part + 1, total: card.paper.length })}` : "";
      for (const side of ["front", "back"]) {
        if (!paper[side]) continue;
        const figure = document.createElement("figure");
        const drawing = new DOMParser().parseFromString(paper[side], "image/svg+xml").documentElement;
        drawing.setAttribute("role", "img");
        drawing.setAttribute("aria-label", `${wordOf(`paper_${side}`)}${which}: ${drawing.textContent}`);
        const caption = document.createElement("figcaption");
        caption.textContent = wordOf(side) + which;
        figure.append(document.importNode(drawing, true), caption);
        sheets.append(figure);
      }
    });
  }

  function show(place, answer) {
    const moved = place !== at;
    if (moved) links.get(cards[at]?.key)?.removeAttribute("aria-current");
    at = place;
    answered = answer;
    const card = cards[at];
    showPhone(card);
    if (moved) {
      showPaper(card);
      const link = links.get(card.key);
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
      document.title = card.question;
    }
    const where = wordOf("question_of", { number: shown.indexOf(at) + 1, total: shown.length });
    byId("spoken").textContent = answered ? wordOf("answer_shown") : `${where}: ${card.question}`;
    kept.set("answered", answered ? card.key : "");
  }

  function go(place) {
    if (place === undefined || place === at) return;
    show(place, false);
    location.replace("#" + cards[place].key);
  }

  const step = (by) => {
    if (!shown.length) return;
    const here = shown.indexOf(at);
    if (here >= 0) go(shown[here + by]);
    else go(by > 0 ? shown.find((place) => place > at) : shown.findLast((place) => place < at));
  };

  function fromAddress() {
    let key = "";
    try { key = decodeURIComponent(location.hash.slice(1)); } catch { /* no key of ours */ }
    const place = places.get(key);
    if (place !== undefined && place !== at) show(place, kept.get("answered") === key);
    else if (at < 0 && cards.length) show(0, false);
  }

  function search() {
    const wanted = fold(byId("search").value).split(/\s+/).filter(Boolean);
    shown = cards.map((_, place) => place).filter((place) => wanted.every((word) => words[place].includes(word)));
    const found = new Set(shown);
    cards.forEach((card, place) => { links.get(card.key).closest("li").hidden = !found.has(place); });
    for (const section of byId("list").children) section.hidden = !section.querySelector("li:not([hidden])");
    const all = cards.length === 1 ? wordOf("one_question") : wordOf("question_count", { count: cards.length });
    byId("found").textContent = wanted.length ? wordOf("match_count", { count: shown.length, total: cards.length }) : all;
  }

  function setNight(value) {
    night = value;
    root.classList.toggle("night", night);
    byId("night").setAttribute("aria-pressed", String(night));
    kept.set("night", night ? "yes" : "no");
    frame?.contentWindow.postMessage({ night }, "*");
  }

  const acts = {
    "ArrowLeft": () => step(-1),
    "ArrowRight": () => step(1),
    " ": () => { if (at >= 0) show(at, !answered); },
    "c": () => frame?.contentWindow.postMessage({ cues: true }, "*"),
    "/": () => { byId("search").focus(); byId("search").select(); },
    "n": () => setNight(!night),
  };

  addEventListener("keydown", (event) => {
    const target = event.target;
    if (root.classList.contains("rehearsing")) return; // it has keys of its own
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target === byId("search")) {
      if (event.key === "Escape") { target.value = ""; search(); target.blur(); }
      if (event.key === "Enter" && shown.length) { go(shown[0]); byId("card").focus(); }
      return;
    }
    if (event.key === " " && target.closest("button, summary")) return;
    const act = acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow) acts[event.data.key]?.();
  });
  addEventListener("hashchange", fromAddress);
  byId("search").addEventListener("input", search);
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("flip").addEventListener("click", acts[" "]);
  byId("night").addEventListener("click", acts.n);

  byId("stock").textContent = data.stock;
  byId("empty").hidden = cards.length > 0;
  byId("phone").hidden = byId("paper").hidden = cards.length === 0;
  setNight(night);
  fromAddress();
})();
