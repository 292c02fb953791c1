// What the reader wants to see: the filter, what passes it, and which of it is shown.

const MOST_ADDED = 80; // neighbours that one click brings in
const MOST_AROUND = 200; // neighbours that a focus shows, and as many at two steps
const isSet = (name) => state.filter[name] !== NO_FILTER[name];
const isHidden = (type) => state.filter.hidden.split(",").includes(type);

// Returns the numbers of the documents that the filter names.
function filteredDocuments(text) {
  const exact = documents.findIndex((paper) => paper.id === text);
  if (exact >= 0) return new Set([exact]);
  const wanted = comparable(text);
  const names = ({title = "", source = "", name}) => [title, source, name];
  return new Set(documents.flatMap((paper, number) => (names(paper).some((each) => comparable(each).includes(wanted)) ? [number] : [])));
}

// Returns what passes the filter: entities in order of rank, their ids, and the facts and figures between them.
function filtered() {
  const filter = state.filter;
  const key = JSON.stringify(filter);
  if (filtered.key === key) return filtered.found;
  const papers = filter.document ? filteredDocuments(filter.document) : null;
  const among = (numbers) => !papers || [...numbers].some((number) => papers.has(number));
  const [kind, subtype] = filter.subtype.split("/");
  const isKept = (entity) => !isHidden(entity.type)
    && (!filter.province || (entity.province ?? "none") === filter.province)
    && (!filter.community || String(entity.community) === filter.community)
    && among(entity.documents ?? []);
  const [from, to] = [Number(filter.from) || -Infinity, Number(filter.to) || Infinity];
  const hasYears = Boolean(filter.from || filter.to);
  const [confidence, sources] = [Number(filter.confidence), Number(filter.sources)];
  const isSaid = (stated) => stated.confidence >= confidence && stated.sources >= sources
    && (!hasYears || (stated.from <= to && stated.to >= from))
    && (!filter.restored || stated.restored === (filter.restored === "with"))
    && among(stated.documents);
  const isFact = (fact) => isSaid(fact) && (!filter.relation || fact.type === filter.relation)
    && (!filter.modality || (fact.modality === "planned") === (filter.modality === "planned"));
  const around = new Set(ranked.filter(isKept));
  // With a subtype, one end of each fact is of it and the other of any kind.
  const core = filter.subtype ? new Set([...around].filter((entity) => entity.type === kind && entity.subtype === subtype)) : around;
  const passing = facts.filter((fact) => isFact(fact) && around.has(fact.subject) && around.has(fact.object) && (core.has(fact.subject) || core.has(fact.object)));
  const ends = (figure) => [figure.subject, figure.programme, figure.beneficiary].filter(Boolean);
  const numbers = figures.filter((figure) => isSaid(figure) && !filter.relation
    && (!filter.modality || (figure.kind === "target") === (filter.modality === "planned")) && ends(figure).some((entity) => core.has(entity)));
  const isAboutFacts = ["relation", "from", "to", "confidence", "sources", "modality", "restored"].some(isSet);
  const told = lazy(() => new Set([...passing.flatMap((fact) => [fact.subject, fact.object]), ...numbers.flatMap(ends)]));
  const kept = [...around].filter((entity) => (isAboutFacts ? told().has(entity) : core.has(entity) || (filter.subtype && told().has(entity))));
  const isWhole = passing.length === facts.length;
  const counts = lazy(() => new Map(counted(passing.flatMap((fact) => [...new Set([fact.subject, fact.object])]))));
  const count = isWhole ? (entity) => entity.facts.length : (entity) => counts().get(entity) ?? 0;
  const spoken = lazy(() => new Set([...passing, ...numbers].flatMap((stated) => [...stated.documents])));
  filtered.key = key;
  filtered.found = {
    entities: isWhole ? kept : kept.sort((one, other) => count(other) - count(one)),
    ids: new Set(kept.map((entity) => entity.id)),
    facts: passing,
    holds: isWhole ? () => true : ((set) => (fact) => set.has(fact))(new Set(passing)),
    isWhole,
    count, // of the facts of an entity that pass
    figures: numbers,
    documents: Object.keys(NO_FILTER).some(isSet) ? documents.filter((_, number) => spoken().has(number)) : documents,
  };
  return filtered.found;
}

