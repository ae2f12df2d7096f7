// The last view: how it went, and what to look at once more.
"use strict";

function makeRehearsalSummary(cards, textOf, onRepeat) {
  const byId = (id) => document.getElementById(id);

  function reason(result) {
    if (!result.missed) return wordOf("said_late", { time: formatSeconds(result.seconds) });
    const name = ["missed_once", "missed_twice"][result.missed - 1] || "missed_times";
    const missed = wordOf(name, { count: result.missed });
    return result.said ? missed : `${missed}, ${wordOf("not_said_yet")}`;
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
    const all = round.total > 1 ? "all_said" : "only_one_said";
    byId("summary-title").textContent = wordOf(
      saidAtOnce === round.total ? all : "said_at_once", { count: saidAtOnce, total: round.total },
    );
    byId("summary-words").textContent = [
      wordOf("time_in_all", { time: formatSeconds(seconds) }),
      ...(notAsked ? [wordOf("not_asked", { count: notAsked })] : []),
    ].join(" · ");
    byId("again").hidden = byId("only-these").hidden = !again.length;
    byId("again-list").replaceChildren(...again.map(item));
    byId("only-these").textContent = wordOf(again.length > 1 ? "rehearse_these" : "rehearse_this", { count: again.length });
    byId("only-these").onclick = () => onRepeat(again.map((result) => result.key));
    byId("new-round").classList.toggle("main", !again.length);
  };
}
