// How long a text is beside how long it may be.
// A field with data-counter is counted against its maxlength, or against data-fewest-words and data-most-words.
"use strict";

{
  const { words, left, over } = document.currentScript.dataset;
  const PAUSE = 1000; // milliseconds
  const NEARLY_FULL = 0.9;

  const lengthOf = (text) => [...text.trim()].length;
  const wordsOf = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

  /** Return how long the text of a field is: as seen, as heard, and whether it is `tight` or too long. */
  function measureOf(field, most) {
    if (!most) {
      const { fewestWords: fewest, mostWords } = field.dataset;
      const seen = desk.fill(words, { count: wordsOf(field.value), fewest, most: mostWords });
      return { seen, heard: seen };
    }
    const count = lengthOf(field.value);
    const heard = desk.fill(count > most ? over : left, { count: Math.abs(most - count) });
    return { seen: `${count} / ${most}`, heard, tight: count >= most * NEARLY_FULL, tooLong: count > most };
  }

  function count(field) {
    const most = field.maxLength > 0 && field.maxLength;
    if (!most && !field.dataset.mostWords) return;
    // A browser cuts off what is pasted; the server refuses it and loses nothing.
    field.removeAttribute("maxlength");
    const seen = document.createElement("span");
    const heard = document.createElement("span");
    const counter = document.createElement("span");
    counter.className = "counter";
    counter.id = `${field.id}_counter`;
    seen.setAttribute("aria-hidden", "true");
    heard.className = "visually-hidden";
    counter.append(seen, heard);
    field.after(counter);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());

    function show() {
      const measure = measureOf(field, most);
      seen.textContent = measure.seen;
      heard.textContent = measure.heard;
      counter.classList.toggle("too-long", Boolean(measure.tooLong));
      return measure;
    }
    const announce = desk.later(PAUSE, (measure) => measure.tight && desk.say(measure.heard));
    field.addEventListener("input", () => announce(show()));
    show();
  }

  document.addEventListener("DOMContentLoaded", () => desk.forEach("[data-counter]", count));
}
