// Runs within the phone's frame, which knows nothing of the page: taps open hints, keys go up.
"use strict";

function open(hint) {
  hint.style.display = "none";
  const held = hint.nextElementSibling;
  if (held) held.style.display = "block";
}

// Opens the hints, or shows the next cue of those that are open.
function showCue() {
  const closed = [...document.querySelectorAll("a.hint")].filter((hint) => hint.style.display !== "none");
  (closed.length ? closed : [...document.querySelectorAll("button.next")]).forEach((button) => button.click());
}

addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  const hint = link.classList.contains("hint");
  // Only what leads out of the card is followed, into a tab of its own.
  if (hint || !/^(https?|mailto|ftp):/i.test(link.getAttribute("href") || "")) event.preventDefault();
  if (hint) {
    open(link);
    parent.postMessage({ opened: true }, "*");
  }
});

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  // On a button the space bar presses it.
  if (event.key === " " && event.target.closest("button")) return;
  if (["ArrowLeft", "ArrowRight", " ", "/", "n", "c"].includes(event.key)) {
    event.preventDefault();
    parent.postMessage({ key: event.key }, "*");
  }
});

addEventListener("message", (event) => {
  if (event.source !== parent) return;
  if (event.data.cues) showCue();
  if ("night" in event.data) document.body.classList.toggle("nightMode", event.data.night);
});
