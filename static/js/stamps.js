// Stamps on the cards of articles: a circle is stamped once its advice is read. What is read is kept in this browser
// only, by the number of the advice, which all languages share. Without this script the circles are plain numbers.

const words = document.getElementById("stamping").dataset;
const KEY = "stamps";
const LONG_ENOUGH = 4000; // milliseconds that the end of a text is in view before it counts as read
const [reading] = document.getElementsByClassName("reading");
const status = reading?.querySelector("[role=status]");
const button = reading?.querySelector("button");

let read = new Set(kept());
let forgotten = null;

function kept() {
  try {
    const numbers = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(numbers) ? numbers : [];
  } catch {
    return [];
  }
}

function keep() {
  try {
    if (read.size) localStorage.setItem(KEY, JSON.stringify([...read]));
    else localStorage.removeItem(KEY);
  } catch {
    // Private or full: the stamps last as long as the page.
  }
}

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function showStamp(stamp) {
  const isRead = read.has(stamp.dataset.advice);
  if (isRead === stamp.classList.contains("is-read")) return;
  stamp.classList.toggle("is-read", isRead);
  if (isRead) stamp.lastElementChild.append(`, ${words.read}`);
  else stamp.lastElementChild.lastChild.remove();
}

/** Show how many circles of a card are stamped; return whether all are. */
function showCard(list) {
  const stamps = [...list.querySelectorAll("[data-advice]")];
  stamps.forEach(showStamp);
  const total = stamps.length;
  const count = stamps.filter((stamp) => read.has(stamp.dataset.advice)).length;
  const isFull = count > 0 && count === total;
  list.parentElement.classList.toggle("is-full", isFull);
  const tally = list.parentElement.querySelector(".tally");
  if (tally) {
    tally.dataset.plain ??= tally.textContent;
    tally.textContent = count ? fill(isFull ? words.full : words.tally, { count, total }) : tally.dataset.plain;
  }
  return isFull;
}

function show() {
  const full = [...document.querySelectorAll(".stamps")].map(showCard);
  if (button) {
    button.hidden = !read.size && !forgotten;
    button.textContent = forgotten ? words.undo : words.forget;
  }
  return full.length === 1 && full[0];
}

function stamp(advice) {
  const wasFull = show();
  if (read.has(advice)) return;
  read = new Set([...read, ...kept(), advice]);
  keep();
  const isFull = show();
  document.querySelector(`.stamp[data-advice="${advice}"]`)?.classList.add("is-new");
  if (status && isFull && !wasFull) status.textContent = words.celebration;
}

function forgetOrBringBack() {
  const before = [...read, ...kept()];
  read = new Set(forgotten ? [...forgotten, ...before] : []);
  status.textContent = forgotten ? "" : words.forgotten;
  forgotten = forgotten ? null : before;
  keep();
  show();
}

/** Stamp what is in view to its end for long enough, while somebody may be looking at the page. */
function watch(texts) {
  const timers = new Map();
  const ends = new Map();
  const inView = new Set();

  function stop(end) {
    clearTimeout(timers.get(end));
    timers.delete(end);
  }

  function start(end) {
    stop(end);
    if (document.hidden) return;
    timers.set(
      end,
      setTimeout(() => {
        observer.unobserve(end);
        inView.delete(end);
        stamp(ends.get(end));
      }, LONG_ENOUGH),
    );
  }

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        inView.add(target);
        start(target);
      } else {
        inView.delete(target);
        stop(target);
      }
    }
  });

  for (const text of texts) {
    const end = document.createElement("div");
    text.append(end);
    ends.set(end, text.dataset.reads);
    observer.observe(end);
  }
  document.addEventListener("visibilitychange", () => inView.forEach(document.hidden ? stop : start));
}

function refresh() {
  read = new Set(kept());
  show();
}

button?.addEventListener("click", forgetOrBringBack);
// Other tabs, and a page that comes back as it was left.
addEventListener("storage", (event) => (event.key === KEY || event.key === null) && refresh());
addEventListener("pageshow", (event) => event.persisted && refresh());
show();
watch(document.querySelectorAll("[data-reads]"));
