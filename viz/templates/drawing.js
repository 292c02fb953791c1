// The picture as a drawing: what is on the screen, with a title over it and a legend under it, as SVG, as PNG, and on paper.

const NOT_IN_FILES = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/gu; // some format or reader does not take them
const inXml = (text) => String(text).replace(NOT_IN_FILES, "").replace(/[&<>"\t\r\n]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const tag = (name, attributes, ...content) => `<${name}${Object.entries(attributes).filter(([, value]) => value !== undefined).map(([key, value]) =>
  ` ${key}="${inXml(typeof value === "number" ? Math.round(value * 100) / 100 : value)}"`).join("")}>${content.flat().join("")}</${name}>`;
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

const HEAD = 62; // pixels over the picture
const MARGIN = 20;
const pen = make("canvas").getContext("2d");

function written(text, x, y, {size = 12, weight = 400, fill = theme.quiet, ...more} = {}) {
  return tag("text", {x, y: y + 0.36 * size, "font-size": size, "font-weight": weight, fill, ...more}, inXml(text));
}

function widthOf(text, size, weight = 400) {
  pen.font = `${weight} ${size}px ${font().face}`;
  return pen.measureText(text).width;
}

function cutTo(wide, text, size, weight) {
  const characters = [...text];
  if (widthOf(text, size, weight) <= wide) return text;
  while (characters.length && widthOf(`${characters.join("")}…`, size, weight) > wide) characters.pop();
  return `${characters.join("")}…`;
}

// Returns what is shown in a few words: of which view or node, under which filters.
function subject() {
  const {focus, path} = state;
  const named = path ? `${byId.get(path.from).name} ⇢ ${byId.get(path.to).name}` : focus ? say("focused", {name: byId.get(focus.node).name}) : say(state.view);
  return [named, ...chips().map((chip) => chip.firstChild.textContent)].join(" · ");
}

function amounts() {
  const {entities: some, facts: stated, figures: numbers} = shownPart();
  return say("passing", {entities: some.length, facts: stated.length, figures: numbers.length});
}

// Returns the line with its arrows, from the middle of one dot to the border of the other, as vis-network draws it.
function lineMarkup(line) {
  const scale = picture.getScale();
  const values = picture.body.edges[line.id].getFormattingValues();
  const places = picture.getPositions([line.from, line.to]);
  const [from, to] = [places[line.from], places[line.to]].map((place) => picture.canvasToDOM(place));
  const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
  if (Math.max(from.x, to.x) < 0 || Math.min(from.x, to.x) > wide || Math.max(from.y, to.y) < 0 || Math.min(from.y, to.y) > high) return "";
  const width = values.width * scale;
  const radius = (id) => (shownNodes.get(id).size ?? 0) * scale;
  const dashes = values.dashes && (Array.isArray(values.dashes) ? values.dashes : [5, 5]).map((dash) => Math.round(dash * scale * 100) / 100).join(" ");
  const stroke = {fill: "none", stroke: values.color ?? theme.line, "stroke-width": width, "stroke-opacity": values.opacity, "stroke-dasharray": dashes || undefined};
  if (line.from === line.to) {
    const size = 14 * scale;
    return tag("path", {d: `M${from.x} ${from.y}a${size} ${size} 0 1 1 ${radius(line.from)} ${-radius(line.from)}`, ...stroke});
  }
  const isCurve = Boolean(line.smooth);
  const angle = isCurve ? (to.x < from.x ? Math.PI : 0) : Math.atan2(to.y - from.y, to.x - from.x);
  const heads = [];
  // Puts an arrow's head at a dot, and returns where the line behind it ends.
  const pointed = (dot, id, towards, arrowScale) => {
    const along = (away) => ({x: dot.x - (radius(id) + away) * Math.cos(towards), y: dot.y - (radius(id) + away) * Math.sin(towards)});
    const long = (15 * arrowScale + 3 * values.width) * scale;
    const [tip, core] = [along(1), along(1 + 0.9 * long)];
    const wing = (side) => `${tip.x - long * Math.cos(towards + side)} ${tip.y - long * Math.sin(towards + side)}`;
    heads.push(tag("path", {d: `M${tip.x} ${tip.y}L${wing(0.29)} ${core.x} ${core.y} ${wing(-0.29)}z`, fill: stroke.stroke, "fill-opacity": values.opacity}));
    return core;
  };
  const start = values.fromArrow ? pointed(from, line.from, angle + Math.PI, values.fromArrowScale) : from;
  const end = values.toArrow ? pointed(to, line.to, angle, values.toArrowScale) : to;
  const middle = (start.x + end.x) / 2;
  const way = isCurve ? `C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}` : `L${end.x} ${end.y}`;
  return tag("path", {d: `M${start.x} ${start.y}${way}`, ...stroke}) + heads.join("");
}

function dotMarkup({id, shape, label: text}) {
  const scale = picture.getScale();
  const values = picture.body.nodes[id].getFormattingValues();
  const {x, y} = picture.canvasToDOM(picture.getPosition(id));
  const radius = values.size * scale;
  if (x < -radius || y < -radius || x > canvas.clientWidth + radius || y > canvas.clientHeight + radius) return "";
  const circle = tag("circle", {cx: x, cy: y, r: radius, fill: values.color, stroke: values.borderColor, "stroke-width": values.borderWidth * scale, opacity: values.opacity});
  return circle + (shape === "dot" || !text ? "" : written(text, x, y + radius + 9, {"text-anchor": "middle", fill: theme.ink}));
}

// A label stands where it is painted on the screen; its box is a little larger than its letters.
function labelMarkup({owner, text, left, right, top, bottom}) {
  const isLine = drawnLines.has(owner);
  const isMajor = majors.has(owner);
  const fill = isLine ? theme.quiet : isMajor || bright() ? font().color : theme.soft;
  return written(text, (left + right) / 2, (top + bottom) / 2, {
    size: bottom - top - (isLine ? 2 : 3), weight: isMajor ? 600 : 400, fill, "text-anchor": "middle",
    stroke: theme.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
  });
}

// Returns the legend as rows of markup: the types that are shown, what the lines mean, and where the picture comes from.
function legendRows(wide) {
  const counts = new Map(counted(shownPart().entities.map((entity) => entity.type)));
  const key = (word, more) => [say(word), (x, y) => tag("path", {d: `M${x} ${y}h18`, stroke: theme.quiet, "stroke-width": 1.5, ...more})];
  const kinds = [...types.values()].filter((type) => counts.has(type.name)).map((type) => [`${label(type)} ${plain(counts.get(type.name))}`,
    (x, y) => tag("rect", {x: x + 4, y: y - 5, width: 10, height: 10, rx: 5, fill: onGround(type.colour)})]);
  const rows = [];
  for (const items of isGrouped() ? [] : [kinds, [key("statedLine"), key("planned", {"stroke-dasharray": "4 3"}), key("severalSources", {"stroke-width": 4})]]) {
    let x = Infinity;
    for (const [text, mark] of items) {
      const long = 40 + widthOf(text, 12);
      if (x + long > wide) {
        rows.push([]);
        x = MARGIN;
      }
      const at = x;
      rows.at(-1).push((y) => mark(at, y) + written(text, at + 24, y, {fill: theme.soft}));
      x += long;
    }
  }
  const source = say("madeFrom", {title: document.title, count: documents.length, documents: documents.length});
  return [...rows, [(y) => written(cutTo(wide - 2 * MARGIN, source, 11), MARGIN, y, {size: 11})]];
}

// Returns the picture as SVG, its sides so many times as long as on the screen.
function svg(times = 1) {
  const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
  const rows = legendRows(wide);
  const whole = HEAD + high + 18 + 22 * rows.length;
  const group = (name, content) => tag("g", {class: name}, content.filter(Boolean).map((one) => `\n${one}`));
  return `${XML}${tag("svg", {xmlns: "http://www.w3.org/2000/svg", width: wide * times, height: whole * times, viewBox: `0 0 ${wide} ${whole}`, "font-family": font().face},
    tag("title", {}, inXml(document.title)), tag("rect", {width: wide, height: whole, fill: theme.paper}),
    group("heading", [
      written(cutTo(wide - 2 * MARGIN, document.title, 18, 650), MARGIN, 24, {size: 18, weight: 650, fill: theme.ink}),
      written(cutTo(wide - 2 * MARGIN, `${subject()} · ${amounts()}`, 12), MARGIN, 48),
    ]),
    tag("svg", {y: HEAD, width: wide, height: high}, // which clips what reaches over its edge
      group("lines", [...drawnLines.values()].map(lineMarkup)), group("dots", [...cast.values()].map(dotMarkup)), group("labels", painted.map(labelMarkup))),
    group("legend", rows.map((row, number) => row.map((item) => item(HEAD + high + 20 + 22 * number)).join(""))))}\n`;
}

// Returns the same picture as a PNG, at twice the resolution of the screen.
async function png() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg(2))}`;
  await image.decode();
  const sheetOfPixels = make("canvas", {width: image.naturalWidth, height: image.naturalHeight});
  sheetOfPixels.getContext("2d").drawImage(image, 0, 0);
  return new Promise((resolve) => sheetOfPixels.toBlob(resolve, "image/png"));
}

// On paper the drawing stands in for the picture, whose pixels and colours would not print well.
addEventListener("beforeprint", () => {
  if (state.view === "table") return;
  if (dark.matches) turnTheme(true);
  const printed = new DOMParser().parseFromString(svg(), "image/svg+xml").documentElement;
  printed.setAttribute("class", "printed");
  document.getElementById("stage").prepend(printed);
});
addEventListener("afterprint", () => {
  document.querySelector(".printed")?.remove();
  if (root.classList.contains("on-paper")) turnTheme(false);
});

// Paper is light, also where the screen is dark.
function turnTheme(isPaper) {
  root.classList.toggle("on-paper", isPaper);
  readTheme();
  picture.setOptions(options());
  draw();
}
