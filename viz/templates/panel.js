// The side panel: the overview, an entity, or the facts of a line, each with the sentences that say them.

const panel = document.getElementById("panel");

const factTitle = (fact) => [relationLabel(fact), fact.role, fact.title].filter(Boolean).join(" · ");
const badge = (word, kind, hint) => make("span", {class: `badge ${kind}`, title: hint ?? false}, word);
const heading = (text, count) => make("h3", {}, text, count === undefined ? null : make("span", {class: "count"}, plain(count)));

function entityLink(entity) {
  return make("button", {class: "entity", type: "button", onclick: () => goTo(entity.id)}, dot(entity.type), entity.name);
}

function showPanel() {
  const {selected} = state;
  const content = selected?.node ? entityPanel(byId.get(selected.node)) : selected?.line ? linePanel(lines.get(selected.line))
    : state.focus ? entityPanel(byId.get(state.focus)) : overviewPanel();
  panel.replaceChildren(make("button", {class: "shut", type: "button", "aria-label": say("close"), onclick: () => select(null)}, "×"), content);
  panel.classList.toggle("resting", !selected && !state.focus);
  panel.scrollTop = 0;
}

function overviewPanel() {
  const best = first.map((number) => entities[number]).filter((entity) => entity.facts.length).slice(0, 12);
  const counts = new Map();
  for (const fact of facts) counts.set(fact.type, (counts.get(fact.type) ?? 0) + 1);
  const kinds = [...counts].sort((one, other) => other[1] - one[1]);
  return make("div", {}, make("h2", {}, say("overview")), make("p", {class: "soft"}, say("overviewHint")),
    best.length ? [heading(say("most")), bars(best.map((entity) => [entityLink(entity), entity.facts.length, entity.type]))] : null,
    kinds.length ? [heading(say("relations")), bars(kinds.map(([type, count]) => [relationLabel({type}), count]))] : null,
    heading(say("documents"), documents.length), make("ul", {class: "papers"}, documents.slice(0, 200).map((paper) => make("li", {}, citation(paper)))));
}

function bars(rows) {
  const most = Math.max(...rows.map((row) => row[1]));
  return make("ul", {class: "bars"}, rows.map(([name, count, type]) => {
    const bar = make("i", {class: "bar-fill"});
    bar.style.width = `${(100 * count) / most}%`;
    if (type) bar.style.background = `var(--type-${type})`;
    return make("li", {}, make("span", {class: "bar-name"}, name), make("span", {class: "count"}, plain(count)), make("span", {class: "bar-track"}, bar));
  }));
}

