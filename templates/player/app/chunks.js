// Pages and other parts of the package that come as classic scripts, which also load from disk.

/** @import {Chunks, LoadError} from "../types" */

/**
 * `insert(src)` starts loading a script, or styles, and gives a promise of its end.
 *
 * @param {(src: string) => Promise<void>} [insert]
 * @returns {Chunks}
 */
export function createChunks(insert = insertFile) {
  /** @type {Map<string, unknown>} */
  const arrived = new Map();
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();
  /**
   * @param {string} kind
   * @param {string} id
   */
  const name = (kind, id) => `${kind} ${id}`;

  /** @type {Chunks} */
  const chunks = {
    /** What each chunk calls, and what the page brings itself. */
    add(kind, id, data) {
      arrived.set(name(kind, id), data);
    },
    /** What has arrived already of this name. */
    arrived: (kind, id) => arrived.get(name(kind, id)),
    /** The data of a chunk; rejects with its `src` where its script is gone or out of reach. */
    async load(kind, id, src) {
      const wanted = name(kind, id);
      if (!arrived.has(wanted)) {
        if (!loading.has(wanted))
          loading.set(
            wanted,
            insert(src).finally(() => loading.delete(wanted)),
          );
        await loading.get(wanted);
        if (kind === "style") arrived.set(wanted, true);
      }
      if (!arrived.has(wanted)) throw missing(src, `brought no ${wanted}`);
      return arrived.get(wanted);
    },
    /** The data of several, each a kind, an id and a src. */
    loadAll: (list) => Promise.all(list.map((chunk) => chunks.load(...chunk))),
  };
  return chunks;
}

/**
 * @param {string} src
 * @param {string} what
 * @returns {LoadError}
 */
const missing = (src, what) => Object.assign(Error(`${src} ${what}`), { src });

/**
 * @param {string} src
 * @returns {Promise<void>}
 */
function insertFile(src) {
  return new Promise((resolve, reject) => {
    const style = src.endsWith(".css");
    /** @type {HTMLElement & {rel?: string, href?: string, src?: string}} */
    const file = document.createElement(style ? "link" : "script");
    if (style) file.rel = "stylesheet";
    file[style ? "href" : "src"] = src;
    file.onload = () => {
      if (!style) file.remove();
      resolve();
    };
    file.onerror = () => {
      file.remove();
      reject(missing(src, "did not load"));
    };
    // A course's own styles stay the last ones.
    document.head.insertBefore(file, document.getElementById("course-styles"));
  });
}
