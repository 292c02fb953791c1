// Sets YASGUI up to ask this server alone: its sources of names elsewhere are off, and nothing goes through a proxy.
"use strict";

(function () {
  const { endpoint, tabs, prefixes, cut, words } = JSON.parse(document.getElementById("sparql-data").textContent);
  const { Yasqe } = Yasgui;

  Yasqe.forkAutocompleter("prefixes", {
    name: "prefixes",
    persistenceId: null,
    get: () => Promise.resolve(Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort()),
  });
  Yasqe.defaults.autocompleters = ["prefixes", "variables"];

  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    autoAddOnInit: false,
    copyEndpointOnNewTab: false,
    corsProxy: undefined,
    endpointCatalogueOptions: { getData: () => [] },
    persistenceId: null,
    populateFromUrl: (shared) => ({ ...shared, requestConfig: { ...shared.requestConfig, endpoint } }),
    requestConfig: { endpoint, method: "POST" },
    yasqe: { value: tabs[0].query },
  });

  // A shared query has opened a tab already, which stays in front.
  tabs.forEach(({ id, name, query }) => {
    yasgui.addTab(!yasgui.getTab(), { id, name, yasqe: { value: query }, requestConfig: { endpoint } });
  });

  // An answer that is cut says so in a header, which YASGUI shows nowhere.
  const notice = document.getElementById("cut");
  const answers = new Map();
  function tell(rows) {
    notice.hidden = !rows;
    notice.textContent = rows ? words.cut.replace("{rows}", Number(rows).toLocaleString()) : "";
  }
  function follow(tab) {
    tell(answers.get(tab.getId()));
    if (answers.has(tab.getId())) {
      return;
    }
    answers.set(tab.getId(), undefined);
    tab.getYasqe().on("query", () => tell(undefined));
    tab.getYasqe().on("queryResponse", (_, response) => {
      answers.set(tab.getId(), response.header && response.header[cut.toLowerCase()]);
      if (tab === yasgui.getTab()) {
        tell(answers.get(tab.getId()));
      }
    });
  }
  yasgui.on("tabSelect", (_, id) => follow(yasgui.getTab(id)));
  follow(yasgui.getTab());
})();
