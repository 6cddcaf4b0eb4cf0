// Asks before a changed form is left without saving. A form is guarded if it names its draft (draft_id).
"use strict";

{
  const stateOf = (form) => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "draft_id");
    return JSON.stringify(fields.map(String).sort());
  };

  function guard(form, isUnsaved) {
    const saved = stateOf(form);
    let isSent = false;
    form.addEventListener("submit", () => (isSent = true));
    addEventListener("pageshow", () => (isSent = false));
    addEventListener("beforeunload", (event) => {
      if (!isSent && (isUnsaved || stateOf(form) !== saved)) event.preventDefault();
    });
  }

  // Somebody may write before all of a page has come.
  let isWritten = false;
  const note = () => (isWritten = true);
  document.addEventListener("input", note);

  // After the other scripts have put the form in order.
  addEventListener("load", () => {
    document.removeEventListener("input", note);
    const draft = document.querySelector("input[name=draft_id]");
    if (draft) guard(draft.form, isWritten || "unsaved" in draft.dataset);
  });
}
