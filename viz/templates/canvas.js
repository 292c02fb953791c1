// The picture: vis-network draws dots and lines at the places computed beforehand, the labels are painted here.
//
// Labels keep one size on the screen at any zoom and never overlap: they are set in order of importance, each where it
// still finds room, the others wait until one comes closer.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const canvas = document.getElementById("canvas");
const tip = document.getElementById("tip");
const shownNodes = new vis.DataSet();
const shownLines = new vis.DataSet();
const MOST_ADDED = 80; // neighbours that one click brings in
const ROOM = 82; // side of the square that a dot of its own size has for itself, in canvas units
const MAJOR = 28000; // square pixels of canvas for each of the larger labels, which the best-linked have
const LONGEST_LABEL = 16;
const FADED = 0.13;
let theme = {};
let hovered = null;
let growth = 1; // how much larger than their own size dots and lines are drawn, when everything is in sight
let wholeScale = 1; // the scale at which everything is in sight
let majors = new Set();
let painted = []; // the boxes of the labels on the screen now

// Returns the colour, lighter on a dark ground; the schema's colours are made for a light one.
function onGround(colour) {
  if (!dark.matches) return colour;
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
const font = () => options().nodes.font;

// Returns the nodes that stay bright while something is chosen, or null when nothing is.
function bright() {
  if (state.selected?.node) return new Set([state.selected.node, ...byId.get(state.selected.node).neighbours]);
  if (state.selected?.line) {
    const line = lines.get(state.selected.line);
    return new Set([line.from, line.to]);
  }
  return null;
}

function isBrightLine(line) {
  if (state.selected?.line) return line.id === state.selected.line;
  const node = state.selected?.node ?? (state.focus || null);
  return node === null || line.from === node || line.to === node;
}

// The places as computed; turned for a screen that is higher than wide.
const isUpright = canvas.clientHeight > 1.15 * canvas.clientWidth;
const home = ({x, y}) => (isUpright ? {x: y, y: x} : {x, y});

// Returns by how much dots grow: few nodes on a wide plane would else be specks at first sight.
function magnification(ids) {
  if (state.focus || ids.size < 2) return 1;
  const places = [...ids].map((id) => home(nodes.get(id)));
  const [wide, high] = ["x", "y"].map((axis) => Math.max(...places.map((at) => at[axis])) - Math.min(...places.map((at) => at[axis])));
  return Math.max(1, Math.min(4, Math.sqrt((wide * high) / ids.size) / ROOM));
}

// A focused node stands in the middle, its neighbours around it in rings, one type beside the other.
function rings() {
  const centre = byId.get(state.focus);
  const order = schema.types.map((type) => type.name);
  const around = [...visible()].filter((id) => id !== centre.id).map((id) => byId.get(id)).sort((one, other) =>
    order.indexOf(one.type) - order.indexOf(other.type) || other.facts.length - one.facts.length);
  const places = new Map([[centre.id, {x: 0, y: 0}]]);
  const count = Math.max(1, Math.ceil(around.length / 26));
  around.forEach((entity, place) => {
    const angle = (2 * Math.PI * place) / around.length - Math.PI / 2;
    const radius = 190 + 30 * Math.min(4, around.length / 8) + (place % count) * 110;
    places.set(entity.id, {x: Math.round(1.35 * radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle))});
  });
  return places;
}

