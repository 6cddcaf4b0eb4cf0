// Tells before saving what a change of the source does to its translations.
// The sentence stands in the element with data-impact, the address to ask. Whatever is changed in its form may matter:
// texts, which language is the source, what is deleted, and what is said of translations.
"use strict";

{
  const { failed } = document.currentScript.dataset;
  const PAUSE = 600; // milliseconds

  function tell(line) {
    const form = line.closest("form");
    let asked = 0;
    async function ask() {
      const question = ++asked;
      const answer = await desk.post(line.dataset.impact, new FormData(form));
      if (question === asked) line.textContent = answer ? answer.sentence : failed;
    }
    const askSoon = desk.later(PAUSE, ask);
    form.addEventListener("input", askSoon);
    // Fields in which one searches for an object tell of a choice by an event of jQuery, which scripts don't hear.
    if (window.django?.jQuery) django.jQuery(form).on("change", askSoon);
    if (form.querySelector("[data-unsaved]")) ask();
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-impact]").forEach(tell));
}
