// Only in served pages: shows the new build as soon as there is one.
"use strict";

(() => {
  const message = document.getElementById("message");
  const events = new EventSource("events");
  let first = null;
  events.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (first === null) first = state.build;
    if (state.build !== first) location.reload();
    message.textContent = state.message;
  };
  events.onerror = () => { message.textContent = wordOf("watch_stopped"); };
})();
