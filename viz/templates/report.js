"use strict";

// In the head, so that the page is never seen in both languages.
const root = document.documentElement;

function speak(language) {
  root.dataset.language = language;
  root.lang = language === "zh" ? "zh-Hans" : "en";
}

speak(root.dataset.asked /* by a server */ ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"));
document.addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("language");
  button.hidden = false;
  button.addEventListener("click", () => speak(root.dataset.language === "zh" ? "en" : "zh"));
});
