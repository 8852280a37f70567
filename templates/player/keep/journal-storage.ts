// Stores the journal in IndexedDB, because a Moodle login empties localStorage
// (facts/moodle.md#transport).

/**
 * An attempt in the database. Players of other versions use the same database, so names and fields
 * must not change.
 */
export interface Entry {
  key: string;
  /** A hash of trainee and course. */
  owner: string;
  /** When it was stored, in ms since 1970. */
  at: number;
  /** The state as codec.ts encodes it. */
  state: string;
  /** Whether the LMS had confirmed that state. */
  saved: boolean;
  /** The activity, as place.ts names it; undefined from older players. */
  place?: string;
  /** The highest save counter that the LMS has confirmed; undefined from older players. */
  confirmed?: number;
  /**
   * The attempt of the visit that asked about this one; "" if only its ungraded part was offered.
   */
  beside?: string;
}

/** The database of the journal. No method throws or rejects. */
export interface JournalStorage {
  all(): Promise<Entry[]>;
  /**
   * Replaces the entry with what `make(old)` returns, if anything. Resolves to whether it was
   * written.
   */
  change(key: string, make: (old: Entry | undefined) => Entry | undefined): Promise<boolean>;
  remove(key: string): Promise<unknown>;
}

const NAME = "scorm-builder";
const STORE = "journal";

/**
 * `factory()` returns indexedDB. Failures are swallowed, because a browser may forbid storage in a
 * frame, in a private window or on a full disk. Operations run in order. `idle(act)` calls `act`
 * when no call of the LMS is on the stack; results are delivered through it.
 */
export function createStorage(
  factory: () => IDBFactory,
  idle: (act: () => void) => void,
): JournalStorage {
  let database: Promise<IDBDatabase | null> | null = null;

  function open() {
    database ??= attempted((resolve: (opened: IDBDatabase | null) => void) => {
      const opening = factory().open(NAME, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
      opening.onerror = (event) => {
        event.preventDefault();
        resolve(null);
      };
      opening.onsuccess = () => {
        const opened = opening.result;
        // Another window wants to change the database, or the trainee clears the browser's data.
        // close() called from here fires no close event.
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

  async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) {
    const opened = (await open()) as IDBDatabase;
    return attempted((resolve: (done: { result: T } | null) => void) => {
      const transaction = opened.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => idle(() => resolve({ result: request.result }));
      transaction.onabort = () => idle(() => resolve(null));
    });
  }

  return {
    all: async () => (await run("readonly", (store) => store.getAll()))?.result ?? [],
    change: async (key, make) =>
      Boolean(await run("readwrite", (store) => changed(store, key, make))),
    remove: (key) => run("readwrite", (store) => store.delete(key)),
  };
}

function changed(
  store: IDBObjectStore,
  key: string,
  make: (old: Entry | undefined) => Entry | undefined,
) {
  const request = store.get(key);
  request.onsuccess = () => {
    try {
      const entry = make(request.result);
      if (entry) store.put(entry);
    } catch {
      (request.transaction as IDBTransaction).abort();
    }
  };
  return request;
}

/** Resolves to what `act(resolve)` resolves; null if it throws. */
function attempted<T>(act: (resolve: (value: T | null) => void) => void): Promise<T | null> {
  return new Promise((resolve) => {
    try {
      act(resolve);
    } catch {
      resolve(null);
    }
  });
}
