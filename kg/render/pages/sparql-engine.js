// The engine: fetched when asked for, held to its digest, run in a worker that can be ended.
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// The bytes of a file; `tell` hears how many have come.
const fetched = async (path, tell) => {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} is not there (the server says ${response.status}); the folder of the site may not be whole`);
  const parts = [];
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    tell(next.value.length);
  }
  return new Blob(parts).arrayBuffer();
};

const checked = async (file, tell) => {
  const bytes = await fetched(file.path, tell);
  if (crypto.subtle && hex(await crypto.subtle.digest("SHA-256", bytes)) !== file.sha256) {
    throw new Error(`${file.path} is damaged: its SHA-256 is not the one of this site, so it is not used. Make or copy the site again, then load this page anew`);
  }
  return bytes;
};

const engineFor = (data) => {
  let files = null;
  let worker = null;
  let ready = null;
  let waiting = null;

  const end = (why) => {
    worker?.terminate();
    worker = ready = null;
    const left = waiting;
    waiting = null;
    left?.reject(new Error(why));
  };
  const call = (what, given) => new Promise((resolve, reject) => {
    waiting = { resolve, reject };
    worker.postMessage({ id: what, what, ...given });
  });
  const start = () => {
    worker = new Worker("sparql-worker.js", { type: "module" });
    worker.onerror = (event) => end(`the engine could not be started${event.message ? `: ${event.message}` : ""}`);
    worker.onmessage = ({ data: answer }) => {
      const { resolve, reject } = waiting ?? {};
      waiting = null;
      if (answer.broken) { worker?.terminate(); worker = ready = null; }
      if (resolve) answer.fault === undefined ? resolve(answer.made) : reject(Object.assign(new Error(answer.fault), { ofEngine: !answer.broken, broken: answer.broken }));
    };
    return call("load", { wasm: files.wasm, graph: files.graph });
  };

  return {
    get loaded() { return files !== null; },
    async load(tell) {
      const all = [...data.engine, data.graph];
      const total = all.reduce((sum, file) => sum + file.bytes, 0);
      let come = 0;
      const count = (bytes) => tell(Math.min(1, (come += bytes) / total));
      const [places, ...bytes] = await Promise.all([fetched(data.places, () => {}), ...all.map((file) => checked(file, count))]);
      const wasm = bytes[all.findIndex((file) => file.path.endsWith(".wasm"))];
      files = { wasm, graph: bytes.at(-1) };
      try {
        await (ready = start());
      } catch (error) {
        files = ready = null;
        throw error;
      }
      const told = JSON.parse(await new Response(new Blob([places]).stream().pipeThrough(new DecompressionStream("gzip"))).text());
      return { nodes: new Map(Object.entries(told.nodes)), references: new Map(Object.entries(told.references)) };
    },
    // The answer of the engine; after `seconds` it is ended, and begins anew with the next query.
    async ask(query, format, seconds) {
      await (ready ??= start().catch((error) => { ready = null; throw error; }));
      const clock = setTimeout(() => end(`given up after ${seconds} seconds; narrow the query, add LIMIT, or allow more time`), seconds * 1000);
      try {
        return await call("ask", { query, format });
      } finally {
        clearTimeout(clock);
      }
    },
    stop: () => end("stopped; the next query starts the engine anew"),
  };
};
