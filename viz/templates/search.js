// The search box: Chinese substring, aliases, traditional script, pinyin and initials.

const MOST_HITS = 12;
const simplified = new Map();
for (let at = 0, letters = [...known.simplified]; at < letters.length; at += 2) simplified.set(letters[at], letters[at + 1]);
const IGNORED = new Set("“”‘’\"'「」『』《》〈〉·•・ \u3000");

// Returns what of a name is compared: width, case, script, spaces and quotation marks make no difference.
function comparable(name) {
  return [...name.normalize("NFKC").toLowerCase()].map((letter) => (IGNORED.has(letter) ? "" : simplified.get(letter) ?? letter)).join("");
}

// What entities are found by, made when the first one is looked for.
const indexed = lazy(() => {
  for (const entity of entities) {
    const syllables = (entity.pinyin ?? "").toLowerCase().replaceAll("ü", "v").split(/\s+/).filter(Boolean);
    entity.names = [entity.name, ...(entity.aliases ?? []), ...(entity.traditional ?? [])];
    entity.keys = entity.names.map(comparable);
    entity.sound = syllables.join("");
    entity.initials = syllables.map((syllable) => syllable[0]).join("");
  }
  return true;
});

// Returns how well an entity answers, lower is better, or Infinity; and the alias that answered.
function answer(entity, query, sound) {
  let best = Infinity;
  let alias = "";
  entity.keys.forEach((key, place) => {
    const at = key.indexOf(query);
    if (at < 0) return;
    const score = (key === query ? 0 : at === 0 ? 2 : 4) + (place ? 1 : 0);
    if (score < best) [best, alias] = [score, place ? entity.names[place] : ""];
  });
  if (sound) {
    const score = entity.initials === sound ? 3 : entity.initials.startsWith(sound) ? 5
      : entity.sound.startsWith(sound) ? 6 : entity.initials.includes(sound) && sound.length > 1 ? 7
      : entity.sound.includes(sound) && sound.length > 2 ? 8 : Infinity;
    if (score < best) [best, alias] = [score, ""];
  }
  return {entity, score: best, alias};
}

function find(text) {
  const query = comparable(text);
  if (!query) return [];
  indexed();
  const sound = /^[a-zü]+$/.test(query) ? query.replaceAll("ü", "v") : "";
  return entities
    .map((entity) => answer(entity, query, sound))
    .filter((hit) => hit.score < Infinity)
    .sort((one, other) => one.score - other.score || other.entity.facts.length - one.entity.facts.length);
}

// Returns what tells an entity from others of its name: its province, else what it is linked with.
function distinction(entity) {
  return provinceLabel(entity.province) || [...entity.neighbours].map((id) => byId.get(id)).sort((one, other) => other.facts.length - one.facts.length)[0]?.name || "";
}

const box = document.getElementById("search");
const list = document.getElementById("hits");
let hits = [];
let active = -1;

function showHits() {
  const found = find(box.value);
  hits = found.slice(0, MOST_HITS);
  active = hits.length ? 0 : -1;
  list.replaceChildren(...hits.map(({entity, alias}, place) =>
    make("li", {id: `hit-${place}`, role: "option", onmousedown: (event) => event.preventDefault(), onclick: () => choose(place)},
      dot(entity.type), make("span", {class: "hit-name"}, entity.name, alias && make("small", {}, ` ${alias}`),
        found.some((other) => other.entity !== entity && other.entity.name === entity.name) && make("small", {}, ` ${distinction(entity)}`)),
      make("small", {}, filtered().ids.has(entity.id) ? "" : `${say("hiddenByFilters")} · `, typeLabel(entity)))));
  document.getElementById("further").textContent = !hits.length ? say("noHits")
    : found.length > hits.length ? `+ ${plain(found.length - hits.length)}` : "";
  openHits(box.value.trim() !== "");
  mark();
}

function openHits(open) {
  document.getElementById("results").hidden = !open;
  box.setAttribute("aria-expanded", String(open));
}

function mark() {
  [...list.children].forEach((item, place) => {
    item.setAttribute("aria-selected", String(place === active));
    if (place === active) item.scrollIntoView({block: "nearest"});
  });
  if (active >= 0) box.setAttribute("aria-activedescendant", `hit-${active}`);
  else box.removeAttribute("aria-activedescendant");
}

function choose(place) {
  const hit = hits[place];
  if (!hit) return;
  box.value = "";
  openHits(false);
  box.blur();
  if (linking) linkTo(hit.entity.id);
  else goTo(hit.entity.id);
}

box.addEventListener("input", showHits);
box.addEventListener("focus", () => box.value.trim() && showHits());
box.addEventListener("blur", () => openHits(false));
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // the arrows and Enter belong to the input method now
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (step && hits.length) {
    active = (active + step + hits.length) % hits.length;
    mark();
    event.preventDefault();
  } else if (event.key === "Enter") {
    choose(active);
    event.preventDefault();
  }
});
