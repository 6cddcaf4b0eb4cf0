// Rows of a form are put in order by dragging, by buttons, or by writing their number.
// It works on every table of rows that have a position; the numbers are what is saved.
"use strict";

{
  const strings = document.currentScript.dataset;
  const EDGE = 60; // pixels from the edge of the window where dragging scrolls
  const STEP = 12; // pixels

  const positionOf = (row) => row.querySelector("input[name$='-position']");
  const rowsIn = (body) => [...body.querySelectorAll("tr.form-row:not(.empty-form)")].filter(positionOf);
  /** What belongs to a row: its errors stand in a row before it. */
  const partsOf = (row) => {
    const before = row.previousElementSibling;
    return before?.matches(".row-form-errors") ? [before, row] : [row];
  };
  const headingOf = (row) => {
    const heading = row.querySelector("[data-language]:not([hidden]) input, [data-language]:not([hidden]) textarea");
    return heading?.value.trim() || positionOf(row).value;
  };
  const numberOf = (row) => Number(positionOf(row).value) || Infinity;

  /** Bring the rows in the order of their numbers; those without one come last. */
  function sort(body) {
    const end = body.querySelector(".empty-form");
    const rows = rowsIn(body);
    const sorted = [...rows].sort((one, other) => numberOf(one) - numberOf(other) || rows.indexOf(one) - rows.indexOf(other));
    if (sorted.some((row, index) => row !== rows[index])) {
      sorted.forEach((row) => partsOf(row).forEach((part) => body.insertBefore(part, end)));
    }
    describe(body);
  }

  /** Django numbers the rows anew when one is taken away, and wants them in the order in which it made them. */
  function sortAsMade(body) {
    const made = (row) => Number(/-(\d+)-position$/.exec(positionOf(row).name)[1]);
    const end = body.querySelector(".empty-form");
    rowsIn(body)
      .sort((one, other) => made(one) - made(other))
      .forEach((row) => partsOf(row).forEach((part) => body.insertBefore(part, end)));
  }

  function describe(body) {
    const rows = rowsIn(body);
    rows.forEach((row, index) => {
      for (const button of row.querySelectorAll("[data-step]")) {
        const isUp = button.dataset.step === "-1";
        button.setAttribute("aria-label", desk.fill(isUp ? strings.up : strings.down, { text: headingOf(row) }));
        button.setAttribute("aria-disabled", isUp ? index === 0 : index === rows.length - 1);
      }
    });
  }

  function settle(body, row) {
    const rows = rowsIn(body);
    rows.forEach((each, index) => {
      positionOf(each).value = index + 1;
    });
    positionOf(row).dispatchEvent(new Event("input", { bubbles: true }));
    describe(body);
    const place = { text: headingOf(row), position: rows.indexOf(row) + 1, total: rows.length };
    desk.say(desk.fill(strings.moved, place));
  }

  /** Let a neighbour change places with `row`, which itself isn't moved, so that it keeps focus and pointer. */
  function pass(body, row, step) {
    const rows = rowsIn(body);
    const neighbour = rows[rows.indexOf(row) + step];
    if (!neighbour) return false;
    const target = step < 0 ? row.nextElementSibling : partsOf(row)[0];
    partsOf(neighbour).forEach((part) => body.insertBefore(part, target));
    return true;
  }

  function drag(body, row, start) {
    const grip = start.currentTarget;
    grip.setPointerCapture(start.pointerId);
    row.classList.add("is-dragged");

    function follow(event) {
      if (event.clientY < EDGE) scrollBy(0, -STEP);
      if (event.clientY > innerHeight - EDGE) scrollBy(0, STEP);
      const rows = rowsIn(body);
      const index = rows.indexOf(row);
      const middle = (each) => each.getBoundingClientRect().top + each.getBoundingClientRect().height / 2;
      if (rows[index - 1] && event.clientY < middle(rows[index - 1])) pass(body, row, -1);
      else if (rows[index + 1] && event.clientY > middle(rows[index + 1])) pass(body, row, 1);
    }
    const done = new AbortController();
    const on = (type, act) => grip.addEventListener(type, act, { signal: done.signal });
    function end(finish) {
      done.abort();
      row.classList.remove("is-dragged");
      finish();
    }
    on("pointermove", follow);
    on("pointerup", () => end(() => settle(body, row)));
    on("pointercancel", () => end(() => sort(body)));
  }

  function button(step, sign) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.step = step;
    made.textContent = sign;
    return made;
  }

  function equip(body, row) {
    if (row.querySelector(".reorder")) return;
    const tools = document.createElement("span");
    const grip = document.createElement("span");
    tools.className = "reorder";
    grip.className = "grip";
    grip.textContent = "⠿";
    grip.title = strings.grip;
    grip.setAttribute("aria-hidden", "true");
    grip.addEventListener("pointerdown", (event) => {
      if (event.button === 0) drag(body, row, event);
    });
    tools.append(grip, button(-1, "↑"), button(1, "↓"));
    tools.addEventListener("click", (event) => {
      const step = Number(event.target.dataset.step);
      if (step && pass(body, row, step)) settle(body, row);
    });
    positionOf(row).after(tools);
    positionOf(row).addEventListener("change", () => sort(body));
  }

  function start(group) {
    const body = group.querySelector("tbody");
    if (!body || !group.querySelector("input[name$='-position']")) return;
    rowsIn(body).forEach((row) => equip(body, row));
    sort(body);
    group.addEventListener("input", () => describe(body));
    group.addEventListener("formset:added", (event) => {
      equip(body, event.target);
      describe(body);
    });
    // Around Django's own listener, which stands on the link.
    const around = (act) => (event) => event.target.closest(".inline-deletelink") && act(body);
    group.addEventListener("click", around(sortAsMade), { capture: true });
    group.addEventListener("click", around(sort));
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".inline-group").forEach(start));
}
