/* Runs before the first paint: 'auto' becomes the system's light or dark, so that no page flashes in the wrong colours. */
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    if (root.dataset.theme !== "auto") return;
    root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
    document.dispatchEvent(new CustomEvent("crm:theme"));
  }
  apply();
  dark.addEventListener("change", apply);
})();
