"use strict";
(() => {
  const greek = new Map(Object.entries({
    α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", ζ: "zeta", η: "eta", θ: "theta", ι: "iota", κ: "kappa",
    λ: "lambda", μ: "mu", ν: "nu", ξ: "xi", ο: "omicron", π: "pi", ρ: "rho", σ: "sigma", ς: "sigma", τ: "tau",
    υ: "upsilon", φ: "phi", χ: "chi", ψ: "psi", ω: "omega",
  }));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[α-ω]/g, (letter) => ` ${greek.get(letter)} `).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const items = [...document.querySelectorAll("main li")];
  const found = document.getElementById("found");
  const show = (words) => {
    const hits = items.filter((item) => words.every((word) => ` ${item.dataset.find}`.includes(` ${word}`)));
    const shown = new Set(hits);
    for (const hit of hits) {
      for (let up = hit.parentElement.closest("li"); up; up = up.parentElement.closest("li")) shown.add(up);
    }
    for (const item of items) item.hidden = !shown.has(item);
    for (const section of document.querySelectorAll("main section")) {
      section.hidden = !section.querySelector("li:not([hidden])");
    }
    found.textContent = words.length ? `${hits.length} found` : "";
  };
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    show([]);
    if (target.tagName === "DETAILS") target.open = true;
    target.scrollIntoView();
  };
  document.getElementById("search").hidden = false;
  document.getElementById("words").addEventListener("input", (event) => show(fold(event.target.value)));
  addEventListener("hashchange", open);
  open();
})();
