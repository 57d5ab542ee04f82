// Parameters as people write them, turned into RDF terms: by id, label or synonym, as on the command line.
const readTerms = (bindings, names) => {
  const terms = new Map();
  for (const row of bindings) {
    const iri = row.term.value;
    if (!iri.startsWith(names.term)) continue;
    const id = iri.slice(names.term.length);
    if (!terms.has(id)) terms.set(id, { id, iri, scheme: row.scheme.value.slice(names.scheme.length), label: row.label.value, others: [] });
    if (row.other) terms.get(id).others.push(row.other.value);
  }
  return terms;
};

const schemesOf = (kind) => kind.replace(/^term /, "").split(" or ");
const ofSchemes = (terms, kind) => [...terms.values()].filter((entry) => schemesOf(kind).includes(entry.scheme));

// { term } for a value that is understood, { fault } for one that is not.
const termOf = (kind, value, terms, names) => {
  if (kind === "text") return { term: JSON.stringify(value) };
  if (kind === "number") {
    const number = value.replace(/^ref-/, "");
    return /^-?\d{1,9}$/.test(number)
      ? { term: `"${number}"^^<http://www.w3.org/2001/XMLSchema#integer>` }
      : { fault: `needs a whole number such as 36, not “${value}”` };
  }
  if (value === names.anyWord) return { term: `<${names.any}>` };
  const own = ofSchemes(terms, kind);
  const spoken = value.toLowerCase().trim();
  const found = own.find((entry) => entry.id === value) ?? own.find((entry) => [entry.label, ...entry.others].some((name) => name.toLowerCase() === spoken));
  if (found) return { term: `<${found.iri}>` };
  const near = own.filter((entry) => [entry.id, entry.label, ...entry.others].some((name) => name.toLowerCase().includes(spoken))).slice(0, 3);
  const hint = near.length ? `did you mean ${near.map((entry) => entry.label).join(" or ")}?` : "the field offers the names that are known";
  return { fault: `“${value}” is no ${schemesOf(kind).join(" or ")}; ${hint}` };
};

// The terms to bind for the values given; a term parameter that is not given is the term within which all lie.
const bindingsOf = (params, given, variables, terms, names) => {
  const made = { terms: {}, faults: {}, unused: [] };
  for (const [name, kind] of Object.entries(params)) {
    const value = (given[name] ?? "").trim();
    if (!variables.has(name)) {
      if (value) made.unused.push(name);
    } else if (value) {
      const one = termOf(kind, value, terms, names);
      if (one.fault) made.faults[name] = one.fault;
      else made.terms[name] = one.term;
    } else if (kind.startsWith("term ")) {
      made.terms[name] = `<${names.any}>`;
    }
  }
  return made;
};
