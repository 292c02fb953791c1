// The picture: vis-network draws dots and lines, at the places computed beforehand.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const canvas = document.getElementById("canvas");
const tip = document.getElementById("tip");
const shownNodes = new vis.DataSet();
const shownLines = new vis.DataSet();
const ROOM = 82; // side of the square that a dot of its own size has for itself, in canvas units
const MAJOR = 28000; // square pixels of canvas for each of the larger labels, which the best-linked have
const GROUP_COLOUR = "#5b7386";
const FADED = 0.13;
const DOUBLE_MS = 500;
let theme = {};
let hovered = null;
let growth = 1; // how much larger than their own size dots and lines are drawn, when everything is in sight
let wholeScale = 1; // the scale at which everything is in sight
let majors = new Set();
let cast = new Map(); // what is in the picture, by id: its label, its own size, and by what it ranks
let isChanging = false;
let hasCurves = false; // from the tree, which the next view has to straighten
let drawnLines = new Map(); // the lines in the picture by id, as they are without choice or zoom

// Returns the colour, lighter on a dark ground; the schema's colours are made for a light one.
function onGround(colour) {
  if (!dark.matches || root.classList.contains("on-paper")) return colour;
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * 0.26)).join(",")})`;
}

function readTheme() {
  for (const type of types.values()) root.style.setProperty(`--type-${type.name}`, onGround(type.colour));
  const style = getComputedStyle(root);
  theme = Object.fromEntries(["paper", "ink", "soft", "quiet", "line", "accent", "face"].map((name) =>
    [name, style.getPropertyValue(`--${name}`).trim()]));
}

function merged(base, over) {
  const result = {...base};
  for (const [name, value] of Object.entries(over)) {
    const both = [value, base[name]].every((part) => part && typeof part === "object" && !Array.isArray(part));
    result[name] = both ? merged(base[name], value) : value;
  }
  return result;
}

// Returns vis-network's options: ours, under those set on the pyvis network.
function options() {
  const groups = Object.fromEntries([...types.values()].map((type) => {
    const background = onGround(type.colour);
    return [type.name, {color: {
      background, border: theme.paper, highlight: {background, border: theme.ink}, hover: {background, border: theme.ink},
    }}];
  }));
  return merged({
    autoResize: true,
    layout: {improvedLayout: false},
    physics: {enabled: false},
    interaction: {hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, keyboard: false, zoomSpeed: 0.8},
    groups: {useDefaultGroups: false, ...groups},
    nodes: {borderWidth: 1.5, borderWidthSelected: 2.5, font: {face: theme.face, size: 12.5, color: theme.ink}},
    edges: {
      smooth: {enabled: false}, arrows: {to: {scaleFactor: 0.42}, from: {scaleFactor: 0.42}}, arrowStrikethrough: false,
      color: {inherit: false}, hoverWidth: 0.6, selectionWidth: 1.2, selfReference: {size: 14},
    },
  }, network.options);
}

readTheme();
const picture = new vis.Network(canvas, {nodes: shownNodes, edges: shownLines}, options());
canvas.querySelector(".vis-network").tabIndex = -1; // the keys are ours
const font = () => options().nodes.font;

// Returns the ids that stay bright while something is chosen, or null when nothing is.
function bright() {
  if (state.selected?.line) {
    const line = drawnLines.get(state.selected.line);
    return line ? new Set([line.from, line.to]) : null;
  }
  const chosen = state.selected?.node ?? state.selected?.group;
  if (chosen === undefined) return null;
  const linked = [...drawnLines.values()].filter((line) => line.from === chosen || line.to === chosen);
  return new Set([chosen, ...linked.flatMap((line) => [line.from, line.to])]);
}

const centreId = () => state.selected?.node ?? state.selected?.group ?? state.focus?.node ?? null;

function isBrightLine(line) {
  if (state.selected?.line) return line.id === state.selected.line;
  return centreId() === null || line.from === centreId() || line.to === centreId();
}

// Returns by how much dots grow: few nodes on a wide plane would else be specks at first sight.
function magnification(shown) {
  if (state.focus || state.path || state.view === "tree" || state.view === "provinces" || shown.length < 2) return 1;
  const [wide, high] = ["x", "y"].map((axis) => {
    const places = shown.map((node) => node[axis]);
    return places.reduce((one, other) => Math.max(one, other)) - places.reduce((one, other) => Math.min(one, other));
  });
  return Math.max(1, Math.min(4, Math.sqrt((wide * high) / shown.length) / ROOM));
}

// Returns what the picture shows now: nodes with their places, and the lines between them.
function scene() {
  if (isGrouped()) {
    const most = Math.max(1, ...groups().map(({members}) => members.length));
    const colours = (background) => ({background, border: theme.paper, highlight: {background, border: theme.ink}, hover: {background, border: theme.ink}});
    const size = (count) => (state.view === "provinces" ? 10 + 52 * Math.sqrt(count / most) : Math.min(80, 8 + 2.2 * Math.sqrt(count)));
    return {
      nodes: groups().map(({id, name, members, x, y}) => ({
        id, x, y, shape: "dot", label: members.length ? `${name} ${plain(members.length)}` : name, size: size(members.length),
        rank: members.length, color: colours(members.length ? onGround(GROUP_COLOUR) : theme.line),
      })),
      lines: groupLines(),
    };
  }
  const ids = visible();
  const placeOf = placing();
  const {holds, isWhole, count} = filtered();
  return {
    nodes: [...ids].map((id) => ({...nodes.get(id), ...placeOf(id), rank: count(byId.get(id))})),
    lines: linesAmong(ids).map((line) => (isWhole || !line.said.length ? line : styled(line, line.said.filter(holds)))),
  };
}

function linesAmong(ids) {
  const inRow = (one, other) => lineOfPair.get(pairKey(one, other));
  if (state.path) {
    const path = findPath(state.path);
    return (path?.steps ?? []).map((step, place) => styled(inRow(path.nodes[place], path.nodes[place + 1]), step));
  }
  if (state.view === "tree" && !state.focus) {
    const curve = {smooth: {enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5}};
    return [...ids].flatMap((id) => {
      const fact = tree.parents.get(byId.get(id));
      return fact && ids.has(fact.object.id) ? [{...inRow(id, fact.object.id), ...curve}] : [];
    });
  }
  const {holds, isWhole} = filtered();
  return [...lines.values()].filter((line) => ids.has(line.from) && ids.has(line.to) && (isWhole || !line.said.length || line.said.some(holds)));
}

// Returns the line as those of its facts make it that pass the filter.
function styled(line, said) {
  const starts = new Set(said.map((fact) => fact.subject.id));
  return {
    ...line, said, facts: said.length, dashes: said.every((fact) => fact.modality === "planned"),
    width: 1 + 0.8 * Math.log2(Math.max(...said.map((fact) => fact.sources))),
    arrows: [starts.has(line.from) && "to", starts.has(line.to) && "from"].filter(Boolean).join(", "),
  };
}

// Brings the picture in line with the state.
function draw() {
  isChanging = true; // vis-network paints after each change of its data: the labels wait for the last
  const {nodes: shown, lines: between} = scene();
  cast = new Map(shown.map((node) => [node.id, node]));
  drawnLines = new Map(between.map((line) => [line.id, line]));
  const lit = bright();
  growth = magnification(shown);
  const byRank = shown.toSorted((one, other) => other.rank - one.rank || (one.id < other.id ? -1 : 1));
  const isEach = state.path || isGrouped();
  const most = isEach ? byRank.length : Math.ceil(Math.min((canvas.clientWidth * canvas.clientHeight) / MAJOR, byRank.length / 4));
  majors = new Set([...byRank.slice(0, most).map((node) => node.id), centreId()]);
  const thick = thickness();
  shownNodes.remove(shownNodes.getIds().filter((id) => !cast.has(id)));
  shownNodes.update(shown.map(({rank, ...node}) => {
    const opacity = lit && !lit.has(node.id) ? FADED : node.opacity ?? 1;
    return {...node, opacity, size: node.size * thick, label: node.shape === "dot" ? undefined : node.label};
  }));
  shownLines.remove(shownLines.getIds().filter((id) => !drawnLines.has(id)));
  shownLines.update(between.map(({said: _, ...line}) => {
    const isBright = isBrightLine(line);
    const chosen = isBright && (state.selected || state.focus);
    const color = chosen ? theme.quiet : theme.line;
    return {...(hasCurves && {smooth: false}), ...line, width: line.width * thick, color: line.color ?? {color, highlight: theme.accent, hover: theme.accent, opacity: isBright ? 1 : 0.3}};
  }));
  const chosen = state.selected?.node ?? state.selected?.group;
  if (chosen && cast.has(chosen)) picture.selectNodes([chosen], false);
  else if (drawnLines.has(state.selected?.line)) picture.setSelection({edges: [state.selected.line]});
  else picture.unselectAll();
  hasCurves = state.view === "tree";
  isChanging = false;
  picture.redraw();
}

const motion = () => (still.matches ? false : {duration: 350, easingFunction: "easeInOutQuad"});

// Shows everything there is now, with room for the labels at the sides and the notice on top.
function fitAll(animation = motion()) {
  if (!cast.size || !canvas.clientHeight) return; // nothing is shown, or the table is
  const [across, down] = ["x", "y"].map((axis) => {
    const edges = (side) => [...cast.values()].map((node) => node[axis] + side * (isGrouped() ? node.size * growth : 0));
    return {low: edges(-1).reduce((one, other) => Math.min(one, other)), high: edges(1).reduce((one, other) => Math.max(one, other))};
  });
  const isTree = state.view === "tree" && !state.focus && !state.path;
  const [wide, high] = [across.high - across.low + (isTree ? STEP : 0), down.high - down.low];
  const fits = [(canvas.clientWidth - Math.min(150, 0.16 * canvas.clientWidth)) / Math.max(1, wide), (canvas.clientHeight - 110) / Math.max(1, high)];
  // A tall tree is read from its top, and not shrunk until nothing can be read.
  const scale = isTree ? Math.min(fits[0], Math.max(fits[1], 0.5), 1.2) : Math.min(...fits, 1.5);
  const middle = {x: across.low + wide / 2, y: down.low + high / 2};
  if (isTree && scale > fits[1]) middle.y = down.low + (canvas.clientHeight / 2 - 70) / scale;
  wholeScale = scale;
  picture.moveTo({position: middle, offset: {x: 0, y: 16}, scale, animation});
}

function bringIntoSight(id) {
  picture.focus(id, {scale: Math.max(2.2 * wholeScale, picture.getScale()), animation: motion()});
}

// Coming closer parts the dots faster than it enlarges them, so that there is something to see between them.
function thickness() {
  return growth * Math.min(1, Math.max(0.4, Math.sqrt(wholeScale / picture.getScale())));
}

let isResizing = false;
function resize() {
  if (isResizing) return;
  isResizing = true;
  requestAnimationFrame(() => {
    isResizing = false;
    const thick = thickness();
    shownNodes.update([...cast.values()].map(({id, size}) => ({id, size: size * thick})));
    shownLines.update([...drawnLines.values()].map(({id, width}) => ({id, width: width * thick})));
  });
}

function showTip(at, ...content) {
  tip.replaceChildren(...content.flat());
  tip.hidden = false;
  const left = Math.min(at.x + 14, canvas.clientWidth - tip.offsetWidth - 8);
  const top = at.y + 18 + tip.offsetHeight > canvas.clientHeight ? at.y - tip.offsetHeight - 12 : at.y + 18;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${Math.max(8, top)}px`;
}

