// The side panel: the overview, an entity, a group, a path, or the facts of a line, each with the sentences that say them.

const panel = document.getElementById("panel");
const MOST_LISTED = 60; // facts of a group, papers of an entity

const factTitle = (fact) => [relationLabel(fact), fact.role, fact.title].filter(Boolean).join(" · ");
const badge = (word, kind, hint) => make("span", {class: `badge ${kind}`, title: hint ?? false}, word);
const heading = (text, count) => make("h3", {}, text, count === undefined ? null : make("span", {class: "count"}, plain(count)));

function entityLink(entity) {
  return button({class: "entity", lang: "zh", onclick: () => goTo(entity.id)}, dot(entity.type), entity.name);
}

function showPanel() {
  const {selected} = state;
  const content = selected?.node ? entityPanel(byId.get(selected.node))
    : selected?.group && groupById(selected.group) ? groupPanel(groupById(selected.group))
    : drawnLines.has(selected?.line) ? linePanel(drawnLines.get(selected.line))
    : state.path ? pathPanel() : state.focus ? entityPanel(byId.get(state.focus.node)) : overviewPanel();
  panel.replaceChildren(button({class: "shut", "aria-label": say("close"), onclick: () => select(null)}, "×"), content);
  panel.classList.toggle("resting", !selected && !state.focus && !state.path);
  panel.scrollTop = 0;
  document.getElementById("status").textContent = panel.querySelector("h2")?.textContent ?? "";
}

function overviewPanel() {
  const {entities: passing, facts: stated, documents: papers, count} = filtered();
  const best = passing.slice(0, 12).filter(count);
  const kinds = counted(stated.map((fact) => fact.type));
  return make("div", {}, make("h2", {}, say("overview")), make("p", {class: "soft"}, say("overviewHint")),
    best.length ? [heading(say("most")), bars(best.map((entity) => [entityLink(entity), count(entity), entity.type]))] : null,
    kinds.length ? [heading(say("relations")), bars(kinds.map(([type, count]) =>
      [button({class: "kind-link", onclick: () => setFilter({relation: state.filter.relation === type ? "" : type})}, relationLabel({type})), count]))] : null,
    heading(say("documents"), papers.length), paperList(papers));
}

function paperList(papers) {
  return [make("ul", {class: "papers"}, papers.slice(0, MOST_LISTED).map((paper) => make("li", {}, citation(paper)))),
    papers.length > MOST_LISTED ? make("p", {class: "soft small"}, `+ ${plain(papers.length - MOST_LISTED)}`) : null];
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
  const {holds} = filtered();
  const stated = entity.facts.filter(holds);
  const posts = stated.filter((fact) => fact.type === "holds_post");
  const groups = grouped(stated.filter((fact) => fact.type !== "holds_post"), (fact) => `${fact.subject === entity ? ">" : "<"}${fact.type}`);
  const order = Object.keys(schema.relations);
  const sorted = [...groups].sort(([one], [other]) =>
    one[0].localeCompare(other[0]) * -1 || order.indexOf(one.slice(1)) - order.indexOf(other.slice(1)));
  const left = entity.facts.length - stated.length;
  const concerned = entity.concerned.filter((fact) => holds(fact) && fact.subject !== entity && fact.object !== entity);
  const numbers = entity.figures.filter((figure) => filtered().figures.includes(figure));
  const papers = (entity.documents ?? []).map((number) => documents[number]);
  return make("article", {},
    make("p", {class: "kind"}, dot(entity.type), typeLabel(entity)),
    make("h2", {lang: "zh"}, entity.name),
    entity.pinyin ? make("p", {class: "pinyin", lang: "zh-Latn-pinyin"}, entity.pinyin) : null,
    facets(entity),
    entity.added ? null : make("p", {class: "soft"}, say("mentions", {mentions: entity.mentions ?? 0, documents: papers.length})),
    (entity.possible ?? []).map(({others, reason}) => make("p", {class: "doubt small"}, make("b", {}, say("possible")), " ",
      others.map((other, place) => [place ? "、" : "", entityLink(other), make("small", {}, ` ${distinction(other)}`)]), " ", make("span", {lang: "en"}, reason))),
    actions(entity),
    posts.length ? make("section", {}, heading(say("posts"), posts.length), postsTable(posts, entity)) : null,
    numbers.length ? make("section", {}, heading(say("figures"), numbers.length), figuresTable(numbers, entity)) : null,
    sorted.map(([key, group]) => make("section", {},
      heading(make("span", {}, make("span", {class: "arrow", "aria-hidden": "true"}, key[0] === ">" ? "→ " : "← "), relationLabel(group[0])), group.length),
      make("ul", {class: "facts"}, inOrder(group, entity).map((fact) => factItem(fact, entity))))),
    concerned.length ? make("section", {}, heading(say("concerned"), concerned.length),
      make("ul", {class: "facts"}, concerned.map((fact) => factItem(fact, null)))) : null,
    stated.length || concerned.length || left || entity.added ? null : make("p", {class: "soft"}, say("noFacts")),
    left > 0 ? make("p", {class: "soft"}, say("filteredOut", {count: left})) : null,
    papers.length ? make("section", {}, heading(say("documents"), papers.length), paperList(papers)) : null);
}

