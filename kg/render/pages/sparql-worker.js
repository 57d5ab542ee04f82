// The engine in a thread of its own, which the page can end at any moment. It is given the bytes, and asks nobody.
import init, { Store } from "./engine/web.js";

let store = null;
const unpacked = async (bytes) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
const does = {
  async load({ wasm, graph }) {
    await init({ module_or_path: wasm });
    store = new Store();
    store.load(await unpacked(graph), { format: "application/n-quads", no_transaction: true });
    return store.size;
  },
  ask({ query, format }) {
    const begun = performance.now();
    const found = store.query(query, { results_format: format, use_default_graph_as_union: true });
    return { found, seconds: (performance.now() - begun) / 1000 };
  },
};
onmessage = async ({ data }) => {
  try {
    postMessage({ id: data.id, made: await does[data.what](data) });
  } catch (error) {
    postMessage({ id: data.id, fault: String(error?.message ?? error), broken: error instanceof WebAssembly.RuntimeError || error instanceof RangeError });
  }
};
