// The last view: how it went, and what to look at once more.
"use strict";

function makeRehearsalSummary(cards, textOf, onRepeat) {
  const byId = (id) => document.getElementById(id);

  function reason(result) {
    if (!result.missed) return `said, but it took ${formatSeconds(result.seconds)}`;
    const times = ["once", "twice"][result.missed - 1] || `${result.missed} times`;
    return `missed ${times}${result.said ? "" : ", not said yet"}`;
  }

  function line(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.dir = "auto";
    made.textContent = text;
    return made;
  }

  function item(result) {
    const { key, question, rehearsal } = cards.get(result.key);
    const made = document.createElement("li");
    const link = line("a", "", question);
    link.href = `#${key}`;
    const cues = rehearsal.cues.map(textOf).join("\u00a0· ");
    made.append(link, line("p", "why", reason(result)), ...(cues ? [line("p", "", cues)] : []));
    return made;
  }

  return function show(round, limit) {
    const results = Object.values(round.results);
    const saidAtOnce = results.filter((result) => result.said && !result.missed).length;
    const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
    const notAsked = round.total - results.length;
    const again = rehearsalRound.lookAgain(round, limit);
    const who = saidAtOnce === round.total ? (round.total > 1 ? `All ${round.total}` : "The question") : `${saidAtOnce} of ${round.total}`;
    byId("summary-title").textContent = `${who} said at once`;
    byId("summary-words").textContent = [
      `${formatSeconds(seconds)} in all`,
      ...(notAsked ? [`${notAsked} not asked`] : []),
    ].join(" · ");
    byId("again").hidden = byId("only-these").hidden = !again.length;
    byId("again-list").replaceChildren(...again.map(item));
    byId("only-these").textContent = again.length > 1 ? `Rehearse these ${again.length}` : "Rehearse this one";
    byId("only-these").onclick = () => onRepeat(again.map((result) => result.key));
    byId("new-round").classList.toggle("main", !again.length);
  };
}