// Returns the neighbours by facts that pass, best-linked first.
function neighboursOf(id) {
  const {ids, holds, isWhole} = filtered();
  const around = [...byId.get(id).neighbours].filter((other) =>
    ids.has(other) && (isWhole || lineOfPair.get(pairKey(id, other)).said.some(holds)));
  return around.sort((one, other) => byId.get(other).facts.length - byId.get(one).facts.length || (one < other ? -1 : 1));
}

// Returns the ids within so many steps of a node, with how far each is.
function within({node, depth}) {
  const found = new Map([[node, 0]]);
  const near = neighboursOf(node);
  for (const other of near.slice(0, MOST_AROUND)) found.set(other, 1);
  const further = depth > 1 ? [...new Set([...found.keys()].slice(1).flatMap((id) => neighboursOf(id)))].filter((id) => !found.has(id)) : [];
  for (const id of further.slice(0, MOST_AROUND)) found.set(id, 2);
  within.total = 1 + near.length + further.length - (depth > 1 ? near.slice(MOST_AROUND).filter((id) => further.includes(id)).length : 0);
  return found;
}

// Returns the ids of the nodes that are shown now, or of the groups that stand for them.
function visible() {
  const key = JSON.stringify([state.filter, state.view, state.most, state.opened, state.focus, state.path]);
  if (visible.key !== key) [visible.key, visible.found] = [key, findVisible()];
  return visible.found;
}

function findVisible() {
  if (state.path) return new Set(findPath(state.path)?.nodes ?? [state.path.from, state.path.to]);
  if (state.focus) return new Set(within(state.focus).keys());
  if (isGrouped()) return new Set(groups().map((group) => group.id));
  if (state.view === "tree") return new Set(tree().keys());
  const {entities: passing, ids} = filtered();
  const found = new Set(passing.slice(0, state.most).map((entity) => entity.id));
  for (const entity of entities.slice(ownEntities)) if (ids.has(entity.id)) found.add(entity.id);
  for (const id of state.opened) {
    if (!ids.has(id)) continue;
    found.add(id);
    for (const other of neighboursOf(id).filter((each) => !found.has(each)).slice(0, MOST_ADDED)) found.add(other);
  }
  return found;
}

// The form.

const form = document.getElementById("filters");
let typedInto = null; // the field that the last change came from

function showFilters() {
  const option = (value, text, count) => make("option", {value}, count === undefined ? text : `${text} (${plain(count)})`);
  const subtypes = counted(entities.map((entity) => entity.subtype && `${entity.type}/${entity.subtype}`));
  const all = [...facts, ...figures].flatMap((stated) => [stated.from, stated.to]).filter(Boolean);
  const [low, high] = [all.reduce((one, other) => Math.min(one, other), 9999), all.reduce((one, other) => Math.max(one, other), 0)];
  const choice = (name, rows) => field(name, make("select", {name}, make("option", {value: ""}, say("any")), rows));
  const number = (name, attributes) => make("input", {type: "number", name, inputmode: "numeric", "aria-label": say(name), ...attributes});
  form.replaceChildren(
    make("div", {class: "filters-head"}, make("h2", {}, say("filters")),
      button({class: "shut", "aria-label": say("close"), onclick: () => openFilters(false)}, "×")),
    choice("subtype", subtypes.map(([key, count]) => {
      const [type, subtype] = key.split("/");
      return option(key, `${label(types.get(type))} · ${label(types.get(type)?.subtypes[subtype]) || subtype}`, count);
    })),
    choice("relation", counted(facts.map((fact) => fact.type)).map(([type, count]) => option(type, relationLabel({type}), count))),
    choice("province", [...counted(entities.map((entity) => entity.province)).sort().map(([code, count]) => option(code, provinceLabel(code), count)),
      option("none", say("noProvince"), entities.filter((entity) => !entity.province).length)]),
    field("document", make("input", {type: "search", name: "document", autocomplete: "off", placeholder: say("documentHint")})),
    make("fieldset", {}, make("legend", {}, say("years")),
      number("from", {min: low, max: high, placeholder: low}), " – ", number("to", {min: low, max: high, placeholder: high})),
    field("confidence", make("input", {type: "range", name: "confidence", min: 0, max: 1, step: 0.05}), make("output", {id: "least"})),
    field("sources", make("input", {type: "number", name: "sources", min: 1, step: 1})),
    choice("modality", [option("stated", say("statedOnly")), option("planned", say("plannedOnly"))]),
    choice("restored", [option("with", say("restoredOnly")), option("without", say("withoutRestored"))]),
    make("p", {id: "passing", class: "soft", role: "status"}),
    button({class: "action", id: "clear", onclick: () => change({filter: {...NO_FILTER}})}, say("clear")),
  );
  fillFilters();
}

