// The colours that the reader chose over those of the device: set before anything is drawn, hence no module.
// Kept in this browser only, under the key and in the words that the desk uses. Without this script the device decides.
"use strict";

{
  const KEY = "theme";
  const DEVICE = "auto";
  const THEMES = ["light", "dark"];
  let theme = DEVICE;

  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return theme; // No store in this browser: the choice lasts as long as the page.
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // As before.
    }
  }

  function show() {
    const isChosen = THEMES.includes(theme);
    if (isChosen) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.dataset.device ??= meta.media;
      const isOfTheme = meta.dataset.device.includes(theme);
      meta.media = isChosen ? (isOfTheme ? "all" : "not all") : meta.dataset.device;
    }
    const choice = document.querySelector(`.theme [value=${isChosen ? theme : DEVICE}]`);
    if (choice) choice.checked = true;
  }

  function follow() {
    theme = kept();
    show();
  }

  follow();
  document.addEventListener("DOMContentLoaded", () => {
    const choices = document.querySelector(".theme");
    choices.addEventListener("change", (event) => {
      theme = event.target.value;
      keep();
      show();
    });
    choices.hidden = false;
    show();
  });
  // Other tabs, and a page that comes back as it was left.
  addEventListener("storage", (event) => (event.key === KEY || event.key === null) && follow());
  addEventListener("pageshow", follow);
}
