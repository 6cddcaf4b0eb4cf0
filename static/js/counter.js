// How long a text is beside how long it may be.
// A text is counted against its data-most-characters, or against its data-fewest-words and data-most-words.
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
    const most = Number(field.dataset.mostCharacters);
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

  document.addEventListener("DOMContentLoaded", () => desk.forEach("[data-most-characters], [data-most-words]", count));
}
