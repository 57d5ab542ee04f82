(() => {
  const data = read("data"), joined = read("ends"), told = data.nodes, groups = told.holds.length;
  const nodes = read("labels").map((label, id) => {
    const node = { id, label, kind: told.kind[id], at: told.at[id] ?? {}, name: told.name[id] ?? label, means: told.means[id] ?? "" };
    if (id < groups) return { ...node, iri: "", holds: told.holds[id] };
    const within = told.within[id - groups], iri = told.iri[id - groups].replace(/^:/, data.term);
    return within < 0 ? { ...node, iri } : { ...node, iri, within };
  });
  for (const look of data.looks) {
    for (const name of ["r", "s", "g", "b"]) look[name] = data.words[look[name]] ?? "";
    look.d = (look.d ?? []).map((word) => data.words[word]);
    look.t ??= "p";
    look.l ??= "ea";
  }
  const edges = joined.from.map((from, id) => ({ ...data.looks[data.edges.look[id]], id, from, to: joined.to[id], f: data.edges.findings?.[id] }));
  const things = new Map(nodes.map((node) => [node.id, node]));
  const members = new Map();
  for (const node of nodes) if ("within" in node) members.set(node.within, [...(members.get(node.within) ?? []), node.id]);
  const form = at("filters"), panel = at("panel"), body = at("panel-body"), title = at("panel-title");
  const room = (id) => (things.get(id).label.length > 34 ? 64 : 46);

  // --- what is drawn how -------------------------------------------------------------------------------------------
  const MARKS = {
    rises: "▲", falls: "▼", normalised: "◆", "no-significant-change": "n.s.", "not-increased": "not ▲",
    "not-decreased": "not ▼", mixed: "▲▼", moved: "↕", unclear: "?",
  };
  const OWN_MARKS = { needed: "needed", "kept-when-blocked": "kept", relieves: "relief", "no-relief": "no relief" };
  const SIGN_WORDS = {
    rises: "rises", falls: "falls", normalised: "becomes normal", "no-significant-change": "no significant change",
    "not-increased": "did not rise, as the source says", "not-decreased": "did not fall, as the source says",
    mixed: "went both ways", moved: "moved; its marker has no one direction", unclear: "measured, direction not told",
  };
  const RUNGS = ["needed", "tracks", "changed-with-relief", "measured", "manipulation-relieves", "kept-when-blocked", "moved-without-relief", "manipulation-fails", ""];
  const RUNG_WORDS = {
    needed: "needed: the benefit was lost when it was blocked", tracks: "tracks relief within one study",
    "changed-with-relief": "changed where pain or hypersensitivity was relieved", measured: "measured with exercise",
    "manipulation-relieves": "without exercise: moving it relieves", "kept-when-blocked": "against: the benefit was kept when it was blocked",
    "moved-without-relief": "against: it moved and nothing was relieved", "manipulation-fails": "against: moving it did not relieve", "": "no rung of its own",
  };
  const DASHES = {
    needed: false, tracks: [18, 5], "changed-with-relief": [8, 5], measured: [2, 5], "manipulation-relieves": [14, 4, 2, 4],
    "kept-when-blocked": [5, 3, 5, 10], "moved-without-relief": [2, 3, 2, 10], "manipulation-fails": [2, 3, 2, 10], "": [1, 3],
  };
  const AGAINST = new Set(["kept-when-blocked", "moved-without-relief", "no-relief"]);
  const STAYED = new Set(["no-significant-change", "not-increased", "not-decreased"]);
  const KINDS = {
    exercise: ["▶", "exercise"], agent: ["℞", "drug or other agent"], marker: ["○", "marker"], mechanism: ["●", "mechanism"],
    outcome: ["◆", "outcome: withdrawal or pain"], other: ["■", "other"],
  };
  const HEADS = { exercise: "What was done", marker: "Markers", mechanism: "Mechanisms", outcome: "Withdrawal and pain" };
  const LOOK = {
    exercise: { shape: "box", shapeProperties: { borderRadius: 0 } }, agent: { shape: "box", shapeProperties: { borderRadius: 0, borderDashes: [3, 3] } },
    marker: { shape: "box", shapeProperties: { borderRadius: 6, borderDashes: [5, 3] } }, mechanism: { shape: "ellipse" },
    outcome: { shape: "box", shapeProperties: { borderRadius: 18 } }, other: { shape: "box", shapeProperties: { borderRadius: 4 } },
  };
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const side = (edge) => (AGAINST.has(edge.r) ? "against" : "");
  const tone = (signs, relations) => {
    if (relations.every((one) => one === "kept-when-blocked" || one === "no-relief")) return "none";
    if (relations.every((one) => one === "relieves")) return "normalised";
    if (relations.every((one) => one === "raises" || one === "lowers") && signs.size > 1) return "other";
    const moved = ["rises", "falls"].filter((one) => signs.has(one));
    const stayed = [...signs].some((one) => STAYED.has(one));
    if (signs.has("mixed") || moved.length > 1 || (stayed && (moved.length || signs.has("normalised") || signs.has("moved")))) return "differ";
    if (moved.length) return moved[0];
    return signs.has("normalised") ? "normalised" : stayed ? "none" : "other";
  };

  const narrow = () => matchMedia("(max-width: 60rem)").matches;

  // --- state, in the address ---------------------------------------------------------------------------------------
  const FIELDS = ["telling", "level", "condition", "species", "modality", "bout", "rung", "read", "from", "to", "a", "b"];
  const SWITCHES = ["direct", "agents", "physics"];
  const PLAIN = { telling: "p", level: "mechanism", ...data.start };
  const FIRST = {};
  for (const name of FIELDS) FIRST[name] = PLAIN[name] ?? "";
  for (const name of SWITCHES) FIRST[name] = PLAIN[name] === "1";
  let state = { ...FIRST, open: new Set(), chosen: "", compare: PLAIN.compare ?? "" };
  const ref = (node) => (node.iri ? node.iri.replace(data.term, "") : `group:${node.kind}:${node.name}`);
  const byRef = new Map(nodes.map((node) => [ref(node), node]));
  const keyOf = (u, v, where) => `${u}>${v}>${where}`;
  const refOf = (chosen) => {
    if (!String(chosen).includes(">")) return things.has(chosen) ? ref(things.get(chosen)) : "";
    const [u, v, where] = chosen.split(">");
    return [ref(things.get(Number(u))), ref(things.get(Number(v))), where].join("~");
  };
  const chosenOf = (text) => {
    const [a, b, where] = text.split("~");
    if (b === undefined) return byRef.get(a)?.id ?? "";
    return byRef.has(a) && byRef.has(b) ? keyOf(byRef.get(a).id, byRef.get(b).id, where === "against" ? where : "") : "";
  };
  const save = () => {
    const kept = new URLSearchParams();
    for (const name of FIELDS) if (state[name] !== FIRST[name]) kept.set(name, state[name]);
    for (const name of SWITCHES) if (state[name] !== FIRST[name]) kept.set(name, state[name] ? "1" : "0");
    if (state.open.size) kept.set("open", [...state.open].map((id) => ref(things.get(id))).sort().join("|"));
    if (state.compare !== (PLAIN.compare ?? "")) kept.set("compare", state.compare);
    if (state.chosen !== "") kept.set("chosen", refOf(state.chosen));
    keepAddress(kept);
  };
  const load = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of FIELDS) state[name] = kept.get(name) ?? FIRST[name];
    for (const name of SWITCHES) state[name] = kept.has(name) ? kept.get(name) === "1" : FIRST[name];
    state.open = new Set((kept.get("open") ?? "").split("|").map((text) => byRef.get(text)?.id).filter((id) => members.has(id)));
    state.compare = kept.get("compare") ?? PLAIN.compare ?? "";
    state.chosen = chosenOf(kept.get("chosen") ?? "");
    for (const name of FIELDS) if (form.elements[name]) form.elements[name].value = state[name];
    for (const name of SWITCHES) form.elements[name].checked = state[name];
    for (const name of FIELDS) if (form.elements[name] && form.elements[name].value !== state[name]) state[name] = form.elements[name].value;
    if (["modality", "bout", "rung", "read", "from", "to", "a", "b", ...SWITCHES].some((name) => state[name] !== FIRST[name])) at("more").open = true;
  };

  // --- what passes the filters -------------------------------------------------------------------------------------
  const termIndex = new Map(data.terms.map(([id], number) => [id, number]));
  const has = (list, id) => list !== undefined && [termIndex.get(id), ...(data.within[termIndex.get(id)] ?? [])].some((one) => list.includes(one));
  const kindOf = (id) => things.get(id).kind;
  const stands = (edge) => (edge.t === "q" || edge.t === state.telling || state.compare.startsWith("telling:")) && !(edge.l && !edge.l.includes(state.level[1]));
  const passes = (edge) => {
    if (!stands(edge)) return false;
    if (!state.agents && isDrug(edge)) return false;
    if (!state.direct && isDirect(edge)) return false;
    return filtered(edge);
  };
  const isDrug = (edge) => kindOf(edge.from) === "agent";
  const isDirect = (edge) => kindOf(edge.from) === "exercise" && kindOf(edge.to) === "outcome";
  const filtered = (edge) => {
    const silent = edge.r === "marks";
    if (silent) return true;
    if (state.condition && !has(edge.c, state.condition)) return false;
    if (state.species && !has(edge.p, state.species)) return false;
    if (state.modality && !has(edge.e, state.modality)) return false;
    if (state.bout && edge.b !== state.bout) return false;
    if (state.rung && edge.g !== state.rung) return false;
    if (state.read && !(edge.d ?? []).includes(state.read)) return false;
    const years = edge.y ?? [];
    if (state.from && !years.some((year) => year >= Number(state.from))) return false;
    return !(state.to && !years.some((year) => year <= Number(state.to)));
  };
  const place = (id) => {
    const node = things.get(id);
    return "within" in node && !state.open.has(node.within) ? node.within : id;
  };
  const linesOf = (facts) => {
    const lines = new Map();
    for (const edge of facts) {
      const u = place(edge.from), v = place(edge.to), key = keyOf(u, v, side(edge));
      const line = lines.get(key);
      if (line) line.facts.push(edge);
      else lines.set(key, { key, u, v, side: side(edge), facts: [edge] });
    }
    const moved = new Set();
    for (const line of lines.values()) if (line.facts.some((one) => one.r !== "marks")) moved.add(line.u).add(line.v);
    for (const [key, line] of lines) if (!moved.has(line.u)) lines.delete(key);
    return lines;
  };
  const laboratories = (facts) => {
    const placed = new Set(), papers = new Set();
    for (const edge of facts) for (const one of edge.f ?? []) {
      const [, id, known] = data.papers[data.findings[one]];
      (known ? placed : papers).add(id);
    }
    return { placed: placed.size, papers: papers.size };
  };
  const summary = (line) => {
    const signs = new Set(line.facts.filter((one) => !(one.r in OWN_MARKS)).map((one) => one.s).filter(Boolean)), relations = [...new Set(line.facts.map((one) => one.r))];
    const marks = new Set([...Object.keys(MARKS).filter((one) => signs.has(one)).map((one) => MARKS[one]), ...relations.map((one) => OWN_MARKS[one]).filter(Boolean)]);
    if (marks.size > 1) marks.delete("?");
    for (const one of line.facts) if (one.t === "q") marks.add(one.s && !(one.s in MARKS) ? one.s : one.r);
    if (relations.every((one) => one === "marks")) marks.clear();
    const rung = RUNGS.find((one) => line.facts.some((fact) => (fact.g ?? "") === one)) ?? "";
    const count = laboratories(line.facts);
    return { signs, relations, marks: [...marks], tone: tone(signs, relations), rung, count, width: 1 + 0.9 * Math.min(count.placed + count.papers || 0.6, 9) };
  };

  // --- the picture -------------------------------------------------------------------------------------------------
  const spots = (ids, level) => {
    const columns = new Map();
    const put = (id, x, y) => columns.set(x, [...(columns.get(x) ?? []), [y, id]]);
    const done = new Set();
    for (const node of nodes) {
      if ("within" in node || !(level in node.at)) continue;
      put(node.id, ...node.at[level]);
    }
    const found = new Map();
    for (const [x, column] of columns) {
      column.sort((a, b) => a[0] - b[0]);
      const opened = column.flatMap(([y, id]) => (state.open.has(id) ? members.get(id).filter((one) => ids.has(one)).map((one) => [null, one]) : [[y, id]]));
      const crowd = opened.some(([y]) => y === null);
      let top = -opened.reduce((sum, [, id]) => sum + room(id), 0) / 2;
      for (const [y, id] of opened) {
        found.set(id, { x, y: crowd ? top + room(id) / 2 : y });
        top += room(id);
      }
    }
    return found;
  };
  const panes = [];
  const paint = (pane, facts) => {
    const lines = linesOf(facts.filter(pane.keeps));
    const ids = new Set();
    for (const line of lines.values()) ids.add(line.u).add(line.v);
    const where = spots(pane.all ?? ids, state.level), lit = ways(lines);
    const ink = colour("ink"), paper = colour("paper"), edgeInk = colour("edge-ink");
    pane.lines = lines;
    pane.spots = new Map([...ids].map((id) => [id, where.get(id) ?? { x: 0, y: 0 }]));
    const near = new Set();
    if (lit) for (const key of lit) { near.add(lines.get(key).u); near.add(lines.get(key).v); }
    const drawn = [...ids].map((id) => {
      const node = things.get(id), group = members.has(id), dim = lit && !near.has(id);
      return {
        id, ...pane.spots.get(id), label: `${KINDS[node.kind][0]} ${node.label}${group ? ` (${node.holds})` : ""}`, ...LOOK[node.kind],
        color: { background: colour(node.kind) || paper, border: edgeInk, highlight: { background: colour(node.kind) || paper, border: colour("link") } },
        borderWidth: group ? 2.5 : 1, borderWidthSelected: 4, opacity: dim ? 0.25 : 1,
        font: { color: ink, size: 16, face: "system-ui, sans-serif" }, widthConstraint: { maximum: 330 }, margin: { top: 5, bottom: 5, left: 9, right: 9 },
      };
    });
    const many = lines.size > 400;
    const links = [...lines.values()].map((line) => {
      const look = summary(line), dim = lit && !lit.has(line.key), shade = colour(look.tone);
      return {
        id: line.key, from: line.u, to: line.v, width: look.width, dashes: many ? false : DASHES[look.rung], arrows: { to: { enabled: true, scaleFactor: 0.55 } },
        color: { color: shade, highlight: shade, hover: shade, opacity: dim ? 0.08 : many ? 0.35 : 0.85 }, selectionWidth: 2.5,
        label: dim || many ? undefined : look.marks.join(" ") || undefined,
        font: { color: shade, size: 15, strokeWidth: 5, strokeColor: paper, face: "system-ui, sans-serif", align: "horizontal" },
        smooth: many ? false : line.side ? { enabled: true, type: "curvedCW", roundness: 0.3 } : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.4 },
      };
    });
    if (pane.network) {
      pane.nodes.clear(); pane.edges.clear(); pane.nodes.add(drawn); pane.edges.add(links);
      return;
    }
    pane.nodes = new vis.DataSet(drawn);
    pane.edges = new vis.DataSet(links);
    pane.network = new vis.Network(pane.canvas, { nodes: pane.nodes, edges: pane.edges }, {
      autoResize: true, layout: { improvedLayout: false, randomSeed: 1 }, physics: { enabled: false, solver: "forceAtlas2Based" },
      interaction: { hover: nodes.length < 3000, keyboard: false, hideEdgesOnDrag: many, tooltipDelay: 1e6, zoomView: !narrow(), dragView: !narrow() },
    });
    pane.canvas.firstElementChild.tabIndex = -1;
    pane.network.once("afterDrawing", () => performance.mark("drawn"));
    pane.network.on("click", (hit) => choose(hit.nodes[0] ?? hit.edges[0] ?? "", true));
    pane.network.on("doubleClick", (hit) => { if (hit.nodes.length) toggle(hit.nodes[0]); });
    pane.canvas.addEventListener("keydown", (event) => steer(pane, event));
    pane.network.fit({ animation: false });
  };
  let facts = [];
  const rows = new Map([...document.querySelectorAll("tbody tr")].map((row) => [Number(row.id.slice(1)), row]));
  const draw = () => {
    facts = edges.filter(passes);
    for (const pane of panes) {
      paint(pane, facts);
      pane.network.setOptions({ physics: { enabled: state.physics } });
    }
    const shown = new Set(facts.map((edge) => edge.id));
    for (const [number, row] of rows) if (row.hidden === shown.has(number)) row.hidden = !shown.has(number);
    const lines = panes.reduce((sum, pane) => sum + pane.lines.size, 0);
    at("status").textContent = shown.size
      ? `${lines} lines drawn, from ${shown.size} of ${edges.length} links.${asleep()}`
      : nothing();
    mark();
    heads();
    save();
  };
  const nothing = () => {
    const hidden = edges.filter((edge) => edge.r !== "marks" && stands(edge) && filtered(edge)), drugs = hidden.filter(isDrug).length, direct = hidden.filter(isDirect).length;
    const where = [direct ? `${direct} of exercise straight to outcome` : "", drugs ? `${drugs} of drugs` : ""].filter(Boolean).join(" and ");
    return where ? `No link that is drawn passes these filters. ${where} would: they are drawn when asked for under More filters.` : "No link passes these filters. That is absence of evidence here, not evidence of absence.";
  };
  const asleep = () => {
    const direct = !state.direct && edges.some(isDirect);
    const agents = !state.agents && edges.some(isDrug);
    const what = [direct ? "exercise straight to outcome" : "", agents ? "drugs" : ""].filter(Boolean);
    return what.length ? ` Not drawn, until asked for under More filters: ${what.join(", and ")}.` : "";
  };
  const mark = () => {
    for (const pane of panes) {
      const id = state.chosen;
      if (typeof id === "number" && pane.nodes.get(id)) pane.network.selectNodes([id], true);
      else if (id !== "" && pane.edges.get(id)) pane.network.setSelection({ nodes: [], edges: [id] });
      else pane.network.unselectAll();
    }
  };
  const heads = () => {
    for (const pane of panes) {
      const columns = data.columns[state.level].map((kinds) => kinds.find((kind) => kind in HEADS) ?? kinds[0]);
      pane.heads.replaceChildren(...columns.map((kind) => make("span", {}, HEADS[kind])));
    }
  };

  // --- why? --------------------------------------------------------------------------------------------------------
  const named = (text) => {
    const wanted = fold(text);
    if (!wanted) return undefined;
    return nodes.find((node) => fold(node.name) === wanted) ?? nodes.find((node) => fold(node.name).startsWith(wanted)) ?? nodes.find((node) => fold(node.name).includes(wanted));
  };
  const reach = (start, lines, from, to) => {
    const found = new Set([start]), open = [start];
    while (open.length) {
      const here = open.pop();
      for (const line of lines.values()) if (line[from] === here && !found.has(line[to])) { found.add(line[to]); open.push(line[to]); }
    }
    return found;
  };
  const ends = () => [state.a && named(state.a), state.b && named(state.b)];
  const ways = (lines) => {
    const [a, b] = ends();
    if (!a || !b) return null;
    const after = reach(place(a.id), lines, "u", "v"), before = reach(place(b.id), lines, "v", "u");
    return new Set([...lines.values()].filter((line) => after.has(line.u) && after.has(line.v) && before.has(line.u) && before.has(line.v)).map((line) => line.key));
  };
  const why = () => {
    const [a, b] = ends();
    if (!a || !b) return;
    const found = [...(ways(panes[0].lines) ?? [])].map((key) => panes[0].lines.get(key));
    const text = found.length
      ? `${found.length} line${found.length > 1 ? "s lead" : " leads"} from ${a.name} to ${b.name}. Each line is from findings of its own: no study need hold a whole way.`
      : `No way leads from ${a.name} to ${b.name} in what is shown. That is absence of evidence here, not evidence of absence.`;
    open(`Why? ${a.name} to ${b.name}`, make("p", {}, text), ...found.map(lineButton));
  };

  // --- the panel ---------------------------------------------------------------------------------------------------
  const open = (heading, ...content) => {
    title.textContent = heading;
    body.replaceChildren(...content);
    panel.scrollTop = 0;
  };
  const RELATION_WORDS = { needed: "benefit lost when it was blocked", "kept-when-blocked": "benefit kept when it was blocked", relieves: "relieved", "no-relief": "measured and not relieved" };
  const rest = () => {
    const keys = at("keys").cloneNode(true);
    keys.removeAttribute("id");
    keys.className = "keys";
    open("What the picture means", make("p", {}, "Choose a line or a thing in the picture, or a row of the table, to see the findings behind it."), keys);
  };
  const lineName = (line) => {
    const look = summary(line);
    const signs = [...Object.keys(SIGN_WORDS).filter((one) => look.signs.has(one)).map((one) => SIGN_WORDS[one]), ...look.relations.map((one) => RELATION_WORDS[one] ?? (line.facts[0].t === "q" ? one : "")).filter(Boolean)].join("; ");
    return `${things.get(line.u).name} → ${things.get(line.v).name}${signs ? `: ${signs}` : ""}${line.side ? " (against)" : ""}`;
  };
  const lineButton = (line) => make("button", { type: "button", className: "act", onclick: () => choose(line.key, true) }, lineName(line));
  const findLine = (key) => panes.map((pane) => pane.lines.get(key)).find(Boolean);
  const evidence = (edge) => {
    const row = rows.get(edge.id), cells = row ? [...row.cells] : [];
    const heads = row ? [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent.toLowerCase()) : [];
    const told = cells.slice(1, -1).map((cell, number) => (cell.textContent ? `${heads[number + 1]}: ${cell.textContent}` : "")).filter(Boolean).join(" · ");
    const found = (edge.f ?? []).map((one) => at(`f${one}`)).filter(Boolean).map((article) => {
      const copy = article.cloneNode(true), paper = article.closest("section").querySelector(".paper").cloneNode(true);
      for (const one of [copy, copy.querySelector("[id]")]) one?.removeAttribute("id");
      copy.append(paper);
      return copy;
    });
    const plain = found.length || !row ? [] : [make("p", {}, cells.at(-1).textContent)];
    return [make("h3", {}, row ? cells[0].textContent : lineName({ u: edge.from, v: edge.to, facts: [edge] })), make("p", {}, told), ...plain, ...found];
  };
  const list = (heading, sentences) => (sentences.length ? [make("h3", {}, heading), make("ul", {}, ...sentences.map((one) => make("li", {}, ...[one].flat())))] : []);
  const beside = (ids, held) => {
    const findings = new Set(held.flatMap((edge) => edge.f ?? []));
    const iris = [...new Set(ids.flatMap((id) => [id, ...(members.get(id) ?? [])]))].map((id) => things.get(id).iri);
    const against = facts.filter((edge) => AGAINST.has(edge.r) && ids.some((id) => place(edge.from) === id || edge.from === id));
    return [
      ...list("What blocked it, and by which route", iris.flatMap((iri) => data.blockers[iri] ?? [])),
      ...list("Evidence against", [...new Set(against.map((edge) => rows.get(edge.id)?.cells[0].textContent ?? ""))].filter(Boolean)),
      ...list("Where results conflict", conflicts.filter((item, number) => data.conflicts[number].some((one) => findings.has(one))).map((item) => [...item.cloneNode(true).childNodes])),
    ];
  };
  const sparql = (held) => {
    const found = [...new Set(held.flatMap((edge) => edge.f ?? []))].map((one) => `<${data.prefix}${at(`f${one}`).querySelector("h4").id.replace(/\/([^/]*)$/, "/finding/$1")}>`);
    if (!found.length) return [];
    const query = `PREFIX epk: <${data.ontology}>\nSELECT ?finding ?measured ?result ?study\nWHERE {\n  VALUES ?finding {\n    ${found.join("\n    ")} }\n  ?finding epk:measured ?measured ; epk:result ?result ; epk:inStudy ?study .\n}\nORDER BY ?finding`;
    return [make("h3", {}, "The SPARQL that asks for it"), make("p", {}, "Save it as a file that ends in .rq and run kg query on it; kg query network-edges asks for all links."), make("pre", { tabIndex: 0 }, query)];
  };
  const conflicts = [...document.querySelectorAll("#conflicts li")];
  const MOST = 40;
  const showLine = (line) => {
    const look = summary(line), rank = (edge) => RUNGS.indexOf(edge.g) + (edge.g in RUNG_WORDS ? 0 : 99);
    const shown = [...line.facts].sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
    const labs = look.count.placed || look.count.papers ? `Laboratories: ${look.count.placed} recorded${look.count.papers ? `; ${look.count.papers} paper${look.count.papers > 1 ? "s" : ""} with none recorded` : ""}.` : "";
    const differ = look.tone === "differ" ? " Results differ." : "";
    open(
      lineName(line),
      make("p", {}, `Highest rung: ${RUNG_WORDS[look.rung] ?? look.rung}. ${labs}${differ}`),
      ...shown.flatMap(evidence),
      ...(line.facts.length > MOST ? [make("p", {}, `${line.facts.length - MOST} more links stand in the table.`)] : []),
      ...beside(kindOf(line.u) === "mechanism" ? [line.u] : [line.v], line.facts), ...sparql(line.facts),
    );
  };
  const showNode = (id) => {
    const node = things.get(id), group = members.get(id);
    const own = [...panes[0].lines.values()].filter((line) => line.u === id || line.v === id);
    const into = own.filter((line) => line.v === id), out = own.filter((line) => line.u === id);
    const act = (text, run) => make("button", { type: "button", onclick: run }, text);
    const buttons = make("p", { className: "buttons" });
    if (group) buttons.append(act(`Open: ${group.length} things`, () => toggle(id)));
    if ("within" in node && state.open.has(node.within)) buttons.append(act("Close the group", () => toggle(id)));
    buttons.append(act("Why? from here", () => set("a", node.name)), act("Why? to here", () => set("b", node.name)));
    open(
      node.name, make("p", {}, `${KINDS[node.kind][1]}. ${node.means} `, ...(data.pages?.[id] ? [make("a", { href: data.pages[id] }, "Page of this term")] : [])), buttons,
      ...(group ? [make("ul", {}, ...group.map((one) => make("li", {}, things.get(one).name)))] : []),
      ...(into.length ? [make("h3", {}, "Leads here"), ...into.map(lineButton)] : []),
      ...(out.length ? [make("h3", {}, "Leads from here"), ...out.map(lineButton)] : []),
      ...beside([id], own.flatMap((line) => line.facts)), ...sparql(own.flatMap((line) => line.facts).slice(0, 200)),
    );
  };
  const choose = (id, focus) => {
    state.chosen = id;
    for (const row of document.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
    const line = typeof id === "string" && id !== "" ? findLine(id) : undefined;
    if (line) {
      showLine(line);
      for (const edge of line.facts) rows.get(edge.id)?.classList.add("chosen");
    } else if (typeof id === "number") showNode(id);
    else rest();
    mark();
    save();
    if (focus && id !== "" && (narrow() || panes.length > 1)) panel.scrollIntoView();
  };
  const toggle = (id) => {
    const group = members.has(id) ? id : things.get(id).within;
    if (group === undefined) return;
    state.open.has(group) ? state.open.delete(group) : state.open.add(group);
    draw();
    choose(state.open.has(group) ? members.get(group).find((one) => panes[0].nodes.get(one)) ?? "" : group, false);
    fit();
  };
  const set = (name, value) => {
    state[name] = value;
    form.elements[name].value = value;
    at("more").open = true;
    draw();
    why();
  };
  const fit = () => { for (const pane of panes) pane.network.fit({ animation: false }); };

  // --- keys --------------------------------------------------------------------------------------------------------
  let current;
  const steer = (pane, event) => {
    const ids = [...pane.spots.keys()];
    if (!ids.length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (current === undefined || !pane.spots.has(current.node)) current = { node: ids[0], line: -1 };
    const here = pane.spots.get(current.node), key = event.key;
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
    if (step) {
      const rank = ([id, spot]) => (step[0] ? Math.abs(spot.x - here.x) * 3 + Math.abs(spot.y - here.y) : Math.abs(spot.y - here.y));
      const found = [...pane.spots].filter(([id, spot]) => (step[0] ? (spot.x - here.x) * step[0] > 0 : spot.x === here.x && (spot.y - here.y) * step[1] > 0)).sort((a, b) => rank(a) - rank(b));
      current = { node: found.length ? found[0][0] : current.node, line: -1 };
    } else if (key === "l" || key === "L") {
      current.line += 1;
    } else if (key === "Enter" || key === " ") {
      const own = linesAt(pane);
      choose(current.line < 0 ? current.node : own[current.line % own.length].key, true);
      panel.focus();
      event.preventDefault();
      return;
    } else if (key === "o" || key === "O") {
      toggle(current.node);
      current = undefined;
    } else if (key === "+" || key === "-" || key === "−") {
      pane.network.moveTo({ scale: pane.network.getScale() * (key === "+" ? 1.25 : 0.8) });
    } else return;
    event.preventDefault();
    say(pane);
  };
  const linesAt = (pane) => [...pane.lines.values()].filter((line) => line.u === current.node || line.v === current.node);
  const say = (pane) => {
    if (current === undefined) return;
    const own = linesAt(pane), node = things.get(current.node);
    if (current.line >= 0 && own.length) {
      const line = own[current.line % own.length];
      pane.network.setSelection({ nodes: [], edges: [line.key] });
      at("here").textContent = `Line ${(current.line % own.length) + 1} of ${own.length}: ${lineName(line)}`;
    } else {
      pane.network.selectNodes([current.node], true);
      at("here").textContent = `${KINDS[node.kind][1]}: ${node.name}. ${own.length} lines.${members.has(current.node) ? ` ${node.holds} things together; O opens them.` : ""}`;
    }
  };

  // --- the form ----------------------------------------------------------------------------------------------------
  const options = (name, values, words) => form.elements[name].append(...values.map((value) => make("option", { value }, words(value))));
  const used = (letter) => [...new Set(edges.flatMap((edge) => edge[letter] ?? []))];
  const byLabel = (a, b) => data.terms[a][1].localeCompare(data.terms[b][1], "en");
  const offer = () => {
    for (const [name, letter] of [["condition", "c"], ["species", "p"], ["modality", "e"]]) {
      for (const number of used(letter).sort(byLabel)) form.elements[name].append(make("option", { value: data.terms[number][0] }, data.terms[number][1]));
    }
    options("rung", RUNGS.filter((rung) => rung && edges.some((edge) => edge.g === rung)), (rung) => rung.replaceAll("-", " "));
    options("read", used("d").sort(), (depth) => depth.replaceAll("-", " "));
    const names = [...new Set(nodes.map((node) => node.name))].sort((a, b) => a.localeCompare(b, "en")).slice(0, 2000);
    at("names").append(...names.map((value) => make("option", { value })));
    if (!edges.some((edge) => edge.t === "r")) form.elements.telling.closest("label").hidden = true;
    if (!edges.some((edge) => edge.l && edge.l !== "ea")) form.elements.level.closest("label").hidden = true;
  };
  const take = () => {
    for (const name of FIELDS) if (form.elements[name]) state[name] = form.elements[name].value;
    for (const name of SWITCHES) state[name] = form.elements[name].checked;
  };
  const seek = (text) => {
    const node = named(text);
    if (!node) {
      at("status").textContent = `Nothing here is called “${text}”.`;
      return;
    }
    const own = edges.filter((edge) => edge.from === node.id || edge.to === node.id || things.get(edge.from).within === node.id || things.get(edge.to).within === node.id);
    if (own.length && !own.some(passes)) {
      const first = own[0], reset = { condition: "", species: "", modality: "", bout: "", rung: "", read: "", from: "", to: "" };
      Object.assign(state, reset, { agents: state.agents || node.kind === "agent", direct: state.direct || !own.some((edge) => kindOf(edge.from) !== "exercise" || kindOf(edge.to) !== "outcome") });
      if (!own.some(passes)) state.level = own.some((edge) => edge.l.includes("e")) ? "mechanism" : "marker";
      if (!own.some(passes)) state.telling = first.t;
      for (const name of FIELDS) if (form.elements[name]) form.elements[name].value = state[name];
      for (const name of SWITCHES) form.elements[name].checked = state[name];
    }
    if ("within" in node) state.open.add(node.within);
    draw();
    choose(node.id, true);
    const pane = panes.find((one) => one.nodes.get(node.id));
    if (pane) pane.network.focus(node.id, { scale: Math.max(pane.network.getScale(), 0.7), animation: false });
  };
  const listen = () => {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      if (event.target.id === "find") { if (event.target.value) seek(event.target.value); return; }
      const level = state.level;
      take();
      draw();
      if (level !== state.level) fit();
      if (event.target.name === "a" || event.target.name === "b") why();
      else if (state.chosen !== "") choose(state.chosen, false);
    });
    at("light").addEventListener("click", () => { take(); draw(); why(); });
    at("fit").addEventListener("click", fit);
    at("openall").addEventListener("click", () => { state.open = new Set(members.keys()); draw(); fit(); });
    at("closeall").addEventListener("click", () => { state.open.clear(); draw(); fit(); });
    at("reset").addEventListener("click", () => { history.replaceState(null, "", location.pathname + location.search); load(); at("find").value = ""; draw(); rest(); fit(); });
    at("table").addEventListener("click", (event) => {
      const link = event.target.closest("th a");
      if (!link) return;
      event.preventDefault();
      const edge = edges[Number(link.closest("tr").id.slice(1))];
      choose(keyOf(place(edge.from), place(edge.to), side(edge)), true);
      panel.focus();
    });
    addEventListener("hashchange", () => { if (!document.getElementById(decodeURIComponent(location.hash.slice(1)))) start(); });
    addEventListener("beforeprint", () => { at("legend").open = true; });
    for (const query of ["(prefers-color-scheme: dark)", "print"]) matchMedia(query).addEventListener("change", draw);
  };

  // --- legend ------------------------------------------------------------------------------------------------------
  const SVG = "http://www.w3.org/2000/svg";
  const svg = (tag, given) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
    return made;
  };
  const sample = (stroke, dash, width) => {
    const box = svg("svg", { width: 56, height: 12, "aria-hidden": "true" });
    box.append(svg("path", { d: "M2 6H54", stroke: `var(--${stroke})`, "stroke-width": width, "stroke-dasharray": dash ? dash.join(" ") : "none", fill: "none" }));
    return box;
  };
  const shape = (kind) => {
    const box = svg("svg", { width: 34, height: 18, "aria-hidden": "true" }), paint = { fill: `var(--${kind})`, stroke: "var(--ink)", "stroke-dasharray": { agent: "3 3", marker: "5 3" }[kind] ?? "none" };
    box.append(kind === "mechanism" ? svg("ellipse", { cx: 17, cy: 9, rx: 15, ry: 7, ...paint }) : svg("rect", { x: 2, y: 2, width: 30, height: 14, rx: { outcome: 7, marker: 3 }[kind] ?? 0, ...paint }));
    return box;
  };
  const key = (heading, ...items) => make("div", {}, make("b", {}, heading), make("ul", {}, ...items.map((item) => make("li", {}, ...item))));
  const legend = () => {
    const kinds = Object.keys(KINDS).filter((kind) => kind !== "other" && nodes.some((node) => node.kind === kind));
    at("keys").replaceChildren(
      key("Things, by shape and colour", ...kinds.map((kind) => [shape(kind), `${KINDS[kind][0]} ${KINDS[kind][1]}`]), [`(4) with a thick rim: 4 things together; open them`]),
      key("Colour and mark of a line: which way it went", ...[
        ["rises", "▲ rises"], ["falls", "▼ falls"], ["normalised", "◆ becomes normal"], ["none", "n.s.: measured, no significant change; not ▲, not ▼: the source denies it"],
        ["differ", "▲ ▼ n.s. together: results differ, of one thing or within a group; none cancels another"], ["other", "?: direction not told; ↕: its marker has no one direction"],
      ].map(([name, words]) => [sample(name, null, 3), words])),
      key("Dash: how far the evidence goes", ...RUNGS.filter((rung) => rung && edges.some((edge) => edge.g === rung)).map((rung) => [sample("ink", DASHES[rung], 2.5), RUNG_WORDS[rung]])),
      key("Thickness: laboratories", [sample("ink", null, 1.9), "one"], [sample("ink", null, 4.6), "four"], ["a paper whose laboratory is not recorded counts as one of its own"]),
      key("No line", ["was not measured in what was read, or is filtered out: see the table"]),
    );
  };

  // --- begin -------------------------------------------------------------------------------------------------------
  const sides = () => {
    if (!state.compare) return [["", () => true]];
    const [facet, ...both] = state.compare.split(":");
    const letter = { condition: "c", species: "p" }[facet];
    return both.map((id) => {
      const known = data.terms[termIndex.get(id)];
      const words = facet === "telling" ? { p: "The papers tell", r: "The review tells" }[id] : known?.[1] ?? id;
      return [words, facet === "telling" ? (edge) => edge.t === id : (edge) => edge.r === "marks" || has(edge[letter], id)];
    });
  };
  const start = () => {
    load();
    panes.length = 0;
    at("panes").replaceChildren();
    for (const [words, keeps] of sides()) {
      const canvas = make("div", { className: "canvas", tabIndex: 0, role: "group", "aria-label": `Picture of the network${words ? `: ${words}` : ""}`, "aria-describedby": "hint" });
      const heading = make("div", { className: "heads", "aria-hidden": "true" });
      const pane = make("figure", { className: "pane" }, ...(words ? [make("figcaption", {}, words)] : []), heading, canvas);
      at("panes").append(pane);
      panes.push({ keeps, canvas, heads: heading });
    }
    at("stage").classList.toggle("two", panes.length > 1);
    draw();
    choose(state.chosen, false);
    why();
  };
  form.hidden = at("stage").hidden = false;
  offer();
  legend();
  start();
  listen();
})();
