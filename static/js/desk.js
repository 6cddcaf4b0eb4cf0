// What the scripts of the desk share. Loaded before them.
"use strict";

const desk = {
  /** Call `act` for every element that `selector` finds now, and in each row that is added to a form later. */
  forEach(selector, act) {
    const find = (root) => [...root.querySelectorAll(selector)].filter((each) => !each.closest(".empty-form"));
    find(document).forEach(act);
    document.addEventListener("formset:added", (event) => find(event.target).forEach(act));
  },

  /** Return a function that calls `act` once nobody has called it for `pause` milliseconds. */
  later(pause, act) {
    let timer;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(act, pause, ...given);
    };
  },

  /** Say `text` to people who use a screen reader. */
  say(text) {
    desk.voice ??= desk.makeVoice();
    desk.voice.textContent = text;
  },

  makeVoice() {
    const voice = document.createElement("div");
    voice.className = "visually-hidden";
    voice.setAttribute("role", "status");
    document.body.append(voice);
    return voice;
  },

  /** Return what the field is called in its form. */
  nameOf(field) {
    const cell = field.closest("td");
    const heading = cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex];
    const label = field.labels?.[0] ?? heading ?? document.getElementById(field.getAttribute("aria-labelledby"));
    return label ? desk.wordsOf(label) : desk.nameOfPart(field);
  },

  /** Return what one of several inputs is called that share a label: "Published at, date". */
  nameOfPart(field) {
    const label = field.closest(".flex-container")?.querySelector("label");
    const part = field.getAttribute("aria-label");
    return label && part ? `${desk.wordsOf(label)}, ${part.toLowerCase()}` : field.name;
  },

  wordsOf(label) {
    return label.textContent.trim().replace(/:$/, "");
  },

  /** Fill in the {names} of a sentence. */
  fill(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (_match, name) => values[name]);
  },

  /** Post `data` and return the answer, null if it isn't one, or undefined for somebody who is no longer signed in. */
  async post(url, data) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(data),
        headers: { "X-CSRFToken": token },
        redirect: "manual",
      });
      return answer.type === "opaqueredirect" ? undefined : await answer.json();
    } catch {
      return null;
    }
  },
};
