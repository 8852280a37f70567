// The journal's place in the browser: IndexedDB, since a Moodle login empties localStorage
// (facts/moodle.md#transport).

/** An attempt as the database has it; players of other versions read it, too. */
export interface Entry {
  key: string;
  /** Names trainee and course, and shows neither. */
  owner: string;
  /** When it was kept, ms since 1970. */
  at: number;
  /** As codec.ts writes it. */
  state: string;
  /** Whether that was called saved. */
  saved: boolean;
  /** Where it was done; left out by older players. */
  place?: string;
  /** The highest counter of saves that the LMS has confirmed; left out by older players. */
  confirmed?: number;
  /** The attempt of the visit that asked about it, "" where only a part belonged there. */
  beside?: string;
}

/** The journal's place in the browser. Nothing of it throws or rejects. */
export interface JournalStorage {
  all(): Promise<Entry[]>;
  /** Put what `make(old)` gives in its place, if anything; a promise of whether that is done. */
  change(key: string, make: (old: Entry | undefined) => Entry | undefined): Promise<boolean>;
  /** A promise of when that is done. */
  remove(key: string): Promise<unknown>;
}

const NAME = "scorm-builder";
const STORE = "journal";

/**
 * Entries, objects with a `key`, in the database that `factory()` gives, indexedDB. Nothing here
 * throws or rejects: a browser may forbid storing in a frame, in a private window, or when its disk
 * is full. What is asked for happens in its order. `idle(act)` acts once no call of the LMS is on
 * the stack: the answers of the database wait for that.
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

/** A promise of what `act(resolve)` resolves, null where it throws. */
function attempted<T>(act: (resolve: (value: T | null) => void) => void): Promise<T | null> {
  return new Promise((resolve) => {
    try {
      act(resolve);
    } catch {
      resolve(null);
    }
  });
}