// Brings the picture in line with the state.
function draw() {
  const ids = visible();
  const lit = bright();
  const places = state.focus ? rings() : null;
  growth = magnification(ids);
  const ranked = [...ids].sort((one, other) => byId.get(other).facts.length - byId.get(one).facts.length || (one < other ? -1 : 1));
  majors = new Set([...ranked.slice(0, Math.ceil(Math.min((canvas.clientWidth * canvas.clientHeight) / MAJOR, ranked.length / 4))), state.focus, state.selected?.node]);
  const thick = thickness();
  shownNodes.remove(shownNodes.getIds().filter((id) => !ids.has(id)));
  shownNodes.update([...ids].map((id) => {
    const node = nodes.get(id);
    const place = places?.get(id) ?? home(node);
    const opacity = lit && !lit.has(id) ? FADED : node.opacity ?? 1;
    return {...node, ...place, opacity, size: node.size * thick, label: node.shape === "dot" ? undefined : node.label};
  }));
  const wanted = [...lines.values()].filter((line) => ids.has(line.from) && ids.has(line.to));
  const kept = new Set(wanted.map((line) => line.id));
  shownLines.remove(shownLines.getIds().filter((id) => !kept.has(id)));
  shownLines.update(wanted.map(({said, ...line}) => {
    const isBright = isBrightLine(line);
    const chosen = isBright && (state.selected || state.focus);
    const color = chosen ? theme.quiet : theme.line;
    return {...line, width: line.width * thick, color: line.color ?? {color, highlight: theme.accent, hover: theme.accent, opacity: isBright ? 1 : 0.3}};
  }));
  if (state.selected?.node && ids.has(state.selected.node)) picture.selectNodes([state.selected.node], false);
  else if (state.selected?.line && kept.has(state.selected.line)) picture.setSelection({edges: [state.selected.line]});
  else picture.unselectAll();
}

const motion = () => (still.matches ? false : {duration: 350, easingFunction: "easeInOutQuad"});

// Shows everything there is now, with room for the labels at the sides and the notice on top.
function fitAll(animation = motion()) {
  const [across, down] = ["x", "y"].map((axis) => {
    const places = shownNodes.map((node) => node[axis]);
    return {low: Math.min(...places), high: Math.max(...places)};
  });
  if (!shownNodes.length) return;
  const scale = Math.min(
    (canvas.clientWidth - Math.min(150, 0.16 * canvas.clientWidth)) / Math.max(1, across.high - across.low),
    (canvas.clientHeight - 110) / Math.max(1, down.high - down.low), 1.5);
  wholeScale = scale;
  picture.moveTo({position: {x: (across.low + across.high) / 2, y: (down.low + down.high) / 2}, offset: {x: 0, y: 16}, scale, animation});
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
    shownNodes.update(shownNodes.map(({id}) => ({id, size: nodes.get(id).size * thick})));
    shownLines.update(shownLines.map(({id}) => ({id, width: lines.get(id).width * thick})));
  });
}

function shortened(text, whole) {
  const characters = [...text];
  return whole || characters.length <= LONGEST_LABEL ? text : `${characters.slice(0, LONGEST_LABEL - 1).join("")}…`;
}

