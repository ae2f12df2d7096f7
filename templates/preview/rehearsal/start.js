// The first view: which questions, in which order, and how long for each.
"use strict";

function makeRehearsalStart(view, cards, onBegin) {
  const MAX_LIMIT = 600; // seconds
  const LIMIT_STEP = 30;
  const byId = (id) => document.getElementById(id);
  const select = byId("which");
  const radios = [...view.querySelectorAll("[name=order]")];
  const settings = { order: "given", limit: 120 };
  const saved = rehearsalStorage.settings.get();
  if (["given", "shuffled"].includes(saved?.order)) settings.order = saved.order;
  if (saved?.limit >= 0 && saved.limit <= MAX_LIMIT) settings.limit = Math.floor(saved.limit);

  // Lists of questions to choose from, as [name, cards].
  function lists() {
    const missed = cards.filter((card) => rehearsalStorage.missed.has(card.key));
    const headings = [...new Set(cards.map((card) => card.heading))];
    const byHeading = headings.map((heading) => [
      heading || wordOf("other_questions"), cards.filter((card) => card.heading === heading),
    ]);
    return [
      [wordOf("all_questions"), cards],
      ...(missed.length ? [[wordOf("missed_last_time"), missed]] : []),
      ...(headings.length > 1 ? byHeading : []),
    ];
  }

  function showLimit() {
    byId("limit").textContent = settings.limit ? formatSeconds(settings.limit) : wordOf("no_clock");
    byId("shorter").disabled = settings.limit === 0;
    byId("longer").disabled = settings.limit === MAX_LIMIT;
  }

  function changeLimit(by) {
    settings.limit = Math.min(Math.max(settings.limit + by, 0), MAX_LIMIT);
    rehearsalStorage.settings.set(settings);
    showLimit();
  }

  function refresh() {
    select.replaceChildren(...lists().map(([name, list]) => new Option(`${name} (${list.length})`)));
    for (const radio of radios) radio.checked = radio.value === settings.order;
    byId("begin").disabled = cards.length === 0;
    byId("none-to-rehearse").hidden = cards.length > 0;
    showLimit();
  }

  function begin() {
    if (cards.length) onBegin(lists()[select.selectedIndex][1].map((card) => card.key));
  }

  for (const radio of radios) {
    radio.addEventListener("change", () => {
      settings.order = radio.value;
      rehearsalStorage.settings.set(settings);
    });
  }
  byId("shorter").addEventListener("click", () => changeLimit(-LIMIT_STEP));
  byId("longer").addEventListener("click", () => changeLimit(LIMIT_STEP));
  byId("begin").addEventListener("click", begin);
  return { settings, refresh, begin };
}
