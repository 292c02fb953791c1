// What the picture shows, as tables: for reading, sorting, and for those who cannot use a picture.

const tableSection = document.getElementById("table");
const ROWS = 300;
const sheet = {name: "entities", column: 4, falls: true, rows: ROWS}; // opens with the best-linked entities

// Returns the columns of a sheet, as [heading, value to sort by, cell], and its rows.
function sheets() {
  const ids = visible();
  const inside = (fact) => ids.has(fact.subject.id) && ids.has(fact.object.id);
  const of = (role) => [say(role), (row) => row[role]?.name ?? "", (row) => (row[role] ? entityLink(row[role]) : "")];
  const seen = [say("evidence"), (row) => row.sources, (row) => proof(row, [row.subject, row.object, row.programme].filter(Boolean), false)];
  return {
    entities: {
      rows: entities.filter((entity) => ids.has(entity.id)),
      columns: [
        [say("name"), (entity) => entity.pinyin ?? entity.name, (entity) => entityLink(entity)],
        [say("type"), (entity) => label(types.get(entity.type)), (entity) => label(types.get(entity.type))],
        [say("subtype"), (entity) => entity.subtype ?? "", (entity) => (entity.subtype ? typeLabel(entity) : "")],
        [say("aliases"), (entity) => (entity.aliases ?? []).join("、"), (entity) => (entity.aliases ?? []).join("、")],
        [say("links"), (entity) => entity.facts.length, (entity) => plain(entity.facts.length)],
        [say("documents"), (entity) => entity.documents?.length ?? 0, (entity) => plain(entity.documents?.length ?? 0)],
      ],
    },
    facts: {
      rows: facts.filter(inside),
      columns: [
        of("subject"), [say("relation"), relationLabel, relationLabel], of("object"),
        [say("qualifiers"), (fact) => fact.date ?? "", (fact) => make("p", {class: "qualifiers"}, qualifiers(fact))], seen,
      ],
    },
    figures: {
      rows: figures.filter((figure) => [figure.subject, figure.programme].every((entity) => !entity || ids.has(entity.id))),
      columns: [
        of("subject"), of("programme"), [say("value"), (figure) => figure.value, amount], [say("what"), (figure) => figure.what ?? "", (figure) => figure.what ?? ""],
        [say("kind"), (figure) => figure.kind, (figure) => badge(say(figure.kind), figure.kind)], [say("period"), period, period], seen,
      ],
    },
  };
}

function showTable() {
  const all = sheets();
  const {rows, columns} = all[sheet.name];
  const value = columns[sheet.column][1];
  const compare = (one, other) => (typeof one === "number" ? one - other : String(one).localeCompare(String(other), "zh-u-co-pinyin"));
  const sorted = rows.toSorted((one, other) => compare(value(one), value(other)) * (sheet.falls ? -1 : 1));
  const tabs = make("div", {class: "switch", role: "group"}, Object.keys(all).map((name) =>
    make("button", {type: "button", "aria-pressed": String(name === sheet.name), onclick: () => turnTo({name, column: 0, falls: false, rows: ROWS})},
      say(name), make("span", {class: "count"}, plain(all[name].rows.length)))));
  const head = columns.map(([name], column) => make("th", {scope: "col", "aria-sort": column === sheet.column ? (sheet.falls ? "descending" : "ascending") : "none"},
    make("button", {type: "button", onclick: () => turnTo({...sheet, column, falls: column === sheet.column ? !sheet.falls : typeof (rows[0] && columns[column][1](rows[0])) === "number"})},
      name, make("span", {class: "sort", "aria-hidden": "true"}, column === sheet.column ? (sheet.falls ? " ↓" : " ↑") : ""))));
  tableSection.replaceChildren(tabs, make("div", {class: "sheet", tabindex: "0"}, make("table", {}, make("thead", {}, make("tr", {}, head)),
    make("tbody", {}, sorted.slice(0, sheet.rows).map((row) => make("tr", {}, columns.map(([, , cell]) => make("td", {}, cell(row)))))))),
  sorted.length > sheet.rows ? make("button", {class: "action", type: "button", onclick: () => turnTo({...sheet, rows: sheet.rows + ROWS})},
    say("more", {count: Math.min(ROWS, sorted.length - sheet.rows)})) : "");
}

function turnTo(next) {
  Object.assign(sheet, next);
  showTable();
}
