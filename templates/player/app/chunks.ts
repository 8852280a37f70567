// Loads pages and parts as classic scripts, because these also load from disk.

import { el } from "../dom/element.ts";
import { byId } from "./by-id.ts";
import type { ChunkName } from "../state/page-data.ts";

/** Why a file could not be loaded; `src` is its address. */
export type LoadError = Error & { src?: string };

/** The loaded chunks. The caller knows the type of a chunk's data. */
export interface Chunks {
  /** Called by each chunk, and for the first page in index.html. */
  add(kind: string, id: string, data: unknown): void;
  /** The data of a chunk that has loaded; undefined otherwise. */
  arrived(kind: string, id: string): unknown;
  /**
   * Loads a chunk and resolves to its data. Rejects with a LoadError if its file is missing or
   * unreachable.
   */
  load(...chunk: ChunkName): Promise<unknown>;
  /** Loads several chunks. */
  loadAll(chunks: ChunkName[]): Promise<unknown[]>;
}

export function createChunks(): Chunks {
  const arrived = new Map<string, unknown>();
  const loading = new Map<string, Promise<void>>();
  const name = (kind: string, id: string) => `${kind} ${id}`;

  const chunks: Chunks = {
    add(kind, id, data) {
      arrived.set(name(kind, id), data);
    },
    arrived: (kind, id) => arrived.get(name(kind, id)),
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
    loadAll: (list) => Promise.all(list.map((chunk) => chunks.load(...chunk))),
  };
  return chunks;
}

const missing = (src: string, what: string): LoadError =>
  Object.assign(Error(`${src} ${what}`), { src });

/** Adds a script or style sheet to the page; resolves when it has loaded. */
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

/** Inserts before the course's own styles, which come last. */
const insert = (file: HTMLElement) => document.head.insertBefore(file, byId("course-styles"));
