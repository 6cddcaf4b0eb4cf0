// A text in Markdown as readers will see it, below the field with data-markdown in which it is written.
"use strict";

{
  const { url, label, failed, signedOut } = document.currentScript.dataset;
  const PAUSE = 400; // milliseconds

  function previewed(field) {
    const region = document.createElement("section");
    const heading = document.createElement("p");
    const text = document.createElement("div");
    const trouble = document.createElement("p");
    region.className = "preview is-empty";
    heading.className = "preview-label";
    heading.textContent = desk.fill(label, { field: desk.nameOf(field) });
    region.setAttribute("aria-label", heading.textContent);
    text.className = "preview-text";
    text.lang = field.lang;
    trouble.className = "preview-trouble";
    trouble.setAttribute("role", "status");
    region.append(heading, trouble, text);
    // What should be known before writing stands before what comes of it.
    const help = document.getElementById(`${field.id}_helptext`);
    field.parentElement.append(...(help ? [help] : []), region);

    let asked = 0;
    async function show() {
      const question = ++asked;
      const answer = await desk.post(url, { text: field.value });
      if (question !== asked) return;
      trouble.textContent = answer === undefined ? signedOut : (answer?.error ?? (answer ? "" : failed));
      region.classList.toggle("is-empty", !trouble.textContent && !field.value.trim());
      if (answer?.html === undefined) return;
      // The server has rendered and cleaned it as for the public pages.
      text.innerHTML = answer.html;
      for (const link of text.querySelectorAll("a")) link.target = "_blank";
    }
    field.addEventListener("input", desk.later(PAUSE, show));
    whenSeen(field, show);
  }

  /** Call `act` once the field is on the screen: what a hidden tab holds needn't be rendered. */
  function whenSeen(field, act) {
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      act();
    });
    watcher.observe(field);
  }

  document.addEventListener("DOMContentLoaded", () => desk.forEach("textarea[data-markdown]", previewed));
}
