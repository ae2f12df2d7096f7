// What a rehearsal remembers, in this browser alone; a page from a file may not be allowed to.
"use strict";

const rehearsalStorage = (() => {
  const slot = (storage, name) => ({
    get: () => { try { return JSON.parse(window[storage].getItem(name)); } catch { return null; } },
    set: (value) => { try { window[storage].setItem(name, JSON.stringify(value)); } catch { /* not allowed here */ } },
  });
  // The round belongs to the tab: it outlives a reload and a phone that drops pages.
  const round = slot("sessionStorage", "exporter.rehearsal.round");
  const settings = slot("localStorage", "exporter.rehearsal.settings");
  const missedKeys = slot("localStorage", "exporter.rehearsal.missed");
  const listed = missedKeys.get();
  const keys = new Set(Array.isArray(listed) ? listed : []);
  const missed = {
    has: (key) => keys.has(key),
    mark: (key, isMissed) => {
      if (isMissed) keys.add(key);
      else keys.delete(key);
      missedKeys.set([...keys]);
    },
  };
  return { round, settings, missed };
})();
