// Leads a reader who changes the language to the same place on the page: what was last read before the menu came into
// view. Anchors are the same in all languages. Without this script the links lead to the top of the page.

const PAUSE = 500; // milliseconds without scrolling that count as reading
const PLACES = "main :is(section, li, fieldset, figure)[id]";
const masthead = document.querySelector(".masthead");
let timer;

function placeInView() {
  const line = innerHeight / 2;
  const isAbove = (place) => place.getBoundingClientRect().top < line;
  return [...document.querySelectorAll(PLACES)].findLast(isAbove)?.id ?? "";
}

function note() {
  // On the way up to the menu nothing is read.
  if (scrollY <= masthead.offsetHeight) return;
  const place = placeInView();
  for (const link of masthead.querySelectorAll(".languages a")) link.hash = place;
}

addEventListener("scroll", () => {
  clearTimeout(timer);
  timer = setTimeout(note, PAUSE);
});
note();
