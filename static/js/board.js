/* The board and the move dialog. Dragging a card, M on a focused card and the card's button all ask the server, which answers
   with the dialog of what is missing (422) or with the changed parts of the board. A card that isn't moved goes back. */
(function () {
  "use strict";
  var board = document.querySelector("[data-board]");
  var pending = null; // the card on its way: {card, home, next}

  function dialog() {
    var node = document.getElementById("move-dialog");
    if (!node) {
      node = document.createElement("div");
      node.id = "move-dialog";
      node.className = "modal";
      node.tabIndex = -1;
      node.setAttribute("role", "dialog");
      node.setAttribute("aria-modal", "true");
      node.setAttribute("aria-labelledby", "move-title");
      node.innerHTML = '<div class="modal-dialog modal-dialog-scrollable"><div class="modal-content" id="move-body"></div></div>';
      document.body.appendChild(node);
      node.addEventListener("hidden.bs.modal", function () {
        document.getElementById("move-body").textContent = "";
        putBack();
      });
      node.addEventListener("shown.bs.modal", focusFirst);
    }
    return node;
  }
  function modal() { return window.bootstrap.Modal.getOrCreateInstance(dialog()); }
  function focusFirst() {
    var field = dialog().querySelector(".is-invalid, input:not([type=hidden]), textarea, select, .todo a, .btn-close");
    if (field) field.focus();
  }
  function ask(verb, url, values) {
    dialog();
    return window.htmx.ajax(verb, url, { target: "#move-body", swap: "innerHTML", values: values || {} });
  }
  function putBack() {
    if (!pending) return;
    pending.home.insertBefore(pending.card, pending.next);
    pending.card.removeAttribute("aria-busy");
    pending = null;
  }

  /* a link with data-dialog opens over the page */
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    ask("GET", link.getAttribute("href"));
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id !== "move-body") return;
    if (event.detail.target.querySelector("[data-move]")) {
      if (dialog().classList.contains("show")) focusFirst();
      else modal().show();
    }
  });
  function failed(event) { if (event.detail.target && event.detail.target.id === "move-body") putBack(); }
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);

  if (!board) return;

  /* the server moved a card: put its new face where it now belongs, or take it off the board */
  document.addEventListener("opportunity:moved", function (event) {
    var moved = event.detail;
    var old = document.getElementById("card-" + moved.id);
    var lane = board.querySelector('[data-lane="' + moved.stage + '"]');
    var template = document.querySelector("#move-body [data-new-card]");
    var fresh = template && template.content.querySelector("li");
    pending = null;
    if (dialog().classList.contains("show")) modal().hide();
    else document.getElementById("move-body").textContent = "";
    if (!fresh || !lane) {
      if (old) old.remove();
      return;
    }
    if (old && old.parentNode === lane) old.replaceWith(fresh);
    else {
      if (old) old.remove();
      lane.insertBefore(fresh, lane.firstChild);
    }
    window.htmx.process(fresh);
    fresh.querySelector(".t").focus();
  });
  function drops() {
    Array.prototype.forEach.call(board.querySelectorAll("[data-drop]"), function (zone) {
      if (zone.dataset.ready) return;
      zone.dataset.ready = "1";
      window.Sortable.create(zone, { group: { name: "opp", pull: false, put: true }, sort: false, draggable: ".kc" });
    });
  }

  if (!("movable" in board.dataset)) return;
  Array.prototype.forEach.call(board.querySelectorAll("[data-lane]"), function (lane) {
    window.Sortable.create(lane, {
      group: "opp",
      draggable: ".kc",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      delay: 150,
      delayOnTouchOnly: true,
      ghostClass: "sortable-ghost",
      filter: "[data-dialog]",
      preventOnFilter: false,
      onStart: function (event) { pending = { card: event.item, home: event.from, next: event.item.nextElementSibling }; },
      onEnd: dropped,
    });
  });
  drops();
  document.addEventListener("htmx:oobAfterSwap", drops);

  function dropped(event) {
    var zone = event.to;
    var target = zone.dataset.lane || zone.dataset.drop;
    if (zone === event.from || !target) {
      putBack();
      return;
    }
    var source = event.from.dataset.lane;
    event.item.setAttribute("aria-busy", "true");
    var link = event.item.querySelector("a[data-dialog]");
    if (zone.dataset.drop) pending.home.insertBefore(pending.card, pending.next);
    ask("POST", link.getAttribute("href"), { target: target, source: source });
  }

  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() !== "m" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector(".modal.show") || event.target.closest("input, textarea, select")) return;
    try { if (localStorage.getItem("crm-keys") === "off") return; } catch (e) { /* shortcuts stay on */ }
    var card = event.target.closest(".kc");
    var link = card && card.querySelector("a[data-dialog]");
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})();
