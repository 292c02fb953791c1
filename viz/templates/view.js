// The page as a whole: what the reader does changes the state, and the state is shown.

const $ = (id) => document.getElementById(id);
const title = $("title").textContent;

function show() {
  draw();
  showPanel();
  showAround();
  if (state.view === "table") showTable();
}

function showAround() {
  $("counts").textContent = say("counts", {entities: entities.length, facts: facts.length, figures: figures.length, documents: documents.length})
    + (leftOut ? ` · ${say("leftOut", {leftOut})}` : "");
  const isReduced = !state.focus && state.shown.size < entities.length;
  $("notice").hidden = !isReduced;
  $("notice").replaceChildren(say("reduced", {shown: state.shown.size, total: entities.length}), " ",
    entities.length <= 2000 ? make("button", {type: "button", onclick: showAll}, say("all")) : "");
  $("trail").hidden = !state.focus;
  $("trail").replaceChildren(make("button", {id: "back", type: "button", onclick: goBack}, `← ${say("back")}`),
    make("span", {}, state.focus ? say("focused", {name: byId.get(state.focus).name}) : ""));
  const counts = new Map();
  for (const entity of entities) counts.set(entity.type, (counts.get(entity.type) ?? 0) + 1);
  $("legend").replaceChildren(...[...types.values()].filter((type) => counts.has(type.name)).map((type) =>
    make("button", {type: "button", "data-type": type.name, "aria-pressed": String(!state.hiddenTypes.has(type.name)), onclick: () => toggleType(type.name)},
      dot(type.name), make("span", {}, label(type)), make("span", {class: "count"}, plain(counts.get(type.name))))));
  document.body.classList.toggle("detailed", Boolean(state.selected || state.focus));
}

function showWords() {
  root.lang = state.language === "zh" ? "zh-Hans" : "en";
  document.title = $("title").textContent = title || say("untitledGraph");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  box.placeholder = say(box.dataset.placeholder);
  $("language").textContent = say("language");
  $("language").setAttribute("aria-label", say("languageLabel"));
}

function remember() {
  state.trail.push({selected: state.selected, focus: state.focus, shown: new Set(state.shown)});
}

// Shows the node's neighbours too, the best-linked first.
function expand(id) {
  state.shown.add(id);
  const around = [...byId.get(id).neighbours].filter((other) => !state.shown.has(other));
  around.sort((one, other) => byId.get(other).facts.length - byId.get(one).facts.length || (one < other ? -1 : 1));
  for (const other of around.slice(0, MOST_ADDED)) state.shown.add(other);
}

function select(selected) {
  if (selected?.node) expand(selected.node);
  if (!selected && !state.selected && state.focus) return goBack();
  state.selected = selected;
  show();
  writeAddress();
}

// Chooses a node wherever the reader is, and brings it into sight.
function goTo(id) {
  state.hiddenTypes.delete(byId.get(id).type);
  if (state.focus && state.focus !== id && !byId.get(state.focus).neighbours.has(id)) {
    remember();
    state.focus = null;
  }
  select({node: id});
  bringIntoSight(id);
}

function focusOn(id) {
  remember();
  expand(id);
  state.focus = id;
  state.selected = null;
  show();
  fitAll();
  writeAddress();
}

function goBack() {
  Object.assign(state, state.trail.pop() ?? {selected: null, focus: null});
  show();
  fitAll();
  writeAddress();
}

function showAll() {
  state.shown = new Set(entities.map((entity) => entity.id));
  show();
  fitAll();
}

function toggleType(type) {
  if (!state.hiddenTypes.delete(type)) state.hiddenTypes.add(type);
  if (state.selected?.node && !visible().has(state.selected.node)) state.selected = null;
  show();
  $("legend").querySelector(`[data-type="${type}"]`).focus();
}

function turnView(view) {
  state.view = view;
  $("stage").hidden = view !== "graph";
  tableSection.hidden = view !== "table";
  $("to-graph").setAttribute("aria-pressed", String(view === "graph"));
  $("to-table").setAttribute("aria-pressed", String(view === "table"));
  show();
}

// The address names what is chosen, so that it can be sent to others. A page in a notebook's frame has none.
function writeAddress() {
  if (location.protocol === "about:") return;
  const part = state.focus ? `#focus=${state.focus}` : state.selected?.node ? `#node=${state.selected.node}` : "";
  if (part !== location.hash) history.replaceState(null, "", part || location.href.split("#")[0]);
}

function readAddress() {
  const [, kind, id] = /^#(focus|node)=([\w-]+)$/.exec(location.hash) ?? [];
  if (!byId.has(id)) return false;
  if (kind === "focus") focusOn(id);
  else goTo(id);
  return true;
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target === box;
  if (event.key === "/" && !isTyping) {
    box.focus();
    event.preventDefault();
  } else if (event.key === "Escape") {
    if (isTyping && box.value) {
      box.value = "";
      openHits(false);
    } else if (isTyping) box.blur();
    else if (state.selected) select(null);
    else if (state.focus) goBack();
  }
});
$("language").addEventListener("click", () => {
  state.language = state.language === "zh" ? "en" : "zh";
  showWords();
  show();
});
$("to-graph").addEventListener("click", () => turnView("graph"));
$("to-table").addEventListener("click", () => turnView("table"));
$("closer").addEventListener("click", () => picture.moveTo({scale: picture.getScale() * 1.4, animation: motion()}));
$("farther").addEventListener("click", () => picture.moveTo({scale: picture.getScale() / 1.4, animation: motion()}));
$("whole").addEventListener("click", () => fitAll());
dark.addEventListener("change", () => {
  readTheme();
  picture.setOptions(options());
  show();
});
window.addEventListener("hashchange", readAddress);

showWords();
show();
fitAll(false);
readAddress();