function overlaps(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function paintLabels(context) {
  const scale = picture.getScale();
  const {face, size, color} = font();
  const lit = bright();
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const places = picture.getPositions();
  const dots = Object.entries(places).filter(([id]) => nodes.get(id).shape === "dot").map(([id, place]) => {
    const {x, y} = picture.canvasToDOM(place);
    return {id, x, y, radius: shownNodes.get(id).size * scale, rank: importance(id, lit)};
  }).filter((dot) => dot.x > -80 && dot.x < width + 80 && dot.y > -40 && dot.y < height + 40);
  dots.sort((one, other) => other.rank - one.rank || (one.id < other.id ? -1 : 1));
  painted = dots.filter((dot) => dot.rank > 0).map((dot) => ({
    owner: dot.id, rank: dot.rank, left: dot.x - 0.8 * dot.radius, right: dot.x + 0.8 * dot.radius, top: dot.y - 0.8 * dot.radius, bottom: dot.y + 0.8 * dot.radius,
  }));
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = theme.paper;
  for (const dot of dots) {
    if (lit && !lit.has(dot.id) && dot.id !== hovered) continue;
    const isMajor = majors.has(dot.id);
    const text = shortened(nodes.get(dot.id).label, dot.id === hovered || dot.id === state.selected?.node || dot.id === state.focus);
    place(context, dot, text, width, {isMajor, face, color: isMajor || lit ? color : theme.soft, size: isMajor ? size + 1 : size - 0.5, weight: isMajor ? 600 : 400});
  }
  paintLineLabels(context, face, lit, places);
  painted = painted.filter((box) => box.text);
}

function importance(id, lit) {
  const chosen = id === state.selected?.node || id === state.focus ? 1e6 : id === hovered ? 1e5 : 0;
  return lit && !lit.has(id) && !chosen ? 0 : chosen + byId.get(id).facts.length + 1;
}

// Sets the label under, over, right or left of its dot, wherever it overlaps no label and no dot, but that those of the
// best-linked may cover lesser dots; nowhere if there is no room.
function place(context, dot, text, width, {isMajor, face, color, size, weight}) {
  context.font = `${weight} ${size}px ${face}`;
  const wide = context.measureText(text).width / 2 + 2;
  const high = size / 2 + 1.5;
  const away = dot.radius + 3;
  const around = [[0, away + high], [0, -away - high], [away + wide, 0], [-away - wide, 0]];
  for (const [right, down] of around) {
    const [x, y] = [dot.x + right, dot.y + down];
    const box = {owner: dot.id, text, left: x - wide, right: x + wide, top: y - high, bottom: y + high};
    const isInTheWay = (other) => other.owner !== dot.id && (other.text || !isMajor || other.rank >= dot.rank) && overlaps(box, other);
    if (box.left < 4 || box.right > width - 4 || painted.some(isInTheWay)) continue;
    painted.push(box);
    write(context, text, x, y, size, color, weight, face);
    return;
  }
}

function write(context, text, x, y, size, color, weight, face) {
  const scale = picture.getScale();
  const at = picture.DOMtoCanvas({x, y});
  context.font = `${weight} ${size / scale}px ${face}`;
  context.lineWidth = 3.5 / scale;
  context.strokeText(text, at.x, at.y);
  context.fillStyle = color;
  context.fillText(text, at.x, at.y);
}

// Says what the lines of the chosen node are, and how many facts a bundled line holds, where there is room.
function paintLineLabels(context, face, lit, places) {
  for (const line of shownLines.get()) {
    const chosen = (state.selected || state.focus) && isBrightLine(line);
    if (!chosen && (lit || state.focus || line.facts < 2)) continue;
    const [one, other] = [picture.canvasToDOM(places[line.from]), picture.canvasToDOM(places[line.to])];
    const long = Math.hypot(one.x - other.x, one.y - other.y);
    const kinds = [...new Set(lines.get(line.id).said.map(relationLabel))];
    const text = chosen ? kinds[0] + (line.facts > 1 ? ` ×${line.facts}` : "") : `×${line.facts}`;
    const size = chosen ? 11 : 10;
    context.font = `400 ${size}px ${face}`;
    const wide = context.measureText(text).width / 2 + 2;
    if (long < 2 * wide + 40) continue;
    const [x, y] = [(one.x + other.x) / 2, (one.y + other.y) / 2];
    const box = {owner: line.id, text, left: x - wide, right: x + wide, top: y - size / 2 - 1, bottom: y + size / 2 + 1};
    if (painted.some((label) => overlaps(box, label))) continue;
    painted.push(box);
    write(context, text, x, y, size, theme.quiet, 400, face);
  }
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
  showTip(pointer.DOM, make("b", {}, entity.name),
    make("small", {}, typeLabel(entity), entity.pinyin && ` · ${entity.pinyin}`, ` · ${say("factCount", {count: entity.facts.length})}`));
});
picture.on("hoverEdge", ({edge, pointer}) => {
  const {said} = lines.get(edge);
  showTip(pointer.DOM, said.slice(0, 4).map((fact) =>
    make("span", {}, fact.subject.name, make("em", {}, ` ${factTitle(fact)} `), fact.object.name)),
  said.length > 4 ? make("small", {}, `+ ${said.length - 4}`) : []);
});
picture.on("blurNode", hideTip);
picture.on("blurEdge", hideTip);
picture.on("dragStart", hideTip);
picture.on("zoom", () => {
  hideTip();
  resize();
});
picture.on("animationFinished", resize);
picture.on("click", ({nodes: [node], edges: [line]}) => {
  if (node || line || state.selected) select(node ? {node} : line ? {line} : null);
});
picture.on("doubleClick", ({nodes: [node]}) => node && focusOn(node));
