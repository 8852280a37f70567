// Pages and other parts of the package that come as classic scripts, which also load from disk.

import { el } from "../dom/element.js";
import { byId } from "./by-id.js";

/** @import {Chunks, LoadError} from "../types" */

/** @returns {Chunks} */
export function createChunks() {
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
        const styles = kind === "style" && arrived.get(name("css", id));
        if (styles) insert(el("style", {}, /** @type {string} */ (styles)));
        else if (!loading.has(wanted))
          loading.set(
            wanted,
            insertFile(src).finally(() => loading.delete(wanted)),
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
 * Starts loading a script, or styles; a promise of its end.
 *
 * @param {string} src
 * @returns {Promise<void>}
 */
const insertFile = (src) =>
  new Promise((resolve, reject) => {
    const style = src.endsWith(".css");
    const file = el(style ? "link" : "script", {
      [style ? "href" : "src"]: src,
      rel: style && "stylesheet",
      onload() {
        if (!style) file.remove();
        resolve();
      },
      onerror() {
        file.remove();
        reject(missing(src, "did not load"));
      },
    });
    insert(file);
  });

/**
 * A course's own styles stay the last ones.
 *
 * @param {HTMLElement} file
 */
const insert = (file) => document.head.insertBefore(file, byId("course-styles"));
