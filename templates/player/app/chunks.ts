// Pages and other parts of the package that come as classic scripts, which also load from disk.

import { el } from "../dom/element.ts";
import { byId } from "./by-id.ts";
import type { ChunkName } from "../state/page-data.ts";

/** Why something could not be loaded; `src` is where it should have come from. */
export type LoadError = Error & { src?: string };

/** Files of the package that come as scripts and styles. Whoever asks knows what a chunk brings. */
export interface Chunks {
  /** What each chunk calls, and what the page brings itself. */
  add(kind: string, id: string, data: unknown): void;
  /** What has arrived already of this name. */
  arrived(kind: string, id: string): unknown;
  /** The data of a chunk; rejects with a LoadError where it is gone or out of reach. */
  load(...chunk: ChunkName): Promise<unknown>;
  /** The data of several. */
  loadAll(chunks: ChunkName[]): Promise<unknown[]>;
}

export function createChunks(): Chunks {
  const arrived = new Map<string, unknown>();
  const loading = new Map<string, Promise<void>>();
  const name = (kind: string, id: string) => `${kind} ${id}`;

  const chunks: Chunks = {
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
        if (styles) insert(el("style", {}, styles as string));
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

const missing = (src: string, what: string): LoadError =>
  Object.assign(Error(`${src} ${what}`), { src });

/** Starts loading a script, or styles; a promise of its end. */
const insertFile = (src: string): Promise<void> =>
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

/** A course's own styles stay the last ones. */
const insert = (file: HTMLElement) => document.head.insertBefore(file, byId("course-styles"));
