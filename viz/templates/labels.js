// The labels of dots and lines, painted over the picture.
//
// They keep one size on the screen at any zoom and never overlap: they are set in order of importance, each where it
// still finds room, the others wait until one comes closer.

const LONGEST_LABEL = 16;
const CELL = 48; // pixels
let painted = []; // the boxes of the labels on the screen now

function shortened(text, whole) {
  const characters = [...text];
  return whole || characters.length <= LONGEST_LABEL ? text : `${characters.slice(0, LONGEST_LABEL - 1).join("")}…`;
}

function overlaps(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// Returns boxes on the screen, each found by where it is: comparing each with each would be most of a redraw.
function crowd(boxes) {
  const cells = new Map();
  const cellsOf = (box) => {
    const keys = [];
    for (let x = Math.floor(box.left / CELL); x <= box.right / CELL; x += 1) {
      for (let y = Math.floor(box.top / CELL); y <= box.bottom / CELL; y += 1) keys.push(x * 4096 + y);
    }
    return keys;
  };
  const add = (box) => {
    for (const key of cellsOf(box)) {
      if (cells.has(key)) cells.get(key).push(box);
      else cells.set(key, [box]);
    }
  };
  boxes.forEach(add);
  return {
    add,
    isFree: (box, isInTheWay) => !cellsOf(box).some((key) => cells.get(key)?.some((other) => isInTheWay(other) && overlaps(box, other))),
  };
}

function paintLabels(context) {
  if (isChanging) return;
  const scale = picture.getScale();
  const {face, size, color} = font();
  const lit = bright();
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const places = picture.getPositions();
  const dots = Object.entries(places).filter(([id]) => cast.get(id)?.shape === "dot").map(([id, place]) => {
    const {x, y} = picture.canvasToDOM(place);
    return {id, x, y, radius: shownNodes.get(id).size * scale, rank: importance(id, lit)};
  }).filter((dot) => dot.x > -80 && dot.x < width + 80 && dot.y > -40 && dot.y < height + 40);
  dots.sort((one, other) => other.rank - one.rank || (one.id < other.id ? -1 : 1));
  const room = crowd(dots.filter((dot) => dot.rank > 0).map((dot) => ({
    owner: dot.id, rank: dot.rank, left: dot.x - 0.8 * dot.radius, right: dot.x + 0.8 * dot.radius, top: dot.y - 0.8 * dot.radius, bottom: dot.y + 0.8 * dot.radius,
  })));
  painted = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = theme.paper;
  for (const dot of dots) {
    if (lit && !lit.has(dot.id) && dot.id !== hovered) continue;
    const isMajor = majors.has(dot.id);
    const text = shortened(String(cast.get(dot.id).label ?? ""), dot.id === hovered || dot.id === centreId() || isGrouped());
    if (text) place(context, room, dot, text, width, {isMajor, face, color: cast.get(dot.id).rank === 0 && isGrouped() ? theme.quiet : isMajor || lit ? color : theme.soft, size: isMajor ? size + 1 : size - 0.5, weight: isMajor ? 600 : 400});
  }
  paintLineLabels(context, room, face, lit, places);
}

function importance(id, lit) {
  const chosen = id === centreId() ? 1e6 : id === hovered ? 1e5 : 0;
  return lit && !lit.has(id) && !chosen ? 0 : chosen + cast.get(id).rank + 1;
}

// Sets the label under, over, right or left of its dot, wherever it overlaps no label and no dot, but that those of the
// best-linked may cover lesser dots; nowhere if there is no room.
function place(context, room, dot, text, width, {isMajor, face, color, size, weight}) {
  context.font = `${weight} ${size}px ${face}`;
  const wide = context.measureText(text).width / 2 + 2;
  const high = size / 2 + 1.5;
  const away = dot.radius + 3;
  const [under, over, right, left] = [[0, away + high], [0, -away - high], [away + wide, 0], [-away - wide, 0]];
  const around = state.view === "tree" && !state.focus ? [right, under, over] : [under, over, right, left];
  for (const [across, down] of around) {
    const [x, y] = [dot.x + across, dot.y + down];
    const box = {owner: dot.id, text, left: x - wide, right: x + wide, top: y - high, bottom: y + high};
    const isInTheWay = (other) => other.owner !== dot.id && (other.text || !isMajor || other.rank >= dot.rank);
    if (box.left < 4 || box.right > width - 4 || !room.isFree(box, isInTheWay)) continue;
    room.add(box);
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
function paintLineLabels(context, room, face, lit, places) {
  for (const line of drawnLines.values()) {
    if (!places[line.from] || !places[line.to]) continue; // the picture is being changed
    const chosen = state.path || ((state.selected || state.focus) && isBrightLine(line));
    if (!chosen && (lit || state.focus || line.facts < 2 || isGrouped())) continue;
    const [one, other] = [picture.canvasToDOM(places[line.from]), picture.canvasToDOM(places[line.to])];
    const long = Math.hypot(one.x - other.x, one.y - other.y);
    const times = line.facts > 1 ? `×${plain(line.facts)}` : "";
    const text = chosen && line.said?.length ? `${relationLabel(line.said[0])} ${times}`.trim() : times || String(line.label ?? "");
    if (!text) continue;
    const size = chosen ? 11 : 10;
    context.font = `400 ${size}px ${face}`;
    const wide = context.measureText(text).width / 2 + 2;
    if (long < 2 * wide + 40) continue;
    const [x, y] = [(one.x + other.x) / 2, (one.y + other.y) / 2];
    const box = {owner: line.id, text, left: x - wide, right: x + wide, top: y - size / 2 - 1, bottom: y + size / 2 + 1};
    if (!room.isFree(box, (other) => other.text)) continue;
    room.add(box);
    painted.push(box);
    write(context, text, x, y, size, theme.quiet, 400, face);
  }
}
