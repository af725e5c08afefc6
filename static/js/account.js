/* Pages of the own account: prints recovery codes, and fetches the file that was confirmed with the password. */
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });
  var form = document.querySelector("form[data-send]");
  if (form) form.requestSubmit(form.querySelector("[type=submit]"));
})();
