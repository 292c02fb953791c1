// How two entities are linked. The way is the one of `unionkg path`: passing through an entity costs the logarithm of how
// many others it is linked with, so that the way does not go through what everything is linked with
// (doi:10.1371/journal.pone.0128193).

const LONGEST_PATH = 6;

// Returns the nodes of the best path by facts that pass the filter and are not planned, and the facts of its steps; or null.
function findPath({from, to}) {
  const key = JSON.stringify([from, to, state.filter]);
  if (findPath.key === key) return findPath.found;
  findPath.key = key;
  findPath.found = null;
  const {ids, holds} = filtered();
  const between = (one, other) => lineOfPair.get(pairKey(one, other)).said.filter((fact) => holds(fact) && fact.modality !== "planned");
  const links = new Map(); // by id: those that it is linked with, and how much doubt there is about the surest fact
  const around = (id) => {
    if (!links.has(id)) {
      const linked = [...byId.get(id).neighbours].filter((other) => ids.has(other)).map((other) => [other, between(id, other)]);
      links.set(id, new Map(linked.filter(([, facts]) => facts.length).map(([other, facts]) =>
        [other, Math.round(1000 * (1 - Math.max(...facts.map((fact) => fact.confidence))))])));
    }
    return links.get(id);
  };
  const near = new Map([[to, 0]]); // steps to the end
  for (let ring = [to], steps = 1; ring.length && steps <= LONGEST_PATH; steps += 1) {
    ring = [...new Set(ring.flatMap((id) => [...around(id).keys()]))].filter((id) => !near.has(id));
    for (const id of ring) near.set(id, steps);
  }
  if (!near.has(from) || from === to) return null;
  const heap = [{price: 0, doubt: 0, nodes: [from]}];
  const fewest = new Map();
  const isBefore = (one, other) => one.price - other.price || one.nodes.length - other.nodes.length || one.doubt - other.doubt
    || (one.nodes.join() < other.nodes.join() ? -1 : 1);
  while (heap.length) {
    const path = takeFirst(heap, isBefore);
    const here = path.nodes.at(-1);
    const steps = path.nodes.length - 1;
    if (here === to) {
      findPath.found = {nodes: path.nodes, steps: path.nodes.slice(1).map((node, place) => between(path.nodes[place], node))};
      return findPath.found;
    }
    if ((fewest.get(here) ?? Infinity) <= steps) continue;
    fewest.set(here, steps);
    const price = path.price + (here === from ? 0 : Math.round(1000 * Math.log(around(here).size)));
    for (const [other, doubt] of around(here)) {
      if (steps + 1 + (near.get(other) ?? Infinity) > LONGEST_PATH || (fewest.get(other) ?? Infinity) <= steps + 1) continue;
      putIn(heap, {price, doubt: path.doubt + doubt, nodes: [...path.nodes, other]}, isBefore);
    }
  }
  return null;
}

// A heap in a list: the first comes out first.
function putIn(heap, item, compare) {
  heap.push(item);
  for (let place = heap.length - 1; place > 0;) {
    const above = (place - 1) >> 1;
    if (compare(heap[place], heap[above]) >= 0) return;
    [heap[place], heap[above]] = [heap[above], heap[place]];
    place = above;
  }
}

function takeFirst(heap, compare) {
  const top = heap[0];
  const last = heap.pop();
  if (!heap.length) return top;
  heap[0] = last;
  for (let place = 0; ;) {
    const below = [2 * place + 1, 2 * place + 2].filter((one) => one < heap.length).sort((one, other) => compare(heap[one], heap[other]))[0];
    if (below === undefined || compare(heap[place], heap[below]) <= 0) return top;
    [heap[place], heap[below]] = [heap[below], heap[place]];
    place = below;
  }
}