function facets(entity) {
  const former = new Set(entity.former_names ?? []);
  const rows = [
    ["aliases", (entity.aliases ?? []).filter((name) => !former.has(name)).join("、"), "zh"],
    ["formerNames", [...former].join("、"), "zh"],
    ["traditional", (entity.traditional ?? []).join("、"), "zh-Hant"],
    ["code", entity.code],
    [entity.code ? "province" : "provinceInferred", provinceLabel(entity.province)],
  ];
  return make("dl", {class: "facets"}, rows.filter(([, value]) => value).map(([word, value, lang]) => [make("dt", {}, say(word)), make("dd", {lang}, value)]));
}

function actions(entity) {
  if (!entity.neighbours.size) return null;
  const steps = (depth) => (state.focus?.node === entity.id && state.focus.depth === depth ? null
    : button({class: "action", "data-depth": depth, onclick: () => focusOn(entity.id, depth)}, `◎ ${say(depth === 1 ? "focus" : "focusTwo")}`));
  return make("p", {class: "actions"}, steps(1), steps(2),
    button({class: "action", id: "path-from", onclick: () => startLink(entity.id)}, `⇢ ${say("pathTo")}`));
}

// What holds before what is past or planned, later before earlier, then by name.
function inOrder(group, entity) {
  const standing = (fact) => ["current", "elected", undefined, "former"].indexOf(fact.status) + (fact.modality ? 9 : 0);
  const name = (fact) => (fact.subject === entity ? fact.object : fact.subject).pinyin ?? "";
  return group.toSorted((one, other) => standing(one) - standing(other)
    || (other.date ?? "").localeCompare(one.date ?? "") || name(one).localeCompare(name(other)));
}

// Returns when something was, or else when it was stated.
function when(stated) {
  const own = stated.date ?? stated.period;
  if (own) return make("time", {}, own.replace("/", ` ${say("until")} `));
  const [from, to] = [stated.first_stated, stated.last_stated];
  if (!from) return null;
  return make("span", {class: "soft", title: say("statedHint")}, say("stated", {day: from === to ? from : `${from} – ${to}`}));
}

// The posts of a person or a body, the latest first.
function postsTable(posts, entity) {
  const isBody = posts[0].object === entity;
  const day = (fact) => (fact.date ?? fact.last_stated ?? "").split("/")[0];
  const rows = posts.toSorted((one, other) => day(other).localeCompare(day(one)) || inOrder([one, other], entity).indexOf(one) * 2 - 1);
  return make("table", {class: "small-table posts"},
    make("thead", {}, make("tr", {}, ["when", "post", isBody ? "who" : "where"].map((word) => make("th", {scope: "col"}, say(word))))),
    make("tbody", {}, rows.map((fact) => [
      make("tr", {}, make("td", {}, when(fact)),
        make("td", {}, make("span", {lang: "zh"}, fact.role ?? ""), " ", fact.status ? badge(say(fact.status), fact.status) : null, marks(fact)),
        make("td", {}, entityLink(isBody ? fact.subject : fact.object))),
      make("tr", {class: "under"}, make("td", {colspan: 3}, proof(fact, [fact.subject, fact.object])))])));
}

