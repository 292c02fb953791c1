// The page as a whole: what the reader does changes the state, and the state is shown.

const $ = (id) => document.getElementById(id);
const title = $("title").textContent;
const MOST_AT_ONCE = 2000; // nodes that a browser draws without making its reader wait
let linking = null; // the id that a path is looked for from, until its other end is chosen

function show() {
  hideTip();
  $("stage").hidden = state.view === "table"; // first: what is drawn depends on the room that it has
  tableSection.hidden = state.view !== "table";
  draw();
  if (state.selected && !isShown(state.selected)) {
    state.selected = null;
    draw();
  }
  showPanel();
  showAround();
  showReader();
  if (state.view === "table") showTable();
  if (!form.hidden) fillFilters();
}

function isShown({node, line, group}) {
  return node ? visible().has(node) : line ? drawnLines.has(line) : cast.has(group);
}

// Changes the state and shows it; `fits` moves the picture so that all of it is in sight.
function change(parts, {fits = true, isSame = false} = {}) {
  const focused = document.activeElement;
  Object.assign(state, parts);
  if (Object.keys(parts).join() === "reader") showReader(); // what is behind it stays as it is
  else {
    show();
    if (fits) fitAll();
  }
  writeAddress(isSame);
  showTrail();
  if (!focused.isConnected && !state.reader) panel.focus({preventScroll: true});
}

function showAround() {
  $("counts").textContent = say("counts", {entities: ownEntities, facts: facts.length, figures: figures.length, documents: documents.length})
    + (leftOut ? ` · ${say("leftOut", {leftOut})}` : "");
  showNotice();
  $("chips").replaceChildren(...(linking ? [make("span", {class: "linking"}, say("linkingHint", {name: byId.get(linking).name}), " ", button({class: "chip", onclick: stopLink}, say("cancel")))] : []), ...chips());
  const set = Object.keys(NO_FILTER).filter(isSet).length;
  $("to-filters").replaceChildren(say("filters"), set ? make("span", {class: "count"}, plain(set)) : "");
  const counts = new Map(counted(entities.map((entity) => entity.type)));
  $("legend").replaceChildren(...[...types.values()].filter((type) => counts.has(type.name)).map((type) =>
    button({"data-type": type.name, "aria-pressed": String(!isHidden(type.name)), onclick: () => toggleType(type.name)},
      dot(type.name), make("span", {}, label(type)), make("span", {class: "count"}, plain(counts.get(type.name))))),
  make("span", {class: "line-key", title: say("lineHint")}, make("i", {class: "solid"}), say("statedLine"), make("i", {class: "dashed"}), say("planned"), make("i", {class: "thick"}), say("severalSources")));
  document.body.classList.toggle("detailed", Boolean(state.selected || state.focus || state.path));
  for (const view of VIEWS) $(`to-${view}`).setAttribute("aria-pressed", String(state.view === view));
}

// Says when not all is shown that could be, and how to see more.
function showNotice() {
  const {entities: passing} = filtered();
  const shown = visible().size;
  const isWider = state.opened.length > 0 || state.most !== atFirst;
  const more = (total) => [total > shown && (total <= MOST_AT_ONCE ? button({id: "show-all", onclick: () => change({most: total})}, say("all"))
    : button({onclick: () => change({most: state.most + atFirst})}, say("further"))),
  isWider && button({id: "restart", onclick: () => change({most: atFirst, opened: []})}, say("restart"))];
  const told = !passing.length ? [say("nothing"), button({onclick: () => change({filter: {...NO_FILTER}})}, say("clear"))]
    : state.path ? []
    : state.focus ? (within.total > shown ? [say("reducedFocus", {shown, total: within.total})] : [])
    : state.view === "tree" ? (tree.total > shown || isWider ? [say("reduced", {shown, total: tree.total}), ...more(tree.total)] : [])
    : state.view === "communities" ? (groups.leftOut ? [say("reducedGroups", {shown, rest: groups.leftOut})] : [])
    : state.view === "graph" && (shown < passing.length || isWider) ? [say(state.opened.length ? "reducedOpened" : "reduced", {shown, total: passing.length}), ...more(passing.length),
      shown < passing.length && [button({onclick: () => turnView("provinces")}, say("byProvince")), button({onclick: () => turnView("communities")}, say("byCommunity"))]] : [];
  $("notice").hidden = !told.length;
  $("notice").replaceChildren(...told.flat().filter(Boolean).flatMap((part, place) => [place > 1 ? " · " : " ", part]));
}

// Where the reader is and came from. It shows when there is a way back.
function showTrail() {
  const steps = crumbs();
  $("trail").hidden = steps.length < 2 && visited < 1;
  $("back").disabled = visited < 1;
  $("forward").disabled = visited >= visits.length - 1;
  $("crumbs").replaceChildren(...steps.map(({name, place}, number) => make("li", {}, number === steps.length - 1
    ? make("span", {"aria-current": "page"}, name) : button({onclick: () => goBy(place - visited)}, name))));
}

