// Edges as a picture: layers from left to right, the same for the same edges. What it shows, the table says too.
const LABELS = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label"];
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const ENDS = { from: ["from", "source", "subject"], to: ["to", "target", "object"], says: ["relation", "predicate"] };
// Colours that stay apart for colour-blind readers (Okabe and Ito 2008), each with a dash of its own.
const STYLES = [["#0072B2", ""], ["#D55E00", "7 3"], ["#7a7a7a", "2 3"], ["#009E73", "12 3"], ["#CC79A7", "7 3 2 3"], ["#B08800", "4 4"], ["#8a6fd1", "12 3 2 3"], ["#56B4E9", "1 4"]];
const BOX = { width: 200, gap: 150, row: 12, line: 14, letters: 27 };

const styleOf = (number) => [STYLES[number % STYLES.length][0], STYLES[(number + Math.floor(number / STYLES.length)) % STYLES.length][1]];

// The edges of triples, or of rows that name two ends; none if nothing is an edge.
const edgesOf = (found) => {
  const at = (names) => names.map((name) => found.columns.indexOf(name)).find((place) => place >= 0) ?? -1;
  const [from, to, says] = [at(ENDS.from), at(ENDS.to), at(ENDS.says)];
  if (from < 0 || to < 0) return [];
  const edges = new Map();
  for (const row of found.rows) {
    const [source, target, relation] = [row[from], row[to], row[says] ?? null];
    if (source?.type !== "uri" || target?.type !== "uri" || relation?.value === TYPE || LABELS.includes(relation?.value)) continue;
    const edge = { source: source.value, target: target.value, relation };
    edges.set(JSON.stringify([edge.source, relation?.value, edge.target]), edge);
  }
  return [...edges.keys()].sort().map((key) => edges.get(key));
};

// The layer of each node: one more than the farthest before it; an edge that closes a circle does not count.
const layersOf = (nodes, edges) => {
  const next = new Map(nodes.map((node) => [node, []]));
  for (const edge of edges) if (edge.source !== edge.target) next.get(edge.source).push(edge.target);
  const state = new Map();
  const order = [];
  const closing = new Set();
  const visit = (node) => {
    state.set(node, "open");
    for (const target of next.get(node)) {
      if (state.get(target) === "open") closing.add(`${node} ${target}`);
      else if (!state.has(target)) visit(target);
    }
    state.set(node, "done");
    order.unshift(node);
  };
  for (const node of nodes) if (!state.has(node)) visit(node);
  const layer = new Map(nodes.map((node) => [node, 0]));
  for (const node of order) {
    for (const target of next.get(node)) if (!closing.has(`${node} ${target}`)) layer.set(target, Math.max(layer.get(target), layer.get(node) + 1));
  }
  return layer;
};

const wrapped = (text) => {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= BOX.letters) lines.push(word);
    else lines[last] += (lines[last] && " ") + word;
  }
  const kept = lines.slice(0, 3).map((line) => (line.length > BOX.letters ? `${line.slice(0, BOX.letters - 1)}…` : line));
  return lines.length > 3 ? [...kept.slice(0, 2), `${kept[2].slice(0, BOX.letters - 1)}…`] : kept;
};

// Each node with its place: in its layer, in the order of the nodes that lead to it.
const placesOf = (nodes, edges, name) => {
  const layer = layersOf(nodes, edges);
  const before = new Map(nodes.map((node) => [node, []]));
  for (const edge of edges) before.get(edge.target).push(edge.source);
  const boxes = new Map();
  const columns = [...new Set(layer.values())].sort((a, b) => a - b).map((number) => nodes.filter((node) => layer.get(node) === number));
  const middle = (node) => {
    const known = before.get(node).filter((other) => boxes.has(other)).map((other) => boxes.get(other).y);
    return known.length ? known.reduce((a, b) => a + b, 0) / known.length : 0;
  };
  columns.forEach((column, number) => {
    let y = 20;
    const ordered = column.map((node) => [middle(node), name(node), node]).sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
    for (const [, , node] of ordered) {
      const lines = wrapped(name(node));
      const height = lines.length * BOX.line + 10;
      boxes.set(node, { x: 20 + number * (BOX.width + BOX.gap), y, lines, height });
      y += height + BOX.row;
    }
  });
  return boxes;
};

const svg = (tag, given, ...content) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  made.append(...content);
  return made;
};

const pictureOf = (found, most, context) => {
  const all = edgesOf(found);
  if (!all.length) return null;
  const edges = all.slice(0, most);
  const own = new Map(found.rows.filter((row) => LABELS.includes(row[1]?.value)).map((row) => [row[0].value, row[2].value]));
  const name = (iri) => printable(context.labels.get(iri) ?? own.get(iri) ?? iri.replace(/^.*[#/](?=.)/, ""));
  const nodes = [...new Set(edges.flatMap((edge) => [edge.source, edge.target]))].sort();
  const boxes = placesOf(nodes, edges, name);
  const said = (edge) => (edge.relation ? (edge.relation.type === "uri" ? name(edge.relation.value) : printable(edge.relation.value)) : "leads to");
  const relations = [...new Set(edges.map(said))].sort();
  const style = (relation) => styleOf(relations.indexOf(relation));
  const width = Math.max(...[...boxes.values()].map((box) => box.x)) + BOX.width + 40;
  const height = Math.max(...[...boxes.values()].map((box) => box.y + box.height)) + 20;
  const title = `${edges.length} edges between ${nodes.length} things`;
  const drawn = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": title });
  for (const edge of edges) drawn.append(arrow(edge, boxes, style(said(edge)), `${name(edge.source)}: ${said(edge)} ${name(edge.target)}`));
  for (const node of nodes) drawn.append(boxOf(boxes.get(node), leadsTo({ type: "uri", value: node }, "", context.places, context.names), name(node)));
  const legend = make("ul", { className: "legend" }, ...relations.map((relation) => make("li", {}, sample(style(relation)), ` ${relation}`)));
  const note = all.length > most ? `; the first ${most} of ${all.length.toLocaleString("en")} edges are drawn, the table has the rest` : "";
  const shown = make("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": `Graph: ${title}` }, drawn);
  return make("details", { open: true }, make("summary", {}, `As a graph: ${title}${note}`), shown, legend);
};

const arrow = (edge, boxes, [colour, dash], words) => {
  const [a, b] = [boxes.get(edge.source), boxes.get(edge.target)];
  const [x1, y1, x2, y2] = [a.x + BOX.width, a.y + a.height / 2, b.x, b.y + b.height / 2];
  const bend = Math.max(Math.abs(x2 - x1) / 2, 60);
  const way = svg("path", { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, stroke: colour, "stroke-dasharray": dash });
  const tip = svg("path", { d: `M${x2 - 7} ${y2 - 4}L${x2} ${y2}L${x2 - 7} ${y2 + 4}`, stroke: colour });
  return svg("g", {}, svg("title", {}, words), way, tip);
};

const boxOf = (box, to, words) => {
  const lines = box.lines.map((line, number) => svg("tspan", { x: box.x + 8, dy: number ? BOX.line : 0 }, line));
  const parts = [svg("rect", { x: box.x, y: box.y, width: BOX.width, height: box.height, rx: 4 }), svg("text", { x: box.x + 8, y: box.y + 17 }, ...lines)];
  return to ? svg("a", { href: to }, svg("title", {}, words), ...parts) : svg("g", {}, svg("title", {}, words), ...parts);
};

const sample = ([colour, dash]) => svg("svg", { width: 48, height: 10, "aria-hidden": "true" }, svg("path", { d: "M0 5h48", stroke: colour, "stroke-dasharray": dash }));
