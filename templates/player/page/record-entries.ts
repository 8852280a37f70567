// The trainee's entries in a record, and drafts of those that cannot be saved.

import type { Key, RecordEntry } from "../state/state.ts";
import type { Store } from "../state/store.ts";

// Content of a field's controls, by the name of the field; kept until the course is closed, so that
// the trainee can correct it later.
const drafts = new Map<string, string[]>();

/** The entries of a record page. `changed()` is called after each change. */
export function createEntries(store: Store, changed: () => void) {
  const kept = (key: Key) => store.held.records.get(key) ?? { date: "", text: "" };
  return {
    kept,
    /** Stores a change in the state, to be saved with the next save. */
    keep(key: Key, change: Partial<RecordEntry>) {
      const before = kept(key);
      const after = { ...before, ...change };
      if (before.date === after.date && before.text === after.text) return;
      store.change(({ records }) => records.set(key, after), false);
      changed();
    },
    draft: (field: string) => (store.saved ? undefined : drafts.get(field)),
    /** Stores the content of a field as a draft; null removes it. */
    keepDraft(field: string, words: string[] | null) {
      if (words) drafts.set(field, words);
      else drafts.delete(field);
      changed();
    },
    /** Saves what was stored. */
    hurry: () => store.hurry(),
  };
}
