// What a fact or figure rests on: its sentences, the documents that they stand in, and how these are cited.

const namesOf = (entity) => [entity.name, ...(entity.aliases ?? []), ...(entity.traditional ?? [])];

// The sentences, closed until asked for: a list of facts must stay a list.
function proof(stated, ends, isOpen = false) {
  const details = make("details", {class: "proof"},
    make("summary", {}, say("evidence"), make("span", {class: "soft"}, ` · ${say("sources", {count: stated.sources})}`)));
  const fill = () => {
    if (details.childElementCount > 1) return;
    details.append(...stated.evidence.map((number) => quotation(number, ends)),
      make("p", {class: "soft small"}, `${say("confidence")} ${plain(Math.round(stated.confidence * 100) / 100)} · ${say("rule")} ${(stated.rules ?? []).join(", ")}`));
    for (const conflict of stated.conflicts ?? []) details.append(conflictNote(conflict, stated));
  };
  details.addEventListener("toggle", fill);
  if (isOpen) {
    details.open = true;
    fill();
  }
  return details;
}

function conflictNote(conflict, stated) {
  const others = conflict.facts.filter((id) => id !== stated.id && factById.has(id)).map((id) => factById.get(id));
  return make("p", {class: "doubt small"}, make("b", {}, say(conflict.kind)), " ", conflict.reason, " ",
    others.map((other) => [" · ", other.value === undefined ? [entityLink(other.subject), ` ${factTitle(other)}`] : `${amount(other)} ${other.what ?? ""}`]));
}

function quotation(number, ends) {
  const piece = sentences()[number];
  const original = make("blockquote", {lang: "zh"}, highlighted(piece, ends));
  const reading = piece.reading && make("div", {class: "reading"}, make("small", {}, say("reading")),
    make("blockquote", {lang: "zh-Hans"}, marked([...piece.reading], namePlaces(piece.reading, ends))));
  return make("figure", {class: "quotation"}, reading ? [make("small", {}, say("original")), original, reading] : original,
    make("figcaption", {}, citation(documents[piece.document], number),
      make("span", {class: "soft"}, ` · ${say("characters", {start: piece.start, end: piece.end})}`), citing(documents[piece.document])));
}

// Returns the line that names a document; its title opens it, at the sentence if there is one.
function citation(paper, sentence) {
  const number = documents.indexOf(paper);
  const about = [paper.date, paper.source, (paper.authors ?? []).join("、")].filter(Boolean);
  return make("span", {class: "citation"},
    button({class: "title", lang: "zh", onclick: () => openReader(number, sentence)}, paper.title ?? paper.name), " ",
    about.map((part, place) => [place ? " · " : "", linked(part)]), about.length ? " · " : "", make("span", {class: "file"}, paper.name),
    paper.url ? [" · ", linked(paper.url)] : "");
}

// Returns the forms in which a document is cited, each to be copied.
function citing(paper) {
  const forms = [["GB/T 7714", paper.gbt7714], ["BibTeX", paper.bibtex], ["RIS", paper.ris], ["CSL-JSON", JSON.stringify([paper.csl], null, 1)]];
  return make("details", {class: "citing"}, make("summary", {}, say("cite")),
    forms.map(([name, text]) => make("div", {}, make("p", {class: "soft small"}, name, " ",
      button({class: "copy", "data-form": name, onclick: ({currentTarget}) => copy(text, currentTarget)}, say("copy"))), make("pre", {lang: "zh", tabindex: "0"}, text))));
}

async function copy(text, from) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // a browser that has no clipboard for local files: the text is marked, to be copied by hand
    getSelection().selectAllChildren(from.closest("div").querySelector("pre"));
    from.textContent = say("copyByHand");
    return;
  }
  from.textContent = say("copied");
}

// Returns the sentence with the names of its subject and object marked, and foreign text that splits it struck out.
// Offsets count code points, which are not the units of a JavaScript string.
function highlighted(piece, ends) {
  const characters = [...(piece.quote ?? "")];
  const marks = namePlaces(piece.quote ?? "", ends);
  if (piece.parts) {
    const inside = (place) => piece.parts.some(([start, end]) => start <= place && place < end);
    characters.forEach((_, place) => { if (!inside(piece.start + place)) marks[place] = "foreign"; });
  }
  return marked(characters, marks);
}

// Returns for each character whether it is part of a name.
function namePlaces(text, ends) {
  const characters = [...text];
  const numbers = characters.flatMap((character, number) => new Array(character.length).fill(number));
  const marks = new Array(characters.length).fill("");
  for (const name of ends.flatMap(namesOf).filter(Boolean)) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      marks.fill("name", numbers[at], numbers[at + name.length - 1] + 1);
    }
  }
  return marks;
}

// Returns the characters in runs of equal marks.
function marked(characters, marks) {
  const pieces = [];
  for (let start = 0, end = 0; start < characters.length; start = end) {
    while (end < characters.length && marks[end] === marks[start]) end += 1;
    const run = characters.slice(start, end).join("");
    pieces.push(marks[start] === "name" ? make("mark", {}, run) : marks[start] === "foreign" ? make("s", {}, run) : run);
  }
  return pieces;
}
