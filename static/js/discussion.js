/* The discussion tab: "@" offers colleagues (data-mention), files are sent once chosen or dropped (data-drop). */
(function () {
  "use strict";
  var crm = window.crm;
  var timer;

  /* ---- mentions: a list below the text, walked by arrows, taken by Enter, Tab or a press */
  function open(box) { return box.querySelector("[role=listbox]"); }
  function close(box) {
    var list = open(box);
    if (list) list.remove();
    var area = box.querySelector("textarea");
    area.removeAttribute("aria-activedescendant");
    area.removeAttribute("aria-controls");
  }
  function typed(area) {
    var found = /(?:^|[^\w.])@([^\s@]{0,20})$/.exec(area.value.slice(0, area.selectionStart));
    return found && found[1];
  }
  function mark(box, at) {
    var options = Array.prototype.slice.call(open(box).children);
    options.forEach((option, index) => { option.setAttribute("aria-selected", index === at); });
    box.querySelector("textarea").setAttribute("aria-activedescendant", options[at].id);
  }
  function take(box, option) {
    var area = box.querySelector("textarea");
    var end = area.selectionStart;
    var start = end - typed(area).length;
    area.setRangeText(option.dataset.insert + " ", start, end, "end");
    close(box);
    area.focus();
  }
  function offer(box, people) {
    close(box);
    if (!people.length) return;
    var area = box.querySelector("textarea");
    var list = document.createElement("div");
    list.className = "dropdown-menu show";
    list.id = area.id + "-people";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.label);
    people.forEach((person, index) => {
      var option = document.createElement("div");
      option.className = "dropdown-item";
      option.id = list.id + index;
      option.setAttribute("role", "option");
      option.dataset.insert = person.insert;
      option.textContent = person.name;
      var sub = document.createElement("small");
      sub.className = "mute ms-2";
      sub.textContent = person.sub;
      option.appendChild(sub);
      list.appendChild(option);
    });
    box.appendChild(list);
    area.setAttribute("aria-controls", list.id);
    mark(box, 0);
  }
  function ask(area) {
    var box = area.closest("[data-mention]");
    clearTimeout(timer);
    var text = typed(area);
    if (text === null) {
      close(box);
      return;
    }
    timer = setTimeout(() => {
      fetch(box.dataset.mention + "?" + new URLSearchParams({ q: text }), { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : []))
        .then((people) => { if (typed(area) === text) offer(box, people); }, () => {});
    }, 180);
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-mention] textarea") && !event.isComposing) ask(event.target);
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.matches("[data-mention] textarea")) ask(event.target);
  });
  document.addEventListener("keydown", (event) => {
    var box = event.target.closest("[data-mention]");
    if (!box || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      box.closest("form").requestSubmit();
      return;
    }
    var list = open(box);
    if (!list) return;
    var options = Array.prototype.slice.call(list.children);
    var at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      mark(box, (at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      take(box, options[at]);
    } else if (event.key === "Escape") {
      close(box);
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("mousedown", (event) => {
    var option = event.target.closest("[data-mention] [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option.closest("[data-mention]"), option);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-mention] textarea")) close(event.target.closest("[data-mention]"));
  });

  /* ---- who says no to a question gets the button back, which was disabled against a second press */
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    if (window.confirm(event.detail.question)) event.detail.issueRequest(true);
    else setTimeout(() => { event.target.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = false; }); });
  });

  /* ---- files: too large ones are left out before they are sent */
  function send(input, files) {
    var fitting = new DataTransfer();
    Array.prototype.forEach.call(files, (file) => {
      if (file.size > Number(input.dataset.limit)) crm.toast(input.dataset.tooLarge.replace("%(name)s", file.name), "error");
      else fitting.items.add(file);
    });
    input.files = fitting.files;
    if (input.files.length) input.form.requestSubmit();
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("#file-form input[type=file]")) send(event.target, event.target.files);
  });
  function zone(event) {
    return event.dataTransfer && Array.prototype.indexOf.call(event.dataTransfer.types, "Files") >= 0 && event.target.closest("[data-drop]");
  }
  document.addEventListener("dragover", (event) => {
    var card = zone(event);
    if (!card) return;
    event.preventDefault();
    card.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    var card = event.target.closest && event.target.closest("[data-drop]");
    if (card && !card.contains(event.relatedTarget)) card.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    var card = zone(event);
    if (!card) return;
    event.preventDefault();
    card.classList.remove("over");
    send(card.querySelector("#file-input"), event.dataTransfer.files);
  });
})();
