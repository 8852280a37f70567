// Pages and other parts of the package that come as classic scripts, which also load from disk.

/** `insert(src)` starts loading a script and gives a promise of its end. */
export function createChunks(insert = insertScript) {
  const arrived = new Map();
  const loading = new Map();
  const name = (kind, id) => `${kind} ${id}`;

  return {
    /** What each chunk calls, and what the page brings itself. */
    add(kind, id, data) {
      arrived.set(name(kind, id), data);
    },
    /** The data of a chunk; rejects where its script is gone or out of reach. */
    async load(kind, id, src) {
      const wanted = name(kind, id);
      if (!arrived.has(wanted)) {
        if (!loading.has(wanted)) loading.set(wanted, insert(src).finally(() => loading.delete(wanted)));
        await loading.get(wanted);
      }
      if (!arrived.has(wanted)) throw Error(`${src} brought no ${wanted}`);
      return arrived.get(wanted);
    },
  };
}

function insertScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = resolve;
    script.onerror = () => reject(Error(`${src} did not load`));
    document.head.append(script);
    script.addEventListener("load", () => script.remove());
    script.addEventListener("error", () => script.remove());
  });
}
