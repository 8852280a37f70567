// The journal's place in the browser: IndexedDB, since a Moodle login empties localStorage
// (facts/moodle.md#transport).

/** @import {Entry, JournalStorage} from "../types" */

const NAME = "scorm-builder";
const STORE = "journal";

/**
 * Entries, objects with a `key`, in the database that `factory()` gives, indexedDB. Nothing here
 * throws or rejects: a browser may forbid storing in a frame, in a private window, or when its disk
 * is full. What is asked for happens in its order. `idle(act)` acts once no call of the LMS is on
 * the stack: the answers of the database wait for that.
 *
 * @param {() => IDBFactory} factory
 * @param {(act: () => void) => void} idle
 * @returns {JournalStorage}
 */
export function createStorage(factory, idle) {
  /** @type {Promise<IDBDatabase | null> | null} */
  let database = null;

  function open() {
    database ??= attempted((/** @type {(opened: IDBDatabase | null) => void} */ resolve) => {
      const opening = factory().open(NAME, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
      opening.onerror = (event) => {
        event.preventDefault();
        resolve(null);
      };
      opening.onsuccess = () => {
        const opened = opening.result;
        // Another window wants to change the database, or the trainee empties the browser.
        // No event of its own follows a close() from here.
        opened.onversionchange = () => {
          opened.close();
          database = null;
        };
        opened.onclose = () => (database = null);
        resolve(opened);
      };
    });
    return database;
  }

  /**
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T>} act
   */
  async function run(mode, act) {
    const opened = /** @type {IDBDatabase} */ (await open());
    return attempted((/** @type {(done: {result: T} | null) => void} */ resolve) => {
      const transaction = opened.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => idle(() => resolve({ result: request.result }));
      transaction.onabort = () => idle(() => resolve(null));
    });
  }

  return {
    /** A promise of all entries; none where they cannot be read. */
    all: async () => (await run("readonly", (store) => store.getAll()))?.result ?? [],
    /**
     * Put what `make(old)` gives in the place of the entry with a key, `old`, undefined where there
     * is none; nothing where it gives nothing. A promise of whether that is done.
     */
    change: async (key, make) =>
      Boolean(await run("readwrite", (store) => changed(store, key, make))),
    /** Remove the entry with a key; a promise of when that is done. */
    remove: (key) => run("readwrite", (store) => store.delete(key)),
  };
}

/**
 * @param {IDBObjectStore} store
 * @param {string} key
 * @param {(old: Entry | undefined) => Entry | undefined} make
 */
function changed(store, key, make) {
  const request = store.get(key);
  request.onsuccess = () => {
    try {
      const entry = make(request.result);
      if (entry) store.put(entry);
    } catch {
      /** @type {IDBTransaction} */ (request.transaction).abort();
    }
  };
  return request;
}

/**
 * A promise of what `act(resolve)` resolves, null where it throws.
 *
 * @template T
 * @param {(resolve: (value: T | null) => void) => void} act
 * @returns {Promise<T | null>}
 */
function attempted(act) {
  return new Promise((resolve) => {
    try {
      act(resolve);
    } catch {
      resolve(null);
    }
  });
}
