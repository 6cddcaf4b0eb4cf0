// Tells before saving what a change of the source does to its translations.
// The sentence stands in the element with data-impact, the address to ask; its data-source is the source language.
"use strict";

{
  const { failed } = document.currentScript.dataset;
  const PAUSE = 600; // milliseconds

  function tell(line) {
    const form = line.closest("form");
    const staysValid = form.elements.translations_stay_valid;
    const show = () => (line.hidden = Boolean(staysValid?.checked));
    let asked = 0;
    async function ask() {
      const question = ++asked;
      const answer = await desk.post(line.dataset.impact, new FormData(form));
      if (question === asked) line.textContent = answer ? answer.sentence : failed;
    }
    const askSoon = desk.later(PAUSE, ask);
    form.addEventListener("input", (event) => event.target.lang === line.dataset.source && askSoon());
    staysValid?.addEventListener("change", show);
    show();
    if (form.querySelector("[data-unsaved]")) ask();
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-impact]").forEach(tell));
}
