// Remembers the sheet seen last, in this browser only: what is put on a sheet elsewhere joins it, and the bare page of the
// sheet leads back to it. Without this script each choice begins a sheet of its own.

const KEY = "sheet";

function remembered() {
  try {
    return new URLSearchParams(localStorage.getItem(KEY)).getAll("advice");
  } catch {
    return []; // No store in this browser.
  }
}

function remember(chosen) {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // As before.
  }
}

function join(event) {
  const form = event.target;
  const chosen = new FormData(form, event.submitter).getAll("advice");
  for (const advice of remembered().filter((each) => !chosen.includes(each))) {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "advice", value: advice });
    form.prepend(input);
  }
}

const page = document.querySelector("[data-sheet]");
const query = new URLSearchParams(location.search);
if (page && query.has("advice")) remember(page.dataset.sheet);
else if (page && remembered().length) location.replace(`?${new URLSearchParams(remembered().map((each) => ["advice", each]))}`);
document.querySelectorAll("form.gather").forEach((form) => form.addEventListener("submit", join));
