// The data of the page, and what is derived from it once. Nothing here touches the picture.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read("words");
const network = read("network");
const {schema, entities, documents, facts, figures, evidence, first, leftOut} = read("knowledge");

const types = new Map(schema.types.map((type) => [type.name, type]));
const nodes = new Map(network.nodes.map((node) => [node.id, node]));
const lines = new Map(network.edges.map((line) => [line.id, line]));
const byId = new Map(entities.map((entity) => [entity.id, entity]));
const pairKey = (one, other) => (one < other ? `${one}|${other}` : `${other}|${one}`);
const lineOfPair = new Map(network.edges.map((line) => [pairKey(line.from, line.to), line.id]));

for (const entity of entities) Object.assign(entity, {facts: [], figures: [], neighbours: new Set()});
for (const line of lines.values()) line.said = [];
for (const fact of facts) {
  fact.subject = entities[fact.subject];
  fact.object = entities[fact.object];
  if ("programme" in fact) fact.programme = entities[fact.programme];
  fact.subject.facts.push(fact);
  if (fact.object !== fact.subject) {
    fact.object.facts.push(fact);
    fact.subject.neighbours.add(fact.object.id);
    fact.object.neighbours.add(fact.subject.id);
  }
  lines.get(lineOfPair.get(pairKey(fact.subject.id, fact.object.id)))?.said.push(fact);
}
for (const figure of figures) {
  for (const role of ["subject", "programme", "beneficiary"]) if (role in figure) figure[role] = entities[figure[role]];
  (figure.subject ?? figure.programme)?.figures.push(figure);
}
for (const entity of entities) {
  const syllables = (entity.pinyin ?? "").toLowerCase().replaceAll("ü", "v").split(/\s+/).filter(Boolean);
  entity.names = [entity.name, ...(entity.aliases ?? []), ...(entity.traditional ?? [])];
  entity.keys = entity.names.map((name) => name.toLowerCase());
  entity.sound = syllables.join("");
  entity.initials = syllables.map((syllable) => syllable[0]).join("");
}

const state = {
  language: navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en",
  view: "graph",
  shown: new Set(first.map((number) => entities[number].id)),
  hiddenTypes: new Set(),
  selected: null, // {node: id} or {line: id}
  focus: null, // a node's id
  trail: [], // earlier {selected, focus}, for going back
};

const say = (word, values = {}) =>
  ((values.count === 1 && words[state.language][`${word}One`]) || words[state.language][word]).replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? values[name].toLocaleString(state.language) : values[name]);
const label = (row) => row?.[state.language] ?? "";
const typeLabel = (entity) =>
  label(types.get(entity.type)?.subtypes[entity.subtype]) || label(types.get(entity.type)) || entity.type;
const relationLabel = (fact) => label(schema.relations[fact.type]) || fact.type;
const plain = (number) => number.toLocaleString(state.language, {maximumFractionDigits: 4});

// Returns the ids that the picture shows now.
function visible() {
  const ids = state.focus ? [state.focus, ...byId.get(state.focus).neighbours] : [...state.shown];
  return new Set(ids.filter((id) => id === state.focus || !state.hiddenTypes.has(byId.get(id).type)));
}

// Returns an element; children that are not elements are put in as text, never as markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// Returns the coloured dot that stands for a type everywhere outside the picture.
function dot(type) {
  const element = make("i", {class: "dot", "aria-hidden": "true"});
  element.style.background = `var(--type-${type})`;
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
