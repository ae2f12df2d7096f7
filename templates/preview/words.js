// The page's words in the language of the questions.
"use strict";

const pageWords = JSON.parse(document.getElementById("data").textContent).words;

// A word by its name, with what is in braces replaced.
const wordOf = (name, values = {}) => (pageWords[name] || "").replace(
  /\{(\w+)\}/g, (braces, value) => (value in values ? values[value] : braces),
);
