// A menu of Django's to choose objects from, by Select2, stands for a list that it hides: who focuses that means the menu.
"use strict";

{
  function pass(field) {
    if (!field.matches("select.select2-hidden-accessible")) return;
    field.nextElementSibling.querySelector(".select2-selection").focus();
  }

  document.addEventListener("focusin", (event) => pass(event.target));
  // After Django, which makes the menus when its jQuery is ready.
  django.jQuery(() => pass(document.activeElement));
}
