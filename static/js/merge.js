/* merge.js — two versions of a record: what is typed over one of them ([data-mine]) is meant to be taken. */
(function () {
  "use strict";
  function take(event) {
    var mine = event.target.closest("[data-mine]");
    if (mine) mine.querySelector("[type=radio]").checked = true;
  }
  document.addEventListener("input", take);
  document.addEventListener("change", take);
})();
