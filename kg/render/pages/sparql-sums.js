// A guard against a fault of engines before Oxigraph 0.5.12: they reckon a - b - c as a - (b - c), and a / b / c and
// a / b * c likewise, where SPARQL reckons from the left (SPARQL 1.1 Query, section 19.8, rules 116 and 117). A wrong
// number looks like any other, so such a query is refused; brackets cure it. An engine that reckons right is not asked.
const SUM = { query: "SELECT (3 - 2 - 1 AS ?n) { }", right: "0" };
const OPERAND_START = /^(?:[?$]|\p{N}|["'\p{L}_]|\($)/u;
const OPERAND_END = /^(?:[?$].*|\p{N}|["'][^]*|\))$/u;
const APART = new Set([",", ";", "=", "!", "<", ">", "&", "|", "AS", "IN", "NOT"]);

// The first token from which an engine that reckons from the right goes astray; none if there is none.
const fromTheRight = ({ tokens }) => {
  let here = {};
  const around = [];
  for (const [place, token] of tokens.entries()) {
    const sign = token.text;
    const [before, after] = [tokens[place - 1]?.text ?? "", tokens[place + 1]?.text ?? ""];
    if (sign === "(" || sign === "{") { around.push(here); here = { inside: sign === "(" }; }
    else if (sign === ")" || sign === "}") here = around.pop() ?? {};
    else if (APART.has(sign.toUpperCase())) here = { inside: here.inside };
    else if (here.inside && "+-*/".includes(sign) && OPERAND_END.test(before) && OPERAND_START.test(after)) {
      const sum = sign === "+" || sign === "-";
      if (sum ? here.minus : here.over) return token;
      if (sum) here = { inside: true, minus: here.minus || sign === "-" };
      else here.over ||= sign === "/";
    }
  }
  return null;
};

const sumsRefused = (parts, text, engine) => {
  const token = fromTheRight(parts);
  if (!token) return "";
  const line = text.slice(0, token.at).split("\n").length;
  return `Line ${line}: this engine (${engine}) reckons a - b - c, a - b + c, a / b / c and a / b * c from the right, and so wrongly. Put brackets, as in (a - b) - c, and run it again.`;
};
