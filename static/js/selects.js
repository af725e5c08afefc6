/* Tom Select on select[data-ts]; with data-url the options come from the server as [{value, text, sub}] for what is typed. */
(function () {
  "use strict";
  var crm = window.crm;

  function remote(options, url) {
    options.searchField = [];
    options.preload = "focus";
    options.load = (query, done) => {
      fetch(url + (url.includes("?") ? "&" : "?") + new URLSearchParams({ q: query }), { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
        .then(done, () => {
          crm.toast(crm.config.text.offline);
          done();
        });
    };
    options.onType = function () { this.clearOptions(); };
  }

  function settings(select) {
    var options = {
      maxOptions: 100,
      create: false,
      plugins: select.multiple ? ["remove_button"] : [],
      render: {
        option: (item, escape) => "<div>" + escape(item.text) + (item.sub ? '<span class="sub">' + escape(item.sub) + "</span>" : "") + "</div>",
        no_results: () => '<div class="no-results">' + crm.config.text.noMatch + "</div>",
      },
    };
    if (select.dataset.url) remote(options, select.dataset.url);
    return options;
  }

  crm.selects = (from) => {
    (from || document).querySelectorAll("select[data-ts]:not(.tomselected)").forEach((select) => {
      new window.TomSelect(select, settings(select));
      select.setAttribute("aria-hidden", "true");
    });
  };
})();
