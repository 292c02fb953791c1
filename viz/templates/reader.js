// A document: its whole text with everything that is named in it, as printed and as restored.

const reader = document.getElementById("reader");

function openReader(number, sentence) {
  change({reader: {document: number, sentence}});
}

function showReader() {
  reader.hidden = !state.reader;
  document.getElementById("main").inert = Boolean(state.reader);
  if (!state.reader) return reader.replaceChildren();
  const number = state.reader.document;
  const paper = documents[number];
  const about = [paper.date, paper.source, (paper.authors ?? []).join("、"), paper.number].filter(Boolean);
  const text = texts()[number];
  const copies = documents.filter((other) => other.cluster === paper.cluster && other !== paper && paper.cluster !== undefined);
  reader.replaceChildren(make("article", {},
    make("header", {},
      button({id: "leave", class: "action", onclick: closeReader}, `← ${say("backToGraph")}`),
      make("h2", {lang: "zh", id: "reader-title"}, paper.title ?? paper.name),
      make("p", {class: "soft"}, about.map((part, place) => [place ? " · " : "", linked(part)]), about.length ? " · " : "", paper.name, paper.url ? [" · ", linked(paper.url)] : ""),
      citing(paper),
      copies.length ? make("p", {class: "soft small"}, say("copies"), " ", copies.slice(0, 9).map((other) => make("span", {class: "copy-of"}, citation(other)))) : null,
      make("p", {class: "actions"}, button({class: "action", onclick: () => change({reader: null, filter: {...NO_FILTER, document: paper.id}})}, `▽ ${say("onlyDocument")}`))),
    text ? wholeText(text) : saidIn(number)));
  const at = reader.querySelector(".said");
  if (at) at.scrollIntoView({block: "center"});
  else reader.scrollTop = 0;
  reader.querySelector("#leave").focus({preventScroll: true});
}

function closeReader() {
  change({reader: null});
  panel.focus({preventScroll: true});
}

// Where the page has no room for the text: the sentences that say something, in order.
function saidIn(number) {
  const pieces = sentences().flatMap((piece, place) => (piece.document === number ? [{...piece, place}] : []));
  return make("div", {}, make("p", {class: "soft"}, say("noText")),
    pieces.sort((one, other) => one.start - other.start).map((piece) => make("figure", {class: `quotation${piece.place === state.reader.sentence ? " said" : ""}`},
      make("blockquote", {lang: "zh"}, highlighted(piece, [])), piece.reading ? make("blockquote", {lang: "zh-Hans", class: "reading"}, piece.reading) : null)));
}

function wholeText(text) {
  const sentence = state.reader.sentence === undefined ? null : sentences()[state.reader.sentence];
  const characters = [...text.text];
  // The text is cut wherever something begins or ends, so that a piece is of one kind throughout.
  const named = outermost(text.mentions ?? []);
  const foreign = (text.foreign ?? []).toSorted((one, other) => one[0] - other[0]);
  const edits = text.edits ?? [];
  const cuts = [...new Set([0, characters.length, ...named.flatMap(([start, end]) => [start, end]), ...foreign.flatMap(([start, end]) => [start, end]),
    ...edits.flatMap(([start, end]) => [start, end]), ...(sentence ? [sentence.start, sentence.end] : []),
    ...characters.flatMap((character, place) => (character === "\n" ? [place, place + 1] : []))])].filter((cut) => cut <= characters.length).sort((one, other) => one - other);
  const spans = intervals(named);
  const noise = intervals(foreign);
  const changed = intervals(edits.filter(([start, end]) => end > start));
  const inserted = new Map(edits.filter(([start, end]) => start === end).map((edit) => [edit[0], edit]));
  const hasReading = edits.length > 0;
  const rows = [{original: [], restored: []}];
  const add = (side, content) => rows.at(-1)[side].push(content);
  for (let place = 0; place < cuts.length; place += 1) {
    const [start, end] = [cuts[place], cuts[place + 1] ?? cuts[place]];
    if (inserted.has(start)) add("restored", make("ins", {title: inserted.get(start)[3]}, inserted.get(start)[2]));
    if (start === end) continue;
    const run = characters.slice(start, end).join("");
    const edit = changed(start);
    const isScript = edit?.[3] === "script"; // which changes no word, and is not worth a mark
    if (run === "\n" && !edit) {
      rows.push({original: [], restored: []});
      continue;
    }
    const mention = spans(start);
    const isSaid = sentence && start >= sentence.start && end <= sentence.end;
    const wrapped = (content, isFirst) => {
      const inside = mention ? mentionMark(entities[mention[2]], content, isFirst && start === mention[0]) : content;
      return isSaid ? make("span", {class: "said"}, inside) : inside;
    };
    const kind = noise(start)?.[2];
    add("original", wrapped(kind ? make("s", {title: noiseLabel(kind)}, run) : edit && !isScript ? make("u", {title: `${edit[2] || "∅"} · ${edit[3]}`}, run) : run, true));
    if (!edit) add("restored", wrapped(kind ? make("s", {title: noiseLabel(kind)}, run) : run, false));
    else if (start === edit[0] && edit[2]) add("restored", wrapped(isScript ? edit[2] : make("ins", {title: `${characters.slice(edit[0], edit[1]).join("")} · ${edit[3]}`}, edit[2]), false));
  }
  return make("div", {class: `whole${hasReading ? " two" : ""}`},
    make("p", {class: "soft small key"}, say(hasReading ? "readerHintRestored" : "readerHint", {count: named.length})),
    hasReading ? make("div", {class: "line head"}, make("b", {}, say("original")), make("b", {}, say("reading"))) : null,
    rows.map(({original, restored}) => make("div", {class: "line"}, make("p", {lang: "zh"}, original), hasReading ? make("p", {lang: "zh-Hans"}, restored) : null)));
}

const noiseLabel = (kind) => (Object.hasOwn(words.zh, kind) ? say(kind) : kind);

// Names inside names are left to the longer ones.
function outermost(mentions) {
  const found = [];
  for (const mention of mentions.toSorted((one, other) => one[0] - other[0] || other[1] - one[1])) {
    if (!found.length || mention[0] >= found.at(-1)[1]) found.push(mention);
  }
  return found;
}

// Returns a function from a place to the interval that holds it; places are asked for in order.
function intervals(rows) {
  let at = 0;
  return (place) => {
    while (at < rows.length && rows[at][1] <= place) at += 1;
    return at < rows.length && rows[at][0] <= place ? rows[at] : undefined;
  };
}

// The first piece of a name is a button, the rest and the other column are painted only: a name is one stop of the Tab key.
function mentionMark(entity, content, isStop) {
  const go = () => goTo(entity.id);
  const element = isStop ? button({class: "mention", title: typeLabel(entity), onclick: go}, content) : make("span", {class: "mention", onclick: go}, content);
  element.style.setProperty("--type", `var(--type-${entity.type})`);
  return element;
}
