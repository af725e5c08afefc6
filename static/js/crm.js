/* What every page does: delegated listeners only (strict CSP); hooks are data attributes, words and addresses come from #crm-config. */
(function () {
  "use strict";
  var root = document.documentElement;
  var config = JSON.parse(document.getElementById("crm-config").textContent);
  var text = config.text;

  function one(selector, from) { return (from || document).querySelector(selector); }
  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }
  function on(name, work, capture) { document.addEventListener(name, work, capture); }
  function token() { return one("meta[name=csrf-token]").content; }
  function typing(target) { return target.closest("input:not([type=checkbox]),textarea,select,[contenteditable]"); }
  function modal(id) { return window.bootstrap.Modal.getOrCreateInstance(document.getElementById(id)); }

  function post(url, fields) {
    return fetch(url, { method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" }, body: new URLSearchParams(fields) });
  }

  var loaded = {};
  function load(url) {
    return loaded[url] || (loaded[url] = new Promise((done, failed) => {
      var css = /\.css$/.test(url);
      var node = document.createElement(css ? "link" : "script");
      node.onload = done;
      node.onerror = failed;
      if (css) {
        node.rel = "stylesheet";
        node.href = url;
        document.head.insertBefore(node, one("#crm-css"));
      } else {
        node.src = url;
        document.head.appendChild(node);
      }
    }));
  }

  /* ---- toasts: success goes after 4 s, errors stay until closed */
  function expire(node) {
    if (/success|info/.test(node.dataset.toast)) setTimeout(() => { node.remove(); }, one("form", node) ? 8000 : 4000);
  }
  function toast(message, tone, retry) {
    var node = one("#toast-template").content.firstElementChild.cloneNode(true);
    if (tone && tone !== "error") {
      node.className = "toast2 toast-" + tone;
      node.setAttribute("role", "status");
      node.dataset.toast = tone;
    }
    one("[data-toast-text]", node).textContent = message;
    if (retry) {
      var button = one("[data-toast-retry]", node);
      button.hidden = false;
      button.addEventListener("click", () => { node.remove(); retry(); });
    }
    // The same words once: typing without a connection fails with every key.
    all("#toasts > [data-toast]").filter((old) => old.textContent === node.textContent).forEach((old) => { old.remove(); });
    one("#toasts").appendChild(node);
    expire(node);
  }
  all("[data-toast]").forEach(expire);

  /* ---- theme: at once on the page, then on the server */
  function setTheme(theme, save) {
    var dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = theme;
    root.setAttribute("data-bs-theme", dark ? "dark" : "light");
    document.dispatchEvent(new CustomEvent("crm:theme"));
    if (save) post(config.preferences, { theme: theme }).catch(() => {});
  }

  /* ---- keyboard settings of this device */
  function single() {
    try { return localStorage.getItem("crm-keys") !== "off"; } catch (e) { return true; }
  }

  var actions = {
    search: () => { if (one("#gsearch")) modal("gsearch").show(); },
    theme: () => { setTheme(root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark", true); },
    keys: () => { if (one("#keys")) modal("keys").show(); },
    "toast-close": (button) => { button.closest("[data-toast]").remove(); },
    "toast-undo": (button) => { setTimeout(() => { button.closest("[data-toast]").remove(); }); },
    "chart-table": (button) => {
      var table = document.getElementById(button.getAttribute("aria-controls"));
      var shown = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", shown);
      table.hidden = !shown;
      var chart = one("[data-chart]", table.parentNode);
      chart.hidden = shown;
      if (!shown) window.dispatchEvent(new Event("resize"));
    },
  };
  on("click", (event) => {
    var themed = event.target.closest("[data-theme-set]");
    if (themed) {
      event.preventDefault();
      setTheme(themed.dataset.themeSet, true);
      return;
    }
    var button = event.target.closest("[data-act]");
    if (!button || !actions[button.dataset.act]) return;
    if (button.tagName === "A") event.preventDefault();
    actions[button.dataset.act](button);
  });

  on("change", (event) => {
    var box = event.target;
    if (box.matches("[data-act=keys-toggle]")) {
      try { localStorage.setItem("crm-keys", box.checked ? "on" : "off"); } catch (e) { /* for this page only */ }
    }
  });

  /* ---- keyboard */
  var go = 0;
  function step(by) {
    var rows = all("[data-list] tbody tr, [data-list] [data-row]");
    if (!rows.length) return;
    var at = rows.indexOf(one(".cursor"));
    rows.forEach((row) => { row.classList.remove("cursor"); });
    var next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    next.classList.add("cursor");
    next.scrollIntoView({ block: "nearest" });
    var link = one("a", next);
    if (link) link.focus({ preventScroll: true });
  }
  var keys = {
    "/": actions.search,
    "?": actions.keys,
    c: () => { var button = one("main [data-act-key=new]") || one("[data-act-key=new]"); if (button) button.click(); },
    j: () => { step(1); },
    k: () => { step(-1); },
    x: () => { var box = one(".cursor [data-check]"); if (box) box.click(); },
    g: () => { go = Date.now(); },
  };
  on("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      actions.search();
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || one(".modal.show") || !single()) return;
    if (Date.now() - go < 900) {
      var link = one('.nav-side [data-go="' + CSS.escape(event.key) + '"]');
      go = 0;
      if (link) {
        link.click();
        return;
      }
    }
    var keyed = one('main [data-key="' + CSS.escape(event.key) + '"]');
    if (keyed) keyed.click();
    if (keys[event.key]) {
      if (event.key === "/") event.preventDefault();
      keys[event.key]();
    }
  });

  /* ---- search boxes: send what is typed, not half of a composition; arrows walk the hits, Enter opens the first (in the
     global search) or goes to it */
  function ask(input) { window.htmx.trigger(input, "crm:query"); }
  on("input", (event) => {
    if (event.target.matches("[data-search-input]") && !event.isComposing) ask(event.target);
  });
  on("compositionend", (event) => {
    if (event.target.matches("[data-search-input]")) ask(event.target);
  });
  on("shown.bs.modal", (event) => {
    var input = one("[data-search-input]", event.target);
    if (input) {
      input.focus();
      input.select();
    }
    var toggle = one("[data-act=keys-toggle]", event.target);
    if (toggle) toggle.checked = single();
  });
  on("keydown", (event) => {
    var dialog = event.target.closest("#gsearch, [data-hits]");
    var input = dialog && one("[data-search-input]", dialog);
    if (!input || event.isComposing || event.keyCode === 229) return;
    var hits = all("[data-hit]", dialog);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      var at = hits.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      (at < 0 ? input : hits[Math.min(at, hits.length - 1)] || input).focus();
    } else if (event.key === "Enter" && event.target === input && hits.length) {
      event.preventDefault();
      if (dialog.id === "gsearch") hits[0].click();
      else hits[0].focus();
    }
  });

  /* ---- htmx: token, errors with retry, the loading bar after 300 ms, an ended session */
  var waiting = 0;
  var timer;
  function busy(by) {
    var bar = one("#loading");
    waiting = Math.max(0, waiting + by);
    clearTimeout(timer);
    if (!bar) return;
    if (waiting) timer = setTimeout(() => { bar.hidden = false; }, 300);
    else bar.hidden = true;
  }
  on("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
  on("htmx:beforeRequest", (event) => {
    busy(1);
    event.detail.target.setAttribute("aria-busy", "true");
  });
  on("htmx:afterRequest", (event) => {
    busy(-1);
    event.detail.target.removeAttribute("aria-busy");
  });
  function again(detail) {
    var request = detail.requestConfig;
    return () => { window.htmx.ajax(request.verb, request.path, { source: detail.elt, target: detail.target, values: Object.fromEntries(request.formData) }); };
  }
  on("htmx:responseError", (event) => {
    var status = event.detail.xhr.status;
    toast(status === 403 ? text.denied : status === 404 ? text.missing : text.failed, "error", status >= 500 && again(event.detail));
  });
  on("htmx:sendError", (event) => { toast(text.offline, "error", again(event.detail)); });
  on("crm:toast", (event) => { toast(event.detail.text || event.detail.value, event.detail.tone || "success"); });

  /* ---- forms: ask before unsaved input is left (form[data-guard]); one submit per press */
  var dirty = false;
  function touched(event) { if (event.target.closest("form[data-guard]")) dirty = true; }
  on("input", touched);
  on("change", touched);
  on("submit", (event) => {
    if (event.target.dataset.confirm && !window.confirm(event.target.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    if (event.target.matches("[data-guard]")) dirty = false;
    /* [data-download]: the answer is a file, and the page stays */
    if (event.target.method === "post" && !(event.submitter && event.submitter.hasAttribute("data-download"))) {
      setTimeout(() => { all("[type=submit]", event.target).forEach((button) => { button.disabled = true; }); });
    }
  }, true);
  function reopen() { all("form [type=submit]:disabled").forEach((button) => { button.disabled = false; }); }
  on("htmx:afterRequest", reopen);
  window.addEventListener("pageshow", (event) => { if (event.persisted) reopen(); });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  /* ---- selects with search and charts: their scripts are fetched when a page or a fragment has one */
  function selects(from) {
    if (!one("select[data-ts]:not(.tomselected)", from)) return;
    Promise.all([load(config.assets.tomSelectCss), load(config.assets.tomSelect), load(config.assets.selects)]).then(() => window.crm.selects(from));
  }
  function charts(from) {
    if (!one("[data-chart]", from)) return;
    load(config.assets.echarts).then(() => load(config.assets.charts)).then(() => { window.crm.charts.draw(from); });
  }
  function dress(from) {
    selects(from);
    charts(from);
    /* rows that scroll sideways begin with what is current in view */
    all(".tabs .active, .path .cur, .swim .now-l", from).forEach((node) => {
      var box = node.closest(".tabs, .path, .tw");
      box.scrollLeft += node.getBoundingClientRect().left - box.getBoundingClientRect().left - (box.clientWidth - node.offsetWidth) / 2;
    });
  }

  window.crm = { config: config, load: load, toast: toast, post: post, dress: dress };
  dress(document);
  on("htmx:load", (event) => {
    if (event.target !== document.body) dress(event.target.parentNode || document);
    all("#toasts [data-toast-new]").forEach((node) => {
      node.removeAttribute("data-toast-new");
      expire(node);
    });
  });
})();
