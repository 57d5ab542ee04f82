// Answers as rows: shown in a table whose cells lead to the pages of this site, and saved as CSV, JSON and Turtle.
const make = (tag, given = {}, ...content) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) name in made ? (made[name] = value) : made.setAttribute(name, value);
  made.append(...content);
  return made;
};

// A sign that turns the line, or hides, stands as an escape.
const printable = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (sign) => (sign === "\n" ? sign : `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`));

const NTRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@\S+)?|<<\(.*\)>>) \.$/;
const unescaped = (text) => text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) => (one ? ({ n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" })[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16))));

const readNode = (text) => {
  if (text.startsWith("<<")) return { type: "triple", value: text, written: text };
  if (text.startsWith("<")) return { type: "uri", value: unescaped(text.slice(1, -1)), written: text };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2), written: text };
  const [, value, kind, lang] = /^"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@(\S+))?$/s.exec(text);
  return { type: "literal", value: unescaped(value), written: text, ...(kind && { datatype: kind }), ...(lang && { "xml:lang": lang }) };
};

// Triples in N-Triples, sorted and each once, as rows.
const readTriples = (text) => {
  const lines = [...new Set(text.split("\n").filter(Boolean))].sort();
  const rows = lines.map((line) => NTRIPLE.exec(line)).filter(Boolean).map(([, ...parts]) => parts.map(readNode));
  return { columns: ["subject", "predicate", "object"], rows };
};

const readRows = (result, columns) => {
  const own = columns.length && columns.every((name) => result.head.vars.includes(name)) ? columns : result.head.vars;
  return { columns: own, rows: result.results.bindings.map((row) => own.map((name) => row[name] ?? null)) };
};

const textOf = (node, labels, names) => {
  if (!node) return "";
  if (node.type === "triple") return node.written ?? JSON.stringify(node.value);
  if (node.type === "bnode") return `_:${node.value}`;
  if (node.type === "literal") return node.value === "true" ? "yes" : node.value === "false" ? "no" : node.value;
  return labels.get(node.value) ?? (node.value.startsWith(names.word) ? node.value.slice(names.word.length) : node.value);
};

const webAddress = (text) => (/^https?:\/\//i.test(text) ? text : "");

// Where a cell leads: the page of a thing of this graph, a DOI, an address of the web; never to a script.
const leadsTo = (node, column, places, names) => {
  if (!node) return "";
  if (node.type === "uri") return places.nodes.get(node.value) ?? (node.value.startsWith(names.base) ? "" : webAddress(node.value));
  if (node.type !== "literal") return "";
  if (column === "doi" && node.value) return `https://doi.org/${encodeURI(node.value).replaceAll("?", "%3F").replaceAll("#", "%23")}`;
  if (column === "ref") return places.references.get(node.value) ?? "";
  return /\s/.test(node.value) ? "" : webAddress(node.value);
};

const tableOf = (found, most, caption, context) => {
  const { labels, places, names } = context;
  const cell = (node, column) => {
    const text = textOf(node, labels, names);
    const to = leadsTo(node, column, places, names);
    const words = to && to === text && node.type === "literal" ? (text.includes("#:~:text=") ? "passage" : "source") : printable(text);
    return make("td", {}, to ? make("a", { href: to }, words || to) : words);
  };
  const head = make("tr", {}, ...found.columns.map((name) => make("th", { scope: "col" }, name.replaceAll("_", " "))));
  const rows = found.rows.slice(0, most).map((row) => make("tr", {}, ...row.map((node, place) => cell(node, found.columns[place]))));
  const table = make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...rows));
  return make("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": caption }, table);
};

// The same bytes as kg query NAME --format csv.
const csvOf = (columns, cells) => {
  const field = (text, alone) => (/[",\n\r]/.test(text) || (alone && !text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [columns, ...cells].map((row) => `${row.map((text) => field(text, row.length === 1)).join(",")}\n`).join("");
};

// Triples as Turtle, with the prefixes of the query where a name is plainly short.
const turtleOf = (rows, prefixes) => {
  const known = Object.entries(prefixes).filter(([name]) => /^[A-Za-z][\w-]*:$|^:$/.test(name)).sort(([, a], [, b]) => b.length - a.length);
  const short = (node) => {
    if (node.type !== "uri") return node.written;
    const [name, start] = known.find(([, address]) => node.value.startsWith(address) && /^[A-Za-z_]\w*(?:-\w+)*$/.test(node.value.slice(address.length))) ?? [];
    return name ? name + node.value.slice(start.length) : node.written;
  };
  const lines = Object.entries(prefixes).filter(([name]) => known.some(([one]) => one === name)).sort().map(([name, address]) => `@prefix ${name} <${address}> .\n`);
  return [...lines, "\n", ...rows.map((row) => `${row.map(short).join(" ")} .\n`)].join("");
};
