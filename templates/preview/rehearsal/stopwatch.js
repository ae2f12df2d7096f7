// Measures how long a question takes: it runs only while it is meant to and the page can be seen.
"use strict";

function makeStopwatch(onTick) {
  let counted = 0; // milliseconds, without the stretch that is running
  let startedAt = null;
  let isWanted = false;

  const milliseconds = () => counted + (startedAt === null ? 0 : performance.now() - startedAt);

  function settle() {
    const runs = isWanted && document.visibilityState !== "hidden";
    counted = milliseconds();
    startedAt = runs ? performance.now() : null;
  }

  document.addEventListener("visibilitychange", settle);
  // Four times a second, so that no second on the clock is skipped.
  setInterval(() => { if (startedAt !== null) onTick(); }, 250);

  return {
    seconds: () => Math.floor(milliseconds() / 1000),
    start: () => { isWanted = true; settle(); },
    stop: () => { isWanted = false; settle(); },
    set: (seconds) => { isWanted = false; settle(); counted = seconds * 1000; },
  };
}

// 125 seconds as 2:05.
const formatSeconds = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
