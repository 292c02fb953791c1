// What the reader takes along: what is shown, as a drawing, as tables, and as files for other programs.
//
// Tables, GraphML and Turtle are what `unionkg export` writes of this part, as far as the page knows it. The page knows
// neither by what an entity was identified nor how its type and relations are aligned to other vocabularies.

const fitted = (text) => text.replace(NOT_IN_FILES, "\ufffd");
const nameOfId = (id) => encodeURIComponent(id).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const documentName = (id) => (/^[0-9a-f]{64}(#[0-9]+)?$/.test(id) ? `doc-${id.slice(0, 16)}${id.slice(64).replace("#", "-")}` : `doc-${nameOfId(id)}`);

// Returns what is shown in order of ids. Of what a user of pyvis has added nothing can be stated.
function partById() {
  const sorted = (rows) => rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const {entities: some, facts: stated, figures: numbers} = shownPart();
  return {entities: sorted(some.filter((entity) => !entity.added)), facts: sorted(stated), figures: sorted(numbers)};
}

// Returns the number in decimal digits, without exponent.
function inDigits(number) {
  const [, sign, whole, part = "", exponent = 0] = /^(-?)(\d+)\.?(\d*)(?:e(.+))?$/.exec(String(number));
  const point = whole.length + Number(exponent);
  const all = (whole + part).padEnd(point, "0").padStart(whole.length + part.length + Math.max(0, 1 - point), "0");
  const at = Math.max(1, point);
  return sign + all.slice(0, at) + (all.length > at ? `.${all.slice(at)}` : "");
}

// Tables: each column is [name, what stands in it for a row].

const fields = (...names) => names.map((name) => [name, (row) => row[name]]);
const always = (none, ...names) => names.map((name) => [name, (row) => row[name] ?? none]); // the page leaves out what is empty
const withName = (role) => [[role, (row) => row[role] && nameOfId(row[role].id)], [`${role}_name`, (row) => row[role]?.name]];
const firstSentence = (stated) => sentences()[stated.evidence[0]];
const ID = ["id", (row) => nameOfId(row.id)];
const SUPPORT = [
  ...fields("confidence", "sources", "first_stated", "last_stated"), ...always([], "rules"), ["evidence", (stated) => stated.evidence.length],
  ["document", (stated) => documentName(documents[firstSentence(stated).document].id)], ["start", (stated) => firstSentence(stated).start],
  ["end", (stated) => firstSentence(stated).end], ["quote", (stated) => firstSentence(stated).quote ?? ""],
];
const COLUMNS = {
  entities: [
    ID, ...fields("type", "subtype", "name"), ...always([], "aliases", "former_names", "traditional"), ...always("", "pinyin"), ...fields("code"), ...always([], "exact_matches", "close_matches"),
    ["documents", (entity) => entity.documents?.length ?? 0], ...fields("mentions"),
  ],
  facts: [
    ID, ...fields("type"), ...withName("subject"), ...withName("object"), ...fields("role", "status", "date", "title"), ...withName("programme"),
    ...fields("modality"), ...SUPPORT,
  ],
  figures: [
    ID, ...withName("subject"), ...withName("programme"), ...withName("beneficiary"), ...fields("value", "value_max", "bound"),
    ...always("", "unit", "what"), ...fields("kind", "period"), ...SUPPORT,
  ],
};
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u; // as in exports/cells.py: text must never run as a formula
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function asText(value) {
  if (value === undefined) return "";
  if (typeof value === "number") return inDigits(value);
  return fitted(Array.isArray(value) ? value.map((item) => item.replaceAll("|", "｜")).join("|") : value);
}

function csvCell(value) {
  const text = asText(value);
  const safe = typeof value !== "number" && FORMULA_START.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// Returns one of the tables as CSV (RFC 4180), with the byte order mark that spreadsheet programs know UTF-8 by.
function csvOf(name) {
  const rows = partById()[name].map((row) => COLUMNS[name].map(([, value]) => csvCell(value(row))));
  return `\ufeff${[COLUMNS[name].map(([heading]) => heading), ...rows].map((cells) => `${cells.join(",")}\r\n`).join("")}`;
}

// GraphML.

const KINDS = {documents: "long", mentions: "long", sources: "long", evidence: "long", start: "long", end: "long", confidence: "double"};
const without = (columns, ...names) => columns.filter(([name]) => !names.includes(name));
const IRI = ["iri", (row) => known.base + nameOfId(row.id)];
const GRAPHML = {
  node: [["label", (entity) => entity.name], ...without(COLUMNS.entities, "id"), ["colour", (entity) => types.get(entity.type)?.colour], IRI],
  edge: [
    ["label", (fact) => schema.relations[fact.type]?.zh], ["label_en", (fact) => schema.relations[fact.type]?.en],
    ...without(COLUMNS.facts, "id", "subject", "subject_name", "object", "object_name"), IRI,
  ],
};

// Returns the entities and the facts as GraphML.
function graphml() {
  const {entities: some, facts: stated} = partById();
  const keys = Object.entries(GRAPHML).flatMap(([owner, columns]) => columns.map(([name]) =>
    tag("key", {id: `${owner}-${name}`, for: owner, "attr.name": name, "attr.type": KINDS[name] ?? "string"})));
  const one = (owner, attributes, row) => tag(owner, attributes, GRAPHML[owner].map(([name, value]) => [name, value(row)])
    .filter(([, value]) => value !== undefined).map(([name, value]) => tag("data", {key: `${owner}-${name}`}, inXml(asText(value)))));
  return `${XML}${tag("graphml", {xmlns: "http://graphml.graphdrawing.org/xmlns"}, "\n", keys.join("\n"), "\n", tag("graph", {id: "unionkg", edgedefault: "directed"},
    some.map((entity) => `\n${one("node", {id: nameOfId(entity.id)}, entity)}`),
    stated.map((fact) => `\n${one("edge", {id: nameOfId(fact.id), source: nameOfId(fact.subject.id), target: nameOfId(fact.object.id)}, fact)}`)))}\n`;
}

// Turtle.

const inTurtle = (name) => (/^[A-Za-z0-9][\w-]*$/.test(name) ? `kg:${name}` : `<${known.base}${name}>`);
const iriOf = (row) => inTurtle(nameOfId(row.id));
const documentIri = (number) => inTurtle(documentName(documents[number].id));
const literal = (text, kind = "") => `"${fitted(text).replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"${kind}`;
const decimal = (number) => literal(inDigits(number), "^^xsd:decimal");

// Returns a time as a document states it, typed if it is a day, a month or a year that there is.
function timeLiteral(time) {
  const [whole, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(time) ?? [];
  const days = month ? new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate() : 0; // the calendar repeats itself
  const isIn = (part, last) => part === undefined || (Number(part) >= 1 && Number(part) <= last);
  if (!whole || year === "0000" || !isIn(month, 12) || !isIn(day, days)) return literal(time);
  return literal(time, day ? "^^xsd:date" : month ? "^^xsd:gYearMonth" : "^^xsd:gYear");
}

// Returns the property that stands for a fact: a post that somebody has left has one of its own.
const propertyOf = (fact) => (fact.type === "holds_post" && fact.status === "former" ? "ukg:heldPost" : schema.relations[fact.type].property);

function entityPairs(entity, stated) {
  const type = types.get(entity.type);
  const named = (property, forms, language) => (forms ?? []).map((form) => [property, literal(form, language)]);
  return [
    ["a", type.class], entity.subtype && ["a", type.subtypes[entity.subtype].class],
    ...named("rdfs:label", [entity.name], "@zh-Hans"), ...named("skos:prefLabel", [entity.name], "@zh-Hans"),
    ...named("skos:altLabel", entity.aliases?.filter((name) => name !== entity.name), "@zh-Hans"),
    ...named("skos:altLabel", entity.traditional, "@zh-Hant"), ...named("skos:altLabel", entity.pinyin ? [entity.pinyin] : [], "@zh-Latn-pinyin"),
    ...named("ukg:formerName", entity.former_names, "@zh-Hans"), entity.code && ["ukg:divisionCode", literal(entity.code)],
    ["ukg:mentionCount", entity.mentions], ...stated.map((fact) => [propertyOf(fact), iriOf(fact.object)]),
  ];
}

function factPairs(fact) {
  const isMembership = fact.type === "holds_post" && !fact.modality;
  const text = (property, name) => fact[name] && [property, literal(fact[name])];
  return [
    ["a", "ukg:Assertion"], ["a", "rdf:Statement"],
    ...(isMembership ? [["a", "org:Membership"], ["org:member", iriOf(fact.subject)], ["org:organization", iriOf(fact.object)]] : []),
    ["rdf:subject", iriOf(fact.subject)], ["rdf:predicate", propertyOf(fact)], ["rdf:object", iriOf(fact.object)],
    text("ukg:role", "role"), text("ukg:status", "status"), text("ukg:honourTitle", "title"), text("ukg:modality", "modality"),
    fact.date && ["ukg:date", timeLiteral(fact.date)], fact.programme && ["ukg:concernsProgramme", iriOf(fact.programme)], ...supportPairs(fact),
  ];
}

function figurePairs(figure) {
  const end = (property, role) => figure[role] && [property, iriOf(figure[role])];
  return [
    ["a", "ukg:Outcome"], end("ukg:outcomeSubject", "subject"), end("ukg:concernsProgramme", "programme"), end("ukg:beneficiary", "beneficiary"),
    ["ukg:value", decimal(figure.value)], figure.value_max !== undefined && ["ukg:valueMax", decimal(figure.value_max)],
    figure.bound && ["ukg:bound", literal(figure.bound)], ["ukg:unit", literal(figure.unit ?? "")], ["ukg:what", literal(figure.what ?? "")],
    ["ukg:kind", literal(figure.kind)], figure.period && ["ukg:period", timeLiteral(figure.period)], ...supportPairs(figure),
  ];
}

function supportPairs(stated) {
  const isDated = stated.first_stated && stated.last_stated;
  return [
    ["ukg:confidence", decimal(stated.confidence)], ...(stated.rules ?? []).map((rule) => ["ukg:rule", literal(rule)]), ["ukg:sources", stated.sources],
    isDated && ["ukg:firstStated", timeLiteral(stated.first_stated)], isDated && ["ukg:lastStated", timeLiteral(stated.last_stated)],
    !leftOut && ["ukg:restored", stated.evidence.every((number) => isRestored.has(number))], // else not all its sentences are aboard
    ...[...stated.documents].map((number) => ["prov:wasDerivedFrom", documentIri(number)]),
  ];
}

function documentPairs(number, mentioned) {
  const paper = documents[number];
  const isIri = /^[^\x00-\x20<>"{}|^`\\]+$/.test(paper.url ?? "");
  return [
    ["a", "ukg:Document"], ["rdfs:label", literal(paper.title ?? paper.name)], ["ukg:fileName", literal(paper.name)], ["dcterms:identifier", literal(paper.id)],
    paper.title && ["dcterms:title", literal(paper.title)], paper.source && ["dcterms:source", literal(paper.source)],
    paper.date && ["dcterms:date", timeLiteral(paper.date)], isIri && ["schema:url", `<${paper.url}>`],
    ...mentioned.map((entity) => ["schema:mentions", iriOf(entity)]),
  ];
}

// Returns what is shown as Turtle: each triple is one of those that the graph's RDF has.
function turtle() {
  const {entities: some, facts: stated, figures: numbers} = partById();
  const told = grouped(stated.filter((fact) => !fact.modality), (fact) => fact.subject); // nothing planned reads as done
  const naming = grouped(some.flatMap((entity) => (entity.documents ?? []).map((number) => [number, entity])), ([number]) => number);
  const papers = new Set([...naming.keys(), ...[...stated, ...numbers].flatMap((one) => [...one.documents])]);
  const block = (subject, pairs) => `${subject} ${[...new Set(pairs.filter(Boolean).map((pair) => pair.join(" ")))].join(" ;\n    ")} .\n`;
  return [
    ...Object.entries({...schema.prefixes, kg: known.base}).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, iri]) => `@prefix ${name}: <${iri}> .\n`), "\n",
    ...[...papers].sort((one, other) => one - other).map((number) =>
      block(documentIri(number), documentPairs(number, (naming.get(number) ?? []).map(([, entity]) => entity)))),
    ...some.map((entity) => block(iriOf(entity), entityPairs(entity, told.get(entity) ?? []))),
    ...stated.map((fact) => block(iriOf(fact), factPairs(fact))), ...numbers.map((figure) => block(iriOf(figure), figurePairs(figure))),
  ].join("");
}

// The menu.

const menu = make("details", {});
document.getElementById("take").append(menu);
const TAKEN = {
  png: [".png", "image/png", png],
  svg: [".svg", "image/svg+xml", svg],
  entities: ["-entities.csv", "text/csv", () => csvOf("entities")],
  facts: ["-facts.csv", "text/csv", () => csvOf("facts")],
  figures: ["-figures.csv", "text/csv", () => csvOf("figures")],
  graphml: [".graphml", "application/graphml+xml", graphml],
  turtle: [".ttl", "text/turtle", turtle],
};

// Returns the page's title as the name of a file: letters, digits and hyphens.
function fileName(end) {
  const name = [...document.title.replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-")].slice(0, 60).join("").replace(/^-+|-+$/g, "");
  return `${name || "unionkg"}${end}`;
}

async function takeAlong(form) {
  closeMenu();
  const [end, type, content] = TAKEN[form];
  const address = URL.createObjectURL(new Blob([await content()], {type}));
  make("a", {href: address, download: fileName(end)}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000); // some browsers begin to read only now
}

function closeMenu() {
  if (menu.contains(document.activeElement)) menu.firstChild.focus();
  menu.open = false;
}

// Puts the menu into the reader's language; what it offers is told when it opens.
function showTake() {
  menu.replaceChildren(make("summary", {onclick: fillTake}, say("take")), make("div", {class: "offers"}));
  if (menu.open) fillTake();
}

function fillTake() {
  const part = shownPart();
  const offer = (form, name, hint, isOff = false) => button({"data-take": form, disabled: isOff, onclick: () => takeAlong(form)}, name, make("small", {}, hint));
  const sheetOffer = (form) => offer(form, `${say(form)} CSV`, plain(part[form].length), !part[form].length);
  const group = (word, ...offers) => make("div", {role: "group", "aria-label": say(word)}, offers);
  const noPicture = state.view === "table";
  menu.lastChild.replaceChildren(
    make("p", {class: "soft small"}, make("b", {}, say("takeHint")), make("br"), amounts()),
    group("takePicture", offer("png", "PNG", say("takePng"), noPicture), offer("svg", "SVG", say("takeSvg"), noPicture)),
    group("table", sheetOffer("entities"), sheetOffer("facts"), sheetOffer("figures")),
    group("takeGraph", offer("graphml", "GraphML", "Gephi · Cytoscape"), offer("turtle", "Turtle", "RDF")),
    group("print", button({"data-take": "print", onclick: () => {
      closeMenu();
      window.print();
    }}, say("print"))));
}

for (const event of ["click", "focusin"]) {
  document.addEventListener(event, ({target}) => {
    if (menu.open && !menu.contains(target)) menu.open = false;
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  closeMenu();
  event.stopPropagation(); // it closes nothing else
}, true);
