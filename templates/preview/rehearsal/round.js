// A round of a rehearsal without the page: which question comes when, and what was said of it.
"use strict";

const rehearsalRound = (() => {
  // mulberry32: the same seed gives the same order in every browser, which Math.random does not.
  function randomNumbers(seed) {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  // Fisher-Yates, so that every order is as likely as any other.
  function shuffle(keys, seed) {
    const shuffled = [...keys];
    const random = randomNumbers(seed);
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return shuffled;
  }

  // All of a round is plain data, so that the browser can keep it.
  const begin = (keys) => ({ queue: [...keys], total: keys.length, results: {}, last: null });

  const current = (round) => round.queue[0];

  // A missed question comes again after all others, until it is said.
  function judge(round, said, seconds) {
    const [key, ...rest] = round.queue;
    const before = round.results[key] || null;
    const { missed, seconds: first } = before || { missed: 0, seconds };
    round.last = { key, said, before, seconds, queue: round.queue };
    round.results[key] = { said, missed: missed + (said ? 0 : 1), seconds: first };
    round.queue = said ? rest : [...rest, key];
  }

  function takeBack(round) {
    if (!round.last) return;
    const { key, before, queue } = round.last;
    round.queue = queue;
    if (before) round.results[key] = before;
    else delete round.results[key];
    round.last = null;
  }

  // Questions that a new build of the page no longer has leave the round.
  function keepOnly(round, isKnown) {
    round.queue = round.queue.filter(isKnown);
    for (const key of Object.keys(round.results)) if (!isKnown(key)) delete round.results[key];
    if (round.last && !round.last.queue.every(isKnown)) round.last = null;
    round.total = new Set([...round.queue, ...Object.keys(round.results)]).size;
  }

  const saidCount = (round) => Object.values(round.results).filter((result) => result.said).length;

  // Missed questions, the most often missed first; then those that took longer than the clock.
  function lookAgain(round, limit) {
    const results = Object.entries(round.results).map(([key, result]) => ({ key, ...result }));
    const missed = results.filter((result) => result.missed).sort((a, b) => b.missed - a.missed);
    const late = results.filter((result) => !result.missed && limit && result.seconds > limit);
    return [...missed, ...late];
  }

  return { shuffle, begin, current, judge, takeBack, keepOnly, saidCount, lookAgain };
})();
