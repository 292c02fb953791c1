// The state as an address: what stands behind the # of the page's URL, so that it can be sent to others, and what the
// reader has looked at before and after.

const visits = []; // addresses
const MOST_CRUMBS = 5;
let visited = -1; // the place in it of what is shown now
const opening = `${performance.timeOrigin} ${Math.random()}`; // the browser's history outlives a page that is loaded anew

function address() {
  const parts = new URLSearchParams();
  const put = (name, value) => { if (value !== undefined && value !== null && value !== "") parts.set(name, value); };
  if (state.view !== "graph" || network.start) put("view", state.view); // an empty address opens the page as it was made
  if (state.selected?.line) {
    const line = drawnLines.get(state.selected.line);
    put("line", line && `${line.from}*${line.to}`);
  } else {
    put("node", state.selected?.node);
    put("group", state.selected?.group);
  }
  put("focus", state.focus?.node);
  if (state.focus?.depth === 2) put("depth", 2);
  if (state.path) put("path", `${state.path.from}*${state.path.to}`);
  if (state.reader) {
    put("document", documents[state.reader.document].id);
    put("sentence", state.reader.sentence === undefined ? "" : sentences()[state.reader.sentence].start);
  }
  if (state.most !== atFirst) put("most", state.most);
  put("opened", state.opened.join("*"));
  for (const name of Object.keys(NO_FILTER)) if (isSet(name)) put(`filter-${name}`, state.filter[name]);
  return parts.toString();
}

// Returns the parts of the state that the address names; what it names wrongly is left out.
function stateOf(text) {
  const parts = new URLSearchParams(text);
  const node = (id) => (byId.has(id) ? id : null);
  const isGroup = (id) => /^group-\w+$/.test(id ?? "");
  const pair = (name, isEnd = node) => {
    const ends = (parts.get(name) ?? "").split("*");
    return ends.length === 2 && ends.every(isEnd) ? ends : null;
  };
  const view = VIEWS.includes(parts.get("view")) ? parts.get("view") : "graph";
  const hasGroups = view === "provinces" || view === "communities";
  const between = hasGroups ? pair("line", isGroup) : null;
  const line = between ? `between-${pairKey(...between)}` : pair("line") && lineOfPair.get(pairKey(...pair("line")))?.id;
  const path = pair("path");
  const paper = documents.findIndex((one) => one.id === parts.get("document"));
  const start = Number(parts.get("sentence") ?? NaN);
  const sentence = paper < 0 || Number.isNaN(start) ? -1 : sentences().findIndex((piece) => piece.document === paper && piece.start === start);
  const most = Math.floor(Number(parts.get("most")));
  return {
    view,
    selected: line ? {line} : node(parts.get("node")) ? {node: parts.get("node")} : hasGroups && isGroup(parts.get("group")) ? {group: parts.get("group")} : null,
    focus: node(parts.get("focus")) ? {node: parts.get("focus"), depth: parts.get("depth") === "2" ? 2 : 1} : null,
    path: path && path[0] !== path[1] ? {from: path[0], to: path[1]} : null,
    reader: paper < 0 ? null : {document: paper, sentence: sentence < 0 ? undefined : sentence},
    most: most > 0 ? most : atFirst,
    opened: (parts.get("opened") ?? "").split("*").filter(node),
    filter: Object.fromEntries(Object.entries(NO_FILTER).map(([name, none]) => {
      const value = parts.get(`filter-${name}`) ?? none;
      return [name, value === none || FILTERS[name](value) ? value : none];
    })),
  };
}

// What each part of a filter may be.
const isYear = (value) => /^\d{1,4}$/.test(value);
const FILTERS = {
  hidden: (value) => value.split(",").every((type) => types.has(type)),
  subtype: (value) => Object.hasOwn(types.get(value.split("/")[0])?.subtypes ?? {}, value.split("/")[1]),
  relation: (value) => Object.hasOwn(schema.relations, value),
  province: (value) => value === "none" || Object.hasOwn(schema.provinces, value),
  community: (value) => entities.some((entity) => String(entity.community) === value),
  document: () => true,
  from: isYear,
  to: isYear,
  confidence: (value) => Number(value) >= 0 && Number(value) <= 1,
  sources: (value) => /^[1-9]\d*$/.test(value),
  modality: (value) => ["stated", "planned"].includes(value),
  restored: (value) => ["with", "without"].includes(value),
};

// In a notebook's frame there is no address to write, and back and forward are the page's own.
const hasAddress = location.protocol !== "about:";

// `isSame` says that the reader is still at the same thing, such as typing into one field: that is one step, not one a letter.
function writeAddress(isSame = false) {
  const text = address();
  if (visits[visited] === text) return;
  const isReplaced = visited < 0 || isSame;
  visits.splice(isReplaced ? Math.max(visited, 0) : visited + 1, Infinity, text);
  visited = visits.length - 1;
  if (!hasAddress) return;
  const place = text ? `#${text}` : location.href.split("#")[0];
  if (isReplaced) history.replaceState({visited, opening}, "", place);
  else history.pushState({visited, opening}, "", place);
}

function goBy(steps) {
  if (hasAddress) history.go(steps);
  else turnBack(visited + steps);
}

function turnBack(place) {
  visited = place;
  typedInto = null;
  Object.assign(state, stateOf(visits[visited]));
  show();
  fitAll();
  showTrail();
}

window.addEventListener("popstate", (event) => {
  if (event.state?.opening === opening) turnBack(event.state.visited);
  else readAddress(); // somebody has written into the address line, or gone back beyond where the page was loaded
});

// Shows what the address says; the browser has put it into its history by itself.
function readAddress() {
  visits.splice(visited + 1, Infinity, location.hash.slice(1));
  history.replaceState({visited: visited + 1, opening}, "");
  turnBack(visited + 1);
}

// Returns the names of what was looked at before, the latest last, each with the place in the visits.
function crumbs() {
  const named = [];
  for (let place = visited; place >= 0 && named.length < MOST_CRUMBS; place -= 1) {
    const {focus, path, filter, selected, view} = stateOf(visits[place]);
    const name = path ? `${byId.get(path.from).name} ⇢ ${byId.get(path.to).name}` : focus ? byId.get(focus.node).name
      : filter.province ? provinceLabel(filter.province) || say("noProvince") : filter.community ? communityName(Number(filter.community))
      : selected?.node ? byId.get(selected.node).name : view === "graph" ? say("overview") : say(view);
    if (named.at(-1)?.name !== name) named.push({name, place});
  }
  return named.reverse();
}