function figuresTable(numbers, entity) {
  const rows = numbers.toSorted((one, other) => (other.period ?? other.last_stated ?? "").localeCompare(one.period ?? one.last_stated ?? "") || other.value - one.value);
  return make("table", {class: "small-table outcomes"},
    make("thead", {}, make("tr", {}, ["value", "what", "period"].map((word) => make("th", {scope: "col"}, say(word))))),
    make("tbody", {}, rows.map((figure) => [
      make("tr", {}, make("td", {class: "amount"}, amount(figure)),
        make("td", {}, make("span", {lang: "zh"}, figure.what ?? ""), " ", badge(say(figure.kind), figure.kind), marks(figure),
          [figure.subject, figure.programme, figure.beneficiary].filter((other) => other && other !== entity).map((other) => make("div", {}, entityLink(other)))),
        make("td", {}, when(figure))),
      make("tr", {class: "under"}, make("td", {colspan: 3}, proof(figure, [figure.subject, figure.programme].filter(Boolean))))])));
}

function linePanel(line) {
  if (isGrouped()) return betweenPanel(line);
  const [one, other] = [byId.get(line.from), byId.get(line.to)];
  return make("article", {}, make("p", {class: "kind"}, say("factCount", {count: line.said.length})),
    make("h2", {class: "ends"}, entityLink(one), entityLink(other)),
    make("ul", {class: "facts"}, line.said.map((fact, place) => factItem(fact, null, place === 0))));
}

function betweenPanel(line) {
  const [one, other] = [groupById(line.from), groupById(line.to)].map((group) => new Set(group.members));
  const between = filtered().facts.filter((fact) =>
    (one.has(fact.subject) && other.has(fact.object)) || (other.has(fact.subject) && one.has(fact.object)));
  return make("article", {}, make("p", {class: "kind"}, say("factCount", {count: between.length})),
    make("h2", {}, `${groupById(line.from).name} – ${groupById(line.to).name}`),
    make("ul", {class: "facts"}, between.slice(0, MOST_LISTED).map((fact) => factItem(fact, null))),
    between.length > MOST_LISTED ? make("p", {class: "soft small"}, `+ ${plain(between.length - MOST_LISTED)}`) : null);
}

function groupPanel(group) {
  const members = new Set(group.members);
  const inside = filtered().facts.filter((fact) => members.has(fact.subject) && members.has(fact.object));
  return make("article", {}, make("p", {class: "kind"}, say(state.view === "provinces" ? "province" : "community")),
    make("h2", {}, group.name),
    make("p", {class: "soft"}, say("groupHolds", {entities: group.members.length, facts: inside.length})),
    group.members.length ? [make("p", {class: "actions"}, button({class: "action", id: "open-group", onclick: () => openGroup(group)}, `⊕ ${say("open")}`)),
      heading(say("most")), bars(group.members.slice(0, 15).map((entity) => [entityLink(entity), filtered().count(entity), entity.type]))] : null,
    inside.length ? [heading(say("relations")), bars(counted(inside.map((fact) => fact.type)).map(([type, count]) => [relationLabel({type}), count]))] : null);
}

function pathPanel() {
  const [from, to] = [byId.get(state.path.from), byId.get(state.path.to)];
  const path = findPath(state.path);
  return make("article", {}, make("p", {class: "kind"}, say("path")), make("h2", {class: "ends"}, entityLink(from), entityLink(to)),
    make("p", {class: "soft"}, path ? say("pathHint", {count: path.steps.length}) : [say("noPath"), filtered().isWhole ? "" : ` ${say("noPathFiltered")}`]),
    (path?.steps ?? []).map((step, place) => make("section", {}, heading(`${place + 1}`, step.length),
      make("ul", {class: "facts"}, step.toSorted((one, other) => other.sources - one.sources || other.confidence - one.confidence).map((fact) => factItem(fact, null))))));
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
    fact.date ? make("time", {}, fact.date) : null,
    fact.programme ? entityLink(fact.programme) : null,
    marks(fact),
  ];
}

// What a reader must know of a fact or figure before trusting it.
function marks(stated) {
  return [
    stated.modality ? badge(say(stated.modality), stated.modality) : null,
    stated.restored ? badge(say("restored"), "restored", say("restoredHint")) : null,
    stated.conflicts ? badge(say("conflict"), "doubt") : null,
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
