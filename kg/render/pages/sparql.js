// The page: the list of questions, the fields of one, the editor, and what comes of a query.
(() => {
  const at = (id) => document.getElementById(`sparql-${id}`);
  const data = JSON.parse(at("data").textContent);
  const questions = window.kgQuestions;
  const engine = engineFor(data);
  const context = { labels: new Map(), places: { nodes: new Map(), references: new Map() }, names: data.names };
  const [text, params, status, fault] = ["text", "params", "status", "fault"].map(at);
  const FORMATS = { SELECT: "json", ASK: "json", CONSTRUCT: "nt", DESCRIBE: "nt" };
  const fromFile = location.protocol === "file:";
  let terms = new Map();
  let chosen = "";
  let busy = false;
  let wrongSums = false;

  // --- the state, which stands in the address ------------------------------------------------------------------------
  const given = () => Object.fromEntries([...params.querySelectorAll("input")].map((field) => [field.name, field.value]));
  const edited = () => text.value !== (questions[chosen]?.sparql ?? "");
  const keep = () => {
    const kept = new URLSearchParams(Object.entries(given()).filter(([name, value]) => value !== (questions[chosen].example[name] ?? "")));
    if (edited()) kept.set("sparql", text.value);
    const state = [chosen, kept.toString()].filter(Boolean).join("&");
    if (`#${state}` !== location.hash) history.replaceState(null, "", state ? `#${state}` : location.pathname + location.search);
  };
  const recall = () => {
    const [first, ...rest] = location.hash.slice(1).split("&");
    const named = first.includes("=") ? "" : (new URLSearchParams(`name=${first}`).get("name") ?? "");
    const kept = new URLSearchParams((named ? rest : [first, ...rest]).join("&"));
    if (named && !Object.hasOwn(questions, named)) {
      if (document.getElementById(named)) return;
      status.textContent = `There is no question called ${printable(named).slice(0, 80)}; the list has those that there are.`;
      return;
    }
    if (named) choose(named, Object.fromEntries(kept));
    if (kept.has("sparql")) text.value = kept.get("sparql");
    if (named) at("form").scrollIntoView();
  };

  // --- a question, and its fields ------------------------------------------------------------------------------------
  const choose = (name, values = {}) => {
    chosen = name;
    const question = questions[name];
    text.value = question.sparql;
    params.replaceChildren(params.querySelector("legend"), ...Object.entries(question.params).map(([one, kind]) => fieldFor(one, kind, values[one] ?? question.example[one] ?? "")));
    params.hidden = !Object.keys(question.params).length;
    offer();
    at("about").replaceChildren(make("p", {}, make("strong", {}, question.summary)), make("p", {}, question.about), make("p", {}, make("a", { href: question.page }, "All its rows, and what was searched")));
    for (const button of document.querySelectorAll(".questions button")) button.setAttribute("aria-pressed", String(button.parentElement.id === name));
    document.querySelector(`.questions button[aria-pressed="true"]`)?.scrollIntoView({ block: "nearest" });
  };
  const fieldFor = (name, kind, value) => {
    const id = `sparql-param-${name}`;
    const field = make("input", { id, name, value, autocomplete: "off", spellcheck: false });
    field.setAttribute("list", `${id}-names`);
    field.setAttribute("aria-describedby", `${id}-hint`);
    const hint = { number: "a whole number", text: "a text" }[kind] ?? `${schemesOf(kind).join(" or ")}, by name`;
    return make("label", {}, name.replaceAll("_", " "), field, make("datalist", { id: `${id}-names` }), make("small", { id: `${id}-hint` }, hint));
  };
  const offer = () => {
    for (const [name, kind] of Object.entries(questions[chosen]?.params ?? {})) {
      const names = kind.startsWith("term ") ? ofSchemes(terms, kind).map((entry) => entry.label).sort() : [];
      at(`param-${name}-names`).replaceChildren(...names.map((value) => make("option", { value })));
    }
  };
  const mark = (faults) => {
    for (const field of params.querySelectorAll("input")) {
      const hint = at(`param-${field.name}-hint`);
      hint.dataset.plain ??= hint.textContent;
      hint.textContent = faults[field.name] ?? hint.dataset.plain;
      hint.className = faults[field.name] ? "wrong" : "";
      field.setAttribute("aria-invalid", String(field.name in faults));
    }
    params.querySelector("[aria-invalid=true]")?.focus();
    return Object.keys(faults).length > 0;
  };

  // --- loading, running, stopping ------------------------------------------------------------------------------------
  const work = (now) => {
    busy = now;
    at("run").disabled = now || !engine.loaded;
    at("stop").disabled = !now;
  };
  const load = async () => {
    const held = document.activeElement === at("load");
    at("load").disabled = true;
    const bar = at("progress");
    bar.hidden = false;
    let quarter = 0;
    status.textContent = "Loading the engine and the graph…";
    try {
      context.places = await engine.load((part) => {
        bar.value = part;
        if (Math.floor(part * 4) > quarter) status.textContent = (quarter = Math.floor(part * 4)) < 4 ? `Loading: ${quarter * 25} %` : "Loaded; reading the graph…";
      });
      const asked = async (query) => JSON.parse((await engine.ask(query, "json", 60)).found).results.bindings;
      for (const row of await asked(data.queries.labels)) context.labels.set(row.node.value, row.label.value);
      terms = readTerms(await asked(data.queries.terms), data.names);
      wrongSums = (await asked(SUM.query))[0]?.n.value !== SUM.right;
      offer();
      at("load").hidden = true;
      fault.replaceChildren();
      status.textContent = `Ready.${crypto.subtle ? "" : " The files could not be held to their digests, because this address is neither https nor localhost."}`;
      work(false);
      if (held && [document.body, at("load")].includes(document.activeElement)) at("run").focus();
    } catch (error) {
      status.textContent = "";
      at("load").disabled = false;
      fault.replaceChildren(make("p", {}, `Not loaded: ${error.message}.`));
    }
    bar.hidden = true;
  };
  const run = async () => {
    if (busy) return;
    fault.replaceChildren();
    at("answer").hidden = true;
    if (fromFile) return void (status.textContent = "Queries cannot run from a file; see above.");
    if (!engine.loaded) return void (status.textContent = "Load the engine first: the button above.");
    const parts = queryParts(text.value);
    const bindings = bindingsOf(questions[chosen]?.params ?? {}, given(), parts.variables, terms, data.names);
    const refused = refusal(parts) || (wrongSums ? sumsRefused(parts, text.value, data.package) : "");
    if (mark(bindings.faults)) return void (status.textContent = `Not run: ${Object.entries(bindings.faults).map(([name, words]) => `${name.replaceAll("_", " ")} ${words}`).join("; ")}`);
    if (refused) return void fault.replaceChildren(make("p", {}, refused));
    const asked = bound(text.value, parts, bindings.terms);
    keep();
    work(true);
    status.textContent = "Running…";
    try {
      const answer = await engine.ask(asked.text, FORMATS[parts.form] ?? "json", Math.max(1, Number(at("seconds").value) || data.most.seconds));
      show(answer, parts, asked);
      status.textContent = "Answered; see below.";
      const unused = bindings.unused.map((name) => `?${name}`).join(" and ");
      if (unused) at("count").append(` ${unused} no longer stands in the query, so that field was not used.`);
    } catch (error) {
      status.textContent = "";
      tell(error, asked);
    }
    work(false);
  };
  const tell = (error, asked) => {
    if (!error.ofEngine) return fault.replaceChildren(make("p", {}, error.broken ? "The engine ran out of memory, or failed; the next query starts it anew. Narrow the query, or add LIMIT." : `The query was ${error.message}.`));
    const found = faultOf(error.message, text.value, asked);
    if (!found.line) return fault.replaceChildren(make("p", {}, `Not answered: ${found.words}`));
    const line = text.value.split("\n")[found.line - 1] ?? "";
    const [before, after] = [line.slice(0, found.column - 1), line.slice(found.column - 1)];
    const go = make("button", { type: "button" }, `Go to line ${found.line}`);
    go.addEventListener("click", () => { text.focus(); text.setSelectionRange(found.place, found.place + 1); });
    fault.replaceChildren(
      make("p", {}, make("strong", {}, `Line ${found.line}, column ${found.column}: `), found.words),
      make("pre", { tabIndex: 0 }, `${before}`, make("mark", {}, after.slice(0, 1) || " "), after.slice(1)),
      make("p", { className: "actions" }, go),
    );
  };

  // --- the answer ----------------------------------------------------------------------------------------------------
  const show = ({ found, seconds }, parts, asked) => {
    const triples = FORMATS[parts.form] === "nt";
    const result = triples ? null : JSON.parse(found);
    const question = questions[chosen];
    const rows = triples ? readTriples(found) : result.results ? readRows(result, question?.columns ?? []) : { columns: ["answer"], rows: [[{ type: "literal", value: String(result.boolean) }]] };
    const name = chosen && !edited() ? chosen : "query";
    const count = rows.rows.length;
    const what = triples ? (count === 1 ? "triple" : "triples") : count === 1 ? "row" : "rows";
    const shown = count > data.most.rows ? ` The first ${data.most.rows.toLocaleString("en")} are shown; what you save has all.` : "";
    const none = count === 0 && question && !edited() ? ` ${question.empty}` : "";
    at("count").textContent = `${count.toLocaleString("en")} ${what} in ${seconds < 0.01 ? "under 0.01" : seconds.toFixed(2)} seconds.${shown}${none}`;
    at("save").replaceChildren(...savers(name, rows, triples, found, parts.prefixes));
    at("picture").replaceChildren(...[pictureOf(rows, data.most.edges, context)].filter(Boolean));
    at("table").replaceChildren(...(count ? [tableOf(rows, data.most.rows, question && !edited() ? question.summary : "Rows of the answer", context)] : []));
    at("ran").textContent = asked.text;
    at("answer").hidden = false;
    at("answer-name").scrollIntoView({ block: "nearest" });
  };
  const savers = (name, rows, triples, found, prefixes) => {
    const cells = () => rows.rows.map((row) => row.map((node) => (triples ? node.written : textOf(node, context.labels, data.names))));
    const own = [["CSV", "csv", "text/csv", () => csvOf(rows.columns, cells())]];
    own.push(triples ? ["Turtle", "ttl", "text/turtle", () => turtleOf(rows.rows, prefixes)] : ["JSON", "json", "application/sparql-results+json", () => found]);
    return own.map(([words, ending, media, written]) => {
      const button = make("button", { type: "button" }, `Save as ${words}`);
      button.addEventListener("click", () => save(`${name}.${ending}`, media, written()));
      return button;
    });
  };
  const save = (name, type, content) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // --- the list ------------------------------------------------------------------------------------------------------
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll(".questions li")];
  for (const item of items) {
    const button = make("button", { type: "button", "aria-pressed": "false" }, item.textContent);
    button.addEventListener("click", () => { choose(item.id); keep(); at("form").scrollIntoView({ block: "nearest" }); });
    item.replaceChildren(button);
  }
  const filter = at("filter").querySelector("input");
  filter.addEventListener("input", () => {
    const words = fold(filter.value).split(/\s+/).filter(Boolean);
    for (const item of items) {
      const own = fold(`${item.textContent} ${item.id} ${questions[item.id].about}`);
      item.hidden = !words.every((word) => own.includes(word));
    }
    for (const list of document.querySelectorAll(".questions ul")) list.hidden = list.previousElementSibling.hidden = [...list.children].every((item) => item.hidden);
    const left = items.filter((item) => !item.hidden).length;
    at("filter").querySelector("span").textContent = words.length ? `${left} of ${items.length} questions` : "";
  });

  at("filter").hidden = at("work").hidden = false;
  at("file").hidden = !fromFile;
  if (fromFile) for (const id of ["load", "run", "stop", "limit", "hint"]) at(id).hidden = true;
  at("load").addEventListener("click", load);
  at("stop").addEventListener("click", () => engine.stop());
  at("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  at("form").addEventListener("change", keep);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  addEventListener("hashchange", recall);
  recall();
})();
