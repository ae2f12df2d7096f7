"use strict";
// Search: shows the questions that hold every word typed, and unfolds what holds them.
const search = document.getElementById("search");
const matches = document.getElementById("matches");
const none = document.getElementById("none");
const items = [...document.querySelectorAll(".questions > li")];
const sections = [...document.querySelectorAll("main > details")];
let folded = null;

function show() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of items) {
    item.hidden = !words.every((word) => item.dataset.words.includes(word));
    if (!item.hidden) count += 1;
  }
  if (words.length && !folded) folded = sections.map((section) => section.open);
  sections.forEach((section, index) => {
    section.hidden = words.length > 0 && !section.querySelector("li:not([hidden])");
    if (words.length) section.open = true;
    else if (folded) section.open = folded[index];
  });
  if (!words.length) folded = null;
  none.hidden = count > 0;
  matches.textContent = count === 1 ? matches.dataset.one : matches.dataset.many.replace("{count}", count);
}

search.addEventListener("input", show);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && document.activeElement === search) {
    search.value = "";
    show();
  }
});
// What is folded on the screen is still printed.
window.addEventListener("beforeprint", () => {
  for (const section of sections) section.dataset.open = section.open ? "1" : "";
  for (const section of sections) section.open = true;
});
window.addEventListener("afterprint", () => {
  for (const section of sections) section.open = section.dataset.open === "1";
});
