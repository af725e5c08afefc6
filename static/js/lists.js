/* What list pages do besides crm.js: ticked rows, sort by several columns, the order of columns. Hooks are data attributes. */
(function () {
  "use strict";
  var crm;

  function one(selector, from) { return (from || document).querySelector(selector); }
  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }
  function on(name, work) { document.addEventListener(name, work); }

  /* ---- bulk selection inside [data-list]; "select all N" sets the hidden input data-bulk-everything to 1 */
  function everything(list, chosen) {
    var input = one("[data-bulk-everything]", list);
    if (!input) return;
    input.value = chosen ? "1" : "";
    var button = one("[data-list-act=all]", list);
    if (chosen) one("[data-bulk-n]", list).textContent = button.dataset.total;
    button.hidden = chosen;
  }
  function selection(list) {
    var boxes = all("[data-check]", list);
    var chosen = boxes.filter((box) => {
      box.closest("tr,[data-row]").classList.toggle("sel", box.checked);
      return box.checked;
    }).length;
    var head = one("[data-check-all]", list);
    if (head) {
      head.checked = chosen > 0 && chosen === boxes.length;
      head.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    var bar = one("[data-bulk]", list);
    if (!bar) return;
    bar.hidden = !chosen;
    everything(list, false);
    one("[data-bulk-n]", bar).textContent = chosen;
  }
  on("change", (event) => {
    var box = event.target;
    if (!box.matches("[data-check],[data-check-all]")) return;
    var list = box.closest("[data-list]");
    if (box.matches("[data-check-all]")) all("[data-check]", list).forEach((other) => { other.checked = box.checked; });
    selection(list);
  });

  /* ---- shift and click on a column's head: one more key of the sort, or the other way round */
  on("htmx:configRequest", (event) => {
    var cause = event.detail.triggeringEvent;
    var head = event.target.closest(".th-sort");
    if (!head || !cause || !cause.shiftKey) return;
    var url = new URL(head.href);
    var key = url.searchParams.get("sort");
    var bare = (name) => name.replace(/^-/, "");
    var keys = head.closest("[data-sort]").dataset.sort.split(",").filter(Boolean);
    var known = keys.some((name) => bare(name) === bare(key));
    keys = known ? keys.map((name) => (bare(name) === bare(key) ? key : name)) : keys.concat(key).slice(-3);
    url.searchParams.set("sort", keys.join(","));
    event.detail.path = url.pathname + url.search;
  });

  /* ---- the order of columns: dragged by the handle, or moved by the buttons */
  function shift(button) {
    var item = button.closest("li");
    var other = button.dataset.shift < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other || !other.matches("[data-column]")) return;
    if (button.dataset.shift < 0) other.before(item);
    else other.after(item);
    button.focus();
  }
  /* ---- groups: the rows below are fetched by htmx at the first press, afterwards they are shown and hidden */
  function toggle(button) {
    var shown = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", shown);
    button.closest("tbody").nextElementSibling.hidden = !shown;
  }
  on("click", (event) => {
    var group = event.target.closest("[data-group]");
    if (group) toggle(group);
    var mover = event.target.closest("[data-shift]");
    if (mover) shift(mover);
    var button = event.target.closest("[data-list-act]");
    if (!button) return;
    var list = button.closest("[data-list]");
    if (button.dataset.listAct === "all") {
      everything(list, true);
    } else {
      all("[data-check],[data-check-all]", list).forEach((box) => { box.checked = false; });
      selection(list);
    }
  });

  function dress(from) {
    all("[data-list]", from).forEach(selection);
    all("[data-layout]", from).forEach((form) => {
      crm.load(form.dataset.layout).then(() => { window.Sortable.create(one("[data-columns]", form), { draggable: "[data-column]", handle: "svg", animation: 120 }); });
    });
    /* a menu whose content has come may have another width */
    all(".dropdown-menu.show", document).forEach((menu) => {
      window.bootstrap.Dropdown.getOrCreateInstance(menu.parentNode.firstElementChild).update();
    });
  }
  crm = window.crm;
  dress(document);
  on("htmx:load", (event) => {
    if (event.target !== document.body) dress(event.target.parentNode || document);
  });
})();
