// Where things stand: the map that was computed beforehand, rings around a focus, the tree of organisations, groups, paths.

const ROW = 34; // between two leaves of the tree, in canvas units
const STEP = 330; // between a body and those under it
const TILE = 210; // between two provinces
const MOST_GROUPS = 150;
const WIDEST = 150; // empty stretch of a map of which only a part is shown
const NOWHERE = "group-none"; // what belongs to no one province is linked with nearly all of them

const isGrouped = () => !state.focus && !state.path && (state.view === "provinces" || state.view === "communities");
const communityName = (number) => say("communityOf", {name: (ranked.find((entity) => entity.community === number) ?? {name: "?"}).name});

// The places as computed; turned for a screen that is higher than wide.
let isUpright = innerHeight > 1.15 * innerWidth;
const home = ({x = 0, y = 0}) => (isUpright ? {x: y, y: x} : {x, y});

// Returns the groups that stand for what passes the filter, each with its members by rank and its place.
function groups() {
  const key = JSON.stringify([state.filter, state.view, state.language]);
  if (groups.key === key) return groups.found;
  const isProvinces = state.view === "provinces";
  const members = grouped(filtered().entities, (entity) =>
    isProvinces ? entity.province ?? "none" : entity.community < MOST_GROUPS ? String(entity.community) : "none");
  groups.leftOut = isProvinces ? 0 : (members.get("none") ?? []).length;
  if (!isProvinces) members.delete("none"); // of no community, or of one beyond those that are shown: they are in the graph
  else for (const code of Object.keys(schema.provinces)) if (!members.has(code)) members.set(code, []); // what is missing is seen
  groups.key = key;
  groups.found = [...members].map(([value, group]) => ({
    id: `group-${value}`,
    value,
    name: isProvinces ? provinceLabel(value) || say("noProvince") : communityName(Number(value)),
    members: group,
    ...(isProvinces ? tile(value) : centre(group)),
  })).sort((one, other) => other.members.length - one.members.length || (one.id < other.id ? -1 : 1));
  return groups.found;
}

function tile(code) {
  const {column, row} = schema.provinces[code] ?? {column: 0.5, row: 6.2};
  return {x: column * TILE, y: row * TILE};
}

function centre(group) {
  const places = group.map((entity) => home(nodes.get(entity.id)));
  const mean = (axis) => Math.round(places.reduce((sum, at) => sum + at[axis], 0) / places.length);
  return {x: mean("x"), y: mean("y")};
}

const groupById = (id) => groups().find((group) => group.id === id);

