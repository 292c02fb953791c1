// What the picture shows, as tables: for reading, sorting, and for those who cannot use a picture.

const tableSection = document.getElementById("table");
const ROWS = 300;
const MOST_PRINTED = 5000;
const sheet = {name: "entities", column: 4, falls: true, rows: ROWS}; // opens with the best-linked entities

// Returns what is shown: with a focus or a path what is around it, else all that passes the filter.
function shownPart() {
  const {entities: passing, facts: stated, figures: numbers} = filtered();
  const ids = state.focus || state.path || state.view === "graph" || state.view === "tree" ? visible() : null;
  const isIn = (entity) => !entity || !ids || ids.has(entity.id);
  return {
    entities: passing.filter(isIn),
    facts: stated.filter((fact) => isIn(fact.subject) && isIn(fact.object)),
    figures: numbers.filter((figure) => [figure.subject, figure.programme].every(isIn)),
  };
}

// Returns the columns of a sheet, as [heading, value to sort by, cell], and its rows.
function sheets() {
  const part = shownPart();
  const of = (role) => [say(role), (row) => row[role]?.name ?? "", (row) => (row[role] ? entityLink(row[role]) : "")];
  const evidence = [say("evidence"), (row) => row.sources, (row) => proof(row, [row.subject, row.object, row.programme].filter(Boolean))];
  const sure = [say("confidence"), (row) => row.confidence, (row) => plain(row.confidence)];
  return {
    entities: {
      rows: part.entities,
      columns: [
        [say("name"), (entity) => entity.pinyin ?? entity.name, (entity) => entityLink(entity)],
        [say("type"), (entity) => label(types.get(entity.type)), (entity) => label(types.get(entity.type))],
        [say("subtype"), subtypeLabel, subtypeLabel],
        [say("aliases"), (entity) => (entity.aliases ?? []).join("、"), (entity) => (entity.aliases ?? []).join("、")],
        [say("links"), filtered().count, (entity) => plain(filtered().count(entity))],
        [say("documents"), (entity) => entity.documents?.length ?? 0, (entity) => plain(entity.documents?.length ?? 0)],
        [say("province"), (entity) => entity.province ?? "", (entity) =>
          (entity.code || !entity.province ? provinceLabel(entity.province) : make("span", {title: say("inferredHint")}, `≈ ${provinceLabel(entity.province)}`))],
      ],
    },
    facts: {
      rows: part.facts,
      columns: [
        of("subject"), [say("relation"), relationLabel, relationLabel], of("object"),
        [say("qualifiers"), (fact) => fact.date ?? "", (fact) => make("p", {class: "qualifiers"}, qualifiers(fact))],
        [say("when"), (fact) => fact.from ?? 0, when], sure, evidence,
      ],
    },
    figures: {
      rows: part.figures,
      columns: [
        of("subject"), of("programme"), of("beneficiary"), [say("value"), (figure) => figure.value, amount], [say("what"), (figure) => figure.what ?? "", (figure) => figure.what ?? ""],
        [say("kind"), (figure) => figure.kind, (figure) => badge(say(figure.kind), figure.kind)], [say("period"), (figure) => figure.from ?? 0, when], sure, evidence,
      ],
    },
  };
}

function showTable() {
  const scrolled = tableSection.querySelector(".sheet")?.scrollTop ?? 0;
  const all = sheets();
  const {rows, columns} = all[sheet.name];
  const value = columns[sheet.column][1];
  const collator = new Intl.Collator("zh-u-co-pinyin");
  const compare = (one, other) => (typeof one === "number" ? one - other : collator.compare(one, other));
  const sorted = rows.toSorted((one, other) => compare(value(one), value(other)) * (sheet.falls ? -1 : 1));
  const tabs = make("div", {class: "switch", role: "group", "aria-label": say("table")}, Object.keys(all).map((name) =>
    button({"data-sheet": name, "aria-pressed": String(name === sheet.name), onclick: () => turnTo({name, column: 0, falls: false, rows: ROWS})},
      say(name), make("span", {class: "count"}, plain(all[name].rows.length)))));
  const head = columns.map(([name], column) => make("th", {scope: "col", "aria-sort": column === sheet.column ? (sheet.falls ? "descending" : "ascending") : "none"},
    button({onclick: () => turnTo({...sheet, column, falls: column === sheet.column ? !sheet.falls : typeof (rows[0] && columns[column][1](rows[0])) === "number"})},
      name, make("span", {class: "sort", "aria-hidden": "true"}, column === sheet.column ? (sheet.falls ? " ↓" : " ↑") : ""))));
  tableSection.replaceChildren(tabs, make("div", {class: "sheet", tabindex: "0", role: "region", "aria-label": say(sheet.name)}, make("table", {}, make("thead", {}, make("tr", {}, head)),
    make("tbody", {}, sorted.slice(0, sheet.rows).map((row) => make("tr", {}, columns.map(([, , cell]) => make("td", {}, cell(row)))))))),
  sorted.length > sheet.rows ? button({class: "action", onclick: () => turnTo({...sheet, rows: sheet.rows + ROWS})},
    say("more", {count: Math.min(ROWS, sorted.length - sheet.rows)})) : "");
  tableSection.querySelector(".sheet").scrollTop = scrolled;
}

addEventListener("beforeprint", () => state.view === "table" && turnTo({...sheet, rows: MOST_PRINTED}));

function turnTo(next) {
  const isTab = next.name !== sheet.name;
  Object.assign(sheet, next);
  showTable();
  (isTab ? tableSection.querySelector(`[data-sheet="${sheet.name}"]`) : tableSection.querySelectorAll("th button")[sheet.column])?.focus();
}
