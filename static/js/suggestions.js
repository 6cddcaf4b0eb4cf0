// Suggestions below the search field while typing: a combobox as ARIA describes it. Without this script the field is a
// plain form. The endpoint answers as browsers expect it: query, titles, descriptions, addresses.

const PAUSE = 150; // milliseconds without a key before the server is asked
const SHORTEST = 2;

function combobox(form) {
  const input = form.q;
  const list = document.createElement("ul");
  let chosen = -1;
  let timer;
  let request;

  list.id = "suggestions";
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = input.ariaLabel;
  list.hidden = true;
  form.append(list);
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function choose(number) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = number;
    const option = list.children[chosen];
    option?.setAttribute("aria-selected", "true");
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(titles, addresses) {
    list.replaceChildren(
      ...titles.map((title, number) => {
        const option = document.createElement("li");
        option.id = `suggestion-${number}`;
        option.role = "option";
        option.textContent = title;
        option.dataset.address = addresses[number];
        option.setAttribute("aria-selected", "false");
        return option;
      }),
    );
    choose(-1);
    list.hidden = titles.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const query = input.value.trim();
    if (query.length < SHORTEST) return show([], []);
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: query })}`;
      const response = await fetch(address, { signal: request.signal });
      const [, titles, , addresses] = await response.json();
      if (document.activeElement === input) show(titles, addresses);
    } catch {
      // Typed on, or the server away: the form still works.
    }
  }

  function go(option) {
    location.assign(option.dataset.address);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.isComposing || list.hidden) return;
    if (event.key === "Escape") show([], []);
    else if (event.key === "ArrowDown") choose(((chosen + 2) % (count + 1)) - 1);
    else if (event.key === "ArrowUp") choose(((chosen + 1 + count) % (count + 1)) - 1);
    else if (event.key === "Enter" && chosen >= 0) go(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    show([], []);
  });
  // The field keeps the focus, so that a click isn't lost to its blur.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
}

document.querySelectorAll("form.search").forEach(combobox);
