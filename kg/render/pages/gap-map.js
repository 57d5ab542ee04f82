(() => {
  const data = read("data");
  const ids = data.terms.map(([id]) => id), labels = new Map(data.terms), spelled = (numbers) => numbers.map((number) => ids[number]);
  for (const name of ["steps", "signs", "marks"]) data[name] = Object.fromEntries(data[name]); // in their order
  for (const piece of data.pieces) {
    for (const letter of ["c", "p", "g", "e", "t", "b"]) piece[letter] = spelled(piece[letter]);
    for (const step of Object.keys(piece.k)) piece.k[step] = spelled(piece.k[step]);
    piece.m = piece.m.map((row) => data.rows[row][0]);
    piece.g = piece.g[0];
  }
  for (const axis of Object.keys(data.columns)) data.columns[axis] = data.columns[axis].map(spelled);
  const form = at("filters"), panel = at("panel"), body = at("panel-body"), title = at("panel-title");
  const RUNGS = ["needed", "tracks", "changed", "measured"], EXAMINED = new Set([...RUNGS, "against-kept", "against-moved"]);
  const LETTERS = { condition: "c", exercise: "e", species: "p", start: "t" };
  const names = new Map(data.rows.map(([id, name]) => [id, name])), kinds = new Map(data.rows.map(([id, , kind]) => [id, kind]));
  const word = (id) => labels.get(id) ?? id;

  // --- state, in the address ---------------------------------------------------------------------------------------
  const FILTERS = ["c", "g", "p", "e", "t", "b", "rung", "read", "from", "to"], FIELDS = ["axis", "sort", ...FILTERS];
  const FIRST = { axis: "condition" };
  for (const name of FIELDS) FIRST[name] ??= "";
  const state = { ...FIRST, open: new Set(), chosen: "" };
  const save = () => {
    const kept = new URLSearchParams();
    for (const name of FIELDS) if (state[name] !== FIRST[name]) kept.set(name, state[name]);
    if (state.open.size) kept.set("open", [...state.open].sort().join("|"));
    if (state.chosen) kept.set("chosen", state.chosen);
    keepAddress(kept);
  };
  const load = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of FIELDS) {
      form.elements[name].value = kept.get(name) ?? FIRST[name];
      state[name] = form.elements[name].value;
    }
    if (!state.axis) state.axis = form.elements.axis.value = FIRST.axis;
    state.open = new Set((kept.get("open") ?? "").split("|").filter((id) => names.has(id)));
    state.chosen = kept.get("chosen") ?? "";
    if (FILTERS.slice(2).some((name) => state[name])) at("more").open = true;
  };
  const filtered = () => FILTERS.some((name) => state[name]);

  // --- counting ----------------------------------------------------------------------------------------------------
  const depthOf = (piece) => data.papers[piece.u][2];
  const passes = (piece) => {
    if (state.g && piece.g !== state.g) return false;
    for (const letter of ["c", "p", "e", "t", "b"]) if (state[letter] && !piece[letter].includes(state[letter])) return false;
    if (state.rung && !(state.rung in piece.k)) return false;
    if (state.read && depthOf(piece) !== state.read) return false;
    const year = data.papers[piece.u][5];
    return !(state.from && !(year >= Number(state.from))) && !(state.to && !(year && year <= Number(state.to)));
  };
  const stands = (piece, step, [value, group]) => piece.g === group && (state.axis === "outcome" ? piece.k[step] : piece[LETTERS[state.axis]]).includes(value);
  const steps = (piece, column) => Object.keys(piece.k).filter((step) => stands(piece, step, column));
  const laboratories = (found) => {
    const papers = new Set(found.map((piece) => piece.u)), recorded = new Set();
    let silent = 0;
    for (const paper of papers) {
      const own = data.papers[paper][1];
      if (own.length) own.forEach((one) => recorded.add(one)); else silent += 1;
    }
    const low = Math.min(papers.size, Math.max(recorded.size, Math.min(silent, 1))), high = Math.min(papers.size, recorded.size + silent);
    return { low, high, words: `${low === high ? low : `${low}–${high}`} lab${high === 1 ? "" : "s"}` };
  };
  const cellOf = (row, column, pieces, n) => {
    const found = pieces.filter((piece) => piece.m.includes(row)).map((piece) => [piece, steps(piece, column)]).filter(([, on]) => on.length);
    const on = new Set(found.flatMap(([, own]) => own)), examined = found.filter(([, own]) => own.some((step) => EXAMINED.has(step))).map(([piece]) => piece);
    const signs = Object.keys(data.signs).filter((sign) => examined.some((piece) => piece.s.includes(sign)));
    const highest = RUNGS.find((step) => on.has(step)) ?? "";
    const looked = state.axis === "condition" && data.looked.includes([row, ...column].join("~"));
    let kind = highest;
    if (highest === "measured" && signs.length && signs.every((sign) => data.stayed.includes(sign))) kind = "null";
    if (!highest) kind = on.has("against-kept") ? "against" : looked ? "looked" : n ? "empty" : filtered() ? "left-out" : on.size ? "marks" : "nothing";
    const lines = [data.heads[kind].replace("{n}", n)];
    if (examined.length) lines.push([laboratories(examined).words, ...signs.map((sign) => data.signs[sign])].join(" "));
    const marks = Object.keys(data.marks).filter((step) => on.has(step)).map((step) => data.marks[step]).join(", ");
    if (marks) lines.push(marks);
    const gap = data.unexamined.includes(kind) ? gapLines.get([state.axis, row, ...column].join("~")) ?? "" : "";
    return { kind, lines, gap, found, examined, signs, n, on };
  };
  // What detectors say of a cell stands on the page already; it does not depend on filters.
  const gapLines = new Map();
  const tables = new Map([...document.querySelectorAll("details.axis")].map((held) => [held.id.slice(5), held]));
  for (const [axis, held] of tables) {
    for (const line of held.querySelectorAll("tbody tr[data-row]")) [...line.querySelectorAll("td")].forEach((cell, at) => {
      cell.dataset.cell = [line.dataset.row, ...data.columns[axis][at]].join("~");
      const told = cell.querySelector(".g");
      if (told) gapLines.set(`${axis}~${cell.dataset.cell}`, told.textContent);
    });
  }

  // --- drawing -----------------------------------------------------------------------------------------------------
  let cells = new Map();
  const table = () => tables.get(state.axis);
  const draw = () => {
    for (const [axis, held] of tables) { held.hidden = axis !== state.axis; held.open = axis === state.axis; held.classList.add("live"); }
    const pieces = data.pieces.filter(passes), columns = data.columns[state.axis];
    cells = new Map();
    const counts = columns.map((column) => new Set(pieces.filter((piece) => steps(piece, column).some((step) => EXAMINED.has(step))).map((piece) => piece.u)));
    const kept = columns.map(([value, group]) => !(state.g && group !== state.g) && !(state.axis !== "outcome" && state[LETTERS[state.axis]] && value !== state[LETTERS[state.axis]]));
    const heads = [...table().querySelectorAll("thead tr:last-child th")];
    heads.forEach((head, at) => {
      const small = head.querySelector("small"), full = [...counts[at]].filter((paper) => data.papers[paper][2] === "full-text").length;
      small.textContent = `${counts[at].size} stud${counts[at].size === 1 ? "y" : "ies"}, ${full} read in full`;
      head.hidden = !kept[at];
    });
    const first = [...table().querySelectorAll("thead tr:first-child th[colspan]")];
    first.forEach((head) => {
      head.dataset.span ??= head.colSpan;
      const from = first.slice(0, first.indexOf(head)).reduce((sum, one) => sum + Number(one.dataset.span), 0);
      const left = kept.slice(from, from + Number(head.dataset.span)).filter(Boolean).length;
      head.hidden = !left;
      head.colSpan = left || 1;
    });
    const tally = {};
    for (const line of table().querySelectorAll("tbody tr[data-row]:not(.group)")) {
      const row = line.dataset.row;
      [...line.querySelectorAll("td")].forEach((cell, at) => {
        const made = cellOf(row, columns[at], pieces, counts[at].size);
        cells.set(cell.dataset.cell, made);
        cell.hidden = !kept[at];
        if (kept[at] && kinds.get(row) === "mechanism") tally[made.kind] = (tally[made.kind] ?? 0) + 1;
        cell.className = made.kind;
        const link = cell.firstElementChild;
        link.replaceChildren(made.lines[0], ...made.lines.slice(1).map((text) => make("span", {}, text)), ...(made.gap ? [make("span", { className: "g" }, made.gap)] : []));
        link.href ||= `#${row}`;
        link.tabIndex = -1;
      });
    }
    order();
    const empty = (tally.empty ?? 0), nothing = (tally.nothing ?? 0) + (tally.marks ?? 0) + (tally["left-out"] ?? 0), all = Object.values(tally).reduce((a, b) => a + b, 0);
    at("status").textContent = `${all} cells: examined with exercise ${all - empty - nothing - (tally.looked ?? 0)}, not examined ${empty}, nothing measured ${nothing}.${filtered() ? " Only what passes the filters is counted." : ""}`;
    const links = [...table().querySelectorAll("td:not([hidden]) a")].filter((link) => !link.closest("tr").hidden);
    const here = table().querySelector(`td[data-cell="${CSS.escape(state.chosen)}"] a`);
    const entry = links.includes(here) ? here : links[0];
    if (entry) entry.tabIndex = 0;
    mark();
    save();
  };
  const order = () => {
    const lines = table().querySelector("tbody"), rank = new Map(data.rows.map(([id, , , , at]) => [id, at || Infinity]));
    const held = new Map([...lines.rows].map((line) => [line.dataset.row, line]));
    const mains = data.rows.map(([id]) => id).filter((id) => kinds.get(id) !== "part");
    const sorted = !state.sort ? mains : mains.filter((id) => kinds.get(id) === "mechanism").sort((a, b) => (state.sort === "rank" ? rank.get(a) - rank.get(b) : 0) || names.get(a).localeCompare(names.get(b), "en"));
    const shown = new Set(sorted);
    for (const id of sorted) {
      lines.append(held.get(id));
      for (const [part, , , within] of data.rows) if (within === id && kinds.get(part) === "part") { lines.append(held.get(part)); if (state.open.has(id)) shown.add(part); }
    }
    for (const [id, , kind, within] of data.rows) if (!state.sort && kind === "mechanism" && within && state.open.has(within)) { shown.delete(id); for (const [part, , , of] of data.rows) if (of === id) shown.delete(part); }
    for (const [id, line] of held) line.hidden = !shown.has(id);
    for (const line of lines.rows) {
      const id = line.dataset.row, group = kinds.get(id) === "group";
      if (!group && !data.rows.some(([, , kind, within]) => kind === "part" && within === id)) continue;
      const opened = state.open.has(id) !== group;
      const button = line.querySelector("button") ?? make("button", { type: "button" });
      button.textContent = opened ? "−" : "+";
      button.setAttribute("aria-expanded", String(opened));
      button.setAttribute("aria-label", `${names.get(id)}: ${group ? "its mechanisms" : "narrower mechanisms"}`);
      line.cells[0].prepend(button);
    }
  };
  const mark = () => {
    for (const cell of document.querySelectorAll("td.chosen")) cell.classList.remove("chosen");
    if (state.chosen) table().querySelector(`td[data-cell="${CSS.escape(state.chosen)}"]`)?.classList.add("chosen");
  };

  // --- the panel ---------------------------------------------------------------------------------------------------
  const open = (heading, ...content) => {
    panel.hidden = false;
    title.textContent = heading;
    body.replaceChildren(make("button", { type: "button", onclick: shut }, "Close"), ...content);
    panel.scrollTop = 0;
  };
  const shut = () => {
    const last = table().querySelector("td.chosen a");
    state.chosen = "";
    panel.hidden = true;
    mark();
    save();
    last?.focus();
  };
  const clone = (id) => {
    const copy = at(id)?.cloneNode(true);
    for (const one of copy ? [copy, ...copy.querySelectorAll("[id]")] : []) one.removeAttribute("id");
    return copy;
  };
  const tell = () => {
    const cell = cells.get(state.chosen);
    if (!cell) { panel.hidden = true; return; }
    const [row, value, group] = state.chosen.split("~");
    const heading = `${names.get(row)}: ${word(value)}, ${word(group)}`;
    const content = [make("p", { className: "say" }, make("b", { className: cell.kind }, [...cell.lines, cell.gap].filter(Boolean).join("; ")))];
    const papers = [...new Set(cell.found.map(([piece]) => piece.u))].sort((a, b) => data.papers[a][0].localeCompare(data.papers[b][0], "en"));
    if ([...data.unexamined, "left-out", "looked"].includes(cell.kind)) content.push(...absence(row, value, group, cell));
    else if (papers.length) content.push(make("p", {}, `${papers.length} paper${papers.length > 1 ? "s" : ""}, ${laboratories(cell.found.map(([piece]) => piece)).words.replace("lab", "laborator").replace(/rators$/, "ratories").replace(/rator$/, "ratory")}${cell.examined.length ? `; examined by ${new Set(cell.examined.map((piece) => piece.u)).size} of ${cell.n} studies that examined any mechanism here` : ""}.`));
    for (const paper of papers) {
      const [reference, labs, depth, doi, plain] = data.papers[paper], own = cell.found.filter(([piece]) => piece.u === paper);
      const on = Object.keys(data.steps).filter((step) => own.some(([, held]) => held.includes(step)));
      content.push(make("h3", {}, reference), make("p", {}, `${on.map((step) => data.steps[step]).join(", ")}. Read as ${depth}. ${labs.length ? `Laboratory: ${labs.join(", ")}. ` : "Laboratory not recorded. "}`, ...(doi ? [make("a", { href: doi }, `doi:${plain}`)] : [])));
      for (const finding of [...new Set(own.flatMap(([piece]) => piece.f))]) { const copy = clone(`f${finding}`); if (copy) content.push(copy); }
    }
    const findings = new Set(cell.found.flatMap(([piece]) => piece.f)), differ = [...document.querySelectorAll("#conflicts > ul > li")].filter((_, at) => data.conflicts[at].some((one) => findings.has(one)));
    if (differ.length) content.push(make("h3", {}, "Where results conflict"), make("ul", {}, ...differ.map((one) => one.cloneNode(true))));
    if (papers.length) {
      const next = RUNGS[RUNGS.indexOf(RUNGS.find((step) => cell.on.has(step))) - 1];
      if (next && cell.examined.length) content.push(make("h3", {}, "What a next study would add"), make("p", {}, `The next rung is “${data.steps[next]}”: ${data.closes[next]}.`));
      if (cell.examined.length) content.push(...planned(kinds.get(row) === "part" ? "" : row, value, group));
      content.push(make("p", {}, "Ask again: ", make("code", {}, `kg ladder --mechanism ${row}${state.axis === "condition" ? ` --condition ${value}` : ""}`)));
    }
    content.push(make("p", {}, make("a", { href: `#${row}` }, `All on ${names.get(row)}`)));
    open(heading, ...content);
  };
  const planned = (row, value, group) => {
    if (state.axis !== "condition") return [];
    const found = data.plans[[row, value, group].join("~")] ?? [], reason = data.unplanned[`${row}~${value}`];
    if (found.length) return [make("p", {}, "A study made of what this graph holds, which also closes other gaps; an empty slot is to be settled by whoever plans it:"), ...found.map((number) => clone(`plan${number}`))];
    return reason ? [make("p", {}, `No study made of this graph alone could close the gap of this class: ${reason}.`)] : [];
  };
  const absence = (row, value, group, cell) => {
    const said = [];
    if (cell.kind === "left-out") said.push("No study passes the filters here. That says nothing of the cell.");
    else if (cell.kind === "empty") said.push(`${cell.n} stud${cell.n > 1 ? "ies" : "y"} examined some mechanism with exercise here${filtered() ? ", as far as the filters let pass" : ""}; none examined this one. Absence in abstracts is weaker than absence in full texts.`);
    else if (cell.kind !== "looked") said.push("No study here examined any mechanism with exercise, so nothing can be said of this one.");
    const made = [make("h3", {}, "Why this is a gap"), ...said.map((text) => make("p", {}, text))];
    const main = kinds.get(row) === "part" ? data.rows.find(([id]) => id === row)[3] : row;
    const gap = state.axis === "condition" && clone(`g~${main}~${value}`);
    if (gap) made.push(...(main === row ? [] : [make("p", {}, `Gaps are counted for ${names.get(main)} as a whole:`)]), make("p", {}, "Animals and people together: "), make("ul", {}, gap));
    const asked = clone(`asked~${main}`);
    if (asked && gap) made.push(make("details", {}, make("summary", {}, "What authors call open"), asked));
    made.push(make("h3", {}, "What would close it"), make("p", {}, `${data.closes.measured[0].toUpperCase()}${data.closes.measured.slice(1)}; or a blocker of it, given to exercised subjects in whom exercise relieves.`));
    made.push(...planned(main, value, group));
    const elsewhere = data.rows.some(([id]) => id === row) ? data.pieces.filter((piece) => piece.m.includes(row) && Object.keys(piece.k).some((step) => EXAMINED.has(step))) : [];
    if (elsewhere.length) made.push(make("p", {}, `Examined elsewhere in: ${[...new Set(elsewhere.flatMap((piece) => piece.c.map((one) => `${word(one)} (${word(piece.g)})`)))].join(", ")}.`));
    if (state.axis === "condition") {
      const words = [at(`words~${main}`), at("words-exercise"), at(`words-class~${value}`)].map((one) => one?.textContent).filter(Boolean);
      made.push(make("h3", {}, "What would refute it"), make("details", {}, make("summary", {}, "A search of PubMed"), make("pre", { tabIndex: 0 }, words.join(" AND "))),
        make("details", {}, make("summary", {}, "SPARQL whose every row refutes it"), make("pre", { tabIndex: 0 }, at("refuting").textContent.replaceAll("<MECHANISM>", `<${data.term}${row}>`).replaceAll("<CONDITION>", `<${data.term}${value}>`))));
    }
    return made;
  };
  const choose = (cell) => {
    state.chosen = cell.dataset.cell;
    mark();
    save();
    tell();
    panel.focus();
  };

  // --- CSV ---------------------------------------------------------------------------------------------------------
  const COLUMNS = ["mechanism", "level", "by", "column", "species_group", "state", "laboratories_at_least", "laboratories_at_most", "signs", "other_marks", "papers", "examined_by", "out_of", "detectors"];
  const field = (value) => { const text = String(value); return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  const csv = () => {
    const lines = [COLUMNS];
    for (const line of table().querySelectorAll("tbody tr[data-row]:not(.group)")) for (const cell of line.querySelectorAll("td:not([hidden])")) {
      const [row, value, group] = cell.dataset.cell.split("~"), made = cells.get(cell.dataset.cell), count = laboratories(made.examined);
      lines.push([
        names.get(row), kinds.get(row), data.axes[state.axis], word(value), word(group), made.lines[0], count.low, count.high, made.signs.join(" "),
        Object.keys(data.steps).filter((step) => !RUNGS.includes(step) && made.on.has(step)).map((step) => data.steps[step]).join("; "),
        [...new Set(made.found.map(([piece]) => data.papers[piece.u][0]))].sort().join("; "), new Set(made.examined.map((piece) => piece.u)).size, made.n,
        made.gap,
      ]);
    }
    const link = make("a", { href: URL.createObjectURL(new Blob([lines.map((line) => line.map(field).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" })), download: `gap-map-${state.axis}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // --- the form and the keys ---------------------------------------------------------------------------------------
  const offer = (name, values, told = word) => form.elements[name].append(...[...new Set(values)].sort((a, b) => told(a).localeCompare(told(b), "en")).map((value) => make("option", { value }, told(value))));
  const begin = () => {
    for (const letter of ["c", "p", "e", "t", "b"]) offer(letter, data.pieces.flatMap((piece) => piece[letter]));
    offer("g", data.pieces.map((piece) => piece.g));
    offer("read", data.pieces.map(depthOf));
    form.elements.rung.append(...Object.keys(data.steps).filter((step) => data.pieces.some((piece) => step in piece.k)).map((value) => make("option", { value }, data.steps[value])));
    form.hidden = at("hint").hidden = false;
    load();
    draw();
    tell();
  };
  const steer = (event) => {
    const cell = event.target.closest("td");
    if (!cell) return;
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) return;
    const lines = [...cell.closest("tbody").rows].filter((line) => !line.hidden && line.querySelector("td"));
    const line = lines[lines.indexOf(cell.parentElement) + step[0]], own = [...(line?.querySelectorAll("td:not([hidden])") ?? [])];
    const next = own[[...cell.parentElement.querySelectorAll("td:not([hidden])")].indexOf(cell) + step[1]];
    if (!next) return;
    event.preventDefault();
    cell.firstElementChild.tabIndex = -1;
    next.firstElementChild.tabIndex = 0;
    next.firstElementChild.focus();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const axis = state.axis;
    for (const name of FIELDS) state[name] = form.elements[name].value;
    if (axis !== state.axis) state.chosen = "";
    draw();
    tell();
  });
  at("map").addEventListener("click", (event) => {
    const fold = event.target.closest("button"), link = event.target.closest("td a");
    if (fold) {
      const id = fold.closest("tr").dataset.row;
      if (!state.open.delete(id)) state.open.add(id);
      draw();
    } else if (link) {
      event.preventDefault();
      choose(link.parentElement);
    }
  });
  at("map").addEventListener("keydown", steer);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
  at("reset").addEventListener("click", () => { history.replaceState(null, "", location.pathname + location.search); load(); draw(); tell(); });
  at("openall").addEventListener("click", () => { for (const [, , kind, within] of data.rows) if (kind === "part") state.open.add(within); draw(); });
  at("closeall").addEventListener("click", () => { for (const [, , kind, within] of data.rows) if (kind === "part") state.open.delete(within); draw(); });
  at("csv").addEventListener("click", csv);
  addEventListener("hashchange", () => { if (!at(decodeURIComponent(location.hash.slice(1)))) { load(); draw(); tell(); } });
  begin();
  performance.mark("drawn");
})();
