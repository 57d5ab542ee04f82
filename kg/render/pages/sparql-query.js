"use strict";
// What a query is, told from its tokens (SPARQL 1.1 Query, section 19.8): its form, what it may not hold, and where
// parameters are bound. It is parsed by the engine alone; here nothing is decided that the engine would not refuse.
const TOKEN = new RegExp([
  String.raw`#[^\n\r]*`,
  String.raw`<[^<>"{}|^\x60\\\s]*>`,
  String.raw`'''(?:[^'\\]|\\.|'(?!''))*'''|"""(?:[^"\\]|\\.|"(?!""))*"""`,
  String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`,
  String.raw`[?$][\p{L}\p{N}_]+`,
  String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`,
  String.raw`(?:\p{L}[\p{L}\p{N}_.-]*)?:(?:[\p{L}\p{N}_:.%-]|\\.)*`,
  String.raw`[\p{L}_][\p{L}\p{N}_-]*`,
  String.raw`\S`,
].join("|"), "gsu");

const FORMS = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);
const UPDATES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"]);
const REFUSED = {
  SERVICE: "SERVICE asks another endpoint; questions stay inside this graph",
  FROM: "FROM names another dataset; questions see all graphs here, and GRAPH narrows them",
};

const queryParts = (text) => {
  const found = [...text.matchAll(TOKEN)].map((match) => ({ text: match[0], at: match.index, end: match.index + match[0].length }));
  const tokens = found.filter((token) => !token.text.startsWith("#"));
  const words = tokens.map((token) => (/^[A-Za-z]+$/.test(token.text) ? token.text.toUpperCase() : ""));
  let first = 0;
  const prefixes = {};
  while (words[first] === "PREFIX" || words[first] === "BASE") {
    if (words[first] === "PREFIX" && tokens[first + 2]) prefixes[tokens[first + 1].text] = tokens[first + 2].text.slice(1, -1);
    first += words[first] === "PREFIX" ? 3 : 2;
  }
  const refused = words.find((word) => word in REFUSED);
  const variables = new Set(tokens.filter((token) => /^[?$]/.test(token.text)).map((token) => token.text.slice(1)));
  const line = text.slice(0, (tokens[first] ?? tokens.at(-1))?.at ?? 0).split("\n").length;
  return { tokens, first, line, form: words[first] ?? "", prefixes, refused, variables };
};

// Why a query is not run at all; empty if it is.
const refusal = (parts) => {
  if (!parts.tokens.length) return "There is no query yet: choose a question, or write one.";
  if (UPDATES.has(parts.form)) return `${parts.form} changes a graph; this page only asks: SELECT, ASK, CONSTRUCT or DESCRIBE.`;
  if (!FORMS.has(parts.form)) {
    const met = printable((parts.tokens[parts.first] ?? parts.tokens.at(-1)).text).slice(0, 40);
    return `A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, behind its PREFIX lines; “${met}” in line ${parts.line} is none of these.`;
  }
  return parts.refused ? `${REFUSED[parts.refused]}.` : "";
};

// Behind the brace that opens the outermost group; a brace in brackets belongs to an expression. A CONSTRUCT has its
// template first.
const outermost = (parts) => {
  let depth = 0;
  let skip = parts.form === "CONSTRUCT" ? 1 : 0;
  for (const token of parts.tokens) {
    if (token.text === "(") depth++;
    if (token.text === ")") depth--;
    if (token.text === "{" && depth === 0 && skip-- <= 0) return token.end;
  }
  return -1;
};

// The query with those of its rows in which each variable is the term given, and what was put in, and where.
const bound = (text, parts, terms) => {
  const tests = Object.keys(terms).sort().map((name) => `sameTerm(?${name}, ${terms[name]})`);
  const at = tests.length ? outermost(parts) : -1;
  const put = at < 0 ? "" : ` FILTER(${tests.join(" && ")})`;
  return { text: at < 0 ? text : text.slice(0, at) + put + text.slice(at), at, put };
};

// A fault of the engine's parser in words, with its place in the text that stands in the editor.
const faultOf = (message, text, asked) => {
  const found = /error at (\d+):(\d+): ([^]*)/.exec(message);
  if (!found) return { words: message.replace(/^Error: /, "").slice(0, 400) };
  const lines = asked.text.split("\n").slice(0, Number(found[1]));
  const last = [...(lines.pop() ?? "")].slice(0, Number(found[2]) - 1).join("");
  let place = lines.reduce((sum, line) => sum + line.length + 1, 0) + last.length;
  if (asked.put && place > asked.at) place = Math.max(asked.at, place - asked.put.length);
  const before = text.slice(0, place);
  const line = before.split("\n").length;
  const column = [...before.slice(before.lastIndexOf("\n") + 1)].length + 1;
  return { words: reason(found[3]), line, column, place };
};

// What the signs of the grammar stand for, in words; those of its inside are left out.
const SIGNS = { "?": "a variable", $: "a variable", "<": "an address in < >", ":": "a name with a prefix", "'": "a text", '"': "a text", "+": "a number", "-": "a number" };
const INSIDE = /^(?:_:|<<\(?|'''|"""|%|_|~|\{\||\\.*)$|\\u/;
const reason = (expected) => {
  if (expected.includes("Prefix not found")) return "this prefix was not declared; put PREFIX name: <address> before the query.";
  const told = /\b[A-Z]\w* (?:[a-z]\w*|[A-Z]{2,} [a-z]\w*)(?: \w+)*/.exec(expected)?.[0];
  if (told) return `${told.replace(/^The /, "the ")}.`;
  const known = [...expected.matchAll(/"((?:[^"\\]|\\.)+)"|\b([A-Z]{2,})\b/g)].map((one) => one[2] ?? one[1].replaceAll('\\"', '"'));
  const named = known.filter((sign) => !INSIDE.test(sign)).map((sign) => SIGNS[sign] ?? (/^\w+$/.test(sign) ? sign : `“${sign}”`));
  const some = [...new Set(named)].slice(0, 10).join(" or ");
  return `this is not SPARQL here, or shortly before.${some && ` The engine could go on with ${some}.`}`;
};
