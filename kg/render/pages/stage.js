"use strict";
// What pages with a stage and a panel share: their data, their parts and the state that stands in the address.
const at = (id) => document.getElementById(id);
const read = (id) => JSON.parse(at(id).textContent);
const make = (tag, given = {}, ...content) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) name in made ? (made[name] = value) : made.setAttribute(name, value);
  made.append(...content);
  return made;
};
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const keepAddress = (kept) => {
  const text = kept.toString();
  if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
};