function showWords() {
  root.lang = state.language === "zh" ? "zh-Hans" : "en";
  document.title = $("title").textContent = title || say("untitledGraph");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-title]")) element.title = say(element.dataset.title);
  box.placeholder = say(box.dataset.placeholder);
  $("language").textContent = say("language");
  $("language").setAttribute("aria-label", say("languageLabel"));
  showFilters();
  showTake();
}

// Chooses what was clicked, and shows the neighbours of a node too.
function select(selected) {
  const opened = selected?.node && !state.focus && !state.path && state.view === "graph" && !state.opened.includes(selected.node)
    && neighboursOf(selected.node).some((id) => !visible().has(id)) ? [...state.opened, selected.node] : state.opened;
  change(!selected && !state.selected ? {focus: null, path: null} : {selected, opened}, {fits: !selected && !state.selected});
}

// Chooses a node wherever the reader is, and brings it into sight.
function goTo(id) {
  if (linking) return linkTo(id);
  const entity = byId.get(id);
  const parts = {selected: {node: id}, reader: null};
  if (!filtered().ids.has(id)) parts.filter = {...NO_FILTER};
  if (isGrouped() || (state.view === "tree" && !tree().has(id))) parts.view = "graph";
  if ((state.focus || state.path) && !visible().has(id)) Object.assign(parts, {focus: null, path: null});
  Object.assign(state, parts);
  const isThere = visible().has(id) && !(state.view === "graph" && !state.focus && !state.path && [...entity.neighbours].some((other) => !visible().has(other)));
  change(isThere ? {} : {opened: [...state.opened.filter((one) => one !== id), id]}, {fits: false});
  if (cast.has(id)) bringIntoSight(id);
}

function focusOn(id, depth = 1) {
  change({focus: {node: id, depth}, selected: null, path: null, view: state.view === "table" ? "table" : "graph"});
}

function openGroup({value, members}) {
  if (!members.length) return;
  change({filter: {...state.filter, [state.view === "provinces" ? "province" : "community"]: value}, view: "graph", selected: null});
}

function startLink(id) {
  linking = id;
  showAround();
  box.focus();
}

function stopLink() {
  linking = null;
  showAround();
}

function linkTo(id) {
  const from = linking;
  linking = null;
  if (id === from || !byId.has(id)) return showAround();
  change({path: {from, to: id}, focus: null, selected: null, reader: null, view: "graph"});
}

function toggleType(type) {
  const hidden = state.filter.hidden.split(",").filter(Boolean);
  setFilter({hidden: (hidden.includes(type) ? hidden.filter((one) => one !== type) : [...hidden, type]).join(",")});
  $("legend").querySelector(`[data-type="${type}"]`).focus();
}

// The graph and its table show the same thing; the other views have none of it in the middle.
function turnView(view) {
  const keeps = ["graph", "table"];
  const isSame = keeps.includes(view) && keeps.includes(state.view);
  change(isSame ? {view} : {view, focus: null, path: null, selected: null});
}

document.addEventListener("keydown", (event) => {
  const isTyping = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "/" && !isTyping && !state.reader) {
    box.focus();
    event.preventDefault();
  } else if (event.key === "Escape") {
    if (event.target === box && box.value) {
      box.value = "";
      openHits(false);
    } else if (event.target === box && !linking) box.blur();
    else if (linking) stopLink();
    else if (state.reader) closeReader();
    else if (!form.hidden) openFilters(false);
    else if (state.selected || state.focus || state.path) select(null);
  }
});
$("language").addEventListener("click", () => {
  state.language = state.language === "zh" ? "en" : "zh";
  showWords();
  show();
  showTrail();
});
for (const view of VIEWS) $(`to-${view}`).addEventListener("click", () => turnView(view));
$("to-filters").addEventListener("click", () => openFilters(form.hidden));
$("back").addEventListener("click", () => goBy(-1));
$("forward").addEventListener("click", () => goBy(1));
$("closer").addEventListener("click", () => zoom(1.4));
$("farther").addEventListener("click", () => zoom(1 / 1.4));
$("whole").addEventListener("click", () => fitAll());
let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === width) return; // a keyboard on the screen has come or gone
  width = innerWidth;
  isUpright = innerHeight > 1.15 * innerWidth;
  show();
  fitAll(false);
});
dark.addEventListener("change", () => {
  readTheme();
  picture.setOptions(options());
  show();
});

showWords();
Object.assign(state, stateOf(location.hash.slice(1) || network.start));
show();
fitAll(false);
writeAddress();
showTrail();
