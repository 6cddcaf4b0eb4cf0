// Keeps in the browser what is typed into a form until it is saved, and offers it back when it wasn't.
// A form is kept if it names its draft (draft_id), with the number of its user in data-user.
// What was saved is known from the server alone: it names the draft in a cookie.
"use strict";

{
  const strings = document.currentScript.dataset;
  const COOKIE = "saved_drafts";
  const PREFIX = "draft ";
  const PAUSE = 300; // milliseconds
  const EXPIRY = 14 * 24 * 60 * 60 * 1000; // milliseconds
  const MOST_DRAFTS = 20;
  const MOST_ROWS = 50;
  const EXCERPT = 80; // characters
  const KEPT = "textarea, select:not([multiple], .admin-autocomplete), input:is([type=text], [type=number], [type=url])";

  const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
  const tidy = (text) => text.replace(/\r\n?/g, "\n").trim();

  // --- The browser's store: "draft <user> <path> <id>" -> { at, texts: { address: [stored, typed] } }

  /** Return all drafts in the store, newest first. */
  function drafts() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return keys.map(draftOf).sort((one, other) => other.at - one.at);
  }

  function draftOf(key) {
    const id = key.split(" ").at(-1);
    try {
      const { at, texts } = JSON.parse(localStorage.getItem(key));
      return { key, id, at, texts };
    } catch {
      return { key, id, at: 0, texts: {} }; // Older than all others, and forgotten.
    }
  }

  function forgetOld() {
    drafts()
      .filter((draft, index) => index >= MOST_DRAFTS || draft.at < Date.now() - EXPIRY)
      .forEach((draft) => localStorage.removeItem(draft.key));
  }

  function forgetSaved() {
    const cookie = document.cookie.split("; ").find((each) => each.startsWith(`${COOKIE}=`));
    if (!cookie) return;
    const ids = cookie.slice(COOKIE.length + 1).split(".");
    drafts()
      .filter((draft) => ids.includes(draft.id))
      .forEach((draft) => localStorage.removeItem(draft.key));
    document.cookie = `${COOKIE}=; path=${strings.path}; max-age=0`;
  }

  function keep(key, texts) {
    if (!Object.keys(texts).length) {
      localStorage.removeItem(key);
      return;
    }
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), texts }));
    } catch {
      // The store is full or closed to us: the form works as if there were no script.
    }
  }

  // --- The form: a field is found by an address, that stays the same when rows come and go

  /** Return "advice #7 title_en" for the title of advice number 7, "advice +0 title_en" for that of the first new one. */
  function addressOf(field) {
    const [, rows, number, name] = /^(.+)-(\d+)-(.+)$/.exec(field.name) ?? [];
    if (!rows) return field.name;
    const pk = field.form.elements[`${rows}-${number}-id`]?.value;
    const first = Number(field.form.elements[`${rows}-INITIAL_FORMS`]?.value ?? 0);
    return pk ? `${rows} #${pk} ${name}` : `${rows} +${number - first} ${name}`;
  }

  function fieldsOf(form) {
    const fields = [...form.querySelectorAll(KEPT)].filter((field) => field.name && !field.closest(".empty-form"));
    return new Map(fields.map((field) => [addressOf(field), field]));
  }

  function storedValue(field) {
    if (!field.options) return field.defaultValue;
    const options = [...field.options];
    return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
  }

  /** Return what the form holds that isn't saved; `earlier` are texts that were refused, whose saved state it doesn't show. */
  function unsavedTexts(form, earlier) {
    const texts = { ...earlier };
    for (const [address, field] of fieldsOf(form)) {
      const saved = earlier[address]?.[0] ?? storedValue(field);
      if (tidy(field.value) === tidy(saved)) delete texts[address];
      else texts[address] = [saved, field.value];
    }
    return texts;
  }

  function fieldAt(form, address) {
    const [rows] = address.split(" +");
    for (let added = 0; added < MOST_ROWS; added++) {
      const field = fieldsOf(form).get(address);
      const add = document.querySelector(`#${CSS.escape(rows)}-group .add-row a`);
      if (field || rows === address || !add) return field;
      add.click();
    }
    return undefined;
  }

  function bringBack(form, texts) {
    for (const [address, [saved, typed]] of Object.entries(texts)) {
      const field = fieldAt(form, address);
      if (!field) continue;
      field.value = typed;
      // What was there when it was typed: the server then tells what a colleague has saved since.
      const opened = form.elements[`initial-${field.name}`];
      if (opened) opened.value = saved;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /** Return the texts of a draft that the form doesn't say. */
  function differences(form, texts) {
    const fields = fieldsOf(form);
    return Object.entries(texts).filter(([address, [, typed]]) => tidy(fields.get(address)?.value ?? "") !== tidy(typed));
  }

  // --- The offer

  function timeOf(moment) {
    const date = new Date(moment);
    const isToday = date.toDateString() === new Date().toDateString();
    const form = isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
    // Not every browser knows Armenian; German then has figures alone, and 24 hours.
    return date.toLocaleString([document.documentElement.lang, "de"], form);
  }

  /** Return the end of `text` from where it begins to differ from `other`, short enough for a line. */
  function excerpt(text, other) {
    let start = [...text].findIndex((letter, index) => letter !== other[index]);
    start = Math.max(0, text.lastIndexOf(" ", Math.max(0, start - 1)));
    const shown = text.slice(start, start + EXCERPT).trim();
    return (start ? "… " : "") + shown + (start + EXCERPT < text.length ? " …" : "");
  }

  function element(tag, content, attributes = {}) {
    const made = document.createElement(tag);
    made.append(...[content].flat());
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  /** Return what the field at `address` is called; in a row that isn't there any more, as in the row to be added. */
  function nameAt(form, address) {
    const [rows, , name] = address.split(" ");
    const field = fieldsOf(form).get(address) ?? form.elements[`${rows}-__prefix__-${name}`];
    return field ? desk.nameOf(field) : (name ?? rows);
  }

  function line(form, [address, [saved, typed]]) {
    const field = fieldsOf(form).get(address);
    const parts = [element("b", nameAt(form, address))];
    const isChanged = field && tidy(field.value) !== tidy(saved);
    if (isChanged) parts.push(` (${strings.since})`);
    return element("li", [...parts, ": ", element("q", excerpt(typed, field?.value ?? ""), { lang: field?.lang ?? "" })]);
  }

  function offer(form, draft, differing, accept) {
    const restore = element("button", strings.restore, { type: "button", class: "button" });
    const discard = element("button", strings.discard, { type: "button", class: "button" });
    const sentence = element("p", desk.fill(strings.offer, { time: timeOf(draft.at) }), { id: "kept-draft" });
    const list = element("ul", differing.map((difference) => line(form, difference)));
    const parts = [sentence, element("p", strings.fields), list, element("p", [restore, " ", discard])];
    const box = element("section", parts, { class: "kept-draft", "aria-labelledby": "kept-draft" });
    restore.addEventListener("click", () => {
      box.remove();
      accept();
      desk.say(strings.restored);
    });
    discard.addEventListener("click", () => {
      box.remove();
      localStorage.removeItem(draft.key);
    });
    form.prepend(box);
    desk.say(sentence.textContent);
  }

  // --- All of it

  function watch(input) {
    const { form } = input;
    const keyOf = (id) => `${PREFIX}${input.dataset.user} ${location.pathname} ${id}`;
    input.value = input.defaultValue || newId();
    let earlier = drafts().find((draft) => draft.key === keyOf(input.value))?.texts ?? {};

    const keepNow = () => keep(keyOf(input.value), unsavedTexts(form, earlier));
    const keepSoon = desk.later(PAUSE, keepNow);
    form.addEventListener("input", keepSoon);
    form.addEventListener("change", keepSoon);
    form.addEventListener("submit", keepNow);
    keepSoon(); // What was typed while the page was still loading.
    addEventListener("pageshow", (event) => {
      // A page that the browser has kept is another writing than the one that was saved from it.
      if (event.persisted) input.value = newId();
    });

    for (const draft of drafts()) {
      if (draft.key !== keyOf(draft.id) || draft.id === input.value) continue;
      const differing = differences(form, draft.texts);
      if (!differing.length) {
        localStorage.removeItem(draft.key);
        continue;
      }
      offer(form, draft, differing, () => {
        localStorage.removeItem(draft.key);
        bringBack(form, draft.texts);
        keepNow();
      });
      break;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    try {
      forgetSaved();
      forgetOld();
    } catch {
      return; // A browser that keeps nothing for us.
    }
    const input = document.querySelector("input[name=draft_id]");
    if (input) watch(input);
  });
}
