// One row of tabs for a whole form of the admin: it shows the texts of one language at a time.
// Without this script all languages stand below one another.
"use strict";

{
  const strings = document.currentScript.dataset;
  const NAMES = JSON.parse(strings.languages);
  const STORED = "language-tab";
  const PANEL = "language-panel";
  const TEXT = /(?:^|\s)(?:field|column)-\w+_([a-z]{2})(?:\s|$)/;
  const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /** Note on every row, cell and heading of a text which language it belongs to. */
  function mark(root) {
    for (const part of root.querySelectorAll(".form-row[class*=field-], td[class*=field-], th[class*=column-]")) {
      const language = TEXT.exec(part.className)?.[1];
      if (!(language in NAMES)) continue;
      part.dataset.language = language;
      for (const text of part.querySelectorAll(".readonly, td > p")) text.lang = language;
    }
  }

  const partsIn = (form, language) => [...form.querySelectorAll(`[data-language=${language}]`)];
  const hasError = (form, language) =>
    partsIn(form, language).some((part) => part.matches(".errors") || part.querySelector(".errorlist"));
  const chosenIn = (tabs) => tabs.querySelector("[aria-selected=true]")?.dataset.tab;

  function show(form, tabs, language) {
    for (const part of form.querySelectorAll("[data-language]")) {
      part.hidden = part.dataset.language !== language;
    }
    for (const tab of tabs.children) {
      const isChosen = tab.dataset.tab === language;
      tab.setAttribute("aria-selected", isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      if (isChosen) form.querySelector(`#${PANEL}`).setAttribute("aria-labelledby", tab.id);
    }
  }

  function choose(form, tabs, language) {
    show(form, tabs, language);
    try {
      localStorage.setItem(STORED, language);
    } catch {
      // The next page begins with another language.
    }
  }

  const note = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });

  function tabFor(form, language) {
    const tab = document.createElement("button");
    const name = note("language-name", NAMES[language]);
    name.lang = language;
    tab.type = "button";
    // None of the form's own elements, of whose first Django gives the focus to.
    tab.setAttribute("form", "");
    tab.id = `language-tab-${language}`;
    tab.dataset.tab = language;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", PANEL);
    tab.append(name, " ", note("language-status", ""));
    if (hasError(form, language)) {
      tab.classList.add("has-error");
      tab.append(" ", note("language-errors", strings.errors));
    }
    return tab;
  }

  /** Say on each tab whether it holds the original, and how its translation stands. */
  function tellStatus(tabs, source) {
    for (const tab of tabs.children) {
      const status = tab.dataset.tab === source ? "source" : (tabs.dataset[tab.dataset.tab] ?? "");
      const line = tab.querySelector(".language-status");
      line.className = `language-status status status-${status}`;
      line.textContent = strings[status] ?? "";
    }
  }

  function build(form, tabs, languages) {
    tabs.setAttribute("role", "tablist");
    tabs.setAttribute("aria-label", strings.label);
    tabs.append(...languages.map((language) => tabFor(form, language)));
    tabs.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-tab]");
      if (tab) choose(form, tabs, tab.dataset.tab);
    });
    tabs.addEventListener("keydown", (event) => {
      const all = [...tabs.children];
      const here = all.indexOf(event.target.closest("[data-tab]"));
      const step = WAYS[event.key];
      const there = step ? (here + step + all.length) % all.length : { Home: 0, End: all.length - 1 }[event.key];
      if (there === undefined) return;
      event.preventDefault();
      all[there].focus();
      all[there].click();
    });
    const panel = form.querySelector(":scope > div:not([class])");
    panel.id = PANEL;
    panel.setAttribute("role", "tabpanel");
  }

  /** Tell the style how high the tabs are, so that what is focused on the way up a form isn't covered by them. */
  function tellHeight(tabs) {
    const tell = () => document.documentElement.style.setProperty("--language-tabs", `${tabs.offsetHeight}px`);
    new ResizeObserver(tell).observe(tabs);
  }

  function start() {
    const tabs = document.querySelector(".language-tabs");
    if (!tabs) return;
    const form = tabs.closest("form");
    mark(form);
    const languages = Object.keys(NAMES).filter((language) => partsIn(form, language).length);
    if (!languages.length) return;
    build(form, tabs, languages);
    tellHeight(tabs);

    const picker = form.querySelector("select[name=source_language]");
    const tell = () => tellStatus(tabs, picker?.value ?? tabs.dataset.source);
    picker?.addEventListener("change", tell);
    // Django's search for an article is jQuery's, and so are its events.
    django.jQuery(form).on("select2:select", "select[name=article]", (event) => {
      tabs.dataset.source = event.params.data.source_language;
      tell();
    });
    tell();

    const faulty = languages.find((language) => hasError(form, language));
    const wanted = [localStorage.getItem(STORED), document.documentElement.lang, languages[0]];
    show(form, tabs, faulty ?? wanted.find((language) => languages.includes(language)));
    form.addEventListener("click", (event) => {
      const field = event.target.closest(".refused a") && document.getElementById(event.target.hash.slice(1));
      const part = field?.closest("[data-language]");
      if (part) choose(form, tabs, part.dataset.language);
    });
    document.addEventListener("formset:added", (event) => {
      mark(event.target);
      show(form, tabs, chosenIn(tabs));
    });
  }

  document.addEventListener("DOMContentLoaded", start);
}
