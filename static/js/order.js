/* A list that is put into order by dragging: [data-order] names the address that takes the keys of its rows. The buttons in the
   rows do the same without a mouse. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-order]").forEach(function (body) {
      window.Sortable.create(body, {
        handle: "[data-handle]",
        draggable: "tr",
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
        delay: 150,
        delayOnTouchOnly: true,
        ghostClass: "sortable-ghost",
        onEnd: function () {
          var keys = Array.prototype.map.call(body.rows, function (row) { return ["keys", row.dataset.key]; });
          window.crm.post(body.dataset.order, keys).then(
            function (answer) { if (!answer.ok) location.reload(); },
            function () { window.crm.toast(window.crm.config.text.offline); }
          );
        },
      });
    });
  });
})();