function entityPanel(entity) {
  const groups = new Map();
  for (const fact of entity.facts) {
    const key = `${fact.subject === entity ? ">" : "<"}${fact.type}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  const order = Object.keys(schema.relations);
  const sorted = [...groups].sort(([one], [other]) =>
    one[0].localeCompare(other[0]) * -1 || order.indexOf(one.slice(1)) - order.indexOf(other.slice(1)));
  return make("article", {},
    make("p", {class: "kind"}, dot(entity.type), typeLabel(entity)),
    make("h2", {lang: "zh"}, entity.name),
    entity.pinyin ? make("p", {class: "pinyin"}, entity.pinyin) : null,
    make("dl", {class: "facets"},
      entity.aliases ? [make("dt", {}, say("aliases")), make("dd", {lang: "zh"}, entity.aliases.join("、"))] : null,
      entity.code ? [make("dt", {}, say("code")), make("dd", {}, entity.code)] : null),
    make("p", {class: "soft"}, say("mentions", {mentions: entity.mentions ?? 0, documents: entity.documents?.length ?? 0})),
    state.focus === entity.id || !entity.neighbours.size ? null
      : make("button", {class: "action", type: "button", onclick: () => focusOn(entity.id)}, `◎ ${say("focus")}`),
    sorted.map(([key, group]) => make("section", {},
      heading(make("span", {}, make("span", {class: "arrow", "aria-hidden": "true"}, key[0] === ">" ? "→ " : "← "), relationLabel(group[0])), group.length),
      make("ul", {class: "facts"}, inOrder(group, entity).map((fact) => factItem(fact, entity))))),
    entity.facts.length ? null : make("p", {class: "soft"}, say("noFacts")),
    entity.figures.length ? make("section", {}, heading(say("figures"), entity.figures.length),
      make("ul", {class: "facts"}, entity.figures.map(figureItem))) : null);
}

// What holds before what is past or planned, later before earlier, then by name.
function inOrder(group, entity) {
  const standing = (fact) => ["current", "elected", undefined, "former"].indexOf(fact.status) + (fact.modality ? 9 : 0);
  const name = (fact) => (fact.subject === entity ? fact.object : fact.subject).sound;
  return group.toSorted((one, other) => standing(one) - standing(other)
    || (other.date ?? "").localeCompare(one.date ?? "") || name(one).localeCompare(name(other)));
}

function linePanel(line) {
  const [one, other] = [byId.get(line.from), byId.get(line.to)];
  return make("article", {}, make("p", {class: "kind"}, say("factCount", {count: line.said.length})),
    make("h2", {class: "ends"}, entityLink(one), entityLink(other)),
    make("ul", {class: "facts"}, line.said.map((fact, place) => factItem(fact, null, place === 0))));
}

// A fact as seen from one of its ends, or whole where `from` is null.
function factItem(fact, from, isOpen = false) {
  const other = fact.subject === from ? fact.object : fact.subject;
  const ends = from ? entityLink(other)
    : make("span", {class: "triple"}, entityLink(fact.subject), make("em", {}, relationLabel(fact)), entityLink(fact.object));
  return make("li", {}, ends, make("p", {class: "qualifiers"}, qualifiers(fact)), proof(fact, [fact.subject, fact.object], isOpen));
}

function qualifiers(fact) {
  return [
    fact.role ? make("span", {lang: "zh"}, fact.role) : null,
    fact.title ? make("span", {lang: "zh"}, fact.title) : null,
    fact.status ? badge(say(fact.status), fact.status) : null,
    fact.modality ? badge(say(fact.modality), fact.modality) : null,
    fact.date ? make("time", {}, fact.date) : null,
    fact.programme ? entityLink(fact.programme) : null,
    fact.evidence.some((number) => evidence[number].restored) ? badge(say("restored"), "restored", say("restoredHint")) : null,
  ];
}

function amount(figure) {
  const form = (number) => {
    if (state.language !== "zh" || figure.unit !== "元" || Math.abs(number) < 1e4) return plain(number) + (state.language === "zh" ? "" : " ");
    return Math.abs(number) >= 1e8 ? `${plain(number / 1e8)} 亿` : `${plain(number / 1e4)} 万`;
  };
  const sign = {at_least: "≥ ", at_most: "≤ ", about: "≈ "}[figure.bound] ?? "";
  return sign + form(figure.value) + (figure.value_max === undefined ? "" : `–${form(figure.value_max)}`) + (figure.unit ?? "");
}

const period = (figure) => (figure.period ?? "").replace("/", ` ${say("until")} `);

function figureItem(figure) {
  return make("li", {class: "figure"},
    make("p", {}, make("b", {class: "amount"}, amount(figure)), " ", make("span", {lang: "zh"}, figure.what ?? "")),
    make("p", {class: "qualifiers"}, badge(say(figure.kind), figure.kind), figure.period ? make("time", {}, period(figure)) : null,
      figure.subject && figure.programme && figure.programme !== figure.subject ? entityLink(figure.programme) : null,
      figure.beneficiary ? entityLink(figure.beneficiary) : null,
      figure.evidence.some((number) => evidence[number].restored) ? badge(say("restored"), "restored", say("restoredHint")) : null),
    proof(figure, [figure.subject, figure.programme].filter(Boolean), false));
}

// The sentences, closed until asked for: a list of facts must stay a list.
function proof(fact, ends, isOpen) {
  const details = make("details", {class: "proof"},
    make("summary", {}, say("evidence"), make("span", {class: "soft"}, ` · ${say("sources", {count: fact.sources})}`)));
  const fill = () => {
    if (details.childElementCount > 1) return;
    details.append(...fact.evidence.map((number) => quotation(evidence[number], ends)),
      make("p", {class: "soft small"}, `${say("confidence")} ${plain(Math.round(fact.confidence * 100) / 100)} · ${say("rule")} ${(fact.rules ?? []).join(", ")}`));
  };
  details.addEventListener("toggle", fill);
  if (isOpen) {
    details.open = true;
    fill();
  }
  return details;
}

function quotation(piece, ends) {
  return make("figure", {class: "quotation"}, make("blockquote", {lang: "zh"}, highlighted(piece, ends)),
    make("figcaption", {}, citation(documents[piece.document]), make("span", {class: "soft"}, ` · ${say("characters", {start: piece.start, end: piece.end})}`)));
}

function citation(paper) {
  const about = [paper.date, paper.source, (paper.authors ?? []).join("、")].filter(Boolean);
  return make("span", {class: "citation"}, make("cite", {lang: "zh"}, linked(paper.title ?? say("untitled"))), " ",
    about.map((part, place) => [place ? " · " : "", linked(part)]), about.length ? " · " : "", make("span", {class: "file"}, paper.name));
}

// Returns the sentence with the names of its subject and object marked, and foreign text that splits it struck out.
// Offsets count code points, which are not the units of a JavaScript string.
function highlighted(piece, ends) {
  const quote = piece.quote ?? "";
  const characters = [...quote];
  const numbers = characters.flatMap((character, number) => new Array(character.length).fill(number));
  const marks = new Array(characters.length).fill("");
  for (const name of ends.flatMap((entity) => entity.names).filter(Boolean)) {
    for (let at = quote.indexOf(name); at >= 0; at = quote.indexOf(name, at + 1)) {
      marks.fill("name", numbers[at], numbers[at + name.length - 1] + 1);
    }
  }
  if (piece.parts) {
    const inside = (place) => piece.parts.some(([start, end]) => start <= place && place < end);
    characters.forEach((_, place) => { if (!inside(piece.start + place)) marks[place] = "foreign"; });
  }
  const pieces = [];
  for (let start = 0, end = 0; start < characters.length; start = end) {
    while (end < characters.length && marks[end] === marks[start]) end += 1;
    const run = characters.slice(start, end).join("");
    pieces.push(marks[start] === "name" ? make("mark", {}, run) : marks[start] === "foreign" ? make("s", {}, run) : run);
  }
  return pieces;
}