// Returns the lines between the groups, with how many facts each stands for.
function groupLines() {
  const owner = new Map(groups().flatMap((group) => group.members.map((entity) => [entity, group.id])));
  const counts = new Map();
  for (const fact of filtered().facts) {
    const [one, other] = [owner.get(fact.subject), owner.get(fact.object)];
    if (one && other && one !== other && one !== NOWHERE && other !== NOWHERE) counts.set(pairKey(one, other), (counts.get(pairKey(one, other)) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => {
    const [from, to] = key.split("|");
    return {id: `between-${key}`, from, to, facts: count, width: 1 + Math.log2(count)};
  });
}

// A focused node stands in the middle, its neighbours around it in rings, one type beside the other; those at two steps
// outside, near the neighbour through which they are linked.
function rings() {
  const far = within(state.focus);
  const order = schema.types.map((type) => type.name);
  const near = [...far.keys()].filter((id) => far.get(id) === 1).map((id) => byId.get(id)).sort((one, other) =>
    order.indexOf(one.type) - order.indexOf(other.type) || other.facts.length - one.facts.length);
  const places = new Map([[state.focus.node, {x: 0, y: 0}]]);
  const count = Math.max(1, Math.ceil(near.length / 26));
  const around = (angle, radius) => ({x: Math.round(1.35 * radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle))});
  const inner = 190 + 30 * Math.min(4, near.length / 8);
  const angles = new Map(near.map((entity, place) => [entity.id, (2 * Math.PI * place) / near.length - Math.PI / 2]));
  near.forEach((entity, place) => places.set(entity.id, around(angles.get(entity.id), inner + (place % count) * 110)));
  const outer = [...far.keys()].filter((id) => far.get(id) === 2).map((id) =>
    [id, angles.get(near.find((entity) => entity.neighbours.has(id)).id)]).sort((one, other) => one[1] - other[1]);
  const radius = inner + count * 110 + Math.max(170, outer.length * 2.2);
  outer.forEach(([id], place) => places.set(id, around((2 * Math.PI * place) / outer.length - Math.PI / 2, radius + (place % 3) * 90)));
  return places;
}

// Returns the bodies that are under another, or have one under them, with their places: a body to the right of the one
// that it is under, one row a leaf.
function tree() {
  const key = JSON.stringify([state.filter, state.most, state.opened]);
  if (tree.key === key) return tree.found;
  const parents = new Map();
  const strength = (fact) => fact.sources + fact.confidence;
  for (const fact of filtered().facts) {
    if (fact.type !== "subordinate_to" || fact.subject === fact.object) continue;
    const known = parents.get(fact.subject);
    if (!known || strength(fact) > strength(known) || (strength(fact) === strength(known) && fact.object.id < known.object.id)) parents.set(fact.subject, fact);
  }
  const above = (entity) => parents.get(entity)?.object;
  const isInCircle = (entity) => {
    for (let one = above(entity), steps = 0; one && steps < 99; one = above(one), steps += 1) if (one === entity) return true;
    return false;
  };
  for (const entity of [...parents.keys()].sort((one, other) => (one.id < other.id ? -1 : 1))) if (isInCircle(entity)) parents.delete(entity);
  const members = new Set();
  const wanted = ranked.filter((entity) => parents.has(entity)).slice(0, state.most);
  for (const entity of [...wanted, ...state.opened.map((id) => byId.get(id)).filter((one) => parents.has(one))]) {
    for (let one = entity; one && !members.has(one); one = above(one)) members.add(one);
  }
  const below = grouped([...members].filter((entity) => above(entity)), above);
  const sizes = new Map();
  const size = (entity) => {
    if (!sizes.has(entity)) sizes.set(entity, (below.get(entity) ?? []).reduce((sum, child) => sum + size(child), 1));
    return sizes.get(entity);
  };
  const inOrder = (some) => some.sort((one, other) => size(other) - size(one) || (one.id < other.id ? -1 : 1));
  const places = new Map();
  let row = 0;
  const stand = (entity, depth) => {
    const children = inOrder(below.get(entity) ?? []).map((child) => stand(child, depth + 1));
    const y = children.length ? (children[0] + children.at(-1)) / 2 : row++ * ROW;
    places.set(entity.id, {x: depth * STEP, y: Math.round(y)});
    return y;
  };
  for (const root of inOrder([...members].filter((entity) => !above(entity)))) {
    stand(root, 0);
    row += 0.6;
  }
  tree.key = key;
  tree.found = places;
  tree.total = new Set([...parents.keys(), ...[...parents.values()].map((fact) => fact.object)]).size;
  tree.parents = parents;
  return places;
}

// Returns the places of what is shown, as a function of the id.
function placing() {
  if (state.path) {
    const row = [...visible()];
    return (id) => ({x: row.indexOf(id) * 260, y: (row.indexOf(id) % 2) * 90});
  }
  const places = state.focus ? rings() : isGrouped() ? new Map(groups().map(({id, x, y}) => [id, {x, y}])) : state.view === "tree" ? tree()
    : filtered().isWhole ? null : closer();
  return (id) => places?.get(id) ?? home(nodes.get(id));
}

// Returns the places on the map, the empty stretches between them narrowed.
function closer() {
  const ids = [...visible()];
  const places = new Map(ids.map((id) => [id, {...home(nodes.get(id))}]));
  for (const axis of ["x", "y"]) {
    const inOrder = [...places.values()].sort((one, other) => one[axis] - other[axis]);
    let before = inOrder[0]?.[axis];
    let taken = 0;
    for (const place of inOrder) {
      taken += Math.max(0, place[axis] - before - WIDEST);
      before = place[axis];
      place[axis] -= taken;
    }
  }
  return places;
}
