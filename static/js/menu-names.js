// Django's menus to choose many objects from, by Select2, with what people who don't see them need.
"use strict";

{
  const menus = document.querySelectorAll("select.admin-autocomplete[multiple]");
  // The button to clear a menu would stand in its list, where nothing but choices may; each of these has one itself.
  for (const menu of menus) menu.dataset.allowClear = "false";

  function name() {
    for (const menu of menus) {
      menu.nextElementSibling?.querySelector(".select2-search__field")?.setAttribute("aria-label", desk.nameOf(menu));
    }
  }

  // After Django, which makes the menus when its jQuery is ready.
  if (menus.length) django.jQuery(name);
}
