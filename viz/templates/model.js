// The data of the page, and what is derived from it once. Nothing here touches the picture.

const VIEWS = ["graph", "tree", "provinces", "communities", "table"];

const NO_FILTER = {
  hidden: "", // types, with commas
  subtype: "", // TYPE/subtype
  relation: "",
  province: "", // two digits, or "none"
  community: "", // its number
  document: "", // part of a title, a source or a file name, or a whole id
  from: "", // years
  to: "",
  confidence: "0", // at least
  sources: "1", // at least
  modality: "", // "stated" or "planned"
  restored: "", // "with" or "without"
};

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const unpack = ({columns, rows}) => rows.map((row) => {
  const record = {};
  for (let place = 0; place < row.length; place += 1) if (row[place] !== null) record[columns[place]] = row[place];
  return record;
});
// Sentences and texts are most of a large page: they are read when the first one is asked for.
const lazy = (make) => {
  let value;
  return () => (value ??= make());
};
const sentences = lazy(() => unpack(read("evidence")));
const texts = lazy(() => read("texts"));

const words = read("words");
const network = read("network");
const known = read("knowledge");
const {schema, said, possible, conflicts, leftOut} = known;
const entities = unpack(known.entities);
const documents = unpack(known.documents);
const facts = unpack(known.facts);
const figures = unpack(known.figures);
const dots = unpack(network.nodes).map((node) => ({shape: "dot", size: 10, ...node, id: String(node.id)}));
const ownEntities = entities.length; // without nodes that a user of pyvis has added
const isRestored = new Set(said.restored);

const types = new Map(schema.types.map((type) => [type.name, type]));
const byId = new Map(entities.map((entity) => [entity.id, entity]));
const nodes = new Map(dots.map((node) => [node.id, node]));
for (const node of dots) { // those that a user of pyvis has added are in the picture, and nothing is known of them
  if (byId.has(node.id)) continue;
  const added = {id: node.id, name: String(node.label ?? node.id), type: node.group, added: true};
  entities.push(added);
  byId.set(node.id, added);
}

const pairKey = (one, other) => (one < other ? `${one}|${other}` : `${other}|${one}`);
for (const entity of entities) Object.assign(entity, {facts: [], figures: [], concerned: [], neighbours: new Set()});
const lines = new Map(unpack(network.edges).map((line, number) => {
  const ends = {id: line.id ?? `added-${number}`, from: dots[line.from].id, to: dots[line.to].id, said: []};
  byId.get(ends.from).neighbours.add(ends.to);
  byId.get(ends.to).neighbours.add(ends.from);
  return [ends.id, {...line, ...ends}];
}));
const lineOfPair = new Map([...lines.values()].reverse().map((line) => [pairKey(line.from, line.to), line])); // ours before added ones

const factById = new Map();
for (const fact of facts) {
  factById.set(fact.id, fact);
  for (const role of ["subject", "object", "programme"]) if (role in fact) fact[role] = entities[fact[role]];
  fact.subject.facts.push(fact);
  if (fact.object !== fact.subject) fact.object.facts.push(fact);
  fact.programme?.concerned.push(fact);
  lineOfPair.get(pairKey(fact.subject.id, fact.object.id))?.said.push(fact);
}
for (const figure of figures) {
  factById.set(figure.id, figure);
  for (const role of ["subject", "programme", "beneficiary"]) if (role in figure) figure[role] = entities[figure[role]];
  for (const entity of new Set([figure.subject, figure.programme, figure.beneficiary].filter(Boolean))) entity.figures.push(figure);
}
for (const conflict of conflicts) for (const id of conflict.facts) if (factById.has(id)) (factById.get(id).conflicts ??= []).push(conflict);
for (const {nodes: group, reason} of possible) {
  for (const number of group) {
    (entities[number].possible ??= []).push({others: group.filter((other) => other !== number).map((other) => entities[other]), reason});
  }
}

// Returns the first and the last year that a fact or figure is of, else those of the documents that say it, else nothing.
function years(stated) {
  const own = stated.date ?? stated.period;
  const [from, to] = own ? own.split("/") : [stated.first_stated, stated.last_stated];
  const year = (day) => Number((day ?? "").slice(0, 4)) || undefined;
  return [year(from) ?? year(to), year(to) ?? year(from)];
}
for (const stated of [...facts, ...figures]) {
  [stated.from, stated.to] = years(stated);
  stated.documents = new Set(stated.evidence.map((number) => said.documents[number]));
  stated.restored = stated.evidence.some((number) => isRestored.has(number));
}

// The best-linked come first.
const ranked = entities.toSorted((one, other) =>
  other.facts.length - one.facts.length || (other.mentions ?? 0) - (one.mentions ?? 0) || (one.id < other.id ? -1 : 1));

const atFirst = Math.min(known.first, ownEntities); // so many nodes are shown

const state = {
  language: document.documentElement.dataset.asked // by a server
    ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"),
  view: "graph", // one of VIEWS
  most: atFirst, // so many of the best-linked are shown
  opened: [], // the ids whose neighbours are shown too
  filter: {...NO_FILTER},
  selected: null, // {node: id}, {line: id} or {group: id}
  focus: null, // {node: id, depth: 1 or 2}
  path: null, // {from: id, to: id}
  reader: null, // {document: number, sentence: number}
};

const say = (word, values = {}) =>
  ((values.count === 1 && words[state.language][`${word}One`]) || words[state.language][word]).replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? values[name].toLocaleString(state.language) : values[name]);
const label = (row) => row?.[state.language] ?? "";
const subtypeLabel = (entity) => label(types.get(entity.type)?.subtypes[entity.subtype]);
const typeLabel = (entity) => subtypeLabel(entity) || label(types.get(entity.type)) || (entity.type ?? "");
const relationLabel = (fact) => label(schema.relations[fact.type]) || fact.type;
const provinceLabel = (code) => label(schema.provinces[code]);
const plain = (number) => number.toLocaleString(state.language, {maximumFractionDigits: 4});

// Returns an element; children that are not elements are put in as text, never as markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

// Returns the items by what `key` gives for each, in order of its first use.
function grouped(items, key) {
  const found = new Map();
  for (const item of items) {
    const value = key(item);
    if (found.has(value)) found.get(value).push(item);
    else found.set(value, [item]);
  }
  return found;
}

// Returns each value with how often it comes, the most frequent first; empty ones do not count.
function counted(values) {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

const button = (attributes, ...children) => make("button", {type: "button", ...attributes}, ...children);

// Returns the coloured dot that stands for a type everywhere outside the picture.
function dot(type) {
  const element = make("i", {class: "dot", "aria-hidden": "true"});
  if (types.has(type)) element.style.background = `var(--type-${type})`;
  return element;
}

// Returns the text as a link if it is a whole http or https address, else as text.
function linked(text) {
  let address = null;
  try {
    address = /^https?:\/\//i.test(text) ? new URL(text) : null;
  } catch {
    address = null; // it only looks like an address: it stays text
  }
  if (!address || !["http:", "https:"].includes(address.protocol)) return text;
  return make("a", {href: address.href, target: "_blank", rel: "noopener noreferrer"}, text);
}
