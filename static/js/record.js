/* The page of a record: a part that could not be loaded says so in its place and can be asked for again ([data-lazy]). */
(function () {
  "use strict";
  function failed(event) {
    var box = event.detail.elt;
    if (!box.matches || !box.matches("[data-lazy]")) return;
    var said = document.getElementById("lazy-failed").content.cloneNode(true);
    var kept = Array.prototype.slice.call(box.childNodes);
    said.querySelector("[data-lazy-name]").textContent = box.dataset.lazy;
    said.querySelector("[data-lazy-retry]").addEventListener("click", () => {
      box.replaceChildren(...kept);
      window.htmx.ajax("GET", box.getAttribute("hx-get"), { source: box, target: box, swap: "outerHTML" });
    });
    box.replaceChildren(said);
  }
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
})();
