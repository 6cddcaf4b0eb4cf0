// One row of tabs for a whole admin form: it shows the texts of one language at a time.
// Without this script all languages stand below one another.

const STORED = "language-tab";
const FIELD = /(?:^|\s)mt-field-\S+-([a-z]{2})(?:\s|$)/;
const HEADING = /(?:^|\s)column-\w+_([a-z]{2})(?:\s|$)/;
const NAMES = JSON.parse(document.currentScript.dataset.languages);

/** Note on every row, cell and heading of a text which language it belongs to. */
function mark(root, languages) {
  for (const widget of root.querySelectorAll(".mt")) {
    const language = FIELD.exec(widget.className)?.[1];
    const row = widget.closest("td, .fieldBox, .form-row");
    if (!language || !row) continue;
    languages.add(language);
    row.dataset.language = language;
    widget.lang = language;
  }
  for (const heading of root.querySelectorAll("th[class*=column-]")) {
    const language = HEADING.exec(heading.className)?.[1];
    if (languages.has(language)) heading.dataset.language = language;
  }
}

function show(form, tabs, language) {
  for (const part of form.querySelectorAll("[data-language]")) {
    part.hidden = part.dataset.language !== language;
  }
  for (const tab of tabs.children) {
    const chosen = tab.dataset.tab === language;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
  }
  localStorage.setItem(STORED, language);
}

function hasError(form, language) {
  return [...form.querySelectorAll(`[data-language=${language}]`)].some(
    (part) => part.matches(".errors") || part.querySelector(".errorlist"),
  );
}

function build(form, languages) {
  const tabs = document.createElement("div");
  tabs.className = "language-tabs";
  tabs.setAttribute("role", "tablist");
  for (const language of languages) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.lang = language;
    tab.dataset.tab = language;
    tab.textContent = NAMES[language];
    tab.setAttribute("role", "tab");
    tab.classList.toggle("has-error", hasError(form, language));
    tab.addEventListener("click", () => show(form, tabs, language));
    tabs.append(tab);
  }
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...tabs.children];
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    next.focus();
    next.click();
  });
  form.prepend(tabs);
  return tabs;
}

function start() {
  const form = document.querySelector("#content-main form");
  if (!form?.querySelector(".mt")) return;
  const languages = new Set();
  mark(form, languages);
  const tabs = build(form, languages);
  const faulty = [...languages].find((language) => hasError(form, language));
  const stored = localStorage.getItem(STORED);
  const [first] = languages;
  show(form, tabs, faulty ?? (languages.has(stored) ? stored : first));
  document.addEventListener("formset:added", (event) => {
    mark(event.target, languages);
    show(form, tabs, tabs.querySelector("[aria-selected=true]").dataset.tab);
  });
}

document.addEventListener("DOMContentLoaded", start);
