"use strict";
// On a narrow window each row of a table becomes a block, in which each cell says the name of its column.
(() => {
  const narrow = matchMedia("(max-width: 40rem)");
  const name = () => {
    if (!narrow.matches) return;
    for (const table of document.querySelectorAll("main table:not(.rows)")) {
      const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
      if (names.length < 3) continue;
      for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, place) => { cell.dataset.name = names[place]; });
      table.classList.add("rows");
    }
  };
  narrow.addEventListener("change", name);
  name();
})();
// Search over everything: the index is fetched when somebody first looks for something, as a script, which a page
// from a file may load as well as one from a server.
(() => {
  const root = document.currentScript.dataset.root;
  const box = document.getElementById("search");
  const [field, status, list] = [box.querySelector("input"), box.querySelector("p"), box.querySelector("ul")];
  const most = 40;
  let entries = null;
  box.hidden = false;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  window.kgIndex = (found) => {
    entries = found.map(([title, kind, path, more]) => ({ title, kind, path, own: fold(title), all: fold(`${title} ${kind} ${more}`) }));
    show();
  };
  const load = () => {
    if (load.begun) return;
    load.begun = true;
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    document.head.append(script);
  };
  const rank = (entry, words) => (entry.own === words.join(" ") ? 0 : entry.own.startsWith(words[0]) ? 1 : words.every((word) => entry.own.includes(word)) ? 2 : 3);
  const show = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    status.textContent = "";
    if (!words.length) return;
    if (!entries) { status.textContent = "Loading the index…"; return; }
    const found = entries.filter((entry) => words.every((word) => entry.all.includes(word)));
    const ranked = found.map((entry, place) => [rank(entry, words), place, entry]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const [, , entry] of ranked.slice(0, most)) {
      const link = document.createElement("a");
      const kind = document.createElement("small");
      link.href = root + entry.path;
      kind.textContent = ` ${entry.kind}`;
      link.append(entry.title, kind);
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    status.textContent = found.length > most ? `${found.length} found, the first ${most} shown` : `${found.length} found`;
  };
  field.addEventListener("focus", load);
  field.addEventListener("input", () => { load(); show(); });
  box.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    if (event.key === "Escape") { field.value = ""; show(); field.focus(); }
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !links.length) return;
    event.preventDefault();
    const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] ?? field).focus();
  });
})();