function hideTip() {
  hovered = null;
  tip.hidden = true;
}

picture.on("afterDrawing", paintLabels);
picture.on("hoverNode", ({node, pointer}) => {
  hovered = node;
  const entity = byId.get(node);
  if (!entity) return showTip(pointer.DOM, make("b", {}, cast.get(node).label), make("small", {}, say("openGroup")));
  showTip(pointer.DOM, make("b", {}, entity.name),
    make("small", {}, typeLabel(entity), entity.pinyin && ` · ${entity.pinyin}`, ` · ${say("factCount", {count: filtered().count(entity)})}`));
});
picture.on("hoverEdge", ({edge, pointer}) => {
  const {said: told, facts: count = 0} = drawnLines.get(edge) ?? {};
  if (!told?.length) return count && showTip(pointer.DOM, make("small", {}, say("factCount", {count})));
  showTip(pointer.DOM, told.slice(0, 4).map((fact) =>
    make("span", {}, fact.subject.name, make("em", {}, ` ${factTitle(fact)} `), fact.object.name)),
  told.length > 4 ? make("small", {}, `+ ${told.length - 4}`) : []);
});
picture.on("blurNode", hideTip);
picture.on("blurEdge", hideTip);
picture.on("dragStart", hideTip);
picture.on("zoom", () => {
  hideTip();
  const scale = picture.getScale();
  if (scale !== withinReach(scale)) picture.moveTo({scale: withinReach(scale)});
  resize();
});
picture.on("animationFinished", resize);
let lastClick = {}; // vis-network's own double click is lost where the first click takes its time
picture.on("click", ({nodes: [node], edges: [line], event: {srcEvent}}) => {
  const isDouble = node !== undefined && node === lastClick.node && srcEvent.timeStamp - lastClick.time < DOUBLE_MS;
  lastClick = {node, time: srcEvent.timeStamp};
  if (linking && byId.has(node)) linkTo(node);
  else if (isDouble) byId.has(node) ? focusOn(node) : openGroup(groupById(node));
  else if (node !== undefined) select(byId.has(node) ? {node} : {group: node});
  else if (line !== undefined) select({line});
  else if (state.selected) select(null);
});
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return; // those are the browser's
  const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
  const {x, y} = picture.getViewPosition();
  const scale = picture.getScale();
  if (step) picture.moveTo({position: {x: x + (80 * step[0]) / scale, y: y + (80 * step[1]) / scale}});
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fitAll();
  else return;
  event.preventDefault();
});

const withinReach = (scale) => Math.min(12, Math.max(wholeScale / 4, scale));

function zoom(times) {
  picture.moveTo({scale: withinReach(picture.getScale() * times), animation: motion()});
  resize();
}
