// The rehearsal: one question at a time, its cues one by one, then the answer. The address
// `#rehearse` opens it; `#rehearse=7` shuffles in the same order each time.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const page = byId("rehearsal");
  if (!page) return; // a project's own template of the page may have none

  const WARN_AT = 30; // seconds before the time is over
  const ADDRESS = /^#rehearse(?:=(\d+))?$/;
  const data = JSON.parse(byId("data").textContent);
  const cards = new Map(data.cards.map((card, index) => [
    card.key, { ...card, heading: data.headings[index], language: data.languages[card.deck] },
  ]));
  const root = document.documentElement;

  let titleBefore = "";
  let stage = "start";
  let round = null;
  let cuesShown = 0;
  let isAnswered = false;
  let hasEnded = false;
  let warnedAt = Infinity; // the seconds left at the last warning

  const stopwatch = makeStopwatch(showClock);
  // The page holds this font for the paper's cards, by another name; few phones have it.
  const deckStyle = data.style.replaceAll('"Atkinson Hyperlegible"', '"Cue card", "Atkinson Hyperlegible"');
  const view = makeRehearsalCard(byId("spot"), `${deckStyle}\n${data.rehearsal_style}`);
  const start = makeRehearsalStart(page, [...cards.values()], begin);
  const fillSummary = makeRehearsalSummary(cards, view.textOf, begin);
  const { settings } = start;
  const card = () => cards.get(rehearsalRound.current(round));
  const isOpen = () => root.classList.contains("rehearsing");
  const say = (words) => { byId("rehearsal-spoken").textContent = words; };
  const keepRound = () => rehearsalStorage.round.set(
    round && { round, cuesShown, isAnswered, hasEnded, seconds: stopwatch.seconds() },
  );

  function show(name, focused) {
    stage = name;
    for (const section of page.querySelectorAll("[data-stage]")) section.hidden = section.dataset.stage !== name;
    focused.focus({ preventScroll: true });
    scrollTo(0, 0);
    keepRound();
  }

  function showStart() {
    round = null;
    start.refresh();
    show("start", byId("rehearsal-title"));
  }

  function begin(keys) {
    const seed = ADDRESS.exec(location.hash)?.[1];
    const isShuffled = seed !== undefined || settings.order === "shuffled";
    const order = isShuffled ? rehearsalRound.shuffle(keys, Number(seed ?? Math.random() * 2 ** 32)) : keys;
    round = rehearsalRound.begin(order);
    askNext();
  }

  function askNext() {
    cuesShown = 0;
    isAnswered = false;
    stopwatch.set(0);
    hasEnded = !rehearsalRound.current(round);
    if (hasEnded) showSummary();
    else showQuestion();
  }

  function showQuestion() {
    const left = settings.limit - stopwatch.seconds();
    warnedAt = left > WARN_AT ? Infinity : left;
    view.show(card(), cuesShown, isAnswered);
    showProgress();
    showActions();
    if (!isAnswered) stopwatch.start();
    showClock();
    const part = view.focusPart();
    show("question", part);
    // A long question would leave its answer out of sight.
    const { top } = part.getBoundingClientRect();
    if (isAnswered && top > innerHeight / 2) scrollTo(0, top - 24);
  }

  function showProgress() {
    const count = Object.keys(round.results).length;
    const isAgain = card().key in round.results;
    const which = { number: count + 1, total: round.total };
    const position = isAgain ? wordOf("once_more", { count: round.queue.length }) : wordOf("part_of", which);
    byId("position").textContent = [position, card().heading].filter(Boolean).join(" · ");
    if (!isAnswered) say(isAgain ? position : wordOf("question_of", which));
    const said = rehearsalRound.saidCount(round);
    const bar = byId("progress");
    bar.setAttribute("aria-valuemax", round.total);
    bar.setAttribute("aria-valuenow", said);
    bar.firstElementChild.style.width = `${(100 * said) / round.total}%`;
  }

  function showActions() {
    const count = card().rehearsal.cues.length;
    const focused = document.activeElement;
    byId("cue").hidden = isAnswered || cuesShown >= count;
    byId("cue").textContent = wordOf("cue_of", { number: cuesShown + 1, total: count });
    byId("answer").hidden = isAnswered;
    byId("answer").classList.toggle("main", cuesShown >= count);
    byId("missed").hidden = byId("said").hidden = !isAnswered;
    if (focused === byId("cue") && focused.hidden && !isAnswered) byId("answer").focus();
  }

  function showNextCue() {
    const { cues } = card().rehearsal;
    if (cuesShown >= cues.length) {
      showAnswer();
      return;
    }
    const cue = view.addCue(cues[cuesShown]);
    cuesShown += 1;
    showActions();
    const hiddenBy = cue.getBoundingClientRect().bottom + 24 - byId("answer").getBoundingClientRect().top;
    if (hiddenBy > 0) scrollBy(0, hiddenBy);
    say(`${wordOf("cue_of", { number: cuesShown, total: cues.length })}: ${cue.textContent}`);
    keepRound();
  }

  function showAnswer() {
    isAnswered = true;
    stopwatch.stop();
    showQuestion();
    say(wordOf("answer_shown"));
  }

  function judge(said) {
    const { key } = card();
    rehearsalRound.judge(round, said, stopwatch.seconds());
    round.last.wasMissed = rehearsalStorage.missed.has(key);
    rehearsalStorage.missed.mark(key, round.results[key].missed > 0);
    askNext();
  }

  function takeBack() {
    if (!round?.last) return;
    const { key, seconds, wasMissed } = round.last;
    rehearsalRound.takeBack(round);
    rehearsalStorage.missed.mark(key, wasMissed);
    hasEnded = false;
    isAnswered = true;
    stopwatch.set(seconds);
    showQuestion();
  }

  function showClock() {
    const left = settings.limit - stopwatch.seconds();
    const time = left < 0 ? `+${formatSeconds(-left)}` : formatSeconds(left);
    const text = settings.limit ? time : wordOf("pause");
    if (byId("clock").textContent !== text) byId("clock").textContent = text;
    byId("pause").setAttribute("aria-label", settings.limit ? `${wordOf("pause")}, ${time}` : text);
    byId("pause").classList.toggle("over", settings.limit > 0 && left < 0);
    if (!settings.limit || isAnswered) return;
    if (left <= 0 && warnedAt > 0) say(wordOf("time_is_over"));
    else if (left <= WARN_AT && warnedAt > WARN_AT) say(wordOf("seconds_left", { count: left }));
    else return;
    warnedAt = left;
  }

  function pause() {
    stopwatch.stop();
    const { last } = round;
    byId("paused-words").textContent = wordOf("said_count", { count: rehearsalRound.saidCount(round), total: round.total });
    byId("take-back").hidden = !last;
    byId("take-back").textContent = last ? wordOf(last.said ? "take_back_said" : "take_back_missed") : "";
    show("paused", byId("paused-title"));
  }

  function showSummary() {
    stopwatch.stop();
    hasEnded = true;
    fillSummary(round, settings.limit);
    show("summary", byId("summary-title"));
  }

  function resume() {
    const kept = rehearsalStorage.round.get();
    if (!kept?.round?.queue) return;
    const [key] = kept.round.queue;
    rehearsalRound.keepOnly(kept.round, (known) => cards.has(known));
    if (!kept.round.total) return;
    round = kept.round;
    hasEnded = kept.hasEnded || !round.queue.length;
    const isSame = !hasEnded && round.queue[0] === key;
    isAnswered = isSame && kept.isAnswered;
    cuesShown = isSame ? Math.min(kept.cuesShown, card().rehearsal.cues.length) : 0;
    stopwatch.set(isSame ? kept.seconds : 0);
  }

  function open() {
    if (isOpen()) return;
    root.classList.add("rehearsing");
    page.hidden = false;
    titleBefore = document.title;
    document.title = `${wordOf("rehearsal")} – ${byId("rehearsal-title").textContent}`;
    const shown = document.querySelector("[data-key][aria-current]")?.dataset.key || "";
    for (const link of page.querySelectorAll(".leave")) link.href = `#${shown}`;
    if (!round) resume();
    if (!round) showStart();
    else if (hasEnded) showSummary();
    else showQuestion();
  }

  function close() {
    if (!isOpen()) return;
    stopwatch.stop();
    keepRound();
    root.classList.remove("rehearsing");
    page.hidden = true;
    document.title = titleBefore;
    byId("to-rehearsal").focus();
  }

  const toggleNight = () => { byId("night").click(); view.followNight(); };
  const followAddress = () => (ADDRESS.test(location.hash) ? open() : close());
  const said = () => judge(true);
  const missed = () => judge(false);
  const keys = {
    start: { Enter: start.begin },
    question: { " ": showNextCue, Enter: showAnswer, Escape: pause, Backspace: takeBack },
    answer: { ArrowRight: said, ArrowLeft: missed, Escape: pause, Backspace: takeBack },
    paused: { Escape: showQuestion, Backspace: takeBack },
    summary: { Backspace: takeBack },
  };

  addEventListener("keydown", (event) => {
    if (!isOpen() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const [target] = event.composedPath();
    const isOnControl = target instanceof Element && target.closest("a, button, select, input");
    if (isOnControl && [" ", "Enter"].includes(event.key)) return;
    const view = stage === "question" && isAnswered ? "answer" : stage;
    const act = event.key === "n" ? toggleNight : keys[view][event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  byId("spot").addEventListener("click", (event) => {
    const [target] = event.composedPath();
    const isOnLink = target instanceof Element && target.closest("a");
    if (!isAnswered && !isOnLink && !String(getSelection())) showNextCue();
  });
  const clicks = { cue: showNextCue, answer: showAnswer, said, missed, pause, "go-on": showQuestion, "take-back": takeBack, end: showSummary, "new-round": showStart };
  for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", () => act());
  addEventListener("hashchange", followAddress);
  addEventListener("pagehide", () => { if (round) keepRound(); });
  followAddress();
})();