const FIELD_WORDS = {sources: "leastSources", confidence: "leastConfidence", restored: "restoring"};
function field(name, ...inputs) {
  return make("label", {}, make("span", {}, say(FIELD_WORDS[name] ?? name)), inputs);
}

function fillFilters() {
  for (const input of form.elements) if (input.name && input !== typedInto) input.value = state.filter[input.name];
  const {entities: passing, facts: stated, figures: numbers} = filtered();
  document.getElementById("passing").textContent = say("passing", {entities: passing.length, facts: stated.length, figures: numbers.length});
  document.getElementById("least").textContent = plain(Number(state.filter.confidence));
  document.getElementById("clear").disabled = !Object.keys(NO_FILTER).some(isSet);
}

function openFilters(open) {
  form.hidden = !open;
  document.getElementById("to-filters").setAttribute("aria-expanded", String(open));
  if (open) {
    fillFilters();
    form.querySelector("select").focus();
  } else if (form.contains(document.activeElement)) document.getElementById("to-filters").focus();
}

// Says which filters are set, each with a cross that unsets it.
function chips() {
  const {filter} = state;
  const told = {
    subtype: () => label(types.get(filter.subtype.split("/")[0])?.subtypes[filter.subtype.split("/")[1]]),
    relation: () => relationLabel({type: filter.relation}),
    province: () => provinceLabel(filter.province) || say("noProvince"),
    community: () => communityName(Number(filter.community)),
    document: () => documents.find((paper) => paper.id === filter.document)?.title ?? filter.document.slice(0, 24),
    from: () => `≥ ${filter.from}`,
    to: () => `≤ ${filter.to}`,
    confidence: () => `${say("confidence")} ≥ ${plain(Number(filter.confidence))}`,
    sources: () => say("sources", {count: Number(filter.sources)}) + " +",
    modality: () => say(filter.modality === "planned" ? "plannedOnly" : "statedOnly"),
    restored: () => say(filter.restored === "with" ? "restoredOnly" : "withoutRestored"),
  };
  const hidden = state.filter.hidden.split(",").filter(Boolean).map((type) =>
    button({class: "chip", "data-filter": "hidden", title: say("remove"), onclick: () => toggleType(type)}, make("s", {}, label(types.get(type))), make("span", {"aria-hidden": "true"}, " ×")));
  return hidden.concat(Object.keys(told).filter(isSet).map((name) =>
    button({class: "chip", "data-filter": name, title: say("remove"), onclick: () => setFilter({[name]: NO_FILTER[name]})}, told[name]() || filter[name], make("span", {"aria-hidden": "true"}, " ×"))));
}

function setFilter(part, isSame = false) {
  change({filter: {...state.filter, ...part}}, {isSame});
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", ({target}) => {
  const value = target.name === "sources" ? String(Math.max(1, Number(target.value) || 1)) : target.value.trim();
  setFilter({[target.name]: value}, target === typedInto);
  typedInto = target;
});
form.addEventListener("focusout", () => {
  typedInto = null;
  if (!form.hidden) fillFilters();
});
